/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Throws records of random content at a decoder on the host's GL until time is over. Each round is
 * a process of its own; one that dies names the round and the command.
 *
 *     fuzz_gl_records SECONDS [FIRST_ROUND]
 */
#include <stdio.h>

#include "dispatch/gl_call.h"
#include "gl_test_enums.h"
#include "ring/command_ring.h"
#include "tests/dispatch/egl_context.h"
#include "tests/dispatch/fuzz_objects.h"
#include "tests/dispatch/fuzz_rounds.h"

#define RECORDS_PER_ROUND 15000
#define PAYLOAD_MAX 512u
#define RING_BYTES 65536u

static struct fuzz_progress *progress;

/* A plausible argument: an enum, a small number, a name, anything. */
static uint32_t hostile_half(void)
{
    static const uint32_t edges[] = {0, 1, 0xffffffff, 0x7fffffff, 0x80000000, 0xfffffff0, 65536};
    static const float reals[] = {0, 1, -1, 0.5f, 1e30f};
    uint32_t bits;
    switch (fuzz_word() % 8) {
    case 0:
        return edges[fuzz_word() % G_N_ELEMENTS(edges)];
    case 1:
        return (uint32_t)fuzz_word();
    case 2:
        memcpy(&bits, &reals[fuzz_word() % G_N_ELEMENTS(reals)], sizeof bits);
        return bits;
    case 3:
    case 4:
    case 5:
        return gl_test_enums[fuzz_word() % G_N_ELEMENTS(gl_test_enums)];
    default:
        return fuzz_word() % 9;
    }
}

static uint64_t hostile_word(void)
{
    switch (fuzz_word() % 8) {
    case 0:
        return TRIREME_REF_PAYLOAD | fuzz_word() % PAYLOAD_MAX;
    case 1:
        return TRIREME_REF_OFFSET | fuzz_word() % 4096;
    case 2:
        return fuzz_word();
    default:
        return (uint64_t)hostile_half() << 32 | hostile_half();
    }
}

static void no_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
    (void)data;
    (void)opcode;
    (void)bytes;
    (void)n;
}

/* Any command; one in three times one of those that put the others into other modes. */
static size_t random_command(void)
{
    static const uint16_t modes[] = {
        GL_OP_Begin,
        GL_OP_End,
        GL_OP_NewList,
        GL_OP_EndList,
        GL_OP_CallList,
        GL_OP_CallLists,
        GL_OP_DeleteLists,
        GL_OP_ArrayElement,
        GL_OP_DrawArrays,
        GL_OP_DrawElements,
        GL_OP_BindBuffer,
        GL_OP_BufferData,
        GL_OP_DeleteBuffers,
        GL_OP_Vertex2f,
        GL_OP_EnableVertexAttribArray,
        GL_OP_VertexPointer,
        GL_OP_Normal3f,
        GL_OP_VertexAttribPointer,
        GL_OP_BindVertexArray,
        GL_OP_EvalCoord1f,
        GL_OP_BindVertexBuffer,
        GL_OP_PixelStorei,
        GL_OP_TexImage2D,
        GL_OP_TriremeClientArrays,
        GL_OP_DrawPixels,
        GL_OP_MultiDrawArrays,
        GL_OP_TriremeRenderMode,
        GL_OP_PushClientAttrib,
        GL_OP_PopClientAttrib,
        GL_OP_EnableClientState,
    };
    if (fuzz_word() % 3 == 0) {
        return modes[fuzz_word() % G_N_ELEMENTS(modes)] - GL_OP_FIRST;
    }
    return fuzz_word() % GL_OP_COUNT;
}

/* By the decoder's short way, if the command has it; false: it is still to be executed. */
static bool execute_plain(struct gl_decoder *d, struct trireme_record header,
                          const uint64_t *record)
{
    static uint8_t memory[RING_BYTES] __attribute__((aligned(64)));
    static uint32_t tail, head;
    struct ring_consumer reader;
    ring_consumer_init(&reader, memory, RING_BYTES, &tail, &head);
    memcpy(memory, record, header.units * TRIREME_RECORD_UNIT);
    memcpy(memory, &header, sizeof header);
    reader.position = 0;
    reader.seen_tail = header.units * TRIREME_RECORD_UNIT;
    gl_decoder_execute_plain(d, &reader, 1);
    return ring_consumer_position(&reader) != 0;
}

/* One record of random arguments; now and then references that fit its payload exactly. */
static void throw_record(struct gl_decoder *d)
{
    size_t index = random_command();
    const struct gl_command *command = &gl_commands[index];
    uint32_t fixed = command->units * 8u;
    uint32_t payload = command->flags & GL_COMMAND_PAYLOADS ? fuzz_word() % PAYLOAD_MAX & ~7u : 0;
    uint64_t *record = g_malloc(fixed + payload);
    struct trireme_record header = {
        .opcode = (uint16_t)(GL_OP_FIRST + index),
        .units = (uint16_t)((fixed + payload) / 8),
    };
    /* Millions of vertices are legal and slow. */
    bool draws = strstr(gl_command_names[index], "Draw") != NULL;
    for (uint32_t i = 0; i < (fixed + payload) / 8; i++) {
        bool reference = payload > 0 && i < fixed / 8 && fuzz_word() % 2;
        record[i] = reference ? TRIREME_REF_PAYLOAD | payload
                    : draws   ? (fuzz_word() % 9) << 32 | fuzz_word() % 9
                              : hostile_word();
    }
    progress->opcode = header.opcode;
    memset(progress->fixed, 0, sizeof progress->fixed);
    memcpy(progress->fixed, record, MIN(fixed, sizeof progress->fixed));
    progress->records++;
    if (fuzz_word() % 2 && execute_plain(d, header, record)) {
        progress->plain++;
    } else {
        progress->refused += !gl_decoder_execute(d, header, (uint8_t *)record, NULL, NULL);
    }
    g_free(record);
}

/* Between glBegin and glEnd, and while a list is compiled, most commands do nothing. */
static void leave_modes(struct gl_decoder *d)
{
    if (d->begin != GL_BEGIN_OUTSIDE && fuzz_word() % 32 == 0) {
        struct trireme_record end = {.opcode = GL_OP_End, .units = 1};
        gl_decoder_execute(d, end, (const uint8_t *)&end, NULL, NULL);
    }
    if (fuzz_word() % 512 == 0) {
        struct trireme_record end_list = {.opcode = GL_OP_EndList, .units = 1};
        gl_decoder_execute(d, end_list, (const uint8_t *)&end_list, NULL, NULL);
    }
}

static int run_round(uint64_t round, struct fuzz_progress *shared)
{
    static const struct gl_decoder_ops ops = {.reply = no_reply};
    static const struct gl_limits limits = {.max_payload_bytes = 64 << 20};
    g_autoptr(GError) error = NULL;
    progress = shared;
    if (!egl_context_make(0, 0, false)) {
        fprintf(stderr, "this machine's EGL has no OpenGL context\n");
        return 2;
    }
    struct gl_decoder *d = gl_decoder_create(&ops, NULL, &limits, &error);
    if (!d) {
        fprintf(stderr, "%s\n", error->message);
        return 2;
    }
    fuzz_objects_make(d->gl);
    for (unsigned i = 0; i < RECORDS_PER_ROUND; i++) {
        throw_record(d);
        leave_modes(d);
    }
    gl_decoder_destroy(d);
    egl_context_unmake();
    return 0;
}

int main(int argc, char **argv)
{
    static const struct fuzz_target target = {run_round, gl_command_name};
    return fuzz_rounds_main(&target, argc, argv);
}

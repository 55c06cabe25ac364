/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Throws records of random content at a decoder on the host's GL until time is over. Each round is
 * a process of its own; one that dies names the round and the command.
 *
 *     fuzz_gl_records SECONDS [FIRST_ROUND]
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dispatch/gl_call.h"
#include "gl_test_enums.h"
#include "ring/command_ring.h"
#include "tests/dispatch/egl_context.h"
#include "tests/dispatch/fuzz_objects.h"

#define RECORDS_PER_ROUND 15000
#define ROUND_SECONDS 20
#define PAYLOAD_MAX 512u
#define RING_BYTES 65536u

/* Shared with the child: what it did last, and how much. */
static struct progress {
    uint16_t opcode;
    uint64_t records, refused, plain;
    uint64_t fixed[8]; /* the record's first words */
} * progress;

static uint64_t state;

/* splitmix64 */
static uint64_t random_word(void)
{
    uint64_t value = state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

/* A plausible argument: an enum, a small number, a name, anything. */
static uint32_t hostile_half(void)
{
    static const uint32_t edges[] = {0, 1, 0xffffffff, 0x7fffffff, 0x80000000, 0xfffffff0, 65536};
    static const float reals[] = {0, 1, -1, 0.5f, 1e30f};
    uint32_t bits;
    switch (random_word() % 8) {
    case 0:
        return edges[random_word() % G_N_ELEMENTS(edges)];
    case 1:
        return (uint32_t)random_word();
    case 2:
        memcpy(&bits, &reals[random_word() % G_N_ELEMENTS(reals)], sizeof bits);
        return bits;
    case 3:
    case 4:
    case 5:
        return gl_test_enums[random_word() % G_N_ELEMENTS(gl_test_enums)];
    default:
        return random_word() % 9;
    }
}

static uint64_t hostile_word(void)
{
    switch (random_word() % 8) {
    case 0:
        return TRIREME_REF_PAYLOAD | random_word() % PAYLOAD_MAX;
    case 1:
        return TRIREME_REF_OFFSET | random_word() % 4096;
    case 2:
        return random_word();
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
    if (random_word() % 3 == 0) {
        return modes[random_word() % G_N_ELEMENTS(modes)] - GL_OP_FIRST;
    }
    return random_word() % GL_OP_COUNT;
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
    uint32_t payload = command->flags & GL_COMMAND_PAYLOADS ? random_word() % PAYLOAD_MAX & ~7u : 0;
    uint64_t *record = g_malloc(fixed + payload);
    struct trireme_record header = {
        .opcode = (uint16_t)(GL_OP_FIRST + index),
        .units = (uint16_t)((fixed + payload) / 8),
    };
    /* Millions of vertices are legal and slow. */
    bool draws = strstr(gl_command_names[index], "Draw") != NULL;
    for (uint32_t i = 0; i < (fixed + payload) / 8; i++) {
        bool reference = payload > 0 && i < fixed / 8 && random_word() % 2;
        record[i] = reference ? TRIREME_REF_PAYLOAD | payload
                    : draws   ? (random_word() % 9) << 32 | random_word() % 9
                              : hostile_word();
    }
    progress->opcode = header.opcode;
    memset(progress->fixed, 0, sizeof progress->fixed);
    memcpy(progress->fixed, record, MIN(fixed, sizeof progress->fixed));
    progress->records++;
    if (random_word() % 2 && execute_plain(d, header, record)) {
        progress->plain++;
    } else {
        progress->refused += !gl_decoder_execute(d, header, (uint8_t *)record, NULL, NULL);
    }
    g_free(record);
}

/* Between glBegin and glEnd, and while a list is compiled, most commands do nothing. */
static void leave_modes(struct gl_decoder *d)
{
    if (d->begin != GL_BEGIN_OUTSIDE && random_word() % 32 == 0) {
        struct trireme_record end = {.opcode = GL_OP_End, .units = 1};
        gl_decoder_execute(d, end, (const uint8_t *)&end, NULL, NULL);
    }
    if (random_word() % 512 == 0) {
        struct trireme_record end_list = {.opcode = GL_OP_EndList, .units = 1};
        gl_decoder_execute(d, end_list, (const uint8_t *)&end_list, NULL, NULL);
    }
}

static int run_round(uint64_t round)
{
    static const struct gl_decoder_ops ops = {.reply = no_reply};
    static const struct gl_limits limits = {.max_payload_bytes = 64 << 20};
    g_autoptr(GError) error = NULL;
    state = round * 1000003;
    alarm(ROUND_SECONDS);
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

static void report(uint64_t round, int status)
{
    printf("round %lu: %s, status %#x, words", (unsigned long)round,
           gl_command_name(progress->opcode), status);
    for (size_t i = 0; i < G_N_ELEMENTS(progress->fixed); i++) {
        printf(" %016lx", (unsigned long)progress->fixed[i]);
    }
    printf("\n");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s SECONDS [FIRST_ROUND]\n", argv[0]);
        return 2;
    }
    time_t end = time(NULL) + atol(argv[1]);
    uint64_t round = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    unsigned died = 0, slow = 0;
    progress =
        mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (; time(NULL) < end; round++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            _exit(run_round(round));
        }
        waitpid(child, &status, 0);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
            slow++;
            report(round, status);
        } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            died++;
            report(round, status);
        }
    }
    printf("%lu records, %lu by the short way, %lu refused, %u rounds died, %u were stopped after "
           "%d s\n",
           (unsigned long)progress->records, (unsigned long)progress->plain,
           (unsigned long)progress->refused, died, slow, ROUND_SECONDS);
    return died > 0;
}

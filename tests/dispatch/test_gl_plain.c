/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The short way of plain records: what takes it, and that everything else is left alone. */
#include <criterion/criterion.h>

#include "dispatch/gl_call.h"
#include "ring/command_ring.h"
#include "tests/dispatch/recorder.h"
#include "tests/dispatch/recording_decoder.h"

#define RING_BYTES 65536u

static uint8_t *memory;
static uint32_t tail, head;
static struct ring_consumer commands;
static struct gl_decoder *decoder;

static void start(void)
{
    memory = g_aligned_alloc0(1, RING_BYTES, 64);
    tail = head = 0;
    ring_consumer_init(&commands, memory, RING_BYTES, &tail, &head);
    decoder = recording_decoder();
}

static void stop(void)
{
    gl_decoder_destroy(decoder);
    g_aligned_free(memory);
}

TestSuite(gl_plain, .init = start, .fini = stop);

/* The ring as after a look at `seen` bytes, the reader at `position`. */
static void look(uint32_t position, uint32_t seen)
{
    commands.position = position;
    commands.seen_tail = seen;
    recorder_made.used = 0;
    recorder_made.calls = 0;
}

static void put(uint32_t place, uint16_t opcode, uint32_t units)
{
    struct trireme_record header = {.opcode = opcode, .units = (uint16_t)units};
    memcpy(memory + place, &header, sizeof header);
}

/* The position after at most one plain record. */
static uint32_t execute_one(void)
{
    gl_decoder_execute_plain(decoder, &commands, 1);
    return ring_consumer_position(&commands);
}

static bool is_simple(const struct gl_command *command)
{
    return command->flags & GL_COMMAND_SIMPLE && !(command->touches & GL_TOUCH_BUFFERS) &&
           !(command->flags & (GL_COMMAND_VERTICES | GL_COMMAND_PAYLOADS));
}

Test(gl_plain, every_command_goes_the_way_that_is_its)
{
    unsigned plain = 0;
    for (unsigned i = 0; i < GL_OP_COUNT; i++) {
        const struct recorder_call *call = &recorder_calls[i];
        put(0, call->opcode, call->fixed / 8);
        look(0, RING_BYTES);
        bool simple = is_simple(&gl_commands[call->opcode - GL_OP_FIRST]);
        cr_assert_eq(execute_one(), simple ? call->fixed : 0, "%s", call->name);
        cr_assert_eq(recorder_made.calls, simple, "%s", call->name);
        plain += simple;
    }
    cr_assert_gt(plain, 500);
    cr_assert_eq(gl_decoder_commands(decoder), plain);
    cr_assert(is_simple(&gl_commands[GL_OP_Vertex3f - GL_OP_FIRST]));
    cr_assert(is_simple(&gl_commands[GL_OP_Color4f - GL_OP_FIRST]));
    cr_assert(is_simple(&gl_commands[GL_OP_Uniform4f - GL_OP_FIRST]));
    cr_assert_not(is_simple(&gl_commands[GL_OP_GetError - GL_OP_FIRST]));
    cr_assert_not(is_simple(&gl_commands[GL_OP_BufferData - GL_OP_FIRST]));
}

Test(gl_plain, a_record_of_the_wrong_size_is_left)
{
    for (unsigned i = 0; i < GL_OP_COUNT; i++) {
        const struct recorder_call *call = &recorder_calls[i];
        for (int more = -1; more <= 1; more += 2) {
            put(0, call->opcode, call->fixed / 8 + more);
            look(0, RING_BYTES);
            cr_assert_eq(execute_one(), 0, "%s", call->name);
        }
    }
    cr_assert_eq(recorder_made.calls, 0);
}

Test(gl_plain, what_is_not_seen_whole_is_left)
{
    put(0, GL_OP_Vertex3f, 2);
    look(0, 0);
    cr_assert_eq(execute_one(), 0);
    look(0, 8);
    cr_assert_eq(execute_one(), 0);
    /* A record does not go on at the ring's start. */
    put(RING_BYTES - 8, GL_OP_Vertex3f, 2);
    look(RING_BYTES - 8, RING_BYTES + 8);
    cr_assert_eq(execute_one(), RING_BYTES - 8);
    commands.corrupt = true;
    look(0, 16);
    cr_assert_eq(execute_one(), 0);
    cr_assert_eq(recorder_made.calls, 0);
}

Test(gl_plain, opcodes_of_others_are_left)
{
    const uint16_t opcodes[] = {TRIREME_OP_PAD,
                                TRIREME_OP_CHUNK,
                                GL_OP_FIRST - 1,
                                GL_OP_FIRST + GL_OP_COUNT,
                                GL_OP_Vertex3f | TRIREME_OPCODE_CHUNKED,
                                UINT16_MAX};
    for (unsigned i = 0; i < G_N_ELEMENTS(opcodes); i++) {
        put(0, opcodes[i], 2);
        look(0, RING_BYTES);
        cr_assert_eq(execute_one(), 0, "opcode %u", opcodes[i]);
    }
    cr_assert_eq(recorder_made.calls, 0);
}

Test(gl_plain, a_command_that_the_context_lacks_is_left)
{
    struct gl_functions functions = *decoder->gl;
    functions.Vertex3f = NULL;
    decoder->gl = &functions;
    put(0, GL_OP_Vertex3f, 2);
    look(0, 16);
    cr_assert_eq(execute_one(), 0);
}

Test(gl_plain, it_ends_after_so_many)
{
    for (unsigned i = 0; i < 5; i++) {
        put(16 * i, GL_OP_Vertex3f, 2);
    }
    look(0, 80);
    gl_decoder_execute_plain(decoder, &commands, 3);
    cr_assert_eq(ring_consumer_position(&commands), 48);
    cr_assert_eq(recorder_made.calls, 3);
}

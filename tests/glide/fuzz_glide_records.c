/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Throws records of random content at Glide's decoder and the renderer until time is over.
 *
 *     fuzz_glide_records SECONDS [FIRST_ROUND]
 */
#include <stdio.h>
#include <string.h>

#include "dispatch/glide/glide_decoder.h"
#include "dispatch/glide/glide_decoder_private.h"
#include "dispatch/glide/glide_host.h"
#include "tests/dispatch/egl_context.h"
#include "tests/dispatch/fuzz_rounds.h"

#define RECORDS_PER_ROUND 3000
#define MOST_DATA 4096u

static struct fuzz_progress *progress;

static void no_reply(void *data, uint16_t opcode, const void *bytes, size_t n)
{
}

/* A small number, a coordinate, a colour, a float that is none, anything. */
static uint32_t hostile_word(void)
{
    static const uint32_t odd[] = {0xffffffff, 0x80000000, 0x7fffffff, 0x7fc00000, 0x7f800000,
                                   0xff800000, 0x00000001, 0x80000001, 0x4f000000, 0xff7fffff};
    float coordinate = (float)(int)(fuzz_word() % 1000) / 8 - 30;
    uint32_t word;
    switch (fuzz_word() % 8) {
    case 0:
        return odd[fuzz_word() % G_N_ELEMENTS(odd)];
    case 1:
        return (uint32_t)fuzz_word();
    case 2:
    case 3:
        memcpy(&word, &coordinate, sizeof word);
        return word;
    default:
        return fuzz_word() % (fuzz_word() % 2 ? 4 : 64);
    }
}

/* Screens as programs open them, mostly; pictures are looked at. */
static void fill_arguments(uint16_t opcode, uint32_t *words)
{
    if (opcode == GLIDE_OP_OPEN && fuzz_word() % 4) {
        const uint32_t screen[] = {1 + fuzz_word() % 100,
                                   1 + fuzz_word() % 100,
                                   fuzz_word() % 4,
                                   fuzz_word() % 2,
                                   fuzz_word() % 4,
                                   fuzz_word() % 2,
                                   fuzz_word() % 2 ? 3 : fuzz_word() % 16};
        memcpy(words, screen, sizeof screen);
    }
}

/* Half of the records draw. */
static uint16_t random_opcode(void)
{
    static const uint16_t often[] = {GLIDE_OP_DRAW,         GLIDE_OP_DRAW,      GLIDE_OP_TEX_SOURCE,
                                     GLIDE_OP_TEX_DOWNLOAD, GLIDE_OP_LFB_WRITE, GLIDE_OP_LFB_READ};
    if (fuzz_word() % 2) {
        return often[fuzz_word() % G_N_ELEMENTS(often)];
    }
    return (uint16_t)(GLIDE_FIRST_OPCODE + fuzz_word() % GLIDE_COMMANDS);
}

static void throw_record(struct glide_decoder *decoder, struct chunk_assembler *chunks)
{
    uint16_t opcode = random_opcode();
    const struct glide_command *command = &glide_commands[opcode - GLIDE_FIRST_OPCODE];
    if ((opcode == GLIDE_OP_OPEN || opcode == GLIDE_OP_CLOSE) && fuzz_word() % 16) {
        return;
    }
    uint32_t size = command->data ? fuzz_word() % MOST_DATA & ~3u : 0;
    uint32_t fixed = (4u * (1u + command->arguments + command->data) + 7) & ~7u;
    uint32_t units = (fixed + size + 7) / 8;
    g_autofree uint32_t *record = g_new(uint32_t, 2 * (size_t)units);
    for (uint32_t i = 0; i < 2 * units; i++) {
        record[i] = hostile_word();
    }
    fill_arguments(opcode, record + 1);
    if (command->data && fuzz_word() % 64) {
        record[1 + command->arguments] = size;
    }
    const struct trireme_record header = {.opcode = opcode, .units = (uint16_t)units};
    progress->opcode = opcode;
    memset(progress->fixed, 0, sizeof progress->fixed);
    memcpy(progress->fixed, record, MIN(8 * units, sizeof progress->fixed));
    progress->records++;
    progress->refused += !glide_decoder_execute(decoder, header, (uint8_t *)record, chunks, NULL);
}

static int run_round(uint64_t round, struct fuzz_progress *shared)
{
    const struct glide_host_options options = {.texture_units = 1 + round % 2,
                                               .texture_memory = 1u << 20,
                                               .scale = 1 + round % 3,
                                               .samples = round % 5 ? 0 : 4,
                                               .true_color = round % 7 == 0};
    struct chunk_assembler chunks;
    progress = shared;
    if (!egl_context_make(3, 3, true)) {
        fprintf(stderr, "this machine's EGL has no OpenGL 3.3\n");
        return 2;
    }
    chunk_assembler_init(&chunks, 1 << 20);
    struct glide_host *host = glide_host_create(&options);
    struct glide_decoder *decoder =
        glide_decoder_create(&glide_host_backend, host, 1 << 20, no_reply, NULL);
    g_autoptr(GByteArray) opened = g_byte_array_new();
    glide_host_open(host, 64, 48, 0, 0, 2, 1, 3, opened);
    for (unsigned i = 0; i < RECORDS_PER_ROUND; i++) {
        throw_record(decoder, &chunks);
    }
    glide_decoder_destroy(decoder);
    chunk_assembler_finish(&chunks);
    egl_context_unmake();
    return 0;
}

int main(int argc, char **argv)
{
    static const struct fuzz_target target = {run_round, glide_command_name};
    return fuzz_rounds_main(&target, argc, argv);
}

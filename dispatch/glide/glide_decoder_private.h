/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the decoder and the generated table of commands (glide_decode.c).
 */
#ifndef TRIREME_DISPATCH_GLIDE_DECODER_PRIVATE_H
#define TRIREME_DISPATCH_GLIDE_DECODER_PRIVATE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "glide_opcodes.h"

struct glide_host;

#define GLIDE_MOST_ARGUMENTS 16

struct glide_command {
    const char *name;
    uint8_t arguments;
    bool data, reply;
    /* All of it private memory; `reply` is NULL where the command has none. */
    void (*decode)(struct glide_host *host, const uint32_t *words, const void *data, size_t size,
                   GByteArray *reply);
};

/* By opcode - GLIDE_FIRST_OPCODE. */
extern const struct glide_command glide_commands[GLIDE_COMMANDS];

static inline float glide_word_float(uint32_t word)
{
    float value;
    memcpy(&value, &word, sizeof value);
    return value;
}

#endif

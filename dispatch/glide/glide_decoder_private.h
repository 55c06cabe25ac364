/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the decoder and what is generated: the table of commands (glide_commands.c), and what
 * takes their arguments apart.
 */
#ifndef TRIREME_DISPATCH_GLIDE_DECODER_PRIVATE_H
#define TRIREME_DISPATCH_GLIDE_DECODER_PRIVATE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "glide_opcodes.h"

#define GLIDE_MOST_ARGUMENTS 16

struct glide_command {
    const char *name;
    uint8_t arguments;
    bool data, reply;
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

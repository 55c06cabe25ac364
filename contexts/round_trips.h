/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How often a guest waited, by what it waited for. A counter for every opcode there is, counted
 * where an answer is sent: other commands cost nothing, and no guest makes it grow.
 *
 * Counted by the context's render thread, read by anybody.
 */
#ifndef TRIREME_ROUND_TRIPS_H
#define TRIREME_ROUND_TRIPS_H

#include <glib.h>
#include <stdatomic.h>
#include <stdint.h>

#include "gl_opcodes.h"
#include "glide_opcodes.h"

/* Glide's follow OpenGL's. */
#define ROUND_TRIPS_GLIDE (GL_OP_FIRST + GL_OP_COUNT)
#define ROUND_TRIPS_OPCODES (ROUND_TRIPS_GLIDE + GLIDE_COMMANDS)

struct round_trips {
    atomic_uint_fast64_t count[ROUND_TRIPS_OPCODES];
};

struct round_trip_count {
    const char *command; /* "glGetError"; static */
    uint64_t count;
};

/* `opcode` with or without TRIREME_OPCODE_CHUNKED; others than there are do not count. */
void round_trips_add(struct round_trips *trips, uint16_t opcode);
/* The guest has waited for so many frames since the start. */
void round_trips_set_frames(struct round_trips *trips, uint64_t frames);

/* The command's name, "glGetError"; static. */
const char *round_trips_command(unsigned opcode);

/* Everything counted so far, of all commands. */
uint64_t round_trips_total(const struct round_trips *trips);
/* The commands that were waited for, most first: struct round_trip_count. */
GArray *round_trips_list(const struct round_trips *trips);

#endif

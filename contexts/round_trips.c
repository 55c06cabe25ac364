/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/round_trips.h"

#include <string.h>

#include "dispatch/gl_decoder.h"
#include "dispatch/glide/glide_decoder.h"

static uint64_t value(const struct round_trips *trips, unsigned opcode)
{
    return atomic_load_explicit(&trips->count[opcode], memory_order_relaxed);
}

static void set(struct round_trips *trips, unsigned opcode, uint64_t count)
{
    atomic_store_explicit(&trips->count[opcode], count, memory_order_relaxed);
}

void round_trips_add(struct round_trips *trips, uint16_t opcode)
{
    unsigned place = opcode & ~TRIREME_OPCODE_CHUNKED;
    if (place >= GLIDE_FIRST_OPCODE) {
        place = place - GLIDE_FIRST_OPCODE + ROUND_TRIPS_GLIDE;
    }
    if (place < ROUND_TRIPS_OPCODES) {
        set(trips, place, value(trips, place) + 1);
    }
}

void round_trips_set_frames(struct round_trips *trips, uint64_t frames)
{
    set(trips, TRIREME_OP_SWAP, frames);
}

uint64_t round_trips_total(const struct round_trips *trips)
{
    uint64_t total = 0;
    for (unsigned opcode = 0; opcode < ROUND_TRIPS_OPCODES; opcode++) {
        total += value(trips, opcode);
    }
    return total;
}

const char *round_trips_command(unsigned opcode)
{
    const char *command =
        opcode < ROUND_TRIPS_GLIDE
            ? gl_command_name((uint16_t)opcode)
            : glide_command_name((uint16_t)(opcode - ROUND_TRIPS_GLIDE + GLIDE_FIRST_OPCODE));
    switch (opcode) {
    case TRIREME_OP_CONTEXT_CREATE:
        return "CONTEXT_CREATE";
    case TRIREME_OP_SWAP:
        return "SWAP";
    case TRIREME_OP_SYNC:
        return "SYNC";
    default:
        return command ? command : "?";
    }
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const struct round_trip_count *left = a, *right = b;
    if (left->count != right->count) {
        return left->count < right->count ? 1 : -1;
    }
    return strcmp(left->command, right->command);
}

GArray *round_trips_list(const struct round_trips *trips)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct round_trip_count));
    for (unsigned opcode = 0; opcode < ROUND_TRIPS_OPCODES; opcode++) {
        const struct round_trip_count entry = {round_trips_command(opcode), value(trips, opcode)};
        if (entry.count > 0) {
            g_array_append_val(list, entry);
        }
    }
    g_array_sort(list, compare);
    return list;
}

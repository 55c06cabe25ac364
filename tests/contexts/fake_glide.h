/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of a guest that speaks Glide. */
#ifndef TRIREME_TESTS_FAKE_GLIDE_H
#define TRIREME_TESTS_FAKE_GLIDE_H

#include "tests/contexts/fake_guest.h"

struct fake_glide_created {
    struct trireme_created created;
    struct trireme_glide_board board;
};

/* CONTEXT_CREATE, which succeeds. */
void fake_glide_create(struct fake_slot *slot, struct fake_glide_created *created);
/* A command with these arguments and, if it takes bytes, `size` of them (NULL: zeros). */
void fake_glide_put(struct fake_slot *slot, uint16_t opcode, const uint32_t *arguments,
                    const void *data, uint32_t size);
/* MAKE_CURRENT, and a screen of that size. */
void fake_glide_open(struct fake_slot *slot, uint32_t config, uint32_t drawable, uint32_t width,
                     uint32_t height);
void fake_glide_clear(struct fake_slot *slot, uint32_t color);
/* The buffers of the board; fake_context_swap() is what brings a frame. */
void fake_glide_swap(struct fake_slot *slot);

#endif

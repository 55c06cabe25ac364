/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The boards that a Glide program can be shown.
 */
#ifndef TRIREME_GLIDE_BOARD_H
#define TRIREME_GLIDE_BOARD_H

#include <stdint.h>

#include "ring/records.h"

/* The most that `glide-scale` may say. */
#define GLIDE_MAX_SCALE 8

struct glide_board_kind {
    const char *name; /* as the user calls it */
    struct trireme_glide_board shown;
};

/* The kind numbered `option` - 1; 0: the default. */
const struct glide_board_kind *glide_board_kind(uint32_t option);
/* enum trireme_glide_board_kind; -1: none has that name. */
int glide_board_find(const char *name);

#endif

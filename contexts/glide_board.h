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
/* Texture memory of a unit. */
#define GLIDE_MAX_UNIT_MIB 16

/* The kind numbered `option` - 1 (0: the default), with that memory and these units (0: its own).
 */
struct trireme_glide_board glide_board_shown(uint32_t option, uint32_t unit_memory, uint32_t units);
/* enum trireme_glide_board_kind; -1: none has that name. */
int glide_board_find(const char *name);

#endif

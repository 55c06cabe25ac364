/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a display makes of colours: a level for each value of 8 bits.
 */
#ifndef TRIREME_DISPATCH_GLIDE_GAMMA_LEVELS_H
#define TRIREME_DISPATCH_GLIDE_GAMMA_LEVELS_H

#include "dispatch/glide/chip_registers.h"

/* As the command `gamma_table` has them. */
struct gamma_levels {
    uint8_t red[GLIDE_GAMMA_ENTRIES], green[GLIDE_GAMMA_ENTRIES], blue[GLIDE_GAMMA_ENTRIES];
};

/* Colours as they are. */
struct gamma_levels gamma_levels_linear(void);
/* Each level to the power of 1 / gamma; 0: nothing. */
void gamma_levels_correct(struct gamma_levels *levels, float gamma);

#endif

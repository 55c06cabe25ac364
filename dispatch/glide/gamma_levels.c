/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/gamma_levels.h"

#include <math.h>

struct gamma_levels gamma_levels_linear(void)
{
    struct gamma_levels levels;
    for (int i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        levels.red[i] = levels.green[i] = levels.blue[i] = (uint8_t)i;
    }
    return levels;
}

static void correct(uint8_t levels[GLIDE_GAMMA_ENTRIES], float gamma)
{
    for (int i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        levels[i] = (uint8_t)(powf((float)levels[i] / 255, 1 / gamma) * 255 + 0.5f);
    }
}

void gamma_levels_correct(struct gamma_levels *levels, float gamma)
{
    if (gamma > 0) {
        correct(levels->red, gamma);
        correct(levels->green, gamma);
        correct(levels->blue, gamma);
    }
}

/* SPDX-License-Identifier: MIT */
/*
 * Gamma: every version's calls become one table for each colour, which the host applies to what is
 * shown.
 */
#include <math.h>
#include <string.h>

#include "glide_encode.h"
#include "glide_entry_points.h"
#include "guest/glide/board.h"

static void send(void)
{
    glide_encode_gamma_table(&glide_board.encoder, &glide_board.gamma, sizeof glide_board.gamma);
}

static void fill(uint8_t *table, float gamma)
{
    for (unsigned i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        double level = gamma > 0 ? pow(i / 255.0, 1.0 / (double)gamma) : i / 255.0;
        table[i] = (uint8_t)(level * 255 + 0.5);
    }
}

void GLIDE_CALL trireme_guGammaCorrectionRGB(float red, float green, float blue)
{
    fill(glide_board.gamma.red, red);
    fill(glide_board.gamma.green, green);
    fill(glide_board.gamma.blue, blue);
    send();
}

void GLIDE_CALL trireme_grGammaCorrectionValue(float gamma)
{
    trireme_guGammaCorrectionRGB(gamma, gamma, gamma);
}

static void load(uint8_t *table, const uint32_t *values, uint32_t entries)
{
    for (uint32_t i = 0; values && i < entries && i < GLIDE_GAMMA_ENTRIES; i++) {
        table[i] = (uint8_t)(values[i] > 255 ? 255 : values[i]);
    }
}

void GLIDE_CALL trireme_grLoadGammaTable(uint32_t entries, const uint32_t *red,
                                         const uint32_t *green, const uint32_t *blue)
{
    load(glide_board.gamma.red, red, entries);
    load(glide_board.gamma.green, green, entries);
    load(glide_board.gamma.blue, blue, entries);
    send();
}

static void show(const uint8_t *table, uint32_t *values, uint32_t entries)
{
    for (uint32_t i = 0; values && i < entries && i < GLIDE_GAMMA_ENTRIES; i++) {
        values[i] = table[i];
    }
}

void GLIDE_CALL trireme_grGetGammaTableExt(uint32_t entries, uint32_t *red, uint32_t *green,
                                           uint32_t *blue)
{
    show(glide_board.gamma.red, red, entries);
    show(glide_board.gamma.green, green, entries);
    show(glide_board.gamma.blue, blue, entries);
}

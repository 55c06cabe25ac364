/* SPDX-License-Identifier: MIT */
/*
 * Fog tables: 64 entries for w from 1 to 65535, four for each power of two (Glide 2.4 Reference
 * Manual, guFogTableIndexToW).
 */
#include <math.h>

#include "glide_encode.h"
#include "glide_entry_points.h"
#include "guest/glide/board.h"

/* 2^(3 + i/4) / (8 - i mod 4) */
float GLIDE_CALL trireme_guFogTableIndexToW(int32_t index)
{
    uint32_t i = (uint32_t)index % GLIDE_FOG_ENTRIES;
    return (float)(1u << (3 + i / 4)) / (float)(8 - i % 4);
}

static uint8_t entry(double share)
{
    return share <= 0 ? 0 : share >= 1 ? 255 : (uint8_t)(share * 255);
}

/* The last entry is full fog, whatever the density. */
static void generate(uint8_t *table, double (*transmitted)(double distance), double density)
{
    double least = transmitted(density * trireme_guFogTableIndexToW(GLIDE_FOG_ENTRIES - 1));
    for (int32_t i = 0; i < GLIDE_FOG_ENTRIES; i++) {
        double through = transmitted(density * trireme_guFogTableIndexToW(i));
        table[i] = entry(least < 1 ? (1 - through) / (1 - least) : 0);
    }
}

static double exponential(double distance)
{
    return exp(-distance);
}

static double exponential_squared(double distance)
{
    return exp(-distance * distance);
}

void GLIDE_CALL trireme_guFogGenerateExp(uint8_t *table, float density)
{
    generate(table, exponential, density);
}

void GLIDE_CALL trireme_guFogGenerateExp2(uint8_t *table, float density)
{
    generate(table, exponential_squared, density);
}

void GLIDE_CALL trireme_guFogGenerateLinear(uint8_t *table, float near_w, float far_w)
{
    for (int32_t i = 0; i < GLIDE_FOG_ENTRIES; i++) {
        double w = trireme_guFogTableIndexToW(i);
        table[i] = entry(far_w != near_w ? (w - near_w) / (far_w - near_w) : w >= far_w);
    }
}

void GLIDE_CALL trireme_grFogTable(const uint8_t *table)
{
    if (table) {
        glide_encode_fog_table(&glide_board.encoder, table, GLIDE_FOG_ENTRIES);
    }
}

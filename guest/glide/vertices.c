/* SPDX-License-Identifier: MIT */
#include "guest/glide/vertices.h"

#include <string.h>

enum { XY = 0, Z, W, Q, FOG, A, RGB, PARGB, ST0, Q0, ST1, Q1 };

/* Places in Glide 2's GrVertex, and GR_PARAM_*. */
static const struct {
    uint8_t words;
    int8_t glide2; /* -1: it has none */
    uint8_t glide3;
} parameters[GLIDE_LAYOUT_PARAMETERS] = {
    [XY] = {2, 0, 0x01},   [Z] = {1, 24, 0x02},  [W] = {1, -1, 0x03},   [Q] = {1, 32, 0x04},
    [FOG] = {1, -1, 0x05}, [A] = {1, 28, 0x10},  [RGB] = {3, 12, 0x20}, [PARGB] = {1, -1, 0x30},
    [ST0] = {2, 36, 0x40}, [Q0] = {1, 44, 0x50}, [ST1] = {2, 48, 0x41}, [Q1] = {1, 56, 0x51},
};

/* GR_STWHINT_* */
enum {
    HINT_W_DIFF_TMU0 = 1u << 1,
    HINT_W_DIFF_TMU1 = 1u << 3,
    HINT_ST_DIFF_TMU1 = 1u << 4,
};

static void make(struct glide_layout *layout)
{
    layout->parameters = layout->words = 0;
    for (unsigned i = 0; i < GLIDE_LAYOUT_PARAMETERS; i++) {
        for (unsigned word = 0; layout->named[i] && word < parameters[i].words; word++) {
            layout->places[layout->words++] = layout->offsets[i] + 4 * (int32_t)word;
        }
        if (i > XY && layout->named[i]) {
            layout->parameters |= 1u << (i - 1);
        }
    }
}

void glide_layout_start(struct glide_layout *layout, unsigned version)
{
    memset(layout, 0, sizeof *layout);
    layout->named[XY] = true;
    for (unsigned i = 0; version < 30 && i < GLIDE_LAYOUT_PARAMETERS; i++) {
        layout->named[i] = parameters[i].glide2 >= 0;
        layout->offsets[i] = parameters[i].glide2;
    }
    if (version < 30) {
        glide_layout_hint(layout, 0);
    } else {
        make(layout);
    }
}

void glide_layout_hint(struct glide_layout *layout, uint32_t hints)
{
    layout->named[Q0] = !!(hints & HINT_W_DIFF_TMU0);
    layout->named[ST1] = !!(hints & HINT_ST_DIFF_TMU1);
    layout->named[Q1] = !!(hints & HINT_W_DIFF_TMU1);
    make(layout);
}

void glide_layout_name(struct glide_layout *layout, uint32_t parameter, int32_t offset, bool named)
{
    for (unsigned i = 0; i < GLIDE_LAYOUT_PARAMETERS; i++) {
        if (parameters[i].glide3 == parameter) {
            layout->named[i] = named || i == XY;
            layout->offsets[i] = offset;
        }
    }
    make(layout);
}

void glide_layout_check(struct glide_layout *layout)
{
    for (unsigned i = 0; i < GLIDE_LAYOUT_PARAMETERS; i++) {
        layout->named[i] = layout->named[i] != 0;
    }
    layout->named[XY] = true;
    make(layout);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One picture after another, drawn by the renderer (dispatch/glide/chip.h) and by the model of the
 * chip (chip_model.h) with the same registers, and compared: two triangles with everything iterated
 * over a background of colours and depths.
 */
#ifndef TRIREME_TESTS_GLIDE_SWEEP_H
#define TRIREME_TESTS_GLIDE_SWEEP_H

#include "tests/glide/chip_model.h"

#define SWEEP_WIDTH 48
#define SWEEP_HEIGHT 40

struct sweep {
    struct glide_chip *chip;
    struct chip_model *model;
    struct glide_chip_registers *registers; /* of the case, to be written before sweep_run() */
    int cases, failed;
    int layers;    /* triangles over one another: 1 or 2 */
    int tolerance; /* steps of 565 that a colour may differ by */
    uint32_t random;
};

/* With an OpenGL context of its own; NULL: there is none here. */
struct sweep *sweep_create(void);
/* Fails the test if a case differed, or if there was none. */
void sweep_finish(struct sweep *sweep);

/* The registers of the next case: textured, nothing else. */
void sweep_reset(struct sweep *sweep);
/* Draws and compares; what is printed of a difference begins with the format. */
void sweep_run(struct sweep *sweep, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* 0 to below `limit`; the same numbers each time. */
uint32_t sweep_random(struct sweep *sweep, uint32_t limit);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shows the front buffer: dithers what still has eight bits, as the chip would have when it wrote
 * it, and looks colours up in the gamma table, as the chip's video output does.
 */
#ifndef TRIREME_DISPATCH_GLIDE_PRESENTER_H
#define TRIREME_DISPATCH_GLIDE_PRESENTER_H

#include "dispatch/glide/chip.h"

struct presenter {
    uint32_t program, vertex_array, gamma_texture;
    int32_t dither, same_size; /* locations */
};

bool presenter_init(struct presenter *presenter, GError **error);
void presenter_finish(struct presenter *presenter);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the chip share. */
#ifndef TRIREME_DISPATCH_GLIDE_CHIP_PRIVATE_H
#define TRIREME_DISPATCH_GLIDE_CHIP_PRIVATE_H

#include "dispatch/glide/chip.h"
#include "dispatch/glide/frame_buffers.h"
#include "dispatch/glide/pixel_counters.h"
#include "dispatch/glide/presenter.h"
#include "dispatch/glide/shader_cache.h"
#include "dispatch/glide/texture_cache.h"
#include "dispatch/glide/texture_target.h"
#include "dispatch/glide/triangle_batch.h"

struct glide_chip {
    struct glide_chip_options options;
    struct glide_chip_registers registers;
    struct frame_buffers buffers;
    struct shader_cache shaders;
    struct triangle_batch batch;

    struct texture_memory textures[GLIDE_TMUS];
    struct texture_cache texture_cache;
    struct texture_target texture_target;
    struct texel_tables tables[GLIDE_TMUS]; /* the palettes are equal; NCC as of ncc_shown */
    uint32_t ncc[GLIDE_TMUS][2][GLIDE_NCC_WORDS];
    uint64_t palette_hash;
    uint32_t samplers[3][3]; /* by enum glide_clamp of s and t */

    uint32_t vertex_array, vertex_buffer, uniform_buffer;
    uint32_t lfb_color, lfb_depth; /* textures of a frame buffer write */
    struct presenter presenter;
    struct pixel_counters counters;
};

#endif

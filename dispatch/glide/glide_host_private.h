/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the handlers share. */
#ifndef TRIREME_DISPATCH_GLIDE_HOST_PRIVATE_H
#define TRIREME_DISPATCH_GLIDE_HOST_PRIVATE_H

#include "dispatch/glide/chip.h"
#include "dispatch/glide/glide_host.h"
#include "dispatch/glide/pixel_formats.h"
#include "dispatch/glide/vertex_reader.h"

struct glide_host {
    struct glide_host_options options;
    struct glide_chip *chip; /* NULL: no screen is open */
    /* The open chip's, or ones that nobody sees. */
    struct glide_chip_registers *registers;
    struct glide_chip_registers unseen;
    struct vertex_space space;
    uint32_t lfb_color_format, lfb_swap_bytes, lfb_swap_words;
    /* GR_ALLOW_MIPMAP_DITHER, and what the units' modes are where it is on. */
    bool mipmap_dither;
    uint32_t mipmap[GLIDE_TMUS];
};

/* A colour in the program's order as 0xAARRGGBB. */
uint32_t glide_host_color(const struct glide_host *host, uint32_t color);
/* That unit; NULL: there is none. */
struct glide_texture_unit *glide_host_unit(struct glide_host *host, uint32_t tmu);
/* The extension's combine unit, enabled. */
static inline struct glide_combine_ext glide_host_combine_ext(uint32_t a, uint32_t a_mode,
                                                              uint32_t b, uint32_t b_mode,
                                                              uint32_t c, uint32_t c_invert,
                                                              uint32_t d, uint32_t d_invert,
                                                              uint32_t shift, uint32_t invert)
{
    return (struct glide_combine_ext){.enable = 1,
                                      .a = a,
                                      .a_mode = a_mode,
                                      .b = b,
                                      .b_mode = b_mode,
                                      .c = c,
                                      .c_invert = c_invert,
                                      .d = d,
                                      .d_invert = d_invert,
                                      .shift = shift,
                                      .invert = invert};
}
/* A texture as commands describe it. */
struct glide_texture glide_host_texture(uint32_t address, uint32_t even_odd, int32_t small_lod,
                                        int32_t large_lod, int32_t aspect, uint32_t format);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The door of dispatch/glide: a Voodoo chip with its frame buffer and two texture units, drawn by
 * OpenGL 3.3. The versions of Glide are fronts that write its registers and hand it vertices;
 * nothing in here knows of rings, records or programs.
 *
 * What is promised. Whatever is passed, however wild, does what the Glide manual says or nothing:
 * addresses are taken modulo the texture memory, rectangles are clipped, vertices that are not
 * finite draw nothing. Sizes of buffers in *this* process's memory (data, pixels) must be true.
 *
 * Threads: all functions are called on one thread, with the OpenGL context current that was current
 * in glide_chip_create(), which belongs to the chip alone: it leaves any state behind.
 */
#ifndef TRIREME_DISPATCH_GLIDE_CHIP_H
#define TRIREME_DISPATCH_GLIDE_CHIP_H

#include "dispatch/glide/chip_registers.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct glide_chip;

#define GLIDE_MAX_SIDE 2048
#define GLIDE_MAX_SCALE 8
#define GLIDE_MAX_TEXTURE_MEMORY (16u << 20)

struct glide_chip_options {
    uint32_t width, height;  /* of the screen in Glide's pixels: 1 to GLIDE_MAX_SIDE */
    uint32_t color_buffers;  /* 2 or 3 (1 is taken as 2) */
    uint32_t texture_memory; /* bytes per texture unit; a power of two, at most the maximum above */
    uint32_t scale;          /* pixels drawn per pixel of Glide's, each way: 1 to GLIDE_MAX_SCALE;
                                less where there is no room for it */
    uint32_t samples;        /* 0, or samples per pixel */
    bool true_color;         /* colours keep 8 bits, and are not dithered */
    /* A frame buffer of GR_PIXFMT_ARGB_8888: as true_color, with 8 bits of alpha beside the depths,
     * and stencils. */
    bool argb_8888;
};

/* NULL and an error: no memory, or the context is older than OpenGL 3.3. All buffers are black, the
 * registers are those after grSstWinOpen(). */
struct glide_chip *glide_chip_create(const struct glide_chip_options *options, GError **error);
void glide_chip_destroy(struct glide_chip *chip);

uint32_t glide_chip_width(const struct glide_chip *chip);
uint32_t glide_chip_height(const struct glide_chip *chip);
/* Bytes per texture unit. */
uint32_t glide_chip_texture_memory(const struct glide_chip *chip);

/*
 * The registers, for writing: a change is in effect for what is drawn after it. Save and restore
 * them by assignment. The pointer holds as long as the chip.
 */
struct glide_chip_registers *glide_chip_registers(struct glide_chip *chip);
/* The state after grSstWinOpen() for a screen of that size. */
void glide_chip_registers_reset(struct glide_chip_registers *registers, uint32_t width,
                                uint32_t height);

/*
 * A vertex, in the units of Glide 2's GrVertex: x, y in pixels as the origin register counts
 * them; colours 0 to 255; z 0 to 65535; oow = 1/w; s and t run to 256 along the texture's larger
 * side and are divided by w. `fog` is what the fog's table is looked up by with
 * GLIDE_FOG_TABLE_ON_FOGCOORD, in the manner of oow.
 */
struct glide_vertex {
    float x, y, z, oow;
    float r, g, b, a;
    float fog;
    struct {
        float sow, tow, oow;
    } tmu[GLIDE_TMUS];
};

/* `antialias`: edges fade out over a pixel by alpha, which the program blends. */
void glide_chip_draw_point(struct glide_chip *chip, const struct glide_vertex *v, bool antialias);
void glide_chip_draw_line(struct glide_chip *chip, const struct glide_vertex *a,
                          const struct glide_vertex *b, bool antialias);
/* antialias: bit 0 for the edge ab, bit 1 for bc, bit 2 for ca. */
void glide_chip_draw_triangle(struct glide_chip *chip, const struct glide_vertex *a,
                              const struct glide_vertex *b, const struct glide_vertex *c,
                              unsigned antialias);

/* Writes `size` bytes into a unit's memory from `address` on, wrapping at its end. An unknown unit:
 * nothing. Where levels lie is dispatch/glide/texture_layout.h. */
void glide_chip_write_texture(struct glide_chip *chip, uint32_t tmu, uint32_t address,
                              const void *data, size_t size);
/* Entries are 0xAARRGGBB, or with 6666: 6 bits each in the lower 24. Both units see the palette. */
void glide_chip_write_palette(struct glide_chip *chip, uint32_t first, uint32_t count,
                              const uint32_t *entries);
/* A decompression table as the chip has it: 4 words of luminances, 4 of I, 4 of Q
 * (GuNccTable.packed_data). */
void glide_chip_write_ncc(struct glide_chip *chip, uint32_t tmu, uint32_t table,
                          const uint32_t words[GLIDE_NCC_WORDS]);

/* Clears the buffers that masks and depth mode let it, within the clip window. */
void glide_chip_clear(struct glide_chip *chip, uint32_t color, uint32_t alpha, uint32_t depth);
/* And the stencils, where they are tested. */
void glide_chip_clear_stencil(struct glide_chip *chip, uint32_t stencil);
/* The back buffer becomes the front buffer; what is in the back buffer then was shown before. */
void glide_chip_swap(struct glide_chip *chip);

/* Reads 16-bit pixels: RGB 565 of a colour buffer, or depths (GLIDE_BUFFER_AUX, _DEPTH). `pixels`
 * has height rows, `stride` bytes apart; what lies outside of the screen is left alone. */
void glide_chip_lfb_read(struct glide_chip *chip, uint32_t buffer, uint32_t origin, uint32_t x,
                         uint32_t y, uint32_t width, uint32_t height, void *pixels, size_t stride);

struct glide_lfb_write {
    uint32_t buffer, mode, origin; /* frame_buffer_modes.h */
    bool pipeline;         /* pixels go through the pixel pipeline, with the registers' constants */
    uint32_t color_format; /* GrColorFormat_t: ARGB, ABGR, RGBA, BGRA */
    uint32_t x, y, width, height;
    const void *pixels; /* height rows, stride bytes apart, each of width pixels */
    size_t stride;
};
void glide_chip_lfb_write(struct glide_chip *chip, const struct glide_lfb_write *write);

/* Pixels that were drawn since the counters were reset, in Glide's pixels. All 0 where the OpenGL
 * cannot count; counting begins with the first of these calls. */
struct glide_pixel_counters {
    uint32_t in; /* without those that were cleared */
    uint32_t chroma_failed, depth_failed, alpha_failed;
    uint32_t out; /* with those that were cleared */
};
void glide_chip_read_counters(struct glide_chip *chip, struct glide_pixel_counters *counters);
void glide_chip_reset_counters(struct glide_chip *chip);

/* Levels 0 to 255 for each 8-bit value of a colour; in effect when frames are shown. */
void glide_chip_write_gamma(struct glide_chip *chip, const uint8_t red[GLIDE_GAMMA_ENTRIES],
                            const uint8_t green[GLIDE_GAMMA_ENTRIES],
                            const uint8_t blue[GLIDE_GAMMA_ENTRIES]);
/* Draws the front buffer, with gamma, over all of an OpenGL framebuffer (0: the default one),
 * whose rows run upwards. */
void glide_chip_present(struct glide_chip *chip, uint32_t framebuffer, uint32_t width,
                        uint32_t height);
/* All drawing so far is given to the GL; with `wait` it has also happened. */
void glide_chip_flush(struct glide_chip *chip, bool wait);

#endif

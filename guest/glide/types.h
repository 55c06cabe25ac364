/* SPDX-License-Identifier: MIT */
/*
 * What Glide's functions take, as programs have it in memory, and how they are called.
 */
#ifndef TRIREME_GUEST_GLIDE_TYPES_H
#define TRIREME_GUEST_GLIDE_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define GLIDE_CALL __attribute__((stdcall))
#define GLIDE_EXPORT(name)
#else
#define GLIDE_CALL
/* The symbol that programs link against; a version script says which of them a library shows. */
#define GLIDE_EXPORT(name) __asm__(name) __attribute__((visibility("default")))
#endif

#define GLIDE_TMUS 2
#define GLIDE_FOG_ENTRIES 64
#define GLIDE_GAMMA_ENTRIES 256
#define GLIDE_PALETTE_ENTRIES 256
#define GLIDE_NCC_WORDS 12
#define GLIDE_MAX_BOARDS 4

/* GrTexInfo. In Glide 2 levels are 0 for 256 to 8 for 1 and aspects 0 for 8x1 to 6 for 1x8; in
 * Glide 3 both are logarithms. */
struct glide_tex_info {
    int32_t small_lod, large_lod, aspect, format;
    void *data;
};

/* GrLfbInfo_t */
struct glide_lfb_info {
    int32_t size;
    void *pointer;
    uint32_t stride;
    int32_t mode;
    int32_t origin;
};

/* GuNccTable */
struct glide_ncc_table {
    uint8_t y[16];
    int16_t i[4][3], q[4][3];
    uint32_t packed[GLIDE_NCC_WORDS];
};

/* Gu3dfInfo */
struct glide_3df {
    uint32_t width, height;
    int32_t small_lod, large_lod, aspect, format;
    union {
        struct glide_ncc_table ncc;
        uint32_t palette[GLIDE_PALETTE_ENTRIES];
    } table;
    void *data;
    uint32_t bytes;
};

/* GrHwConfiguration */
struct glide_unit_config {
    int32_t revision, memory; /* MB */
};
struct glide_board_config {
    int32_t type; /* enum glide_board_type */
    union {
        struct {
            int32_t memory, revision, units, sli;
            struct glide_unit_config unit[GLIDE_TMUS];
        } voodoo;
        struct {
            int32_t memory, units;
            struct glide_unit_config unit;
        } rush;
    };
};
struct glide_hardware {
    int32_t count;
    struct glide_board_config boards[GLIDE_MAX_BOARDS];
};

/* GrSstPerfStats_t */
struct glide_pixel_stats {
    uint32_t in, chroma_fail, depth_fail, alpha_fail, out;
};

/* GrResolution */
struct glide_resolution {
    int32_t resolution, refresh, color_buffers, aux_buffers;
};

/* GrMipMapInfo: what guTexGetMipMapInfo() shows of a texture of Glide 2's own allocator. */
struct glide_mipmap_info {
    int32_t board, valid, width, height, aspect;
    void *data;
    int32_t format, mipmap, magnify, minify, s_clamp, t_clamp;
    uint32_t lod_register, mode_register, lod_bias;
    int32_t small_lod, large_lod;
    int32_t tmu;
    uint32_t even_odd, address;
    int32_t trilinear;
    struct glide_ncc_table ncc;
};

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state of a Voodoo chip and its texture units, as the versions of Glide set it: plain values,
 * with the numbers of Glide 3's headers (glide.h, g3ext.h) where these have one. Colours are
 * 0xAARRGGBB; the order of a program's colours is its front's business.
 *
 * Any value may stand in any field: what means nothing is masked or taken for the field's default
 * where it is used. All fields have 32 bits or are arrays of such, so that registers compare as
 * memory.
 */
#ifndef TRIREME_DISPATCH_GLIDE_CHIP_REGISTERS_H
#define TRIREME_DISPATCH_GLIDE_CHIP_REGISTERS_H

#include <stdint.h>

#include "dispatch/glide/frame_buffer_modes.h"

#define GLIDE_TMUS 2
#define GLIDE_FOG_ENTRIES 64
#define GLIDE_PALETTE_ENTRIES 256
#define GLIDE_NCC_WORDS 12
#define GLIDE_GAMMA_ENTRIES 256
#define GLIDE_MULTIBASE_ADDRESSES 4

/* GrCombineFunction_t; the numbers from 3 on are bits in no order: a function is looked up. */
enum glide_combine_function {
    GLIDE_COMBINE_ZERO = 0x0,
    GLIDE_COMBINE_LOCAL = 0x1,
    GLIDE_COMBINE_LOCAL_ALPHA = 0x2,
    GLIDE_COMBINE_SCALE_OTHER = 0x3,
    GLIDE_COMBINE_SCALE_OTHER_ADD_LOCAL = 0x4,
    GLIDE_COMBINE_SCALE_OTHER_ADD_LOCAL_ALPHA = 0x5,
    GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL = 0x6,
    GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL_ADD_LOCAL = 0x7,
    GLIDE_COMBINE_SCALE_OTHER_MINUS_LOCAL_ADD_LOCAL_ALPHA = 0x8,
    GLIDE_COMBINE_SCALE_MINUS_LOCAL_ADD_LOCAL = 0x9,
    GLIDE_COMBINE_SCALE_MINUS_LOCAL_ADD_LOCAL_ALPHA = 0x10,
};

/* GrCombineFactor_t: bits 0 to 2 choose, bit 3 takes one minus it. */
enum glide_combine_factor {
    GLIDE_FACTOR_ZERO = 0x0,
    GLIDE_FACTOR_LOCAL = 0x1,
    GLIDE_FACTOR_OTHER_ALPHA = 0x2,
    GLIDE_FACTOR_LOCAL_ALPHA = 0x3,
    GLIDE_FACTOR_TEXTURE_ALPHA = 0x4, /* in a texture unit: the detail factor */
    GLIDE_FACTOR_TEXTURE_RGB = 0x5,   /* in a texture unit: the LOD's fraction */
    GLIDE_FACTOR_ONE_MINUS = 0x8,
    GLIDE_FACTOR_ONE = GLIDE_FACTOR_ZERO | GLIDE_FACTOR_ONE_MINUS,
};

/* GrCombineLocal_t, GrCombineOther_t */
enum glide_combine_local {
    GLIDE_LOCAL_ITERATED = 0,
    GLIDE_LOCAL_CONSTANT = 1,
    GLIDE_LOCAL_DEPTH = 2, /* alpha only */
};
enum glide_combine_other {
    GLIDE_OTHER_ITERATED = 0,
    GLIDE_OTHER_TEXTURE = 1,
    GLIDE_OTHER_CONSTANT = 2,
};

struct glide_combine {
    uint32_t function, factor, local, other, invert;
};

/* GrCombineMode_t: what is done to a and b */
enum glide_combine_mode {
    GLIDE_MODE_ZERO,
    GLIDE_MODE_X,
    GLIDE_MODE_ONE_MINUS_X,
    GLIDE_MODE_NEGATIVE_X,
    GLIDE_MODE_X_MINUS_HALF,
};

/* GR_CMBX_*: what a, b, c and d of the extension COMBINE are taken from. */
enum glide_combine_input {
    GLIDE_INPUT_ZERO,
    GLIDE_INPUT_TEXTURE_ALPHA,
    GLIDE_INPUT_LOCAL_ALPHA,
    GLIDE_INPUT_OTHER_ALPHA,
    GLIDE_INPUT_B,
    GLIDE_INPUT_CONSTANT_ALPHA,
    GLIDE_INPUT_CONSTANT_COLOR,
    GLIDE_INPUT_DETAIL_FACTOR,
    GLIDE_INPUT_ITERATED_ALPHA,
    GLIDE_INPUT_ITERATED_RGB,
    GLIDE_INPUT_LOCAL_TEXTURE_ALPHA,
    GLIDE_INPUT_LOCAL_TEXTURE_RGB,
    GLIDE_INPUT_LOD_FRACTION,
    GLIDE_INPUT_OTHER_TEXTURE_ALPHA,
    GLIDE_INPUT_OTHER_TEXTURE_RGB,
    GLIDE_INPUT_TEXTURE_RGB,
    GLIDE_INPUT_TMU_CONSTANT_ALPHA,
    GLIDE_INPUT_TMU_CONSTANT_COLOR,
    GLIDE_INPUTS,
};

/* The extension's combine unit, (a + b) * c + d times a power of two. In effect where `enable` is
 * set, instead of the plain one. */
struct glide_combine_ext {
    uint32_t enable;
    uint32_t a, a_mode, b, b_mode, c, c_invert, d, d_invert, shift, invert;
};

/* GrCmpFnc_t */
enum glide_compare {
    GLIDE_NEVER,
    GLIDE_LESS,
    GLIDE_EQUAL,
    GLIDE_LEQUAL,
    GLIDE_GREATER,
    GLIDE_NOTEQUAL,
    GLIDE_GEQUAL,
    GLIDE_ALWAYS,
};

/* GrStencilOp_t */
enum glide_stencil_operation {
    GLIDE_STENCIL_KEEP,
    GLIDE_STENCIL_ZERO,
    GLIDE_STENCIL_REPLACE,
    GLIDE_STENCIL_INCREMENT_CLAMP,
    GLIDE_STENCIL_DECREMENT_CLAMP,
    GLIDE_STENCIL_INVERT,
    GLIDE_STENCIL_INCREMENT_WRAP,
    GLIDE_STENCIL_DECREMENT_WRAP,
};

/* GrDepthBufferMode_t */
enum glide_depth_mode {
    GLIDE_DEPTH_DISABLE,
    GLIDE_DEPTH_Z,
    GLIDE_DEPTH_W,
    GLIDE_DEPTH_Z_COMPARE_TO_BIAS,
    GLIDE_DEPTH_W_COMPARE_TO_BIAS,
};

/* What the fog's share is taken from. Glide 2 and Glide 3 number these differently. */
enum glide_fog_source {
    GLIDE_FOG_DISABLE,
    GLIDE_FOG_TABLE_ON_FOGCOORD,
    GLIDE_FOG_TABLE_ON_W,
    GLIDE_FOG_ITERATED_Z,
    GLIDE_FOG_ITERATED_ALPHA,
};

/* GrAlphaBlendFnc_t */
enum glide_blend {
    GLIDE_BLEND_ZERO = 0x0,
    GLIDE_BLEND_SRC_ALPHA = 0x1,
    GLIDE_BLEND_OTHER_COLOR = 0x2, /* as source factor the destination's, and the reverse */
    GLIDE_BLEND_DST_ALPHA = 0x3,
    GLIDE_BLEND_ONE = 0x4,
    GLIDE_BLEND_ONE_MINUS_SRC_ALPHA = 0x5,
    GLIDE_BLEND_ONE_MINUS_OTHER_COLOR = 0x6,
    GLIDE_BLEND_ONE_MINUS_DST_ALPHA = 0x7,
    /* As source factor min(source alpha, 1 - destination alpha), as destination factor the
     * source's colour before fog. */
    GLIDE_BLEND_SATURATE_OR_PREFOG = 0xf,
};

/* GrAlphaBlendOp_t: how the two products are put together */
enum glide_blend_operation { GLIDE_BLEND_ADD, GLIDE_BLEND_SUBTRACT, GLIDE_BLEND_REVERSE_SUBTRACT };

/* GrDitherMode_t, GrStippleMode_t, GrCullMode_t */
enum glide_dither { GLIDE_DITHER_DISABLE, GLIDE_DITHER_2X2, GLIDE_DITHER_4X4 };
enum glide_stipple { GLIDE_STIPPLE_DISABLE, GLIDE_STIPPLE_PATTERN, GLIDE_STIPPLE_ROTATE };
enum glide_cull { GLIDE_CULL_DISABLE, GLIDE_CULL_NEGATIVE, GLIDE_CULL_POSITIVE };

/* GrTextureFormat_t */
enum glide_texture_format {
    GLIDE_TEXFMT_RGB_332 = 0x0,
    GLIDE_TEXFMT_YIQ_422 = 0x1,
    GLIDE_TEXFMT_ALPHA_8 = 0x2,
    GLIDE_TEXFMT_INTENSITY_8 = 0x3,
    GLIDE_TEXFMT_ALPHA_INTENSITY_44 = 0x4,
    GLIDE_TEXFMT_P_8 = 0x5,
    GLIDE_TEXFMT_P_8_6666 = 0x6,
    GLIDE_TEXFMT_ARGB_8332 = 0x8,
    GLIDE_TEXFMT_AYIQ_8422 = 0x9,
    GLIDE_TEXFMT_RGB_565 = 0xa,
    GLIDE_TEXFMT_ARGB_1555 = 0xb,
    GLIDE_TEXFMT_ARGB_4444 = 0xc,
    GLIDE_TEXFMT_ALPHA_INTENSITY_88 = 0xd,
    GLIDE_TEXFMT_AP_88 = 0xe,
    GLIDE_TEXFMT_FXT1 = 0x11,
    GLIDE_TEXFMT_ARGB_8888 = 0x12,
    GLIDE_TEXFMT_DXT1 = 0x16,
    GLIDE_TEXFMT_DXT2 = 0x17,
    GLIDE_TEXFMT_DXT3 = 0x18,
    GLIDE_TEXFMT_DXT4 = 0x19,
    GLIDE_TEXFMT_DXT5 = 0x1a,
};

/* GrTextureClampMode_t */
enum glide_clamp { GLIDE_CLAMP_WRAP, GLIDE_CLAMP_CLAMP, GLIDE_CLAMP_MIRROR };
/* GrMipMapMode_t */
enum glide_mipmap { GLIDE_MIPMAP_DISABLE, GLIDE_MIPMAP_NEAREST, GLIDE_MIPMAP_NEAREST_DITHER };
/* Which levels lie in a unit's memory (GR_MIPMAPLEVELMASK_*) */
enum glide_level_mask { GLIDE_LEVELS_EVEN = 1, GLIDE_LEVELS_ODD = 2, GLIDE_LEVELS_BOTH = 3 };

/* A texture in a unit's memory, as grTexSource() takes it. */
struct glide_texture {
    uint32_t address; /* bytes; of the largest level, whether or not the unit holds it */
    uint32_t levels;  /* enum glide_level_mask */
    uint32_t small_lod, large_lod; /* log2 of the larger side: 0 for 1, 8 for 256 */
    int32_t aspect;                /* log2 of width / height: -3 to 3 */
    uint32_t format;
};

struct glide_texture_unit {
    struct glide_texture texture;
    struct glide_combine rgb, alpha; /* local: this unit's texel; other: the unit's above it */
    struct glide_combine_ext rgb_ext, alpha_ext;
    uint32_t constant_color; /* the extension's only */
    uint32_t clamp_s, clamp_t;
    uint32_t bilinear_min, bilinear_mag;
    uint32_t mipmap;
    uint32_t lod_blend;
    int32_t lod_bias; /* quarters of a level: -32 to 31 */
    /* The detail factor is min(detail_max, (detail_bias - LOD) << detail_scale). */
    int32_t detail_bias;
    uint32_t detail_scale;
    float detail_max;   /* 0 to 1 */
    uint32_t ncc_table; /* 0 or 1 */
    /* Multibase: levels 256, 128, 64, and 32 with all smaller ones, begin at addresses of their
     * own, in that order. */
    uint32_t multibase;
    uint32_t multibase_addresses[GLIDE_MULTIBASE_ADDRESSES];
    /* The extension TEXCHROMA: texels from low to high are keyed. */
    uint32_t chroma_enable, chroma_mode, chroma_low, chroma_high;
};

struct glide_chip_registers {
    struct glide_combine color, alpha;
    struct glide_combine_ext color_ext, alpha_ext;
    uint32_t constant_color;
    uint32_t alpha_controls_lighting; /* bit 7 of the texture's alpha: iterated or constant local */
    struct glide_texture_unit tmu[GLIDE_TMUS];

    /* The extension CHROMARANGE: range colours from chroma_value to chroma_range_high. */
    uint32_t chroma_enable, chroma_value;
    uint32_t chroma_range_enable, chroma_range_mode, chroma_range_high;
    uint32_t alpha_test, alpha_reference;

    uint32_t fog_source;
    uint32_t fog_mult; /* GR_FOG_MULT2: the pixel's own colour is not added */
    uint32_t fog_add;  /* GR_FOG_ADD2: the fog's colour is not added */
    uint32_t fog_color;
    uint8_t fog_table[GLIDE_FOG_ENTRIES];

    uint32_t depth_mode, depth_compare, depth_mask;
    int32_t depth_bias;

    /* The extension PIXEXT: 8 bits each. In effect where the frame buffer has stencils. */
    uint32_t stencil_enable, stencil_compare, stencil_reference, stencil_mask, stencil_write_mask;
    uint32_t stencil_fail, stencil_depth_fail, stencil_pass;

    uint32_t blend_rgb_source, blend_rgb_destination;
    uint32_t blend_alpha_source, blend_alpha_destination;
    uint32_t blend_rgb_operation, blend_alpha_operation;
    uint32_t dither;
    uint32_t mask_rgb; /* bit 0 for red, 1 for green, 2 for blue */
    uint32_t mask_alpha;
    uint32_t stipple, stipple_pattern;

    /* Pixels of min and more, and less than max, are drawn. Rows count as the origin says. */
    uint32_t clip_min_x, clip_min_y, clip_max_x, clip_max_y;
    uint32_t origin;
    uint32_t cull;
    uint32_t render_buffer; /* front, back or texture */
    /* The texture whose largest level is drawn to; only one of 565 can be. */
    struct glide_texture texture_buffer;
    uint32_t texture_buffer_tmu;

    uint32_t lfb_constant_alpha, lfb_constant_depth, lfb_constant_stencil;
};

#endif

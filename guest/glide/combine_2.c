/* SPDX-License-Identifier: MIT */
/*
 * Glide 2's shorthands for combine units, in terms of the units themselves (Glide 2.4 Reference
 * Manual, guColorCombineFunction, guAlphaSource, grTexCombineFunction).
 */
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"

/* GrCombineFunction_t, GrCombineFactor_t, GrCombineLocal_t, GrCombineOther_t */
enum {
    ZERO = 0,
    LOCAL = 1,
    LOCAL_ALPHA = 2,
    SCALE_OTHER = 3,
    SCALE_OTHER_ADD_LOCAL = 4,
    SCALE_OTHER_ADD_LOCAL_ALPHA = 5,
    SCALE_OTHER_MINUS_LOCAL = 6,
    BLEND = 7,
};
enum {
    BY_ZERO = 0,
    BY_LOCAL = 1,
    BY_LOCAL_ALPHA = 3,
    BY_TEXTURE_ALPHA = 4,
    BY_DETAIL = 4,
    BY_LOD_FRACTION = 5,
    BY_ONE = 8,
    BY_ONE_MINUS_DETAIL = 12,
    BY_ONE_MINUS_LOD_FRACTION = 13,
};
enum { LOCAL_ITERATED = 0, LOCAL_CONSTANT = 1 };
enum { OTHER_ITERATED = 0, OTHER_TEXTURE = 1, OTHER_CONSTANT = 2 };

struct combine {
    uint8_t function, factor, local, other;
};

/* GR_COLORCOMBINE_*. With _DELTA0 the iterated colour does not vary: it is what
 * grConstantColorValue4() set, here the constant colour. */
static const struct combine color_functions[] = {
    {ZERO, BY_ZERO, LOCAL_ITERATED, OTHER_ITERATED},        /* ZERO */
    {LOCAL, BY_ZERO, LOCAL_CONSTANT, OTHER_ITERATED},       /* CCRGB */
    {LOCAL, BY_ZERO, LOCAL_ITERATED, OTHER_ITERATED},       /* ITRGB */
    {LOCAL, BY_ZERO, LOCAL_CONSTANT, OTHER_ITERATED},       /* ITRGB_DELTA0 */
    {SCALE_OTHER, BY_ONE, LOCAL_CONSTANT, OTHER_TEXTURE},   /* DECAL_TEXTURE */
    {SCALE_OTHER, BY_LOCAL, LOCAL_CONSTANT, OTHER_TEXTURE}, /* TEXTURE_TIMES_CCRGB */
    {SCALE_OTHER, BY_LOCAL, LOCAL_ITERATED, OTHER_TEXTURE}, /* TEXTURE_TIMES_ITRGB */
    {SCALE_OTHER, BY_LOCAL, LOCAL_CONSTANT, OTHER_TEXTURE}, /* …_DELTA0 */
    {SCALE_OTHER_ADD_LOCAL_ALPHA, BY_LOCAL, LOCAL_ITERATED, OTHER_TEXTURE}, /* …_ADD_ALPHA */
    {SCALE_OTHER, BY_LOCAL_ALPHA, LOCAL_ITERATED, OTHER_TEXTURE}, /* TEXTURE_TIMES_ALPHA */
    {SCALE_OTHER_ADD_LOCAL, BY_LOCAL_ALPHA, LOCAL_ITERATED, OTHER_TEXTURE}, /* …_ADD_ITRGB */
    {SCALE_OTHER_ADD_LOCAL, BY_ONE, LOCAL_ITERATED, OTHER_TEXTURE},         /* TEXTURE_ADD_ITRGB */
    {SCALE_OTHER_MINUS_LOCAL, BY_ONE, LOCAL_ITERATED, OTHER_TEXTURE},       /* TEXTURE_SUB_ITRGB */
    {BLEND, BY_TEXTURE_ALPHA, LOCAL_ITERATED, OTHER_CONSTANT}, /* CCRGB_BLEND_ITRGB_ON_TEXALPHA */
    {SCALE_OTHER_ADD_LOCAL, BY_LOCAL_ALPHA, LOCAL_CONSTANT, OTHER_ITERATED}, /* DIFF_SPEC_A */
    {SCALE_OTHER_ADD_LOCAL_ALPHA, BY_LOCAL, LOCAL_ITERATED, OTHER_TEXTURE},  /* DIFF_SPEC_B */
    {SCALE_OTHER, BY_ONE, LOCAL_CONSTANT, OTHER_CONSTANT},                   /* ONE */
};
#define COLOR_ONE 0x10
#define COLOR_FUNCTIONS (sizeof color_functions / sizeof *color_functions)

void GLIDE_CALL trireme_guColorCombineFunction(int32_t function)
{
    if (function < 0 || (uint32_t)function >= COLOR_FUNCTIONS) {
        return;
    }
    const struct combine *c = &color_functions[function];
    /* Ones are zeros inverted. */
    bool ones = function == COLOR_ONE;
    glide_set_color_combine(&glide_board.settings, ones ? ZERO : c->function, c->factor, c->local,
                            c->other, ones);
}

void GLIDE_CALL trireme_guAlphaSource(int32_t source)
{
    static const struct combine sources[] = {
        {LOCAL, BY_ZERO, LOCAL_CONSTANT, OTHER_CONSTANT},       /* CC_ALPHA */
        {LOCAL, BY_ZERO, LOCAL_ITERATED, OTHER_CONSTANT},       /* ITERATED_ALPHA */
        {SCALE_OTHER, BY_ONE, LOCAL_CONSTANT, OTHER_TEXTURE},   /* TEXTURE_ALPHA */
        {SCALE_OTHER, BY_LOCAL, LOCAL_ITERATED, OTHER_TEXTURE}, /* both multiplied */
    };
    if (source >= 0 && source < (int32_t)(sizeof sources / sizeof *sources)) {
        const struct combine *c = &sources[source];
        glide_set_alpha_combine(&glide_board.settings, c->function, c->factor, c->local, c->other,
                                0);
    }
}

void GLIDE_CALL trireme_grTexCombineFunction(int32_t tmu, int32_t function)
{
    /* GR_TEXTURECOMBINE_*; the same for colour and alpha. */
    static const struct {
        uint8_t function, factor, invert;
    } functions[] = {
        {ZERO, BY_ZERO, 0},                    /* ZERO */
        {LOCAL, BY_ZERO, 0},                   /* DECAL */
        {SCALE_OTHER, BY_ONE, 0},              /* OTHER */
        {SCALE_OTHER_ADD_LOCAL, BY_ONE, 0},    /* ADD */
        {SCALE_OTHER, BY_LOCAL, 0},            /* MULTIPLY */
        {SCALE_OTHER_MINUS_LOCAL, BY_ONE, 0},  /* SUBTRACT */
        {BLEND, BY_ONE_MINUS_DETAIL, 0},       /* DETAIL */
        {BLEND, BY_DETAIL, 0},                 /* DETAIL_OTHER */
        {BLEND, BY_ONE_MINUS_LOD_FRACTION, 0}, /* TRILINEAR_ODD */
        {BLEND, BY_LOD_FRACTION, 0},           /* TRILINEAR_EVEN */
        {ZERO, BY_ZERO, 1},                    /* ONE */
    };
    if (function >= 0 && function < (int32_t)(sizeof functions / sizeof *functions)) {
        unsigned f = functions[function].function, by = functions[function].factor;
        unsigned invert = functions[function].invert;
        glide_set_tex_combine(&glide_board.settings, (uint32_t)tmu, f, by, f, by, invert, invert);
    }
}

void GLIDE_CALL trireme_guTexCombineFunction(int32_t tmu, int32_t function)
{
    trireme_grTexCombineFunction(tmu, function);
}

static uint32_t component(float value)
{
    return value <= 0 ? 0 : value >= 255 ? 255 : (uint32_t)value;
}

/* Floats in the order of the board's colour format become the constant colour. */
void GLIDE_CALL trireme_grConstantColorValue4(float alpha, float red, float green, float blue)
{
    uint32_t a = component(alpha), r = component(red), g = component(green), b = component(blue);
    uint32_t color;
    switch (glide_board.color_format) {
    case 1: /* ABGR */
        color = a << 24 | b << 16 | g << 8 | r;
        break;
    case 2: /* RGBA */
        color = r << 24 | g << 16 | b << 8 | a;
        break;
    case 3: /* BGRA */
        color = b << 24 | g << 16 | r << 8 | a;
        break;
    default:
        color = a << 24 | r << 16 | g << 8 | b;
    }
    glide_set_constant_color(&glide_board.settings, color);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings that a wrapper library has with other numbers, and vertices. */
#include <math.h>

#include "dispatch/glide/wrapper/glide_wrapper_private.h"

void glide_wrapper_clip_window(struct glide_wrapper *wrapper, uint32_t min_x, uint32_t min_y,
                               uint32_t max_x, uint32_t max_y)
{
    if (wrapper->open) {
        uint32_t right = MIN(max_x, wrapper->width), bottom = MIN(max_y, wrapper->height);
        wrapper->calls.grClipWindow(MIN(min_x, right), MIN(min_y, bottom), right, bottom);
    }
}

/* Glide 2 has one mode for tables, and calls iterated alpha by another number. */
void glide_wrapper_fog_mode(struct glide_wrapper *wrapper, uint32_t mode)
{
    static const uint8_t glide2[] = {[GLIDE_FOG_DISABLE] = 0,
                                     [GLIDE_FOG_TABLE_ON_FOGCOORD] = 2,
                                     [GLIDE_FOG_TABLE_ON_W] = 2,
                                     [GLIDE_FOG_ITERATED_Z] = 3,
                                     [GLIDE_FOG_ITERATED_ALPHA] = 1};
    uint32_t source = mode & 0xff;
    if (!wrapper->open || source >= G_N_ELEMENTS(glide2)) {
        return;
    }
    if (wrapper->glide3) {
        wrapper->calls.grFogMode_3((int32_t)(mode & 0x3ff));
    } else {
        wrapper->calls.grFogMode_2((int32_t)(glide2[source] | (mode & 0x300)));
    }
}

void glide_wrapper_fog_table(struct glide_wrapper *wrapper, const void *data, size_t size)
{
    if (wrapper->open && size >= GLIDE_FOG_ENTRIES) {
        wrapper->calls.grFogTable(data);
    }
}

/* Levels are applied to frames: what is read of a buffer is without them. */
void glide_wrapper_gamma_table(struct glide_wrapper *wrapper, const void *data, size_t size)
{
    if (size >= sizeof wrapper->gamma) {
        memcpy(&wrapper->gamma, data, sizeof wrapper->gamma);
        gamma_levels_correct(&wrapper->gamma, wrapper->gamma_option);
    }
}

static void enable_mode(const struct glide_wrapper *wrapper, uint32_t mode, bool enable)
{
    if (enable) {
        wrapper->calls.grEnable(mode);
    } else {
        wrapper->calls.grDisable(mode);
    }
}

/* GR_STENCIL_MODE_EXT */
void glide_wrapper_stencil_mode(struct glide_wrapper *wrapper, uint32_t enable)
{
    if (wrapper->open && wrapper->glide3) {
        enable_mode(wrapper, 7, enable);
    }
}

/* GR_HINT_ALLOW_MIPMAP_DITHER, GR_ALLOW_MIPMAP_DITHER */
void glide_wrapper_mipmap_dither(struct glide_wrapper *wrapper, uint32_t enable)
{
    if (wrapper->open && wrapper->glide3) {
        enable_mode(wrapper, 2, enable);
    } else if (wrapper->open) {
        wrapper->calls.grHints(3, enable != 0);
    }
}

void glide_wrapper_render_buffer(struct glide_wrapper *wrapper, uint32_t buffer)
{
    if (wrapper->open && (buffer <= GLIDE_BUFFER_BACK || buffer == GLIDE_BUFFER_TEXTURE)) {
        wrapper->calls.grRenderBuffer((int32_t)buffer);
    }
}

/* Clip coordinates become window coordinates on the way. */
void glide_wrapper_coordinate_space(struct glide_wrapper *wrapper, uint32_t mode)
{
    wrapper->space.clip_coordinates = mode != 0;
}

void glide_wrapper_depth_range(struct glide_wrapper *wrapper, float near, float far)
{
    wrapper->space.depth_near = near;
    wrapper->space.depth_far = far;
}

void glide_wrapper_viewport(struct glide_wrapper *wrapper, int32_t x, int32_t y, int32_t width,
                            int32_t height)
{
    wrapper->space.viewport.x = x;
    wrapper->space.viewport.y = y;
    wrapper->space.viewport.width = width;
    wrapper->space.viewport.height = height;
}

/* Glide 2's GrVertex. */
struct vertex_2 {
    float x, y, z;
    float r, g, b;
    float ooz, a, oow;
    struct {
        float sow, tow, oow;
    } tmu[GLIDE_TMUS];
};

static struct vertex_2 convert(const struct glide_vertex *v)
{
    struct vertex_2 out = {v->x, v->y, 0, v->r, v->g, v->b, v->z, v->a, v->oow, {{0, 0, 0}}};
    for (int i = 0; i < GLIDE_TMUS; i++) {
        out.tmu[i].sow = v->tmu[i].sow;
        out.tmu[i].tow = v->tmu[i].tow;
        out.tmu[i].oow = v->tmu[i].oow;
    }
    return out;
}

static bool is_finite(const struct glide_vertex *v)
{
    float sum = v->x + v->y + v->z + v->oow + v->r + v->g + v->b + v->a + v->fog;
    for (int i = 0; i < GLIDE_TMUS; i++) {
        sum += v->tmu[i].sow + v->tmu[i].tow + v->tmu[i].oow;
    }
    return isfinite(sum);
}

/* GR_AA_ORDERED: Glide 3 has no other functions for smooth points and lines. */
static void set_smooth(const struct glide_wrapper *wrapper, bool smooth)
{
    enable_mode(wrapper, 1, smooth);
}

static void draw_point(void *to, const struct glide_vertex *v, bool smooth)
{
    const struct glide_wrapper *wrapper = to;
    const struct glide_wrapper_calls *calls = &wrapper->calls;
    if (!is_finite(v)) {
        return;
    }
    if (wrapper->glide3) {
        set_smooth(wrapper, smooth);
        calls->grDrawPoint(v);
        return;
    }
    const struct vertex_2 v2 = convert(v);
    (smooth ? calls->grAADrawPoint : calls->grDrawPoint)(&v2);
}

static void draw_line(void *to, const struct glide_vertex *a, const struct glide_vertex *b,
                      bool smooth)
{
    const struct glide_wrapper *wrapper = to;
    const struct glide_wrapper_calls *calls = &wrapper->calls;
    if (!is_finite(a) || !is_finite(b)) {
        return;
    }
    if (wrapper->glide3) {
        set_smooth(wrapper, smooth);
        calls->grDrawLine(a, b);
        return;
    }
    const struct vertex_2 a2 = convert(a), b2 = convert(b);
    (smooth ? calls->grAADrawLine : calls->grDrawLine)(&a2, &b2);
}

static void draw_triangle(void *to, const struct glide_vertex *a, const struct glide_vertex *b,
                          const struct glide_vertex *c, unsigned smooth)
{
    const struct glide_wrapper *wrapper = to;
    const struct glide_wrapper_calls *calls = &wrapper->calls;
    if (!is_finite(a) || !is_finite(b) || !is_finite(c)) {
        return;
    }
    const struct vertex_2 v2[3] = {convert(a), convert(b), convert(c)};
    const void *v[3] = {a, b, c};
    for (int i = 0; i < 3 && !wrapper->glide3; i++) {
        v[i] = &v2[i];
    }
    if (smooth) {
        calls->grAADrawTriangle(v[0], v[1], v[2], smooth & 1, smooth >> 1 & 1, smooth >> 2 & 1);
    } else {
        calls->grDrawTriangle(v[0], v[1], v[2]);
    }
}

void glide_wrapper_draw(struct glide_wrapper *wrapper, uint32_t mode, uint32_t parameters,
                        uint32_t smooth, uint32_t count, const void *data, size_t size)
{
    static const struct vertex_sink sink = {draw_point, draw_line, draw_triangle};
    const struct vertex_primitives primitives = {mode, parameters, smooth, count, data, size};
    if (wrapper->open) {
        vertex_primitives_draw(&primitives, &wrapper->space, &sink, wrapper);
    }
}

/* SPDX-License-Identifier: MIT */
/*
 * The entry points that write images to the program's memory, or to a pixel pack buffer. To memory
 * they are round trips, to a buffer records like any other.
 */
#include <string.h>

#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/pixel_transfer.h"

/* The pack buffer; then `pixels` is an offset into it. */
static GLuint pack_buffer(const struct gl_encoder *e)
{
    return e->state ? e->state->buffers.bound[BUFFER_PIXEL_PACK] : 0;
}

/* Of glGetn*: bytes at `pixels`. */
static uint64_t limit_of(GLsizei bytes)
{
    return bytes > 0 ? (uint64_t)bytes : 0;
}

static void read_pixels(struct gl_encoder *e, GLint x, GLint y, GLsizei width, GLsizei height,
                        GLenum format, GLenum type, uint64_t limit, void *pixels)
{
    if (!e->state)
        return;
    struct pixel_download download;
    const struct image image = {2, width, height, 1, format, type};
    pixel_download_layout(&download, e->state, &image);
    if (download.place.end > limit) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return;
    }
    if (pack_buffer(e)) {
        gl_encode_TriremeReadPixelsToBuffer(e, x, y, width, height, format, type,
                                            (uintptr_t)pixels);
        return;
    }
    pixel_download_begin(&download, e->state, pixels);
    gl_encode_TriremeReadPixels(e, x, y, width, height, format, type, &download.result);
    pixel_download_end(&download);
}

void GL_API_CALL trireme_glReadPixels(GLint x, GLint y, GLsizei width, GLsizei height,
                                      GLenum format, GLenum type, void *pixels)
{
    read_pixels(gl_encoder_current(), x, y, width, height, format, type, UINT64_MAX, pixels);
}

void GL_API_CALL trireme_glReadnPixels(GLint x, GLint y, GLsizei width, GLsizei height,
                                       GLenum format, GLenum type, GLsizei limit, void *pixels)
{
    read_pixels(gl_encoder_current(), x, y, width, height, format, type, limit_of(limit), pixels);
}

/* Width, height, depth, compressed bytes of a level; false: there is none. */
static bool level_size(struct gl_encoder *e, GLenum target, GLint level, GLint size[4])
{
    size[0] = size[1] = size[2] = size[3] = 0;
    gl_encode_TriremeGetTexLevelSize(e, target, level, size);
    return size[0] > 0 && size[1] > 0 && size[2] > 0;
}

static void get_tex_image(struct gl_encoder *e, GLenum target, GLint level, GLenum format,
                          GLenum type, uint64_t limit, void *pixels)
{
    if (!e->state)
        return;
    GLint size[4];
    struct pixel_download download;
    if (pack_buffer(e)) {
        gl_encode_TriremeGetTexImageToBuffer(e, target, level, format, type, (uintptr_t)pixels);
        return;
    }
    level_size(e, target, level, size);
    const struct image image = {
        image_target_dimensions(target), size[0], size[1], size[2], format, type};
    pixel_download_layout(&download, e->state, &image);
    if (download.place.end > limit) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return;
    }
    pixel_download_begin(&download, e->state, pixels);
    gl_encode_TriremeGetTexImage(e, target, level, format, type, &download.result);
    pixel_download_end(&download);
}

void GL_API_CALL trireme_glGetTexImage(GLenum target, GLint level, GLenum format, GLenum type,
                                       void *pixels)
{
    get_tex_image(gl_encoder_current(), target, level, format, type, UINT64_MAX, pixels);
}

void GL_API_CALL trireme_glGetnTexImageARB(GLenum target, GLint level, GLenum format, GLenum type,
                                           GLsizei limit, void *pixels)
{
    get_tex_image(gl_encoder_current(), target, level, format, type, limit_of(limit), pixels);
}

static void get_compressed(struct gl_encoder *e, GLenum target, GLint level, uint64_t limit,
                           void *pixels)
{
    if (!e->state)
        return;
    GLint size[4];
    struct pixel_download download;
    if (pack_buffer(e)) {
        gl_encode_TriremeGetCompressedTexImageToBuffer(e, target, level, (uintptr_t)pixels);
        return;
    }
    level_size(e, target, level, size);
    const struct image image = {image_target_dimensions(target), size[0], size[1], size[2], 0, 0};
    pixel_download_layout_compressed(&download, e->state, &image, size[3]);
    if (download.place.end > limit) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return;
    }
    pixel_download_begin(&download, e->state, pixels);
    gl_encode_TriremeGetCompressedTexImage(e, target, level, &download.result);
    pixel_download_end(&download);
}

void GL_API_CALL trireme_glGetCompressedTexImage(GLenum target, GLint level, void *pixels)
{
    get_compressed(gl_encoder_current(), target, level, UINT64_MAX, pixels);
}

void GL_API_CALL trireme_glGetnCompressedTexImageARB(GLenum target, GLint level, GLsizei limit,
                                                     void *pixels)
{
    get_compressed(gl_encoder_current(), target, level, limit_of(limit), pixels);
}

static void get_polygon_stipple(struct gl_encoder *e, uint64_t limit, GLubyte *mask)
{
    if (!e->state)
        return;
    struct pixel_download download;
    const struct image image = {2, 32, 32, 1, GL_COLOR_INDEX, GL_BITMAP};
    if (pack_buffer(e)) {
        gl_encode_TriremeGetPolygonStippleToBuffer(e, (uintptr_t)mask);
        return;
    }
    pixel_download_layout(&download, e->state, &image);
    if (download.place.end > limit) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
        return;
    }
    pixel_download_begin(&download, e->state, mask);
    gl_encode_TriremeGetPolygonStipple(e, &download.result);
    pixel_download_end(&download);
}

void GL_API_CALL trireme_glGetPolygonStipple(GLubyte *mask)
{
    get_polygon_stipple(gl_encoder_current(), UINT64_MAX, mask);
}

void GL_API_CALL trireme_glGetnPolygonStippleARB(GLsizei limit, GLubyte *mask)
{
    get_polygon_stipple(gl_encoder_current(), limit_of(limit), mask);
}

/* The largest pixel map: 65536 values. */
#define PIXEL_MAP_BYTES (65536u * 4)

/* The host knows how many values the map has. */
static void get_pixel_map(struct gl_encoder *e, GLenum map, GLenum type, uint64_t limit,
                          void *values)
{
    if (pack_buffer(e)) {
        gl_encode_TriremeGetPixelMapToBuffer(e, map, type, (uintptr_t)values);
        return;
    }
    struct gl_result result = {.data = values, .capacity = PIXEL_MAP_BYTES};
    if (limit < PIXEL_MAP_BYTES) {
        result.data = e->state ? gl_state_scratch(e->state, PIXEL_MAP_BYTES) : NULL;
    }
    gl_encode_TriremeGetPixelMap(e, map, type, &result);
    if (result.bytes > limit) {
        gl_encoder_error(e, GL_INVALID_OPERATION);
    } else if (values && result.data && result.data != values) {
        memcpy(values, result.data, result.bytes);
    }
}

#define GET_PIXEL_MAP(suffix, ctype, type)                                                         \
    void GL_API_CALL trireme_glGetPixelMap##suffix(GLenum map, ctype *values)                      \
    {                                                                                              \
        get_pixel_map(gl_encoder_current(), map, type, PIXEL_MAP_BYTES, values);                   \
    }                                                                                              \
                                                                                                   \
    void GL_API_CALL trireme_glGetnPixelMap##suffix##ARB(GLenum map, GLsizei limit, ctype *values) \
    {                                                                                              \
        get_pixel_map(gl_encoder_current(), map, type, limit_of(limit), values);                   \
    }

GET_PIXEL_MAP(fv, GLfloat, GL_FLOAT)
GET_PIXEL_MAP(uiv, GLuint, GL_UNSIGNED_INT)
GET_PIXEL_MAP(usv, GLushort, GL_UNSIGNED_SHORT)

/* The imaging subset is not carried, and without it these are errors (ARB_robustness). */
static void no_imaging_subset(void)
{
    gl_encoder_error(gl_encoder_current(), GL_INVALID_OPERATION);
}

void GL_API_CALL trireme_glGetnColorTableARB(GLenum target, GLenum format, GLenum type,
                                             GLsizei limit, void *table)
{
    no_imaging_subset();
}

void GL_API_CALL trireme_glGetnConvolutionFilterARB(GLenum target, GLenum format, GLenum type,
                                                    GLsizei limit, void *image)
{
    no_imaging_subset();
}

void GL_API_CALL trireme_glGetnHistogramARB(GLenum target, GLboolean reset, GLenum format,
                                            GLenum type, GLsizei limit, void *values)
{
    no_imaging_subset();
}

void GL_API_CALL trireme_glGetnMinmaxARB(GLenum target, GLboolean reset, GLenum format, GLenum type,
                                         GLsizei limit, void *values)
{
    no_imaging_subset();
}

void GL_API_CALL trireme_glGetnSeparableFilterARB(GLenum target, GLenum format, GLenum type,
                                                  GLsizei row_limit, void *row,
                                                  GLsizei column_limit, void *column, void *span)
{
    no_imaging_subset();
}

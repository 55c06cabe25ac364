/* SPDX-License-Identifier: MIT */
/* The entry points that take images from the program, or from a pixel unpack buffer. */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/pixel_transfer.h"

static struct gl_payload upload(struct gl_encoder *e, unsigned dimensions, GLsizei width,
                                GLsizei height, GLsizei depth, GLenum format, GLenum type,
                                const void *pixels)
{
    const struct image image = {dimensions, width, height, depth, format, type};
    return e->state ? pixel_upload(e->state, &image, pixels) : gl_payload_null();
}

static struct gl_payload upload_compressed(struct gl_encoder *e, unsigned dimensions, GLsizei width,
                                           GLsizei height, GLsizei depth, GLsizei bytes,
                                           const void *pixels)
{
    const struct image image = {dimensions, width, height, depth, 0, 0};
    return e->state ? pixel_upload_compressed(e->state, &image, bytes, pixels) : gl_payload_null();
}

void gl_track_PixelStorei(struct gl_encoder *e, GLenum pname, GLint param)
{
    if (e->state && !pixel_store_set(&e->state->unpack, false, pname, param))
        pixel_store_set(&e->state->pack, true, pname, param);
}

void GL_API_CALL trireme_glPixelStoref(GLenum pname, GLfloat param)
{
    /* Rounded to nearest, as for every integer state (section 2.2.1). */
    trireme_glPixelStorei(pname, (GLint)(param < 0 ? param - 0.5f : param + 0.5f));
}

void GL_API_CALL trireme_glTexImage1D(GLenum target, GLint level, GLint internal_format,
                                      GLsizei width, GLint border, GLenum format, GLenum type,
                                      const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexImage1D(e, target, level, internal_format, width, border, format, type,
                         upload(e, 1, width, 1, 1, format, type, pixels));
}

void GL_API_CALL trireme_glTexImage2D(GLenum target, GLint level, GLint internal_format,
                                      GLsizei width, GLsizei height, GLint border, GLenum format,
                                      GLenum type, const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexImage2D(e, target, level, internal_format, width, height, border, format, type,
                         upload(e, 2, width, height, 1, format, type, pixels));
}

void GL_API_CALL trireme_glTexImage3D(GLenum target, GLint level, GLint internal_format,
                                      GLsizei width, GLsizei height, GLsizei depth, GLint border,
                                      GLenum format, GLenum type, const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexImage3D(e, target, level, internal_format, width, height, depth, border, format,
                         type, upload(e, 3, width, height, depth, format, type, pixels));
}

void GL_API_CALL trireme_glTexImage3DEXT(GLenum target, GLint level, GLenum internal_format,
                                         GLsizei width, GLsizei height, GLsizei depth, GLint border,
                                         GLenum format, GLenum type, const void *pixels)
{
    trireme_glTexImage3D(target, level, (GLint)internal_format, width, height, depth, border,
                         format, type, pixels);
}

void GL_API_CALL trireme_glTexSubImage1D(GLenum target, GLint level, GLint x, GLsizei width,
                                         GLenum format, GLenum type, const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexSubImage1D(e, target, level, x, width, format, type,
                            upload(e, 1, width, 1, 1, format, type, pixels));
}

void GL_API_CALL trireme_glTexSubImage2D(GLenum target, GLint level, GLint x, GLint y,
                                         GLsizei width, GLsizei height, GLenum format, GLenum type,
                                         const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexSubImage2D(e, target, level, x, y, width, height, format, type,
                            upload(e, 2, width, height, 1, format, type, pixels));
}

void GL_API_CALL trireme_glTexSubImage3D(GLenum target, GLint level, GLint x, GLint y, GLint z,
                                         GLsizei width, GLsizei height, GLsizei depth,
                                         GLenum format, GLenum type, const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_TexSubImage3D(e, target, level, x, y, z, width, height, depth, format, type,
                            upload(e, 3, width, height, depth, format, type, pixels));
}

void GL_API_CALL trireme_glCompressedTexImage1D(GLenum target, GLint level, GLenum internal_format,
                                                GLsizei width, GLint border, GLsizei bytes,
                                                const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_CompressedTexImage1D(e, target, level, internal_format, width, border, bytes,
                                   upload_compressed(e, 1, width, 1, 1, bytes, data));
}

void GL_API_CALL trireme_glCompressedTexImage2D(GLenum target, GLint level, GLenum internal_format,
                                                GLsizei width, GLsizei height, GLint border,
                                                GLsizei bytes, const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_CompressedTexImage2D(e, target, level, internal_format, width, height, border, bytes,
                                   upload_compressed(e, 2, width, height, 1, bytes, data));
}

void GL_API_CALL trireme_glCompressedTexImage3D(GLenum target, GLint level, GLenum internal_format,
                                                GLsizei width, GLsizei height, GLsizei depth,
                                                GLint border, GLsizei bytes, const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_CompressedTexImage3D(e, target, level, internal_format, width, height, depth, border,
                                   bytes,
                                   upload_compressed(e, 3, width, height, depth, bytes, data));
}

void GL_API_CALL trireme_glCompressedTexSubImage1D(GLenum target, GLint level, GLint x,
                                                   GLsizei width, GLenum format, GLsizei bytes,
                                                   const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_CompressedTexSubImage1D(e, target, level, x, width, format, bytes,
                                      upload_compressed(e, 1, width, 1, 1, bytes, data));
}

void GL_API_CALL trireme_glCompressedTexSubImage2D(GLenum target, GLint level, GLint x, GLint y,
                                                   GLsizei width, GLsizei height, GLenum format,
                                                   GLsizei bytes, const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_CompressedTexSubImage2D(e, target, level, x, y, width, height, format, bytes,
                                      upload_compressed(e, 2, width, height, 1, bytes, data));
}

void GL_API_CALL trireme_glCompressedTexSubImage3D(GLenum target, GLint level, GLint x, GLint y,
                                                   GLint z, GLsizei width, GLsizei height,
                                                   GLsizei depth, GLenum format, GLsizei bytes,
                                                   const void *data)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_CompressedTexSubImage3D(e, target, level, x, y, z, width, height, depth, format,
                                      bytes,
                                      upload_compressed(e, 3, width, height, depth, bytes, data));
}

void GL_API_CALL trireme_glDrawPixels(GLsizei width, GLsizei height, GLenum format, GLenum type,
                                      const void *pixels)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_DrawPixels(e, width, height, format, type,
                         upload(e, 2, width, height, 1, format, type, pixels));
}

void GL_API_CALL trireme_glBitmap(GLsizei width, GLsizei height, GLfloat x_origin, GLfloat y_origin,
                                  GLfloat x_move, GLfloat y_move, const GLubyte *bitmap)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_Bitmap(e, width, height, x_origin, y_origin, x_move, y_move,
                     upload(e, 2, width, height, 1, GL_COLOR_INDEX, GL_BITMAP, bitmap));
}

void GL_API_CALL trireme_glPolygonStipple(const GLubyte *mask)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_PolygonStipple(e, upload(e, 2, 32, 32, 1, GL_COLOR_INDEX, GL_BITMAP, mask));
}

/* Pixel maps come from the pixel unpack buffer too; pixel store does not count for them. */
static struct gl_payload map_values(struct gl_encoder *e, GLsizei count, uint64_t size,
                                    const void *values)
{
    if (e->state && e->state->buffers.bound[BUFFER_PIXEL_UNPACK])
        return gl_payload_offset((uintptr_t)values);
    return values ? gl_payload_data(values, gl_bytes(count, size)) : gl_payload_null();
}

void GL_API_CALL trireme_glPixelMapfv(GLenum map, GLsizei count, const GLfloat *values)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_PixelMapfv(e, map, count, map_values(e, count, sizeof *values, values));
}

void GL_API_CALL trireme_glPixelMapuiv(GLenum map, GLsizei count, const GLuint *values)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_PixelMapuiv(e, map, count, map_values(e, count, sizeof *values, values));
}

void GL_API_CALL trireme_glPixelMapusv(GLenum map, GLsizei count, const GLushort *values)
{
    struct gl_encoder *e = gl_encoder_current();
    gl_encode_PixelMapusv(e, map, count, map_values(e, count, sizeof *values, values));
}

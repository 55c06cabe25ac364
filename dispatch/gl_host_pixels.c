/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Images from the guest. They come in transfer layout, whatever the guest's pixel store says, or
 * out of the pixel unpack buffer; how many bytes the GL reads is computed from the GL's own state.
 */
#include "dispatch/gl_host_state.h"
#include "gl_host.h"

enum upload_flag {
    UPLOAD_OPTIONAL = 1u << 0, /* NULL: no image, and that is fine */
    UPLOAD_BITS = 1u << 1,     /* a bitmap, which no colours are looked up for */
};

/* An offset is passed on as a pointer: the GL checks it against the buffer. */
static const void *offset_pointer(const struct gl_payload *payload)
{
    return (const void *)(uintptr_t)payload->offset;
}

/*
 * Whether the GL may be called, and with which pointer. A false `data_ok` says that the payload
 * may not be data, as its size is not known. After the call: upload_end().
 */
static bool upload_begin(struct gl_decoder *d, const struct gl_payload *pixels, bool data_ok,
                         uint64_t need, const void **pointer)
{
    *pointer = NULL;
    if (!gl_host_fresh_unpack(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    if (pixels->kind == GL_PAYLOAD_NULL) {
        return true;
    }
    if ((pixels->kind == GL_PAYLOAD_OFFSET) != (d->host->unpack_buffer != 0)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    if (pixels->kind == GL_PAYLOAD_OFFSET) {
        *pointer = offset_pointer(pixels);
        return true;
    }
    if (!data_ok) {
        gl_decoder_set_error(d, GL_INVALID_ENUM);
        return false;
    }
    if (pixels->bytes < need) {
        gl_decoder_break(d, "an image of %" G_GUINT64_FORMAT " bytes, of %" G_GUINT64_FORMAT,
                         pixels->bytes, need);
        return false;
    }
    *pointer = pixels->data;
    gl_host_transfer_begin(d, false);
    return true;
}

static void upload_end(struct gl_decoder *d, const struct gl_payload *pixels)
{
    if (pixels->kind == GL_PAYLOAD_DATA) {
        gl_host_transfer_end(d, false);
    }
}

/* Mesa 22.3 makes RGBA of colour indices, and reads that as the store says that the indices lie:
 * beyond its end, unless rows follow each other without gaps. */
static bool reads_astray(const struct pixel_store *store, const struct image *image)
{
    return (store->row_length && store->row_length != image->width) || store->image_height ||
           store->skip_pixels || store->skip_rows || store->skip_images ||
           (int64_t)image->width * 4 % store->alignment != 0;
}

/* upload_begin() for an image of a format and type. */
static bool image_begin(struct gl_decoder *d, struct gl_payload *pixels, const struct image *image,
                        unsigned flags, const void **pointer)
{
    if (!gl_host_fresh_unpack(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    struct pixel_store store = pixel_store_transfer(&d->host->unpack);
    struct image_layout layout;
    bool known = image_layout(&layout, &store, image);
    if (image->format == GL_COLOR_INDEX && !(flags & UPLOAD_BITS) &&
        reads_astray(pixels->kind == GL_PAYLOAD_OFFSET ? &d->host->unpack : &store, image)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    if (pixels->kind == GL_PAYLOAD_NULL && d->host->unpack_buffer == 0 &&
        !(flags & UPLOAD_OPTIONAL)) {
        /* The GL may find an error; but it must not read from address 0. */
        uint64_t bytes = known ? layout.end : image_bytes_most(image);
        void *black = gl_decoder_scratch(d, bytes);
        if (!black) {
            return false;
        }
        *pixels = gl_payload_data(black, bytes);
        known = true;
        layout.end = bytes;
    }
    return upload_begin(d, pixels, known, layout.end, pointer);
}

void gl_host_TexImage1D(struct gl_decoder *d, GLenum target, GLint level, GLint internal_format,
                        GLsizei width, GLint border, GLenum format, GLenum type,
                        struct gl_payload pixels)
{
    const struct image image = {1, width, 1, 1, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, UPLOAD_OPTIONAL, &pointer)) {
        d->gl->TexImage1D(target, level, internal_format, width, border, format, type, pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_TexImage2D(struct gl_decoder *d, GLenum target, GLint level, GLint internal_format,
                        GLsizei width, GLsizei height, GLint border, GLenum format, GLenum type,
                        struct gl_payload pixels)
{
    const struct image image = {2, width, height, 1, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, UPLOAD_OPTIONAL, &pointer)) {
        d->gl->TexImage2D(target, level, internal_format, width, height, border, format, type,
                          pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_TexImage3D(struct gl_decoder *d, GLenum target, GLint level, GLint internal_format,
                        GLsizei width, GLsizei height, GLsizei depth, GLint border, GLenum format,
                        GLenum type, struct gl_payload pixels)
{
    const struct image image = {3, width, height, depth, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, UPLOAD_OPTIONAL, &pointer)) {
        d->gl->TexImage3D(target, level, internal_format, width, height, depth, border, format,
                          type, pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_TexSubImage1D(struct gl_decoder *d, GLenum target, GLint level, GLint x, GLsizei width,
                           GLenum format, GLenum type, struct gl_payload pixels)
{
    const struct image image = {1, width, 1, 1, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, 0, &pointer)) {
        d->gl->TexSubImage1D(target, level, x, width, format, type, pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_TexSubImage2D(struct gl_decoder *d, GLenum target, GLint level, GLint x, GLint y,
                           GLsizei width, GLsizei height, GLenum format, GLenum type,
                           struct gl_payload pixels)
{
    const struct image image = {2, width, height, 1, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, 0, &pointer)) {
        d->gl->TexSubImage2D(target, level, x, y, width, height, format, type, pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_TexSubImage3D(struct gl_decoder *d, GLenum target, GLint level, GLint x, GLint y,
                           GLint z, GLsizei width, GLsizei height, GLsizei depth, GLenum format,
                           GLenum type, struct gl_payload pixels)
{
    const struct image image = {3, width, height, depth, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, 0, &pointer)) {
        d->gl->TexSubImage3D(target, level, x, y, z, width, height, depth, format, type, pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_DrawPixels(struct gl_decoder *d, GLsizei width, GLsizei height, GLenum format,
                        GLenum type, struct gl_payload pixels)
{
    const struct image image = {2, width, height, 1, format, type};
    const void *pointer;
    if (image_begin(d, &pixels, &image, 0, &pointer)) {
        d->gl->DrawPixels(width, height, format, type, pointer);
        upload_end(d, &pixels);
    }
}

void gl_host_Bitmap(struct gl_decoder *d, GLsizei width, GLsizei height, GLfloat x_origin,
                    GLfloat y_origin, GLfloat x_move, GLfloat y_move, struct gl_payload bitmap)
{
    const struct image image = {2, width, height, 1, GL_COLOR_INDEX, GL_BITMAP};
    const void *pointer;
    /* Without an image it moves the raster position. */
    bool none = bitmap.kind == GL_PAYLOAD_NULL && width >= 0 && height >= 0 &&
                gl_host_fresh_unpack(d) && d->host->unpack_buffer == 0;
    if (none) {
        d->gl->Bitmap(0, 0, x_origin, y_origin, x_move, y_move, NULL);
    } else if (image_begin(d, &bitmap, &image, UPLOAD_BITS, &pointer)) {
        d->gl->Bitmap(width, height, x_origin, y_origin, x_move, y_move, pointer);
        upload_end(d, &bitmap);
    }
}

void gl_host_PolygonStipple(struct gl_decoder *d, struct gl_payload mask)
{
    const struct image image = {2, 32, 32, 1, GL_COLOR_INDEX, GL_BITMAP};
    const void *pointer;
    if (image_begin(d, &mask, &image, UPLOAD_BITS, &pointer)) {
        d->gl->PolygonStipple(pointer);
        upload_end(d, &mask);
    }
}

/* Compressed images and pixel maps: the size is an argument. */
static bool sized_begin(struct gl_decoder *d, const struct gl_payload *data, int64_t count,
                        uint64_t size, const void **pointer)
{
    if (!gl_host_fresh_unpack(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    uint64_t need = gl_bytes(count, size);
    if (data->kind == GL_PAYLOAD_NULL && d->host->unpack_buffer == 0 && need > 0) {
        /* Some GLs take this as "no image yet"; none may read from address 0. */
        *pointer = gl_decoder_scratch(d, need);
        return *pointer != NULL;
    }
    return upload_begin(d, data, true, need, pointer);
}

void gl_host_CompressedTexImage1D(struct gl_decoder *d, GLenum target, GLint level,
                                  GLenum internal_format, GLsizei width, GLint border,
                                  GLsizei bytes, struct gl_payload data)
{
    const void *pointer;
    if (sized_begin(d, &data, bytes, 1, &pointer)) {
        d->gl->CompressedTexImage1D(target, level, internal_format, width, border, bytes, pointer);
        upload_end(d, &data);
    }
}

void gl_host_CompressedTexImage2D(struct gl_decoder *d, GLenum target, GLint level,
                                  GLenum internal_format, GLsizei width, GLsizei height,
                                  GLint border, GLsizei bytes, struct gl_payload data)
{
    const void *pointer;
    if (sized_begin(d, &data, bytes, 1, &pointer)) {
        d->gl->CompressedTexImage2D(target, level, internal_format, width, height, border, bytes,
                                    pointer);
        upload_end(d, &data);
    }
}

void gl_host_CompressedTexImage3D(struct gl_decoder *d, GLenum target, GLint level,
                                  GLenum internal_format, GLsizei width, GLsizei height,
                                  GLsizei depth, GLint border, GLsizei bytes,
                                  struct gl_payload data)
{
    const void *pointer;
    if (sized_begin(d, &data, bytes, 1, &pointer)) {
        d->gl->CompressedTexImage3D(target, level, internal_format, width, height, depth, border,
                                    bytes, pointer);
        upload_end(d, &data);
    }
}

void gl_host_CompressedTexSubImage1D(struct gl_decoder *d, GLenum target, GLint level, GLint x,
                                     GLsizei width, GLenum format, GLsizei bytes,
                                     struct gl_payload data)
{
    const void *pointer;
    if (sized_begin(d, &data, bytes, 1, &pointer)) {
        d->gl->CompressedTexSubImage1D(target, level, x, width, format, bytes, pointer);
        upload_end(d, &data);
    }
}

void gl_host_CompressedTexSubImage2D(struct gl_decoder *d, GLenum target, GLint level, GLint x,
                                     GLint y, GLsizei width, GLsizei height, GLenum format,
                                     GLsizei bytes, struct gl_payload data)
{
    const void *pointer;
    if (sized_begin(d, &data, bytes, 1, &pointer)) {
        d->gl->CompressedTexSubImage2D(target, level, x, y, width, height, format, bytes, pointer);
        upload_end(d, &data);
    }
}

void gl_host_CompressedTexSubImage3D(struct gl_decoder *d, GLenum target, GLint level, GLint x,
                                     GLint y, GLint z, GLsizei width, GLsizei height, GLsizei depth,
                                     GLenum format, GLsizei bytes, struct gl_payload data)
{
    const void *pointer;
    if (sized_begin(d, &data, bytes, 1, &pointer)) {
        d->gl->CompressedTexSubImage3D(target, level, x, y, z, width, height, depth, format, bytes,
                                       pointer);
        upload_end(d, &data);
    }
}

void gl_host_PixelMapfv(struct gl_decoder *d, GLenum map, GLsizei count, struct gl_payload values)
{
    const void *pointer;
    if (sized_begin(d, &values, count, sizeof(GLfloat), &pointer)) {
        d->gl->PixelMapfv(map, count, pointer);
        upload_end(d, &values);
    }
}

void gl_host_PixelMapuiv(struct gl_decoder *d, GLenum map, GLsizei count, struct gl_payload values)
{
    const void *pointer;
    if (sized_begin(d, &values, count, sizeof(GLuint), &pointer)) {
        d->gl->PixelMapuiv(map, count, pointer);
        upload_end(d, &values);
    }
}

void gl_host_PixelMapusv(struct gl_decoder *d, GLenum map, GLsizei count, struct gl_payload values)
{
    const void *pointer;
    if (sized_begin(d, &values, count, sizeof(GLushort), &pointer)) {
        d->gl->PixelMapusv(map, count, pointer);
        upload_end(d, &values);
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Images to the guest: into memory of the decoder's, in transfer layout, and from there into the
 * reply; or into the pixel pack buffer, where the GL itself keeps to the buffer's bounds.
 */
#include "dispatch/gl_host_state.h"
#include "gl_host.h"

/* Our own commands stand for one that the context may lack. */
static bool has(struct gl_decoder *d, const void *function)
{
    if (!function) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
    }
    return function != NULL;
}

/* The pack state is known, and a pack buffer bound or not as the command needs. */
static bool pack_ready(struct gl_decoder *d, bool to_buffer)
{
    if (!gl_host_fresh_pack(d) || to_buffer != (d->host->pack_buffer != 0)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    return true;
}

/* The result has room for `need` bytes, and the GL is told to write just these. */
static bool download_begin(struct gl_decoder *d, struct gl_result *pixels, uint64_t need,
                           void **pointer)
{
    static uint64_t nothing; /* for images without pixels, to have an address */
    if (!pixels->data) {
        /* The program has no memory for it, but the GL may find an error. */
        *pixels = (struct gl_result){.data = gl_decoder_scratch(d, need), .capacity = need};
        if (!pixels->data) {
            return false;
        }
    }
    if (pixels->capacity < need) {
        gl_decoder_break(d, "room for %" G_GUINT64_FORMAT " bytes, of %" G_GUINT64_FORMAT,
                         pixels->capacity, need);
        return false;
    }
    *pointer = need > 0 ? pixels->data : &nothing;
    gl_host_attempt(d);
    gl_host_transfer_begin(d, true);
    return true;
}

static void download_end(struct gl_decoder *d, struct gl_result *pixels, uint64_t need)
{
    gl_host_transfer_end(d, true);
    pixels->bytes = gl_host_succeeded(d) ? need : 0;
}

/* Bytes of an image in transfer layout. If its format or type is unknown, the GL will say so: it
 * gets memory for any that there may be, which then goes nowhere. */
static uint64_t image_need(struct gl_decoder *d, const struct image *image,
                           struct gl_result *pixels)
{
    struct pixel_store store = pixel_store_transfer(&d->host->pack);
    struct image_layout layout;
    if (image_layout(&layout, &store, image)) {
        return layout.end;
    }
    uint64_t bytes = image_bytes_most(image);
    if (bytes > d->limits.max_payload_bytes) {
        gl_decoder_set_error(d, GL_INVALID_ENUM);
    }
    pixels->data = NULL;
    return bytes;
}

void gl_host_TriremeReadPixels(struct gl_decoder *d, GLint x, GLint y, GLsizei width,
                               GLsizei height, GLenum format, GLenum type, struct gl_result *pixels)
{
    const struct image image = {2, width, height, 1, format, type};
    void *pointer;
    if (!pack_ready(d, false)) {
        return;
    }
    uint64_t need = image_need(d, &image, pixels);
    if (download_begin(d, pixels, need, &pointer)) {
        d->gl->ReadPixels(x, y, width, height, format, type, pointer);
        download_end(d, pixels, need);
    }
}

void gl_host_TriremeReadPixelsToBuffer(struct gl_decoder *d, GLint x, GLint y, GLsizei width,
                                       GLsizei height, GLenum format, GLenum type, GLuint64 offset)
{
    if (pack_ready(d, true)) {
        d->gl->ReadPixels(x, y, width, height, format, type, (void *)(uintptr_t)offset);
    }
}

/* A level's width, height, depth, and its bytes if it is compressed. */
static void level_size(struct gl_decoder *d, GLenum target, GLint level, GLint size[4])
{
    GLint compressed = 0;
    static const GLenum names[3] = {GL_TEXTURE_WIDTH, GL_TEXTURE_HEIGHT, GL_TEXTURE_DEPTH};
    for (int i = 0; i < 3; i++) {
        size[i] = 0;
        d->gl->GetTexLevelParameteriv(target, level, names[i], &size[i]);
    }
    size[3] = 0;
    d->gl->GetTexLevelParameteriv(target, level, GL_TEXTURE_COMPRESSED, &compressed);
    if (compressed) {
        d->gl->GetTexLevelParameteriv(target, level, GL_TEXTURE_COMPRESSED_IMAGE_SIZE, &size[3]);
    }
}

void gl_host_TriremeGetTexLevelSize(struct gl_decoder *d, GLenum target, GLint level,
                                    struct gl_result *size)
{
    GLint values[4];
    if (!gl_host_outside(d) || size->capacity < sizeof values || !size->data) {
        return;
    }
    /* The question is not the program's, nor is an error in it: glGetTexImage itself will tell. */
    gl_host_attempt(d);
    level_size(d, target, level, values);
    d->gl->GetError();
    memcpy(size->data, values, sizeof values);
    size->bytes = sizeof values;
}

/*
 * Another context of the share group may change the texture between question and answer, so only
 * functions that are told how much room there is will do. Robust contexts have them.
 */
void gl_host_TriremeGetTexImage(struct gl_decoder *d, GLenum target, GLint level, GLenum format,
                                GLenum type, struct gl_result *pixels)
{
    GLint size[4];
    void *pointer;
    if (!pack_ready(d, false)) {
        return;
    }
    gl_host_attempt(d);
    level_size(d, target, level, size);
    d->gl->GetError();
    const struct image image = {
        image_target_dimensions(target), size[0], size[1], size[2], format, type};
    uint64_t need = image_need(d, &image, pixels);
    if (!download_begin(d, pixels, need, &pointer)) {
        return;
    }
    GLsizei room = (GLsizei)MIN(need, G_MAXINT);
    if (d->gl->GetnTexImage) {
        d->gl->GetnTexImage(target, level, format, type, room, pointer);
    } else if (d->gl->GetnTexImageARB) {
        d->gl->GetnTexImageARB(target, level, format, type, room, pointer);
    } else {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        need = 0;
    }
    download_end(d, pixels, need);
}

void gl_host_TriremeGetTexImageToBuffer(struct gl_decoder *d, GLenum target, GLint level,
                                        GLenum format, GLenum type, GLuint64 offset)
{
    if (pack_ready(d, true)) {
        d->gl->GetTexImage(target, level, format, type, (void *)(uintptr_t)offset);
    }
}

void gl_host_TriremeGetCompressedTexImage(struct gl_decoder *d, GLenum target, GLint level,
                                          struct gl_result *pixels)
{
    GLint size[4];
    void *pointer;
    if (!pack_ready(d, false)) {
        return;
    }
    gl_host_attempt(d);
    level_size(d, target, level, size);
    d->gl->GetError();
    uint64_t need = size[3] > 0 ? (uint64_t)size[3] : 0;
    if (!download_begin(d, pixels, need, &pointer)) {
        return;
    }
    if (d->gl->GetnCompressedTexImage) {
        d->gl->GetnCompressedTexImage(target, level, (GLsizei)need, pointer);
    } else if (d->gl->GetnCompressedTexImageARB) {
        d->gl->GetnCompressedTexImageARB(target, level, (GLsizei)need, pointer);
    } else {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        need = 0;
    }
    download_end(d, pixels, need);
}

void gl_host_TriremeGetCompressedTexImageToBuffer(struct gl_decoder *d, GLenum target, GLint level,
                                                  GLuint64 offset)
{
    if (pack_ready(d, true)) {
        d->gl->GetCompressedTexImage(target, level, (void *)(uintptr_t)offset);
    }
}

void gl_host_TriremeGetPolygonStipple(struct gl_decoder *d, struct gl_result *mask)
{
    const struct image image = {2, 32, 32, 1, GL_COLOR_INDEX, GL_BITMAP};
    void *pointer;
    if (!has(d, d->gl->GetPolygonStipple) || !pack_ready(d, false)) {
        return;
    }
    uint64_t need = image_need(d, &image, mask);
    if (download_begin(d, mask, need, &pointer)) {
        d->gl->GetPolygonStipple(pointer);
        download_end(d, mask, need);
    }
}

void gl_host_TriremeGetPolygonStippleToBuffer(struct gl_decoder *d, GLuint64 offset)
{
    if (has(d, d->gl->GetPolygonStipple) && pack_ready(d, true)) {
        d->gl->GetPolygonStipple((void *)(uintptr_t)offset);
    }
}

static void get_pixel_map(struct gl_decoder *d, GLenum map, GLenum type, void *pointer)
{
    if (type == GL_FLOAT) {
        d->gl->GetPixelMapfv(map, pointer);
    } else if (type == GL_UNSIGNED_INT) {
        d->gl->GetPixelMapuiv(map, pointer);
    } else {
        d->gl->GetPixelMapusv(map, pointer);
    }
}

void gl_host_TriremeGetPixelMap(struct gl_decoder *d, GLenum map, GLenum type,
                                struct gl_result *values)
{
    void *pointer;
    if (!has(d, d->gl->GetPixelMapfv) || !pack_ready(d, false)) {
        return;
    }
    if (map < GL_PIXEL_MAP_I_TO_I || map > GL_PIXEL_MAP_A_TO_A) {
        gl_decoder_set_error(d, GL_INVALID_ENUM);
        return;
    }
    GLint count = gl_host_integer(d, GL_PIXEL_MAP_I_TO_I_SIZE + (map - GL_PIXEL_MAP_I_TO_I), 0);
    uint64_t need = gl_bytes(count, type == GL_FLOAT || type == GL_UNSIGNED_INT ? 4 : 2);
    if (download_begin(d, values, need, &pointer)) {
        get_pixel_map(d, map, type, pointer);
        download_end(d, values, need);
    }
}

void gl_host_TriremeGetPixelMapToBuffer(struct gl_decoder *d, GLenum map, GLenum type,
                                        GLuint64 offset)
{
    if (has(d, d->gl->GetPixelMapfv) && pack_ready(d, true)) {
        get_pixel_map(d, map, type, (void *)(uintptr_t)offset);
    }
}

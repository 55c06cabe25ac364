/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every command that takes or gives an image, with every format, type and pixel store, from and to
 * memory and buffer objects. pixels_test.c has glTexImage2D and glGetTexImage of its textures.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/images.h"

/* TEX_SUB_* go to the textures that make_textures() makes. */
enum command { TEX_1D, TEX_SUB_1D, TEX_SUB_2D, TEX_3D, TEX_SUB_3D, DRAW_PIXELS, UPLOADS };

#define WIDTH 5
#define HEIGHT 3
#define DEPTH 2

static const struct image images[UPLOADS] = {
    [TEX_1D] = {1, WIDTH, 1, 1, 0, 0},
    [TEX_SUB_1D] = {1, WIDTH - 1, 1, 1, 0, 0},
    [TEX_SUB_2D] = {2, WIDTH - 1, HEIGHT - 1, 1, 0, 0},
    [TEX_3D] = {3, WIDTH, HEIGHT, DEPTH, 0, 0},
    [TEX_SUB_3D] = {3, WIDTH - 1, HEIGHT - 1, DEPTH, 0, 0},
    [DRAW_PIXELS] = {2, WIDTH, HEIGHT, 1, 0, 0},
};

static const GLenum targets[UPLOADS] = {
    [TEX_1D] = GL_TEXTURE_1D, [TEX_SUB_1D] = GL_TEXTURE_1D, [TEX_SUB_2D] = GL_TEXTURE_2D,
    [TEX_3D] = GL_TEXTURE_3D, [TEX_SUB_3D] = GL_TEXTURE_3D,
};

static void upload(const struct pair_gl *gl, enum command command, const struct image *image,
                   const void *pixels)
{
    const GLenum format = image->format, type = image->type;
    const GLint internal = image_internal_format(format);
    switch (command) {
    case TEX_1D:
        gl->TexImage1D(GL_TEXTURE_1D, 0, internal, WIDTH, 0, format, type, pixels);
        break;
    case TEX_SUB_1D:
        gl->TexSubImage1D(GL_TEXTURE_1D, 0, 1, image->width, format, type, pixels);
        break;
    case TEX_SUB_2D:
        gl->TexSubImage2D(GL_TEXTURE_2D, 0, 1, 1, image->width, image->height, format, type,
                          pixels);
        break;
    case TEX_3D:
        gl->TexImage3D(GL_TEXTURE_3D, 0, internal, WIDTH, HEIGHT, DEPTH, 0, format, type, pixels);
        break;
    case TEX_SUB_3D:
        gl->TexSubImage3D(GL_TEXTURE_3D, 0, 1, 1, 0, image->width, image->height, DEPTH, format,
                          type, pixels);
        break;
    default:
        gl->RasterPos2f(-1, -1);
        gl->DrawPixels(WIDTH, HEIGHT, format, type, pixels);
    }
}

/* Textures that hold what the format brings, with nothing in them. */
static void make_textures(const struct pair_gl *gl, GLenum format)
{
    static const uint8_t black[WIDTH * HEIGHT * DEPTH * 16];
    const GLint internal = image_internal_format(format);
    const GLenum holds = internal == GL_RGBA8              ? GL_RGBA
                         : internal == GL_RGBA16UI         ? GL_RGBA_INTEGER
                         : internal == GL_DEPTH24_STENCIL8 ? GL_DEPTH_STENCIL
                                                           : GL_DEPTH_COMPONENT;
    const GLenum type = holds == GL_DEPTH_STENCIL ? GL_UNSIGNED_INT_24_8 : GL_UNSIGNED_INT;
    gl->TexImage1D(GL_TEXTURE_1D, 0, internal, WIDTH, 0, holds, type, black);
    gl->TexImage2D(GL_TEXTURE_2D, 0, internal, WIDTH, HEIGHT, 0, holds, type, black);
    gl->TexImage3D(GL_TEXTURE_3D, 0, internal, WIDTH, HEIGHT, DEPTH, 0, holds, type, black);
}

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* What the command did to the texture or to the window. */
static void note_upload(struct pair_side *side, enum command command, GLenum format)
{
    const struct pair_gl *gl = side->gl;
    static uint8_t bytes[WIDTH * HEIGHT * DEPTH * 16];
    memset(bytes, 0, sizeof bytes);
    note_error(side);
    if (command == DRAW_PIXELS) {
        gl->ReadPixels(0, 0, WIDTH, HEIGHT, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
        gl->ReadPixels(0, 0, WIDTH, HEIGHT, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8, bytes + 64);
        gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    } else if (image_internal_format(format) == GL_RGBA8) {
        gl->GetTexImage(targets[command], 0, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
    } else if (image_internal_format(format) == GL_RGBA16UI) {
        gl->GetTexImage(targets[command], 0, GL_RGBA_INTEGER, GL_UNSIGNED_SHORT, bytes);
    } else {
        gl->GetTexImage(targets[command], 0, GL_DEPTH_COMPONENT, GL_UNSIGNED_INT, bytes);
    }
    pair_note(side, bytes, sizeof bytes);
    note_error(side);
}

static bool is_index(GLenum format)
{
    return format == GL_STENCIL_INDEX || format == GL_COLOR_INDEX;
}

#define OFFSET 16

/* From memory that ends where the image does, from a buffer that does, and from one that is too
 * small. */
static void upload_each_way(struct pair_side *side, unsigned command,
                            const struct pixel_store *store, const struct image *image)
{
    const struct pair_gl *gl = side->gl;
    size_t bytes;
    if (image_is_astray(image->format, store))
        return;
    uint8_t *pixels = guarded_image(store, image, &bytes);
    memset(pixels + bytes / 2, 0, bytes / 2); /* some numbers that are no NaN */
    image_store_set(gl, &image_stores[0], false);
    make_textures(gl, image->format);
    image_store_set(gl, store, false);
    upload(gl, command, image, pixels);
    note_upload(side, command, image->format);
    gl->BindBuffer(GL_PIXEL_UNPACK_BUFFER, 1);
    gl->BufferData(GL_PIXEL_UNPACK_BUFFER, OFFSET + (GLsizeiptr)bytes, NULL, GL_STATIC_DRAW);
    gl->BufferSubData(GL_PIXEL_UNPACK_BUFFER, OFFSET, (GLsizeiptr)bytes, pixels);
    upload(gl, command, image, (const void *)OFFSET);
    note_upload(side, command, image->format);
    upload(gl, command, image, (const void *)(OFFSET + 8));
    note_upload(side, command, image->format);
    gl->BindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    guarded_free(pixels, bytes);
}

/* Every store, if the GL takes the format with the type at all. */
static void every_store(struct pair_side *side, unsigned command, const struct image *image,
                        void (*transfer)(struct pair_side *side, unsigned command,
                                         const struct pixel_store *store,
                                         const struct image *image))
{
    struct image_layout layout;
    const bool valid = image_layout(&layout, &image_stores[0], image);
    for (size_t i = 0; i < (valid ? image_store_count : 1); i++)
        transfer(side, command, &image_stores[i], image);
}

static void every_image(struct pair_side *side, unsigned command, struct image image,
                        void (*transfer)(struct pair_side *side, unsigned command,
                                         const struct pixel_store *store,
                                         const struct image *image))
{
    for (size_t f = 0; f < image_format_count; f++)
        for (size_t t = 0; t < image_type_count; t++) {
            image.format = image_formats[f];
            image.type = image_types[t];
            if (!image_is_endless(image.format, image.type))
                every_store(side, command, &image, transfer);
        }
}

static void uploads(struct pair_side *side)
{
    side->gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    for (unsigned command = 0; command < UPLOADS; command++)
        every_image(side, command, images[command], upload_each_way);
}

Test(pixel_matrix, images_arrive, .timeout = 120)
{
    pair_run(uploads, 1000000);
}

enum source { WINDOW, LINE, VOLUME, SOURCES };

static const struct image sources[SOURCES] = {
    [WINDOW] = {2, WIDTH, HEIGHT, 1, 0, 0},
    [LINE] = {1, WIDTH, 1, 1, 0, 0},
    [VOLUME] = {3, WIDTH, HEIGHT, DEPTH, 0, 0},
};

static void download(const struct pair_gl *gl, enum source source, const struct image *image,
                     void *pixels)
{
    if (source == WINDOW)
        gl->ReadPixels(1, 2, WIDTH, HEIGHT, image->format, image->type, pixels);
    else
        gl->GetTexImage(source == LINE ? GL_TEXTURE_1D : GL_TEXTURE_3D, 0, image->format,
                        image->type, pixels);
}

/* All bytes up to the end of the image, those that belong to the program included. */
static void download_each_way(struct pair_side *side, unsigned source,
                              const struct pixel_store *store, const struct image *image)
{
    const struct pair_gl *gl = side->gl;
    const size_t bytes = image_reach(store, image);
    if (source != WINDOW && is_index(image->format))
        return; /* Mesa 22.3 gives them as bytes, whatever the type */
    uint8_t *pixels = guarded_alloc(bytes);
    image_store_set(gl, store, true);
    memset(pixels, 0xa5, bytes);
    download(gl, source, image, pixels);
    pair_note(side, pixels, bytes);
    note_error(side);
    memset(pixels, 0xa5, bytes);
    gl->BindBuffer(GL_PIXEL_PACK_BUFFER, 1);
    gl->BufferData(GL_PIXEL_PACK_BUFFER, OFFSET + (GLsizeiptr)bytes, NULL, GL_STATIC_READ);
    gl->BufferSubData(GL_PIXEL_PACK_BUFFER, OFFSET, (GLsizeiptr)bytes, pixels);
    download(gl, source, image, (void *)OFFSET);
    note_error(side);
    download(gl, source, image, (void *)(OFFSET + 8)); /* beyond the end */
    note_error(side);
    gl->GetBufferSubData(GL_PIXEL_PACK_BUFFER, OFFSET, (GLsizeiptr)bytes, pixels);
    pair_note(side, pixels, bytes);
    gl->BindBuffer(GL_PIXEL_PACK_BUFFER, 0);
    guarded_free(pixels, bytes);
}

/* Something in each plane of the window. */
static void draw_window(const struct pair_gl *gl)
{
    static uint8_t bytes[16 * 16 * 4];
    image_fill(bytes, sizeof bytes);
    gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    gl->RasterPos2f(-1, -1);
    gl->DrawPixels(16, 16, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
    gl->DrawPixels(16, 16, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8, bytes);
}

static void downloads(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const GLint internals[] = {GL_RGBA8,    GL_RGB16, GL_RGBA32F,
                                      GL_RGBA16UI, GL_RG8I,  GL_LUMINANCE8_ALPHA8,
                                      GL_RGB5_A1,  GL_ALPHA8};
    static uint8_t texels[WIDTH * HEIGHT * DEPTH * 4];
    draw_window(gl);
    every_image(side, WINDOW, sources[WINDOW], download_each_way);
    image_fill(texels, sizeof texels);
    for (size_t i = 0; i < G_N_ELEMENTS(internals); i++) {
        const bool integers = internals[i] == GL_RGBA16UI || internals[i] == GL_RG8I;
        const GLenum format = integers ? GL_RGBA_INTEGER : GL_RGBA;
        image_store_set(gl, &image_stores[0], false);
        gl->TexImage1D(GL_TEXTURE_1D, 0, internals[i], WIDTH, 0, format, GL_UNSIGNED_BYTE, texels);
        gl->TexImage3D(GL_TEXTURE_3D, 0, internals[i], WIDTH, HEIGHT, DEPTH, 0, format,
                       GL_UNSIGNED_BYTE, texels);
        every_image(side, LINE, sources[LINE], download_each_way);
        every_image(side, VOLUME, sources[VOLUME], download_each_way);
    }
}

Test(pixel_matrix, images_come_back, .timeout = 120)
{
    pair_run(downloads, 1000000);
}

/* No pixel store counts for what goes from the window to a texture, nor does a buffer. */
static void copies(struct pair_side *side)
{
    static const GLenum internals[] = {
        GL_RGBA8, GL_RGB5_A1, GL_LUMINANCE8, GL_ALPHA16, GL_DEPTH_COMPONENT24, GL_RGBA8UI, GL_RGBA};
    const struct pair_gl *gl = side->gl;
    draw_window(gl);
    gl->TexImage3D(GL_TEXTURE_3D, 0, GL_RGBA8, WIDTH, HEIGHT, DEPTH, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                   NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(internals) * image_store_count; i++) {
        const GLenum internal = internals[i % G_N_ELEMENTS(internals)];
        image_store_set(gl, &image_stores[i % image_store_count], false);
        image_store_set(gl, &image_stores[(i + 1) % image_store_count], true);
        gl->CopyTexImage1D(GL_TEXTURE_1D, 0, internal, 2, 3, WIDTH, 0);
        note_error(side);
        gl->CopyTexImage2D(GL_TEXTURE_2D, 0, internal, 2, 3, WIDTH, HEIGHT, 0);
        note_error(side);
        gl->CopyTexSubImage1D(GL_TEXTURE_1D, 0, 1, 0, 1, 3);
        gl->CopyTexSubImage2D(GL_TEXTURE_2D, 0, 1, 1, 60, 62, 4, 2); /* partly beyond the window */
        gl->CopyTexSubImage3D(GL_TEXTURE_3D, 0, 1, 1, 1, (GLint)(i % 9), 0, 3, 2);
        note_error(side);
        image_store_set(gl, &image_stores[0], true);
        note_upload(side, TEX_1D, GL_RGBA);
        note_upload(side, TEX_SUB_2D, GL_RGBA);
        note_upload(side, TEX_3D, GL_RGBA);
    }
}

Test(pixel_matrix, the_window_is_copied_into_textures)
{
    pair_run(copies, 10000);
}

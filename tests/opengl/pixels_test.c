/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Images through encoder and decoder against the GL's own. Sources end where memory ends. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/images.h"

/* Reads level 0 back into memory that shows what is not written. */
static void note_texture(struct pair_side *side, GLenum target, GLenum format, GLenum type,
                         size_t bytes)
{
    uint8_t *read = g_malloc(bytes);
    memset(read, 0xa5, bytes);
    side->gl->GetTexImage(target, 0, format, type, read);
    pair_note(side, read, bytes);
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
    g_free(read);
}

static const struct {
    GLint internal;
    GLenum format, type;
} textures[] = {
    {GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE},
    {GL_RGB8, GL_RGB, GL_UNSIGNED_BYTE},
    {GL_RGBA8, GL_BGRA, GL_UNSIGNED_BYTE},
    {GL_RGBA8, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV},
    {GL_RGB8, GL_RGB, GL_UNSIGNED_SHORT_5_6_5},
    {GL_RGBA8, GL_RGBA, GL_UNSIGNED_SHORT_4_4_4_4},
    {GL_RGB5_A1, GL_BGRA, GL_UNSIGNED_SHORT_1_5_5_5_REV},
    {GL_R3_G3_B2, GL_RGB, GL_UNSIGNED_BYTE_3_3_2},
    {GL_RGB10_A2, GL_RGBA, GL_UNSIGNED_INT_2_10_10_10_REV},
    {GL_LUMINANCE8, GL_LUMINANCE, GL_UNSIGNED_BYTE},
    {GL_LUMINANCE8_ALPHA8, GL_LUMINANCE_ALPHA, GL_UNSIGNED_BYTE},
    {GL_ALPHA8, GL_ALPHA, GL_UNSIGNED_BYTE},
    {GL_RGBA16, GL_RGBA, GL_UNSIGNED_SHORT},
    {GL_RGBA8, GL_RGBA, GL_SHORT},
    {GL_RG8, GL_RG, GL_BYTE},
    {GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT},
    {GL_RGBA32I, GL_RGBA_INTEGER, GL_INT},
    {GL_RGB8UI, GL_RGB_INTEGER, GL_UNSIGNED_BYTE},
    {GL_DEPTH_COMPONENT24, GL_DEPTH_COMPONENT, GL_UNSIGNED_INT},
    {GL_DEPTH_COMPONENT16, GL_DEPTH_COMPONENT, GL_UNSIGNED_SHORT},
    {GL_DEPTH24_STENCIL8, GL_DEPTH_STENCIL, GL_UNSIGNED_INT_24_8},
    {GL_RGBA8, GL_RGBA, GL_BITMAP}, /* errors */
    {GL_RGBA8, GL_RGB, GL_UNSIGNED_SHORT_4_4_4_4},
    {GL_RGBA8, GL_TEXTURE, GL_FLOAT},
};

static void upload_2d(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    for (size_t t = 0; t < G_N_ELEMENTS(textures); t++)
        for (size_t p = 0; p < image_store_count; p++) {
            struct pixel_store store = image_stores[p];
            struct image image = {2, 13, 7, 1, textures[t].format, textures[t].type};
            size_t bytes;
            uint8_t *pixels = guarded_image(&store, &image, &bytes);
            image_store_set(gl, &store, false);
            gl->TexImage2D(GL_TEXTURE_2D, 0, textures[t].internal, 13, 7, 0, textures[t].format,
                           textures[t].type, pixels);
            gl->TexSubImage2D(GL_TEXTURE_2D, 0, 2, 1, 5, 3, textures[t].format, textures[t].type,
                              pixels);
            guarded_free(pixels, bytes);
            GLenum error = gl->GetError();
            pair_note(side, &error, sizeof error);
            note_texture(side, GL_TEXTURE_2D, textures[t].format, textures[t].type, 4096);
        }
}

Test(pixels, textures_of_every_kind_arrive)
{
    pair_run(upload_2d, 500000);
}

/* Up with one pixel store and down with the next; what does not go together is an error. */
static void every_pair(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const size_t count = image_store_count;
    for (size_t i = 0; i < image_format_count * image_type_count * count; i++) {
        const struct pixel_store *up = &image_stores[i % count],
                                 *down = &image_stores[(i + 1) % count];
        GLenum type = image_types[i / count % image_type_count];
        GLenum format = image_formats[i / count / image_type_count];
        const struct image image = {2, 5, 3, 1, format, type};
        /* Mesa 22.3 gives indices as bytes, whatever the type; what it leaves out is 0 here. */
        if ((format == GL_STENCIL_INDEX || format == GL_COLOR_INDEX) &&
            image_pixel_bytes(GL_RED, type) != 1)
            continue;
        if (image_is_astray(format, up))
            continue;
        size_t bytes;
        uint8_t *pixels = guarded_image(up, &image, &bytes);
        memset(pixels + bytes / 2, 0, bytes / 2); /* some numbers that are no NaN */
        image_store_set(gl, up, false);
        image_store_set(gl, down, true);
        gl->TexImage2D(GL_TEXTURE_2D, 0, image_internal_format(format), 5, 3, 0, format, type,
                       pixels);
        note_texture(side, GL_TEXTURE_2D, format, type, image_reach(down, &image));
        guarded_free(pixels, bytes);
    }
}

Test(pixels, every_format_with_every_type_arrives, .timeout = 60)
{
    pair_run(every_pair, 500000);
}

static void upload_1d_and_3d(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    for (size_t p = 0; p < image_store_count; p++) {
        size_t bytes;
        struct image line = {1, 9, 1, 1, GL_RGB, GL_UNSIGNED_BYTE};
        struct image volume = {3, 5, 6, 4, GL_RGBA, GL_UNSIGNED_SHORT_4_4_4_4};
        image_store_set(gl, &image_stores[p], false);
        uint8_t *pixels = guarded_image(&image_stores[p], &line, &bytes);
        gl->TexImage1D(GL_TEXTURE_1D, 0, GL_RGB8, 9, 0, GL_RGB, GL_UNSIGNED_BYTE, pixels);
        gl->TexSubImage1D(GL_TEXTURE_1D, 0, 3, 6, GL_RGB, GL_UNSIGNED_BYTE, pixels);
        guarded_free(pixels, bytes);
        pixels = guarded_image(&image_stores[p], &volume, &bytes);
        gl->TexImage3D(GL_TEXTURE_3D, 0, GL_RGBA8, 5, 6, 4, 0, volume.format, volume.type, pixels);
        gl->TexSubImage3D(GL_TEXTURE_3D, 0, 1, 1, 1, 2, 2, 2, volume.format, volume.type, pixels);
        gl->TexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_RGBA8, 5, 6, 4, 0, volume.format, volume.type,
                       pixels);
        guarded_free(pixels, bytes);
        image_store_set(gl, &image_stores[0], false);
        image_store_set(gl, &image_stores[p], true);
        note_texture(side, GL_TEXTURE_1D, GL_RGB, GL_UNSIGNED_BYTE, 8192);
        note_texture(side, GL_TEXTURE_3D, GL_RGBA, GL_UNSIGNED_BYTE, 65536);
        note_texture(side, GL_TEXTURE_2D_ARRAY, GL_BGRA, GL_UNSIGNED_SHORT, 131072);
        image_store_set(gl, &image_stores[0], true);
    }
}

Test(pixels, lines_and_volumes_arrive)
{
    pair_run(upload_1d_and_3d, 100000);
}

static void read_back(struct pair_side *side)
{
    static const GLenum types[] = {GL_UNSIGNED_BYTE, GL_FLOAT, GL_UNSIGNED_SHORT_5_6_5,
                                   GL_UNSIGNED_INT_8_8_8_8, GL_HALF_FLOAT};
    const struct pair_gl *gl = side->gl;
    size_t bytes;
    struct image image = {2, 40, 30, 1, GL_RGBA, GL_UNSIGNED_BYTE};
    uint8_t *pixels = guarded_image(&image_stores[0], &image, &bytes);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->RasterPos2f(-1, -1);
    gl->DrawPixels(40, 30, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    guarded_free(pixels, bytes);
    for (size_t p = 0; p < image_store_count; p++)
        for (size_t t = 0; t < G_N_ELEMENTS(types); t++) {
            GLenum format = types[t] == GL_UNSIGNED_SHORT_5_6_5 ? GL_RGB : GL_RGBA;
            struct image read = {2, 11, 9, 1, format, types[t]};
            struct image_layout layout;
            image_store_set(gl, &image_stores[p], true);
            image_layout(&layout, &image_stores[p], &read);
            uint8_t *to = guarded_alloc(layout.end);
            memset(to, 0x5a, layout.end);
            gl->ReadPixels(3, 4, 11, 9, format, types[t], to);
            pair_note(side, to, layout.end);
            guarded_free(to, layout.end);
        }
    uint8_t untouched[64];
    memset(untouched, 0x33, sizeof untouched);
    gl->ReadPixels(0, 0, 2, 2, GL_RGB, GL_UNSIGNED_SHORT_4_4_4_4, untouched);
    pair_note(side, untouched, sizeof untouched);
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
}

Test(pixels, reading_back_writes_the_pixels_and_nothing_else)
{
    pair_run(read_back, 10000);
}

static void bitmaps(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    uint8_t stipple[1024];
    gl->Clear(GL_COLOR_BUFFER_BIT);
    for (size_t p = 0; p < image_store_count; p++) {
        size_t bytes;
        struct image image = {2, 19, 11, 1, GL_COLOR_INDEX, GL_BITMAP};
        uint8_t *pixels = guarded_image(&image_stores[p], &image, &bytes);
        image_store_set(gl, &image_stores[p], false);
        gl->RasterPos2f(-0.5f, -0.5f);
        gl->Bitmap(19, 11, 0, 0, 5, 3, pixels);
        gl->Bitmap(0, 0, 0, 0, 2, 2, NULL);
        gl->Bitmap(10, 4, 0, 0, 0, 0, pixels);
        guarded_free(pixels, bytes);
        image = (struct image){2, 32, 32, 1, GL_COLOR_INDEX, GL_BITMAP};
        pixels = guarded_image(&image_stores[p], &image, &bytes);
        gl->PolygonStipple(pixels);
        guarded_free(pixels, bytes);
        image_store_set(gl, &image_stores[0], false);
        image_store_set(gl, &image_stores[p], true);
        memset(stipple, 0, sizeof stipple); /* the GL clears the bits beside those that it sets */
        gl->GetPolygonStipple(stipple);
        pair_note(side, stipple, sizeof stipple);
        image_store_set(gl, &image_stores[0], true);
        pair_note_picture(side);
    }
}

Test(pixels, bitmaps_and_stipples_arrive)
{
    pair_run(bitmaps, 20000);
}

static void through_buffers(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint buffers[2];
    uint8_t bytes[4096];
    image_fill(bytes, sizeof bytes);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->GenBuffers(2, buffers);
    gl->BindBuffer(GL_PIXEL_UNPACK_BUFFER, buffers[0]);
    gl->BufferData(GL_PIXEL_UNPACK_BUFFER, sizeof bytes, bytes, GL_STATIC_DRAW);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                   (const void *)64);
    gl->PixelStorei(GL_UNPACK_ROW_LENGTH, 20);
    gl->TexSubImage2D(GL_TEXTURE_2D, 0, 4, 4, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    gl->TexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE,
                      (const void *)4000); /* beyond the buffer */
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
    gl->BindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
    gl->BindBuffer(GL_PIXEL_PACK_BUFFER, buffers[1]);
    gl->BufferData(GL_PIXEL_PACK_BUFFER, sizeof bytes, bytes, GL_STREAM_READ);
    gl->GetTexImage(GL_TEXTURE_2D, 0, GL_BGRA, GL_UNSIGNED_BYTE, (void *)128);
    gl->ReadPixels(0, 0, 5, 5, GL_RGBA, GL_UNSIGNED_BYTE, (void *)2048);
    memset(bytes, 0, sizeof bytes);
    gl->GetBufferSubData(GL_PIXEL_PACK_BUFFER, 0, sizeof bytes, bytes);
    pair_note(side, bytes, sizeof bytes);
    gl->BindBuffer(GL_PIXEL_PACK_BUFFER, 0);
    note_texture(side, GL_TEXTURE_2D, GL_RGBA, GL_UNSIGNED_BYTE, 2048);
    gl->DeleteBuffers(2, buffers);
}

Test(pixels, pixel_buffers_are_read_and_written_at_offsets)
{
    pair_run(through_buffers, 6000);
}

static void compressed(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    uint8_t *blocks = guarded_alloc(16 * 16 / 2);
    uint8_t read[512];
    image_fill(blocks, 128);
    gl->CompressedTexImage2D(GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 16, 16, 0, 128,
                             blocks);
    gl->CompressedTexSubImage2D(GL_TEXTURE_2D, 0, 4, 4, 4, 4, GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 8,
                                blocks + 120);
    memset(read, 0x11, sizeof read);
    gl->GetCompressedTexImage(GL_TEXTURE_2D, 0, read);
    pair_note(side, read, sizeof read);
    gl->PixelStorei(GL_UNPACK_COMPRESSED_BLOCK_WIDTH, 4);
    gl->PixelStorei(GL_UNPACK_COMPRESSED_BLOCK_HEIGHT, 4);
    gl->PixelStorei(GL_UNPACK_COMPRESSED_BLOCK_SIZE, 8);
    gl->PixelStorei(GL_UNPACK_ROW_LENGTH, 16);
    gl->PixelStorei(GL_UNPACK_SKIP_PIXELS, 8);
    gl->PixelStorei(GL_UNPACK_SKIP_ROWS, 4);
    gl->CompressedTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 8, 8, GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 32,
                                blocks);
    gl->GetCompressedTexImage(GL_TEXTURE_2D, 0, read);
    pair_note(side, read, sizeof read);
    gl->CompressedTexImage2D(GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 16, 16, 0, 64,
                             blocks); /* a wrong size */
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
    guarded_free(blocks, 128);
}

Test(pixels, compressed_images_arrive)
{
    pair_run(compressed, 1000);
}

static void large(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const size_t bytes = (size_t)2048 * 2048 * 4;
    uint8_t *pixels = g_malloc(bytes), *read = g_malloc(bytes);
    image_fill(pixels, bytes);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 2048, 2048, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    gl->PixelStorei(GL_UNPACK_ROW_LENGTH, 2048);
    gl->PixelStorei(GL_UNPACK_SKIP_PIXELS, 1000);
    gl->TexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, 1000, 2048, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    gl->GetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, read);
    pair_note(side, read, bytes);
    g_free(pixels);
    g_free(read);
}

Test(pixels, images_larger_than_the_ring_arrive)
{
    pair_run(large, 16 << 20);
}

static void note_bounded(struct pair_side *side, const void *bytes, size_t n)
{
    GLenum error = side->gl->GetError();
    pair_note(side, bytes, n);
    pair_note(side, &error, sizeof error);
}

/* ARB_robustness: what does not fit is an error, and nothing is written. */
static void bounded(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const float map[4] = {0.25f, 0.5f, 0.75f, 1.0f};
    static const GLsizei limits[] = {0, 1, 7, 8, 15, 16, 127, 128, 255, 256, 4096};
    uint8_t texels[8 * 8 * 4];
    for (unsigned i = 0; i < sizeof texels; i++)
        texels[i] = (uint8_t)(i * 7);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
    gl->TexImage2D(GL_TEXTURE_2D, 1, GL_COMPRESSED_RGBA_S3TC_DXT5_EXT, 4, 4, 0, GL_RGBA,
                   GL_UNSIGNED_BYTE, texels);
    gl->PolygonStipple(texels);
    gl->PixelMapfv(GL_PIXEL_MAP_R_TO_R, 4, map);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    for (unsigned i = 0; i < G_N_ELEMENTS(limits); i++) {
        uint8_t read[4096];
        const GLsizei limit = limits[i];
        memset(read, 0x5a, sizeof read);
        gl->ReadnPixels(0, 0, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, limit, read);
        note_bounded(side, read, 300);
        memset(read, 0x5a, sizeof read);
        gl->GetnTexImageARB(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, limit, read);
        note_bounded(side, read, 300);
        memset(read, 0x5a, sizeof read);
        /* Mesa 22.3 takes no notice of the limit. */
        if (side->trireme || limit >= 16)
            gl->GetnCompressedTexImageARB(GL_TEXTURE_2D, 1, limit, read);
        if (limit >= 16)
            note_bounded(side, read, 300);
        else if (side->trireme)
            cr_assert(gl->GetError() == GL_INVALID_OPERATION && read[0] == 0x5a);
        memset(read, 0x5a, sizeof read);
        gl->GetnPolygonStippleARB(limit, read);
        note_bounded(side, read, 300);
        memset(read, 0x5a, sizeof read);
        gl->GetnPixelMapfvARB(GL_PIXEL_MAP_R_TO_R, limit, (GLfloat *)read);
        note_bounded(side, read, 300);
        memset(read, 0x5a, sizeof read);
        gl->GetnPixelMapuivARB(GL_PIXEL_MAP_R_TO_R, limit, (GLuint *)read);
        note_bounded(side, read, 300);
        memset(read, 0x5a, sizeof read);
        gl->GetnPixelMapusvARB(GL_PIXEL_MAP_R_TO_R, limit, (GLushort *)read);
        note_bounded(side, read, 300);
    }
}

Test(pixels, bounded_queries_write_no_more)
{
    pair_run(bounded, 11 * 6 * 300);
}

static void clears_and_maps(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const float values[4] = {0.25f, 0.5f, 0.75f, 1.0f};
    float read[16] = {0};
    const uint8_t pixel[4] = {10, 20, 30, 40};
    uint32_t word = 0x01020304, words[8] = {0};
    GLuint buffer;
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    gl->ClearTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixel); /* no such name */
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
    gl->PixelMapfv(GL_PIXEL_MAP_R_TO_R, 4, values);
    gl->GetPixelMapfv(GL_PIXEL_MAP_R_TO_R, read);
    pair_note(side, read, sizeof read);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, sizeof words, words, GL_STATIC_DRAW);
    gl->ClearBufferData(GL_ARRAY_BUFFER, GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT, &word);
    gl->GetBufferSubData(GL_ARRAY_BUFFER, 0, sizeof words, words);
    pair_note(side, words, sizeof words);
}

Test(pixels, values_to_clear_with_and_pixel_maps_arrive)
{
    pair_run(clears_and_maps, 64);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Images that the guest library never sends, as hostile_test.c has other records. */
#include <criterion/criterion.h>
#include <string.h>

#include "gl_encode.h"
#include "tests/opengl/one_loop.h"

TestSuite(hostile_images, .init = one_loop_set_up, .fini = one_loop_tear_down);

Test(hostile_images, images_are_all_there)
{
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         zero_bytes(1023));
    assert_broken("glTexImage2D");
}

Test(hostile_images, what_the_guest_says_to_skip_is_not_skipped_in_its_payload)
{
    gl_encode_PixelStorei(e, GL_UNPACK_ROW_LENGTH, 1000000);
    gl_encode_PixelStorei(e, GL_UNPACK_SKIP_ROWS, 1000000);
    gl_encode_PixelStorei(e, GL_UNPACK_SKIP_PIXELS, 1000000);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         zero_bytes(1024));
    gl_encode_DrawPixels(e, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE, zero_bytes(1024));
    gl_encode_Bitmap(e, 16, 16, 0, 0, 0, 0, zero_bytes(64));
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_PushClientAttrib(e, GL_CLIENT_PIXEL_STORE_BIT);
    gl_encode_PixelStorei(e, GL_UNPACK_ALIGNMENT, 8);
    gl_encode_PopClientAttrib(e);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGB8, 15, 4, 0, GL_RGB, GL_UNSIGNED_BYTE,
                         zero_bytes(48 * 3 + 45));
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_PixelStorei(e, GL_UNPACK_ALIGNMENT, 8);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGB8, 17, 4, 0, GL_RGB, GL_UNSIGNED_BYTE,
                         zero_bytes(52 * 3 + 51));
    assert_broken("glTexImage2D");
}

Test(hostile_images, offsets_of_images_need_a_buffer)
{
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         gl_payload_offset(0x1000));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_CompressedTexImage2D(e, GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 16, 16, 0,
                                   128, gl_payload_offset(0x1000));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_PolygonStipple(e, gl_payload_offset(0x1000));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_PixelMapfv(e, GL_PIXEL_MAP_R_TO_R, 16, gl_payload_offset(0x1000));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_TriremeReadPixelsToBuffer(e, 0, 0, 8, 8, GL_RGBA, GL_UNSIGNED_BYTE, 0x1000);
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_TriremeGetTexImageToBuffer(e, GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, 0x1000);
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_BindBuffer(e, GL_PIXEL_UNPACK_BUFFER, 4);
    gl_encode_BufferData(e, GL_PIXEL_UNPACK_BUFFER, 64, zeros, GL_STATIC_DRAW);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         zero_bytes(1024));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_DrawPixels(e, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE, gl_payload_null());
    gl_encode_Bitmap(e, 1600, 1600, 0, 0, 0, 0, gl_payload_offset(60));
    gl_encode_PixelMapfv(e, GL_PIXEL_MAP_R_TO_R, 16, gl_payload_offset(60));
    gl_encode_PolygonStipple(e, gl_payload_offset(1ull << 40));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
}

Test(hostile_images, images_without_data_are_not_read_from_address_0)
{
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 16, 16, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         gl_payload_null());
    gl_encode_TexSubImage2D(e, GL_TEXTURE_2D, 0, 0, 0, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE,
                            gl_payload_null());
    gl_encode_DrawPixels(e, 16, 16, GL_RGBA, GL_UNSIGNED_BYTE, gl_payload_null());
    gl_encode_Bitmap(e, 16, 16, 0, 0, 0, 0, gl_payload_null());
    gl_encode_PolygonStipple(e, gl_payload_null());
    gl_encode_CompressedTexImage2D(e, GL_TEXTURE_2D, 0, GL_COMPRESSED_RGB_S3TC_DXT1_EXT, 16, 16, 0,
                                   128, gl_payload_null());
    gl_encode_PixelMapuiv(e, GL_PIXEL_MAP_I_TO_I, 16, gl_payload_null());
    loop_error(loop);
}

Test(hostile_images, results_have_room)
{
    struct gl_result result = {.data = (void *)zeros, .capacity = 8};
    gl_encode_TriremeReadPixels(e, 0, 0, 32, 32, GL_RGBA, GL_UNSIGNED_BYTE, &result);
    assert_broken("TriremeReadPixels");
}

Test(hostile_images, results_of_textures_have_room)
{
    struct gl_result result = {.data = (void *)zeros, .capacity = 8};
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 32, 32, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                         gl_payload_null());
    gl_encode_TriremeGetTexImage(e, GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, &result);
    assert_broken("TriremeGetTexImage");
}

/* Mesa never returns from these. */
Test(hostile_images, bitmaps_of_stencil_indices_are_errors, .timeout = 60)
{
    struct gl_result result;
    const struct gl_payload image = gl_payload_data(zeros, 64);
    uint8_t read[64];
    gl_encode_BindTexture(e, GL_TEXTURE_2D, 3);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_STENCIL_INDEX8, 4, 4, 0, GL_STENCIL_INDEX,
                         GL_UNSIGNED_BYTE, image);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_STENCIL_INDEX8, 4, 4, 0, GL_STENCIL_INDEX,
                         GL_BITMAP, image);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    gl_encode_TexSubImage2D(e, GL_TEXTURE_2D, 0, 0, 0, 4, 4, GL_STENCIL_INDEX, GL_BITMAP, image);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    gl_encode_ClearTexImage(e, 3, 0, GL_STENCIL_INDEX, GL_BITMAP, zeros);
    cr_assert_neq(loop_error(loop), GL_NO_ERROR);
    gl_encode_DrawPixels(e, 4, 4, GL_STENCIL_INDEX, GL_BITMAP, image);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    result = (struct gl_result){.data = read, .capacity = sizeof read};
    gl_encode_TriremeReadPixels(e, 0, 0, 4, 4, GL_STENCIL_INDEX, GL_BITMAP, &result);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    result = (struct gl_result){.data = read, .capacity = sizeof read};
    gl_encode_TriremeGetTexImage(e, GL_TEXTURE_2D, 0, GL_STENCIL_INDEX, GL_BITMAP, &result);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    gl_encode_BindBuffer(e, GL_PIXEL_PACK_BUFFER, 5);
    gl_encode_BufferData(e, GL_PIXEL_PACK_BUFFER, 64, zeros, GL_STATIC_DRAW);
    gl_encode_TriremeReadPixelsToBuffer(e, 0, 0, 4, 4, GL_STENCIL_INDEX, GL_BITMAP, 0);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
    gl_encode_TriremeGetTexImageToBuffer(e, GL_TEXTURE_2D, 0, GL_STENCIL_INDEX, GL_BITMAP, 0);
    cr_assert_eq(loop_error(loop), GL_INVALID_ENUM);
}

/* Mesa looks for their colours beyond what it has of them. */
Test(hostile_images, color_indices_with_gaps_between_rows_are_errors)
{
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 5, 3, 0, GL_COLOR_INDEX, GL_UNSIGNED_BYTE,
                         gl_payload_data(zeros, 64));
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_PixelStorei(e, GL_UNPACK_ALIGNMENT, 8);
    gl_encode_TexImage2D(e, GL_TEXTURE_2D, 0, GL_RGBA8, 5, 3, 0, GL_COLOR_INDEX, GL_UNSIGNED_BYTE,
                         gl_payload_data(zeros, 64));
    cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
    gl_encode_PixelStorei(e, GL_UNPACK_ALIGNMENT, 4);
    gl_encode_BindBuffer(e, GL_PIXEL_UNPACK_BUFFER, 5);
    gl_encode_BufferData(e, GL_PIXEL_UNPACK_BUFFER, 4096, zeros, GL_STATIC_DRAW);
    for (GLenum name = GL_UNPACK_ROW_LENGTH; name <= GL_UNPACK_SKIP_PIXELS; name++) {
        gl_encode_PixelStorei(e, name, 6);
        gl_encode_TexSubImage2D(e, GL_TEXTURE_2D, 0, 0, 0, 5, 3, GL_COLOR_INDEX, GL_UNSIGNED_BYTE,
                                gl_payload_offset(0));
        cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
        gl_encode_DrawPixels(e, 5, 3, GL_COLOR_INDEX, GL_UNSIGNED_BYTE, gl_payload_offset(0));
        cr_assert_eq(loop_error(loop), GL_INVALID_OPERATION);
        gl_encode_PixelStorei(e, name, 0);
    }
    gl_encode_TexSubImage2D(e, GL_TEXTURE_2D, 0, 0, 0, 5, 3, GL_COLOR_INDEX, GL_UNSIGNED_BYTE,
                            gl_payload_offset(0));
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}

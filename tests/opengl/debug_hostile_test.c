/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records about debug output that the guest library never sends, on a real context. */
#include <criterion/criterion.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "gl_encode.h"
#include "tests/opengl/one_loop.h"

static void set_up(void)
{
    one_loop_set_up();
    gl_encode_Enable(e, GL_DEBUG_OUTPUT);
}

TestSuite(debug_hostile, .init = set_up, .fini = one_loop_tear_down);

static void insert(GLsizei length, const char *text)
{
    gl_encode_DebugMessageInsert(e, GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, 1,
                                 GL_DEBUG_SEVERITY_HIGH, length, text);
}

Test(debug_hostile, messages_are_fetched_with_any_numbers)
{
    static const GLuint counts[] = {0, 1, UINT32_MAX};
    static const GLsizei sizes[] = {-1, INT_MIN, 0, 1, INT_MAX};
    static const uint64_t rooms[] = {0, 1, 24, 25, DEBUG_FETCH_BYTES, UINT64_C(1) << 61};
    static uint8_t memory[DEBUG_FETCH_BYTES];
    GLuint about[3];
    for (unsigned set = 0; set < 256; set += 51) {
        gl_encode_TriremeDebugCallback(e, (GLboolean)set);
        for (unsigned i = 0; i < 2 * 3 * 5 * 6; i++) {
            struct gl_result messages = {memory, rooms[i / 30], 0};
            insert(-1, "text");
            gl_encode_TriremeDebugMessages(e, i % 2 ? 77 : 0, counts[i / 2 % 3], sizes[i / 6 % 5],
                                           i % 7 ? about : NULL, &messages);
            cr_assert_leq(messages.bytes, DEBUG_FETCH_BYTES);
        }
        struct gl_result nowhere = {0};
        gl_encode_TriremeDebugMessages(e, GL_TRUE, 10, -1, about, &nowhere);
        gl_encode_TriremeDebugMessages(e, GL_FALSE, 10, -1, about, &nowhere);
    }
    cr_assert_null(loop_broken(loop));
}

Test(debug_hostile, what_nobody_fetches_does_not_grow)
{
    static char text[4000];
    GLuint about[3] = {0};
    struct gl_result messages = {malloc(4 << 20), 4 << 20, 0};
    memset(text, 'x', sizeof text - 1);
    gl_encode_TriremeDebugCallback(e, GL_TRUE);
    for (unsigned i = 0; i < 3000; i++)
        insert(-1, text);
    gl_encode_TriremeDebugMessages(e, GL_FALSE, UINT32_MAX, -1, about, &messages);
    cr_assert_leq(messages.bytes, 1 << 20);
    cr_assert_gt(messages.bytes, 1 << 19);
    cr_assert_eq(about[1], 0);
    gl_encode_TriremeDebugCallback(e, GL_FALSE);
    for (unsigned i = 0; i < 3000; i++)
        insert(-1, text);
    gl_encode_TriremeDebugMessages(e, GL_TRUE, UINT32_MAX, -1, about, &messages);
    cr_assert_leq(messages.bytes, 256 * 4096);
    cr_assert_gt(messages.bytes, 0);
    free(messages.data);
}

Test(debug_hostile, labels_of_what_does_not_exist)
{
    static const GLuint names[] = {0, 1, 77, INT_MAX, UINT32_MAX};
    static const uint64_t handles[] = {0, 1, 0xdeadbeef, UINT64_C(1) << 63, UINT64_MAX};
    static char label[512];
    GLsizei length;
    for (GLenum kind = 0x82d0; kind < 0x8300; kind++) {
        for (unsigned i = 0; i < 5; i++) {
            gl_encode_ObjectLabel(e, kind, names[i], -1, "label");
            gl_encode_ObjectLabel(e, kind, names[i], 0, NULL);
            gl_encode_GetObjectLabel(e, kind, names[i], sizeof label, &length, label);
        }
    }
    static const GLenum kinds[] = {
        GL_BUFFER,       GL_TEXTURE,           GL_SHADER, GL_PROGRAM, GL_FRAMEBUFFER,
        GL_RENDERBUFFER, GL_TRANSFORM_FEEDBACK};
    for (unsigned i = 0; i < 35; i++) {
        gl_encode_ObjectLabel(e, kinds[i / 5], names[i % 5], -1, "label");
        gl_encode_GetObjectLabel(e, kinds[i / 5], names[i % 5], sizeof label, &length, label);
    }
    for (unsigned i = 0; i < 5; i++) {
        const void *handle = (const void *)(uintptr_t)handles[i];
        loop_error(loop);
        gl_encode_ObjectPtrLabel(e, handle, -1, "label");
        cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
        gl_encode_GetObjectPtrLabel(e, handle, sizeof label, &length, label);
        cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    }
    GLsync sync = gl_encode_FenceSync(e, GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl_encode_ObjectPtrLabel(e, sync, -1, "label");
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    gl_encode_DeleteSync(e, sync);
    gl_encode_ObjectPtrLabel(e, sync, -1, "label");
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
}

Test(debug_hostile, texts_are_all_there)
{
    const uint32_t text = 1 << 20;
    char *large = malloc(text), label[64];
    GLsizei length;
    GLuint buffer = 5;
    memset(large, 'x', text);
    large[text - 1] = '\0';
    gl_encode_BindBuffer(e, GL_ARRAY_BUFFER, buffer);
    gl_encode_ObjectLabel(e, GL_BUFFER, buffer, -1, large);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    insert((GLsizei)text - 1, large);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    gl_encode_PushDebugGroup(e, GL_DEBUG_SOURCE_APPLICATION, 1, -1, large);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    gl_encode_DebugMessageControl(e, GL_DEBUG_SOURCE_API, GL_DEBUG_TYPE_ERROR, GL_DONT_CARE,
                                  INT_MAX, NULL, GL_FALSE);
    cr_assert_neq(loop_error(loop), GL_NO_ERROR);
    gl_encode_PushDebugGroup(e, GL_DEBUG_SOURCE_APPLICATION, 1, -1, NULL);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    insert(-1, NULL);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR, "the GL gets an empty text");
    gl_encode_GetObjectLabel(e, GL_BUFFER, buffer, INT_MIN, &length, label);
    cr_assert_eq(loop_error(loop), GL_INVALID_VALUE);
    free(large);
    /* A length that the record does not have. */
    uint8_t *record = gl_encoder_begin(e, 32);
    memset(record, 0, 32);
    gl_put_header(record, GL_OP_ObjectLabel, 32);
    gl_put_32(record + 4, GL_BUFFER);
    gl_put_32(record + 8, buffer);
    gl_put_32(record + 12, 1000);
    gl_put_64(record + 16, TRIREME_REF_PAYLOAD | 8);
    gl_encoder_end(e, 32);
    loop_drain(loop);
    cr_assert(loop_broken(loop));
}

Test(debug_hostile, groups_may_be_deeper_than_there_is_room)
{
    for (unsigned i = 0; i < 300; i++) {
        gl_encode_PushDebugGroup(e, GL_DEBUG_SOURCE_APPLICATION, i, -1, "group");
        gl_encode_DebugMessageControl(e, GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, i % 2);
        gl_encode_ProgramBinary(e, 1, 0, "", 0); /* the decoder's own error */
    }
    for (unsigned i = 0; i < 600; i++) {
        gl_encode_PopDebugGroup(e);
        gl_encode_ProgramBinary(e, 1, 0, "", 0);
    }
    loop_error(loop);
    gl_encode_Begin(e, GL_TRIANGLES);
    gl_encode_PushDebugGroup(e, GL_DEBUG_SOURCE_APPLICATION, 1, -1, "group");
    gl_encode_DebugMessageControl(e, GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, 0);
    gl_encode_ProgramBinary(e, 1, 0, "", 0);
    gl_encode_PopDebugGroup(e);
    gl_encode_End(e);
    loop_error(loop);
    cr_assert_null(loop_broken(loop));
}

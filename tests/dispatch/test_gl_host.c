/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decoders on the host's own GL: functions by version and profile, queries, errors, syncs. */
#include <criterion/criterion.h>
#include <string.h>

#include "gl_encode.h"
#include "tests/dispatch/egl_context.h"
#include "tests/dispatch/loopback.h"

static const struct gl_limits limits = {.max_payload_bytes = LOOPBACK_MAX_PAYLOAD};

static struct gl_decoder *make(const struct gl_decoder_ops *ops, void *data)
{
    g_autoptr(GError) error = NULL;
    struct gl_decoder *d = gl_decoder_create(ops, data, &limits, &error);
    cr_assert_not_null(d, "%s", error ? error->message : "");
    return d;
}

static struct loopback *begin(int major, int minor, bool core)
{
    if (!egl_context_make(major, minor, core)) {
        cr_skip_test("this machine's EGL has no such context");
    }
    return loopback_create_with(make);
}

static void end(struct loopback *l)
{
    loopback_drain(l);
    cr_expect_null(l->error, "%s", l->error ? l->error->message : "");
    loopback_destroy(l);
    egl_context_unmake();
}

Test(gl_host, without_a_context_there_is_no_decoder)
{
    static const struct gl_decoder_ops ops = {0};
    g_autoptr(GError) error = NULL;
    cr_assert_null(gl_decoder_create(&ops, NULL, &limits, &error));
    cr_assert_not_null(error);
}

Test(gl_host, functions_follow_the_profile)
{
    struct loopback *l = begin(0, 0, false);
    cr_assert_not_null(l->decoder->gl->Begin);
    cr_assert_not_null(l->decoder->gl->ActiveTexture);
    end(l);
    l = begin(3, 3, true);
    cr_assert(l->decoder->core_profile);
    cr_assert_null(l->decoder->gl->Begin);
    cr_assert_null(l->decoder->gl->VertexPointer);
    cr_assert_not_null(l->decoder->gl->GenVertexArrays);
    end(l);
}

Test(gl_host, functions_follow_the_version)
{
    struct gl_limits old = {.max_version = 1 << 8 | 1};
    static const struct gl_decoder_ops ops = {0};
    struct loopback *l = begin(0, 0, false);
    /* 4.4, and its extension is not what brings it */
    cr_assert_null(gl_decoder_has_extension(l->decoder, "GL_ARB_multi_bind")
                       ? NULL
                       : (void *)l->decoder->gl->BindTextures);
    struct gl_decoder *d = gl_decoder_create(&ops, NULL, &old, NULL);
    cr_assert_not_null(d->gl->BindTexture, "1.1");
    cr_assert_not_null(d->gl->ActiveTexture, "by its extension");
    cr_assert_null(d->gl->CreateShader, "2.0, and the extension's functions are others");
    gl_decoder_destroy(d);
    end(l);
}

/* The list of extensions as guests get it. */
static char *extensions(struct loopback *l)
{
    static char memory[65536];
    struct gl_result result = {.data = memory, .capacity = sizeof memory};
    gl_encode_TriremeGetStrings(&l->encoder, &result);
    char *at = memory;
    for (unsigned i = 0; i < 5; i++) {
        at += strlen(at) + 1;
    }
    cr_assert_eq(at + strlen(at) + 1, memory + result.bytes, "the sixth string is the last");
    return at;
}

Test(gl_host, extensions_are_as_limited)
{
    struct loopback *l = begin(0, 0, false);
    size_t all = strlen(extensions(l));
    cr_assert(strstr(extensions(l), "GL_EXT_fog_coord"));
    l->decoder->limits.extensions_year = 1998;
    cr_assert(strstr(extensions(l), "GL_EXT_bgra"), "1997");
    cr_assert(strstr(extensions(l), "GL_ARB_multitexture"), "1998");
    cr_assert_not(strstr(extensions(l), "GL_EXT_fog_coord"), "1999");
    cr_assert_not(strstr(extensions(l), "GL_ARB_vertex_buffer_object"), "2003");
    l->decoder->limits.extensions_year = 0;
    l->decoder->limits.hidden_extensions = (char *[]){"GL_EXT_*", "GL_ARB_multitexture", NULL};
    cr_assert_not(strstr(extensions(l), "GL_EXT_"));
    cr_assert_not(strstr(extensions(l), "GL_ARB_multitexture"));
    cr_assert(strstr(extensions(l), "GL_ARB_vertex_buffer_object"));
    l->decoder->limits.hidden_extensions = NULL;
    for (uint32_t most = 100; most < 200; most++) {
        l->decoder->limits.extensions_bytes = most;
        const char *list = extensions(l);
        cr_assert(strlen(list) <= most && strlen(list) > 50 && list[strlen(list) - 1] != ' ');
    }
    l->decoder->limits.extensions_bytes = (uint32_t)all;
    cr_assert_eq(strlen(extensions(l)), all);
    end(l);
}

Test(gl_host, lacking_commands_are_errors)
{
    struct loopback *l = begin(3, 3, true);
    gl_encode_Vertex2f(&l->encoder, 0, 0);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_INVALID_OPERATION);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_NO_ERROR);
    end(l);
}

Test(gl_host, queries_write_what_the_gl_writes)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLint values[8];
    GLuint textures[3] = {0};

    gl_encode_GenTextures(e, 3, textures);
    cr_assert(textures[0] > 0 && textures[1] > 0 && textures[2] > 0);
    gl_encode_BindTexture(e, GL_TEXTURE_2D, textures[1]);
    cr_assert_eq(gl_encode_IsTexture(e, textures[1]), GL_TRUE);
    cr_assert_eq(gl_encode_IsTexture(e, textures[2]), GL_FALSE);

    memset(values, 0x77, sizeof values);
    gl_encode_TexParameteri(e, GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    gl_encode_GetTexParameteriv(e, GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, values);
    cr_assert_eq(values[0], GL_CLAMP_TO_EDGE);
    cr_assert_eq(values[1], 0x77777777, "one value only");

    GLfloat colour[5] = {-1, -1, -1, -1, -1};
    gl_encode_GetLightfv(e, GL_LIGHT0, GL_DIFFUSE, colour);
    cr_assert(colour[0] == 1 && colour[3] == 1 && colour[4] == -1);

    gl_encode_GetTexParameteriv(e, GL_TEXTURE_2D, 0xffff, values);
    cr_assert_eq(values[0], GL_CLAMP_TO_EDGE, "an error writes nothing");
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_ENUM);
    end(l);
}

Test(gl_host, queries_may_write_more_than_the_registry_says)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLint values[5] = {-1, -1, -1, -1, -1};
    const GLint wanted[4] = {11, 12, 13, 14};
    gl_encode_VertexAttribI4iv(e, 3, wanted);
    gl_encode_GetVertexAttribIiv(e, 3, GL_CURRENT_VERTEX_ATTRIB, values);
    cr_assert_arr_eq(values, wanted, 4 * sizeof(GLint));
    cr_assert_eq(values[4], -1);
    end(l);
}

Test(gl_host, negative_counts_are_the_gls_errors)
{
    struct loopback *l = begin(0, 0, false);
    GLuint name = 77;
    gl_encode_DeleteTextures(&l->encoder, -1, &name);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_INVALID_VALUE);
    gl_encode_GenTextures(&l->encoder, -1, &name);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_INVALID_VALUE);
    cr_assert_eq(name, 77);
    end(l);
}

Test(gl_host, the_first_error_wins_whoever_detects_it)
{
    struct loopback *l = begin(0, 0, false);
    gl_encode_Enable(&l->encoder, 0xffff);
    loopback_drain(l);
    gl_decoder_set_error(l->decoder, GL_STACK_OVERFLOW);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_INVALID_ENUM);
    gl_decoder_set_error(l->decoder, GL_STACK_OVERFLOW);
    gl_encode_Enable(&l->encoder, 0xffff);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_STACK_OVERFLOW);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_NO_ERROR);
    end(l);
}

Test(gl_host, sync_objects_have_numbers_of_our_own)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLsync sync = gl_encode_FenceSync(e, GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    GLint value = 0;
    cr_assert_not_null(sync);
    cr_assert_eq(gl_encode_IsSync(e, sync), GL_TRUE);
    cr_assert_eq(gl_encode_IsSync(e, (GLsync)(uintptr_t)0x7fff12345678), GL_FALSE);
    gl_encode_GetSynciv(e, sync, GL_OBJECT_TYPE, 1, NULL, &value);
    cr_assert_eq(value, GL_SYNC_FENCE);
    gl_encode_DeleteSync(e, sync);
    cr_assert_eq(gl_encode_IsSync(e, sync), GL_FALSE);
    cr_assert_eq(gl_encode_GetError(e), GL_NO_ERROR);
    gl_encode_DeleteSync(e, sync);
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_VALUE);
    end(l);
}

Test(gl_host, texts_come_back_as_they_went)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLuint texture = 0;
    GLsizei length = -1;
    char label[32];
    memset(label, 'x', sizeof label);
    gl_encode_GenTextures(e, 1, &texture);
    gl_encode_BindTexture(e, GL_TEXTURE_2D, texture);
    gl_encode_ObjectLabel(e, GL_TEXTURE, texture, -1, "trireme");
    gl_encode_GetObjectLabel(e, GL_TEXTURE, texture, sizeof label, &length, label);
    cr_assert_str_eq(label, "trireme");
    cr_assert_eq(length, 7);
    cr_assert_eq(label[8], 'x', "nothing behind the text");
    gl_encode_ObjectLabel(e, GL_TEXTURE, texture, 4, "quinquereme");
    gl_encode_GetObjectLabel(e, GL_TEXTURE, texture, sizeof label, NULL, label);
    cr_assert_str_eq(label, "quin");
    end(l);
}

Test(gl_host, programs_of_the_old_kind_give_their_text_back)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    g_autoptr(GString) text = g_string_new("!!ARBvp1.0\n");
    while (text->len < 2 * GL_PROBE_BYTES) {
        g_string_append(text, "# longer than what queries without a bound have room for\n");
    }
    g_string_append(text, "MOV result.position, vertex.position;\nEND");
    gl_encode_ProgramStringARB(e, GL_VERTEX_PROGRAM_ARB, GL_PROGRAM_FORMAT_ASCII_ARB,
                               (GLsizei)text->len, text->str);
    cr_assert_eq(gl_encode_GetError(e), GL_NO_ERROR);
    g_autofree char *back = g_malloc0(text->len + 1);
    struct gl_result result = {.data = back, .capacity = text->len};
    gl_encode_GetProgramStringARB(e, GL_VERTEX_PROGRAM_ARB, GL_PROGRAM_STRING_ARB, &result);
    cr_assert_eq(result.bytes, text->len);
    cr_assert_str_eq(back, text->str);
    end(l);
}

Test(gl_host, binaries_are_of_no_format)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLuint program = gl_encode_CreateProgram(e);
    gl_encode_ProgramBinary(e, program, 1, "garbage", 7);
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_ENUM);
    end(l);
}

/* Each of these takes the process down, or minutes, if it reaches Mesa 22.3. */
Test(gl_host, arguments_that_crash_drivers_are_errors)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLhalfNV halves[4] = {0};
    GLdouble values[4];
    GLint64 counts[4];
    cr_assert_eq(gl_encode_GenLists(e, 1 << 30), 0);
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_VALUE);
    gl_encode_VertexAttribs1hvNV(e, 0x80000000, 1, halves);
    cr_assert_eq(gl_encode_GetError(e),
                 l->decoder->gl->VertexAttribs1hvNV ? GL_INVALID_VALUE : GL_INVALID_OPERATION);
    gl_encode_VertexAttribs1hvNV(e, 0, -1, halves);
    cr_assert_neq(gl_encode_GetError(e), GL_NO_ERROR);
    gl_encode_NamedProgramLocalParameters4fvEXT(e, 0, GL_VERTEX_PROGRAM_ARB, 1, -1, NULL);
    cr_assert_neq(gl_encode_GetError(e), GL_NO_ERROR);
    gl_encode_GetProgramLocalParameterdvARB(e, GL_VERTEX_PROGRAM_ARB, UINT32_MAX, values);
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_VALUE);
    gl_encode_GetInternalformati64v(e, GL_TEXTURE_2D, GL_RGBA8, GL_SAMPLES, -5, counts);
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_VALUE);
    gl_encode_InvalidateTexSubImage(e, 77, 0, 0, 0, 0, 1, 1, 1);
    cr_assert_eq(gl_encode_GetError(e), GL_INVALID_VALUE);
    for (GLenum name = GL_DEVICE_LUID_EXT; name <= GL_DEVICE_NODE_MASK_EXT; name++) {
        GLfloat reals[4];
        GLint numbers[4];
        GLboolean truths[4];
        gl_encode_GetBooleanv(e, name, truths);
        gl_encode_GetDoublev(e, name, values);
        gl_encode_GetFloatv(e, name, reals);
        gl_encode_GetInteger64v(e, name, counts);
        gl_encode_GetIntegerv(e, name, numbers);
        gl_encode_GetBooleani_v(e, name, 0, truths);
        gl_encode_GetDoublei_v(e, name, 0, values);
        gl_encode_GetFloati_v(e, name, 0, reals);
        gl_encode_GetInteger64i_v(e, name, 0, counts);
        gl_encode_GetIntegeri_v(e, name, 0, numbers);
        cr_assert_eq(gl_encode_GetError(e), GL_INVALID_ENUM);
    }
    end(l);
}

Test(gl_host, null_out_pointers_are_not_passed_on)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    gl_encode_GetVertexAttribiv(e, 1, GL_VERTEX_ATTRIB_ARRAY_SIZE, NULL);
    gl_encode_GetFloatv(e, GL_MODELVIEW_MATRIX, NULL);
    gl_encode_GetLightfv(e, GL_LIGHT0, GL_DIFFUSE, NULL);
    cr_assert_eq(gl_encode_GetError(e), GL_NO_ERROR);
    end(l);
}

Test(gl_host, no_names_are_none)
{
    struct loopback *l = begin(0, 0, false);
    GLuint name = 5;
    gl_encode_BindTexture(&l->encoder, GL_TEXTURE_2D, UINT32_MAX);
    gl_encode_GenTextures(&l->encoder, 0, &name);
    cr_assert_eq(name, 5);
    gl_encode_GenTextures(&l->encoder, 1, &name);
    cr_assert_neq(name, 5);
    cr_assert_eq(gl_encode_GetError(&l->encoder), GL_NO_ERROR);
    end(l);
}

Test(gl_host, errors_are_not_asked_for_between_begin_and_end)
{
    struct loopback *l = begin(0, 0, false);
    struct gl_encoder *e = &l->encoder;
    GLenum error = 1;
    cr_assert(gl_decoder_peek_error(l->decoder, &error));
    cr_assert_eq(error, GL_NO_ERROR);
    gl_encode_Begin(e, GL_POINTS);
    loopback_drain(l);
    cr_assert_not(gl_decoder_peek_error(l->decoder, &error));
    gl_encode_End(e);
    loopback_drain(l);
    cr_assert(gl_decoder_peek_error(l->decoder, &error));
    gl_encode_CallList(e, 1);
    loopback_drain(l);
    cr_assert_not(gl_decoder_peek_error(l->decoder, &error), "the list may have begun something");
    end(l);
}

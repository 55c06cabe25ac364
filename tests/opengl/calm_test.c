/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where nothing can have gone wrong, and what is known, costs no round trip (dispatch/gl_calm.h).
 */
#include <criterion/criterion.h>

#include "tests/opengl/one_loop.h"

static const GLfloat corners[] = {0, 0, 1, 0, 0, 1, 1, 1};
static const GLint numbers[4] = {1, 1, 1, 1};
static const GLubyte indices[] = {0, 1, 2, 3};

/* What a game of the fixed pipeline does in a frame, each call checked. */
static void draw_frame(const struct pair_gl *gl)
{
#define CHECKED(call)                                                                              \
    gl->call;                                                                                      \
    cr_assert_eq(gl->GetError(), GL_NO_ERROR);
    CHECKED(Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT))
    CHECKED(MatrixMode(GL_MODELVIEW))
    CHECKED(LoadIdentity())
    CHECKED(Enable(GL_BLEND))
    CHECKED(BlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA))
    CHECKED(BindTexture(GL_TEXTURE_2D, 5))
    CHECKED(BindTexture(GL_TEXTURE_2D, 6))
    CHECKED(BindTexture(GL_TEXTURE_2D, 0))
    CHECKED(EnableClientState(GL_VERTEX_ARRAY))
    CHECKED(VertexPointer(2, GL_FLOAT, 0, corners))
    CHECKED(DrawArrays(GL_TRIANGLES, 0, 3))
    CHECKED(DrawElements(GL_TRIANGLE_STRIP, 4, GL_UNSIGNED_BYTE, indices))
    gl->Begin(GL_TRIANGLES);
    gl->Color4f(1, 1, 1, 1);
    gl->Vertex2f(0, 0);
    CHECKED(End())
    CHECKED(DisableClientState(GL_VERTEX_ARRAY))
    CHECKED(PushAttrib(GL_ALL_ATTRIB_BITS))
    CHECKED(PushMatrix())
    CHECKED(MatrixMode(GL_PROJECTION))
    CHECKED(PushMatrix())
    CHECKED(PopMatrix())
    CHECKED(MatrixMode(GL_MODELVIEW))
    CHECKED(PopMatrix())
    CHECKED(PopAttrib())
    CHECKED(Fogi(GL_FOG_MODE, GL_LINEAR))
    CHECKED(TexGenfv(GL_S, GL_OBJECT_PLANE, corners))
    CHECKED(Materialiv(GL_FRONT, GL_DIFFUSE, numbers))
}

TestSuite(calm, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

static uint64_t trips_of_frame(void)
{
    uint64_t before = loop_encoder(loop)->round_trips;
    draw_frame(pair_trireme_gl());
    return loop_encoder(loop)->round_trips - before;
}

Test(calm, frames_without_errors_ask_nothing)
{
    trips_of_frame(); /* the textures are new */
    cr_assert_eq(trips_of_frame(), 0);
    /* A command that may fail is asked about, once. */
    pair_trireme_gl()->Enable(GL_VERTEX_PROGRAM_ARB);
    pair_trireme_gl()->Disable(GL_VERTEX_PROGRAM_ARB);
    cr_assert_eq(trips_of_frame(), 1);
    cr_assert_eq(trips_of_frame(), 0);
}

Test(calm, programs_and_framebuffers_are_asked_about)
{
    const struct pair_gl *gl = pair_trireme_gl();
    GLuint name;
    trips_of_frame();
    GLuint own = pair_program(gl, "void main() { gl_Position = gl_Vertex; }",
                              "void main() { gl_FragColor = vec4(1); }");
    gl->UseProgram(own);
    cr_assert_gt(trips_of_frame(), 2);
    gl->UseProgram(0);
    cr_assert_eq(trips_of_frame(), 1);
    gl->GenFramebuffers(1, &name);
    gl->BindFramebuffer(GL_FRAMEBUFFER, name);
    gl->DrawArrays(GL_TRIANGLES, 0, 3);
    cr_assert_eq(gl->GetError(), GL_INVALID_FRAMEBUFFER_OPERATION);
    gl->DrawArrays(GL_TRIANGLES, 0, 3);
    cr_assert_eq(gl->GetError(), GL_INVALID_FRAMEBUFFER_OPERATION);
}

/* Whether the GL takes it is known of most formats; of others it does not change. */
Test(calm, formats_of_arrays_are_asked_about_once)
{
    const struct pair_gl *gl = pair_trireme_gl();
    uint64_t before = loop_encoder(loop)->round_trips;
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, 0, indices);
    gl->VertexAttribPointer(1, 4, GL_UNSIGNED_BYTE, GL_TRUE, 0, indices);
    cr_assert_eq(loop_encoder(loop)->round_trips, before);
    gl->ColorPointer(GL_BGRA, GL_UNSIGNED_BYTE, 0, indices);
    gl->VertexAttribPointer(1, GL_BGRA, GL_UNSIGNED_BYTE, GL_TRUE, 0, indices);
    gl->VertexAttribPointer(1, 2, GL_HALF_FLOAT, GL_FALSE, 0, corners);
    cr_assert_gt(loop_encoder(loop)->round_trips, before);
    before = loop_encoder(loop)->round_trips;
    gl->ColorPointer(GL_BGRA, GL_UNSIGNED_BYTE, 4, indices);
    gl->VertexAttribPointer(2, GL_BGRA, GL_UNSIGNED_BYTE, GL_TRUE, 4, indices);
    gl->VertexAttribPointer(2, 2, GL_HALF_FLOAT, GL_FALSE, 4, corners);
    cr_assert_eq(loop_encoder(loop)->round_trips, before);
}

/* Two textures whose names are known to be of that target: none was an error in a calm context. */
static void prepare_textures(const struct pair_gl *gl)
{
    gl->UseProgram(0); /* so that the first question is asked */
    for (GLuint name = 5; name <= 6; name++) {
        cr_assert_eq(gl->GetError(), GL_NO_ERROR);
        gl->BindTexture(GL_TEXTURE_2D, name);
        gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, (GLsizei)name, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                       NULL);
    }
    cr_assert_eq(gl->GetError(), GL_NO_ERROR);
}

static GLint integer(GLenum pname)
{
    GLint value = -1;
    pair_trireme_gl()->GetIntegerv(pname, &value);
    return value;
}

static GLint width(void)
{
    GLint value = -1;
    pair_trireme_gl()->GetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, &value);
    return value;
}

Test(calm, queries_of_what_is_followed_ask_once)
{
    const struct pair_gl *gl = pair_trireme_gl();
    prepare_textures(gl);
    gl->UseProgram(0); /* ends what is known */
    uint64_t before = loop_encoder(loop)->round_trips;
    for (GLuint name = 5; name <= 6; name++) {
        cr_assert_geq(integer(GL_TEXTURE_BINDING_2D), 0);
        gl->BindTexture(GL_TEXTURE_2D, name);
        cr_assert_eq(integer(GL_TEXTURE_BINDING_2D), (GLint)name);
        cr_assert_eq(integer(GL_ACTIVE_TEXTURE), GL_TEXTURE0);
        cr_assert_eq(integer(GL_MATRIX_MODE), GL_MODELVIEW);
    }
    cr_assert_eq(loop_encoder(loop)->round_trips, before + 1);
}

Test(calm, sizes_of_textures_are_asked_for_once)
{
    const struct pair_gl *gl = pair_trireme_gl();
    prepare_textures(gl);
    uint64_t before = loop_encoder(loop)->round_trips;
    for (GLuint name = 5; name <= 6; name++) {
        gl->BindTexture(GL_TEXTURE_2D, name);
        cr_assert_eq(width(), (GLint)name);
        cr_assert_eq(width(), (GLint)name);
        cr_assert_eq(gl->GetError(), GL_NO_ERROR);
    }
    cr_assert_eq(loop_encoder(loop)->round_trips, before + 2);
    gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 9, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    cr_assert_eq(width(), 9);
    cr_assert_eq(gl->GetError(), GL_NO_ERROR);
    cr_assert_eq(width(), 9);
}

/* Whoever shares the objects may change them, which is to be seen once it has flushed. */
Test(calm, sizes_of_shared_textures_are_asked_for_when_others_flush)
{
    uint32_t leaves = 0, own = 0;
    struct gl_encoder *e = loop_encoder(loop);
    prepare_textures(pair_trireme_gl());
    e->state->leaves = &leaves;
    e->state->own_leaves = &own;
    cr_assert_eq(width(), 6);
    uint64_t before = e->round_trips;
    own = leaves = 1;
    cr_assert_eq(width(), 6);
    cr_assert_eq(e->round_trips, before);
    leaves = 2;
    cr_assert_eq(width(), 6);
    cr_assert_eq(e->round_trips, before + 1);
    e->state->leaves = NULL;
}

/* A context in which nothing is ever calm is not asked twice for each value. */
Test(calm, queries_of_what_cannot_be_followed_ask_little_more)
{
    pair_trireme_gl()->NewList(1, GL_COMPILE);
    uint64_t before = loop_encoder(loop)->round_trips;
    for (unsigned i = 0; i < 16; i++)
        cr_assert_eq(integer(GL_MATRIX_MODE), GL_MODELVIEW);
    cr_assert_leq(loop_encoder(loop)->round_trips, before + 17);
    pair_trireme_gl()->EndList();
}

/* Asking for what is known does not take the program's error away. */
Test(calm, an_error_waits_while_state_is_asked_for)
{
    pair_trireme_gl()->Enable(GL_POLYGON);
    cr_assert_eq(integer(GL_MATRIX_MODE), GL_MODELVIEW);
    cr_assert_eq(integer(GL_MATRIX_MODE), GL_MODELVIEW);
    cr_assert_eq(trireme_glGetError(), GL_INVALID_ENUM);
    cr_assert_eq(trireme_glGetError(), GL_NO_ERROR);
}

/* An error that the guest cannot foresee is told late, but told. */
Test(calm, the_page_says_what_nobody_foresaw)
{
    struct gl_encoder *e = loop_encoder(loop);
    cr_assert_eq(trireme_glGetError(), GL_NO_ERROR);
    trireme_glLoadIdentity();
    loop_drain(loop);
    gl_decoder_set_error(loop_decoder(loop), GL_OUT_OF_MEMORY);
    e->page->error = GL_OUT_OF_MEMORY;
    cr_assert_eq(trireme_glGetError(), GL_OUT_OF_MEMORY);
}

Test(calm, what_another_context_deletes_is_asked_about)
{
    struct texture_names mine = {0}, others = {0};
    const GLuint seven = 7, eight = 8;
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_2D, 7));
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_2D, 7), "nobody has answered yet");
    texture_names_answer(&mine, false);
    cr_assert(texture_names_bind(&mine, GL_TEXTURE_2D, 7));
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_3D, 7));
    texture_names_answer(&mine, true);
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_3D, 7), "that was an error");
    texture_names_answer(&mine, false);
    texture_names_delete(&mine, 1, &seven);
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_3D, 7), "it is gone");
    texture_names_answer(&mine, false);
    cr_assert(texture_names_bind(&mine, GL_TEXTURE_3D, 7));
    texture_names_delete(&others, 1, &eight);
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_3D, 7), "others delete too");
}

Test(calm, a_context_that_deleted_names_and_ended_is_another)
{
    struct texture_names mine = {0}, others = {0};
    const GLuint seven = 7;
    texture_names_delete(&others, 1, &seven);
    texture_names_finish(&others);
    texture_names_bind(&others, GL_TEXTURE_2D, 7);
    texture_names_answer(&others, false);
    cr_assert_not(texture_names_bind(&others, GL_TEXTURE_2D, 7), "a new one at the same place");
    texture_names_bind(&mine, GL_TEXTURE_2D, 7);
    texture_names_answer(&mine, false);
    cr_assert_not(texture_names_bind(&mine, GL_TEXTURE_2D, 7));
}

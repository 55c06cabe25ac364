/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers to queries of a context's own state are asked for once, until a command may have changed
 * them. */
#include <criterion/criterion.h>
#include <string.h>

#include "gl_encode.h"
#include "tests/opengl/one_loop.h"
#include "tests/opengl/state_answers.h"

TestSuite(kept_answers, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

static void ask_host(struct state_answers *answers)
{
    state_answers_ask_host(answers, loop_encoder(loop));
}

static void compare(const struct state_answers *library, const struct state_answers *host,
                    const char *command)
{
    cr_expect_eq(state_answers_differ(library, host), GL_NONE, "%s: 0x%x", command,
                 state_answers_differ(library, host));
}

static uint64_t trips(void)
{
    return loop_encoder(loop)->round_trips;
}

Test(kept_answers, are_asked_for_once)
{
    struct state_answers first, second, host;
    state_answers_ask_library(&first);
    state_answers_ask_library(&first); /* what is known of calm contexts is asked for anew */
    uint64_t before = trips();
    cr_assert_gt(before, STATE_CAPS);
    state_answers_ask_library(&second);
    cr_assert_eq(trips(), before);
    ask_host(&host);
    compare(&first, &host, "at first");
    compare(&second, &host, "again");
}

/* Whatever the type of the values. */
Test(kept_answers, are_of_the_type_that_was_asked_for)
{
    GLint box[4];
    GLdouble doubles[4];
    GLint64 wide[4];
    GLboolean flags[4];
    uint64_t before;
#define TWICE(query, values)                                                                       \
    trireme_glGet##query(GL_VIEWPORT, values);                                                     \
    memset(values, 0, sizeof values);                                                              \
    before = trips();                                                                              \
    trireme_glGet##query(GL_VIEWPORT, values);                                                     \
    cr_assert_eq(trips(), before);                                                                 \
    cr_assert_eq(values[2], #query[0] == 'B' ? GL_TRUE : PAIR_SIZE);
    TWICE(Integerv, box)
    TWICE(Doublev, doubles)
    TWICE(Integer64v, wide)
    TWICE(Booleanv, flags)
}

static GLuint list, texture, texture_3d, buffer, vao, program, framebuffer, renderbuffer, sampler;
static const GLfloat shift[16] = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 3, 5, 7, 1};
static const GLdouble shift_d[16] = {1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 3, 5, 7, 1};

/* And something on both attribute stacks. */
static void make_objects(void)
{
    list = trireme_glGenLists(1);
    trireme_glGenTextures(1, &texture);
    trireme_glGenTextures(1, &texture_3d);
    trireme_glGenBuffers(1, &buffer);
    trireme_glGenVertexArrays(1, &vao);
    trireme_glGenFramebuffers(1, &framebuffer);
    trireme_glGenRenderbuffers(1, &renderbuffer);
    trireme_glGenSamplers(1, &sampler);
    program = pair_program(pair_trireme_gl(), "void main() { gl_Position = gl_Vertex; }",
                           "void main() { gl_FragColor = vec4(1); }");
    trireme_glNewList(list, GL_COMPILE);
    trireme_glEnable(GL_FOG);
    trireme_glViewport(9, 9, 9, 9);
    trireme_glMatrixMode(GL_PROJECTION);
    trireme_glTranslatef(1, 2, 3);
    trireme_glEndList();
    trireme_glPushAttrib(GL_ALL_ATTRIB_BITS);
    trireme_glBindBuffer(GL_PIXEL_UNPACK_BUFFER, buffer);
    trireme_glPushClientAttrib(GL_CLIENT_PIXEL_STORE_BIT);
    trireme_glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
}

/* Each changes an answer. */
/* clang-format off */
#define COMMANDS(X) \
    X(Enable(GL_BLEND)) X(Disable(GL_DITHER)) X(Disablei(GL_BLEND, 0)) X(Enablei(GL_BLEND, 0)) \
    X(Enable(GL_TEXTURE_2D)) X(ActiveTexture(GL_TEXTURE1)) \
    X(Viewport(1, 2, 3, 4)) X(ViewportIndexedf(0, 2, 3, 4, 5)) X(ViewportIndexedfv(0, shift + 12)) \
    X(ViewportArrayv(0, 1, shift + 11)) X(Scissor(1, 2, 3, 4)) X(ScissorIndexed(0, 2, 3, 4, 5)) \
    X(DepthRange(0.25, 0.5)) X(DepthRangef(0.5f, 0.75f)) X(DepthRangeIndexed(0, 0.125, 0.5)) \
    X(Translatef(1, 2, 3)) X(Translated(1, 2, 3)) X(Rotatef(30, 0, 0, 1)) X(Rotated(30, 0, 1, 0)) \
    X(Scalef(2, 3, 4)) X(Scaled(2, 3, 4)) X(LoadIdentity()) X(LoadMatrixf(shift)) \
    X(LoadMatrixd(shift_d)) X(MultMatrixf(shift)) X(MultMatrixd(shift_d)) \
    X(LoadTransposeMatrixf(shift)) X(LoadTransposeMatrixd(shift_d)) X(MultTransposeMatrixf(shift)) \
    X(MultTransposeMatrixd(shift_d)) X(Frustum(-1, 1, -2, 2, 1, 4)) X(Ortho(-3, 1, -2, 2, 1, 4)) \
    X(MatrixMode(GL_PROJECTION)) X(Translatef(1, 2, 3)) X(MatrixMode(GL_MODELVIEW)) \
    X(Rotatef(30, 1, 0, 0)) X(BlendFunc(GL_SRC_ALPHA, GL_ONE)) \
    X(BlendFuncSeparate(GL_ONE, GL_ZERO, GL_SRC_ALPHA, GL_ONE)) \
    X(BlendFunci(0, GL_DST_COLOR, GL_DST_ALPHA)) X(BlendEquation(GL_FUNC_SUBTRACT)) \
    X(BlendEquationSeparate(GL_MIN, GL_MAX)) X(AlphaFunc(GL_GREATER, 0.5f)) \
    X(ColorMask(1, 0, 1, 0)) X(ColorMaski(0, 0, 1, 1, 0)) X(DepthFunc(GL_GREATER)) \
    X(DepthMask(GL_FALSE)) X(StencilFunc(GL_LESS, 1, 3)) \
    X(StencilFuncSeparate(GL_FRONT, GL_GREATER, 1, 3)) X(StencilMask(5)) \
    X(StencilMaskSeparate(GL_FRONT, 6)) X(CullFace(GL_FRONT)) X(FrontFace(GL_CW)) X(LineWidth(2)) \
    X(PointSize(2)) X(PolygonMode(GL_FRONT_AND_BACK, GL_LINE)) X(ShadeModel(GL_FLAT)) \
    X(BindTexture(GL_TEXTURE_2D, texture)) X(BindTexture(GL_TEXTURE_3D, texture_3d)) \
    X(BindSampler(1, sampler)) X(DeleteSamplers(1, &sampler)) X(DeleteTextures(1, &texture)) \
    X(BindBuffer(GL_ARRAY_BUFFER, buffer)) X(PopClientAttrib()) X(DeleteBuffers(1, &buffer)) \
    X(BindVertexArray(vao)) X(DeleteVertexArrays(1, &vao)) X(UseProgram(program)) \
    X(UseProgramObjectARB(0)) X(BindFramebufferEXT(GL_FRAMEBUFFER, framebuffer)) \
    X(BindFramebufferEXT(GL_FRAMEBUFFER, 0)) X(BindRenderbufferEXT(GL_RENDERBUFFER, renderbuffer)) \
    X(BindRenderbufferEXT(GL_RENDERBUFFER, 0)) X(EnableClientState(GL_PRIMITIVE_RESTART_NV)) \
    X(ActiveStencilFaceEXT(GL_BACK)) \
    X(BindFramebuffer(GL_FRAMEBUFFER, framebuffer)) X(DeleteFramebuffers(1, &framebuffer)) \
    X(BindRenderbuffer(GL_RENDERBUFFER, renderbuffer)) X(DeleteRenderbuffers(1, &renderbuffer)) \
    X(CallList(list)) X(PopAttrib()) X(CallLists(1, GL_UNSIGNED_INT, &list))
/* clang-format on */

Test(kept_answers, are_asked_for_again_after_changes, .timeout = 60)
{
    struct state_answers before, library, host;
    make_objects();
    ask_host(&before);
#define TRY(command)                                                                               \
    state_answers_ask_library(&library); /* so that all are kept */                                \
    trireme_gl##command;                                                                           \
    state_answers_ask_library(&library);                                                           \
    ask_host(&host);                                                                               \
    compare(&library, &host, #command);                                                            \
    cr_expect_neq(state_answers_differ(&before, &host), GL_NONE, "%s changes nothing", #command);  \
    before = host;
    COMMANDS(TRY)
    cr_assert_eq(trireme_glGetError(), GL_NO_ERROR);
}

/* What goes into a list is not done. */
Test(kept_answers, matrix_mode_of_a_list)
{
    GLfloat kept[16], host[16];
    GLuint name = trireme_glGenLists(1);
    trireme_glMatrixMode(GL_PROJECTION);
    trireme_glGetFloatv(GL_PROJECTION_MATRIX, kept);
    trireme_glNewList(name, GL_COMPILE);
    trireme_glMatrixMode(GL_MODELVIEW);
    trireme_glEndList();
    trireme_glTranslatef(1, 2, 3);
    trireme_glGetFloatv(GL_PROJECTION_MATRIX, kept);
    gl_encode_GetFloatv(loop_encoder(loop), GL_PROJECTION_MATRIX, host);
    cr_assert_arr_eq(kept, host, sizeof host);
}

/* Units without coordinates have no such state. */
Test(kept_answers, errors_of_units_stay)
{
    trireme_glActiveTexture(GL_TEXTURE0 + 12);
    trireme_glIsEnabled(GL_TEXTURE_GEN_S);
    GLenum first = trireme_glGetError();
    cr_assert_neq(first, GL_NO_ERROR);
    trireme_glIsEnabled(GL_TEXTURE_GEN_S);
    cr_assert_eq(trireme_glGetError(), first);
}

/* Where queries are errors they have no answers. */
Test(kept_answers, errors_stay)
{
    GLint box[4] = {0}, before[4];
    trireme_glGetIntegerv(GL_VIEWPORT, before);
    trireme_glIsEnabled(GL_BLEND);
    cr_assert_eq(trireme_glGetError(), GL_NO_ERROR);
    trireme_glBegin(GL_TRIANGLES);
    trireme_glGetIntegerv(GL_VIEWPORT, box);
    cr_assert_eq(box[2], 0);
    trireme_glEnd();
    cr_assert_eq(trireme_glGetError(), GL_INVALID_OPERATION);
    trireme_glBegin(GL_TRIANGLES);
    trireme_glIsEnabled(GL_BLEND);
    trireme_glEnd();
    cr_assert_eq(trireme_glGetError(), GL_INVALID_OPERATION);
    for (int i = 0; i < 2; i++) {
        trireme_glIsEnabled(GL_TRIANGLES);
        cr_assert_eq(trireme_glGetError(), GL_INVALID_ENUM);
    }
}

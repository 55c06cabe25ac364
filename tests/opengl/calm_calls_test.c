/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every command that cannot fail in a calm context (`harmless` in overrides.toml): glGetError
 * behind it is answered without a round trip. That none of them can fail is looked at in
 * errors_test.c and, for every argument that is wrong, in bad_input_test.c.
 */
#include <criterion/criterion.h>

#include "tests/opengl/one_loop.h"

static const GLdouble d[16] = {0.5, 0.25, 0, 1};
static const GLfloat f[16] = {0.5f, 0.25f, 0, 1};
static const GLbyte b[4];
static const GLubyte ub[4];
static const GLshort s[4];
static const GLushort us[4];
static const GLint i[4];
static const GLuint ui[4];

static void set_up(void)
{
    one_loop_set_up();
    trireme_glLoadIdentity();
    trireme_glGetError();
    trireme_glBindTexture(GL_TEXTURE_2D, 5); /* makes it */
    trireme_glGetError();
}

TestSuite(calm_calls, .init = set_up, .fini = one_loop_tear_down_unbroken);

/* Asks for the error, which is none; that costs nothing. */
static void expect_calm(const char *call)
{
    const uint64_t before = loop_encoder(loop)->round_trips;
    cr_expect_eq(trireme_glGetError(), GL_NO_ERROR, "%s", call);
    cr_expect_eq(loop_encoder(loop)->round_trips, before, "%s asks", call);
}

#define CALM(call)                                                                                 \
    do {                                                                                           \
        trireme_gl##call;                                                                          \
        expect_calm(#call);                                                                        \
    } while (0)
#define INSIDE(call)                                                                               \
    do {                                                                                           \
        CALM(call);                                                                                \
        trireme_glBegin(GL_POINTS);                                                                \
        trireme_gl##call;                                                                          \
        trireme_glEnd();                                                                           \
        expect_calm(#call " inside");                                                              \
    } while (0)

/* Coordinates: numbers and vectors of four types. */
#define COORDINATES(name, ...)                                                                     \
    do {                                                                                           \
        INSIDE(name##d(__VA_ARGS__));                                                              \
        INSIDE(name##f(__VA_ARGS__));                                                              \
        INSIDE(name##i(__VA_ARGS__));                                                              \
        INSIDE(name##s(__VA_ARGS__));                                                              \
        INSIDE(name##dv(d));                                                                       \
        INSIDE(name##fv(f));                                                                       \
        INSIDE(name##iv(i));                                                                       \
        INSIDE(name##sv(s));                                                                       \
    } while (0)
/* Normals are of five, colours of eight. */
#define NORMALS(name, ...)                                                                         \
    do {                                                                                           \
        COORDINATES(name, __VA_ARGS__);                                                            \
        INSIDE(name##b(__VA_ARGS__));                                                              \
        INSIDE(name##bv(b));                                                                       \
    } while (0)
#define COLORS(name, ...)                                                                          \
    do {                                                                                           \
        NORMALS(name, __VA_ARGS__);                                                                \
        INSIDE(name##ub(__VA_ARGS__));                                                             \
        INSIDE(name##us(__VA_ARGS__));                                                             \
        INSIDE(name##ui(__VA_ARGS__));                                                             \
        INSIDE(name##ubv(ub));                                                                     \
        INSIDE(name##usv(us));                                                                     \
        INSIDE(name##uiv(ui));                                                                     \
    } while (0)

Test(calm_calls, of_vertices)
{
    COORDINATES(Vertex2, 0, 0);
    COORDINATES(Vertex3, 0, 0, 0);
    COORDINATES(Vertex4, 0, 0, 0, 1);
    COORDINATES(TexCoord1, 0);
    COORDINATES(TexCoord2, 0, 0);
    COORDINATES(TexCoord3, 0, 0, 0);
    COORDINATES(TexCoord4, 0, 0, 0, 1);
    NORMALS(Normal3, 0, 0, 1);
    COLORS(Color3, 0, 0, 1);
    COLORS(Color4, 0, 0, 1, 1);
    INSIDE(EdgeFlag(GL_TRUE));
    INSIDE(EdgeFlagv(ub));
    INSIDE(Materialfv(GL_FRONT_AND_BACK, GL_AMBIENT_AND_DIFFUSE, f));
    INSIDE(Materialiv(GL_FRONT, GL_EMISSION, i));
    INSIDE(Materialf(GL_FRONT, GL_SHININESS, 5));
    INSIDE(Materiali(GL_BACK, GL_SHININESS, 5));
}

Test(calm_calls, of_matrices)
{
    CALM(MatrixMode(GL_PROJECTION));
    CALM(MatrixMode(GL_TEXTURE));
    CALM(MatrixMode(GL_MODELVIEW));
    CALM(PushMatrix());
    CALM(LoadIdentity());
    CALM(LoadMatrixd(d));
    CALM(LoadMatrixf(f));
    CALM(MultMatrixd(d));
    CALM(MultMatrixf(f));
    CALM(Rotated(1, 0, 0, 1));
    CALM(Rotatef(1, 0, 0, 1));
    CALM(Scaled(1, 1, 1));
    CALM(Scalef(1, 1, 1));
    CALM(Translated(0, 0, 0));
    CALM(Translatef(0, 0, 0));
    CALM(Ortho(-1, 1, -1, 1, -1, 1));
    CALM(Frustum(-1, 1, -1, 1, 1, 2));
    CALM(PopMatrix());
    CALM(Viewport(0, 0, 8, 8));
    CALM(DepthRange(0, 1));
}

Test(calm_calls, of_state)
{
    CALM(ClearColor(0, 0, 0, 0));
    CALM(ClearDepth(1));
    CALM(ClearStencil(0));
    CALM(ColorMask(1, 1, 1, 1));
    CALM(DepthMask(GL_TRUE));
    CALM(StencilMask(1));
    CALM(PolygonOffset(1, 1));
    CALM(Scissor(0, 0, 8, 8));
    CALM(AlphaFunc(GL_LESS, 0));
    CALM(DepthFunc(GL_LEQUAL));
    CALM(StencilFunc(GL_ALWAYS, 0, 1));
    CALM(StencilOp(GL_KEEP, GL_INVERT, GL_INCR));
    CALM(BlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA));
    CALM(BlendFuncSeparate(GL_ONE, GL_ZERO, GL_CONSTANT_COLOR, GL_DST_ALPHA));
    CALM(BlendEquation(GL_FUNC_REVERSE_SUBTRACT));
    CALM(ShadeModel(GL_SMOOTH));
    CALM(CullFace(GL_BACK));
    CALM(FrontFace(GL_CW));
    CALM(PolygonMode(GL_FRONT, GL_LINE));
    CALM(LineWidth(2));
    CALM(PointSize(2));
    CALM(Lightfv(GL_LIGHT0, GL_POSITION, f));
    CALM(Lightiv(GL_LIGHT7, GL_DIFFUSE, i));
    CALM(Lightf(GL_LIGHT1, GL_SPOT_EXPONENT, 1));
    CALM(Lighti(GL_LIGHT1, GL_CONSTANT_ATTENUATION, 1));
    CALM(LightModelfv(GL_LIGHT_MODEL_AMBIENT, f));
    CALM(LightModeliv(GL_LIGHT_MODEL_AMBIENT, i));
    CALM(LightModelf(GL_LIGHT_MODEL_TWO_SIDE, 1));
    CALM(LightModeli(GL_LIGHT_MODEL_LOCAL_VIEWER, 1));
    CALM(Fogi(GL_FOG_MODE, GL_EXP));
    CALM(Fogf(GL_FOG_DENSITY, 1));
    CALM(Fogfv(GL_FOG_COLOR, f));
    CALM(Hint(GL_FOG_HINT, GL_NICEST));
    CALM(TexGeni(GL_S, GL_TEXTURE_GEN_MODE, GL_SPHERE_MAP));
    CALM(TexGenfv(GL_T, GL_OBJECT_PLANE, f));
    CALM(TexGendv(GL_R, GL_EYE_PLANE, d));
    CALM(TexEnvf(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_REPLACE));
    CALM(PushAttrib(GL_ALL_ATTRIB_BITS));
    CALM(PopAttrib());
    CALM(TexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_DECAL));
    CALM(TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR));
    CALM(TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP));
    CALM(ActiveTexture(GL_TEXTURE1));
    CALM(ActiveTexture(GL_TEXTURE0));
    CALM(ClientActiveTexture(GL_TEXTURE1));
    CALM(ClientActiveTexture(GL_TEXTURE0));
    CALM(BindTexture(GL_TEXTURE_2D, 5));
    CALM(BindTexture(GL_TEXTURE_2D, 0));
    CALM(Flush());
    CALM(Finish());
}

Test(calm_calls, of_capabilities)
{
    static const GLenum names[] = {
        GL_ALPHA_TEST,
        GL_BLEND,
        GL_COLOR_LOGIC_OP,
        GL_COLOR_MATERIAL,
        GL_CULL_FACE,
        GL_DEPTH_TEST,
        GL_DITHER,
        GL_FOG,
        GL_LIGHTING,
        GL_LINE_SMOOTH,
        GL_LINE_STIPPLE,
        GL_NORMALIZE,
        GL_POINT_SMOOTH,
        GL_POLYGON_SMOOTH,
        GL_POLYGON_OFFSET_FILL,
        GL_POLYGON_OFFSET_LINE,
        GL_POLYGON_OFFSET_POINT,
        GL_POLYGON_STIPPLE,
        GL_SCISSOR_TEST,
        GL_STENCIL_TEST,
        GL_TEXTURE_1D,
        GL_TEXTURE_2D,
        GL_TEXTURE_GEN_Q,
        GL_TEXTURE_GEN_R,
        GL_TEXTURE_GEN_S,
        GL_TEXTURE_GEN_T,
        GL_LIGHT0,
        GL_LIGHT7,
        GL_CLIP_PLANE0,
        GL_CLIP_PLANE5,
    };
    for (unsigned n = 0; n < G_N_ELEMENTS(names); n++) {
        CALM(Enable(names[n]));
        CALM(Disable(names[n]));
    }
    for (GLenum array = GL_VERTEX_ARRAY; array <= GL_EDGE_FLAG_ARRAY; array++) {
        CALM(EnableClientState(array));
        CALM(DisableClientState(array));
    }
}

Test(calm_calls, that_ask_for_what_there_is)
{
    GLfloat reals[16];
    GLdouble doubles[16];
    GLint numbers[16];
    GLboolean truths[16];
    CALM(GetFloatv(GL_MODELVIEW_MATRIX, reals));
    CALM(GetDoublev(GL_PROJECTION_MATRIX, doubles));
    CALM(GetIntegerv(GL_VIEWPORT, numbers));
    CALM(GetBooleanv(GL_DEPTH_WRITEMASK, truths));
    CALM(IsEnabled(GL_BLEND));
    CALM(BindTexture(GL_TEXTURE_2D, 5));
    CALM(GetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, numbers));
}

Test(calm_calls, of_draws)
{
    static const GLubyte indices[3] = {0, 1, 2};
    CALM(VertexPointer(2, GL_FLOAT, 0, f));
    CALM(TexCoordPointer(2, GL_SHORT, 4, s));
    CALM(NormalPointer(GL_DOUBLE, 0, d));
    CALM(ColorPointer(4, GL_UNSIGNED_BYTE, 0, ub));
    CALM(Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT));
    CALM(Rectd(0, 0, 1, 1));
    CALM(Rectf(0, 0, 1, 1));
    CALM(Recti(0, 0, 1, 1));
    CALM(Rects(0, 0, 1, 1));
    CALM(Rectdv(d, d));
    CALM(Rectfv(f, f));
    CALM(Rectiv(i, i));
    CALM(Rectsv(s, s));
    CALM(EnableClientState(GL_VERTEX_ARRAY));
    CALM(DrawArrays(GL_TRIANGLES, 0, 3));
    CALM(DrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, indices));
    CALM(DisableClientState(GL_VERTEX_ARRAY));
}

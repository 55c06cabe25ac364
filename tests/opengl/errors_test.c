/* SPDX-License-Identifier: GPL-2.0-or-later */
/* glGetError says what the host's GL says, whatever was called before it, also where the guest
 * answers it (dispatch/gl_calm.h). */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/pair.h"

#define LIST_DRAWS 61u
#define LIST_BEGINS 62u
#define LIST_ENDS 63u
#define LIST_SCRATCH 64u
#define SEQUENCES 1500
#define STEPS 12
#define FOLLOWED 12000
#define SHUFFLED 137 /* steps, those before GL_COMPILE_AND_EXECUTE */

static const GLfloat corners[] = {0, 0, 1, 0, 0, 1, 1, 1};
static const GLint numbers[] = {1, 0, 200, 1};
static const GLubyte indices[] = {0, 1, 2, 3};
static GLuint program, framebuffer, hits[64];

/* One call of a program each; many of them errors in some states or always. */
#define STEPS_TABLE(X)                                                                             \
    X(Begin(GL_TRIANGLES))                                                                         \
    X(Begin(GL_POLYGON + 20))                                                                      \
    X(End())                                                                                       \
    X(Vertex2f(0, 0))                                                                              \
    X(Color4f(1, 0, 0, 1))                                                                         \
    X(MatrixMode(GL_PROJECTION))                                                                   \
    X(MatrixMode(GL_MODELVIEW))                                                                    \
    X(MatrixMode(GL_TEXTURE))                                                                      \
    X(MatrixMode(GL_TEXTURE_2D))                                                                   \
    X(LoadIdentity())                                                                              \
    X(Ortho(-1, 1, -1, 1, -1, 1))                                                                  \
    X(Ortho(1, 1, -1, 1, -1, 1))                                                                   \
    X(Frustum(-1, 1, -1, 1, 0, 1))                                                                 \
    X(PushMatrix())                                                                                \
    X(PopMatrix())                                                                                 \
    X(PushAttrib(GL_ENABLE_BIT))                                                                   \
    X(PopAttrib())                                                                                 \
    X(Enable(GL_BLEND))                                                                            \
    X(Disable(GL_BLEND))                                                                           \
    X(Enable(GL_POLYGON))                                                                          \
    X(Enable(GL_VERTEX_PROGRAM_ARB))                                                               \
    X(Disable(GL_VERTEX_PROGRAM_ARB))                                                              \
    X(BlendFunc(GL_ONE, GL_SRC_ALPHA))                                                             \
    X(BlendFunc(GL_LINEAR, GL_ONE))                                                                \
    X(DepthFunc(GL_LESS))                                                                          \
    X(DepthFunc(1))                                                                                \
    X(StencilFunc(GL_ALWAYS, 1, 1))                                                                \
    X(CullFace(GL_FRONT))                                                                          \
    X(CullFace(GL_CW))                                                                             \
    X(LineWidth(2))                                                                                \
    X(LineWidth(0))                                                                                \
    X(ColorMask(1, 1, 1, 1))                                                                       \
    X(Viewport(0, 0, 8, 8))                                                                        \
    X(Viewport(0, 0, -1, 8))                                                                       \
    X(Scissor(0, 0, 8, -8))                                                                        \
    X(BindTexture(GL_TEXTURE_2D, 5))                                                               \
    X(BindTexture(GL_TEXTURE_3D, 5))                                                               \
    X(BindTexture(GL_TEXTURE_2D, 6))                                                               \
    X(BindTexture(GL_TEXTURE_CUBE_MAP, 6))                                                         \
    X(BindTexture(GL_TEXTURE_2D, 5 + 256))                                                         \
    X(BindTexture(GL_TEXTURE_3D, 0))                                                               \
    X(BindTexture(GL_BLEND, 0))                                                                    \
    X(DeleteTextures(1, &(GLuint){5}))                                                             \
    X(DeleteTextures(2, (GLuint[]){6, 5 + 256}))                                                   \
    X(DeleteTextures(-1, NULL))                                                                    \
    X(TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 2, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL))             \
    X(TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1 << 20, 2, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL))       \
    X(TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_REPEAT))                                  \
    X(TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_LINEAR))                                  \
    X(TexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_MODULATE))                                   \
    X(TexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_LINEAR))                                     \
    X(ActiveTexture(GL_TEXTURE0))                                                                  \
    X(ActiveTexture(GL_TEXTURE1))                                                                  \
    X(ActiveTexture(GL_TEXTURE0 + 12))                                                             \
    X(ActiveTexture(GL_TEXTURE0 + 1000))                                                           \
    X(ClientActiveTexture(GL_TEXTURE1))                                                            \
    X(ClientActiveTexture(GL_TEXTURE0 + 12))                                                       \
    X(Lightfv(GL_LIGHT1, GL_DIFFUSE, corners))                                                     \
    X(Lightfv(GL_LIGHT0 + 9, GL_DIFFUSE, corners))                                                 \
    X(Materialfv(GL_FRONT, GL_DIFFUSE, corners))                                                   \
    X(Materialfv(GL_LEFT, GL_DIFFUSE, corners))                                                    \
    X(Clear(GL_COLOR_BUFFER_BIT))                                                                  \
    X(Clear(1))                                                                                    \
    X(Rectf(0, 0, 1, 1))                                                                           \
    X(EnableClientState(GL_VERTEX_ARRAY))                                                          \
    X(EnableClientState(GL_BLEND))                                                                 \
    X(VertexPointer(2, GL_FLOAT, 0, corners))                                                      \
    X(VertexPointer(5, GL_FLOAT, 0, corners))                                                      \
    X(VertexPointer(2, GL_BYTE, 0, corners))                                                       \
    X(VertexPointer(2, GL_FLOAT, -1, corners))                                                     \
    X(ColorPointer(4, GL_UNSIGNED_BYTE, 0, corners))                                               \
    X(ColorPointer(2, GL_UNSIGNED_BYTE, 0, corners))                                               \
    X(DrawArrays(GL_TRIANGLES, 0, 3))                                                              \
    X(DrawArrays(GL_TRIANGLES, 0, -1))                                                             \
    X(DrawArrays(GL_PATCHES, 0, 3))                                                                \
    X(DrawElements(GL_TRIANGLE_STRIP, 4, GL_UNSIGNED_BYTE, indices))                               \
    X(DrawElements(GL_TRIANGLE_STRIP, -4, GL_UNSIGNED_BYTE, indices))                              \
    X(DrawElements(GL_TRIANGLE_STRIP, 4, GL_BYTE, indices))                                        \
    X(UseProgram(0))                                                                               \
    X(UseProgram(program))                                                                         \
    X(UseProgram(999))                                                                             \
    X(BindFramebuffer(GL_FRAMEBUFFER, 0))                                                          \
    X(BindFramebuffer(GL_FRAMEBUFFER, framebuffer))                                                \
    X(BindBuffer(GL_ARRAY_BUFFER, 0))                                                              \
    X(BufferData(GL_ARRAY_BUFFER, -1, NULL, GL_STATIC_DRAW))                                       \
    X(CallList(LIST_DRAWS))                                                                        \
    X(CallList(LIST_BEGINS))                                                                       \
    X(CallList(LIST_ENDS))                                                                         \
    X(NewList(LIST_SCRATCH, GL_COMPILE))                                                           \
    X(NewList(0, GL_COMPILE))                                                                      \
    X(EndList())                                                                                   \
    X(GetIntegerv(GL_BLEND_SRC + 99999, (GLint[16]){0}))                                           \
    X(Flush())                                                                                     \
    X(Materialf(GL_FRONT, GL_SHININESS, 128))                                                      \
    X(Materialf(GL_FRONT, GL_SHININESS, 129))                                                      \
    X(Materialf(GL_FRONT, GL_SHININESS, -1))                                                       \
    X(Materiali(GL_FRONT, GL_DIFFUSE, 1))                                                          \
    X(Materiali(GL_CW, GL_SHININESS, 1))                                                           \
    X(Lightf(GL_LIGHT0, GL_SPOT_CUTOFF, 90))                                                       \
    X(Lightf(GL_LIGHT0, GL_SPOT_CUTOFF, 91))                                                       \
    X(Lighti(GL_LIGHT0, GL_SPOT_EXPONENT, 129))                                                    \
    X(Lighti(GL_LIGHT0, GL_LINEAR_ATTENUATION, -1))                                                \
    X(Lightf(GL_LIGHT0, GL_QUADRATIC_ATTENUATION, 1))                                              \
    X(Lightf(GL_FRONT, GL_QUADRATIC_ATTENUATION, 1))                                               \
    X(Lightf(GL_LIGHT0, GL_DIFFUSE, 1))                                                            \
    X(PushAttrib(GL_ALL_ATTRIB_BITS))                                                              \
    X(PushAttrib(GL_TRANSFORM_BIT | GL_TEXTURE_BIT))                                               \
    X(Materialiv(GL_FRONT, GL_DIFFUSE, numbers))                                                   \
    X(Materialiv(GL_FRONT, GL_SHININESS, numbers))                                                 \
    X(Lightiv(GL_LIGHT1, GL_DIFFUSE, numbers))                                                     \
    X(Lightiv(GL_LIGHT1, GL_SPOT_CUTOFF, numbers))                                                 \
    X(LightModelfv(GL_LIGHT_MODEL_AMBIENT, corners))                                               \
    X(LightModelfv(GL_DIFFUSE, corners))                                                           \
    X(LightModeli(GL_LIGHT_MODEL_TWO_SIDE, 1))                                                     \
    X(LightModeli(GL_LIGHT_MODEL_COLOR_CONTROL, 1))                                                \
    X(TexEnvf(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, GL_DECAL))                                      \
    X(TexEnvf(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, 1e9f))                                          \
    X(TexGeni(GL_S, GL_TEXTURE_GEN_MODE, GL_SPHERE_MAP))                                           \
    X(TexGeni(GL_R, GL_TEXTURE_GEN_MODE, GL_SPHERE_MAP))                                           \
    X(TexGenfv(GL_T, GL_OBJECT_PLANE, corners))                                                    \
    X(TexGenfv(GL_T, GL_DIFFUSE, corners))                                                         \
    X(Fogi(GL_FOG_MODE, GL_EXP))                                                                   \
    X(Fogi(GL_FOG_MODE, GL_ONE))                                                                   \
    X(Fogi(GL_FOG_DENSITY, -1))                                                                    \
    X(Fogf(GL_FOG_START, -1))                                                                      \
    X(Fogf(GL_FOG_DENSITY, -1))                                                                    \
    X(Fogfv(GL_FOG_COLOR, corners))                                                                \
    X(Fogfv(GL_DIFFUSE, corners))                                                                  \
    X(Hint(GL_FOG_HINT, GL_NICEST))                                                                \
    X(Hint(GL_FOG_HINT, GL_FOG))                                                                   \
    X(Hint(GL_FOG, GL_NICEST))                                                                     \
    X(IsEnabled(GL_BLEND))                                                                         \
    X(IsEnabled(GL_MODELVIEW))                                                                     \
    X(GetFloatv(GL_MODELVIEW_MATRIX, (GLfloat[16]){0}))                                            \
    X(GetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, (GLint[4]){0}))                   \
    X(GetTexLevelParameteriv(GL_TEXTURE_2D, -1, GL_TEXTURE_WIDTH, (GLint[4]){0}))                  \
    X(GetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_2D, (GLint[4]){0}))                      \
    X(NewList(LIST_SCRATCH, GL_COMPILE_AND_EXECUTE))                                               \
    X(AlphaFunc(GL_LESS, 0))                                                                       \
    X(AlphaFunc(GL_ONE, 0))                                                                        \
    X(StencilOp(GL_KEEP, GL_INCR, GL_REPLACE))                                                     \
    X(StencilOp(GL_KEEP, GL_KEEP, GL_LESS))                                                        \
    X(ShadeModel(GL_FLAT))                                                                         \
    X(ShadeModel(GL_FILL))                                                                         \
    X(FrontFace(GL_CCW))                                                                           \
    X(FrontFace(GL_FRONT))                                                                         \
    X(PolygonMode(GL_FRONT, GL_LINE))                                                              \
    X(PolygonMode(GL_FRONT, GL_FRONT))                                                             \
    X(PolygonMode(GL_CW, GL_LINE))                                                                 \
    X(PointSize(2))                                                                                \
    X(PointSize(0))                                                                                \
    X(BlendFuncSeparate(GL_ONE, GL_ZERO, GL_CONSTANT_COLOR, GL_ZERO))                              \
    X(BlendFuncSeparate(GL_ONE, GL_ZERO, GL_ONE, GL_LESS))                                         \
    X(BlendEquation(GL_FUNC_SUBTRACT))                                                             \
    X(BlendEquation(GL_ONE))                                                                       \
    X(NormalPointer(GL_FLOAT, 0, corners))                                                         \
    X(NormalPointer(GL_UNSIGNED_BYTE, 0, corners))                                                 \
    X(TexCoordPointer(1, GL_FLOAT, 0, corners))                                                    \
    X(TexCoordPointer(0, GL_FLOAT, 0, corners))                                                    \
    X(TexCoordPointer(2, GL_UNSIGNED_INT, 0, corners))                                             \
    X(RenderMode(GL_SELECT)) X(PushName(1)) X(PopName()) X(LoadName(1))

#define STEP_FUNCTION(call)                                                                        \
    case __COUNTER__ - FIRST_STEP - 1:                                                             \
        gl->call;                                                                                  \
        return true;

enum { FIRST_STEP = __COUNTER__ };

/* False: there are no more steps. */
static bool step(const struct pair_gl *gl, unsigned number)
{
    switch (number) {
        STEPS_TABLE(STEP_FUNCTION)
    default:
        return false;
    }
}

enum { STEP_COUNT = __COUNTER__ - FIRST_STEP - 1 };

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* What the guest may answer itself (guest/common/calm_state.h). */
static void note_values(struct pair_side *side)
{
    static const GLenum queries[] = {
        GL_MATRIX_MODE,        GL_MODELVIEW_STACK_DEPTH, GL_PROJECTION_STACK_DEPTH,
        GL_ATTRIB_STACK_DEPTH, GL_ACTIVE_TEXTURE,        GL_TEXTURE_BINDING_2D};
    GLint values[G_N_ELEMENTS(queries) + 2];
    memset(values, -1, sizeof values);
    for (unsigned i = 0; i < G_N_ELEMENTS(queries); i++)
        side->gl->GetIntegerv(queries[i], &values[i]);
    GLint *level = &values[G_N_ELEMENTS(queries)];
    side->gl->GetTexLevelParameteriv(GL_TEXTURE_2D, 0, GL_TEXTURE_WIDTH, &level[0]);
    side->gl->GetTexLevelParameteriv(GL_TEXTURE_2D, 1, GL_TEXTURE_INTERNAL_FORMAT, &level[1]);
    pair_note(side, values, sizeof values);
}

static void list(const struct pair_gl *gl, GLuint name, GLenum what)
{
    gl->NewList(name, GL_COMPILE);
    if (what == LIST_DRAWS || what == LIST_BEGINS)
        gl->Begin(GL_TRIANGLES);
    gl->Color4f(1, 1, 1, 1);
    if (what == LIST_DRAWS || what == LIST_ENDS)
        gl->End();
    gl->EndList();
}

static void prepare(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    for (GLuint name = LIST_DRAWS; name <= LIST_ENDS; name++)
        list(gl, name, name);
    program = pair_program(gl, "void main() { gl_Position = gl_Vertex; }",
                           "void main() { gl_FragColor = vec4(1); }");
    gl->GenFramebuffers(1, &framebuffer);
    gl->SelectBuffer(sizeof hits / sizeof hits[0], hits);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->VertexPointer(2, GL_FLOAT, 0, corners);
}

/* Back to where every sequence begins: whatever was begun ends. */
static void restore(const struct pair_gl *gl)
{
    gl->End();
    gl->EndList();
    gl->End();
    gl->RenderMode(GL_RENDER);
    gl->BindFramebuffer(GL_FRAMEBUFFER, 0);
    gl->UseProgram(0);
    gl->Disable(GL_VERTEX_PROGRAM_ARB);
    gl->ActiveTexture(GL_TEXTURE0);
    gl->ClientActiveTexture(GL_TEXTURE0);
    gl->VertexPointer(2, GL_FLOAT, 0, corners);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    while (gl->GetError() != GL_NO_ERROR)
        ;
}

static uint32_t random_below(uint32_t *state, uint32_t limit)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)*state * limit >> 32);
}

/* The first of the steps in any order, with questions in between. In a list that is compiled and
 * executed, the GL does not say whether it is between glBegin and glEnd. */
static void any_order(struct pair_side *side)
{
    uint32_t state = 1;
    prepare(side);
    for (unsigned sequence = 0; sequence < SEQUENCES; sequence++) {
        restore(side->gl);
        uint32_t asks = 1 + random_below(&state, 4);
        for (unsigned i = 0; i < STEPS; i++) {
            step(side->gl, random_below(&state, SHUFFLED));
            if (random_below(&state, asks) == 0)
                note_error(side);
            if (random_below(&state, asks) == 0)
                note_values(side);
        }
        note_error(side);
    }
}

Test(errors, are_the_hosts_in_any_order, .timeout = 240)
{
    pair_run(any_order, SEQUENCES * sizeof(GLenum));
}

/* Each step behind each other, asked before and after. */
static void one_after_the_other(struct pair_side *side)
{
    prepare(side);
    for (unsigned first = 0; first < STEP_COUNT; first++) {
        for (unsigned second = 0; second < STEP_COUNT; second++) {
            restore(side->gl);
            step(side->gl, first);
            note_error(side);
            step(side->gl, second);
            note_error(side);
        }
    }
}

Test(errors, are_the_hosts_after_each_step, .timeout = 240)
{
    pair_run(one_after_the_other, (size_t)STEP_COUNT * STEP_COUNT * 2 * sizeof(GLenum));
}

/* What is followed from command to command, up to the ends of the stacks and beyond. */
static void follow(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLenum modes[] = {GL_MODELVIEW, GL_PROJECTION, GL_TEXTURE};
    const GLbitfield masks[] = {GL_ALL_ATTRIB_BITS, GL_TRANSFORM_BIT, GL_TEXTURE_BIT, 0};
    uint32_t state = 7;
    prepare(side);
    for (unsigned i = 0; i < FOLLOWED; i++) {
        /* For a while more is pushed than popped, then as much, then less. */
        const uint32_t pops[] = {1, 2, 3, 2};
        uint32_t pop = pops[i / 1500 % 4];
        uint32_t number = random_below(&state, 4);
        switch (random_below(&state, 9)) {
        case 0:
        case 1:
            number < pop ? gl->PopMatrix() : gl->PushMatrix();
            break;
        case 2:
        case 3:
            number < pop ? gl->PopAttrib() : gl->PushAttrib(masks[random_below(&state, 4)]);
            break;
        case 4:
            if (i / 100 % 2)
                gl->MatrixMode(modes[number % 3]);
            break;
        case 5:
            gl->ActiveTexture(GL_TEXTURE0 + (number == 0));
            break;
        case 6:
        case 7:
            gl->BindTexture(GL_TEXTURE_2D, number % 3);
            break;
        default:
            if (number == 0)
                gl->TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, 1 + (GLsizei)random_below(&state, 5), 1,
                               0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
        }
        note_error(side);
        if (random_below(&state, 3) == 0)
            note_values(side);
    }
}

Test(errors, what_is_followed_is_what_the_host_has, .timeout = 240)
{
    pair_run(follow, FOLLOWED * sizeof(GLenum));
}

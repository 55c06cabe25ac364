/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * State that is read and written by groups: what glPushAttrib and glPopAttrib would have kept is
 * what is written, of each group alone and of all. Every number that OpenGL may know as the name of
 * a variable is asked.
 */
#include <criterion/criterion.h>

#include "guest/common/attribute_groups.h"
#include "tests/opengl/one_loop.h"

#define VALUES 64

TestSuite(attribute_groups, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

static struct attribute_access reach;
static GLuint textures[2], samplers[2];

static void get_ready(void)
{
    reach = (struct attribute_access){
        .version = attribute_version((const char *)trireme_glGetString(GL_VERSION)),
        .shares_objects = true,
        .same_buffers = true,
        .draw_buffer = trireme_glDrawBuffer,
    };
    cr_assert_geq(reach.version, 41);
    trireme_glGenTextures(2, textures);
    trireme_glGenSamplers(2, samplers);
}

static void set_capabilities(bool second)
{
    static const GLenum caps[] = {
        GL_ALPHA_TEST,
        GL_BLEND,
        GL_COLOR_LOGIC_OP,
        GL_DITHER,
        GL_INDEX_LOGIC_OP,
        GL_DEPTH_TEST,
        GL_PROGRAM_POINT_SIZE,
        GL_AUTO_NORMAL,
        GL_VERTEX_PROGRAM_TWO_SIDE,
        GL_MAP1_COLOR_4,
        GL_MAP1_VERTEX_3,
        GL_MAP1_TEXTURE_COORD_2,
        GL_MAP2_NORMAL,
        GL_MAP2_VERTEX_4,
        GL_COLOR_SUM,
        GL_FOG,
        GL_LIGHTING,
        GL_LINE_SMOOTH,
        GL_LINE_STIPPLE,
        GL_MULTISAMPLE,
        GL_SAMPLE_ALPHA_TO_COVERAGE,
        GL_SAMPLE_COVERAGE,
        GL_SAMPLE_MASK,
        GL_SAMPLE_SHADING,
        GL_POINT_SMOOTH,
        GL_POINT_SPRITE,
        GL_CULL_FACE,
        GL_POLYGON_SMOOTH,
        GL_POLYGON_STIPPLE,
        GL_POLYGON_OFFSET_FILL,
        GL_POLYGON_OFFSET_LINE,
        GL_SCISSOR_TEST,
        GL_STENCIL_TEST,
        GL_DEPTH_CLAMP,
        GL_NORMALIZE,
        GL_TEXTURE_CUBE_MAP_SEAMLESS,
        GL_RESCALE_NORMAL,
        GL_CLIP_PLANE0,
        GL_CLIP_PLANE5,
        GL_LIGHT1,
        GL_LIGHT7,
        GL_FRAMEBUFFER_SRGB,
    };
    for (unsigned i = 0; i < sizeof caps / sizeof caps[0]; i++) {
        ((i % 3 != 0) == second ? trireme_glEnable : trireme_glDisable)(caps[i]);
    }
    (second ? trireme_glEnablei : trireme_glDisablei)(GL_BLEND, 3);
    (second ? trireme_glDisablei : trireme_glEnablei)(GL_SCISSOR_TEST, 5);
}

static void set_colors(bool second, float x)
{
    const GLboolean on = second;
    trireme_glClearAccum(x, -x, x / 2, 0.25f);
    trireme_glAlphaFunc(second ? GL_GREATER : GL_LEQUAL, x);
    trireme_glBlendFuncSeparate(second ? GL_ONE : GL_SRC_ALPHA, GL_DST_COLOR,
                                second ? GL_ZERO : GL_DST_ALPHA, GL_ONE);
    trireme_glBlendFunci(2, GL_DST_ALPHA, second ? GL_ONE : GL_SRC_COLOR);
    trireme_glBlendEquationSeparate(second ? GL_MIN : GL_MAX, GL_FUNC_SUBTRACT);
    trireme_glBlendEquationi(1, second ? GL_FUNC_ADD : GL_FUNC_REVERSE_SUBTRACT);
    trireme_glBlendColor(x, 0.5f, x, 1.0f);
    trireme_glLogicOp(second ? GL_XOR : GL_NAND);
    trireme_glDrawBuffer(second ? GL_BACK : GL_NONE);
    trireme_glReadBuffer(second ? GL_BACK : GL_NONE);
    trireme_glIndexMask(second ? 0x55 : 0x33);
    trireme_glColorMask(on, !on, on, !on);
    trireme_glColorMaski(2, !on, on, on, on);
    trireme_glClearColor(0.5f, x, 0.5f, x);
    trireme_glClearIndex(second ? 3 : 4);
    trireme_glClampColor(GL_CLAMP_READ_COLOR, second ? GL_TRUE : GL_FALSE);
    trireme_glClampColor(GL_CLAMP_VERTEX_COLOR, second ? GL_FALSE : GL_TRUE);
    trireme_glClampColor(GL_CLAMP_FRAGMENT_COLOR, second ? GL_FALSE : GL_FIXED_ONLY);
    trireme_glDepthFunc(second ? GL_ALWAYS : GL_NOTEQUAL);
    trireme_glDepthMask(on);
    trireme_glClearDepth(x);
    trireme_glSampleCoverage(x, on);
    trireme_glSampleMaski(0, second ? 0xf0f0 : 0x1234);
    trireme_glMinSampleShading(x);
    trireme_glStencilFuncSeparate(GL_FRONT, GL_LESS, second ? 1 : 2, second ? 7 : 15);
    trireme_glStencilFuncSeparate(GL_BACK, second ? GL_NEVER : GL_EQUAL, second ? 3 : 4, 31);
    trireme_glStencilOpSeparate(GL_FRONT, second ? GL_KEEP : GL_INCR, GL_DECR, GL_INVERT);
    trireme_glStencilOpSeparate(GL_BACK, GL_ZERO, second ? GL_REPLACE : GL_INCR_WRAP, GL_KEEP);
    trireme_glStencilMaskSeparate(GL_FRONT, second ? 1 : 2);
    trireme_glStencilMaskSeparate(GL_BACK, second ? 3 : 4);
    trireme_glClearStencil(second ? 5 : 6);
}

static void set_lights(bool second, float x)
{
    const GLfloat vector[] = {x, 1.0f, -x, second};
    trireme_glShadeModel(second ? GL_FLAT : GL_SMOOTH);
    trireme_glProvokingVertex(second ? GL_FIRST_VERTEX_CONVENTION : GL_LAST_VERTEX_CONVENTION);
    trireme_glLightModelfv(GL_LIGHT_MODEL_AMBIENT, vector);
    trireme_glLightModeli(GL_LIGHT_MODEL_LOCAL_VIEWER, second);
    trireme_glLightModeli(GL_LIGHT_MODEL_TWO_SIDE, !second);
    trireme_glLightModeli(GL_LIGHT_MODEL_COLOR_CONTROL,
                          second ? GL_SINGLE_COLOR : GL_SEPARATE_SPECULAR_COLOR);
    for (unsigned i = 0; i < 8; i += 7) {
        trireme_glLightfv(GL_LIGHT0 + i, GL_AMBIENT, vector);
        trireme_glLightfv(GL_LIGHT0 + i, GL_DIFFUSE, vector);
        trireme_glLightfv(GL_LIGHT0 + i, GL_SPECULAR, vector);
        trireme_glLightfv(GL_LIGHT0 + i, GL_POSITION, vector);
        trireme_glLightfv(GL_LIGHT0 + i, GL_SPOT_DIRECTION, vector);
        trireme_glLightf(GL_LIGHT0 + i, GL_SPOT_EXPONENT, 10 * x);
        trireme_glLightf(GL_LIGHT0 + i, GL_SPOT_CUTOFF, 20 * x);
        trireme_glLightf(GL_LIGHT0 + i, GL_CONSTANT_ATTENUATION, x);
        trireme_glLightf(GL_LIGHT0 + i, GL_LINEAR_ATTENUATION, 2 * x);
        trireme_glLightf(GL_LIGHT0 + i, GL_QUADRATIC_ATTENUATION, 3 * x);
    }
    trireme_glColorMaterial(second ? GL_FRONT : GL_BACK, second ? GL_DIFFUSE : GL_EMISSION);
    trireme_glMaterialfv(GL_FRONT, GL_AMBIENT, vector);
    trireme_glMaterialfv(GL_BACK, GL_SPECULAR, vector);
    trireme_glMaterialf(GL_FRONT, GL_SHININESS, 30 * x);
    trireme_glMaterialfv(GL_BACK, GL_COLOR_INDEXES, vector);
}

static void set_drawing(bool second, float x)
{
    const GLdouble plane[] = {x, 1, 2 * x, second};
    const GLint hint = second ? GL_NICEST : GL_FASTEST;
    GLubyte stipple[128];
    memset(stipple, second ? 0x5a : 0x0f, sizeof stipple);
    trireme_glMapGrid1f(second ? 3 : 4, x, 2 * x);
    trireme_glMapGrid2f(second ? 5 : 6, x, 3 * x, second ? 7 : 8, x, 4 * x);
    trireme_glFogf(GL_FOG_DENSITY, x);
    trireme_glFogf(GL_FOG_START, 2 * x);
    trireme_glFogf(GL_FOG_END, 3 * x);
    trireme_glFogf(GL_FOG_INDEX, 4 * x);
    trireme_glFogi(GL_FOG_MODE, second ? GL_LINEAR : GL_EXP2);
    trireme_glFogi(GL_FOG_COORD_SRC, second ? GL_FOG_COORD : GL_FRAGMENT_DEPTH);
    trireme_glFogfv(GL_FOG_COLOR, (GLfloat[]){x / 2, 0, x / 3, 1});
    trireme_glHint(GL_FOG_HINT, (GLenum)hint);
    trireme_glHint(GL_GENERATE_MIPMAP_HINT, (GLenum)hint);
    trireme_glHint(GL_PERSPECTIVE_CORRECTION_HINT, (GLenum)hint);
    trireme_glLineWidth(2 * x);
    trireme_glLineStipple(second ? 2 : 3, second ? 0x1111 : 0x2222);
    trireme_glListBase(second ? 100 : 200);
    trireme_glPixelTransferi(GL_MAP_COLOR, second);
    trireme_glPixelTransferi(GL_MAP_STENCIL, !second);
    trireme_glPixelTransferi(GL_INDEX_SHIFT, second ? 1 : 2);
    trireme_glPixelTransferi(GL_INDEX_OFFSET, second ? 3 : 4);
    trireme_glPixelTransferf(GL_RED_SCALE, x);
    trireme_glPixelTransferf(GL_ALPHA_BIAS, x);
    trireme_glPixelTransferf(GL_DEPTH_BIAS, x / 2);
    trireme_glPixelZoom(x, 2 * x);
    trireme_glPointSize(3 * x);
    trireme_glPointParameterf(GL_POINT_SIZE_MIN, x);
    trireme_glPointParameterf(GL_POINT_SIZE_MAX, 10 * x);
    trireme_glPointParameterf(GL_POINT_FADE_THRESHOLD_SIZE, 5 * x);
    trireme_glPointParameterfv(GL_POINT_DISTANCE_ATTENUATION, (GLfloat[]){x, 2 * x, 3 * x});
    trireme_glPointParameteri(GL_POINT_SPRITE_COORD_ORIGIN, second ? GL_LOWER_LEFT : GL_UPPER_LEFT);
    trireme_glCullFace(second ? GL_FRONT : GL_FRONT_AND_BACK);
    trireme_glFrontFace(second ? GL_CW : GL_CCW);
    trireme_glPolygonMode(GL_FRONT, second ? GL_LINE : GL_POINT);
    trireme_glPolygonMode(GL_BACK, second ? GL_FILL : GL_LINE);
    trireme_glPolygonOffset(x, 2 * x);
    trireme_glPolygonStipple(stipple);
    trireme_glScissor(1, 2, second ? 30 : 40, 50);
    trireme_glScissorIndexed(3, 5, 6, 7, second ? 8 : 9);
    trireme_glClipPlane(GL_CLIP_PLANE0, plane);
    trireme_glClipPlane(GL_CLIP_PLANE5, plane);
    trireme_glViewport(0, 1, second ? 33 : 44, 55);
    trireme_glViewportIndexedf(2, x, 0.5f, 10 * x, 5);
    trireme_glDepthRange(x / 2, 0.75);
    trireme_glDepthRangeIndexed(4, 0.25, x / 2);
}

static void set_textures(bool second, float x)
{
    const GLfloat vector[] = {x, 1.0f, -x, second};
    for (unsigned unit = 0; unit < 3; unit += 2) {
        trireme_glActiveTexture(GL_TEXTURE0 + unit);
        (second ? trireme_glEnable : trireme_glDisable)(GL_TEXTURE_2D);
        (second ? trireme_glDisable : trireme_glEnable)(GL_TEXTURE_GEN_T);
        trireme_glTexEnvi(GL_TEXTURE_ENV, GL_TEXTURE_ENV_MODE, second ? GL_DECAL : GL_COMBINE);
        trireme_glTexEnvi(GL_TEXTURE_ENV, GL_COMBINE_RGB, second ? GL_ADD : GL_DOT3_RGB);
        trireme_glTexEnvi(GL_TEXTURE_ENV, GL_SRC2_ALPHA, second ? GL_TEXTURE : GL_TEXTURE1);
        trireme_glTexEnvi(GL_TEXTURE_ENV, GL_OPERAND1_RGB,
                          second ? GL_SRC_ALPHA : GL_ONE_MINUS_SRC_COLOR);
        trireme_glTexEnvf(GL_TEXTURE_ENV, GL_RGB_SCALE, second ? 2 : 4);
        trireme_glTexEnvf(GL_TEXTURE_FILTER_CONTROL, GL_TEXTURE_LOD_BIAS, x);
        trireme_glTexEnvfv(GL_TEXTURE_ENV, GL_TEXTURE_ENV_COLOR, (GLfloat[]){x / 2, 0, 0, x / 3});
        trireme_glTexEnvi(GL_POINT_SPRITE, GL_COORD_REPLACE, second);
        trireme_glTexGeni(GL_T, GL_TEXTURE_GEN_MODE, second ? GL_OBJECT_LINEAR : GL_SPHERE_MAP);
        trireme_glTexGenfv(GL_T, GL_OBJECT_PLANE, vector);
        trireme_glTexGenfv(GL_Q, GL_EYE_PLANE, vector);
        trireme_glBindTexture(GL_TEXTURE_2D, textures[second]);
        trireme_glBindSampler(unit, samplers[second]);
    }
    trireme_glActiveTexture(second ? GL_TEXTURE1 : GL_TEXTURE2);
}

static void set_current(bool second, float x)
{
    trireme_glColor4f(x / 2, 0.25f, 0.5f, 1.0f);
    trireme_glSecondaryColor3f(0.25f, x / 2, 0.75f);
    trireme_glFogCoordf(x);
    trireme_glMultiTexCoord4f(GL_TEXTURE0, x, 2 * x, 3 * x, 4 * x);
    trireme_glWindowPos3f(second ? 3 : 4, 5, x / 2);
    trireme_glColor4f(x, x / 2, 0.5f, 1.0f);
    trireme_glSecondaryColor3f(x, x / 4, 0.5f);
    trireme_glFogCoordf(3 * x);
    trireme_glIndexf(7 * x);
    trireme_glNormal3f(x, 0.5f, -x);
    trireme_glEdgeFlag(second);
    trireme_glMultiTexCoord4f(GL_TEXTURE0, 4 * x, 2 * x, 3 * x, x);
    trireme_glMultiTexCoord4f(GL_TEXTURE3, 5 * x, 6 * x, x, 7 * x);
    trireme_glVertexAttrib4f(5, x, 2 * x, 3 * x, 4 * x);
}

/* One of two states, in which all of these differ. */
static void set_state(bool second)
{
    const float x = second ? 1.5f : 0.5f;
    trireme_glMatrixMode(GL_MODELVIEW);
    trireme_glLoadIdentity();
    set_colors(second, x / 2);
    set_lights(second, x);
    set_drawing(second, x);
    set_textures(second, x);
    set_current(second, x / 2);
    set_capabilities(second);
    /* What is kept in the eye's coordinates must not pass this again. */
    trireme_glRotatef(second ? 30 : 60, 1, 0, 1);
    trireme_glMatrixMode(second ? GL_PROJECTION : GL_TEXTURE);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
}

struct answers {
    GArray *floats, *names;
};

static void note(struct answers *answers, GLenum name, const GLfloat *values, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_array_append_val(answers->floats, values[i]);
        g_array_append_val(answers->names, name);
    }
}

static void ask_units(struct answers *answers)
{
    GLint active;
    GLfloat values[VALUES];
    trireme_glGetIntegerv(GL_ACTIVE_TEXTURE, &active);
    for (unsigned unit = 0; unit < 4; unit++) {
        static const GLenum names[] = {GL_CURRENT_TEXTURE_COORDS, GL_TEXTURE_BINDING_2D,
                                       GL_SAMPLER_BINDING, GL_TEXTURE_2D, GL_TEXTURE_GEN_T};
        trireme_glActiveTexture(GL_TEXTURE0 + unit);
        for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
            memset(values, 0, sizeof values);
            trireme_glGetFloatv(names[i], values);
            note(answers, names[i], values, 4);
        }
        for (GLenum name = GL_TEXTURE_ENV_MODE; name < 0x8600; name++) {
            memset(values, 0, sizeof values);
            if (name > GL_TEXTURE_ENV_COLOR && name < GL_COMBINE_RGB) {
                continue;
            }
            trireme_glGetTexEnvfv(GL_TEXTURE_ENV, name, values);
            note(answers, name, values, 4);
        }
        memset(values, 0, sizeof values);
        trireme_glGetTexEnvfv(GL_TEXTURE_FILTER_CONTROL, GL_TEXTURE_LOD_BIAS, values);
        trireme_glGetTexEnvfv(GL_POINT_SPRITE, GL_COORD_REPLACE, values + 1);
        note(answers, GL_TEXTURE_LOD_BIAS, values, 2);
        for (GLenum coordinate = GL_S; coordinate <= GL_Q; coordinate++) {
            memset(values, 0, sizeof values);
            trireme_glGetTexGenfv(coordinate, GL_TEXTURE_GEN_MODE, values);
            trireme_glGetTexGenfv(coordinate, GL_OBJECT_PLANE, values + 1);
            trireme_glGetTexGenfv(coordinate, GL_EYE_PLANE, values + 5);
            note(answers, coordinate, values, 9);
        }
    }
    trireme_glActiveTexture((GLenum)active);
}

static void ask_rest(struct answers *answers)
{
    static const GLenum indexed[] = {GL_BLEND_SRC_RGB,    GL_BLEND_DST_RGB, GL_BLEND_EQUATION_RGB,
                                     GL_COLOR_WRITEMASK,  GL_BLEND,         GL_SCISSOR_BOX,
                                     GL_SCISSOR_TEST,     GL_VIEWPORT,      GL_DEPTH_RANGE,
                                     GL_SAMPLE_MASK_VALUE};
    GLfloat values[VALUES];
    GLubyte stipple[128] = {0};
    for (unsigned i = 0; i < 8; i++) {
        memset(values, 0, sizeof values);
        for (GLenum name = GL_AMBIENT; name <= GL_QUADRATIC_ATTENUATION; name++) {
            trireme_glGetLightfv(GL_LIGHT0 + i, name, values + 4 * (name - GL_AMBIENT));
        }
        note(answers, GL_LIGHT0 + i, values, 48);
        for (unsigned j = 0; j < sizeof indexed / sizeof indexed[0]; j++) {
            memset(values, 0, sizeof values);
            trireme_glGetFloati_v(indexed[j], i, values);
            note(answers, indexed[j], values, 4);
        }
        GLdouble plane[4] = {0};
        trireme_glGetClipPlane(GL_CLIP_PLANE0 + i, plane);
        for (unsigned j = 0; j < 4; j++) {
            note(answers, GL_CLIP_PLANE0 + i, &(GLfloat){(GLfloat)plane[j]}, 1);
        }
        trireme_glGetVertexAttribfv(i + 1, GL_CURRENT_VERTEX_ATTRIB, values);
        note(answers, GL_CURRENT_VERTEX_ATTRIB, values, 4);
    }
    for (GLenum face = GL_FRONT; face <= GL_BACK; face++) {
        static const GLenum names[] = {GL_AMBIENT,  GL_DIFFUSE,   GL_SPECULAR,
                                       GL_EMISSION, GL_SHININESS, GL_COLOR_INDEXES};
        for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
            memset(values, 0, sizeof values);
            trireme_glGetMaterialfv(face, names[i], values);
            note(answers, names[i], values, 4);
        }
    }
    trireme_glGetPolygonStipple(stipple);
    for (unsigned i = 0; i < sizeof stipple; i++) {
        note(answers, GL_POLYGON_STIPPLE_BIT, &(GLfloat){stipple[i]}, 1);
    }
}

/* What is different each time, and what Mesa answers as of the last draw. */
static bool is_no_state(GLenum name)
{
    return name == GL_ATTRIB_STACK_DEPTH || name == GL_TIMESTAMP ||
           name == GL_IMPLEMENTATION_COLOR_READ_TYPE || name == GL_IMPLEMENTATION_COLOR_READ_FORMAT;
}

static struct answers ask(void)
{
    struct answers answers = {g_array_new(FALSE, FALSE, sizeof(GLfloat)),
                              g_array_new(FALSE, FALSE, sizeof(GLenum))};
    GLfloat values[4096];
    for (GLenum name = GL_CURRENT_COLOR; name < 0x9400; name++) {
        if (name == GL_TEXTURE_2D + 0x100) {
            name = GL_BLEND_COLOR - 5;
        }
        memset(values, 0, sizeof values);
        if (!is_no_state(name)) {
            trireme_glGetFloatv(name, values);
        }
        note(&answers, name, values, 16);
    }
    ask_units(&answers);
    ask_rest(&answers);
    while (trireme_glGetError() != GL_NO_ERROR) {
    }
    return answers;
}

static void forget(struct answers *answers)
{
    g_array_free(answers->floats, TRUE);
    g_array_free(answers->names, TRUE);
}

/* Of groups by OpenGL's tables of state, but Mesa's glPopAttrib leaves them alone. */
static bool is_never_popped(GLenum name)
{
    static const GLenum names[] = {
        GL_PROVOKING_VERTEX,     GL_FOG_COORD_SRC,        GL_COLOR_SUM,
        GL_CLAMP_READ_COLOR,     GL_CLAMP_FRAGMENT_COLOR, GL_CLAMP_VERTEX_COLOR,
        GL_SAMPLE_SHADING,       GL_SAMPLE_MASK,          GL_TEXTURE_CUBE_MAP_SEAMLESS,
        GL_SAMPLE_MASK_VALUE,    GL_SAMPLER_BINDING,      GL_MIN_SAMPLE_SHADING_VALUE,
        GL_GENERATE_MIPMAP_HINT,
    };
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i] == name) {
            return true;
        }
    }
    return false;
}

static unsigned differences(const struct answers *a, const struct answers *b, bool popped,
                            const char *what)
{
    unsigned count = 0;
    cr_assert_eq(a->floats->len, b->floats->len);
    for (unsigned i = 0; i < a->floats->len; i++) {
        GLfloat x = g_array_index(a->floats, GLfloat, i), y = g_array_index(b->floats, GLfloat, i);
        GLenum name = g_array_index(a->names, GLenum, i);
        if (memcmp(&x, &y, sizeof x) == 0 || (popped && is_never_popped(name))) {
            continue;
        }
        if (what) {
            cr_log_error("%s: %g instead of %g for %#x", what, x, y, name);
        }
        count++;
    }
    return count;
}

static void check(GLbitfield groups)
{
    char what[32];
    g_snprintf(what, sizeof what, "groups %#x", groups);
    set_state(false);
    struct attribute_values *all = attribute_values_read(&reach, GL_ALL_ATTRIB_BITS);
    struct attribute_values *values = attribute_values_merge(NULL, all, groups);
    set_state(true);
    attribute_values_write(&reach, values);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR, "%s", what);
    struct answers written = ask();
    set_state(false);
    trireme_glPushAttrib(groups);
    set_state(true);
    trireme_glPopAttrib();
    struct answers popped = ask();
    cr_expect_eq(differences(&written, &popped, true, what), 0);
    attribute_values_free(all);
    attribute_values_free(values);
    forget(&written);
    forget(&popped);
}

Test(attribute_groups, as_pushed_and_popped, .timeout = 120)
{
    get_ready();
    for (unsigned bit = 0; bit < 20; bit++) {
        check(1u << bit);
    }
    check(GL_MULTISAMPLE_BIT);
    check(GL_ALL_ATTRIB_BITS);
}

/* Matrices are in no group. */
static void set_matrices(void)
{
    GLint mode;
    trireme_glGetIntegerv(GL_MATRIX_MODE, &mode);
    trireme_glMatrixMode(GL_MODELVIEW);
    trireme_glLoadIdentity();
    trireme_glMatrixMode((GLenum)mode);
}

Test(attribute_groups, all_that_was_read_is_written)
{
    get_ready();
    set_state(false);
    struct attribute_values *all = attribute_values_read(&reach, GL_ALL_ATTRIB_BITS);
    set_matrices();
    struct answers first = ask();
    set_state(true);
    attribute_values_write(&reach, all);
    set_matrices();
    struct answers written = ask();
    cr_expect_eq(differences(&written, &first, false, "written"), 0);
    attribute_values_free(all);
    forget(&first);
    forget(&written);
}

static void bind_and_choose(GLuint texture, GLuint sampler, GLenum buffer)
{
    trireme_glBindTexture(GL_TEXTURE_2D, texture);
    trireme_glBindSampler(0, sampler);
    trireme_glDrawBuffer(buffer);
    trireme_glReadBuffer(buffer);
}

static void expect_bound_and_chosen(GLuint texture, GLuint sampler, GLenum buffer)
{
    static const GLenum names[] = {GL_TEXTURE_BINDING_2D, GL_SAMPLER_BINDING, GL_DRAW_BUFFER,
                                   GL_READ_BUFFER};
    const GLuint expected[] = {texture, sampler, buffer, buffer};
    for (unsigned i = 0; i < 4; i++) {
        GLint value = 0;
        trireme_glGetIntegerv(names[i], &value);
        cr_expect_eq((GLuint)value, expected[i], "%#x is %#x", names[i], (unsigned)value);
    }
}

Test(attribute_groups, names_are_written_where_they_mean_something)
{
    get_ready();
    for (unsigned mask = 0; mask < 4; mask++) {
        const bool shares_objects = mask & 1, same_buffers = mask & 2;
        trireme_glFogf(GL_FOG_DENSITY, 0.5f);
        bind_and_choose(textures[0], samplers[0], GL_FRONT);
        struct attribute_values *values = attribute_values_read(&reach, GL_ALL_ATTRIB_BITS);
        bind_and_choose(textures[1], samplers[1], GL_NONE);
        trireme_glFogf(GL_FOG_DENSITY, 0.25f);
        attribute_values_drop_names(values, shares_objects, same_buffers);
        attribute_values_write(&reach, values);
        attribute_values_free(values);
        expect_bound_and_chosen(textures[!shares_objects], samplers[!shares_objects],
                                same_buffers ? GL_FRONT : GL_NONE);
        GLfloat density = 0;
        trireme_glGetFloatv(GL_FOG_DENSITY, &density);
        cr_expect_float_eq(density, 0.5f, 1e-6f);
    }
}

Test(attribute_groups, reading_changes_nothing)
{
    get_ready();
    set_state(true);
    struct answers before = ask();
    attribute_values_free(attribute_values_read(&reach, GL_ALL_ATTRIB_BITS));
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    struct answers after = ask();
    cr_expect_eq(differences(&after, &before, false, "after reading"), 0);
    set_state(false);
    struct answers other = ask();
    cr_expect_gt(differences(&other, &before, false, NULL), 300,
                 "the states have much that differs");
    forget(&before);
    forget(&after);
    forget(&other);
}

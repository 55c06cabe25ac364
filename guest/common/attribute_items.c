/* SPDX-License-Identifier: MIT */
/*
 * Each variable of the groups (OpenGL 4.3 compatibility, the column "Attribute" of the state
 * tables): since which version there is one, in which groups, how many, how it is read, how it is
 * written. Where a command sets several at once that later versions tell apart, the older command
 * comes first in the table.
 */
#include "guest/common/attribute_items.h"

#include <stddef.h>

#define LENGTH(array) (unsigned)(sizeof(array) / sizeof(array)[0])

static GLint integer(GLenum name)
{
    GLint value = 0;
    trireme_glGetIntegerv(name, &value);
    return value;
}

static unsigned limit(GLenum name)
{
    const GLint value = integer(name);
    return value > 0 ? (unsigned)value : 0;
}

static GLfloat number(GLenum name)
{
    GLfloat value = 0;
    trireme_glGetFloatv(name, &value);
    return value;
}

static void enable(GLenum cap, bool on)
{
    (on ? trireme_glEnable : trireme_glDisable)(cap);
}

static void enable_indexed(GLenum cap, unsigned n, bool on)
{
    (on ? trireme_glEnablei : trireme_glDisablei)(cap, n);
}

static unsigned texture_units(const struct attribute_access *access)
{
    return access->version >= 13 ? limit(GL_MAX_TEXTURE_UNITS) : 1;
}

static unsigned coordinate_units(const struct attribute_access *access)
{
    return access->version >= 20 ? limit(GL_MAX_TEXTURE_COORDS) : texture_units(access);
}

static unsigned image_units(const struct attribute_access *access)
{
    if (!access->shares_objects) {
        return 0;
    }
    return access->version >= 20 ? limit(GL_MAX_COMBINED_TEXTURE_IMAGE_UNITS)
                                 : texture_units(access);
}

void attribute_select_unit(const struct attribute_access *access, unsigned unit)
{
    if (access->version >= 13) {
        trireme_glActiveTexture(GL_TEXTURE0 + unit);
    }
}

/* What is enabled as a whole, with its group. */
static const struct {
    GLenum cap;
    GLbitfield group;
    unsigned version;
} caps[] = {
    {GL_ALPHA_TEST, GL_COLOR_BUFFER_BIT, 10},
    {GL_BLEND, GL_COLOR_BUFFER_BIT, 10},
    {GL_COLOR_LOGIC_OP, GL_COLOR_BUFFER_BIT, 11},
    {GL_DITHER, GL_COLOR_BUFFER_BIT, 10},
    {GL_FRAMEBUFFER_SRGB, GL_COLOR_BUFFER_BIT, 30},
    {GL_INDEX_LOGIC_OP, GL_COLOR_BUFFER_BIT, 10},
    {GL_DEPTH_TEST, GL_DEPTH_BUFFER_BIT, 10},
    {GL_PROGRAM_POINT_SIZE, 0, 20},
    {GL_VERTEX_PROGRAM_TWO_SIDE, 0, 20},
    {GL_AUTO_NORMAL, GL_EVAL_BIT, 10},
    {GL_COLOR_SUM, GL_FOG_BIT, 14},
    {GL_FOG, GL_FOG_BIT, 10},
    {GL_LIGHTING, GL_LIGHTING_BIT, 10},
    {GL_LINE_SMOOTH, GL_LINE_BIT, 10},
    {GL_LINE_STIPPLE, GL_LINE_BIT, 10},
    {GL_MULTISAMPLE, GL_MULTISAMPLE_BIT, 13},
    {GL_SAMPLE_ALPHA_TO_COVERAGE, GL_MULTISAMPLE_BIT, 13},
    {GL_SAMPLE_ALPHA_TO_ONE, GL_MULTISAMPLE_BIT, 13},
    {GL_SAMPLE_COVERAGE, GL_MULTISAMPLE_BIT, 13},
    {GL_SAMPLE_MASK, GL_MULTISAMPLE_BIT, 32},
    {GL_SAMPLE_SHADING, GL_MULTISAMPLE_BIT, 40},
    {GL_POINT_SMOOTH, GL_POINT_BIT, 10},
    {GL_POINT_SPRITE, GL_POINT_BIT, 20},
    {GL_CULL_FACE, GL_POLYGON_BIT, 10},
    {GL_POLYGON_OFFSET_FILL, GL_POLYGON_BIT, 11},
    {GL_POLYGON_OFFSET_LINE, GL_POLYGON_BIT, 11},
    {GL_POLYGON_OFFSET_POINT, GL_POLYGON_BIT, 11},
    {GL_POLYGON_SMOOTH, GL_POLYGON_BIT, 10},
    {GL_POLYGON_STIPPLE, GL_POLYGON_BIT, 10},
    {GL_SCISSOR_TEST, GL_SCISSOR_BIT, 10},
    {GL_STENCIL_TEST, GL_STENCIL_BUFFER_BIT, 10},
    {GL_TEXTURE_CUBE_MAP_SEAMLESS, GL_TEXTURE_BIT, 32},
    {GL_DEPTH_CLAMP, GL_TRANSFORM_BIT, 32},
    {GL_NORMALIZE, GL_TRANSFORM_BIT, 10},
    {GL_RESCALE_NORMAL, GL_TRANSFORM_BIT, 12},
};

static GLbitfield caps_groups_of(unsigned n)
{
    return GL_ENABLE_BIT | caps[n].group;
}

/* What each texture unit has. */
static const struct {
    GLenum cap;
    unsigned version;
} unit_caps[] = {
    {GL_TEXTURE_1D, 10},       {GL_TEXTURE_2D, 10},    {GL_TEXTURE_3D, 12},
    {GL_TEXTURE_CUBE_MAP, 13}, {GL_TEXTURE_GEN_S, 10}, {GL_TEXTURE_GEN_T, 10},
    {GL_TEXTURE_GEN_R, 10},    {GL_TEXTURE_GEN_Q, 10}, {GL_TEXTURE_RECTANGLE, 31},
};
static const struct {
    GLenum target, query;
    unsigned version;
} bindings[] = {
    {GL_TEXTURE_1D, GL_TEXTURE_BINDING_1D, 11},
    {GL_TEXTURE_2D, GL_TEXTURE_BINDING_2D, 11},
    {GL_TEXTURE_3D, GL_TEXTURE_BINDING_3D, 12},
    {GL_TEXTURE_CUBE_MAP, GL_TEXTURE_BINDING_CUBE_MAP, 13},
    {GL_TEXTURE_1D_ARRAY, GL_TEXTURE_BINDING_1D_ARRAY, 30},
    {GL_TEXTURE_2D_ARRAY, GL_TEXTURE_BINDING_2D_ARRAY, 30},
    {GL_TEXTURE_RECTANGLE, GL_TEXTURE_BINDING_RECTANGLE, 31},
    {GL_TEXTURE_BUFFER, GL_TEXTURE_BINDING_BUFFER, 31},
    {GL_TEXTURE_2D_MULTISAMPLE, GL_TEXTURE_BINDING_2D_MULTISAMPLE, 32},
    {GL_TEXTURE_2D_MULTISAMPLE_ARRAY, GL_TEXTURE_BINDING_2D_MULTISAMPLE_ARRAY, 32},
    {GL_TEXTURE_CUBE_MAP_ARRAY, GL_TEXTURE_BINDING_CUBE_MAP_ARRAY, 40},
};
static const struct {
    GLenum name;
    unsigned version;
} environment[] = {
    {GL_TEXTURE_ENV_MODE, 10}, {GL_COMBINE_RGB, 13},    {GL_COMBINE_ALPHA, 13},
    {GL_SRC0_RGB, 13},         {GL_SRC1_RGB, 13},       {GL_SRC2_RGB, 13},
    {GL_SRC0_ALPHA, 13},       {GL_SRC1_ALPHA, 13},     {GL_SRC2_ALPHA, 13},
    {GL_OPERAND0_RGB, 13},     {GL_OPERAND1_RGB, 13},   {GL_OPERAND2_RGB, 13},
    {GL_OPERAND0_ALPHA, 13},   {GL_OPERAND1_ALPHA, 13}, {GL_OPERAND2_ALPHA, 13},
    {GL_RGB_SCALE, 13},        {GL_ALPHA_SCALE, 13},
};
static const struct {
    GLenum name;
    unsigned version;
} hints[] = {
    {GL_PERSPECTIVE_CORRECTION_HINT, 10},
    {GL_POINT_SMOOTH_HINT, 10},
    {GL_LINE_SMOOTH_HINT, 10},
    {GL_POLYGON_SMOOTH_HINT, 10},
    {GL_FOG_HINT, 10},
    {GL_TEXTURE_COMPRESSION_HINT, 13},
    {GL_GENERATE_MIPMAP_HINT, 14},
    {GL_FRAGMENT_SHADER_DERIVATIVE_HINT, 20},
};
static const GLenum light_colors[] = {GL_AMBIENT, GL_DIFFUSE, GL_SPECULAR, GL_POSITION};
static const GLenum light_numbers[] = {GL_SPOT_EXPONENT, GL_SPOT_CUTOFF, GL_CONSTANT_ATTENUATION,
                                       GL_LINEAR_ATTENUATION, GL_QUADRATIC_ATTENUATION};
static const GLenum material_colors[] = {GL_AMBIENT, GL_DIFFUSE, GL_SPECULAR, GL_EMISSION};
static const GLenum transfers[] = {GL_RED_SCALE,   GL_RED_BIAS,  GL_GREEN_SCALE, GL_GREEN_BIAS,
                                   GL_BLUE_SCALE,  GL_BLUE_BIAS, GL_ALPHA_SCALE, GL_ALPHA_BIAS,
                                   GL_DEPTH_SCALE, GL_DEPTH_BIAS};
static const GLenum clamps[] = {GL_CLAMP_VERTEX_COLOR, GL_CLAMP_FRAGMENT_COLOR,
                                GL_CLAMP_READ_COLOR};

static GLbitfield clamps_groups_of(unsigned n)
{
    return n == 0 ? GL_LIGHTING_BIT | GL_ENABLE_BIT : GL_COLOR_BUFFER_BIT | GL_ENABLE_BIT;
}

/* Kinds of one- and two-dimensional evaluators, each. */
#define MAPS (GL_MAP1_VERTEX_4 - GL_MAP1_COLOR_4 + 1)

static GLenum map_cap(unsigned n)
{
    return n < MAPS ? GL_MAP1_COLOR_4 + n : GL_MAP2_COLOR_4 + (n - MAPS);
}

static GLenum face(unsigned n)
{
    return n == 0 ? GL_FRONT : GL_BACK;
}

/* The n-th one of a kind that each unit has `count` of. */
static unsigned of_unit(const struct attribute_access *access, unsigned n, unsigned count)
{
    attribute_select_unit(access, n / count);
    return n % count;
}

static void read_environment(const struct attribute_access *access, unsigned n,
                             struct attribute_data *v)
{
    v->absent = access->version < environment[n].version;
    if (!v->absent) {
        trireme_glGetTexEnvfv(GL_TEXTURE_ENV, environment[n].name, v->f);
    }
}

static void read_unit_cap(const struct attribute_access *access, unsigned n,
                          struct attribute_data *v)
{
    v->absent = access->version < unit_caps[n].version;
    v->i[0] = !v->absent && trireme_glIsEnabled(unit_caps[n].cap);
}

static void read_binding(const struct attribute_access *access, unsigned n,
                         struct attribute_data *v)
{
    v->names_object = true;
    v->absent = access->version < bindings[n].version;
    v->i[0] = v->absent ? 0 : integer(bindings[n].query);
}

static void read_generation(GLenum coordinate, struct attribute_data *v)
{
    trireme_glGetTexGeniv(coordinate, GL_TEXTURE_GEN_MODE, v->i);
    trireme_glGetTexGenfv(coordinate, GL_OBJECT_PLANE, v->f);
    trireme_glGetTexGenfv(coordinate, GL_EYE_PLANE, v->f + 4);
}

static void write_generation(GLenum coordinate, const struct attribute_data *v)
{
    trireme_glTexGeni(coordinate, GL_TEXTURE_GEN_MODE, v->i[0]);
    trireme_glTexGenfv(coordinate, GL_OBJECT_PLANE, v->f);
    trireme_glTexGenfv(coordinate, GL_EYE_PLANE, v->f + 4);
}

bool attribute_has_viewport(void)
{
    GLint box[4] = {0};
    trireme_glGetIntegerv(GL_VIEWPORT, box);
    return box[2] > 0 || box[3] > 0;
}

static void set_coordinates(const struct attribute_access *access, unsigned unit,
                            const GLfloat *coordinates)
{
    if (access->version >= 13) {
        trireme_glMultiTexCoord4fv(GL_TEXTURE0 + unit, coordinates);
    } else {
        trireme_glTexCoord4fv(coordinates);
    }
}

/*
 * The table. In `count`, `get` and `set`, `access` is the context, `n` the number of the variable,
 * `v` its data.
 */
/* clang-format off */
#define ITEMS(X) \
    /* Before the current values, since it takes some of them. */ \
    X(raster_position, GL_CURRENT_BIT, 14, 1, attribute_read_raster(v), attribute_write_raster(access, v)) \
    X(color, GL_CURRENT_BIT, 10, 1, \
      trireme_glGetFloatv(GL_CURRENT_COLOR, v->f), trireme_glColor4fv(v->f)) \
    X(index, GL_CURRENT_BIT, 10, 1, \
      v->f[0] = number(GL_CURRENT_INDEX), trireme_glIndexf(v->f[0])) \
    X(normal, GL_CURRENT_BIT, 10, 1, \
      trireme_glGetFloatv(GL_CURRENT_NORMAL, v->f), trireme_glNormal3fv(v->f)) \
    X(edge_flag, GL_CURRENT_BIT, 10, 1, \
      v->i[0] = integer(GL_EDGE_FLAG), trireme_glEdgeFlag(v->i[0] != 0)) \
    X(fog_coordinate, GL_CURRENT_BIT, 14, 1, \
      v->f[0] = number(GL_CURRENT_FOG_COORD), trireme_glFogCoordf(v->f[0])) \
    X(secondary_color, GL_CURRENT_BIT, 14, 1, \
      trireme_glGetFloatv(GL_CURRENT_SECONDARY_COLOR, v->f), trireme_glSecondaryColor3fv(v->f)) \
    X(texture_coordinates, GL_CURRENT_BIT, 10, coordinate_units(access), \
      (attribute_select_unit(access, n), trireme_glGetFloatv(GL_CURRENT_TEXTURE_COORDS, v->f)), \
      set_coordinates(access, n, v->f)) \
    /* Number 0 is the vertex itself. */ \
    X(generic_attribute, GL_CURRENT_BIT, 20, limit(GL_MAX_VERTEX_ATTRIBS) - 1, \
      trireme_glGetVertexAttribfv(n + 1, GL_CURRENT_VERTEX_ATTRIB, v->f), \
      trireme_glVertexAttrib4fv(n + 1, v->f)) \
    X(accum_clear, GL_ACCUM_BUFFER_BIT, 10, 1, \
      trireme_glGetFloatv(GL_ACCUM_CLEAR_VALUE, v->f), \
      trireme_glClearAccum(v->f[0], v->f[1], v->f[2], v->f[3])) \
    X(alpha_func, GL_COLOR_BUFFER_BIT, 10, 1, \
      (v->i[0] = integer(GL_ALPHA_TEST_FUNC), v->f[0] = number(GL_ALPHA_TEST_REF)), \
      trireme_glAlphaFunc((GLenum)v->i[0], v->f[0])) \
    X(blend_func, GL_COLOR_BUFFER_BIT, 10, 1, \
      (v->i[0] = integer(GL_BLEND_SRC), v->i[1] = integer(GL_BLEND_DST)), \
      trireme_glBlendFunc((GLenum)v->i[0], (GLenum)v->i[1])) \
    X(blend_func_separate, GL_COLOR_BUFFER_BIT, 14, 1, \
      (v->i[0] = integer(GL_BLEND_SRC_RGB), v->i[1] = integer(GL_BLEND_DST_RGB), \
       v->i[2] = integer(GL_BLEND_SRC_ALPHA), v->i[3] = integer(GL_BLEND_DST_ALPHA)), \
      trireme_glBlendFuncSeparate((GLenum)v->i[0], (GLenum)v->i[1], (GLenum)v->i[2], \
                                  (GLenum)v->i[3])) \
    X(blend_func_indexed, GL_COLOR_BUFFER_BIT, 40, limit(GL_MAX_DRAW_BUFFERS), \
      (trireme_glGetIntegeri_v(GL_BLEND_SRC_RGB, n, &v->i[0]), \
       trireme_glGetIntegeri_v(GL_BLEND_DST_RGB, n, &v->i[1]), \
       trireme_glGetIntegeri_v(GL_BLEND_SRC_ALPHA, n, &v->i[2]), \
       trireme_glGetIntegeri_v(GL_BLEND_DST_ALPHA, n, &v->i[3])), \
      trireme_glBlendFuncSeparatei(n, (GLenum)v->i[0], (GLenum)v->i[1], (GLenum)v->i[2], \
                                   (GLenum)v->i[3])) \
    X(blend_equation, GL_COLOR_BUFFER_BIT, 14, 1, \
      v->i[0] = integer(GL_BLEND_EQUATION), trireme_glBlendEquation((GLenum)v->i[0])) \
    X(blend_equation_separate, GL_COLOR_BUFFER_BIT, 20, 1, \
      (v->i[0] = integer(GL_BLEND_EQUATION_RGB), v->i[1] = integer(GL_BLEND_EQUATION_ALPHA)), \
      trireme_glBlendEquationSeparate((GLenum)v->i[0], (GLenum)v->i[1])) \
    X(blend_equation_indexed, GL_COLOR_BUFFER_BIT, 40, limit(GL_MAX_DRAW_BUFFERS), \
      (trireme_glGetIntegeri_v(GL_BLEND_EQUATION_RGB, n, &v->i[0]), \
       trireme_glGetIntegeri_v(GL_BLEND_EQUATION_ALPHA, n, &v->i[1])), \
      trireme_glBlendEquationSeparatei(n, (GLenum)v->i[0], (GLenum)v->i[1])) \
    X(blend_color, GL_COLOR_BUFFER_BIT, 14, 1, trireme_glGetFloatv(GL_BLEND_COLOR, v->f), \
      trireme_glBlendColor(v->f[0], v->f[1], v->f[2], v->f[3])) \
    X(logic_op, GL_COLOR_BUFFER_BIT, 10, 1, \
      v->i[0] = integer(GL_LOGIC_OP_MODE), trireme_glLogicOp((GLenum)v->i[0])) \
    X(draw_buffer, GL_COLOR_BUFFER_BIT, 10, 1, \
      attribute_read_draw_buffer(access, v), attribute_write_draw_buffer(access, v)) \
    X(indices, GL_COLOR_BUFFER_BIT, 10, 1, \
      (v->i[0] = integer(GL_INDEX_WRITEMASK), v->f[0] = number(GL_INDEX_CLEAR_VALUE)), \
      (trireme_glIndexMask((GLuint)v->i[0]), trireme_glClearIndex(v->f[0]))) \
    X(color_mask, GL_COLOR_BUFFER_BIT, 10, 1, trireme_glGetBooleanv(GL_COLOR_WRITEMASK, v->bytes), \
      trireme_glColorMask(v->bytes[0], v->bytes[1], v->bytes[2], v->bytes[3])) \
    X(color_mask_indexed, GL_COLOR_BUFFER_BIT, 30, limit(GL_MAX_DRAW_BUFFERS), \
      trireme_glGetBooleani_v(GL_COLOR_WRITEMASK, n, v->bytes), \
      trireme_glColorMaski(n, v->bytes[0], v->bytes[1], v->bytes[2], v->bytes[3])) \
    X(clear_color, GL_COLOR_BUFFER_BIT, 10, 1, trireme_glGetFloatv(GL_COLOR_CLEAR_VALUE, v->f), \
      trireme_glClearColor(v->f[0], v->f[1], v->f[2], v->f[3])) \
    X_GROUPS(clamp, GL_ENABLE_BIT | GL_COLOR_BUFFER_BIT | GL_LIGHTING_BIT, clamps_groups_of, 30, \
      LENGTH(clamps), v->i[0] = integer(clamps[n]), \
      trireme_glClampColor(clamps[n], (GLenum)v->i[0])) \
    X(depth, GL_DEPTH_BUFFER_BIT, 10, 1, \
      (v->i[0] = integer(GL_DEPTH_FUNC), v->i[1] = integer(GL_DEPTH_WRITEMASK), \
       trireme_glGetDoublev(GL_DEPTH_CLEAR_VALUE, v->d)), \
      (trireme_glDepthFunc((GLenum)v->i[0]), trireme_glDepthMask(v->i[1] != 0), \
       trireme_glClearDepth(v->d[0]))) \
    X(map_on, GL_EVAL_BIT | GL_ENABLE_BIT, 10, 2 * MAPS, \
      v->i[0] = trireme_glIsEnabled(map_cap(n)), enable(map_cap(n), v->i[0])) \
    X(grid_1, GL_EVAL_BIT, 10, 1, \
      (v->i[0] = integer(GL_MAP1_GRID_SEGMENTS), trireme_glGetDoublev(GL_MAP1_GRID_DOMAIN, v->d)), \
      trireme_glMapGrid1d(v->i[0], v->d[0], v->d[1])) \
    X(grid_2, GL_EVAL_BIT, 10, 1, \
      (trireme_glGetIntegerv(GL_MAP2_GRID_SEGMENTS, v->i), \
       trireme_glGetDoublev(GL_MAP2_GRID_DOMAIN, v->d)), \
      trireme_glMapGrid2d(v->i[0], v->d[0], v->d[1], v->i[1], v->d[2], v->d[3])) \
    X(fog, GL_FOG_BIT, 10, 1, \
      (trireme_glGetFloatv(GL_FOG_COLOR, v->f), v->f[4] = number(GL_FOG_DENSITY), \
       v->f[5] = number(GL_FOG_START), v->f[6] = number(GL_FOG_END), \
       v->f[7] = number(GL_FOG_INDEX), v->i[0] = integer(GL_FOG_MODE)), \
      (trireme_glFogfv(GL_FOG_COLOR, v->f), trireme_glFogf(GL_FOG_DENSITY, v->f[4]), \
       trireme_glFogf(GL_FOG_START, v->f[5]), trireme_glFogf(GL_FOG_END, v->f[6]), \
       trireme_glFogf(GL_FOG_INDEX, v->f[7]), trireme_glFogi(GL_FOG_MODE, v->i[0]))) \
    X(fog_source, GL_FOG_BIT, 14, 1, \
      v->i[0] = integer(GL_FOG_COORD_SRC), trireme_glFogi(GL_FOG_COORD_SRC, v->i[0])) \
    X(hint, GL_HINT_BIT, 10, LENGTH(hints), \
      (v->absent = access->version < hints[n].version, \
       v->i[0] = v->absent ? 0 : integer(hints[n].name)), \
      trireme_glHint(hints[n].name, (GLenum)v->i[0])) \
    X(shade_model, GL_LIGHTING_BIT, 10, 1, \
      v->i[0] = integer(GL_SHADE_MODEL), trireme_glShadeModel((GLenum)v->i[0])) \
    X(provoking_vertex, GL_LIGHTING_BIT, 32, 1, \
      v->i[0] = integer(GL_PROVOKING_VERTEX), trireme_glProvokingVertex((GLenum)v->i[0])) \
    X(light_model, GL_LIGHTING_BIT, 10, 1, \
      (v->i[0] = integer(GL_LIGHT_MODEL_LOCAL_VIEWER), v->i[1] = integer(GL_LIGHT_MODEL_TWO_SIDE), \
       trireme_glGetFloatv(GL_LIGHT_MODEL_AMBIENT, v->f)), \
      (trireme_glLightModelfv(GL_LIGHT_MODEL_AMBIENT, v->f), \
       trireme_glLightModeli(GL_LIGHT_MODEL_LOCAL_VIEWER, v->i[0]), \
       trireme_glLightModeli(GL_LIGHT_MODEL_TWO_SIDE, v->i[1]))) \
    X(light_model_colors, GL_LIGHTING_BIT, 12, 1, \
      v->i[0] = integer(GL_LIGHT_MODEL_COLOR_CONTROL), \
      trireme_glLightModeli(GL_LIGHT_MODEL_COLOR_CONTROL, v->i[0])) \
    X(light_color, GL_LIGHTING_BIT, 10, limit(GL_MAX_LIGHTS) * LENGTH(light_colors), \
      trireme_glGetLightfv(GL_LIGHT0 + n / LENGTH(light_colors), \
                           light_colors[n % LENGTH(light_colors)], v->f), \
      trireme_glLightfv(GL_LIGHT0 + n / LENGTH(light_colors), \
                        light_colors[n % LENGTH(light_colors)], v->f)) \
    X(light_direction, GL_LIGHTING_BIT, 10, limit(GL_MAX_LIGHTS), \
      trireme_glGetLightfv(GL_LIGHT0 + n, GL_SPOT_DIRECTION, v->f), \
      trireme_glLightfv(GL_LIGHT0 + n, GL_SPOT_DIRECTION, v->f)) \
    X(light_number, GL_LIGHTING_BIT, 10, limit(GL_MAX_LIGHTS) * LENGTH(light_numbers), \
      trireme_glGetLightfv(GL_LIGHT0 + n / LENGTH(light_numbers), \
                           light_numbers[n % LENGTH(light_numbers)], v->f), \
      trireme_glLightf(GL_LIGHT0 + n / LENGTH(light_numbers), \
                       light_numbers[n % LENGTH(light_numbers)], v->f[0])) \
    X(light_on, GL_LIGHTING_BIT | GL_ENABLE_BIT, 10, limit(GL_MAX_LIGHTS), \
      v->i[0] = trireme_glIsEnabled(GL_LIGHT0 + n), enable(GL_LIGHT0 + n, v->i[0])) \
    /* Colours that the material follows cannot be set. */ \
    X(material_color, GL_LIGHTING_BIT, 10, 2 * LENGTH(material_colors), \
      trireme_glGetMaterialfv(face(n % 2), material_colors[n / 2], v->f), \
      (trireme_glDisable(GL_COLOR_MATERIAL), \
       trireme_glMaterialfv(face(n % 2), material_colors[n / 2], v->f))) \
    X(material_rest, GL_LIGHTING_BIT, 10, 2, \
      (trireme_glGetMaterialfv(face(n), GL_SHININESS, &v->f[0]), \
       trireme_glGetMaterialfv(face(n), GL_COLOR_INDEXES, &v->f[1])), \
      (trireme_glMaterialf(face(n), GL_SHININESS, v->f[0]), \
       trireme_glMaterialfv(face(n), GL_COLOR_INDEXES, &v->f[1]))) \
    X(color_material, GL_LIGHTING_BIT, 10, 1, \
      (v->i[0] = integer(GL_COLOR_MATERIAL_FACE), v->i[1] = integer(GL_COLOR_MATERIAL_PARAMETER)), \
      trireme_glColorMaterial((GLenum)v->i[0], (GLenum)v->i[1])) \
    X(color_material_on, GL_LIGHTING_BIT | GL_ENABLE_BIT, 10, 1, \
      v->i[0] = trireme_glIsEnabled(GL_COLOR_MATERIAL), enable(GL_COLOR_MATERIAL, v->i[0])) \
    X(line, GL_LINE_BIT, 10, 1, \
      (v->f[0] = number(GL_LINE_WIDTH), v->i[0] = integer(GL_LINE_STIPPLE_REPEAT), \
       v->i[1] = integer(GL_LINE_STIPPLE_PATTERN)), \
      (trireme_glLineWidth(v->f[0]), trireme_glLineStipple(v->i[0], (GLushort)v->i[1]))) \
    X(list_base, GL_LIST_BIT, 10, 1, \
      v->i[0] = integer(GL_LIST_BASE), trireme_glListBase((GLuint)v->i[0])) \
    X(sample_coverage, GL_MULTISAMPLE_BIT, 13, 1, \
      (v->f[0] = number(GL_SAMPLE_COVERAGE_VALUE), v->i[0] = integer(GL_SAMPLE_COVERAGE_INVERT)), \
      trireme_glSampleCoverage(v->f[0], v->i[0] != 0)) \
    X(sample_mask, GL_MULTISAMPLE_BIT, 32, limit(GL_MAX_SAMPLE_MASK_WORDS), \
      trireme_glGetIntegeri_v(GL_SAMPLE_MASK_VALUE, n, v->i), \
      trireme_glSampleMaski(n, (GLbitfield)v->i[0])) \
    X(sample_shading, GL_MULTISAMPLE_BIT, 40, 1, \
      v->f[0] = number(GL_MIN_SAMPLE_SHADING_VALUE), trireme_glMinSampleShading(v->f[0])) \
    X(read_buffer, GL_PIXEL_MODE_BIT, 10, 1, \
      attribute_read_read_buffer(access, v), attribute_write_read_buffer(access, v)) \
    X(pixel_maps, GL_PIXEL_MODE_BIT, 10, 1, \
      (v->i[0] = integer(GL_MAP_COLOR), v->i[1] = integer(GL_MAP_STENCIL), \
       v->i[2] = integer(GL_INDEX_SHIFT), v->i[3] = integer(GL_INDEX_OFFSET)), \
      (trireme_glPixelTransferi(GL_MAP_COLOR, v->i[0]), \
       trireme_glPixelTransferi(GL_MAP_STENCIL, v->i[1]), \
       trireme_glPixelTransferi(GL_INDEX_SHIFT, v->i[2]), \
       trireme_glPixelTransferi(GL_INDEX_OFFSET, v->i[3]))) \
    X(pixel_transfer, GL_PIXEL_MODE_BIT, 10, LENGTH(transfers), \
      v->f[0] = number(transfers[n]), trireme_glPixelTransferf(transfers[n], v->f[0])) \
    X(pixel_zoom, GL_PIXEL_MODE_BIT, 10, 1, \
      (v->f[0] = number(GL_ZOOM_X), v->f[1] = number(GL_ZOOM_Y)), \
      trireme_glPixelZoom(v->f[0], v->f[1])) \
    X(point_size, GL_POINT_BIT, 10, 1, \
      v->f[0] = number(GL_POINT_SIZE), trireme_glPointSize(v->f[0])) \
    X(point_parameters, GL_POINT_BIT, 14, 1, \
      (v->f[0] = number(GL_POINT_SIZE_MIN), v->f[1] = number(GL_POINT_SIZE_MAX), \
       v->f[2] = number(GL_POINT_FADE_THRESHOLD_SIZE), \
       trireme_glGetFloatv(GL_POINT_DISTANCE_ATTENUATION, v->f + 3)), \
      (trireme_glPointParameterf(GL_POINT_SIZE_MIN, v->f[0]), \
       trireme_glPointParameterf(GL_POINT_SIZE_MAX, v->f[1]), \
       trireme_glPointParameterf(GL_POINT_FADE_THRESHOLD_SIZE, v->f[2]), \
       trireme_glPointParameterfv(GL_POINT_DISTANCE_ATTENUATION, v->f + 3))) \
    X(point_sprite_origin, GL_POINT_BIT, 20, 1, \
      v->i[0] = integer(GL_POINT_SPRITE_COORD_ORIGIN), \
      trireme_glPointParameteri(GL_POINT_SPRITE_COORD_ORIGIN, v->i[0])) \
    X(point_sprite_unit, GL_POINT_BIT, 20, coordinate_units(access), \
      (attribute_select_unit(access, n), \
       trireme_glGetTexEnviv(GL_POINT_SPRITE, GL_COORD_REPLACE, v->i)), \
      (attribute_select_unit(access, n), \
       trireme_glTexEnvi(GL_POINT_SPRITE, GL_COORD_REPLACE, v->i[0]))) \
    X(polygon, GL_POLYGON_BIT, 10, 1, \
      (v->i[0] = integer(GL_CULL_FACE_MODE), v->i[1] = integer(GL_FRONT_FACE), \
       trireme_glGetIntegerv(GL_POLYGON_MODE, v->i + 2)), \
      (trireme_glCullFace((GLenum)v->i[0]), trireme_glFrontFace((GLenum)v->i[1]), \
       trireme_glPolygonMode(GL_FRONT, (GLenum)v->i[2]), \
       trireme_glPolygonMode(GL_BACK, (GLenum)v->i[3]))) \
    X(polygon_offset, GL_POLYGON_BIT, 11, 1, \
      (v->f[0] = number(GL_POLYGON_OFFSET_FACTOR), v->f[1] = number(GL_POLYGON_OFFSET_UNITS)), \
      trireme_glPolygonOffset(v->f[0], v->f[1])) \
    X(polygon_stipple, GL_POLYGON_STIPPLE_BIT, 10, 1, \
      attribute_read_stipple(access, v->bytes), attribute_write_stipple(access, v->bytes)) \
    X(scissor, GL_SCISSOR_BIT, 10, 1, \
      (v->absent = !attribute_has_viewport(), trireme_glGetIntegerv(GL_SCISSOR_BOX, v->i)), \
      trireme_glScissor(v->i[0], v->i[1], v->i[2], v->i[3])) \
    X(scissor_indexed, GL_SCISSOR_BIT, 41, limit(GL_MAX_VIEWPORTS), \
      (v->absent = !attribute_has_viewport(), trireme_glGetIntegeri_v(GL_SCISSOR_BOX, n, v->i)), \
      trireme_glScissorIndexed(n, v->i[0], v->i[1], v->i[2], v->i[3])) \
    X(stencil, GL_STENCIL_BUFFER_BIT, 10, 1, \
      (v->i[0] = integer(GL_STENCIL_FUNC), v->i[1] = integer(GL_STENCIL_REF), \
       v->i[2] = integer(GL_STENCIL_VALUE_MASK), v->i[3] = integer(GL_STENCIL_FAIL), \
       v->i[4] = integer(GL_STENCIL_PASS_DEPTH_FAIL), \
       v->i[5] = integer(GL_STENCIL_PASS_DEPTH_PASS)), \
      (trireme_glStencilFunc((GLenum)v->i[0], v->i[1], (GLuint)v->i[2]), \
       trireme_glStencilOp((GLenum)v->i[3], (GLenum)v->i[4], (GLenum)v->i[5]))) \
    X(stencil_back, GL_STENCIL_BUFFER_BIT, 20, 1, \
      (v->i[0] = integer(GL_STENCIL_BACK_FUNC), v->i[1] = integer(GL_STENCIL_BACK_REF), \
       v->i[2] = integer(GL_STENCIL_BACK_VALUE_MASK), v->i[3] = integer(GL_STENCIL_BACK_FAIL), \
       v->i[4] = integer(GL_STENCIL_BACK_PASS_DEPTH_FAIL), \
       v->i[5] = integer(GL_STENCIL_BACK_PASS_DEPTH_PASS)), \
      (trireme_glStencilFuncSeparate(GL_BACK, (GLenum)v->i[0], v->i[1], (GLuint)v->i[2]), \
       trireme_glStencilOpSeparate(GL_BACK, (GLenum)v->i[3], (GLenum)v->i[4], (GLenum)v->i[5]))) \
    X(stencil_mask, GL_STENCIL_BUFFER_BIT, 10, 1, \
      (v->i[0] = integer(GL_STENCIL_WRITEMASK), v->i[1] = integer(GL_STENCIL_CLEAR_VALUE)), \
      (trireme_glStencilMask((GLuint)v->i[0]), trireme_glClearStencil(v->i[1]))) \
    X(stencil_back_mask, GL_STENCIL_BUFFER_BIT, 20, 1, \
      v->i[0] = integer(GL_STENCIL_BACK_WRITEMASK), \
      trireme_glStencilMaskSeparate(GL_BACK, (GLuint)v->i[0])) \
    X(clip_plane, GL_TRANSFORM_BIT, 10, limit(GL_MAX_CLIP_PLANES), \
      trireme_glGetClipPlane(GL_CLIP_PLANE0 + n, v->d), \
      trireme_glClipPlane(GL_CLIP_PLANE0 + n, v->d)) \
    X(clip_plane_on, GL_TRANSFORM_BIT | GL_ENABLE_BIT, 10, limit(GL_MAX_CLIP_PLANES), \
      v->i[0] = trireme_glIsEnabled(GL_CLIP_PLANE0 + n), enable(GL_CLIP_PLANE0 + n, v->i[0])) \
    X(viewport, GL_VIEWPORT_BIT, 10, 1, \
      (v->absent = !attribute_has_viewport(), trireme_glGetIntegerv(GL_VIEWPORT, v->i)), \
      trireme_glViewport(v->i[0], v->i[1], v->i[2], v->i[3])) \
    X(depth_range, GL_VIEWPORT_BIT, 10, 1, \
      trireme_glGetDoublev(GL_DEPTH_RANGE, v->d), trireme_glDepthRange(v->d[0], v->d[1])) \
    X(viewport_indexed, GL_VIEWPORT_BIT, 41, limit(GL_MAX_VIEWPORTS), \
      (v->absent = !attribute_has_viewport(), trireme_glGetFloati_v(GL_VIEWPORT, n, v->f)), \
      trireme_glViewportIndexedf(n, v->f[0], v->f[1], v->f[2], v->f[3])) \
    X(depth_range_indexed, GL_VIEWPORT_BIT, 41, limit(GL_MAX_VIEWPORTS), \
      trireme_glGetDoublei_v(GL_DEPTH_RANGE, n, v->d), \
      trireme_glDepthRangeIndexed(n, v->d[0], v->d[1])) \
    X(texture_environment, GL_TEXTURE_BIT, 10, texture_units(access) * LENGTH(environment), \
      read_environment(access, of_unit(access, n, LENGTH(environment)), v), \
      trireme_glTexEnvf(GL_TEXTURE_ENV, \
                        environment[of_unit(access, n, LENGTH(environment))].name, v->f[0])) \
    X(texture_color, GL_TEXTURE_BIT, 10, texture_units(access), \
      (attribute_select_unit(access, n), \
       trireme_glGetTexEnvfv(GL_TEXTURE_ENV, GL_TEXTURE_ENV_COLOR, v->f)), \
      (attribute_select_unit(access, n), \
       trireme_glTexEnvfv(GL_TEXTURE_ENV, GL_TEXTURE_ENV_COLOR, v->f))) \
    X(texture_bias, GL_TEXTURE_BIT, 14, texture_units(access), \
      (attribute_select_unit(access, n), \
       trireme_glGetTexEnvfv(GL_TEXTURE_FILTER_CONTROL, GL_TEXTURE_LOD_BIAS, v->f)), \
      (attribute_select_unit(access, n), \
       trireme_glTexEnvf(GL_TEXTURE_FILTER_CONTROL, GL_TEXTURE_LOD_BIAS, v->f[0]))) \
    X(texture_generation, GL_TEXTURE_BIT, 10, texture_units(access) * 4, \
      read_generation(GL_S + of_unit(access, n, 4), v), \
      write_generation(GL_S + of_unit(access, n, 4), v)) \
    X(texture_on, GL_TEXTURE_BIT | GL_ENABLE_BIT, 10, texture_units(access) * LENGTH(unit_caps), \
      read_unit_cap(access, of_unit(access, n, LENGTH(unit_caps)), v), \
      enable(unit_caps[of_unit(access, n, LENGTH(unit_caps))].cap, v->i[0])) \
    X(texture_binding, GL_TEXTURE_BIT, 10, image_units(access) * LENGTH(bindings), \
      read_binding(access, of_unit(access, n, LENGTH(bindings)), v), \
      trireme_glBindTexture(bindings[of_unit(access, n, LENGTH(bindings))].target, \
                            (GLuint)v->i[0])) \
    X(sampler_binding, GL_TEXTURE_BIT, 33, image_units(access), \
      (attribute_select_unit(access, n), v->names_object = true, \
       v->i[0] = integer(GL_SAMPLER_BINDING)), \
      trireme_glBindSampler(n, (GLuint)v->i[0])) \
    X_GROUPS(cap, GL_ALL_ATTRIB_BITS, caps_groups_of, 10, LENGTH(caps), \
      (v->absent = access->version < caps[n].version, \
       v->i[0] = !v->absent && trireme_glIsEnabled(caps[n].cap)), \
      enable(caps[n].cap, v->i[0])) \
    X(blend_on_indexed, GL_COLOR_BUFFER_BIT | GL_ENABLE_BIT, 30, limit(GL_MAX_DRAW_BUFFERS), \
      v->i[0] = trireme_glIsEnabledi(GL_BLEND, n), enable_indexed(GL_BLEND, n, v->i[0])) \
    X(scissor_on_indexed, GL_SCISSOR_BIT | GL_ENABLE_BIT, 41, limit(GL_MAX_VIEWPORTS), \
      v->i[0] = trireme_glIsEnabledi(GL_SCISSOR_TEST, n), \
      enable_indexed(GL_SCISSOR_TEST, n, v->i[0])) \
    /* Those that decide what the writing of others means, behind all. */ \
    X(matrix_mode, GL_TRANSFORM_BIT, 10, 1, \
      v->i[0] = integer(GL_MATRIX_MODE), trireme_glMatrixMode((GLenum)v->i[0])) \
    X(active_texture, GL_TEXTURE_BIT, 13, 1, \
      v->i[0] = integer(GL_ACTIVE_TEXTURE), trireme_glActiveTexture((GLenum)v->i[0]))
/* clang-format on */

#define FUNCTIONS(name, groups, version, count, get, set)                                          \
    static unsigned count_##name(const struct attribute_access *access)                            \
    {                                                                                              \
        return count;                                                                              \
    }                                                                                              \
    static void read_##name(const struct attribute_access *access, unsigned n,                     \
                            struct attribute_data *v)                                              \
    {                                                                                              \
        (void)(get);                                                                               \
    }                                                                                              \
    static void write_##name(const struct attribute_access *access, unsigned n,                    \
                             const struct attribute_data *v)                                       \
    {                                                                                              \
        (void)(set);                                                                               \
    }
#define X_GROUPS(name, groups, groups_of, version, count, get, set)                                \
    FUNCTIONS(name, groups, version, count, get, set)
ITEMS(FUNCTIONS)
#undef X_GROUPS

const struct attribute_item attribute_items[] = {
#define ROW(name, groups, version, count, get, set)                                                \
    {groups, version, count_##name, NULL, read_##name, write_##name},
#define X_GROUPS(name, groups, groups_of, version, count, get, set)                                \
    {groups, version, count_##name, groups_of, read_##name, write_##name},
    ITEMS(ROW)
#undef X_GROUPS
};

const unsigned attribute_item_count = LENGTH(attribute_items);
const unsigned attribute_first_selector = LENGTH(attribute_items) - 2;

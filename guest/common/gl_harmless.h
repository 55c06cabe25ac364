/* SPDX-License-Identifier: MIT */
/*
 * Arguments that a command takes without an error, whatever the GL's state in a calm context is
 * (dispatch/gl_calm.h). A "no" costs a round trip at the next glGetError, and nothing else.
 */
#ifndef TRIREME_GUEST_GL_HARMLESS_H
#define TRIREME_GUEST_GL_HARMLESS_H

#include "gl_api.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

/* What the host has memory for without being asked. */
#define GL_HARMLESS_BYTES (1u << 20)

/* Of glBegin and draws, OpenGL 1.0. */
static inline bool gl_harmless_mode(GLenum mode)
{
    return mode <= GL_POLYGON;
}

/* GL_NEVER … GL_ALWAYS. */
static inline bool gl_harmless_func(GLenum func)
{
    return func >= GL_NEVER && func <= GL_ALWAYS;
}

static inline bool gl_harmless_blend(GLenum factor)
{
    return factor == GL_ZERO || factor == GL_ONE ||
           (factor >= GL_SRC_COLOR && factor <= GL_ONE_MINUS_DST_COLOR) ||
           (factor >= GL_CONSTANT_COLOR && factor <= GL_ONE_MINUS_CONSTANT_ALPHA);
}

static inline bool gl_harmless_stencil_op(GLenum op)
{
    return op == GL_ZERO || op == GL_KEEP || op == GL_REPLACE || op == GL_INCR || op == GL_DECR ||
           op == GL_INVERT;
}

static inline bool gl_harmless_face(GLenum face)
{
    return face == GL_FRONT || face == GL_BACK || face == GL_FRONT_AND_BACK;
}

/* Of arrays: those up to that type which an array of floats may have. Strides beyond 2048 are
 * errors in newer contexts. */
static inline bool gl_harmless_array(GLint size, GLint least, GLenum type, GLsizei stride)
{
    return size >= least && size <= 4 && stride >= 0 && stride <= 2048 &&
           (type == GL_SHORT || type == GL_INT || type == GL_FLOAT || type == GL_DOUBLE);
}

static inline bool gl_harmless_color_array(GLint size, GLenum type, GLsizei stride)
{
    return size >= 3 && size <= 4 && stride >= 0 && stride <= 2048 &&
           ((type >= GL_BYTE && type <= GL_FLOAT) || type == GL_DOUBLE);
}

static inline bool gl_harmless_index_type(GLenum type)
{
    return type == GL_UNSIGNED_BYTE || type == GL_UNSIGNED_SHORT || type == GL_UNSIGNED_INT;
}

/* GL_VERTEX_ARRAY … GL_EDGE_FLAG_ARRAY. */
static inline bool gl_harmless_client_state(GLenum array)
{
    return array >= GL_VERTEX_ARRAY && array <= GL_EDGE_FLAG_ARRAY;
}

/* Every context has two of them. */
static inline bool gl_harmless_unit(GLenum texture)
{
    return texture == GL_TEXTURE0 || texture == GL_TEXTURE1;
}

static inline bool gl_harmless_cap(GLenum cap)
{
    switch (cap) {
    case GL_ALPHA_TEST:
    case GL_BLEND:
    case GL_COLOR_LOGIC_OP:
    case GL_COLOR_MATERIAL:
    case GL_CULL_FACE:
    case GL_DEPTH_TEST:
    case GL_DITHER:
    case GL_FOG:
    case GL_LIGHTING:
    case GL_LINE_SMOOTH:
    case GL_LINE_STIPPLE:
    case GL_NORMALIZE:
    case GL_POINT_SMOOTH:
    case GL_POLYGON_OFFSET_FILL:
    case GL_POLYGON_OFFSET_LINE:
    case GL_POLYGON_OFFSET_POINT:
    case GL_POLYGON_SMOOTH:
    case GL_POLYGON_STIPPLE:
    case GL_SCISSOR_TEST:
    case GL_STENCIL_TEST:
    case GL_TEXTURE_1D:
    case GL_TEXTURE_2D:
    case GL_TEXTURE_GEN_Q:
    case GL_TEXTURE_GEN_R:
    case GL_TEXTURE_GEN_S:
    case GL_TEXTURE_GEN_T:
        return true;
    default:
        return (cap >= GL_LIGHT0 && cap <= GL_LIGHT7) ||
               (cap >= GL_CLIP_PLANE0 && cap <= GL_CLIP_PLANE5);
    }
}

static inline bool gl_harmless_tex_parameter(GLenum target, GLenum pname, GLint param)
{
    if (target != GL_TEXTURE_2D)
        return false;
    switch (pname) {
    case GL_TEXTURE_MAG_FILTER:
        return param == GL_NEAREST || param == GL_LINEAR;
    case GL_TEXTURE_MIN_FILTER:
        return param == GL_NEAREST || param == GL_LINEAR ||
               (param >= GL_NEAREST_MIPMAP_NEAREST && param <= GL_LINEAR_MIPMAP_LINEAR);
    case GL_TEXTURE_WRAP_S:
    case GL_TEXTURE_WRAP_T:
        return param == GL_REPEAT || param == GL_CLAMP || param == GL_CLAMP_TO_EDGE;
    default:
        return false;
    }
}

static inline bool gl_harmless_tex_env(GLenum target, GLenum pname, GLint param)
{
    return target == GL_TEXTURE_ENV && pname == GL_TEXTURE_ENV_MODE &&
           (param == GL_MODULATE || param == GL_DECAL || param == GL_BLEND || param == GL_REPLACE ||
            param == GL_ADD);
}

/* An enum that comes as a number with a fraction. */
static inline bool gl_harmless_enum(GLfloat param)
{
    return param >= 0 && param < 65536;
}

static inline bool gl_harmless_tex_gen(GLenum coord, GLenum pname, GLint param)
{
    return coord >= GL_S && coord <= GL_Q && pname == GL_TEXTURE_GEN_MODE &&
           (param == GL_EYE_LINEAR || param == GL_OBJECT_LINEAR ||
            (param == GL_SPHERE_MAP && coord <= GL_T));
}

static inline bool gl_harmless_tex_gen_plane(GLenum coord, GLenum pname)
{
    return coord >= GL_S && coord <= GL_Q && (pname == GL_OBJECT_PLANE || pname == GL_EYE_PLANE);
}

static inline bool gl_harmless_fog(GLenum pname, GLint param)
{
    switch (pname) {
    case GL_FOG_MODE:
        return param == GL_LINEAR || param == GL_EXP || param == GL_EXP2;
    case GL_FOG_DENSITY:
        return param >= 0;
    default:
        return pname == GL_FOG_START || pname == GL_FOG_END;
    }
}

static inline bool gl_harmless_hint(GLenum target, GLenum mode)
{
    return target >= GL_PERSPECTIVE_CORRECTION_HINT && target <= GL_FOG_HINT &&
           mode >= GL_DONT_CARE && mode <= GL_NICEST;
}

static inline bool gl_harmless_query(GLenum pname)
{
    switch (pname) {
    case GL_ALPHA_TEST:
    case GL_BLEND:
    case GL_COLOR_CLEAR_VALUE:
    case GL_CULL_FACE:
    case GL_CURRENT_COLOR:
    case GL_DEPTH_TEST:
    case GL_DEPTH_WRITEMASK:
    case GL_LIGHTING:
    case GL_MATRIX_MODE:
    case GL_MAX_LIGHTS:
    case GL_MAX_TEXTURE_SIZE:
    case GL_MODELVIEW_MATRIX:
    case GL_PROJECTION_MATRIX:
    case GL_SCISSOR_BOX:
    case GL_SCISSOR_TEST:
    case GL_STENCIL_TEST:
    case GL_TEXTURE_2D:
    case GL_TEXTURE_BINDING_2D:
    case GL_TEXTURE_MATRIX:
    case GL_VIEWPORT:
        return true;
    default:
        return false;
    }
}

/* The smallest texture that a GL must take, 64 texels each way, has that many images. */
static inline bool gl_harmless_level(GLenum target, GLint level, GLenum pname)
{
    return target == GL_TEXTURE_2D && level >= 0 && level <= 6 &&
           (pname == GL_TEXTURE_WIDTH || pname == GL_TEXTURE_HEIGHT || pname == GL_TEXTURE_BORDER ||
            pname == GL_TEXTURE_INTERNAL_FORMAT ||
            (pname >= GL_TEXTURE_RED_SIZE && pname <= GL_TEXTURE_INTENSITY_SIZE));
}

/* Lights' and materials' colours, and where lights are: any four numbers will do. */
static inline bool gl_harmless_light(GLenum light, GLenum pname)
{
    return light >= GL_LIGHT0 && light <= GL_LIGHT7 && pname >= GL_AMBIENT && pname <= GL_POSITION;
}

static inline bool gl_harmless_light_parameter(GLenum light, GLenum pname, GLfloat param)
{
    if (!(light >= GL_LIGHT0 && light <= GL_LIGHT7 && param >= 0))
        return false;
    switch (pname) {
    case GL_SPOT_EXPONENT:
        return param <= 128;
    case GL_SPOT_CUTOFF:
        return param <= 90;
    default:
        return pname >= GL_CONSTANT_ATTENUATION && pname <= GL_QUADRATIC_ATTENUATION;
    }
}

static inline bool gl_harmless_material(GLenum face, GLenum pname)
{
    return gl_harmless_face(face) &&
           (pname == GL_AMBIENT || pname == GL_DIFFUSE || pname == GL_SPECULAR ||
            pname == GL_EMISSION || pname == GL_AMBIENT_AND_DIFFUSE);
}

/* Those that the state has a say in (calm_state.h). */

static inline bool gl_harmless_texture(struct gl_encoder *e, GLenum target, GLuint texture)
{
    return COLD_CALL_3(calm_state_bind_texture, e, target, texture);
}

static inline bool gl_harmless_active_texture(struct gl_encoder *e, GLenum texture)
{
    if (!e->state || !gl_harmless_unit(texture))
        return false;
    calm_state_active_texture(&e->state->calm, texture);
    return true;
}

static inline bool gl_harmless_matrix_mode(struct gl_encoder *e, GLenum mode)
{
    return e->state && calm_state_matrix_mode(&e->state->calm, mode);
}

static inline bool gl_harmless_push_matrix(struct gl_encoder *e)
{
    return e->state && calm_state_push_matrix(&e->state->calm);
}

static inline bool gl_harmless_pop_matrix(struct gl_encoder *e)
{
    return e->state && calm_state_pop_matrix(&e->state->calm);
}

static inline bool gl_harmless_push_attrib(struct gl_encoder *e)
{
    return e->state && calm_state_push_attrib(&e->state->calm);
}

static inline bool gl_harmless_pop_attrib(struct gl_encoder *e)
{
    return e->state && calm_state_pop_attrib(&e->state->calm);
}

#endif

/* SPDX-License-Identifier: MIT */
/*
 * Queries whose answer the guest knows, and those whose answer the host would not know, or would
 * get wrong: where arrays lie (the host has client arrays in its stream buffer), and how many
 * extensions Trireme leaves.
 */
#include "gl_encode.h"
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

/* The array that a query of a fixed-function array's buffer or stride is about; -1: none. */
static int fixed_array(const struct gl_state *state, GLenum pname, bool *is_stride)
{
    const int texcoord = ARRAY_TEXCOORD0 + (int)state->client_texture;
    *is_stride = false;
    switch (pname) {
    case GL_VERTEX_ARRAY_BUFFER_BINDING:
        return ARRAY_VERTEX;
    case GL_NORMAL_ARRAY_BUFFER_BINDING:
        return ARRAY_NORMAL;
    case GL_COLOR_ARRAY_BUFFER_BINDING:
        return ARRAY_COLOR;
    case GL_INDEX_ARRAY_BUFFER_BINDING:
        return ARRAY_INDEX;
    case GL_TEXTURE_COORD_ARRAY_BUFFER_BINDING:
        return texcoord;
    case GL_EDGE_FLAG_ARRAY_BUFFER_BINDING:
        return ARRAY_EDGE_FLAG;
    case GL_SECONDARY_COLOR_ARRAY_BUFFER_BINDING:
        return ARRAY_SECONDARY_COLOR;
    case GL_FOG_COORD_ARRAY_BUFFER_BINDING:
        return ARRAY_FOG_COORD;
    }
    *is_stride = true;
    switch (pname) {
    case GL_VERTEX_ARRAY_STRIDE:
        return ARRAY_VERTEX;
    case GL_NORMAL_ARRAY_STRIDE:
        return ARRAY_NORMAL;
    case GL_COLOR_ARRAY_STRIDE:
        return ARRAY_COLOR;
    case GL_INDEX_ARRAY_STRIDE:
        return ARRAY_INDEX;
    case GL_TEXTURE_COORD_ARRAY_STRIDE:
        return texcoord;
    case GL_EDGE_FLAG_ARRAY_STRIDE:
        return ARRAY_EDGE_FLAG;
    case GL_SECONDARY_COLOR_ARRAY_STRIDE:
        return ARRAY_SECONDARY_COLOR;
    case GL_FOG_COORD_ARRAY_STRIDE:
        return ARRAY_FOG_COORD;
    default:
        return -1;
    }
}

/* Answers a query of a single value here; false: the host knows. */
static bool local_value(struct gl_encoder *e, GLenum pname, GLint *value)
{
    struct gl_state *state = e->state;
    bool is_stride;
    if (calm_state_integer(e, pname, value))
        return true;
    if (!state)
        return false;
    if (known_limits_get(&state->limits, pname, value))
        return !gl_state_refuses_queries(e);
    if (pname == GL_NUM_EXTENSIONS) {
        if (gl_state_refuses_queries(e))
            return false;
        gl_strings_fetch(&state->strings, e);
        *value = (GLint)state->strings.extension_count;
        return true;
    }
    if (state->core_profile)
        return false;
    int array = fixed_array(state, pname, &is_stride);
    if (array < 0 || gl_state_refuses_queries(e))
        return false;
    *value = is_stride ? state->vao->attribs[array].user_stride
                       : (GLint)state->vao->bindings[state->vao->attribs[array].binding].buffer;
    return true;
}

GLboolean GL_API_CALL trireme_glIsEnabled(GLenum cap)
{
    struct gl_encoder *e = gl_encoder_current();
    GLboolean enabled;
    if (!kept_answers_get(e, KEPT_IsEnabled, cap, &enabled)) {
        enabled = gl_encode_IsEnabled(e, cap);
        kept_answers_keep(e, KEPT_IsEnabled, cap, &enabled);
    }
    return enabled;
}

#define GET(suffix, ctype, conversion)                                                             \
    void GL_API_CALL trireme_glGet##suffix(GLenum pname, ctype *values)                            \
    {                                                                                              \
        struct gl_encoder *e = gl_encoder_current();                                               \
        GLint value;                                                                               \
        if (local_value(e, pname, &value)) {                                                       \
            *values = conversion;                                                                  \
        } else if (!kept_answers_get(e, KEPT_Get##suffix, pname, values)) {                        \
            gl_encode_Get##suffix(e, pname, values);                                               \
            kept_answers_keep(e, KEPT_Get##suffix, pname, values);                                 \
        }                                                                                          \
    }

GET(Integer64v, GLint64, value)
GET(Floatv, GLfloat, (GLfloat)value)
GET(Doublev, GLdouble, value)
GET(Booleanv, GLboolean, value != 0)

void GL_API_CALL trireme_glGetIntegerv(GLenum pname, GLint *values)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint value;
    if (local_value(e, pname, &value)) {
        *values = value;
        return;
    }
    if (kept_answers_get(e, KEPT_GetIntegerv, pname, values))
        return;
    /* Errors leave it alone. */
    const GLint before = values ? *values : 0;
    gl_encode_GetIntegerv(e, pname, values);
    kept_answers_keep(e, KEPT_GetIntegerv, pname, values);
    if (e->state && values && *values != before)
        known_limits_keep(&e->state->limits, pname, *values);
}

void GL_API_CALL trireme_glGetTexLevelParameteriv(GLenum target, GLint level, GLenum pname,
                                                  GLint *params)
{
    struct gl_encoder *e = gl_encoder_current();
    const GLint *kept = calm_state_level(e, target, level, pname);
    if (kept && params) {
        *params = *kept;
        return;
    }
    gl_encode_GetTexLevelParameteriv(e, target, level, pname, params);
    if (params)
        calm_state_keep_level(e, target, level, pname, *params);
}

/* The context has this generic array. */
static bool is_attrib(struct gl_encoder *e, GLuint index)
{
    if (!e->state || index >= ARRAY_GENERICS || gl_state_refuses_queries(e))
        return false;
    GLint attribs = 0;
    trireme_glGetIntegerv(GL_MAX_VERTEX_ATTRIBS, &attribs);
    return (GLint)index < attribs;
}

/* Parameters of generic arrays that depend on where the array lies. */
static bool local_attrib(struct gl_encoder *e, GLuint index, GLenum pname, GLint *value)
{
    if (!is_attrib(e, index))
        return false;
    const struct vertex_attrib *attrib = &e->state->vao->attribs[ARRAY_GENERIC0 + index];
    switch (pname) {
    case GL_VERTEX_ATTRIB_ARRAY_BUFFER_BINDING:
        *value = (GLint)e->state->vao->bindings[attrib->binding].buffer;
        return true;
    case GL_VERTEX_ATTRIB_ARRAY_STRIDE:
        *value = attrib->user_stride;
        return true;
    case GL_VERTEX_ATTRIB_BINDING:
        *value = attrib->binding - ARRAY_GENERIC0;
        return true;
    default:
        return false;
    }
}

#define GET_ATTRIB(suffix, ctype)                                                                  \
    void GL_API_CALL trireme_glGetVertexAttrib##suffix(GLuint index, GLenum pname, ctype *values)  \
    {                                                                                              \
        struct gl_encoder *e = gl_encoder_current();                                               \
        GLint value;                                                                               \
        if (local_attrib(e, index, pname, &value))                                                 \
            *values = (ctype)value;                                                                \
        else                                                                                       \
            gl_encode_GetVertexAttrib##suffix(e, index, pname, values);                            \
    }

GET_ATTRIB(iv, GLint)
GET_ATTRIB(fv, GLfloat)
GET_ATTRIB(dv, GLdouble)
GET_ATTRIB(Iiv, GLint)
GET_ATTRIB(Iuiv, GLuint)

static bool local_indexed(struct gl_encoder *e, GLenum target, GLuint index, GLint64 *value)
{
    if (!is_attrib(e, index))
        return false;
    const struct vertex_binding *binding = &e->state->vao->bindings[ARRAY_GENERIC0 + index];
    switch (target) {
    case GL_VERTEX_BINDING_BUFFER:
        *value = binding->buffer;
        return true;
    case GL_VERTEX_BINDING_OFFSET:
        *value = (GLint64)binding->offset;
        return true;
    case GL_VERTEX_BINDING_STRIDE:
        *value = binding->stride;
        return true;
    default:
        return false;
    }
}

void GL_API_CALL trireme_glGetIntegeri_v(GLenum target, GLuint index, GLint *values)
{
    struct gl_encoder *e = gl_encoder_current();
    GLint64 value;
    if (local_indexed(e, target, index, &value))
        *values = (GLint)value;
    else
        gl_encode_GetIntegeri_v(e, target, index, values);
}

void GL_API_CALL trireme_glGetInteger64i_v(GLenum target, GLuint index, GLint64 *values)
{
    struct gl_encoder *e = gl_encoder_current();
    if (!local_indexed(e, target, index, values))
        gl_encode_GetInteger64i_v(e, target, index, values);
}

void GL_API_CALL trireme_glGetVertexAttribPointerv(GLuint index, GLenum pname, void **pointer)
{
    struct gl_encoder *e = gl_encoder_current();
    if (gl_state_refuses_queries(e))
        return;
    bool valid = is_attrib(e, index);
    if (!valid || pname != GL_VERTEX_ATTRIB_ARRAY_POINTER)
        gl_encoder_error(e, valid ? GL_INVALID_ENUM : GL_INVALID_VALUE);
    else
        *pointer = (void *)e->state->vao->attribs[ARRAY_GENERIC0 + index].pointer;
}

void GL_API_CALL trireme_glGetPointerv(GLenum pname, void **params)
{
    struct gl_encoder *e = gl_encoder_current();
    struct gl_state *state = e->state;
    int array = -1;
    if (!state || !params || gl_state_refuses_queries(e))
        return;
    if (state->core_profile && pname != GL_DEBUG_CALLBACK_FUNCTION &&
        pname != GL_DEBUG_CALLBACK_USER_PARAM)
        pname = GL_NONE; /* an error */
    switch (pname) {
    case GL_VERTEX_ARRAY_POINTER:
        array = ARRAY_VERTEX;
        break;
    case GL_NORMAL_ARRAY_POINTER:
        array = ARRAY_NORMAL;
        break;
    case GL_COLOR_ARRAY_POINTER:
        array = ARRAY_COLOR;
        break;
    case GL_INDEX_ARRAY_POINTER:
        array = ARRAY_INDEX;
        break;
    case GL_TEXTURE_COORD_ARRAY_POINTER:
        array = ARRAY_TEXCOORD0 + (int)state->client_texture;
        break;
    case GL_EDGE_FLAG_ARRAY_POINTER:
        array = ARRAY_EDGE_FLAG;
        break;
    case GL_SECONDARY_COLOR_ARRAY_POINTER:
        array = ARRAY_SECONDARY_COLOR;
        break;
    case GL_FOG_COORD_ARRAY_POINTER:
        array = ARRAY_FOG_COORD;
        break;
    case GL_SELECTION_BUFFER_POINTER:
        *params = state->select_buffer;
        return;
    case GL_FEEDBACK_BUFFER_POINTER:
        *params = state->feedback_buffer;
        return;
    case GL_DEBUG_CALLBACK_FUNCTION:
        *params = (void *)state->debug.callback;
        return;
    case GL_DEBUG_CALLBACK_USER_PARAM:
        *params = (void *)state->debug.parameter;
        return;
    default:
        gl_encoder_error(e, GL_INVALID_ENUM);
        return;
    }
    *params = (void *)state->vao->attribs[array].pointer;
}

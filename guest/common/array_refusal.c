/* SPDX-License-Identifier: MIT */
#include "guest/common/array_refusal.h"

#include "gl_encode.h"
#include "guest/common/gl_known.h"
#include "guest/common/gl_state.h"

#define TYPE(type) (1u << ((type)-GL_BYTE))
#define SIGNED_TYPES (TYPE(GL_SHORT) | TYPE(GL_INT) | TYPE(GL_FLOAT) | TYPE(GL_DOUBLE))
#define INTEGER_TYPES                                                                              \
    (TYPE(GL_BYTE) | TYPE(GL_UNSIGNED_BYTE) | TYPE(GL_SHORT) | TYPE(GL_UNSIGNED_SHORT) |           \
     TYPE(GL_INT) | TYPE(GL_UNSIGNED_INT))
#define ALL_TYPES (INTEGER_TYPES | TYPE(GL_FLOAT) | TYPE(GL_DOUBLE))

/* No version before 4.4 limits strides, and later ones allow this at least. */
#define STRIDE_SURE 2048

/* Table 10.3 of the compatibility profile: what every GL takes. */
struct array_rule {
    uint8_t least, most;
    uint16_t types; /* bits of TYPE() */
};

static struct array_rule array_rule(unsigned array, enum array_kind kind)
{
    if (array >= ARRAY_GENERIC0) {
        if (kind == ARRAY_KIND_INTEGER)
            return (struct array_rule){1, 4, INTEGER_TYPES};
        if (kind == ARRAY_KIND_DOUBLE)
            return (struct array_rule){1, 4, TYPE(GL_DOUBLE)};
        return (struct array_rule){1, 4, ALL_TYPES};
    }
    switch (array) {
    case ARRAY_VERTEX:
        return (struct array_rule){2, 4, SIGNED_TYPES};
    case ARRAY_NORMAL:
        return (struct array_rule){3, 3, SIGNED_TYPES | TYPE(GL_BYTE)};
    case ARRAY_COLOR:
        return (struct array_rule){3, 4, ALL_TYPES};
    case ARRAY_SECONDARY_COLOR:
        return (struct array_rule){3, 3, ALL_TYPES};
    case ARRAY_INDEX:
        return (struct array_rule){1, 1, SIGNED_TYPES | TYPE(GL_UNSIGNED_BYTE)};
    case ARRAY_EDGE_FLAG:
        return (struct array_rule){1, 1, TYPE(GL_UNSIGNED_BYTE)};
    case ARRAY_FOG_COORD:
        return (struct array_rule){1, 1, TYPE(GL_FLOAT) | TYPE(GL_DOUBLE)};
    default:
        return (struct array_rule){1, 4, SIGNED_TYPES};
    }
}

/* Section 10.3.1: where components may come in the order of GL_BGRA. */
static bool bgra_valid(unsigned array, enum array_kind kind, GLenum type)
{
    if (array != ARRAY_COLOR && array != ARRAY_SECONDARY_COLOR && array < ARRAY_GENERIC0)
        return false;
    return kind == ARRAY_KIND_NORMALIZED &&
           (type == GL_UNSIGNED_BYTE || type == GL_INT_2_10_10_10_REV ||
            type == GL_UNSIGNED_INT_2_10_10_10_REV);
}

/* Whether a format is taken does not change: the host is asked about each once. 0: none. */
static uint64_t *taken_format(struct gl_encoder *e, unsigned array, enum array_kind kind,
                              GLint size, GLenum type, uint64_t *format)
{
    const unsigned row = array < ARRAY_GENERIC0 ? array : ARRAY_GENERIC0;
    *format = 1 | (uint64_t)row << 8 | (uint64_t)kind << 16 | (uint64_t)(size & 0xffff) << 24 |
              (uint64_t)type << 40;
    return &e->state->taken_formats[(row ^ (unsigned)kind ^ (unsigned)size ^ type) % TAKEN_FORMATS];
}

static GLint host_value(struct gl_encoder *e, unsigned array, GLenum fixed, GLenum generic)
{
    GLint value = -1;
    if (array >= ARRAY_GENERIC0)
        gl_encode_GetVertexAttribiv(e, array - ARRAY_GENERIC0, generic, &value);
    else
        gl_encode_GetIntegerv(e, fixed, &value);
    return value;
}

/* Mesa tells 16 bits of it, whatever it takes. */
static bool host_has_stride(struct gl_encoder *e, unsigned array, GLenum fixed, GLsizei stride)
{
    return (uint16_t)host_value(e, array, fixed, GL_VERTEX_ATTRIB_ARRAY_STRIDE) == (uint16_t)stride;
}

/* True: the value that the host has is this one. */
static bool host_has(struct gl_encoder *e, unsigned array, GLenum fixed, GLenum generic,
                     GLint expected)
{
    const GLint value = host_value(e, array, fixed, generic);
    /* Some GLs tell GL_BGRA as a size of 4. */
    return value == expected || (expected == GL_BGRA && value == 4);
}

/* Combinations that are refused are never in force, so those that are were taken. */
static bool host_took(struct gl_encoder *e, unsigned array, enum array_kind kind, GLint size,
                      GLenum type, GLsizei stride)
{
    static const struct {
        GLenum size, type, stride;
    } names[] = {
        [ARRAY_VERTEX] = {GL_VERTEX_ARRAY_SIZE, GL_VERTEX_ARRAY_TYPE, GL_VERTEX_ARRAY_STRIDE},
        [ARRAY_NORMAL] = {0, GL_NORMAL_ARRAY_TYPE, GL_NORMAL_ARRAY_STRIDE},
        [ARRAY_COLOR] = {GL_COLOR_ARRAY_SIZE, GL_COLOR_ARRAY_TYPE, GL_COLOR_ARRAY_STRIDE},
        [ARRAY_INDEX] = {0, GL_INDEX_ARRAY_TYPE, GL_INDEX_ARRAY_STRIDE},
        [ARRAY_EDGE_FLAG] = {0, 0, GL_EDGE_FLAG_ARRAY_STRIDE},
        [ARRAY_SECONDARY_COLOR] = {GL_SECONDARY_COLOR_ARRAY_SIZE, GL_SECONDARY_COLOR_ARRAY_TYPE,
                                   GL_SECONDARY_COLOR_ARRAY_STRIDE},
        [ARRAY_FOG_COORD] = {0, GL_FOG_COORD_ARRAY_TYPE, GL_FOG_COORD_ARRAY_STRIDE},
        [ARRAY_TEXCOORD0] = {GL_TEXTURE_COORD_ARRAY_SIZE, GL_TEXTURE_COORD_ARRAY_TYPE,
                             GL_TEXTURE_COORD_ARRAY_STRIDE},
    };
    const bool generic = array >= ARRAY_GENERIC0;
    const unsigned row = generic || array >= ARRAY_TEXCOORD0 ? ARRAY_TEXCOORD0 : array;
    if ((names[row].size &&
         !host_has(e, array, names[row].size, GL_VERTEX_ATTRIB_ARRAY_SIZE, size)) ||
        (names[row].type &&
         !host_has(e, array, names[row].type, GL_VERTEX_ATTRIB_ARRAY_TYPE, (GLint)type)) ||
        (stride >= 0 && !host_has_stride(e, array, names[row].stride, stride)))
        return false;
    return !generic ||
           host_has(e, array, 0, GL_VERTEX_ATTRIB_ARRAY_NORMALIZED, kind == ARRAY_KIND_NORMALIZED);
}

bool array_command_refused(struct gl_encoder *e, unsigned array, enum array_kind kind, GLint size,
                           GLenum type, GLsizei stride)
{
    if (stride < -1 || !vertex_element_bytes(size, type) || gl_known_inside(e))
        return true;
    if (size == GL_BGRA ? !bgra_valid(array, kind, type) : size < 1 || size > 4)
        return true;
    const struct array_rule rule = array_rule(array, kind);
    if (type >= GL_BYTE && type <= GL_DOUBLE && rule.types & TYPE(type) && size >= rule.least &&
        size <= rule.most && stride <= STRIDE_SURE)
        return false;
    if ((kind == ARRAY_KIND_INTEGER || kind == ARRAY_KIND_DOUBLE) && stride <= STRIDE_SURE)
        return true;
    uint64_t format;
    uint64_t *taken = taken_format(e, array, kind, size, type, &format);
    if (*taken == format && stride <= STRIDE_SURE)
        return false;
    if (!host_took(e, array, kind, size, type, stride))
        return true;
    *taken = format;
    return false;
}

bool array_stride_refused(struct gl_encoder *e, GLuint binding, GLsizei stride)
{
    GLint value = stride;
    if (stride > STRIDE_SURE)
        gl_encode_GetIntegeri_v(e, GL_VERTEX_BINDING_STRIDE, binding, &value);
    return stride < 0 || value != stride;
}

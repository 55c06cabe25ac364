/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queries to which the host's GL has an answer that is not the guest's: versions and formats that
 * are not carried, and robustness that the guest did not ask for.
 */
#include <string.h>

#include "dispatch/gl_host_debug.h"
#include "dispatch/gl_host_default.h"
#include "dispatch/gl_host_state.h"
#include "gl_host.h"

/* The guest's answer to a query of one value; false: the GL's is right. */
static bool own_value(struct gl_decoder *d, GLenum pname, GLint *value)
{
    uint32_t version = MIN(d->version, d->limits.max_version);
    switch (pname) {
    case GL_MAJOR_VERSION:
        *value = (GLint)(version >> 8);
        return d->version >= 0x300;
    case GL_MINOR_VERSION:
        *value = (GLint)(version & 0xff);
        return d->version >= 0x300;
    case GL_CONTEXT_FLAGS:
        if (d->version < 0x300) {
            return false;
        }
        *value = (gl_host_integer(d, pname, 0) & ~GL_CONTEXT_FLAG_ROBUST_ACCESS_BIT) |
                 (d->robustness.access ? GL_CONTEXT_FLAG_ROBUST_ACCESS_BIT : 0);
        return true;
    case GL_RESET_NOTIFICATION_STRATEGY:
        *value = d->robustness.lose_on_reset ? GL_LOSE_CONTEXT_ON_RESET : GL_NO_RESET_NOTIFICATION;
        return gl_host_integer(d, pname, -1) != -1;
    case GL_CONTEXT_ROBUST_ACCESS:
        *value = d->robustness.access;
        return gl_host_integer(d, pname, -1) != -1;
    case GL_NUM_PROGRAM_BINARY_FORMATS:
    case GL_NUM_SHADER_BINARY_FORMATS:
        *value = 0;
        return true;
    default:
        return gl_host_default_value(d, pname, value) || gl_host_debug_value(d, pname, value);
    }
}

#define GET(suffix, type, conversion)                                                              \
    void gl_host_Get##suffix(struct gl_decoder *d, GLenum pname, struct gl_result *values)         \
    {                                                                                              \
        GLint value;                                                                               \
        if (pname == GL_PROGRAM_BINARY_FORMATS || pname == GL_SHADER_BINARY_FORMATS) {             \
            return;                                                                                \
        }                                                                                          \
        if (!gl_host_outside(d) || !own_value(d, pname, &value)) {                                 \
            gl_default_Get##suffix(d, pname, values);                                              \
            return;                                                                                \
        }                                                                                          \
        type converted = conversion;                                                               \
        if (values->data && values->capacity >= sizeof converted) {                                \
            memcpy(values->data, &converted, sizeof converted);                                    \
            values->bytes = sizeof converted;                                                      \
        }                                                                                          \
    }

GET(Integerv, GLint, value)
GET(Integer64v, GLint64, value)
GET(Floatv, GLfloat, (GLfloat)value)
GET(Doublev, GLdouble, value)
GET(Booleanv, GLboolean, value != 0)

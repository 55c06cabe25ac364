/* SPDX-License-Identifier: MIT */
/*
 * Answers that entry points give before they do anything else (`known` in overrides.toml), inline
 * since some programs ask thousands of times a frame. False: the hand-written function is called.
 * And what they ask themselves after a command.
 */
#ifndef TRIREME_GUEST_GL_KNOWN_H
#define TRIREME_GUEST_GL_KNOWN_H

#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

/* An error that no command should have made (the host was out of memory, say) shows late. */
static inline bool gl_known_GetError(const struct gl_encoder *e, GLenum *returned)
{
    *returned = GL_NO_ERROR;
    return e->calm >= GL_CALM_OUTSIDE && !e->lost &&
           __atomic_load_n(&e->page->error, __ATOMIC_ACQUIRE) == GL_NO_ERROR;
}

/* Between glBegin and glEnd, where many commands are errors and change nothing. Asks the host, but
 * only after a glBegin whose glEnd has not come. */
static inline bool gl_known_inside(struct gl_encoder *e)
{
    return e->state && e->state->begun && gl_state_refuses_queries(e);
}

/* Outside of glBegin and glEnd, and with a state. */
static inline struct calm_state *gl_known_calm(const struct gl_encoder *e)
{
    return e->state && e->calm >= GL_CALM_OUTSIDE ? &e->state->calm : NULL;
}

static inline const struct calm_binding *gl_known_binding(const struct calm_state *calm)
{
    const struct calm_binding *binding =
        calm->now.unit < CALM_UNITS ? &calm->now.bindings[calm->now.unit] : NULL;
    return binding && binding->known ? binding : NULL;
}

static inline bool gl_known_GetIntegerv(const struct gl_encoder *e, GLenum pname, GLint *values)
{
    const struct calm_state *calm = gl_known_calm(e);
    if (!calm) {
        return false;
    }
    if (pname == GL_TEXTURE_BINDING_2D) {
        const struct calm_binding *binding = gl_known_binding(calm);
        if (binding) {
            *values = (GLint)binding->texture;
        }
        return binding;
    }
    if (pname == GL_MATRIX_MODE) {
        *values = (GLint)calm->now.matrix_mode;
    } else if (pname == GL_MODELVIEW_STACK_DEPTH) {
        *values = (GLint)calm->modelview.depth;
    } else if (pname == GL_PROJECTION_STACK_DEPTH) {
        *values = (GLint)calm->projection.depth;
    } else if (pname == GL_ATTRIB_STACK_DEPTH) {
        *values = (GLint)calm->attrib.depth;
    } else if (pname == GL_ACTIVE_TEXTURE) {
        *values = (GLint)(GL_TEXTURE0 + calm->now.unit);
    } else {
        return false;
    }
    return true;
}

#endif

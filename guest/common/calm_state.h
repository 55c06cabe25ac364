/* SPDX-License-Identifier: MIT */
/*
 * State of a context that is calm (dispatch/gl_calm.h): what the host said with its last answer, as
 * the harmless commands since then have left it. With it pushes and pops are foreseen, and some
 * queries answered. It means nothing while the encoder's `calm` is GL_CALM_NOT.
 */
#ifndef TRIREME_GUEST_CALM_STATE_H
#define TRIREME_GUEST_CALM_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch/gl_calm.h"

/* As in gl_encoder.h. */
#ifndef _WIN32
#pragma GCC visibility push(hidden)
#endif

#define CALM_UNITS 2u    /* texture units that every context has */
#define CALM_ATTRIBS 16u /* the least that glPushAttrib's stack holds */
#define CALM_LEVELS 64u

/* Of the texture unit: what is bound to GL_TEXTURE_2D, if that is known. */
struct calm_binding {
    bool known;
    GLuint texture;
};

/* What glPopAttrib may bring back. */
struct calm_attribs {
    GLenum matrix_mode; /* GL_MODELVIEW, GL_PROJECTION, or another */
    GLuint unit;
    struct calm_binding bindings[CALM_UNITS];
};

struct calm_state {
    struct calm_attribs now;
    struct {
        GLuint depth, limit;
    } modelview, projection, attrib;
    struct calm_attribs pushed[CALM_ATTRIBS];
    unsigned pushes; /* since the answer, that were not popped */

    /* Answers about the images of textures. */
    struct calm_level {
        uint64_t era; /* `era` when it was kept; another: it no longer counts */
        GLuint texture;
        GLint level;
        GLenum pname;
        GLint value;
    } levels[CALM_LEVELS];
    uint64_t era;           /* counts what ends all that is known */
    uint32_t others_leaves; /* gl_state_others_leaves() when `era` began */

    unsigned plain_queries; /* to be made before it is worth asking for an answer again */
};

struct gl_encoder;

/* The host has answered: what it says holds for the encoder from here on. */
void calm_state_answer(struct gl_encoder *e, const struct gl_calm_answer *answer);

/* Each follows a command; false: it may fail, or leads where nothing is known. */
bool calm_state_matrix_mode(struct calm_state *calm, GLenum mode);
bool calm_state_push_matrix(struct calm_state *calm);
bool calm_state_pop_matrix(struct calm_state *calm);
bool calm_state_push_attrib(struct calm_state *calm);
bool calm_state_pop_attrib(struct calm_state *calm);
/* GL_TEXTURE0 and GL_TEXTURE1 alone. */
void calm_state_active_texture(struct calm_state *calm, GLenum texture);
/* Nor does this one need a state. An int, for COLD_CALL_3(). */
int calm_state_bind_texture(struct gl_encoder *e, GLenum target, GLuint texture);

/* The answer to glGetIntegerv; false: the host must be asked. For what could be known here it is
 * asked here, for all of it at once. */
bool calm_state_integer(struct gl_encoder *e, GLenum pname, GLint *value);

/* The answer to glGetTexLevelParameter of GL_TEXTURE_2D; NULL: not known. */
const GLint *calm_state_level(struct gl_encoder *e, GLenum target, GLint level, GLenum pname);
/* The host has answered that. */
void calm_state_keep_level(struct gl_encoder *e, GLenum target, GLint level, GLenum pname,
                           GLint value);

#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What is known about errors at a point of a context's stream; shared by guest and host.
 *
 * The host says it with each answer to glGetError, having asked its GL. The guest keeps it through
 * commands that cannot raise an error in that state (`harmless` in overrides.toml), lets it go at
 * any other command, and asks again when the program calls glGetError. Of the GL's state only what
 * struct gl_calm_answer has is followed, and only as long: what could end a state is not harmless.
 */
#ifndef TRIREME_DISPATCH_GL_CALM_H
#define TRIREME_DISPATCH_GL_CALM_H

#include "gl_api.h"

/* Each includes those before it, but for GL_CALM_INSIDE. */
enum gl_calm {
    GL_CALM_NOT,     /* an error may be waiting, or it is not known what would be one */
    GL_CALM_INSIDE,  /* no error waits; between a glBegin and a glEnd that cannot fail */
    GL_CALM_OUTSIDE, /* no error waits; outside of both, no display list is compiled, the texture
                        unit has coordinates, and all of OpenGL 1.4 is there */
    GL_CALM_DRAW,    /* and draws go through the fixed pipeline into a complete framebuffer of the
                        window system */
};

/*
 * What comes with it: state at that point, with which the guest foresees more errors and answers
 * queries itself (guest/common/calm_state.h). All 0 where the context is not calm.
 */
struct gl_calm_answer {
    GLuint calm; /* enum gl_calm */
    GLuint matrix_mode;
    GLuint modelview_depth, modelview_limit; /* of glPushMatrix: entries, and the most there can be */
    GLuint projection_depth, projection_limit;
    GLuint attrib_depth, attrib_limit; /* of glPushAttrib */
    GLuint texture_unit;               /* the active one, from 0 */
    GLuint texture_2d;                 /* bound there to GL_TEXTURE_2D */
};
_Static_assert(sizeof(struct gl_calm_answer) == 10 * sizeof(GLuint), "overrides.toml counts them");

#endif

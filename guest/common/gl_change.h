/* SPDX-License-Identifier: MIT */
/* Parts of a context's state that commands change (`changes` in overrides.toml). The encoder counts
 * the commands of each, so that answers to queries are known to hold (kept_answers.h). */
#ifndef TRIREME_GUEST_GL_CHANGE_H
#define TRIREME_GUEST_GL_CHANGE_H

#include "gl_api.h"

enum gl_change {
    GL_CHANGE_ALL,
    GL_CHANGE_BLENDING,
    GL_CHANGE_BUFFERS, /* bound ones, and vertex arrays */
    GL_CHANGE_ENABLES,
    GL_CHANGE_FRAGMENTS,    /* tests and masks */
    GL_CHANGE_FRAMEBUFFERS, /* bound ones, and renderbuffers */
    GL_CHANGE_MATRICES,     /* one of them, which is not known */
    GL_CHANGE_MATRIX_MODE,
    GL_CHANGE_MODELVIEW,
    GL_CHANGE_POLYGONS, /* lines and points, too */
    GL_CHANGE_PROGRAM,
    GL_CHANGE_PROJECTION,
    GL_CHANGE_TEXTURES, /* bound ones, samplers, and the unit */
    GL_CHANGE_VIEWPORT, /* and the scissor box */
    GL_CHANGES
};

struct gl_encoder;

/* Commands for which counting one part is not enough. */
void gl_change_matrix_mode(struct gl_encoder *e, GLenum mode);
void gl_change_new_list(struct gl_encoder *e);
void gl_change_all(struct gl_encoder *e);

#endif

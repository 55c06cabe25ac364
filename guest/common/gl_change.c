/* SPDX-License-Identifier: MIT */
#include "guest/common/gl_change.h"

#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

/* The mode is certain where the command cannot have failed, nor have gone into a list. */
void gl_change_matrix_mode(struct gl_encoder *e, GLenum mode)
{
    const struct gl_state *state = e->state;
    bool certain =
        e->calm >= GL_CALM_OUTSIDE || (state && !state->may_be_inside && !state->has_made_lists);
    e->changes[GL_CHANGE_MATRIX_MODE]++;
    if (certain && mode == GL_MODELVIEW) {
        e->matrix = GL_CHANGE_MODELVIEW;
    } else if (certain && mode == GL_PROJECTION) {
        e->matrix = GL_CHANGE_PROJECTION;
    } else {
        e->matrix = GL_CHANGE_MATRICES;
    }
}

void gl_change_new_list(struct gl_encoder *e)
{
    e->matrix = GL_CHANGE_MATRICES;
    if (e->state) {
        e->state->has_made_lists = true;
    }
}

void gl_change_all(struct gl_encoder *e)
{
    e->matrix = GL_CHANGE_MATRICES;
    e->changes[GL_CHANGE_ALL]++;
}

/* SPDX-License-Identifier: MIT */
#include "gl_encode.h"
#include "guest/common/gl_state.h"

bool gl_state_refuses_queries(struct gl_encoder *e)
{
    /* Inside, the GL leaves the value alone. */
    GLint size = -1;
    if (!e->state || !e->state->may_be_inside)
        return false;
    gl_encode_GetIntegerv(e, GL_MAX_TEXTURE_SIZE, &size);
    e->state->may_be_inside = size == -1;
    e->state->begun &= e->state->may_be_inside;
    return e->state->may_be_inside;
}

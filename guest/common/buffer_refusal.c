/* SPDX-License-Identifier: MIT */
#include "guest/common/buffer_refusal.h"

#include "gl_encode.h"
#include "guest/common/gl_state.h"

bool buffer_bind_refused(struct gl_encoder *e, GLuint name)
{
    struct buffer_contents *contents = &e->state->buffers.contents;
    if (!e->state->core_profile || !name || buffer_contents_has_name(contents, name))
        return false;
    /* A name is no buffer before it was bound. */
    if (!gl_encode_IsBuffer(e, name))
        return true;
    buffer_contents_found(contents, name);
    return false;
}

/* SPDX-License-Identifier: MIT */
/* The stack of client attributes (section 21.6), as far as the guest keeps them. */
#include "gl_entry_points.h"
#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

#include <stdlib.h>

void gl_track_PushClientAttrib(struct gl_encoder *e, GLbitfield mask)
{
    struct gl_state *state = e->state;
    if (!state || state->core_profile)
        return;
    if (!state->client_attribs)
        state->client_attribs = calloc(CLIENT_ATTRIB_DEPTH, sizeof *state->client_attribs);
    if (!state->client_attribs || state->client_attrib_depth == CLIENT_ATTRIB_DEPTH)
        return;
    state->client_attribs[state->client_attrib_depth++] = (struct client_attrib){
        .mask = mask,
        .pack = state->pack,
        .unpack = state->unpack,
        .pack_buffer = state->buffers.bound[BUFFER_PIXEL_PACK],
        .unpack_buffer = state->buffers.bound[BUFFER_PIXEL_UNPACK],
        .array_buffer = state->array_buffer,
        .client_texture = state->client_texture,
        .primitive_restart = state->primitive_restart,
        .restart_index = state->restart_index,
        .vao = *state->vao,
    };
}

void gl_track_PopClientAttrib(struct gl_encoder *e)
{
    struct gl_state *state = e->state;
    if (!state || !state->client_attrib_depth)
        return;
    const struct client_attrib *saved = &state->client_attribs[--state->client_attrib_depth];
    /* Buffers may have been deleted since. */
    state->buffers.contents.uncertain |= 1u << BUFFER_PIXEL_PACK | 1u << BUFFER_PIXEL_UNPACK |
                                         1u << BUFFER_ARRAY | 1u << BUFFER_ELEMENT_ARRAY;
    if (saved->mask & GL_CLIENT_PIXEL_STORE_BIT) {
        state->pack = saved->pack;
        state->unpack = saved->unpack;
        state->buffers.bound[BUFFER_PIXEL_PACK] = saved->pack_buffer;
        state->buffers.bound[BUFFER_PIXEL_UNPACK] = saved->unpack_buffer;
    }
    if (saved->mask & GL_CLIENT_VERTEX_ARRAY_BIT) {
        struct vertex_array_object *vao = gl_state_vao(state, saved->vao.name);
        if (!vao) /* deleted since: it stays so */
            return;
        *vao = saved->vao;
        state->vao = vao;
        state->array_buffer = saved->array_buffer;
        state->client_texture = saved->client_texture;
        state->primitive_restart = saved->primitive_restart;
        state->restart_index = saved->restart_index;
    }
}

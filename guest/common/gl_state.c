/* SPDX-License-Identifier: MIT */
#include "guest/common/gl_state.h"

#include <stdlib.h>

struct gl_state *gl_state_create(bool core_profile)
{
    struct gl_state *state = calloc(1, sizeof *state);
    if (!state)
        return NULL;
    state->core_profile = core_profile;
    state->pack.alignment = state->unpack.alignment = 4;
    vertex_array_object_init(&state->default_vao, 0);
    state->vao = &state->default_vao;
    state->render_mode = GL_RENDER;
    return state;
}

void gl_state_destroy(struct gl_state *state)
{
    if (!state)
        return;
    debug_messages_finish(&state->debug);
    name_table_finish(&state->vaos, free);
    texture_names_finish(&state->textures);
    program_locations_finish(&state->locations);
    buffer_objects_finish(&state->buffers);
    gl_strings_finish(&state->strings);
    free(state->client_attribs);
    free(state->scratch);
    free(state);
}

bool gl_state_is_alone(const struct gl_state *state)
{
    return !state->joined || __atomic_load_n(state->joined, __ATOMIC_ACQUIRE) == 1;
}

uint32_t gl_state_others_leaves(const struct gl_state *state)
{
    return state->leaves ? __atomic_load_n(state->leaves, __ATOMIC_ACQUIRE) - *state->own_leaves
                         : 0;
}

void *gl_state_scratch(struct gl_state *state, uint64_t bytes)
{
    if (bytes <= state->scratch_bytes)
        return state->scratch;
    if (bytes > INTPTR_MAX)
        return NULL;
    free(state->scratch);
    state->scratch = malloc((size_t)bytes);
    state->scratch_bytes = state->scratch ? (size_t)bytes : 0;
    return state->scratch;
}

struct vertex_array_object *gl_state_vao(struct gl_state *state, GLuint name)
{
    return name ? name_table_get(&state->vaos, name) : &state->default_vao;
}

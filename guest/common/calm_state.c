/* SPDX-License-Identifier: MIT */
#include "guest/common/calm_state.h"

#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

/* After an answer that there is nothing to follow, which most often stays so for a while. */
#define PLAIN_QUERIES 16

void calm_state_answer(struct gl_encoder *e, const struct gl_calm_answer *answer)
{
    if (!e->state) {
        return;
    }
    struct calm_state *calm = &e->state->calm;
    e->calm = (uint8_t)answer->calm;
    calm->now = (struct calm_attribs){answer->matrix_mode, answer->texture_unit, {{0}}};
    if (answer->texture_unit < CALM_UNITS) {
        calm->now.bindings[answer->texture_unit] = (struct calm_binding){true, answer->texture_2d};
    }
    calm->modelview.depth = answer->modelview_depth;
    calm->modelview.limit = answer->modelview_limit;
    calm->projection.depth = answer->projection_depth;
    calm->projection.limit = answer->projection_limit;
    calm->attrib.depth = answer->attrib_depth;
    calm->attrib.limit = answer->attrib_limit;
    calm->pushes = 0;
    calm->era++;
    calm->plain_queries = answer->calm == GL_CALM_NOT ? PLAIN_QUERIES : 0;
}

bool calm_state_matrix_mode(struct calm_state *calm, GLenum mode)
{
    calm->now.matrix_mode = mode;
    return mode >= GL_MODELVIEW && mode <= GL_TEXTURE;
}

/* OpenGL 2.1, section 2.11.2. */
bool calm_state_push_matrix(struct calm_state *calm)
{
    if (calm->now.matrix_mode == GL_MODELVIEW && calm->modelview.depth < calm->modelview.limit) {
        calm->modelview.depth++;
        return true;
    }
    if (calm->now.matrix_mode == GL_PROJECTION && calm->projection.depth < calm->projection.limit) {
        calm->projection.depth++;
        return true;
    }
    return false;
}

bool calm_state_pop_matrix(struct calm_state *calm)
{
    if (calm->now.matrix_mode == GL_MODELVIEW && calm->modelview.depth > 1) {
        calm->modelview.depth--;
        return true;
    }
    if (calm->now.matrix_mode == GL_PROJECTION && calm->projection.depth > 1) {
        calm->projection.depth--;
        return true;
    }
    return false;
}

bool calm_state_push_attrib(struct calm_state *calm)
{
    if (calm->attrib.depth >= calm->attrib.limit || calm->pushes == CALM_ATTRIBS) {
        return false;
    }
    calm->attrib.depth++;
    calm->pushed[calm->pushes++] = calm->now;
    return true;
}

/* What was pushed while the context was calm brings nothing back that is not; which parts it brings
 * back is not followed. */
bool calm_state_pop_attrib(struct calm_state *calm)
{
    if (calm->pushes == 0) {
        return false;
    }
    const struct calm_attribs *then = &calm->pushed[--calm->pushes];
    calm->attrib.depth--;
    if (calm->now.matrix_mode != then->matrix_mode || calm->now.unit != then->unit) {
        return false;
    }
    for (unsigned unit = 0; unit < CALM_UNITS; unit++) {
        struct calm_binding *binding = &calm->now.bindings[unit];
        binding->known = binding->known && then->bindings[unit].known &&
                         binding->texture == then->bindings[unit].texture;
    }
    return true;
}

void calm_state_active_texture(struct calm_state *calm, GLenum texture)
{
    calm->now.unit = texture - GL_TEXTURE0;
}

COLD_CALL_DEFINE(calm_state_bind_texture);

int calm_state_bind_texture(struct gl_encoder *e, GLenum target, GLuint texture)
{
    if (!e->state || !texture_names_bind(&e->state->textures, target, texture)) {
        return false;
    }
    struct calm_attribs *now = &e->state->calm.now;
    if (target == GL_TEXTURE_2D && now->unit < CALM_UNITS) {
        now->bindings[now->unit] = (struct calm_binding){true, texture};
    }
    return true;
}

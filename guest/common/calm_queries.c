/* SPDX-License-Identifier: MIT */
/* Queries that the state of a calm context answers (calm_state.h). */
#include "gl_encode.h"
#include "guest/common/calm_state.h"
#include "guest/common/gl_known.h"
#include "guest/common/gl_state.h"

static bool is_followed(GLenum pname)
{
    return pname == GL_MATRIX_MODE || pname == GL_MODELVIEW_STACK_DEPTH ||
           pname == GL_PROJECTION_STACK_DEPTH || pname == GL_ATTRIB_STACK_DEPTH ||
           pname == GL_ACTIVE_TEXTURE || pname == GL_TEXTURE_BINDING_2D;
}

bool calm_state_integer(struct gl_encoder *e, GLenum pname, GLint *value)
{
    struct gl_calm_answer answer = {GL_CALM_NOT};
    if (gl_known_GetIntegerv(e, pname, value)) {
        return true;
    }
    if (!e->state || !is_followed(pname)) {
        return false;
    }
    if (e->state->calm.plain_queries > 0) {
        e->state->calm.plain_queries--;
        return false;
    }
    gl_encode_TriremeGetCalm(e, &answer.calm);
    calm_state_answer(e, &answer);
    return gl_known_GetIntegerv(e, pname, value);
}

/* The place for that value of the bound texture, whose name goes to *texture. What another context
 * does to a texture need not be seen before its next leave point. */
static struct calm_level *level_entry(struct gl_encoder *e, GLenum target, GLint level,
                                      GLenum pname, GLuint *texture)
{
    struct calm_state *calm = gl_known_calm(e);
    const struct calm_binding *binding = calm ? gl_known_binding(calm) : NULL;
    if (!binding || target != GL_TEXTURE_2D) {
        return NULL;
    }
    uint32_t others_leaves = gl_state_others_leaves(e->state);
    if (calm->others_leaves != others_leaves) {
        calm->others_leaves = others_leaves;
        calm->era++;
    }
    *texture = binding->texture;
    uint32_t place = binding->texture * 4u + (uint32_t)level * 2u + pname;
    return &calm->levels[place % CALM_LEVELS];
}

const GLint *calm_state_level(struct gl_encoder *e, GLenum target, GLint level, GLenum pname)
{
    GLuint texture;
    const struct calm_level *entry = level_entry(e, target, level, pname, &texture);
    if (!entry || entry->era != e->state->calm.era || entry->texture != texture ||
        entry->level != level || entry->pname != pname) {
        return NULL;
    }
    return &entry->value;
}

void calm_state_keep_level(struct gl_encoder *e, GLenum target, GLint level, GLenum pname,
                           GLint value)
{
    GLuint texture;
    struct calm_level *entry = level_entry(e, target, level, pname, &texture);
    if (entry) {
        *entry = (struct calm_level){e->state->calm.era, texture, level, pname, value};
    }
}

/* SPDX-License-Identifier: MIT */
#include "guest/common/object_names.h"

#include "gl_encode.h"
#include "guest/common/gl_state.h"

static const struct {
    void (*generate)(struct gl_encoder *e, GLsizei n, GLuint *names);
    void (*forget)(struct gl_encoder *e, GLsizei n, const GLuint *names);
} kinds[POOL_KINDS] = {
    [POOL_TEXTURE] = {gl_encode_GenTextures, gl_encode_DeleteTextures},
    [POOL_BUFFER] = {gl_encode_GenBuffers, gl_encode_DeleteBuffers},
    [POOL_RENDERBUFFER] = {gl_encode_GenRenderbuffers, gl_encode_DeleteRenderbuffers},
    [POOL_FRAMEBUFFER] = {gl_encode_GenFramebuffers, gl_encode_DeleteFramebuffers},
    [POOL_QUERY] = {gl_encode_GenQueries, gl_encode_DeleteQueries},
    [POOL_VERTEX_ARRAY] = {gl_encode_GenVertexArrays, gl_encode_DeleteVertexArrays},
};

void object_names_use(struct gl_encoder *e, struct name_pool *shared, struct name_pool *own)
{
    for (unsigned kind = 0; kind < POOL_KINDS; kind++) {
        e->names[kind] = kind < POOL_SHARED_KINDS ? &shared[kind] : &own[kind - POOL_SHARED_KINDS];
    }
}

bool object_names_generate(struct gl_encoder *e, enum name_kind kind, GLsizei n, GLuint *names)
{
    GLuint fresh[2 * NAME_POOL_MOST];
    struct name_pool *pool = e->names[kind];
    unsigned more;
    if (pool == &name_pool_none || n <= 0 || n > (GLsizei)NAME_POOL_MOST || !names || e->lost) {
        return false;
    }
    if (gl_state_refuses_queries(e) || name_pool_take(pool, (unsigned)n, names, &more)) {
        return true;
    }
    fresh[0] = 0;
    kinds[kind].generate(e, n + (GLsizei)more, fresh);
    if (fresh[0] == 0) {
        /* No memory, an older GL, or a lost context: the GL says it again for what was asked. */
        return false;
    }
    memcpy(names, fresh, (size_t)n * sizeof fresh[0]);
    name_pool_put(pool, more, &fresh[n]);
    return true;
}

COLD_CALL_DEFINE(object_names_claim_reserved);

void object_names_claim_reserved(struct gl_encoder *e, enum name_kind kind, GLuint name)
{
    if (name_pool_remove(e->names[kind], name)) {
        kinds[kind].forget(e, 1, &name);
    }
}

void object_names_claim_all(struct gl_encoder *e, enum name_kind kind, int64_t n,
                            const GLuint *names)
{
    for (int64_t i = 0; names && i < n; i++) {
        object_names_claim(e, kind, names[i]);
    }
}

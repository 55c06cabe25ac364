/* SPDX-License-Identifier: MIT */
/*
 * glGen* from pools (name_pool.h), and programs that use names without glGen*. Called by generated
 * code; the context's thread.
 */
#ifndef TRIREME_GUEST_OBJECT_NAMES_H
#define TRIREME_GUEST_OBJECT_NAMES_H

#include "guest/common/gl_encoder.h"

/* As in gl_encoder.h. */
#ifndef _WIN32
#pragma GCC visibility push(hidden)
#endif

/* The encoder's context takes names from these, `shared` for those kinds that contexts share. */
void object_names_use(struct gl_encoder *e, struct name_pool *shared, struct name_pool *own);

/* glGen* of the kind. False: nothing was done, the host must be asked. */
bool object_names_generate(struct gl_encoder *e, enum name_kind kind, GLsizei n, GLuint *names);

/* Out of line part of object_names_claim(). */
void object_names_claim_reserved(struct gl_encoder *e, enum name_kind kind, GLuint name);

/* A command names the object. If the program never got the name, the host forgets that it gave it
 * out: the command does what it does with a name that does not exist. */
static inline void object_names_claim(struct gl_encoder *e, enum name_kind kind, GLuint name)
{
    if (__builtin_expect(name_pool_may_have(e->names[kind], name), 0)) {
        COLD_CALL_VOID_3(object_names_claim_reserved, e, kind, name);
    }
}

void object_names_claim_all(struct gl_encoder *e, enum name_kind kind, int64_t n,
                            const GLuint *names);

#ifndef _WIN32
#pragma GCC visibility pop
#endif

#endif

/* SPDX-License-Identifier: MIT */
#include "guest/common/texture_names.h"

#include <string.h>

/* Whose context has deleted names: NULL, none has; &several, no longer one alone, or one that has
 * ended. Atomic; set before the deletion is sent. */
static struct texture_names *deleter;
static struct texture_names several;

static bool others_delete(const struct texture_names *names)
{
    const struct texture_names *who = __atomic_load_n(&deleter, __ATOMIC_SEQ_CST);
    return who && who != names;
}

bool texture_names_bind(struct texture_names *names, GLenum target, GLuint name)
{
    if (!name)
        return target == GL_TEXTURE_1D || target == GL_TEXTURE_2D;
    __typeof__(&names->entries[0]) entry = &names->entries[name % TEXTURE_NAMES];
    if (others_delete(names))
        return false;
    if (entry->name == name && entry->target == target)
        return entry->question != names->question;
    entry->name = name;
    entry->target = target;
    entry->question = names->question;
    return false;
}

void texture_names_delete(struct texture_names *names, GLsizei n, const GLuint *deleted)
{
    struct texture_names *nobody = NULL;
    if (!__atomic_compare_exchange_n(&deleter, &nobody, names, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_SEQ_CST) &&
        nobody != names)
        __atomic_store_n(&deleter, &several, __ATOMIC_SEQ_CST);
    for (GLsizei i = 0; deleted && i < n; i++) {
        if (names->entries[deleted[i] % TEXTURE_NAMES].name == deleted[i])
            names->entries[deleted[i] % TEXTURE_NAMES].name = 0;
    }
}

void texture_names_answer(struct texture_names *names, bool error)
{
    if (error)
        memset(names->entries, 0, sizeof names->entries);
    names->question++;
}

void texture_names_finish(struct texture_names *names)
{
    struct texture_names *own = names;
    __atomic_compare_exchange_n(&deleter, &own, &several, false, __ATOMIC_SEQ_CST,
                                __ATOMIC_SEQ_CST);
}

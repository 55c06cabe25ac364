/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the decoders of a share group have in common. */
#ifndef TRIREME_DISPATCH_GL_SHARE_H
#define TRIREME_DISPATCH_GL_SHARE_H

#include "dispatch/gl_list_table.h"
#include "dispatch/gl_storage_guard.h"

struct gl_share {
    struct gl_storage_guard storage;
    struct gl_list_table lists;
};

static inline void gl_share_init(struct gl_share *share)
{
    gl_storage_guard_init(&share->storage);
    gl_list_table_init(&share->lists);
}

static inline void gl_share_finish(struct gl_share *share)
{
    gl_list_table_finish(&share->lists);
    gl_storage_guard_finish(&share->storage);
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who carries out Glide's commands: the renderer (glide_host.h), or a wrapper library of the user's
 * (wrapper/glide_wrapper.h). The decoder hands each command to the handler of its opcode.
 */
#ifndef TRIREME_DISPATCH_GLIDE_BACKEND_H
#define TRIREME_DISPATCH_GLIDE_BACKEND_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* `board` is the backend's. All of it is private memory; `data` has `size` bytes, and `reply` is
 * NULL where the command has none. The values are a guest's: any may be wrong. */
typedef void glide_handler(void *board, const uint32_t *words, const void *data, size_t size,
                           GByteArray *reply);

struct glide_backend {
    glide_handler *const *handlers; /* by opcode - GLIDE_FIRST_OPCODE (generated) */
    void (*destroy)(void *board);
};

#endif

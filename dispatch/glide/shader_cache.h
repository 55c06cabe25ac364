/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The programs of the pixel pipeline, each made when it is first needed. */
#ifndef TRIREME_DISPATCH_GLIDE_SHADER_CACHE_H
#define TRIREME_DISPATCH_GLIDE_SHADER_CACHE_H

#include "dispatch/glide/shader_key.h"

#include <glib.h>

struct shader_cache {
    GHashTable *programs; /* struct shader_key to name */
    uint32_t vertex;
};

bool shader_cache_init(struct shader_cache *cache, GError **error);
void shader_cache_finish(struct shader_cache *cache);
/* The program's name; 0 and a warning: the GL did not compile it. */
uint32_t shader_cache_get(struct shader_cache *cache, const struct shader_key *key);

/* Compiles a shader of that type; 0 and an error. */
uint32_t shader_compile(uint32_t type, const char *text, GError **error);
/* Links a program; 0 and an error. The shaders stay the caller's. */
uint32_t shader_link(uint32_t vertex, uint32_t fragment, GError **error);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A texture unit as GLSL: level of detail, texel, and its combine units. */
#ifndef TRIREME_DISPATCH_GLIDE_SHADER_TEXTURE_H
#define TRIREME_DISPATCH_GLIDE_SHADER_TEXTURE_H

#include "dispatch/glide/shader_key.h"

#include <glib.h>

/* Appends the function "ivec4 unitN(ivec4 other)", red, green, blue, alpha; N is `unit`. It may
 * look at the global "ivec4 iterated". */
void shader_write_unit(GString *text, unsigned unit, const struct unit_key *key);

#endif

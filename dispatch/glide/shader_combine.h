/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A combine unit as GLSL: integers of 0 to 255, a factor f multiplies as f + 1 over 256, the result
 * is clamped, as in the chip.
 */
#ifndef TRIREME_DISPATCH_GLIDE_SHADER_COMBINE_H
#define TRIREME_DISPATCH_GLIDE_SHADER_COMBINE_H

#include "dispatch/glide/shader_key.h"

#include <glib.h>

/* Expressions for what a unit can choose from. For colours ivec3, for alphas int. */
struct combine_inputs {
    const char *type; /* "ivec3" or "int" */
    const char *other, *local, *local_alpha;
    const char *factors[6]; /* by enum glide_combine_factor, without one minus */
};
/* Appends "`type` `name` = …;". */
void shader_write_combine(GString *text, const char *name, const struct combine_key *key,
                          const struct combine_inputs *inputs);

/* The extension's unit: expressions by enum glide_combine_input, without GLIDE_INPUT_B. NULL: 0. */
struct combine_ext_inputs {
    const char *type;
    const char *values[GLIDE_INPUTS];
};
void shader_write_combine_ext(GString *text, const char *name, const struct combine_ext_key *key,
                              const struct combine_ext_inputs *inputs);

#endif

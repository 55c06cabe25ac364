/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/shader_combine.h"

static void write_scaled(GString *text, const struct combine_parts *parts,
                         const struct combine_key *key, const struct combine_inputs *in)
{
    g_autofree char *difference =
        parts->minus_local ? g_strdup_printf("(%s - %s)", parts->other ? in->other : "0", in->local)
                           : g_strdup(in->other);
    if (key->factor == GLIDE_FACTOR_ONE) {
        g_string_append(text, difference);
    } else if (key->factor & GLIDE_FACTOR_ONE_MINUS) {
        g_string_append_printf(text, "((%s * (256 - %s)) >> 8)", difference,
                               in->factors[key->factor & 7]);
    } else {
        g_string_append_printf(text, "((%s * (%s + 1)) >> 8)", difference,
                               in->factors[key->factor & 7]);
    }
}

void shader_write_combine(GString *text, const char *name, const struct combine_key *key,
                          const struct combine_inputs *in)
{
    struct combine_parts parts = combine_function_parts(key->function);
    g_string_append_printf(text, "    %s %s = clamp(%s(", in->type, name, in->type);
    if (parts.scale) {
        write_scaled(text, &parts, key, in);
    } else {
        g_string_append(text, "0");
    }
    if (parts.add == COMBINE_ADD_LOCAL) {
        g_string_append_printf(text, " + %s", in->local);
    } else if (parts.add == COMBINE_ADD_LOCAL_ALPHA) {
        g_string_append_printf(text, " + %s", in->local_alpha);
    }
    g_string_append(text, "), 0, 255);\n");
    if (key->invert) {
        g_string_append_printf(text, "    %s = 255 - %s;\n", name, name);
    }
}

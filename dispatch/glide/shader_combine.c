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

static const char *ext_input(const struct combine_ext_key *key,
                             const struct combine_ext_inputs *inputs, uint8_t input)
{
    const char *value = inputs->values[input == GLIDE_INPUT_B ? key->b : input];
    return value ? value : "0";
}

/* a or b in its mode. */
static void write_term(GString *text, const char *value, uint8_t mode)
{
    static const char *const terms[] = {
        [GLIDE_MODE_ZERO] = "0",
        [GLIDE_MODE_X] = "%s",
        [GLIDE_MODE_ONE_MINUS_X] = "(255 - %s)",
        [GLIDE_MODE_NEGATIVE_X] = "(-%s)",
        [GLIDE_MODE_X_MINUS_HALF] = "(%s - 128)",
    };
    g_auto(GStrv) around = g_strsplit(terms[mode], "%s", 2);
    g_string_append(text, around[0]);
    if (around[1]) {
        g_string_append_printf(text, "%s%s", value, around[1]);
    }
}

void shader_write_combine_ext(GString *text, const char *name, const struct combine_ext_key *key,
                              const struct combine_ext_inputs *in)
{
    g_string_append_printf(text, "    %s %s = clamp((%s(", in->type, name, in->type);
    write_term(text, ext_input(key, in, key->a), key->a_mode);
    g_string_append(text, " + ");
    write_term(text, ext_input(key, in, key->b), key->b_mode);
    g_string_append_printf(text, ") * (%s%s%s + 1) >> 8) + %s%s", in->type,
                           key->c_invert ? "(255) - " : "(0) + ", ext_input(key, in, key->c),
                           key->d_invert ? "255 - " : "", ext_input(key, in, key->d));
    /* The sum, not what it is made of, is shifted. */
    g_string_append_printf(text, ", -1024, 1024);\n    %s = clamp(%s << %d, 0, 255);\n", name, name,
                           key->shift);
    if (key->invert) {
        g_string_append_printf(text, "    %s = 255 - %s;\n", name, name);
    }
}

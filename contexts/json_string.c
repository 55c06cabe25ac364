/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/json_string.h"

#include <glib.h>

/* Of printable ASCII only two characters need care. */
char *json_string(const char *text)
{
    GString *out = g_string_new("\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') {
            g_string_append_c(out, '\\');
        }
        g_string_append_c(out, *text);
    }
    return g_string_free(g_string_append_c(out, '"'), FALSE);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/render_slot.h"

#include <stdarg.h>

void render_slot_log(const struct render_slot *slot, GLogLevelFlags level, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *number = g_strdup_printf("%u", slot->number);
    g_autofree char *serial = g_strdup_printf("%u", slot->serial);
    g_autofree char *process = g_strdup_printf("%u", slot->process);
    GLogField fields[] = {
        {"GLIB_DOMAIN", "trireme", -1}, {"MESSAGE", message, -1}, {"PROGRAM", slot->program, -1},
        {"PROCESS", process, -1},       {"SLOT", number, -1},     {"CONTEXT", serial, -1},
    };
    g_log_structured_array(level, fields, G_N_ELEMENTS(fields));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where log lines go: GLib's structured logging, one line each on standard error, with the fields
 * PROGRAM, PROCESS and SLOT in front where a message has them. Everybody else logs with
 * g_message(), g_warning() or render_slot_log() and knows nothing of this.
 */
#ifndef TRIREME_LOG_H
#define TRIREME_LOG_H

#include <glib.h>
#include <stdbool.h>

/* Less important levels than `least` are left out. */
void log_init(GLogLevelFlags least);

/* "warning", "message", "info" or "debug". */
bool log_parse_level(const char *name, GLogLevelFlags *level);

/* Copies at most `size` - 1 bytes of what a guest calls itself, printable ASCII only. */
void log_copy_name(char *to, size_t size, const char *from, size_t from_size);

#endif

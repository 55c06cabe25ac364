/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of programs and machines in JSON. They are printable ASCII (log_copy_name()). */
#ifndef TRIREME_JSON_STRING_H
#define TRIREME_JSON_STRING_H

/* In quotes; to be freed. */
char *json_string(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the guest's user sets for programs: key=value lines in groups [program NAME] of
 * /etc/trireme.conf and of ~/.config/trireme/trireme.conf, and TRIREME_OPTIONS, which stands for
 * such lines, separated by semicolons. The host knows the keys. Later ones win.
 */
#ifndef TRIREME_GUEST_PROGRAM_OPTIONS_H
#define TRIREME_GUEST_PROGRAM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Puts the lines for `program` into `lines`, NUL-terminated. False: there is no room for all. */
bool program_options_read(const char *program, char *lines, size_t size);

/* The lines of one file, appended. */
bool program_options_read_file(FILE *file, const char *program, char *lines, size_t size);

/* '*' stands for any characters, '?' for one; letters are equal in either case. */
bool program_options_match(const char *pattern, const char *name);

#endif

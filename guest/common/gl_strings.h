/* SPDX-License-Identifier: MIT */
/*
 * The strings of a context. The host sends them all at once, already filtered to what Trireme
 * carries, when the program first asks for one.
 */
#ifndef TRIREME_GUEST_GL_STRINGS_H
#define TRIREME_GUEST_GL_STRINGS_H

#include <stdbool.h>
#include <stdint.h>

struct gl_encoder;

struct gl_strings {
    char *memory; /* all of them, each NUL-terminated; NULL: not asked for yet */
    const char *vendor, *renderer, *version, *shading_language;
    const char *extensions; /* separated by blanks */
    const char **extension; /* each of them */
    unsigned extension_count;
    char *other; /* the last string that is asked for each time */
};

/* Fetches the strings unless they are there. False: the context is lost or memory is out; then
 * all strings are empty. */
bool gl_strings_fetch(struct gl_strings *strings, struct gl_encoder *e);
/* Of strings that are there. */
bool gl_strings_have(const struct gl_strings *strings, const char *extension);
void gl_strings_finish(struct gl_strings *strings);

#endif

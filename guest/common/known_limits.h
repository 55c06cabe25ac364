/* SPDX-License-Identifier: MIT */
/*
 * Limits of the implementation that the host has told: programs ask for them again and again. For
 * one context.
 */
#ifndef TRIREME_GUEST_KNOWN_LIMITS_H
#define TRIREME_GUEST_KNOWN_LIMITS_H

#include <stdbool.h>

#include "gl_api.h"

#define KNOWN_LIMITS 96

struct known_limits {
    bool known[KNOWN_LIMITS];
    GLint values[KNOWN_LIMITS];
};

/* False: not known. */
bool known_limits_get(const struct known_limits *limits, GLenum pname, GLint *value);
/* The host's answer to glGetIntegerv, of any name. */
void known_limits_keep(struct known_limits *limits, GLenum pname, GLint value);

#endif

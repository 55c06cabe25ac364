/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Objects of every kind, with the names 1, 2, 3…, so that random names often mean something. */
#ifndef TRIREME_TESTS_DISPATCH_FUZZ_OBJECTS_H
#define TRIREME_TESTS_DISPATCH_FUZZ_OBJECTS_H

#include "gl_functions.h"

void fuzz_objects_make(const struct gl_functions *gl);

#endif

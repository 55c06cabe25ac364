/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/programs/glide_functions.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif

struct glide_functions glide;

static void *library;

/* With the decoration that a DLL's names have. */
static void *find(const char *name, unsigned bytes)
{
#ifdef _WIN32
    char decorated[64];
    snprintf(decorated, sizeof decorated, "_%s@%u", name, bytes);
    return (void *)GetProcAddress(library, decorated);
#else
    return dlsym(library, name);
#endif
}

static void fail(const char *what)
{
    fprintf(stderr, "glide: %s cannot be loaded\n", what);
    exit(1);
}

void glide_functions_load(const char *name)
{
#ifdef _WIN32
    library = (void *)LoadLibraryA(name);
#else
    library = dlopen(name, RTLD_NOW);
#endif
    if (!library) {
        fail(name);
    }
    glide.version = find("grGet", 12) ? GLIDE_31 : find("grSstOpen", 24) ? GLIDE_21 : GLIDE_24;
#define LOAD(versions, result, name, member, arguments, bytes)                                     \
    if (glide.version & (versions)) {                                                              \
        glide.member = (result(GLIDE_CALL *) arguments)find(#name, bytes);                         \
        if (!glide.member) {                                                                       \
            fail(#name);                                                                           \
        }                                                                                          \
    }
    GLIDE_FUNCTIONS(LOAD)
#undef LOAD
}

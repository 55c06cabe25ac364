/* SPDX-License-Identifier: MIT */
/*
 * What a context is made from, and how GLX_ARB_create_context and WGL_ARB_create_context with their
 * companions say it: the attributes of both have the same numbers and rules.
 */
#ifndef TRIREME_GUEST_CONTEXT_WISH_H
#define TRIREME_GUEST_CONTEXT_WISH_H

#include <stdbool.h>
#include <stdint.h>

struct context;

struct context_wish {
    const struct context *share;              /* NULL: none; one that is lost counts as none */
    uint32_t config, version, profile, flags; /* as in struct trireme_context_create */
    bool double_buffered; /* what a drawable without a configuration of its own is for it */
    bool no_error;        /* the program promises to make none; nothing relies on it */
};

struct context_attributes {
    int major, minor, flags, profile, reset, no_error;
};

/* What holds where a program gives none. */
void context_attributes_init(struct context_attributes *attributes);

/* False: it is none of the attributes that GLX and WGL have in common. */
bool context_attributes_set(struct context_attributes *attributes, int name, int value);

/* What is wrong with a set of attributes. */
enum context_fault {
    CONTEXT_FAULT_NONE,
    CONTEXT_FAULT_FLAGS,
    CONTEXT_FAULT_PROFILE,
    CONTEXT_FAULT_VERSION, /* there is none, or not with these flags */
    CONTEXT_FAULT_RESET,
    CONTEXT_FAULT_NO_ERROR, /* not with these flags, or not with that context */
    CONTEXT_FAULT_SHARED_RESET,
    CONTEXT_FAULT_HOST, /* the host does not have the version */
};

/* Fills in the wish's version, profile and flags. Takes the process lock. */
enum context_fault context_wish_take(struct context_wish *wish,
                                     const struct context_attributes *attributes);

/* The context lacks what OpenGL 3.0 deprecated. */
bool context_wish_is_core(const struct context_wish *wish);

/* What keeps the context from sharing objects with one of the other wish. */
enum context_fault context_wish_sharing(const struct context_wish *wish,
                                        const struct context_wish *other);

#endif

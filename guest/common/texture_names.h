/* SPDX-License-Identifier: MIT */
/*
 * Texture names that the GL is known to take for a target. A name that was bound keeps its target
 * until it is deleted, so binding it to that target again cannot be an error. Whether the first
 * time was one is known when the program next asks for errors and there is none.
 *
 * Every context of a share group may delete a name, and then give it another target. So a table is
 * good only while its context is the only one of the process that has deleted any.
 */
#ifndef TRIREME_GUEST_TEXTURE_NAMES_H
#define TRIREME_GUEST_TEXTURE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "gl_api.h"

#define TEXTURE_NAMES 256u

struct texture_names {
    uint32_t question; /* counts the answers; what was noted since the last one is not certain */
    struct {
        GLuint name; /* 0: free */
        GLenum target;
        uint32_t question;
    } entries[TEXTURE_NAMES]; /* by the name's low bits */
};

/* Binding the name to the target is no error. Otherwise notes it, with the next answer in mind:
 * the command must be about to be executed, not compiled into a list. */
bool texture_names_bind(struct texture_names *names, GLenum target, GLuint name);
/* The context deletes names. */
void texture_names_delete(struct texture_names *names, GLsizei n, const GLuint *deleted);
/* The host has answered: there was an error since the last answer, or none. */
void texture_names_answer(struct texture_names *names, bool error);
/* The context ends. */
void texture_names_finish(struct texture_names *names);

#endif

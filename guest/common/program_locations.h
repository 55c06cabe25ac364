/* SPDX-License-Identifier: MIT */
/*
 * Where the uniforms and the attributes of programs are. They are asked for all at once, when the
 * first is looked up after a link, and kept until the program is linked again or deleted, or
 * another context of the share group has flushed (OpenGL 4.3, sections 7.3.1 and 7.6).
 */
#ifndef TRIREME_GUEST_PROGRAM_LOCATIONS_H
#define TRIREME_GUEST_PROGRAM_LOCATIONS_H

#include <stdint.h>

#include "gl_api.h"
#include "guest/common/name_table.h"

struct program_locations {
    struct name_table programs; /* program → what is known about it, until it is linked again */
    uint32_t others_leaves;     /* gl_state_others_leaves() when it was asked for */
};

/* The program is linked. */
void program_locations_forget(struct program_locations *locations, GLuint program);
/* The program is deleted, if not now, then whenever it is used no more: the host knows. */
void program_locations_delete(struct program_locations *locations, GLuint program);
void program_locations_finish(struct program_locations *locations);

#endif

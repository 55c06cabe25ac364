/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Vertex arrays on the host: what is enabled, whether it has a buffer object, how far it reaches.
 */
#ifndef TRIREME_DISPATCH_GL_HOST_ARRAYS_H
#define TRIREME_DISPATCH_GL_HOST_ARRAYS_H

#include "dispatch/gl_host_state.h"

/* Where the GL keeps what it knows of a fixed-function array. */
struct gl_fixed_array {
    GLenum enable, buffer, size, type, stride, pointer;
    GLint components; /* where `size` is 0 */
};

/* One table row for all texture coordinates. */
const struct gl_fixed_array *gl_fixed_array(unsigned array);

/* Calls `visit` with the client active texture set for the array. */
void gl_host_with_unit(struct gl_decoder *d, unsigned array,
                       void (*visit)(struct gl_decoder *d, unsigned array));

/* Brings enabled and unsafe up to date. False: the GL cannot be asked. */
bool gl_host_fresh_arrays(struct gl_decoder *d);

/* Brings the limits up to date: how many elements and instances the buffers hold. */
bool gl_host_fresh_limits(struct gl_decoder *d);

/*
 * Whether a draw that reads vertices up to `last` may go to the GL: every enabled array has a
 * buffer object and, where drivers read buffers without checking, it reaches that far. `moves`: the
 * caller adds gl_vertex_run_shift() to the numbers of its vertices.
 */
bool gl_host_may_draw(struct gl_decoder *d, uint64_t last, uint64_t last_instance, bool moves);

/* Points arrays into the bound buffer: `place` is where their data lie. */
void gl_host_point_arrays(struct gl_decoder *d, const struct client_array_record *arrays,
                          GLsizei count, uint64_t place);

/* After glCallList: between which commands the context is, and which arrays are enabled, is open.
 */
void gl_host_list_called(struct gl_decoder *d);

/* Before glBegin: glArrayElement will need the limits, and then the GL cannot be asked. */
void gl_host_prepare_elements(struct gl_decoder *d);

#endif

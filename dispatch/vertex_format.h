/* SPDX-License-Identifier: MIT */
/* Sizes of vertices and indices; shared by guest and host. */
#ifndef TRIREME_DISPATCH_VERTEX_FORMAT_H
#define TRIREME_DISPATCH_VERTEX_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gl_api.h"

/* Bytes of one element of an array; 0: not a format that the GL knows. */
uint32_t vertex_element_bytes(GLint size, GLenum type);

/* Bytes of one index; 0: not an index type. */
static inline uint32_t index_bytes(GLenum type)
{
    return type == GL_UNSIGNED_BYTE    ? 1
           : type == GL_UNSIGNED_SHORT ? 2
           : type == GL_UNSIGNED_INT   ? 4
                                       : 0;
}

/* The least and the greatest vertex that a list of indices names. */
struct index_range {
    uint32_t min, max;
    bool any; /* false: there is no index but the restart index */
};

/* Scans `count` indices; with `restart`, those equal to `restart_index` name no vertex. `indices`
 * need not be aligned. */
struct index_range index_scan(const void *indices, GLenum type, size_t count, bool restart,
                              uint32_t restart_index);

#endif

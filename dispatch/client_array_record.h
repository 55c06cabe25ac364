/* SPDX-License-Identifier: MIT */
/*
 * What a TriremeClientArrays command carries: vertex data out of the guest's memory, and which
 * arrays of the current vertex array object get their elements from it. The host puts the data
 * into a buffer object of its own and points the arrays there; the draw that follows finds them.
 */
#ifndef TRIREME_DISPATCH_CLIENT_ARRAY_RECORD_H
#define TRIREME_DISPATCH_CLIENT_ARRAY_RECORD_H

#include <stdint.h>

/* Arrays are numbered: the fixed-function ones, then texture coordinates, then generic ones. */
enum array_number {
    ARRAY_VERTEX,
    ARRAY_NORMAL,
    ARRAY_COLOR,
    ARRAY_INDEX,
    ARRAY_EDGE_FLAG,
    ARRAY_SECONDARY_COLOR,
    ARRAY_FOG_COORD,
    ARRAY_TEXCOORD0 = 8,
    ARRAY_TEXCOORDS = 8,
    ARRAY_GENERIC0 = 16,
    ARRAY_GENERICS = 32,
    ARRAY_COUNT = 48,
};

enum array_kind {
    ARRAY_KIND_FLOAT, /* glVertexAttribPointer and the fixed-function pointers */
    ARRAY_KIND_NORMALIZED,
    ARRAY_KIND_INTEGER, /* glVertexAttribIPointer */
    ARRAY_KIND_DOUBLE,  /* glVertexAttribLPointer */
};

/* Element n of the array lies at data + offset + (n - base) * stride. */
struct client_array_record {
    uint32_t array; /* enum array_number */
    uint32_t kind;  /* enum array_kind */
    uint32_t size;  /* components, or GL_BGRA */
    uint32_t type;
    uint32_t stride; /* bytes; as the GL counts it, not 0 for packed elements */
    uint32_t base;
    uint64_t offset; /* bytes */
};

/* The host's buffer is addressed from element 0, so base * stride may not be arbitrarily large:
 * beyond this the guest renumbers the vertices of the draw. */
#define CLIENT_ARRAY_MAX_BASE_BYTES (8u << 20)

#endif

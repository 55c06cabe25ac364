/* SPDX-License-Identifier: MIT */
/*
 * Buffer objects as the guest knows them: which one is bound where, and those that are mapped. A
 * mapped buffer is a copy in the program's memory: read from the host when it is mapped, unless
 * the guest has its contents (buffer_contents.h) or the program does not care for them, and written
 * back when it is unmapped or flushed.
 */
#ifndef TRIREME_GUEST_BUFFER_OBJECTS_H
#define TRIREME_GUEST_BUFFER_OBJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "gl_api.h"
#include "guest/common/buffer_contents.h"
#include "guest/common/name_table.h"

enum buffer_target {
    BUFFER_PIXEL_PACK,
    BUFFER_PIXEL_UNPACK,
    BUFFER_COPY_READ,
    BUFFER_COPY_WRITE,
    BUFFER_UNIFORM,
    BUFFER_TEXTURE,
    BUFFER_TRANSFORM_FEEDBACK,
    BUFFER_ATOMIC_COUNTER,
    BUFFER_SHADER_STORAGE,
    BUFFER_DRAW_INDIRECT,
    BUFFER_DISPATCH_INDIRECT,
    BUFFER_QUERY,
    BUFFER_PARAMETER,
    BUFFER_TARGETS,
};

struct buffer_mapping {
    GLuint name;
    uint8_t *memory; /* what was allocated; has `held` bytes of the buffer from `held_offset` on */
    uint8_t *bytes;  /* where these begin */
    GLintptr held_offset;
    GLsizeiptr held;
    bool known;    /* they are the buffer's, but for what the program writes to the mapping */
    void *pointer; /* what the program got: `length` bytes from `offset` on */
    GLintptr offset;
    GLsizeiptr length;
    GLbitfield access; /* GL_MAP_*_BIT */
};

/* What GL_MIN_MAP_BUFFER_ALIGNMENT must be at least. */
#define BUFFER_MAP_ALIGNMENT 64

struct buffer_objects {
    GLuint bound[BUFFER_TARGETS]; /* ARRAY and ELEMENT_ARRAY are vertex array state */
    struct name_table sizes;      /* name → size in bytes + 1, where this context set it */
    struct name_table mappings;   /* name → struct buffer_mapping */
    unsigned mapped;              /* entries of mappings */
    struct buffer_contents contents;
    GLuint fresh;            /* this buffer's contents are undefined (glBufferData(NULL)) … */
    uint32_t fresh_position; /* … as long as the commands' position is this */
};

/* Place of a target in `bound`; -1: ARRAY, ELEMENT_ARRAY or no target. */
int buffer_target_index(GLenum target);

/* Their bits in buffer_contents.uncertain, behind the places. */
enum { BUFFER_ARRAY = BUFFER_TARGETS, BUFFER_ELEMENT_ARRAY };

/* The buffer is deleted: it is bound nowhere, not mapped, and has no size. */
void buffer_objects_forget(struct buffer_objects *buffers, GLuint name);

/* Size in bytes, -1: not known here. */
void buffer_size_set(struct buffer_objects *buffers, GLuint name, GLsizeiptr size);
GLsizeiptr buffer_size_get(const struct buffer_objects *buffers, GLuint name);

/* NULL: the buffer is not mapped. */
struct buffer_mapping *buffer_mapping_get(const struct buffer_objects *buffers, GLuint name);
/* Maps a part of a buffer to memory that holds what is kept of it (`known`), else is not
 * initialised. With `kept` false nothing is. NULL: out of memory. */
struct buffer_mapping *buffer_mapping_create(struct buffer_objects *buffers, GLuint name,
                                             GLintptr offset, GLsizeiptr length, GLbitfield access,
                                             bool kept);
/* The buffer is not mapped any more; the mapping, which is the caller's, or NULL. */
struct buffer_mapping *buffer_mapping_take(struct buffer_objects *buffers, GLuint name);
void buffer_mapping_drop(struct buffer_objects *buffers, GLuint name);
/* For one that belongs to no buffer. NULL is fine. */
void buffer_mapping_destroy(struct buffer_mapping *mapping);

void buffer_objects_finish(struct buffer_objects *buffers);

#endif

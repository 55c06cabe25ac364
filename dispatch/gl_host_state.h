/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the hand-written host functions (gl_host_*.c) remember of a context. All of it is asked from
 * the GL, which alone knows what a guest's commands did, and asked again after commands that
 * may change it (enum gl_touch).
 */
#ifndef TRIREME_DISPATCH_GL_HOST_STATE_H
#define TRIREME_DISPATCH_GL_HOST_STATE_H

#include "dispatch/client_array_record.h"
#include "dispatch/gl_decoder_private.h"
#include "dispatch/gl_spare_context.h"
#include "dispatch/gl_vertex_run.h"
#include "dispatch/image_size.h"

/* The buffer object that vertex data of the guest's memory goes through. Used from start to end,
 * then given up for a new one, so that the GL never waits for draws that still read it. */
struct gl_stream {
    GLuint name; /* 0: not made yet */
    uint64_t size, used;
};

/* What is known of a vertex array object that is not bound: nobody can change it meanwhile. */
struct gl_vao_arrays {
    uint64_t enabled, unsafe;
};

/* Of display lists; gl_host_lists.c says what for. */
struct gl_list_state {
    GLuint compiling;    /* the list; 0: none */
    bool unsure;         /* which one could not be asked for */
    bool begins;         /* it has a glBegin */
    GHashTable *callees; /* set of the names that it calls */
};

/* Of debug output; gl_host_debug.c says what for. */
#define GL_HOST_DEBUG_GROUPS 64
struct gl_host_debug {
    bool listening;                        /* the GL calls back */
    bool errors_off[GL_HOST_DEBUG_GROUPS]; /* the program does not want errors, in each group */
};

/* Which buffers of the default framebuffer are used; gl_host_default.c. */
/* A buffer as the guest named it; it may be GL_NONE. */
struct gl_host_buffer {
    bool named; /* false: it is the one of the beginning */
    GLenum name;
};

struct gl_host_default {
    struct gl_host_buffer draw, read;
    enum gl_side draw_side, read_side;
    bool chosen; /* some were named that are not the first ones, maybe in a display list */
};

struct gl_host_state {
    bool legacy; /* the context has fixed-function arrays */
    unsigned max_attribs, max_texcoords;

    struct pixel_store unpack, pack;
    GLint unpack_buffer, pack_buffer;

    /* Arrays of the current vertex array object, bit n: array n; valid unless GL_TOUCH_ARRAYS. */
    uint64_t enabled;
    uint64_t unsafe;   /* enabled, and without a buffer object */
    GLuint vao;        /* whose arrays these are */
    GHashTable *vaos;  /* name → struct gl_vao_arrays, of others that were bound */
    bool limits_known; /* the limits are those of the current arrays and buffers */
    gint limits_of;    /* gl_storage_changes() when they were looked at */
    /* What the buffers hold: elements of every array, taken one by one; vertices and instances of
     * a draw, which takes the elements of some arrays for each instance only. */
    uint64_t element_limit, vertex_limit, instance_limit;

    struct gl_list_state lists;
    struct gl_host_debug debug;
    struct gl_spare_context spare;
    struct gl_stream stream;
    struct gl_vertex_run run;

    struct gl_host_default default_buffers;

    /* Where the GL puts hits and vertices; kept as long as it may. */
    GLuint *select;
    GLsizei select_size;
    GLfloat *feedback;
    GLsizei feedback_size;
    GLenum render_mode;
};

/* Not between glBegin and glEnd, so that the GL may be asked. */
bool gl_host_outside(struct gl_decoder *d);

/* One integer of the GL's state, `otherwise` if it does not say. */
GLint gl_host_integer(struct gl_decoder *d, GLenum pname, GLint otherwise);

/*
 * Brackets calls of the GL whose success matters: an error from before becomes the decoder's
 * pending one, so that an error found after belongs to the calls between. gl_host_succeeded()
 * leaves it pending.
 */
void gl_host_attempt(struct gl_decoder *d);
bool gl_host_succeeded(struct gl_decoder *d);

/* Pixel store and buffer bindings of the context, fresh. False: the GL cannot be asked. */
bool gl_host_fresh_unpack(struct gl_decoder *d);
bool gl_host_fresh_pack(struct gl_decoder *d);
/* Makes the GL read or write images in transfer layout, and puts back what the guest set. */
void gl_host_transfer_begin(struct gl_decoder *d, bool pack);
void gl_host_transfer_end(struct gl_decoder *d, bool pack);

/* gl_host_stream.c: puts data into the stream buffer, at least `lead` bytes behind its start, and
 * binds it to GL_ARRAY_BUFFER. Returns the place, UINT64_MAX if the GL has no memory. */
uint64_t gl_stream_put(struct gl_decoder *d, const void *data, uint64_t bytes, uint64_t lead);
/* Its parts: space, as gl_stream_put() returns it; data into some of that while the stream is
 * bound. gl_stream_aligned(): space that leaves what follows aligned. */
uint64_t gl_stream_reserve(struct gl_decoder *d, uint64_t bytes, uint64_t lead);
bool gl_stream_write(struct gl_decoder *d, uint64_t place, const void *data, uint64_t bytes);
void gl_stream_bind(struct gl_decoder *d);
uint64_t gl_stream_aligned(uint64_t bytes);
void gl_stream_destroy(struct gl_decoder *d);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * What the guest keeps of a context's GL state: what must be known to find the data that commands
 * leave in the program's memory (pixel store, client arrays, buffer bindings), and what the
 * host's GL would answer wrongly because Trireme does things differently there.
 *
 * A gl_state belongs to a context and is used by the thread that the context is current to.
 */
#ifndef TRIREME_GUEST_GL_STATE_H
#define TRIREME_GUEST_GL_STATE_H

#include "dispatch/image_size.h"
#include "guest/common/buffer_objects.h"
#include "guest/common/calm_state.h"
#include "guest/common/debug_messages.h"
#include "guest/common/gl_strings.h"
#include "guest/common/kept_answers.h"
#include "guest/common/known_limits.h"
#include "guest/common/name_pool.h"
#include "guest/common/name_table.h"
#include "guest/common/program_locations.h"
#include "guest/common/texture_names.h"
#include "guest/common/vertex_arrays.h"

/* Section 21.6: the least depth of the client attribute stack is 16; Mesa has that. */
#define CLIENT_ATTRIB_DEPTH 16
#define TAKEN_FORMATS 16

struct client_attrib {
    GLbitfield mask;
    struct pixel_store pack, unpack;
    GLuint pack_buffer, unpack_buffer, array_buffer;
    unsigned client_texture;
    bool primitive_restart;
    GLuint restart_index;
    struct vertex_array_object vao;
};

struct gl_state {
    bool core_profile; /* the context lacks what OpenGL 3.0 deprecated */

    const uint32_t *joined;     /* contexts that have ever shared objects with this one, itself
                                   included; atomic; NULL: no other can */
    const uint32_t *leaves;     /* leave points of all contexts that share objects (share_group.h);
                                   atomic; NULL: no other can */
    const uint32_t *own_leaves; /* this one's */

    struct pixel_store pack, unpack;

    struct vertex_array_object default_vao; /* name 0 */
    struct vertex_array_object *vao;        /* the bound one */
    uint64_t taken_formats[TAKEN_FORMATS];  /* array_refusal.h */
    struct name_table vaos;                 /* name → struct vertex_array_object */
    unsigned client_texture;                /* number of the client active texture unit */
    GLuint array_buffer;
    bool primitive_restart, primitive_restart_fixed;
    GLuint restart_index;

    struct name_pool names[POOL_KINDS - POOL_SHARED_KINDS];
    struct buffer_objects buffers;
    struct texture_names textures;
    struct calm_state calm;
    struct known_limits limits;
    struct kept_answers kept;
    struct program_locations locations;

    struct client_attrib *client_attribs; /* CLIENT_ATTRIB_DEPTH of them, once one is pushed */
    unsigned client_attrib_depth;

    /* Where glRenderMode puts what the host collected. */
    GLuint *select_buffer;
    GLsizei select_size;
    GLfloat *feedback_buffer;
    GLsizei feedback_size;
    GLenum feedback_type;
    GLenum render_mode;

    struct debug_messages debug;

    struct gl_strings strings;

    bool may_be_inside;     /* between glBegin and glEnd */
    bool begun;             /* … by a glBegin of this context's, not by a display list */
    bool has_made_lists;    /* display lists, or makes one */
    uint64_t hidden_arrays; /* enabled, but not on the host (array_element.h) */

    uint8_t *scratch; /* for data that must be rearranged on its way */
    size_t scratch_bytes;
};

/* NULL: out of memory. Asks the host nothing. */
struct gl_state *gl_state_create(bool core_profile);
/* NULL is fine. */
void gl_state_destroy(struct gl_state *state);

/* No other context has ever shared objects with this one. */
bool gl_state_is_alone(const struct gl_state *state);
/* Leave points of others that share objects with this one. While it stays the same, what they
 * change need not be seen here. */
uint32_t gl_state_others_leaves(const struct gl_state *state);

/* Memory of the state's own, at least so many bytes, valid until the next call; NULL: there is not
 * so much. */
void *gl_state_scratch(struct gl_state *state, uint64_t bytes);

/* False: every draw is an error, and reads nothing of the program's: in core profiles those without
 * a vertex array object (section 10.4). */
static inline bool gl_state_draws(const struct gl_state *state)
{
    return !state->core_profile || state->vao->name;
}

/* The arrays that a draw must bring along, as bits. */
static inline uint64_t gl_state_client_arrays(const struct gl_state *state)
{
    return gl_state_draws(state) ? vertex_arrays_in_client_memory(state->vao) : 0;
}

/* The vertex array object of a name; NULL: the program has not bound it yet. */
struct vertex_array_object *gl_state_vao(struct gl_state *state, GLuint name);

struct gl_encoder;

/* Between glBegin and glEnd queries answer nothing and are errors. True: we are there, and the
 * host's GL has the error. Asks the host only after a glBegin or a display list. */
bool gl_state_refuses_queries(struct gl_encoder *e);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Vertex array objects come and go with every draw of a modern program; what is known of their
 * arrays is kept, so that the GL need not be asked each time.
 */
#include "dispatch/gl_host_arrays.h"
#include "gl_host.h"

/* More than a program has; beyond it, all are looked at anew. */
#define MOST_KEPT 65536u

static gpointer key(GLuint name)
{
    return GUINT_TO_POINTER(name);
}

/* Puts away what is known of the current object's arrays. */
static void keep(struct gl_decoder *d)
{
    struct gl_host_state *h = d->host;
    if (d->dirty & GL_TOUCH_ARRAYS) {
        g_hash_table_remove(h->vaos, key(h->vao));
        return;
    }
    if (g_hash_table_size(h->vaos) >= MOST_KEPT) {
        g_hash_table_remove_all(h->vaos);
    }
    struct gl_vao_arrays *arrays = g_new(struct gl_vao_arrays, 1);
    arrays->enabled = h->enabled;
    arrays->unsafe = h->unsafe;
    g_hash_table_replace(h->vaos, key(h->vao), arrays);
}

void gl_host_BindVertexArray(struct gl_decoder *d, GLuint name)
{
    struct gl_host_state *h = d->host;
    bool outside = gl_host_outside(d);
    if (outside) {
        keep(d);
    }
    d->gl->BindVertexArray(name);
    h->limits_known = false;
    gl_vertex_run_drop(d);
    d->dirty |= GL_TOUCH_ARRAYS;
    if (!outside) {
        return;
    }
    /* The GL refuses names that nobody generated. */
    h->vao = (GLuint)gl_host_integer(d, GL_VERTEX_ARRAY_BINDING, 0);
    const struct gl_vao_arrays *arrays = g_hash_table_lookup(h->vaos, key(h->vao));
    if (arrays) {
        h->enabled = arrays->enabled;
        h->unsafe = arrays->unsafe;
        d->dirty &= ~GL_TOUCH_ARRAYS;
    }
}

/* Everything that is known may be wrong now. */
static void forget(struct gl_decoder *d)
{
    g_hash_table_remove_all(d->host->vaos);
    d->dirty |= GL_TOUCH_ARRAYS;
}

void gl_host_DeleteVertexArrays(struct gl_decoder *d, GLsizei n, struct gl_payload names)
{
    d->gl->DeleteVertexArrays(names.data ? n : MIN(n, 0), names.data);
    forget(d);
}

/* Brings back an earlier binding, and earlier contents of what was bound. */
void gl_host_PopClientAttrib(struct gl_decoder *d)
{
    d->gl->PopClientAttrib();
    forget(d);
}

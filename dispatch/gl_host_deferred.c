/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands after which the GL would write into the program's memory later. It gets memory of the
 * decoder's, which lives as long as the GL may write there; glRenderMode sends back what is there.
 */
#include <stdlib.h>
#include <string.h>

#include "dispatch/gl_host_state.h"
#include "dispatch/gl_sync_table.h"
#include "gl_host.h"

/* Of names or values: plenty for a program, nothing for a server. */
#define MOST_ENTRIES (4 << 20)

/* The address that the GL has now. */
static void *current_pointer(struct gl_decoder *d, GLenum pname)
{
    void *pointer = NULL;
    d->gl->GetPointerv(pname, &pointer);
    return pointer;
}

static bool ready(struct gl_decoder *d, GLsizei size)
{
    if (!d->gl->SelectBuffer || !gl_host_outside(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return false;
    }
    if (size > MOST_ENTRIES) {
        gl_decoder_set_error(d, GL_OUT_OF_MEMORY);
        return false;
    }
    return true;
}

/* Also for sizes that the GL will refuse: it may find another error first. */
static void *entries(GLsizei size)
{
    return calloc((size_t)MAX(size, 0) + 1, sizeof(GLuint));
}

void gl_host_TriremeSelectBuffer(struct gl_decoder *d, GLsizei size)
{
    struct gl_host_state *h = d->host;
    GLuint *memory = ready(d, size) ? entries(size) : NULL;
    if (!memory) {
        return;
    }
    d->gl->SelectBuffer(size, memory);
    if (current_pointer(d, GL_SELECTION_BUFFER_POINTER) != memory) {
        free(memory); /* refused: the GL still has the other */
        return;
    }
    free(h->select);
    h->select = memory;
    h->select_size = MAX(size, 0);
}

void gl_host_TriremeFeedbackBuffer(struct gl_decoder *d, GLsizei size, GLenum type)
{
    struct gl_host_state *h = d->host;
    GLfloat *memory = ready(d, size) ? entries(size) : NULL;
    if (!memory) {
        return;
    }
    d->gl->FeedbackBuffer(size, type, memory);
    if (current_pointer(d, GL_FEEDBACK_BUFFER_POINTER) != memory) {
        free(memory);
        return;
    }
    free(h->feedback);
    h->feedback = memory;
    h->feedback_size = MAX(size, 0);
}

/* Number of words that `hits` hit records take (section 21.6): count of names, two depths, names.
 */
static uint64_t hit_words(const GLuint *words, uint64_t size, GLint hits)
{
    uint64_t at = 0;
    for (GLint i = 0; i < hits && at < size; i++) {
        at += 3 + (uint64_t)words[at];
    }
    return MIN(at, size);
}

GLint gl_host_TriremeRenderMode(struct gl_decoder *d, GLenum mode, struct gl_result *now,
                                struct gl_result *collected)
{
    struct gl_host_state *h = d->host;
    if (!d->gl->RenderMode || !gl_host_outside(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return 0;
    }
    GLint count = d->gl->RenderMode(mode);
    GLenum before = h->render_mode;
    h->render_mode = (GLenum)gl_host_integer(d, GL_RENDER_MODE, (GLint)before);
    if (now->data && now->capacity >= sizeof h->render_mode) {
        memcpy(now->data, &h->render_mode, sizeof h->render_mode);
        now->bytes = sizeof h->render_mode;
    }
    const void *memory = NULL;
    uint64_t words = 0;
    if (before == GL_SELECT) {
        /* A negative count says that the buffer overflowed, and is full. */
        memory = h->select;
        words = count < 0 ? (uint64_t)h->select_size
                          : hit_words(h->select, (uint64_t)h->select_size, count);
    } else if (before == GL_FEEDBACK) {
        memory = h->feedback;
        words = count < 0 ? (uint64_t)h->feedback_size
                          : MIN((uint64_t)count, (uint64_t)h->feedback_size);
    }
    if (memory && collected->data && words > 0) {
        collected->bytes = MIN(words * 4, collected->capacity);
        memcpy(collected->data, memory, collected->bytes);
    }
    return count;
}

/* A slice of the guest's wait: this thread has others to serve. */
#define LONGEST_WAIT_NS UINT64_C(100000000)
/* And of that one: what is waited for may be another thread's to do. */
#define WAIT_SLICE_NS UINT64_C(1000000)

static GLenum wait_in_slices(struct gl_decoder *d, GLsync sync, GLbitfield flags, GLuint64 timeout)
{
    GLenum result;
    GLuint64 slice;
    do {
        slice = MIN(timeout, WAIT_SLICE_NS);
        result = d->gl->ClientWaitSync(sync, flags, slice);
        timeout -= slice;
        if (d->ops->let_others) {
            d->ops->let_others(d->data);
        }
    } while (result == GL_TIMEOUT_EXPIRED && timeout > 0);
    return result;
}

GLenum gl_host_ClientWaitSync(struct gl_decoder *d, uint64_t sync, GLbitfield flags,
                              GLuint64 timeout)
{
    GLsync own = gl_sync_lookup(sync);
    if (!own) {
        gl_decoder_set_error(d, GL_INVALID_VALUE);
        return GL_WAIT_FAILED;
    }
    return wait_in_slices(d, own, flags, MIN(timeout, LONGEST_WAIT_NS));
}

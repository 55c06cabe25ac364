/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Display lists, and glBegin and glEnd in and out of them.
 *
 * In glEndList Mesa goes through all lists that the new one calls, if it holds vertices of a kind
 * that depends on the caller's state, and crashes where there is no such list. So whatever a list
 * calls is there before it ends, and stays (gl_list_table.h).
 */
#include <math.h>

#include "dispatch/gl_host_arrays.h"
#include "dispatch/gl_host_default.h"
#include "dispatch/gl_len.h"
#include "gl_host.h"

/* Which display list is being compiled. Where the GL cannot be asked now, glEnd looks again. */
static void look_at_list(struct gl_decoder *d)
{
    struct gl_list_state *lists = &d->host->lists;
    lists->unsure = !gl_host_outside(d);
    if (!lists->unsure) {
        lists->compiling = (GLuint)gl_host_integer(d, GL_LIST_INDEX, 0);
    }
}

void gl_host_NewList(struct gl_decoder *d, GLuint list, GLenum mode)
{
    struct gl_list_state *lists = &d->host->lists;
    bool nested = lists->compiling != 0;
    d->gl->NewList(list, mode);
    look_at_list(d);
    if (!nested) {
        g_hash_table_remove_all(lists->callees);
        lists->begins = false;
    }
}

/* Makes those of the lists that are not there, empty. Under the table's lock. */
static bool make_missing(struct gl_decoder *d, const GArray *missing)
{
    struct gl_list_table *table = &d->share->lists;
    if (missing->len == 0) {
        return true;
    }
    if (!gl_spare_context_enter(d)) {
        gl_decoder_break(d, "no memory for display lists");
        return false;
    }
    for (guint i = 0; i < missing->len; i++) {
        GLuint name = g_array_index(missing, GLuint, i);
        if (!d->gl->IsList(name)) {
            d->gl->NewList(name, GL_COMPILE);
            d->gl->EndList();
            g_hash_table_add(table->phantoms, GUINT_TO_POINTER(name));
        }
        g_hash_table_add(table->present, GUINT_TO_POINTER(name));
    }
    gl_spare_context_leave(d);
    return true;
}

void gl_host_EndList(struct gl_decoder *d)
{
    struct gl_list_state *lists = &d->host->lists;
    struct gl_list_table *table = &d->share->lists;
    GLuint list = lists->compiling;
    if (list == 0) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return;
    }
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&table->lock);
    g_autoptr(GArray) missing = g_array_new(FALSE, FALSE, sizeof(GLuint));
    gl_list_table_call(table, lists->callees, missing);
    if (!make_missing(d, missing)) {
        return;
    }
    d->gl->EndList();
    /* What was a glBegin in the list was none for the queries. */
    d->begin = d->begin == GL_BEGIN_INSIDE ? GL_BEGIN_UNKNOWN : d->begin;
    look_at_list(d);
    if (lists->compiling == 0) {
        gl_list_table_made(table, list);
    }
}

/* Notes what the list being compiled calls. False: too much. */
static bool note_callee(struct gl_decoder *d, GLuint name)
{
    GHashTable *callees = d->host->lists.callees;
    if (g_hash_table_size(callees) >= GL_LIST_CALLED_MAX) {
        gl_decoder_set_error(d, GL_OUT_OF_MEMORY);
        return false;
    }
    g_hash_table_add(callees, GUINT_TO_POINTER(name));
    return true;
}

void gl_host_CallList(struct gl_decoder *d, GLuint list)
{
    /* There is no list 0: an error here, left out of what is compiled. */
    if (d->host->lists.compiling == 0 || (list != 0 && note_callee(d, list))) {
        d->gl->CallList(list);
        gl_host_list_called(d);
        gl_host_default_follow(d);
    }
}

/* Element i of an array of names, without the list base. OpenGL 2.1, §5.4. */
static GLuint list_name(GLenum type, const void *names, GLsizei i)
{
    const GLubyte *bytes = names;
    switch (type) {
    case GL_BYTE:
        return (GLuint)((const GLbyte *)names)[i];
    case GL_UNSIGNED_BYTE:
        return bytes[i];
    case GL_SHORT:
        return (GLuint)((const GLshort *)names)[i];
    case GL_UNSIGNED_SHORT:
        return ((const GLushort *)names)[i];
    case GL_FLOAT: {
        GLfloat value = floorf(((const GLfloat *)names)[i]);
        return value > -0x1p31f && value < 0x1p31f ? (GLuint)(GLint)value : 0;
    }
    case GL_2_BYTES:
        return bytes[2 * i] * 256u + bytes[2 * i + 1];
    case GL_3_BYTES:
        return bytes[3 * i] * 65536u + bytes[3 * i + 1] * 256u + bytes[3 * i + 2];
    case GL_4_BYTES:
        return bytes[4 * i] * 16777216u + bytes[4 * i + 1] * 65536u + bytes[4 * i + 2] * 256u +
               bytes[4 * i + 3];
    default:
        return ((const GLuint *)names)[i];
    }
}

/* Calls lists from a list. Mesa looks for them without the list base; then 0 can be none, and is
 * left out where Mesa might look. */
static void compile_calls(struct gl_decoder *d, GLsizei n, GLenum type, const void *names)
{
    GLuint *copy = gl_decoder_scratch(d, (uint64_t)n * sizeof *copy);
    GLsizei kept = 0;
    for (GLsizei i = 0; copy && i < n; i++) {
        GLuint name = list_name(type, names, i);
        if (name != 0 && !note_callee(d, name)) {
            return;
        }
        if (name != 0 || !d->host->lists.begins) {
            copy[kept++] = name;
        }
    }
    if (copy) {
        d->gl->CallLists(kept, GL_UNSIGNED_INT, copy);
    }
}

void gl_host_CallLists(struct gl_decoder *d, GLsizei n, GLenum type, struct gl_payload names)
{
    static const GLubyte none[4];
    if (!names.data && n > 0) {
        /* Nothing is called, but the type may be wrong. */
        names.data = none;
        n = 0;
    }
    if (d->host->lists.compiling != 0 && n > 0 && gl_len_list_name(type) > 0) {
        compile_calls(d, n, type, names.data);
    } else {
        d->gl->CallLists(n, type, names.data);
    }
    gl_host_list_called(d);
    gl_host_default_follow(d);
}

GLboolean gl_host_IsList(struct gl_decoder *d, GLuint list)
{
    struct gl_list_table *table = &d->share->lists;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&table->lock);
    bool phantom = g_hash_table_contains(table->phantoms, GUINT_TO_POINTER(list));
    return d->gl->IsList(list) && !phantom;
}

void gl_host_DeleteLists(struct gl_decoder *d, GLuint first, GLsizei count)
{
    struct gl_list_table *table = &d->share->lists;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&table->lock);
    g_autoptr(GArray) missing = g_array_new(FALSE, FALSE, sizeof(GLuint));
    d->gl->DeleteLists(first, count);
    gl_list_table_deleted(table, first, (GLuint)MAX(count, 0), missing);
    make_missing(d, missing);
}

void gl_host_Begin(struct gl_decoder *d, GLenum mode)
{
    gl_host_prepare_elements(d);
    /* It may be an error, or only be compiled. */
    d->begin = GL_BEGIN_UNKNOWN;
    d->host->lists.begins = true;
    d->gl->Begin(mode);
}

void gl_host_End(struct gl_decoder *d)
{
    d->gl->End();
    d->begin = GL_BEGIN_OUTSIDE;
    if (d->host->lists.unsure) {
        d->begin = GL_BEGIN_UNKNOWN;
        look_at_list(d);
    }
}

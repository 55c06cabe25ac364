/* SPDX-License-Identifier: MIT */
/*
 * The state of a context by the groups of glPushAttrib, in the guest's memory: read from one
 * context, kept, and written into another, as glXCopyContext and wglCopyContext have it. Everything
 * goes through OpenGL's own queries and commands, so the host knows nothing of it.
 *
 * What a group has is what glPushAttrib saves of it, less what belongs to objects. Of integer
 * generic attributes it is what they are as floats. The image-processing subset (ARB_imaging)
 * beyond blending is left out.
 */
#ifndef TRIREME_GUEST_ATTRIBUTE_GROUPS_H
#define TRIREME_GUEST_ATTRIBUTE_GROUPS_H

#include <stdbool.h>

#include "gl_entry_points.h"

struct attribute_values;

/* What holds for the contexts that are read from and written to. */
struct attribute_access {
    unsigned version;    /* of OpenGL, 21 is 2.1 */
    bool shares_objects; /* names of objects mean the same in both */
    bool same_buffers;   /* so do names of the default framebuffer's buffers */
    void(GL_API_CALL *draw_buffer)(GLenum buffer); /* glDrawBuffer */
};

/* Of the version string that glGetString gives. */
unsigned attribute_version(const char *string);

/* Reads those groups of the thread's context, which is outside of glBegin and glEnd. NULL: out of
 * memory. */
struct attribute_values *attribute_values_read(const struct attribute_access *access,
                                               GLbitfield groups);
/* Writes them into the thread's context, which must not be compiling a display list. */
void attribute_values_write(const struct attribute_access *access,
                            const struct attribute_values *values);
/* A new set: the values of those groups from `newer`, else those of `older`. Either may be NULL: no
 * values. NULL: out of memory. */
struct attribute_values *attribute_values_merge(const struct attribute_values *older,
                                                const struct attribute_values *newer,
                                                GLbitfield groups);
/* Drops names that mean nothing in a context which shares no objects with theirs, or has other
 * buffers. */
void attribute_values_drop_names(struct attribute_values *values, bool shares_objects,
                                 bool same_buffers);
/* NULL is fine. */
void attribute_values_free(struct attribute_values *values);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the contexts of one session (a process of the guest) have in common: drawables and share
 * groups, each by the number that the guest chose. The session and each of its contexts hold a
 * reference. All functions from any thread.
 */
#ifndef TRIREME_SESSION_OBJECTS_H
#define TRIREME_SESSION_OBJECTS_H

#include "contexts/drawable.h"
#include "contexts/program_options.h"
#include "contexts/share_group.h"

struct session_limits {
    uint32_t drawables;      /* at one time */
    uint32_t drawable_size;  /* pixels, each way */
    uint64_t drawable_bytes; /* of all drawables together */
};

struct session_objects;

/* `display` outlives it. */
struct session_objects *session_objects_create(const struct display *display,
                                               const struct session_limits *limits);
struct session_objects *session_objects_ref(struct session_objects *objects);
void session_objects_unref(struct session_objects *objects);

const struct display *session_objects_display(const struct session_objects *objects);

/* The user's options; at first none. set takes over the reference; get returns one. */
void session_objects_set_options(struct session_objects *objects, struct program_options *options);
struct program_options *session_objects_get_options(struct session_objects *objects);

/* The group of that number, made if it is not there; give it back with put. */
struct share_group *session_objects_get_group(struct session_objects *objects, uint32_t number);
void session_objects_put_group(struct session_objects *objects, struct share_group *group);

struct drawable_request {
    uint32_t id;                          /* > 0 */
    uint32_t config, kind, width, height; /* if it must be made; sizes are clamped */
};

/* The drawable of that id, made if it is not there; a reference of the caller's. */
struct drawable *session_objects_get_drawable(struct session_objects *objects,
                                              const struct drawable_request *request,
                                              GError **error);

/* Clamps to what the drawable may have; false, and nothing happens: all is used up. */
bool session_objects_resize_drawable(struct session_objects *objects, struct drawable *drawable,
                                     uint32_t width, uint32_t height, GError **error);

/* drawable_make_front() and drawable_drop_front(), counted; the former fails if all is used up. */
bool session_objects_make_front(struct session_objects *objects, struct drawable *drawable,
                                GError **error);
void session_objects_drop_front(struct session_objects *objects, struct drawable *drawable);

/* An accumulation buffer, counted. */
bool session_objects_make_accum(struct session_objects *objects, struct drawable *drawable);

/* Contexts that draw to it keep it until they let go; so does the first one that is still to have
 * it current. Guests use an id once. */
void session_objects_destroy_drawable(struct session_objects *objects, uint32_t id);

#endif

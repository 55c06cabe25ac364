/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the render threads to the main loop: a wait-free queue (liburcu's wfcqueue, many producers,
 * one consumer) and an eventfd that the main loop watches.
 *
 *     post × post   yes      post × take   yes      take × take   no
 */
#ifndef TRIREME_RENDER_EVENTS_H
#define TRIREME_RENDER_EVENTS_H

#include <stdbool.h>
#include <urcu/wfcqueue.h>

struct render_event {
    struct cds_wfcq_node node;
    void *data; /* whose event it is */
};

struct render_events {
    struct cds_wfcq_head head;
    struct cds_wfcq_tail tail;
    int fd; /* readable: look at the queue */
};

bool render_events_init(struct render_events *events);
void render_events_finish(struct render_events *events);

/* Any thread. The event stays the poster's memory and must live until it is taken. */
void render_events_post(struct render_events *events, struct render_event *event, void *data);

/* The main loop, when fd is readable. */
void render_events_acknowledge(struct render_events *events);
/* The data of the next event, NULL: none. */
void *render_events_take(struct render_events *events);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/render_events.h"

#include <sys/eventfd.h>
#include <unistd.h>

bool render_events_init(struct render_events *events)
{
    cds_wfcq_init(&events->head, &events->tail);
    events->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return events->fd >= 0;
}

void render_events_finish(struct render_events *events)
{
    cds_wfcq_destroy(&events->head, &events->tail);
    close(events->fd);
}

void render_events_post(struct render_events *events, struct render_event *event, void *data)
{
    event->data = data;
    cds_wfcq_node_init(&event->node);
    cds_wfcq_enqueue(&events->head, &events->tail, &event->node);
    eventfd_write(events->fd, 1);
}

void render_events_acknowledge(struct render_events *events)
{
    eventfd_t count;
    eventfd_read(events->fd, &count);
}

void *render_events_take(struct render_events *events)
{
    /* The one consumer needs no lock (wfcqueue.h); it may spin while an enqueue is half done. */
    struct cds_wfcq_node *node = __cds_wfcq_dequeue_blocking(&events->head, &events->tail);
    return node ? caa_container_of(node, struct render_event, node)->data : NULL;
}

/* SPDX-License-Identifier: MIT */
#include "guest/common/drawable.h"

void host_drawable_destroy(struct host_drawable *host)
{
    struct host_session *session = host_session_find(host->session);
    if (session && host->id) {
        session_destroy_drawable(session->session, host->id);
    }
    host->id = 0;
}

void host_drawable_prepare(struct host_drawable *host, const struct drawable *drawable,
                           struct host_session *session, uint32_t config)
{
    if (host->id && host->session == session->number && host->config == config) {
        return;
    }
    host_drawable_destroy(host);
    *host = (struct host_drawable){
        .id = session_new_drawable(session->session),
        .session = session->number,
        .config = config,
        .width = drawable->width,
        .height = drawable->height,
    };
}

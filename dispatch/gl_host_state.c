/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <glib.h>

#include "dispatch/gl_decoder_private.h"

/* What hand-written host functions remember of the context. */
struct gl_host_state {
    char unused;
};

void gl_host_state_create(struct gl_decoder *d)
{
    d->host = g_new0(struct gl_host_state, 1);
}

void gl_host_state_destroy(struct gl_decoder *d)
{
    g_clear_pointer(&d->host, g_free);
}

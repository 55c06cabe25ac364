/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The accumulation buffers of a context's drawables. EGL's surfaces have none: it lies in the
 * server's memory, from its first use on, and colours are read back to it. */
#ifndef TRIREME_CONTEXT_ACCUM_H
#define TRIREME_CONTEXT_ACCUM_H

#include "contexts/context.h"

/* glAccum, or glClear of the accumulation buffer. Returns false: no memory. */
bool context_accumulate(struct context *context, const struct gl_accumulation *what);

#endif

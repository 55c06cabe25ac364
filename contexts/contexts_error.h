/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The GError domain of contexts/; the code is an EGL error code, or 0 where EGL has no say. */
#ifndef TRIREME_CONTEXTS_ERROR_H
#define TRIREME_CONTEXTS_ERROR_H

#include <glib.h>
#include <stdbool.h>

#define CONTEXTS_ERROR (contexts_error_quark())
GQuark contexts_error_quark(void);

/* What EGL calls the error, "EGL_BAD_MATCH" for instance. */
const char *egl_error_name(int error);

/* Sets `error` from eglGetError(): "WHAT: EGL_…". Returns false. */
bool contexts_set_egl_error(GError **error, const char *what);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When extensions came: programs of old overrun their memory, or lose their way, with newer ones. */
#ifndef TRIREME_DISPATCH_GL_EXTENSION_YEARS_H
#define TRIREME_DISPATCH_GL_EXTENSION_YEARS_H

/* The year of an extension ("GL_…"); 0: it is not known. */
unsigned gl_extension_year(const char *name);

#endif

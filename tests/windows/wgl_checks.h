/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of wgl_checks.exe know of each other. */
#ifndef TRIREME_TEST_WGL_CHECKS_H
#define TRIREME_TEST_WGL_CHECKS_H

#include "wgl_window.h"

#define WIDTH 64
#define HEIGHT 48

/* The call has failed with that error. */
void need_error(int failed, DWORD error, const char *what);

/* font_checks.c: fonts of the code page, of Unicode. */
void check_font_a(void);
void check_font_w(void);
void check_outlines_a(void);
void check_outlines_w(void);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of wgl_checks.exe know of each other. */
#ifndef TRIREME_TEST_WGL_CHECKS_H
#define TRIREME_TEST_WGL_CHECKS_H

#include "wgl_window.h"

#define WIDTH 64
#define HEIGHT 48

/* The call has failed with that error. */
void need_error(int failed, DWORD error, const char *what);

COLORREF read_pixel(int x, int y);
/* Fills the window and swaps. */
void fill(HDC dc, float red, float green, float blue);
/* What the window shows in the end; frames take a moment. */
void need_shown(const struct wgl_window *window, int x, int y, COLORREF color);

/* bad_input_checks.c */
void check_bad_handles(void);
void check_debugger(void);
void check_foreign_window(void);
void check_no_host(void);
void check_no_slot(void);

/* copy_checks.c */
void check_copying(void);

/* export_checks.c */
void check_exports(void);
void check_layers(void);

/* gamma_checks.c */
void check_gamma(void);

/* pbuffer_checks.c */
void check_pbuffers(void);
void check_render_texture(void);

/* font_checks.c: fonts of the code page, of Unicode. */
void check_font_a(void);
void check_font_w(void);
void check_outlines_a(void);
void check_outlines_w(void);

#endif

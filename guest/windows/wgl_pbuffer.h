/* SPDX-License-Identifier: MIT */
/*
 * A pbuffer: WGL_ARB_pbuffer (wgl_pbuffer.c) and WGL_ARB_render_texture (wgl_render_texture.c).
 * Each image of a texture that can be drawn, a level of a face, is a drawable of its own, which is
 * there once it is asked for; the surface has the one that is drawn to. Under the process lock.
 */
#ifndef TRIREME_WGL_PBUFFER_H
#define TRIREME_WGL_PBUFFER_H

#include "guest/windows/wgl.h"

#define PBUFFER_FACES 6
#define PBUFFER_LEVELS 16

struct wgl_pbuffer {
    struct wgl_surface surface;
    struct wgl_pbuffer *next;
    HDC dc;          /* of memory, which nothing else is drawn to */
    uint32_t config; /* the host's */
    bool double_buffered;
    uint32_t width, height;
    int texture_format, texture_target; /* WGL_NO_TEXTURE_ARB: none */
    bool mipmap;
    unsigned face, level; /* that is drawn to; a face only of a cube map */
    struct drawable *images[PBUFFER_FACES][PBUFFER_LEVELS]; /* NULL: not asked for yet */
};

/* NULL: there is none of that handle. */
struct wgl_pbuffer *wgl_pbuffer_of(HPBUFFERARB handle);

/* How many images there may be: 1 face or all, 1 level or down to one pixel. */
unsigned wgl_pbuffer_faces(const struct wgl_pbuffer *pbuffer);
unsigned wgl_pbuffer_levels(const struct wgl_pbuffer *pbuffer);

/* One of them; no reference. NULL: no memory. */
struct drawable *wgl_pbuffer_image(struct wgl_pbuffer *pbuffer, unsigned face, unsigned level);

#endif

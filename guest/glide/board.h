/* SPDX-License-Identifier: MIT */
/*
 * guest/glide is Glide for programs: glide.dll, glide2x.dll and glide3x.dll, libglide2x.so and
 * libglide3x.so. Settings and drawing become records of a context's ring; queries, the
 * utilities and files are answered here. What is regular is generated (dispatch/glide/gen).
 *
 * This file is the room's door: the one board that a process has. Glide knows one current board
 * and no threads: a program that calls it from several takes turns, and so nothing here locks.
 */
#ifndef TRIREME_GUEST_GLIDE_BOARD_H
#define TRIREME_GUEST_GLIDE_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/common/gl_encoder.h"
#include "guest/common/present.h"
#include "guest/common/session.h"
#include "guest/common/slot.h"
#include "guest/glide/settings.h"
#include "guest/glide/types.h"
#include "guest/glide/vertices.h"

struct glide_board {
    struct gl_encoder encoder; /* lost while there is no context: then everything is dropped */
    struct glide_settings settings;

    /* From grGlideInit() to grGlideShutdown(). */
    struct session *session; /* NULL: no host, or not asked yet */
    struct slot slot;
    struct present *present;
    struct trireme_glide_board shown; /* as the host describes it */

    /* From grSstWinOpen() to grSstWinClose(). */
    bool open;
    struct glide_window *window;
    uint32_t drawable; /* the host's */
    uint32_t width, height;
    uint32_t rate;                /* Hz */
    int32_t color_format, origin; /* as opened */
    uint32_t pixel_format;        /* the same */

    struct glide_layout layout;
    uint32_t smooth; /* enum glide_smooth: of what is drawn without a word of its own */
    struct {
        uint32_t triangles, points, lines; /* drawn since they were reset */
    } counts;
    struct {
        uint8_t red[GLIDE_GAMMA_ENTRIES], green[GLIDE_GAMMA_ENTRIES], blue[GLIDE_GAMMA_ENTRIES];
    } gamma;
};

extern struct glide_board glide_board;

/* The version of the API that this library is: 21, 24 or 31. */
extern const unsigned glide_version;

/* Opens a context at the host, unless there is one. False: the host cannot be reached, which was
 * said; `shown` describes a board nevertheless. */
bool glide_board_attach(void);
/* Closes what is open. */
void glide_board_detach(void);
/* In the child of a fork: forgets what is the parent's. */
void glide_board_forked(void);

struct glide_screen {
    uintptr_t window; /* the program's handle; 0: one of our own */
    uint32_t width, height, rate;
    int32_t color_format, origin, color_buffers, aux_buffers;
    uint32_t pixel_format; /* enum glide_pixel_format */
};
bool glide_board_open(const struct glide_screen *screen);
void glide_board_close(void);

/* The buffers are swapped, so many retraces after the last time. */
void glide_board_swap(uint32_t interval);
/* The front buffer was written to. */
void glide_board_show_front(void);
/* Frames that are on their way to the window. */
unsigned glide_board_pending(void);

/* Dithering between mipmap levels is done only where a program allows it. */
void glide_allow_mipmap_dither(bool allow);

/* Tells the program's callback; without one, the log. */
void glide_board_error(const char *text);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The way of a frame into an X window or pixmap: shared memory of the X server's where it has
 * MIT-SHM, requests otherwise. Belongs to one drawable; locks itself.
 */
#ifndef TRIREME_X_IMAGE_H
#define TRIREME_X_IMAGE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "guest/common/frame.h"
#include "guest/linux/x_server.h"

/* Memory that the X server reads; two, so that one can be filled while it reads the other. */
struct x_segment {
    uint8_t *memory; /* NULL: none */
    size_t size;
    uint32_t id;
    bool busy; /* the X server has not answered `done` yet */
    xcb_get_input_focus_cookie_t done;
};

struct x_image {
    pthread_mutex_t lock;
    struct x_server *server;
    xcb_drawable_t target;
    uint8_t depth;
    xcb_gcontext_t gc; /* 0: not made yet */
    bool without_shm;
    struct x_segment segments[2];
    unsigned next_segment;
    uint8_t *buffer; /* without shared memory */
    size_t buffer_size;
};

void x_image_init(struct x_image *image, struct x_server *server, xcb_drawable_t target,
                  uint8_t depth);
void x_image_finish(struct x_image *image);

/* Shows the frame, clipped to width × height pixels from the upper left. */
void x_image_show(struct x_image *image, const struct frame *frame, uint32_t width,
                  uint32_t height);

#endif

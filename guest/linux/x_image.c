/* SPDX-License-Identifier: MIT */
#include "guest/linux/x_image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <xcb/shm.h>

#define PIXEL_BYTES 4u

void x_image_init(struct x_image *image, struct x_server *server, xcb_drawable_t target,
                  uint8_t depth)
{
    memset(image, 0, sizeof *image);
    pthread_mutex_init(&image->lock, NULL);
    image->server = server;
    image->target = target;
    image->depth = depth;
    image->without_shm = !server->has_shm;
}

static void free_segment(struct x_image *image, struct x_segment *segment)
{
    xcb_connection_t *connection = image->server->connection;
    if (segment->busy) {
        xcb_discard_reply(connection, segment->done.sequence);
    }
    if (segment->memory) {
        xcb_shm_detach(connection, segment->id);
        shmdt(segment->memory);
    }
    memset(segment, 0, sizeof *segment);
}

void x_image_finish(struct x_image *image)
{
    free_segment(image, &image->segments[0]);
    free_segment(image, &image->segments[1]);
    if (image->gc) {
        xcb_free_gc(image->server->connection, image->gc);
        xcb_flush(image->server->connection);
    }
    free(image->buffer);
    pthread_mutex_destroy(&image->lock);
}

/* False: the X server cannot attach to our memory; it may be on another machine. */
static bool make_segment(struct x_image *image, struct x_segment *segment, size_t size)
{
    xcb_connection_t *connection = image->server->connection;
    free_segment(image, segment);
    int id = shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
    if (id < 0) {
        return false;
    }
    void *memory = shmat(id, NULL, 0);
    uint32_t xid = xcb_generate_id(connection);
    xcb_generic_error_t *error = NULL;
    bool attached = memory != (void *)-1;
    if (attached) {
        error =
            xcb_request_check(connection, xcb_shm_attach_checked(connection, xid, (uint32_t)id, 1));
        attached = !error && !xcb_connection_has_error(connection);
    }
    shmctl(id, IPC_RMID, NULL);
    free(error);
    if (!attached) {
        if (memory != (void *)-1) {
            shmdt(memory);
        }
        return false;
    }
    *segment = (struct x_segment){.memory = memory, .size = size, .id = xid};
    return true;
}

/* The segment to fill next, at least `size` bytes, which the X server is done with; NULL: no
 * shared memory with this X server. */
static struct x_segment *free_segment_of(struct x_image *image, size_t size)
{
    struct x_segment *segment = &image->segments[image->next_segment];
    if (segment->busy) {
        free(xcb_get_input_focus_reply(image->server->connection, segment->done, NULL));
        segment->busy = false;
    }
    if (segment->size < size && !make_segment(image, segment, size)) {
        image->without_shm = true;
        return NULL;
    }
    image->next_segment ^= 1;
    return segment;
}

static bool show_shared(struct x_image *image, const struct frame *frame, uint32_t width,
                        uint32_t height)
{
    struct x_segment *segment = free_segment_of(image, (size_t)width * height * PIXEL_BYTES);
    if (!segment) {
        return false;
    }
    xcb_connection_t *connection = image->server->connection;
    frame_copy(frame, segment->memory, width, height, image->depth == 32);
    xcb_shm_put_image(connection, image->target, image->gc, (uint16_t)width, (uint16_t)height, 0, 0,
                      (uint16_t)width, (uint16_t)height, 0, 0, image->depth,
                      XCB_IMAGE_FORMAT_Z_PIXMAP, 0, segment->id, 0);
    /* Requests are executed in order: this one's answer says that the image is read. */
    segment->done = xcb_get_input_focus(connection);
    segment->busy = true;
    return true;
}

static void show_in_requests(struct x_image *image, const struct frame *frame, uint32_t width,
                             uint32_t height)
{
    xcb_connection_t *connection = image->server->connection;
    size_t row = (size_t)width * PIXEL_BYTES, size = row * height;
    if (image->buffer_size < size) {
        free(image->buffer);
        image->buffer = malloc(size);
        image->buffer_size = image->buffer ? size : 0;
    }
    if (!image->buffer) {
        return;
    }
    frame_copy(frame, image->buffer, width, height, image->depth == 32);
    size_t limit = (size_t)xcb_get_maximum_request_length(connection) * 4 -
                   sizeof(xcb_put_image_request_t) - 4;
    uint32_t rows = limit / row > 0 ? (uint32_t)(limit / row) : 1;
    for (uint32_t y = 0; y < height; y += rows) {
        uint32_t count = rows < height - y ? rows : height - y;
        xcb_put_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, image->target, image->gc,
                      (uint16_t)width, (uint16_t)count, 0, (int16_t)y, 0, image->depth,
                      (uint32_t)(count * row), image->buffer + y * row);
    }
}

void x_image_show(struct x_image *image, const struct frame *frame, uint32_t width, uint32_t height)
{
    xcb_connection_t *connection = image->server->connection;
    width = width < frame->width ? width : frame->width;
    height = height < frame->height ? height : frame->height;
    if (width == 0 || height == 0 || width > UINT16_MAX || height > INT16_MAX ||
        xcb_connection_has_error(connection)) {
        return;
    }
    pthread_mutex_lock(&image->lock);
    if (!image->gc) {
        uint32_t no_exposures = 0;
        image->gc = xcb_generate_id(connection);
        xcb_create_gc(connection, image->gc, image->target, XCB_GC_GRAPHICS_EXPOSURES,
                      &no_exposures);
    }
    if (image->without_shm || !show_shared(image, frame, width, height)) {
        show_in_requests(image, frame, width, height);
    }
    xcb_flush(connection);
    pthread_mutex_unlock(&image->lock);
}

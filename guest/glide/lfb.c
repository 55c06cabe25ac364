/* SPDX-License-Identifier: MIT */
#include "guest/glide/lfb.h"

#include <stdlib.h>
#include <string.h>

#include "glide_encode.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb_pixels.h"

/* Programs of the time count on rows of 1024 pixels. */
#define LEAST_ROW_PIXELS 1024u
#define BUFFERS 3u

struct lock {
    bool held;
    struct glide_lfb_wish wish; /* mode and origin as they are in force */
    uint32_t stride;
    uint8_t *pixels; /* what the program sees; stays where it is until the board is closed */
    uint8_t *shadow; /* write locks: what the host has, in the lock's mode */
    /* What the memory was filled with. */
    struct glide_lfb_colors colors;
    uint32_t epoch; /* of the board when it was equal to the host's buffer */
    bool filled;
};

/* Of each buffer: for reading, for writing. */
static struct lock locks[BUFFERS][2];
static unsigned writers; /* write locks that are held */
static uint32_t epoch;   /* changes with whatever changes a buffer */
static uint8_t *packed;  /* a rectangle's pixels on their way */

/* The lock of a buffer; depth and alpha lie in the auxiliary buffer. */
static struct lock *find_lock(int32_t buffer, bool write)
{
    unsigned index = buffer == GLIDE_BUFFER_DEPTH || buffer == GLIDE_BUFFER_ALPHA
                         ? GLIDE_BUFFER_AUX
                         : (unsigned)buffer;
    return index < BUFFERS ? &locks[index][write] : NULL;
}

static uint32_t row_pixels(void)
{
    return glide_board.width > LEAST_ROW_PIXELS ? glide_board.width : LEAST_ROW_PIXELS;
}

/* Room for the largest mode, so that the address does not change with the mode. */
static bool make_memory(struct lock *lock)
{
    size_t bytes = (size_t)row_pixels() * 4 * glide_board.height;
    if (!packed) {
        packed = malloc(bytes);
    }
    if (!lock->pixels) {
        lock->pixels = calloc(1, bytes);
    }
    if (lock->wish.write && !lock->shadow) {
        lock->shadow = calloc(1, bytes);
    }
    return packed && lock->pixels && (lock->shadow || !lock->wish.write);
}

/* The order of colours and bytes is of writing. */
static struct glide_lfb_colors colors_of(const struct glide_lfb_wish *wish)
{
    const struct glide_settings *settings = &glide_board.settings;
    if (!wish->write) {
        return (struct glide_lfb_colors){.mode = wish->mode};
    }
    return (struct glide_lfb_colors){
        .mode = wish->mode,
        .format = (int32_t)glide_settings_get(settings, GLIDE_SETTING_LFB_COLOR_FORMAT, 0, 0),
        .swap_bytes = glide_settings_get(settings, GLIDE_SETTING_LFB_SWIZZLE, 0, 0) != 0,
        .swap_words = glide_settings_get(settings, GLIDE_SETTING_LFB_SWIZZLE, 0, 1) != 0,
    };
}

/* Fills a lock's memory with what the host has. */
static void fetch(struct lock *lock)
{
    struct gl_encoder *e = &glide_board.encoder;
    const uint32_t width = glide_board.width, height = glide_board.height;
    size_t bytes;
    lock->colors = colors_of(&lock->wish);
    glide_encode_lfb_read(e, (uint32_t)lock->wish.buffer, (uint32_t)lock->wish.origin, 0, 0, width,
                          height);
    const uint8_t *reply = gl_encoder_sync(e, &bytes);
    for (uint32_t y = 0; y < height && bytes >= (size_t)(y + 1) * width * 2; y++) {
        glide_lfb_put_row(lock->pixels + (size_t)y * lock->stride, reply + (size_t)y * width * 2,
                          width, &lock->colors);
    }
    gl_encoder_reply_done(e);
    if (lock->wish.write) {
        memcpy(lock->shadow, lock->pixels, (size_t)lock->stride * height);
    }
    lock->epoch = epoch;
    lock->filled = true;
}

static bool shows_the_same(const struct lock *lock, const struct glide_lfb_wish *wish)
{
    const struct glide_lfb_colors colors = colors_of(wish);
    return lock->filled && lock->epoch == epoch && lock->wish.buffer == wish->buffer &&
           lock->wish.origin == wish->origin && lock->colors.mode == colors.mode &&
           lock->colors.format == colors.format && lock->colors.swap_bytes == colors.swap_bytes &&
           lock->colors.swap_words == colors.swap_words;
}

/* What of a wish is left to the board. A read lock has 16-bit pixels as they are. */
static bool settle(struct glide_lfb_wish *wish)
{
    bool aux = wish->buffer >= GLIDE_BUFFER_AUX;
    if (wish->mode == GLIDE_LFB_ANY || !wish->write) {
        wish->mode = aux ? GLIDE_LFB_ZA16 : GLIDE_LFB_565;
    }
    if (wish->origin == GLIDE_ORIGIN_ANY) {
        wish->origin = GLIDE_ORIGIN_UPPER_LEFT;
    }
    return glide_lfb_pixel_size(wish->mode) != 0 && wish->origin >= 0 &&
           wish->origin <= GLIDE_ORIGIN_LOWER_LEFT;
}

struct rectangle {
    uint32_t x, y, width, height;
};

static void send_rectangle(const struct lock *lock, const struct rectangle *r)
{
    uint32_t pixel = glide_lfb_pixel_size(lock->wish.mode), row = r->width * pixel;
    if (r->height == 0) {
        return;
    }
    for (uint32_t y = 0; y < r->height; y++) {
        memcpy(packed + (size_t)y * row,
               lock->pixels + (size_t)(r->y + y) * lock->stride + (size_t)r->x * pixel, row);
    }
    glide_encode_lfb_write(&glide_board.encoder, (uint32_t)lock->wish.buffer,
                           (uint32_t)lock->wish.mode, (uint32_t)lock->wish.origin,
                           lock->wish.pipeline, r->x, r->y, r->width, r->height, packed,
                           row * r->height);
}

/* Rows of equal extent that lie below each other travel together. */
static void add_run(const struct lock *lock, struct rectangle *pending, uint32_t x, uint32_t width,
                    uint32_t y)
{
    if (pending->height > 0 && pending->x == x && pending->width == width &&
        pending->y + pending->height == y) {
        pending->height++;
        return;
    }
    send_rectangle(lock, pending);
    *pending = (struct rectangle){x, y, width, 1};
}

static bool pixel_changed(const uint8_t *row, const uint8_t *shadow, uint32_t x, uint32_t bytes)
{
    return memcmp(row + (size_t)x * bytes, shadow + (size_t)x * bytes, bytes) != 0;
}

/* Every run of pixels that changed. Pixels between them must not be written: another mode than the
 * buffer's own, or the pipeline, would not leave them as they are. */
static void add_runs(const struct lock *lock, struct rectangle *pending, const uint8_t *row,
                     const uint8_t *shadow, uint32_t y)
{
    uint32_t bytes = glide_lfb_pixel_size(lock->wish.mode);
    for (uint32_t x = 0; x < glide_board.width; x++) {
        uint32_t start = x;
        while (x < glide_board.width && pixel_changed(row, shadow, x, bytes)) {
            x++;
        }
        if (x > start) {
            add_run(lock, pending, start, x - start, y);
        }
    }
}

/* From the first pixel that changed to the last. */
static void add_extent(const struct lock *lock, struct rectangle *pending, const uint8_t *row,
                       const uint8_t *shadow, uint32_t y)
{
    uint32_t first = 0, end = glide_board.width;
    while (!pixel_changed(row, shadow, first, 2)) {
        first++;
    }
    while (!pixel_changed(row, shadow, end - 1, 2)) {
        end--;
    }
    add_run(lock, pending, first, end - first, y);
}

/* The buffer holds exactly such pixels, so that unchanged ones may be written again. */
static bool is_plain(const struct lock *lock)
{
    return !lock->wish.pipeline &&
           (lock->wish.mode == GLIDE_LFB_565 ||
            (lock->wish.mode == GLIDE_LFB_ZA16 && lock->wish.buffer >= GLIDE_BUFFER_AUX));
}

/* True: something had changed. */
static bool send_changes(struct lock *lock)
{
    size_t row_bytes = (size_t)glide_board.width * glide_lfb_pixel_size(lock->wish.mode);
    struct rectangle pending = {0};
    bool changed = false;
    for (uint32_t y = 0; y < glide_board.height; y++) {
        uint8_t *row = lock->pixels + (size_t)y * lock->stride;
        uint8_t *shadow = lock->shadow + (size_t)y * lock->stride;
        if (memcmp(row, shadow, row_bytes) == 0) {
            continue;
        }
        changed = true;
        if (is_plain(lock)) {
            add_extent(lock, &pending, row, shadow, y);
        } else {
            add_runs(lock, &pending, row, shadow, y);
        }
        memcpy(shadow, row, row_bytes);
    }
    send_rectangle(lock, &pending);
    return changed;
}

/* What the host now has is what this lock shows, and no other. */
static void send_lock(struct lock *lock)
{
    bool current = lock->epoch == epoch;
    if (!send_changes(lock)) {
        return;
    }
    epoch++;
    if (current && is_plain(lock)) {
        lock->epoch = epoch;
    }
    if (lock->wish.buffer == GLIDE_BUFFER_FRONT) {
        glide_board_show_front();
    }
}

/* What was written into locks that are held. */
static void send_held(void)
{
    for (unsigned i = 0; writers > 0 && i < BUFFERS; i++) {
        if (locks[i][true].held) {
            send_lock(&locks[i][true]);
        }
    }
}

void glide_lfb_catch_up(void)
{
    send_held();
    epoch++;
}

bool glide_lfb_lock(const struct glide_lfb_wish *wanted, struct glide_lfb_view *view)
{
    struct glide_lfb_wish wish = *wanted;
    struct lock *lock = find_lock(wish.buffer, wish.write);
    if (!lock || !glide_board.open || !settle(&wish)) {
        return false;
    }
    glide_lfb_unlock(wish.buffer, wish.write);
    send_held();
    bool same = shows_the_same(lock, &wish);
    lock->wish = wish;
    lock->stride = row_pixels() * glide_lfb_pixel_size(wish.mode);
    if (!make_memory(lock)) {
        return false;
    }
    if (!same) {
        fetch(lock);
    }
    lock->held = true;
    writers += wish.write;
    *view = (struct glide_lfb_view){lock->pixels, lock->stride, wish.mode, wish.origin};
    return true;
}

bool glide_lfb_unlock(int32_t buffer, bool write)
{
    struct lock *lock = find_lock(buffer, write);
    if (!lock || !lock->held) {
        return false;
    }
    if (write) {
        send_lock(lock);
        writers--;
    }
    lock->held = false;
    return true;
}

void glide_lfb_close(void)
{
    for (unsigned i = 0; i < 2 * BUFFERS; i++) {
        struct lock *lock = &locks[i / 2][i % 2];
        free(lock->pixels);
        free(lock->shadow);
        *lock = (struct lock){0};
    }
    free(packed);
    packed = NULL;
    writers = 0;
}

static bool within_screen(uint32_t x, uint32_t y, uint32_t width, uint32_t height)
{
    return x <= glide_board.width && width <= glide_board.width - x && y <= glide_board.height &&
           height <= glide_board.height - y;
}

bool glide_lfb_read_region(int32_t buffer, uint32_t x, uint32_t y, uint32_t width, uint32_t height,
                           uint32_t stride, void *data)
{
    struct gl_encoder *e = &glide_board.encoder;
    size_t bytes, row = (size_t)width * 2;
    if (!glide_board.open || !within_screen(x, y, width, height)) {
        return false;
    }
    send_held();
    glide_encode_lfb_read(e, (uint32_t)buffer, GLIDE_ORIGIN_UPPER_LEFT, x, y, width, height);
    const uint8_t *reply = gl_encoder_sync(e, &bytes);
    bool answered = bytes >= row * height;
    for (uint32_t i = 0; answered && i < height; i++) {
        memcpy((uint8_t *)data + (size_t)i * stride, reply + i * row, row);
    }
    gl_encoder_reply_done(e);
    return answered;
}

bool glide_lfb_write_region(const struct glide_lfb_region *region)
{
    uint32_t pixel = glide_lfb_pixel_size(region->mode), row = region->width * pixel;
    if (!glide_board.open || pixel == 0 ||
        !within_screen(region->x, region->y, region->width, region->height)) {
        return false;
    }
    if (region->width == 0 || region->height == 0) {
        return true;
    }
    uint8_t *rows = malloc((size_t)row * region->height);
    if (!rows) {
        return false;
    }
    for (uint32_t i = 0; i < region->height; i++) {
        memcpy(rows + (size_t)i * row,
               (const uint8_t *)region->data + (ptrdiff_t)i * region->stride, row);
    }
    glide_lfb_catch_up();
    glide_encode_lfb_write(&glide_board.encoder, (uint32_t)region->buffer, (uint32_t)region->mode,
                           GLIDE_ORIGIN_UPPER_LEFT, region->pipeline, region->x, region->y,
                           region->width, region->height, rows, row * region->height);
    free(rows);
    if (region->buffer == GLIDE_BUFFER_FRONT) {
        glide_board_show_front();
    }
    return true;
}

/* SPDX-License-Identifier: MIT */
/*
 * The frame buffer as Glide 2.1 has it: grLfbBegin() and grLfbEnd() around pointers, and settings
 * for what later versions name in each lock.
 */
#include <string.h>

#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"

static struct {
    int32_t mode, origin;
    bool bypass;
    bool locked[2]; /* for writing: front, back */
} state;

static void *lock(int32_t buffer, bool write)
{
    const struct glide_lfb_wish wish = {
        .buffer = buffer,
        .mode = state.mode,
        .origin = state.origin,
        .write = write,
        .pipeline = !state.bypass,
    };
    struct glide_lfb_view view;
    return glide_lfb_lock(&wish, &view) ? view.pixels : NULL;
}

/* The pointers that the program has stay valid, and what is behind them is as now set. */
static void lock_again(void)
{
    for (int32_t buffer = 0; buffer < 2; buffer++) {
        if (state.locked[buffer]) {
            lock(buffer, true);
        }
    }
}

void GLIDE_CALL trireme_grLfbBegin(void)
{
}

void GLIDE_CALL trireme_grLfbEnd(void)
{
    for (int32_t buffer = 0; buffer < 2; buffer++) {
        glide_lfb_unlock(buffer, true);
        glide_lfb_unlock(buffer, false);
        state.locked[buffer] = false;
    }
}

void *GLIDE_CALL trireme_grLfbGetWritePtr(int32_t buffer)
{
    void *pixels = lock(buffer, true);
    if (pixels && (buffer == GLIDE_BUFFER_FRONT || buffer == GLIDE_BUFFER_BACK)) {
        state.locked[buffer] = true;
    }
    return pixels;
}

const void *GLIDE_CALL trireme_grLfbGetReadPtr(int32_t buffer)
{
    return lock(buffer, false);
}

void GLIDE_CALL trireme_grLfbWriteMode(int32_t mode)
{
    state.mode = mode;
    lock_again();
}

void GLIDE_CALL trireme_grLfbBypassMode(int32_t mode)
{
    state.bypass = mode != 0;
    lock_again();
}

void GLIDE_CALL trireme_grLfbOrigin(int32_t origin)
{
    state.origin = origin;
    lock_again();
}

static int32_t render_buffer(void)
{
    return (int32_t)glide_settings_get(&glide_board.settings, GLIDE_SETTING_RENDER_BUFFER, 0, 0);
}

uint32_t GLIDE_CALL trireme_guFbReadRegion(int32_t x, int32_t y, int32_t width, int32_t height,
                                           void *data, int32_t stride)
{
    return data && glide_lfb_read_region(render_buffer(), (uint32_t)x, (uint32_t)y, (uint32_t)width,
                                         (uint32_t)height, (uint32_t)stride, data);
}

uint32_t GLIDE_CALL trireme_guFbWriteRegion(int32_t x, int32_t y, int32_t width, int32_t height,
                                            const void *data, int32_t stride)
{
    const struct glide_lfb_region region = {
        .buffer = render_buffer(),
        .mode = state.mode,
        .pipeline = !state.bypass,
        .x = (uint32_t)x,
        .y = (uint32_t)y,
        .width = (uint32_t)width,
        .height = (uint32_t)height,
        .stride = stride,
        .data = data,
    };
    return data && glide_lfb_write_region(&region);
}

/* SPDX-License-Identifier: MIT */
/*
 * Screens and state as Glide 3 has them.
 */
#include <string.h>

#include "glide_entry_points.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"
#include "guest/glide/procedures.h"
#include "guest/glide/screens.h"
#include "guest/glide/start.h"

/* The only context. */
#define CONTEXT 1u

uint32_t GLIDE_CALL trireme_grSstWinOpen_3(uint32_t window, int32_t resolution, int32_t refresh,
                                           int32_t color_format, int32_t origin,
                                           int32_t color_buffers, int32_t aux_buffers)
{
    return trireme_grSstWinOpenExt(window, resolution, refresh, color_format, origin,
                                   GLIDE_PIXEL_565, color_buffers, aux_buffers);
}

/* Of the extension PIXEXT. */
uint32_t GLIDE_CALL trireme_grSstWinOpenExt(uint32_t window, int32_t resolution, int32_t refresh,
                                            int32_t color_format, int32_t origin,
                                            uint32_t pixel_format, int32_t color_buffers,
                                            int32_t aux_buffers)
{
    const struct glide_start wanted = {window, resolution,    refresh,     color_format,
                                       origin, color_buffers, aux_buffers, pixel_format};
    return glide_start_screen(&wanted) ? CONTEXT : 0;
}

uint32_t GLIDE_CALL trireme_grSstWinClose_3(uint32_t context)
{
    bool open = glide_board.open;
    glide_board_close();
    return open;
}

uint32_t GLIDE_CALL trireme_grSelectContext(uint32_t context)
{
    return glide_board.open && context == CONTEXT;
}

void GLIDE_CALL trireme_grBufferClear_3(uint32_t color, uint8_t alpha, uint32_t depth)
{
    glide_clear(color, alpha, depth);
}

/* Nothing that a program sees depends on when the host is done. */
void GLIDE_CALL trireme_grFinish(void)
{
    gl_encoder_flush(&glide_board.encoder);
}

void GLIDE_CALL trireme_grFlush(void)
{
    gl_encoder_flush(&glide_board.encoder);
}

void GLIDE_CALL trireme_grGlideGetState_3(void *state)
{
    glide_settings_save(&glide_board.settings, GLIDE_SETTINGS, state);
}

void GLIDE_CALL trireme_grGlideSetState_3(const void *state)
{
    glide_settings_restore(&glide_board.settings, GLIDE_SETTINGS, state);
}

uint32_t GLIDE_CALL trireme_grLfbWriteRegion_3(int32_t buffer, uint32_t x, uint32_t y,
                                               int32_t format, uint32_t width, uint32_t height,
                                               int32_t pipeline, int32_t stride, const void *data)
{
    struct glide_lfb_region region = {buffer, format, pipeline != 0, x,   y,
                                      width,  height, stride,        data};
    return glide_lfb_call_region(&region);
}

static bool fits(const struct glide_resolution *wanted, int32_t resolution)
{
    const int32_t any = -1;
    uint32_t width, height;
    glide_screen_size(resolution, &width, &height);
    uint64_t pixels = (uint64_t)width * height * 2;
    int32_t buffers = wanted->color_buffers == any ? 2 : wanted->color_buffers;
    int32_t aux = wanted->aux_buffers == any ? 1 : wanted->aux_buffers;
    return (wanted->resolution == any || wanted->resolution == resolution) && buffers >= 1 &&
           buffers <= 3 && aux >= 0 && aux <= 1 &&
           pixels * (uint32_t)(buffers + aux) <= glide_board.shown.frame_memory;
}

/* Returns the bytes of all that fit; `found` may be NULL. */
int32_t GLIDE_CALL trireme_grQueryResolutions(const struct glide_resolution *wanted,
                                              struct glide_resolution *found)
{
    int32_t count = 0;
    for (int32_t i = 0; i < GLIDE_RESOLUTIONS; i++) {
        if (!fits(wanted, i)) {
            continue;
        }
        if (found) {
            found[count] = (struct glide_resolution){
                .resolution = i,
                .refresh = wanted->refresh == -1 ? 0 : wanted->refresh,
                .color_buffers = wanted->color_buffers == -1 ? 2 : wanted->color_buffers,
                .aux_buffers = wanted->aux_buffers == -1 ? 1 : wanted->aux_buffers,
            };
        }
        count++;
    }
    return count * (int32_t)sizeof *found;
}

void *GLIDE_CALL trireme_grGetProcAddress(const char *name)
{
    for (const struct glide_procedure *p = glide_procedures; name && p->name; p++) {
        if (strcmp(p->name, name) == 0) {
            return (void *)p->address;
        }
    }
    return NULL;
}

/* Ours has no splash screen. */
void GLIDE_CALL trireme_grSplash_3(float x, float y, float width, float height, uint32_t frame)
{
}

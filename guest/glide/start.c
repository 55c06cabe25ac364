/* SPDX-License-Identifier: MIT */
/*
 * Glide's start and end, its screen, buffers and state: what all versions have alike.
 */
#include "guest/glide/start.h"
#include "glide_encode.h"
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"
#include "guest/glide/screens.h"

void GLIDE_CALL trireme_grGlideInit(void)
{
    glide_board_attach();
}

void GLIDE_CALL trireme_grGlideShutdown(void)
{
    glide_board_detach();
}

bool glide_start_screen(const struct glide_start *wanted)
{
    struct glide_screen screen = {
        .window = wanted->window,
        .rate = glide_screen_rate(wanted->refresh),
        .color_format = wanted->color_format,
        .origin = wanted->origin,
        .color_buffers = wanted->color_buffers,
        .aux_buffers = wanted->aux_buffers,
        .pixel_format = wanted->pixel_format,
    };
    return glide_screen_size(wanted->resolution, &screen.width, &screen.height) &&
           glide_board_open(&screen);
}

/* There is one board, and it is always selected. */
void GLIDE_CALL trireme_grSstSelect(int32_t board)
{
}

void GLIDE_CALL trireme_grBufferSwap(uint32_t interval)
{
    glide_lfb_catch_up();
    glide_encode_buffer_swap(&glide_board.encoder, interval);
    glide_board_swap(interval);
}

void glide_clear(uint32_t color, uint8_t alpha, uint32_t depth)
{
    glide_lfb_catch_up();
    glide_encode_buffer_clear(&glide_board.encoder, color, alpha, depth);
}

/* Everything but the depth buffer (Glide 2.4 Reference Manual). */
void GLIDE_CALL trireme_grDisableAllEffects(void)
{
    struct glide_settings *settings = &glide_board.settings;
    glide_set_alpha_blend_function(settings, 4, 0, 4, 0);
    glide_set_alpha_test_function(settings, 7);
    glide_set_chroma_key_mode(settings, 0);
    glide_set_fog_mode(settings, 0);
}

/* The ring makes room by itself. */
void GLIDE_CALL trireme_grCheckForRoom(int32_t bytes)
{
}

/* Registers and timings of the chip are not programs' affair here. */
uint32_t GLIDE_CALL trireme_grSstConfigPipeline(int32_t chip, int32_t reg, uint32_t value)
{
    return 0;
}

uint32_t GLIDE_CALL trireme_grSstVidMode(uint32_t board, void *timing)
{
    return 0;
}

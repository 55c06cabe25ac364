/* SPDX-License-Identifier: MIT */
/*
 * Screens, queries and state as Glide 2.1 and 2.4 have them.
 */
#include <stdio.h>
#include <string.h>

#include "glide_encode.h"
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"
#include "guest/glide/lfb_pixels.h"
#include "guest/glide/screens.h"
#include "guest/glide/start.h"
#include "guest/glide/textures.h"

uint32_t GLIDE_CALL trireme_grSstWinOpen_2(uint32_t window, int32_t resolution, int32_t refresh,
                                           int32_t color_format, int32_t origin,
                                           int32_t color_buffers, int32_t aux_buffers)
{
    const struct glide_start wanted = {window, resolution,    refresh,     color_format,
                                       origin, color_buffers, aux_buffers, GLIDE_PIXEL_565};
    trireme_guTexMemReset();
    return glide_start_screen(&wanted);
}

void GLIDE_CALL trireme_grSstWinClose_2(void)
{
    glide_board_close();
}

/* Others may have the display or lose it; windows stay where they are. */
uint32_t GLIDE_CALL trireme_grSstControl(uint32_t code)
{
    return 1;
}

uint32_t GLIDE_CALL trireme_grSstControlMode(uint32_t code)
{
    return 1;
}

void GLIDE_CALL trireme_grSstPassthruMode(int32_t mode)
{
}

/* No advertisement is drawn. */
void GLIDE_CALL trireme_grGlideShamelessPlug(int32_t on)
{
}

void GLIDE_CALL trireme_grGlideGetVersion(char *version)
{
    strcpy(version, glide_version == 21 ? "Glide Version 2.1" : "Glide Version 2.46");
}

void GLIDE_CALL trireme_grGlideGetState_2(void *state)
{
    glide_settings_save(&glide_board.settings, GLIDE2_SETTINGS, state);
}

void GLIDE_CALL trireme_grGlideSetState_2(const void *state)
{
    glide_settings_restore(&glide_board.settings, GLIDE2_SETTINGS, state);
}

/* GR_FOG_WITH_ITERATED_ALPHA is 1 in Glide 2 and 4 in Glide 3, where 1 is another mode. */
void GLIDE_CALL trireme_grFogMode_2(int32_t mode)
{
    glide_set_fog_mode(&glide_board.settings,
                       (mode & 0xff) == 1 ? ((uint32_t)mode & ~0xffu) | 4 : (uint32_t)mode);
}

void GLIDE_CALL trireme_grBufferClear_2(uint32_t color, uint8_t alpha, uint16_t depth)
{
    glide_clear(color, alpha, depth);
}

int32_t GLIDE_CALL trireme_grBufferNumPending(void)
{
    return (int32_t)glide_board_pending();
}

/* Nothing that a program sees depends on when the host is done. */
void GLIDE_CALL trireme_grSstIdle(void)
{
    gl_encoder_flush(&glide_board.encoder);
}

uint32_t GLIDE_CALL trireme_grSstIsBusy(void)
{
    return glide_board_pending() > 0;
}

/* Bits of the status register: 0-5 free entries of the FIFO, 6 the retrace is off, 7-9 busy, 12-27
 * free entries of the memory FIFO, 28-30 swaps pending. */
uint32_t GLIDE_CALL trireme_grSstStatus(void)
{
    uint32_t pending = glide_board_pending();
    uint32_t busy = pending > 0 ? 0x380 : 0;
    return 0x3f | (trireme_grSstVRetraceOn() ? 0 : 0x40) | busy | 0xffffu << 12 | pending << 28;
}

uint32_t GLIDE_CALL trireme_grSstVideoLine(void)
{
    return glide_screen_shown_line(glide_board.height, glide_board.rate);
}

uint32_t GLIDE_CALL trireme_grSstVRetraceOn(void)
{
    return glide_screen_line(glide_board.height, glide_board.rate) >= glide_board.height;
}

uint32_t GLIDE_CALL trireme_grSstScreenWidth(void)
{
    return glide_board.width;
}

uint32_t GLIDE_CALL trireme_grSstScreenHeight(void)
{
    return glide_board.height;
}

static int32_t megabytes(uint32_t bytes)
{
    return (int32_t)(bytes >> 20);
}

/* GrSstType: programs of the time know four kinds of boards, and Banshee since the last. */
static int32_t type_of(uint32_t kind)
{
    switch (kind) {
    case TRIREME_GLIDE_VOODOO:
        return 0;
    case TRIREME_GLIDE_RUSH:
        return 1;
    case TRIREME_GLIDE_VOODOO2:
        return 3;
    default:
        return 4;
    }
}

static void describe(struct glide_board_config *config)
{
    const struct trireme_glide_board *board = &glide_board.shown;
    const struct glide_unit_config unit = {.revision = 4, .memory = megabytes(board->unit_memory)};
    config->type = type_of(board->kind);
    if (board->kind == TRIREME_GLIDE_RUSH) {
        config->rush.memory = megabytes(board->frame_memory);
        config->rush.units = (int32_t)board->units;
        config->rush.unit = unit;
        return;
    }
    config->voodoo.memory = megabytes(board->frame_memory);
    config->voodoo.revision = 4;
    config->voodoo.units = (int32_t)board->units;
    for (uint32_t i = 0; i < board->units && i < GLIDE_TMUS; i++) {
        config->voodoo.unit[i] = unit;
    }
}

uint32_t GLIDE_CALL trireme_grSstQueryBoards(struct glide_hardware *hardware)
{
    memset(hardware, 0, sizeof *hardware);
    hardware->count = glide_board_attach() ? 1 : 0;
    return 1;
}

uint32_t GLIDE_CALL trireme_grSstQueryHardware(struct glide_hardware *hardware)
{
    trireme_grSstQueryBoards(hardware);
    if (hardware->count > 0) {
        describe(&hardware->boards[0]);
    }
    return hardware->count > 0;
}

void GLIDE_CALL trireme_grSstPerfStats(struct glide_pixel_stats *stats)
{
    size_t bytes;
    memset(stats, 0, sizeof *stats);
    glide_encode_pixel_stats(&glide_board.encoder);
    const uint8_t *reply = gl_encoder_sync(&glide_board.encoder, &bytes);
    memcpy(stats, reply, bytes < sizeof *stats ? bytes : sizeof *stats);
    gl_encoder_reply_done(&glide_board.encoder);
}

/* Movies of the frames that a program draws: never shipped with a driver. */
void GLIDE_CALL trireme_guMovieSetName(const char *name)
{
}

void GLIDE_CALL trireme_guMovieStart(void)
{
}

void GLIDE_CALL trireme_guMovieStop(void)
{
}

uint16_t GLIDE_CALL trireme_guEndianSwapBytes(uint16_t value)
{
    return (uint16_t)(value << 8 | value >> 8);
}

/* The halves of a word. */
uint32_t GLIDE_CALL trireme_guEndianSwapWords(uint32_t value)
{
    return value << 16 | value >> 16;
}

int32_t GLIDE_CALL trireme_guEncodeRLE16(void *to, const void *from, uint32_t width,
                                         uint32_t height)
{
    return (int32_t)glide_rle16_encode(to, from, width, height);
}

/* SPDX-License-Identifier: MIT */
/*
 * grGet(), grGetString() and grReset(): answered from what the board is and what was drawn.
 */
#include <string.h>

#include "dispatch/glide/pixel_formats.h"
#include "glide_encode.h"
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/screens.h"

#define MOST_VALUES 8

/* grGet()'s and grReset()'s names. */
enum {
    BITS_DEPTH = 0x01,
    BITS_RGBA = 0x02,
    FIFO_FULLNESS = 0x03,
    FOG_TABLE_ENTRIES = 0x04,
    GAMMA_TABLE_ENTRIES = 0x05,
    STATE_SIZE = 0x06,
    VERTEXLAYOUT_SIZE = 0x07,
    IS_BUSY = 0x08,
    LFB_PIXEL_PIPE = 0x09,
    MAX_TEXTURE_SIZE = 0x0a,
    MAX_TEXTURE_ASPECT_RATIO = 0x0b,
    MEMORY_FB = 0x0c,
    MEMORY_TMU = 0x0d,
    MEMORY_UMA = 0x0e,
    NUM_BOARDS = 0x0f,
    NON_POWER_OF_TWO_TEXTURES = 0x10,
    NUM_FB = 0x11,
    NUM_SWAP_HISTORY_BUFFER = 0x12,
    NUM_TMU = 0x13,
    PENDING_BUFFERSWAPS = 0x14,
    REVISION_FB = 0x15,
    REVISION_TMU = 0x16,
    STATS_LINES = 0x17,
    STATS_PIXELS_AFUNC_FAIL = 0x18,
    STATS_PIXELS_CHROMA_FAIL = 0x19,
    STATS_PIXELS_DEPTHFUNC_FAIL = 0x1a,
    STATS_PIXELS_IN = 0x1b,
    STATS_PIXELS_OUT = 0x1c,
    STATS_PIXELS = 0x1d,
    STATS_POINTS = 0x1e,
    STATS_TRIANGLES_IN = 0x1f,
    STATS_TRIANGLES_OUT = 0x20,
    STATS_TRIANGLES = 0x21,
    SWAP_HISTORY = 0x22,
    SUPPORTS_PASSTHRU = 0x23,
    TEXTURE_ALIGN = 0x24,
    VIDEO_POSITION = 0x25,
    VIEWPORT = 0x26,
    WDEPTH_MIN_MAX = 0x27,
    ZDEPTH_MIN_MAX = 0x28,
    VERTEX_PARAMETER = 0x29,
    BITS_GAMMA = 0x2a,
};

static uint32_t pixel_count(uint32_t name)
{
    /* Where each is in GrSstPerfStats_t. */
    static const uint8_t words[] = {[STATS_PIXELS_AFUNC_FAIL - STATS_PIXELS_AFUNC_FAIL] = 3,
                                    [STATS_PIXELS_CHROMA_FAIL - STATS_PIXELS_AFUNC_FAIL] = 1,
                                    [STATS_PIXELS_DEPTHFUNC_FAIL - STATS_PIXELS_AFUNC_FAIL] = 2,
                                    [STATS_PIXELS_IN - STATS_PIXELS_AFUNC_FAIL] = 0,
                                    [STATS_PIXELS_OUT - STATS_PIXELS_AFUNC_FAIL] = 4};
    size_t bytes, at = 4u * words[name - STATS_PIXELS_AFUNC_FAIL];
    uint32_t count = 0;
    glide_encode_pixel_stats(&glide_board.encoder);
    const uint8_t *reply = gl_encoder_sync(&glide_board.encoder, &bytes);
    if (bytes >= at + sizeof count) {
        memcpy(&count, reply + at, sizeof count);
    }
    gl_encoder_reply_done(&glide_board.encoder);
    return count;
}

static unsigned one(int32_t *values, uint32_t value)
{
    values[0] = (int32_t)value;
    return 1;
}

static unsigned two(int32_t *values, int32_t first, int32_t second)
{
    values[0] = first;
    values[1] = second;
    return 2;
}

/* The viewport as set, in the order of grViewport(). */
static unsigned viewport(int32_t *values)
{
    for (unsigned i = 0; i < 4; i++) {
        values[i] =
            (int32_t)glide_settings_get(&glide_board.settings, GLIDE_SETTING_VIEWPORT, 0, i);
    }
    return 4;
}

static unsigned bits_of_colors(int32_t *values)
{
    static const int32_t bits_565[] = {5, 6, 5, 0}, bits_8888[] = {8, 8, 8, 8};
    uint32_t format = glide_board.pixel_format;
    bool wide = format == GLIDE_PIXEL_8888 || format == GLIDE_PIXEL_2_8888 ||
                format == GLIDE_PIXEL_4_8888 || format == GLIDE_PIXEL_8_8888;
    memcpy(values, wide ? bits_8888 : bits_565, sizeof bits_565);
    return 4;
}

/* How many values there are; 0: there is no such name. */
static unsigned get(uint32_t name, int32_t *values)
{
    const struct trireme_glide_board *board = &glide_board.shown;
    switch (name) {
    case BITS_DEPTH:
        return one(values, 16);
    case BITS_RGBA:
        return bits_of_colors(values);
    case BITS_GAMMA:
        return one(values, 8);
    case FIFO_FULLNESS:
        return two(values, 0, 0);
    case FOG_TABLE_ENTRIES:
        return one(values, GLIDE_FOG_ENTRIES);
    case GAMMA_TABLE_ENTRIES:
        return one(values, GLIDE_GAMMA_ENTRIES);
    case STATE_SIZE:
        return one(values, GLIDE3_STATE_BYTES);
    case VERTEXLAYOUT_SIZE:
        return one(values, sizeof glide_board.layout);
    case IS_BUSY:
        return one(values, glide_board_pending() > 0);
    case LFB_PIXEL_PIPE:
    case NUM_BOARDS:
    case NUM_FB:
        return one(values, 1);
    case MAX_TEXTURE_SIZE:
        return one(values, 256);
    case MAX_TEXTURE_ASPECT_RATIO:
        return one(values, 3);
    case MEMORY_FB:
        return one(values, board->frame_memory);
    case MEMORY_TMU:
        return one(values, board->unit_memory);
    case MEMORY_UMA:
    case NON_POWER_OF_TWO_TEXTURES:
        return one(values, 0);
    case NUM_SWAP_HISTORY_BUFFER:
        return one(values, MOST_VALUES);
    case SWAP_HISTORY: /* every swap took one retrace */
        memset(values, 0, MOST_VALUES * sizeof *values);
        return MOST_VALUES;
    case NUM_TMU:
        return one(values, board->units);
    case PENDING_BUFFERSWAPS:
        return one(values, glide_board_pending());
    case REVISION_FB:
        return one(values, 4);
    case REVISION_TMU:
        return board->units > 1 ? two(values, 4, 4) : one(values, 4);
    case STATS_LINES:
        return one(values, glide_board.counts.lines);
    case STATS_POINTS:
        return one(values, glide_board.counts.points);
    case STATS_TRIANGLES_IN:
    case STATS_TRIANGLES_OUT:
        return one(values, glide_board.counts.triangles);
    case STATS_PIXELS_AFUNC_FAIL:
    case STATS_PIXELS_CHROMA_FAIL:
    case STATS_PIXELS_DEPTHFUNC_FAIL:
    case STATS_PIXELS_IN:
    case STATS_PIXELS_OUT:
        return one(values, pixel_count(name));
    case SUPPORTS_PASSTHRU:
        return one(values,
                   board->kind == TRIREME_GLIDE_VOODOO || board->kind == TRIREME_GLIDE_VOODOO2);
    case TEXTURE_ALIGN:
        return one(values, 8);
    case VIDEO_POSITION:
        return two(values, (int32_t)glide_screen_shown_line(glide_board.height, glide_board.rate),
                   0);
    case VIEWPORT:
        return viewport(values);
    case WDEPTH_MIN_MAX:
        return two(values, 0, 0xffff);
    case ZDEPTH_MIN_MAX: /* nearer is more */
        return two(values, 0xffff, 0);
    default:
        return 0;
    }
}

/* Returns the bytes that were written: as many of the values as fit. */
uint32_t GLIDE_CALL trireme_grGet(uint32_t name, uint32_t bytes, int32_t *values)
{
    int32_t found[MOST_VALUES];
    unsigned count = values ? get(name, found) : 0;
    uint32_t written = count * 4 < bytes ? count * 4 : bytes & ~3u;
    if (written > 0) {
        memcpy(values, found, written);
    }
    return written;
}

uint32_t GLIDE_CALL trireme_grReset(uint32_t what)
{
    switch (what) {
    case STATS_LINES:
        glide_board.counts.lines = 0;
        return 1;
    case STATS_POINTS:
        glide_board.counts.points = 0;
        return 1;
    case STATS_TRIANGLES:
        glide_board.counts.triangles = 0;
        return 1;
    case STATS_PIXELS:
        glide_encode_pixel_stats_reset(&glide_board.encoder);
        return 1;
    case VERTEX_PARAMETER:
        glide_layout_start(&glide_board.layout, glide_version);
        return 1;
    default:
        return 0;
    }
}

static const char *hardware(uint32_t kind)
{
    switch (kind) {
    case TRIREME_GLIDE_VOODOO:
        return "Voodoo Graphics";
    case TRIREME_GLIDE_RUSH:
        return "Voodoo Rush";
    case TRIREME_GLIDE_VOODOO2:
        return "Voodoo2";
    case TRIREME_GLIDE_BANSHEE:
        return "Voodoo Banshee";
    default:
        return "Voodoo3 (tm)";
    }
}

/* Programs compare these. */
const char *GLIDE_CALL trireme_grGetString(uint32_t name)
{
    switch (name) {
    case 0xa0:
        return " CHROMARANGE TEXCHROMA TEXMIRROR PALETTE6666 FOGCOORD PIXEXT COMBINE TEXFMT "
               "TEXTUREBUFFER GETGAMMA ";
    case 0xa1:
        return hardware(glide_board.shown.kind);
    case 0xa2:
        return "Glide";
    case 0xa3:
        return "3Dfx Interactive";
    case 0xa4:
        return "3.10.00.0303";
    default:
        return "";
    }
}

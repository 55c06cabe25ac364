/* SPDX-License-Identifier: MIT */
/*
 * 3DF files: a header of text, a table if the format has one, then the levels from the largest on,
 * all with the high byte first. Files are read by the program's own library, as everywhere; what a
 * file is too short for is black.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dispatch/glide/texture_layout.h"
#include "glide_entry_points.h"
#include "guest/glide/board.h"
#include "guest/glide/textures.h"

#define HEADER_LINES 4
#define LINE_BYTES 80

enum { FORMAT_YIQ = 0x1, FORMAT_P8 = 0x5, FORMAT_AYIQ = 0x9, FORMAT_AP88 = 0xe };

/* GrTextureFormat_t by the names that files have. */
static const struct {
    const char *name;
    int32_t format;
} formats[] = {
    {"rgb332", 0x0},   {"yiq", 0x1},       {"yiq422", 0x1}, {"a8", 0x2},        {"alpha8", 0x2},
    {"i8", 0x3},       {"intensity", 0x3}, {"ai44", 0x4},   {"p8", 0x5},        {"argb8332", 0x8},
    {"ayiq8422", 0x9}, {"ayiq", 0x9},      {"rgb565", 0xa}, {"argb1555", 0xb},  {"argb4444", 0xc},
    {"ai88", 0xd},     {"ap88", 0xe},      {"fxt1", 0x11},  {"argb8888", 0x12},
};

static int32_t find_format(const char *name)
{
    for (unsigned i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return formats[i].format;
        }
    }
    return -1;
}

static int32_t log2_of(long size)
{
    int32_t log = 0;
    while (log < GLIDE_LARGEST_LOD && 1L << log < size) {
        log++;
    }
    return 1L << log == size ? log : -1;
}

/* Two numbers behind "NAME: ". */
static bool read_pair(const char *line, const char *name, long *first, long *second)
{
    size_t length = strlen(name);
    char *end;
    if (strncmp(line, name, length) != 0) {
        return false;
    }
    *first = strtol(line + length, &end, 10);
    *second = strtol(end, NULL, 10);
    return *first > 0 && *second > 0;
}

/* A file's header in logarithms, and the file behind it. */
static bool read_header(FILE *file, struct glide_shape *shape)
{
    char lines[HEADER_LINES][LINE_BYTES];
    long small, large, width, height;
    for (unsigned i = 0; i < HEADER_LINES; i++) {
        if (!fgets(lines[i], LINE_BYTES, file)) {
            return false;
        }
        lines[i][strcspn(lines[i], "\r\n")] = '\0';
    }
    if (strncmp(lines[0], "3df v", 5) != 0 || !read_pair(lines[2], "lod range: ", &small, &large) ||
        !read_pair(lines[3], "aspect ratio: ", &width, &height)) {
        return false;
    }
    int32_t wide = log2_of(width), high = log2_of(height);
    *shape = (struct glide_shape){
        .small_lod = log2_of(small),
        .large_lod = log2_of(large),
        .aspect = wide - high,
        .format = find_format(lines[1]),
    };
    return wide >= 0 && high >= 0 && shape->aspect >= -3 && shape->aspect <= 3 &&
           shape->small_lod >= 0 && shape->small_lod <= shape->large_lod && shape->format >= 0;
}

static void fill_info(struct glide_3df *info, const struct glide_shape *shape)
{
    const uint32_t large = (uint32_t)shape->large_lod;
    /* The translations between versions are their own reverses. */
    info->small_lod = glide_lod_log2(shape->small_lod);
    info->large_lod = glide_lod_log2(shape->large_lod);
    info->aspect = glide_aspect_log2(shape->aspect);
    info->format = shape->format;
    info->width = glide_level_width(large, shape->aspect);
    info->height = glide_level_height(large, shape->aspect);
    info->bytes = glide_mipmap_bytes((uint32_t)shape->small_lod, large, shape->aspect,
                                     (uint32_t)shape->format, 3);
}

static FILE *open_file(const char *path, struct glide_shape *shape)
{
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (file && !read_header(file, shape)) {
        fclose(file);
        return NULL;
    }
    return file;
}

uint32_t GLIDE_CALL trireme_gu3dfGetInfo(const char *path, struct glide_3df *info)
{
    struct glide_shape shape;
    FILE *file = open_file(path, &shape);
    if (!file) {
        return 0;
    }
    fclose(file);
    fill_info(info, &shape);
    return 1;
}

static uint16_t read_16(FILE *file)
{
    uint8_t bytes[2] = {0};
    fread(bytes, 1, sizeof bytes, file);
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static uint32_t read_32(FILE *file)
{
    uint32_t high = read_16(file);
    return high << 16 | read_16(file);
}

/* Three components of 9 bits in a word, as the chip has them. */
static uint32_t pack_color(const int16_t color[3])
{
    return ((uint32_t)color[0] & 0x1ff) << 18 | ((uint32_t)color[1] & 0x1ff) << 9 |
           ((uint32_t)color[2] & 0x1ff);
}

static void read_ncc(FILE *file, struct glide_ncc_table *table)
{
    for (unsigned i = 0; i < 16; i++) {
        table->y[i] = (uint8_t)read_16(file);
    }
    for (unsigned i = 0; i < 12; i++) {
        table->i[i / 3][i % 3] = (int16_t)read_16(file);
    }
    for (unsigned i = 0; i < 12; i++) {
        table->q[i / 3][i % 3] = (int16_t)read_16(file);
    }
    memcpy(table->packed, table->y, sizeof table->y);
    for (unsigned i = 0; i < 4; i++) {
        table->packed[4 + i] = pack_color(table->i[i]);
        table->packed[8 + i] = pack_color(table->q[i]);
    }
}

static void read_table(FILE *file, struct glide_3df *info)
{
    if (info->format == FORMAT_P8 || info->format == FORMAT_AP88) {
        for (unsigned i = 0; i < GLIDE_PALETTE_ENTRIES; i++) {
            info->table.palette[i] = read_32(file);
        }
    } else if (info->format == FORMAT_YIQ || info->format == FORMAT_AYIQ) {
        read_ncc(file, &info->table.ncc);
    }
}

/* Bytes of what a format is written in; compressed blocks are bytes. */
static unsigned word_bytes(int32_t format)
{
    return format == 0x12 ? 4 : format >= 0x8 && format <= 0xe ? 2 : 1;
}

static void read_levels(FILE *file, const struct glide_shape *shape, uint8_t *data)
{
    uint32_t bytes = 0;
    for (int32_t lod = shape->large_lod; lod >= shape->small_lod; lod--) {
        bytes += glide_level_bytes((uint32_t)lod, shape->aspect, (uint32_t)shape->format);
    }
    size_t got = fread(data, 1, bytes, file);
    memset(data + got, 0, bytes - got);
    unsigned word = word_bytes(shape->format);
    for (uint32_t i = 0; word > 1 && i < bytes; i += word) {
        for (unsigned low = 0; low < word / 2; low++) {
            uint8_t byte = data[i + low];
            data[i + low] = data[i + word - 1 - low];
            data[i + word - 1 - low] = byte;
        }
    }
}

/* `info->data` is the program's memory of as many bytes as gu3dfGetInfo() said. */
uint32_t GLIDE_CALL trireme_gu3dfLoad(const char *path, struct glide_3df *info)
{
    struct glide_shape shape;
    FILE *file = info && info->data ? open_file(path, &shape) : NULL;
    if (!file) {
        return 0;
    }
    fill_info(info, &shape);
    read_table(file, info);
    read_levels(file, &shape, info->data);
    fclose(file);
    return 1;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/program_options.h"

#include "contexts/glide_board.h"
#include "dispatch/glide/glide_host.h"

#include <string.h>

static void clear(void *box)
{
    struct program_options *options = box;
    g_strfreev(options->hidden_extensions);
}

struct program_options *program_options_new(void)
{
    return g_atomic_rc_box_new0(struct program_options);
}

struct program_options *program_options_ref(struct program_options *options)
{
    return g_atomic_rc_box_acquire(options);
}

void program_options_unref(struct program_options *options)
{
    if (options) {
        g_atomic_rc_box_release_full(options, clear);
    }
}

static bool set_version(struct program_options *options, const char *value)
{
    char *end;
    guint64 major = g_ascii_strtoull(value, &end, 10);
    if (end == value || *end != '.' || !g_ascii_isdigit(end[1]) || end[2] != '\0' || major < 1 ||
        major > 4) {
        return false;
    }
    options->gl_version = (uint32_t)(major << 8 | (guint64)(end[1] - '0'));
    return true;
}

static bool set_hidden(struct program_options *options, const char *value)
{
    g_strfreev(options->hidden_extensions);
    options->hidden_extensions = g_strsplit_set(value, " ,", -1);
    return true;
}

static bool set_number(uint32_t *number, const char *value, guint64 greatest)
{
    guint64 parsed;
    if (!g_ascii_string_to_unsigned(value, 10, 0, greatest, &parsed, NULL)) {
        return false;
    }
    *number = (uint32_t)parsed;
    return true;
}

static bool set_extensions_bytes(struct program_options *options, const char *value)
{
    return set_number(&options->extensions_bytes, value, G_MAXINT32);
}

static bool set_extensions_year(struct program_options *options, const char *value)
{
    return set_number(&options->extensions_year, value, 2100);
}

static bool set_swap_interval(struct program_options *options, const char *value)
{
    bool set = set_number(&options->swap_interval, value, 60);
    options->has_swap_interval |= set;
    return set;
}

static bool set_frame_rate(struct program_options *options, const char *value)
{
    return set_number(&options->frame_rate, value, 1000);
}

static bool set_samples(struct program_options *options, const char *value)
{
    return set_number(&options->samples, value, 32);
}

static bool set_glide_board(struct program_options *options, const char *value)
{
    int kind = glide_board_find(value);
    options->glide_board = (uint32_t)(kind + 1);
    return kind >= 0;
}

static bool set_glide_scale(struct program_options *options, const char *value)
{
    return set_number(&options->glide_scale, value, GLIDE_MAX_SCALE) && options->glide_scale > 0;
}

static bool set_glide_true_color(struct program_options *options, const char *value)
{
    uint32_t number = 0;
    bool set = set_number(&number, value, 1);
    options->glide_true_color = number == 1;
    return set;
}

/* As boards had it. */
static bool set_glide_memory(struct program_options *options, const char *value)
{
    uint32_t mebibytes = 0;
    if (!set_number(&mebibytes, value, GLIDE_MAX_UNIT_MIB) || mebibytes == 0 ||
        (mebibytes & (mebibytes - 1)) != 0) {
        return false;
    }
    options->glide_memory = mebibytes << 20;
    return true;
}

static bool set_glide_units(struct program_options *options, const char *value)
{
    return set_number(&options->glide_units, value, 2) && options->glide_units > 0;
}

static bool set_glide_filter(struct program_options *options, const char *value)
{
    static const char *const names[] = {[GLIDE_FILTER_PROGRAM] = "program",
                                        [GLIDE_FILTER_NEAREST] = "nearest",
                                        [GLIDE_FILTER_BILINEAR] = "bilinear"};
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i], value) == 0) {
            options->glide_filter = i;
            return true;
        }
    }
    return false;
}

static bool set_glide_gamma(struct program_options *options, const char *value)
{
    char *end;
    double gamma = g_ascii_strtod(value, &end);
    if (end == value || *end != '\0' || !(gamma >= 0.1 && gamma <= 10)) {
        return false;
    }
    options->glide_gamma = (float)gamma;
    return true;
}

int64_t program_options_frame_us(const struct program_options *options, uint32_t asked_us)
{
    int64_t by_rate = options->frame_rate > 0 ? G_USEC_PER_SEC / options->frame_rate : 0;
    int64_t by_interval = options->has_swap_interval
                              ? (int64_t)options->swap_interval * G_USEC_PER_SEC / 60
                              : asked_us;
    return MAX(by_rate, by_interval);
}

static const struct key {
    const char *name;
    bool (*set)(struct program_options *options, const char *value);
    const char *help;
} keys[] = {
    {"gl-version", set_version, "greatest OpenGL version that the program sees: 1.4, 2.1, …"},
    {"hide-extensions", set_hidden, "extensions that it does not see; * and ? stand for others"},
    {"extensions-year", set_extensions_year, "only extensions of that year and before"},
    {"extensions-bytes", set_extensions_bytes, "greatest length of the list of extensions"},
    {"frame-rate", set_frame_rate, "frames a second at most"},
    {"swap-interval", set_swap_interval,
     "a frame every so many 60ths of a second at most, whatever a Glide program "
     "asks for; 0: any"},
    {"samples", set_samples, "multisampling of at least so many samples, asked for or not"},
    {"glide-board", set_glide_board, "voodoo, rush, voodoo2, banshee or voodoo3"},
    {"glide-memory", set_glide_memory, "MiB of texture memory of each unit: 1, 2, 4, 8 or 16"},
    {"glide-units", set_glide_units, "texture units of the board: 1 or 2"},
    {"glide-scale", set_glide_scale, "Glide is drawn so many times as wide and as high: 1 to 8"},
    {"glide-true-color", set_glide_true_color, "1: Glide's colours keep 8 bits, undithered"},
    {"glide-filter", set_glide_filter,
     "textures are sampled so, whatever it says: nearest, bilinear"},
    {"glide-gamma", set_glide_gamma, "Glide's frames are lighter by that gamma: 0.1 to 10"},
};

bool program_options_set(struct program_options *options, const char *key, const char *value)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].name, key) == 0) {
            return keys[i].set(options, value);
        }
    }
    return false;
}

void program_options_set_lines(struct program_options *options, const char *lines, GString *wrong)
{
    g_auto(GStrv) split = g_strsplit(lines, "\n", -1);
    for (char **line = split; *line; line++) {
        g_auto(GStrv) parts = g_strsplit(g_strstrip(*line), "=", 2);
        if (!parts[0] || !parts[0][0]) {
            continue;
        }
        if (!parts[1] ||
            !program_options_set(options, g_strstrip(parts[0]), g_strstrip(parts[1]))) {
            g_autofree char *shown = g_strescape(*line, NULL);
            g_string_append_printf(wrong, "%s\"%s\"", wrong->len ? ", " : "", shown);
        }
    }
}

void program_options_describe(GString *text)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_string_append_printf(text, "    %-16s %s\n", keys[i].name, keys[i].help);
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a user may set for one program, in the host's configuration or in the guest's: keys and
 * values as text. Immutable once a session has it; shared by its contexts.
 */
#ifndef TRIREME_PROGRAM_OPTIONS_H
#define TRIREME_PROGRAM_OPTIONS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct program_options {
    uint32_t gl_version;       /* greatest that is offered, major << 8 | minor; 0: the host's */
    char **hidden_extensions;  /* patterns with '*' and '?'; NULL: none */
    uint32_t extensions_year;  /* of the newest that it sees; 0: any */
    uint32_t extensions_bytes; /* of glGetString(GL_EXTENSIONS) at most; 0: any */
    uint32_t frame_rate;       /* frames a second at most; 0: any */
    uint32_t swap_interval;    /* of 60 Hz; 0: none */
    bool has_swap_interval;    /* which then counts in place of the program's own */
    uint32_t samples;          /* of each pixel of a drawable at least; 0: what the program says */
    uint32_t glide_board;      /* enum trireme_glide_board_kind, plus 1; 0: the default one */
    uint32_t glide_scale;      /* pixels drawn per pixel of Glide's, each way; 0: 1 */
    bool glide_true_color;     /* 8 bits a colour instead of dithered 565 */
    uint32_t glide_memory;     /* bytes of texture memory of each unit; 0: the board's */
    uint32_t glide_units;      /* texture units; 0: the board's */
    uint32_t glide_filter;     /* enum glide_filter */
    float glide_gamma;         /* on top of the program's; 0: none */
};

/* A reference to options that set nothing. */
struct program_options *program_options_new(void);
struct program_options *program_options_ref(struct program_options *options);
void program_options_unref(struct program_options *options);

/* Microseconds between two frames at least, where the program itself asks for so many. */
int64_t program_options_frame_us(const struct program_options *options, uint32_t asked_us);

/* False: there is no such key, or it cannot have this value. */
bool program_options_set(struct program_options *options, const char *key, const char *value);

/* Lines of key=value, from a guest: what cannot be set is skipped and appended to `wrong`, which
 * gets "key" or "key=value" of each, printable. */
void program_options_set_lines(struct program_options *options, const char *lines, GString *wrong);

/* The keys, for --help: lines of "    key   meaning". */
void program_options_describe(GString *text);

#endif

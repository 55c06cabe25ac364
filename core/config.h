/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Configuration: built-in defaults, then ~/.config/trireme/trireme.conf or the file that --config
 * names (a GKeyFile), then the command line. `trireme server --help` lists the keys.
 */
#ifndef TRIREME_CONFIG_H
#define TRIREME_CONFIG_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "contexts/program_options.h"

struct config {
    char *render_node; /* NULL: surfaceless */
    GLogLevelFlags log_level;
    bool stats;       /* a line for each context that ends */
    char *stats_file; /* JSON lines are appended; NULL: none */
    char *trace_file; /* trace.h; NULL: none */

    uint32_t ring_size, reply_size; /* bytes, where neither program nor device say otherwise */
    uint32_t spin_us;               /* a render thread looks at an empty ring for so long */

    uint64_t payload_bytes;  /* greatest, of one command */
    uint32_t drawables;      /* of one session */
    uint32_t drawable_size;  /* pixels, each way */
    uint64_t drawable_bytes; /* of one session's drawables together */
    uint32_t connections;    /* of devices and local programs */
    uint64_t memory;         /* bytes of the whole server; 0: three quarters of the machine's */

    char *glide_backend; /* a library that draws what programs draw with Glide; NULL: we do */

    uint32_t local_slots;  /* of a local program */
    uint64_t local_window; /* bytes */

    GPtrArray *programs; /* of struct program_rule, in the file's order */
};

#define CONFIG_ERROR (config_error_quark())
GQuark config_error_quark(void);

/* Defaults, the environment (TRIREME_STATS, TRIREME_STATS_FILE, TRIREME_TRACE) and the file; `path`
 * NULL: the user's, which need not exist. NULL with an error that names the key. */
struct config *config_load(const char *path, GError **error);
void config_free(struct config *config);

/* Options of the program of that name: what is built in for it, then `guest_lines` (of key=value;
 * NULL: none), then the file's groups that match. A new reference. What is wrong in the lines is
 * appended to `wrong`. */
struct program_options *config_program_options(const struct config *config, const char *program,
                                               const char *guest_lines, GString *wrong);

/* The keys with their defaults, for --help. */
char *config_describe(void);

/* "64K", "1M", "65536"; bytes. */
bool config_parse_size(const char *text, uint64_t *bytes);

/* A ring's size as it can be: a power of two within the ABI's limits. */
uint32_t config_clamp_ring(uint64_t bytes);

#endif

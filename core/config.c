/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/config.h"

#include <string.h>

#include "core/log.h"
#include "ring/abi.h"

G_DEFINE_QUARK(trireme_config_error, config_error)

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_SIZE, VALUE_SIZE_32, VALUE_YES, VALUE_LEVEL };

/* One key of the file: where it goes, and between which values it must lie. */
static const struct key {
    const char *group, *name;
    enum value_kind kind;
    size_t offset;
    uint64_t least, greatest, otherwise;
    const char *help;
} keys[] = {
    {"server", "render-node", VALUE_TEXT, offsetof(struct config, render_node), 0, 0, 0,
     "DRM node of the GPU to draw with, /dev/dri/renderD128 for instance; none: surfaceless"},
    {"server", "log-level", VALUE_LEVEL, offsetof(struct config, log_level), 0, 0, 0,
     "warning, message, info or debug"},
    {"server", "stats", VALUE_YES, offsetof(struct config, stats), 0, 1, 0,
     "true: a line of statistics for each context that ends"},
    {"server", "connections", VALUE_NUMBER, offsetof(struct config, connections), 1, 4096, 64,
     "devices and local programs at a time"},
    {"rings", "ring-size", VALUE_SIZE_32, offsetof(struct config, ring_size), TRIREME_RING_MIN,
     TRIREME_RING_MAX, TRIREME_RING_DEFAULT, "command ring of a context"},
    {"rings", "reply-size", VALUE_SIZE_32, offsetof(struct config, reply_size), TRIREME_RING_MIN,
     TRIREME_RING_MAX, TRIREME_REPLY_RING_DEFAULT, "reply ring of a context"},
    {"rings", "spin-us", VALUE_NUMBER, offsetof(struct config, spin_us), 0, 1000000, 200,
     "microseconds that a render thread looks at an empty ring before it sleeps, at most"},
    {"limits", "payload-bytes", VALUE_SIZE, offsetof(struct config, payload_bytes), 1u << 20,
     UINT64_C(1) << 32, UINT64_C(256) << 20, "data of one GL command"},
    {"limits", "drawables", VALUE_NUMBER, offsetof(struct config, drawables), 1, 65536, 256,
     "windows and pbuffers of one program"},
    {"limits", "drawable-size", VALUE_NUMBER, offsetof(struct config, drawable_size), 16, 32768,
     16384, "pixels of a drawable, each way"},
    {"limits", "drawable-bytes", VALUE_SIZE, offsetof(struct config, drawable_bytes), 1u << 20,
     UINT64_C(1) << 40, UINT64_C(1) << 30, "memory of one program's drawables"},
    {"limits", "memory", VALUE_SIZE, offsetof(struct config, memory), UINT64_C(256) << 20,
     UINT64_C(1) << 50, 0,
     "of the whole server, objects of OpenGL included; otherwise three quarters of the machine's"},
    {"glide", "backend", VALUE_TEXT, offsetof(struct config, glide_backend), 0, 0, 0,
     "path of a libglide2x.so or libglide3x.so that draws instead of Trireme's own renderer"},
    {"local", "slots", VALUE_NUMBER, offsetof(struct config, local_slots), 2, TRIREME_MAX_SLOTS, 32,
     "sessions and contexts of a program of this machine"},
    {"local", "window", VALUE_SIZE, offsetof(struct config, local_window), TRIREME_WINDOW_MIN,
     TRIREME_WINDOW_MAX, TRIREME_WINDOW_DEFAULT, "shared memory of a program of this machine"},
};

bool config_parse_size(const char *text, uint64_t *bytes)
{
    char *end;
    if (!g_ascii_isdigit(*text)) {
        return false;
    }
    guint64 value = g_ascii_strtoull(text, &end, 10);
    unsigned shift = 0;
    switch (g_ascii_toupper(*end)) {
    case 'K':
        shift = 10;
        break;
    case 'M':
        shift = 20;
        break;
    case 'G':
        shift = 30;
        break;
    }
    if (shift) {
        end++;
    }
    if (*end != '\0' || value > G_MAXUINT64 >> shift) {
        return false;
    }
    *bytes = value << shift;
    return true;
}

uint32_t config_clamp_ring(uint64_t bytes)
{
    uint32_t size = TRIREME_RING_MIN;
    while (size < TRIREME_RING_MAX && (uint64_t)size * 2 <= bytes) {
        size *= 2;
    }
    return size;
}

static bool parse_number(const struct key *key, const char *text, uint64_t *value)
{
    bool parsed = key->kind == VALUE_NUMBER || key->kind == VALUE_YES
                      ? g_ascii_string_to_unsigned(text, 10, key->least, key->greatest, value, NULL)
                      : config_parse_size(text, value);
    return parsed && *value >= key->least && *value <= key->greatest;
}

static void store_number(const struct key *key, void *place, uint64_t value)
{
    if (key->kind == VALUE_SIZE) {
        *(uint64_t *)place = value;
    } else if (key->kind == VALUE_YES) {
        *(bool *)place = value;
    } else {
        *(uint32_t *)place = (uint32_t)value;
    }
}

static bool set_value(struct config *config, const struct key *key, const char *text)
{
    void *place = (char *)config + key->offset;
    uint64_t value;
    switch (key->kind) {
    case VALUE_TEXT:
        g_free(*(char **)place);
        *(char **)place = *text ? g_strdup(text) : NULL;
        return true;
    case VALUE_LEVEL:
        return log_parse_level(text, place);
    case VALUE_YES:
        store_number(key, place, g_str_equal(text, "true"));
        return g_str_equal(text, "true") || g_str_equal(text, "false");
    default:
        if (!parse_number(key, text, &value)) {
            return false;
        }
        store_number(key, place, value);
        return true;
    }
}

static const struct key *find_key(const char *group, const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (g_str_equal(keys[i].group, group) && g_str_equal(keys[i].name, name)) {
            return &keys[i];
        }
    }
    return NULL;
}

/* A key of a [program NAME] group. */
struct program_rule {
    const char *pattern, *key, *value;
};

static void free_rule(void *data)
{
    struct program_rule *rule = data;
    g_free((char *)rule->pattern);
    g_free((char *)rule->key);
    g_free((char *)rule->value);
    g_free(rule);
}

/*
 * Engines of before 2005 that are said to copy the list of extensions into arrays of 4 KiB: id
 * Software's second and third and what descends from them. None of these programs was run.
 */
static const char *const overrun_4k[] = {
    "quake2*",    "q2*",       "kingpin*", "sin",    "sin.exe", "sof",     "sof.exe", "anox*",
    "daikatana*", "heretic2*", "quake3*",  "q3*",    "wolfsp*", "wolfmp*", "stvoy*",  "jk2*",
    "jasp*",      "jamp*",     "sof2*",    "mohaa*", "moh_*",   "fakk2*",  "alice*",  "quake4*",
};

/* Programs are matched whatever the case: Windows does not distinguish it. */
static bool matches(const char *pattern, const char *program)
{
    g_autofree char *low_pattern = g_ascii_strdown(pattern, -1);
    g_autofree char *low_program = g_ascii_strdown(program, -1);
    return g_pattern_match_simple(low_pattern, low_program);
}

struct program_options *config_program_options(const struct config *config, const char *program,
                                               const char *guest_lines, GString *wrong)
{
    struct program_options *options = program_options_new();
    for (unsigned i = 0; i < G_N_ELEMENTS(overrun_4k); i++) {
        if (matches(overrun_4k[i], program)) {
            program_options_set(options, "extensions-bytes", "4000");
        }
    }
    if (guest_lines) {
        program_options_set_lines(options, guest_lines, wrong);
    }
    for (guint i = 0; i < config->programs->len; i++) {
        const struct program_rule *rule = g_ptr_array_index(config->programs, i);
        if (matches(rule->pattern, program)) {
            program_options_set(options, rule->key, rule->value);
        }
    }
    return options;
}

static bool add_rule(struct config *config, const char *pattern, const char *key, const char *value)
{
    struct program_options *trial = program_options_new();
    bool good = program_options_set(trial, key, value);
    program_options_unref(trial);
    if (good) {
        struct program_rule *rule = g_new(struct program_rule, 1);
        *rule = (struct program_rule){g_strdup(pattern), g_strdup(key), g_strdup(value)};
        g_ptr_array_add(config->programs, rule);
    }
    return good;
}

#define PROGRAM_GROUP "program "

/* Every key of the file must be known: a typing error would go unnoticed otherwise. */
static bool read_group(struct config *config, GKeyFile *file, const char *path, const char *group,
                       GError **error)
{
    g_auto(GStrv) names = g_key_file_get_keys(file, group, NULL, NULL);
    for (char **name = names; name && *name; name++) {
        const struct key *key = find_key(group, *name);
        g_autofree char *text = g_key_file_get_string(file, group, *name, NULL);
        if (g_str_has_prefix(group, PROGRAM_GROUP)) {
            if (!text ||
                !add_rule(config, group + strlen(PROGRAM_GROUP), *name, g_strstrip(text))) {
                g_set_error(error, CONFIG_ERROR, 0, "%s: %s in [%s] cannot be \"%s\"", path, *name,
                            group, text ? text : "");
                return false;
            }
            continue;
        }
        if (!key) {
            g_set_error(error, CONFIG_ERROR, 0, "%s: unknown key %s in [%s]", path, *name, group);
            return false;
        }
        if (!text || !set_value(config, key, g_strstrip(text))) {
            g_set_error(error, CONFIG_ERROR, 0, "%s: %s in [%s] cannot be \"%s\"", path, *name,
                        group, text ? text : "");
            return false;
        }
    }
    return true;
}

static bool read_file(struct config *config, const char *path, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) wrong = NULL;
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &wrong)) {
        g_set_error(error, CONFIG_ERROR, 0, "%s: %s", path, wrong->message);
        return false;
    }
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++) {
        if (!read_group(config, file, path, *group, error)) {
            return false;
        }
    }
    config->ring_size = config_clamp_ring(config->ring_size);
    config->reply_size = config_clamp_ring(config->reply_size);
    return true;
}

struct config *config_load(const char *path, GError **error)
{
    struct config *config = g_new0(struct config, 1);
    g_autofree char *own =
        g_build_filename(g_get_user_config_dir(), "trireme", "trireme.conf", NULL);

    config->programs = g_ptr_array_new_with_free_func(free_rule);
    config->log_level = G_LOG_LEVEL_MESSAGE;
    config->stats = g_strcmp0(g_getenv("TRIREME_STATS"), "1") == 0;
    config->stats_file = g_strdup(g_getenv("TRIREME_STATS_FILE"));
    config->trace_file = g_strdup(g_getenv("TRIREME_TRACE"));
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].kind == VALUE_NUMBER || keys[i].kind == VALUE_SIZE ||
            keys[i].kind == VALUE_SIZE_32) {
            store_number(&keys[i], (char *)config + keys[i].offset, keys[i].otherwise);
        }
    }
    if (!path && !g_file_test(own, G_FILE_TEST_EXISTS)) {
        return config;
    }
    if (!read_file(config, path ? path : own, error)) {
        config_free(config);
        return NULL;
    }
    return config;
}

void config_free(struct config *config)
{
    if (config) {
        g_free(config->render_node);
        g_free(config->stats_file);
        g_free(config->trace_file);
        g_free(config->glide_backend);
        g_ptr_array_unref(config->programs);
        g_free(config);
    }
}

char *config_describe(void)
{
    const char *group = "";
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!g_str_equal(group, keys[i].group)) {
            group = keys[i].group;
            g_string_append_printf(text, "  [%s]\n", group);
        }
        g_string_append_printf(text, "    %-15s %s", keys[i].name, keys[i].help);
        if (keys[i].otherwise) {
            g_string_append_printf(text, " (%" G_GUINT64_FORMAT ")", keys[i].otherwise);
        }
        g_string_append_c(text, '\n');
    }
    g_string_append(text,
                    "  [program NAME]   of one program; * and ? in the name stand for others\n");
    program_options_describe(text);
    return g_string_free(text, FALSE);
}

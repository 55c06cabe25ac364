/* SPDX-License-Identifier: MIT */
/*
 * Glide's settings as the program made them last: what has not changed is not sent again, and
 * grGlideGetState() and grGlideSetState() save and restore them. The table of settings and a
 * function for each (glide_set.h) are generated.
 */
#ifndef TRIREME_GUEST_GLIDE_SETTINGS_H
#define TRIREME_GUEST_GLIDE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "glide_setting_sizes.h"
#include "guest/common/gl_encoder.h"

#define GLIDE_SETTING_MOST_KEYS 2
#define GLIDE_SETTING_MOST_VALUES 10

struct glide_setting {
    uint16_t opcode;
    uint16_t instance, word; /* the first of its own, in the arrays below */
    uint8_t keys, values;    /* numbers of arguments; keys come first */
    int8_t instead_of;       /* the setting that it replaces; -1: none */
    uint8_t key_count[GLIDE_SETTING_MOST_KEYS];
    int8_t bytes[GLIDE_SETTING_MOST_VALUES];   /* of a value that is saved; negative: signed */
    uint32_t first[GLIDE_SETTING_MOST_VALUES]; /* the values of a board that was just opened */
};
extern const struct glide_setting glide_setting_table[GLIDE_SETTINGS];

enum glide_setting_known {
    GLIDE_SETTING_UNSET,    /* nothing to restore: it is there instead of another */
    GLIDE_SETTING_REPLACED, /* what replaces it, or the board's start, is in force */
    GLIDE_SETTING_IN_FORCE, /* the host was told */
};

struct glide_settings {
    struct gl_encoder *encoder;
    uint8_t known[GLIDE_SETTING_INSTANCES];
    uint32_t words[GLIDE_SETTING_WORDS];
};

/* A board that was just opened. */
void glide_settings_init(struct glide_settings *settings, struct gl_encoder *encoder);

/* `words`: all arguments. Keys that there are not: nothing happens. */
void glide_settings_set(struct glide_settings *settings, unsigned setting, const uint32_t *words);

/* The last value of a setting's argument. */
uint32_t glide_settings_get(const struct glide_settings *settings, unsigned setting,
                            unsigned instance, unsigned value);

/* Bytes of a saved state: of those that Glide 2 has, or of all. */
#define GLIDE2_STATE_BYTES (GLIDE2_SETTING_INSTANCES + GLIDE2_STATE_VALUES)
#define GLIDE3_STATE_BYTES (GLIDE_SETTING_INSTANCES + GLIDE3_STATE_VALUES)

void glide_settings_save(const struct glide_settings *settings, unsigned count, uint8_t *state);
/* Any bytes may be in `state`. Sets what it has, in the settings' order. */
void glide_settings_restore(struct glide_settings *settings, unsigned count, const uint8_t *state);

#endif

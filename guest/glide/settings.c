/* SPDX-License-Identifier: MIT */
#include "guest/glide/settings.h"

#include <string.h>

_Static_assert(GLIDE2_STATE_BYTES <= 312, "Glide 2's programs have 312 bytes for a state");

static unsigned instances(const struct glide_setting *setting)
{
    unsigned count = 1;
    for (unsigned i = 0; i < setting->keys; i++) {
        count *= setting->key_count[i];
    }
    return count;
}

void glide_settings_init(struct glide_settings *settings, struct gl_encoder *encoder)
{
    memset(settings, 0, sizeof *settings);
    settings->encoder = encoder;
    for (unsigned i = 0; i < GLIDE_SETTINGS; i++) {
        const struct glide_setting *setting = &glide_setting_table[i];
        for (unsigned n = 0; n < instances(setting); n++) {
            settings->known[setting->instance + n] =
                setting->instead_of < 0 ? GLIDE_SETTING_REPLACED : GLIDE_SETTING_UNSET;
            memcpy(&settings->words[setting->word + n * setting->values], setting->first,
                   4u * setting->values);
        }
    }
}

/* Which of a setting's instances the keys name; -1: there is no such. */
static int find_instance(const struct glide_setting *setting, const uint32_t *keys)
{
    uint32_t instance = 0;
    for (unsigned i = 0; i < setting->keys; i++) {
        if (keys[i] >= setting->key_count[i]) {
            return -1;
        }
        instance = instance * setting->key_count[i] + keys[i];
    }
    return (int)instance;
}

static void send(struct gl_encoder *encoder, const struct glide_setting *setting,
                 const uint32_t *words)
{
    unsigned count = setting->keys + setting->values;
    uint32_t bytes = (4 + 4 * count + 7) & ~7u;
    uint8_t *record = gl_encoder_begin(encoder, bytes);
    gl_put_header(record, setting->opcode, bytes);
    memcpy(record + 4, words, 4 * count);
    gl_encoder_end(encoder, bytes);
}

/* Of settings that replace each other only the one that was set last is in force. */
static void replace(struct glide_settings *settings, unsigned number, int instance)
{
    int instead_of = glide_setting_table[number].instead_of;
    if (instead_of >= 0) {
        settings->known[glide_setting_table[instead_of].instance + instance] =
            GLIDE_SETTING_REPLACED;
    }
    for (unsigned i = 0; i < GLIDE_SETTINGS; i++) {
        const struct glide_setting *other = &glide_setting_table[i];
        if (other->instead_of == (int)number) {
            settings->known[other->instance + instance] = GLIDE_SETTING_UNSET;
        }
    }
}

void glide_settings_set(struct glide_settings *settings, unsigned number, const uint32_t *words)
{
    const struct glide_setting *setting = &glide_setting_table[number];
    int instance = find_instance(setting, words);
    if (instance < 0) {
        return;
    }
    uint8_t *known = &settings->known[setting->instance + instance];
    uint32_t *last = &settings->words[setting->word + instance * setting->values];
    const uint32_t *values = words + setting->keys;
    if (*known == GLIDE_SETTING_IN_FORCE && memcmp(last, values, 4u * setting->values) == 0) {
        return;
    }
    memcpy(last, values, 4u * setting->values);
    *known = GLIDE_SETTING_IN_FORCE;
    replace(settings, number, instance);
    send(settings->encoder, setting, words);
}

uint32_t glide_settings_get(const struct glide_settings *settings, unsigned number,
                            unsigned instance, unsigned value)
{
    const struct glide_setting *setting = &glide_setting_table[number];
    return settings->words[setting->word + instance * setting->values + value];
}

static unsigned size_of(int8_t bytes)
{
    return (unsigned)(bytes < 0 ? -bytes : bytes);
}

void glide_settings_save(const struct glide_settings *settings, unsigned count, uint8_t *state)
{
    for (unsigned i = 0; i < count; i++) {
        const struct glide_setting *setting = &glide_setting_table[i];
        unsigned number = instances(setting);
        memcpy(state, &settings->known[setting->instance], number);
        state += number;
        for (unsigned n = 0; n < number * setting->values; n++) {
            unsigned bytes = size_of(setting->bytes[n % setting->values]);
            memcpy(state, &settings->words[setting->word + n], bytes);
            state += bytes;
        }
    }
}

static uint32_t read_value(const uint8_t *state, int8_t bytes)
{
    uint32_t value = 0;
    memcpy(&value, state, size_of(bytes));
    return bytes < 0 ? (uint32_t)(int8_t)value : value;
}

/* One instance of a setting; returns what is behind its values. */
static const uint8_t *restore_one(struct glide_settings *settings, unsigned number,
                                  unsigned instance, bool known, const uint8_t *state)
{
    const struct glide_setting *setting = &glide_setting_table[number];
    uint32_t words[GLIDE_SETTING_MOST_KEYS + GLIDE_SETTING_MOST_VALUES];
    for (unsigned i = setting->keys; i > 0; i--) {
        words[i - 1] = instance % setting->key_count[i - 1];
        instance /= setting->key_count[i - 1];
    }
    for (unsigned i = 0; i < setting->values; i++) {
        words[setting->keys + i] = read_value(state, setting->bytes[i]);
        state += size_of(setting->bytes[i]);
    }
    if (known) {
        glide_settings_set(settings, number, words);
    }
    return state;
}

void glide_settings_restore(struct glide_settings *settings, unsigned count, const uint8_t *state)
{
    for (unsigned i = 0; i < count; i++) {
        unsigned number = instances(&glide_setting_table[i]);
        const uint8_t *known = state;
        state += number;
        for (unsigned n = 0; n < number; n++) {
            state = restore_one(settings, i, n, known[n] != GLIDE_SETTING_UNSET, state);
        }
    }
}

/* SPDX-License-Identifier: MIT */
/*
 * Arguments as records and settings have them: words. What does not fit into its type becomes the
 * type's greatest or least value, so that a wrong value stays wrong.
 */
#ifndef TRIREME_GUEST_GLIDE_SATURATE_H
#define TRIREME_GUEST_GLIDE_SATURATE_H

#include <stdint.h>
#include <string.h>

static inline uint32_t glide_saturate_u8(uint32_t value)
{
    return value > 0xff ? 0xff : value;
}

static inline uint32_t glide_saturate_u16(uint32_t value)
{
    return value > 0xffff ? 0xffff : value;
}

static inline uint32_t glide_saturate_i8(int32_t value)
{
    return (uint32_t)(value < -128 ? -128 : value > 127 ? 127 : value);
}

static inline uint32_t glide_float_word(float value)
{
    uint32_t word;
    memcpy(&word, &value, sizeof word);
    return word;
}

#endif

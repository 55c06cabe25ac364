/* SPDX-License-Identifier: MIT */
#include "dispatch/vertex_format.h"

#include <string.h>

/* One loop for each type, simple enough for the compiler to vectorise; memcpy because programs
 * hand in unaligned pointers too. */
#define SCAN(name, type)                                                                           \
    static struct index_range name(const uint8_t *indices, size_t count, bool restart,             \
                                   uint32_t restart_index)                                         \
    {                                                                                              \
        type min = (type) ~(type)0, max = 0;                                                       \
        bool any = false;                                                                          \
        if (!restart || restart_index > (type) ~(type)0) {                                         \
            for (size_t i = 0; i < count; i++) {                                                   \
                type index;                                                                        \
                memcpy(&index, indices + i * sizeof index, sizeof index);                          \
                min = index < min ? index : min;                                                   \
                max = index > max ? index : max;                                                   \
            }                                                                                      \
            any = count > 0;                                                                       \
        } else {                                                                                   \
            for (size_t i = 0; i < count; i++) {                                                   \
                type index;                                                                        \
                memcpy(&index, indices + i * sizeof index, sizeof index);                          \
                if (index == restart_index)                                                        \
                    continue;                                                                      \
                min = index < min ? index : min;                                                   \
                max = index > max ? index : max;                                                   \
                any = true;                                                                        \
            }                                                                                      \
        }                                                                                          \
        return (struct index_range){min, max, any};                                                \
    }

SCAN(scan_bytes, uint8_t)
SCAN(scan_shorts, uint16_t)
SCAN(scan_ints, uint32_t)

struct index_range index_scan(const void *indices, GLenum type, size_t count, bool restart,
                              uint32_t restart_index)
{
    switch (type) {
    case GL_UNSIGNED_BYTE:
        return scan_bytes(indices, count, restart, restart_index);
    case GL_UNSIGNED_SHORT:
        return scan_shorts(indices, count, restart, restart_index);
    case GL_UNSIGNED_INT:
        return scan_ints(indices, count, restart, restart_index);
    default:
        return (struct index_range){0};
    }
}

uint32_t vertex_element_bytes(GLint size, GLenum type)
{
    uint32_t components = size == GL_BGRA ? 4 : (uint32_t)size;
    switch (type) {
    case GL_BYTE:
    case GL_UNSIGNED_BYTE:
        return components;
    case GL_SHORT:
    case GL_UNSIGNED_SHORT:
    case GL_HALF_FLOAT:
        return components * 2;
    case GL_INT:
    case GL_UNSIGNED_INT:
    case GL_FLOAT:
    case GL_FIXED:
        return components * 4;
    case GL_DOUBLE:
        return components * 8;
    case GL_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_10F_11F_11F_REV:
        return 4;
    default:
        return 0;
    }
}

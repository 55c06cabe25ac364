/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the programs here call of Glide, looked up in a library by name, as programs do that come
 * with several versions: one executable runs with glide.dll, glide2x.dll and glide3x.dll, or with
 * libglide2x.so and libglide3x.so.
 */
#ifndef TRIREME_TESTS_GLIDE_FUNCTIONS_H
#define TRIREME_TESTS_GLIDE_FUNCTIONS_H

#include <stdint.h>

#include "guest/glide/types.h"

enum { GLIDE_21 = 1, GLIDE_24 = 2, GLIDE_31 = 4, GLIDE_2 = 3, GLIDE_WINDOWED = 6, GLIDE_ANY = 7 };

/* X(versions, result, name, member, arguments, bytes of arguments). Where versions differ in what a
 * function takes, each has a member of its own. */
#define GLIDE_FUNCTIONS(X)                                                                         \
    X(GLIDE_ANY, void, grGlideInit, init, (void), 0)                                               \
    X(GLIDE_ANY, void, grGlideShutdown, shutdown, (void), 0)                                       \
    X(GLIDE_ANY, void, grSstSelect, select, (int32_t), 4)                                          \
    X(GLIDE_21, uint32_t, grSstOpen, open_21,                                                      \
      (int32_t, int32_t, int32_t, int32_t, int32_t, int32_t), 24)                                  \
    X(GLIDE_WINDOWED, uint32_t, grSstWinOpen, open,                                                \
      (uint32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t), 28)                        \
    X(GLIDE_24, void, grSstWinClose, close_24, (void), 0)                                          \
    X(GLIDE_31, uint32_t, grSstWinClose, close_31, (uint32_t), 4)                                  \
    X(GLIDE_31, void, grVertexLayout, vertex_layout, (uint32_t, int32_t, int32_t), 12)             \
    X(GLIDE_ANY, void, grColorCombine, color_combine,                                              \
      (int32_t, int32_t, int32_t, int32_t, int32_t), 20)                                           \
    X(GLIDE_ANY, void, grTexCombine, tex_combine,                                                  \
      (int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t), 28)                         \
    X(GLIDE_ANY, void, grTexFilterMode, tex_filter_mode, (int32_t, int32_t, int32_t), 12)          \
    X(GLIDE_ANY, uint32_t, grTexMinAddress, tex_min_address, (int32_t), 4)                         \
    X(GLIDE_ANY, void, grTexDownloadMipMap, tex_download,                                          \
      (int32_t, uint32_t, uint32_t, const struct glide_tex_info *), 16)                            \
    X(GLIDE_ANY, void, grTexSource, tex_source,                                                    \
      (int32_t, uint32_t, uint32_t, const struct glide_tex_info *), 16)                            \
    X(GLIDE_ANY, void, grConstantColorValue, constant_color, (uint32_t), 4)                        \
    X(GLIDE_ANY, void, grAlphaBlendFunction, alpha_blend_function,                                 \
      (int32_t, int32_t, int32_t, int32_t), 16)                                                    \
    X(GLIDE_2, void, grBufferClear, clear_2, (uint32_t, uint8_t, uint16_t), 12)                    \
    X(GLIDE_31, void, grBufferClear, clear_31, (uint32_t, uint8_t, uint32_t), 12)                  \
    X(GLIDE_ANY, void, grDrawTriangle, draw_triangle, (const void *, const void *, const void *),  \
      12)                                                                                          \
    X(GLIDE_31, void, grDrawVertexArrayContiguous, draw_vertex_array,                              \
      (uint32_t, uint32_t, const void *, uint32_t), 16)                                            \
    X(GLIDE_ANY, void, grBufferSwap, swap, (uint32_t), 4)                                          \
    X(GLIDE_21, void, grLfbBegin, lfb_begin, (void), 0)                                            \
    X(GLIDE_21, void, grLfbEnd, lfb_end, (void), 0)                                                \
    X(GLIDE_21, void, grLfbBypassMode, lfb_bypass_mode, (int32_t), 4)                              \
    X(GLIDE_21, void *, grLfbGetWritePtr, lfb_write_pointer, (int32_t), 4)                         \
    X(GLIDE_21, uint32_t, guFbReadRegion, read_region_21,                                          \
      (int32_t, int32_t, int32_t, int32_t, void *, int32_t), 24)                                   \
    X(GLIDE_WINDOWED, uint32_t, grLfbLock, lfb_lock,                                               \
      (uint32_t, int32_t, int32_t, int32_t, int32_t, struct glide_lfb_info *), 24)                 \
    X(GLIDE_WINDOWED, uint32_t, grLfbUnlock, lfb_unlock, (uint32_t, int32_t), 8)                   \
    X(GLIDE_WINDOWED, uint32_t, grLfbReadRegion, read_region,                                      \
      (int32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, void *), 28)

#define GLIDE_FUNCTION_MEMBER(versions, result, name, member, arguments, bytes)                    \
    result(GLIDE_CALL *member) arguments;
struct glide_functions {
    int version; /* GLIDE_21, GLIDE_24 or GLIDE_31; members that it has not are NULL */
    GLIDE_FUNCTIONS(GLIDE_FUNCTION_MEMBER)
};
#undef GLIDE_FUNCTION_MEMBER

extern struct glide_functions glide;

/* What cannot be loaded ends the program with a line that names it. */
void glide_functions_load(const char *library);

#endif

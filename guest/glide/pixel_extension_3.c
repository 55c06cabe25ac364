/* SPDX-License-Identifier: MIT */
/*
 * The extension PIXEXT, as a board with 16-bit buffers has it: no other pixels than 565, no stencil
 * bits, no T-buffer.
 */
#include "glide_entry_points.h"
#include "guest/glide/start.h"

#define PIXFMT_RGB_565 3u

uint32_t GLIDE_CALL trireme_grSstWinOpenExt(uint32_t window, int32_t resolution, int32_t refresh,
                                            int32_t color_format, int32_t origin,
                                            uint32_t pixel_format, int32_t color_buffers,
                                            int32_t aux_buffers)
{
    if (pixel_format != PIXFMT_RGB_565) {
        return 0;
    }
    return trireme_grSstWinOpen_3(window, resolution, refresh, color_format, origin, color_buffers,
                                  aux_buffers);
}

void GLIDE_CALL trireme_grBufferClearExt(uint32_t color, uint8_t alpha, uint32_t depth,
                                         uint8_t stencil)
{
    glide_clear(color, alpha, depth);
}

void GLIDE_CALL trireme_grStencilFuncExt(uint32_t function, uint8_t reference, uint8_t mask)
{
}

void GLIDE_CALL trireme_grStencilMaskExt(uint8_t mask)
{
}

void GLIDE_CALL trireme_grStencilOpExt(uint32_t stencil_fail, uint32_t depth_fail, uint32_t pass)
{
}

void GLIDE_CALL trireme_grLfbConstantStencilExt(uint8_t stencil)
{
}

void GLIDE_CALL trireme_grTBufferWriteMaskExt(uint32_t mask)
{
}

/* SPDX-License-Identifier: MIT */
/*
 * What is by hand of the extension PIXEXT. There is no T-buffer.
 */
#include "glide_encode.h"
#include "glide_entry_points.h"
#include "guest/glide/board.h"
#include "guest/glide/lfb.h"

void GLIDE_CALL trireme_grBufferClearExt(uint32_t color, uint8_t alpha, uint32_t depth,
                                         uint8_t stencil)
{
    glide_lfb_catch_up();
    glide_encode_buffer_clear_ext(&glide_board.encoder, color, alpha, depth, stencil);
}

void GLIDE_CALL trireme_grTBufferWriteMaskExt(uint32_t mask)
{
}

/* SPDX-License-Identifier: MIT */
#include "guest/common/bitmap_font.h"

#include "gl_entry_points.h"

void bitmap_font_begin(void)
{
    trireme_glPushClientAttrib(GL_CLIENT_PIXEL_STORE_BIT);
    trireme_glPixelStorei(GL_UNPACK_SWAP_BYTES, GL_FALSE);
    trireme_glPixelStorei(GL_UNPACK_LSB_FIRST, GL_FALSE);
    trireme_glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    trireme_glPixelStorei(GL_UNPACK_SKIP_ROWS, 0);
    trireme_glPixelStorei(GL_UNPACK_SKIP_PIXELS, 0);
    trireme_glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
}

void bitmap_font_end(void)
{
    trireme_glPopClientAttrib();
}

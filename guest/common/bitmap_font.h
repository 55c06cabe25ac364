/* SPDX-License-Identifier: MIT */
/*
 * Glyphs that are drawn with glBitmap: what glXUseXFont and wglUseFontBitmaps have in common.
 */
#ifndef TRIREME_GUEST_BITMAP_FONT_H
#define TRIREME_GUEST_BITMAP_FONT_H

/* From here to the end glBitmap takes rows bottom-up, each a whole number of bytes, whose most
 * significant bit is left; the program's own pixel store comes back then. With a current context. */
void bitmap_font_begin(void);
void bitmap_font_end(void);

#endif

/* SPDX-License-Identifier: MIT */
/* Names of libX11.so.6, for the linker alone. */
#define STUB(name)                                                                                 \
    void name(void)                                                                                \
    {                                                                                              \
    }

STUB(XAddExtension)
STUB(XCreateGC)
STUB(XCreatePixmap)
STUB(XDrawString16)
STUB(XESetCloseDisplay)
STUB(XFillRectangle)
STUB(XFreeFontInfo)
STUB(XFreeGC)
STUB(XFreePixmap)
STUB(XGetImage)
STUB(XGetVisualInfo)
STUB(XQueryExtension)
STUB(XQueryFont)
STUB(XSetForeground)
STUB(XSync)
STUB(_XError)

void *_Xglobal_lock, *_XLockMutex_fn, *_XUnlockMutex_fn;

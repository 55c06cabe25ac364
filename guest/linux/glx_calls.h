/* SPDX-License-Identifier: MIT */
/*
 * The GLX calls as libGLX asks for them: trireme_glXFoo is glXFoo of this vendor. Each behaves as
 * GLX 1.4 and the extension of its name say.
 */
#ifndef TRIREME_GLX_CALLS_H
#define TRIREME_GLX_CALLS_H

#include <GL/glx.h>
#include <stdbool.h>

/* glx_visual_calls.c */
XVisualInfo *trireme_glXChooseVisual(Display *dpy, int screen, int *attributes);
int trireme_glXGetConfig(Display *dpy, XVisualInfo *visual, int attribute, int *value);
GLXFBConfig *trireme_glXChooseFBConfig(Display *dpy, int screen, const int *attributes, int *count);
GLXFBConfig *trireme_glXGetFBConfigs(Display *dpy, int screen, int *count);
int trireme_glXGetFBConfigAttrib(Display *dpy, GLXFBConfig config, int attribute, int *value);
XVisualInfo *trireme_glXGetVisualFromFBConfig(Display *dpy, GLXFBConfig config);
GLXFBConfig trireme_glXGetFBConfigFromVisualSGIX(Display *dpy, XVisualInfo *visual);

/* glx_context_calls.c */
GLXContext trireme_glXCreateContext(Display *dpy, XVisualInfo *visual, GLXContext share,
                                    Bool direct);
GLXContext trireme_glXCreateNewContext(Display *dpy, GLXFBConfig config, int render_type,
                                       GLXContext share, Bool direct);
GLXContext trireme_glXCreateContextAttribsARB(Display *dpy, GLXFBConfig config, GLXContext share,
                                              Bool direct, const int *attributes);
void trireme_glXDestroyContext(Display *dpy, GLXContext context);
Bool trireme_glXMakeCurrent(Display *dpy, GLXDrawable drawable, GLXContext context);
Bool trireme_glXMakeContextCurrent(Display *dpy, GLXDrawable draw, GLXDrawable read,
                                   GLXContext context);
Bool trireme_glXIsDirect(Display *dpy, GLXContext context);
int trireme_glXQueryContext(Display *dpy, GLXContext context, int attribute, int *value);
void trireme_glXCopyContext(Display *dpy, GLXContext from, GLXContext to, unsigned long mask);

/* glx_drawable_calls.c */
GLXWindow trireme_glXCreateWindow(Display *dpy, GLXFBConfig config, Window window,
                                  const int *attributes);
void trireme_glXDestroyWindow(Display *dpy, GLXWindow window);
GLXPixmap trireme_glXCreatePixmap(Display *dpy, GLXFBConfig config, Pixmap pixmap,
                                  const int *attributes);
void trireme_glXDestroyPixmap(Display *dpy, GLXPixmap pixmap);
GLXPixmap trireme_glXCreateGLXPixmap(Display *dpy, XVisualInfo *visual, Pixmap pixmap);
void trireme_glXDestroyGLXPixmap(Display *dpy, GLXPixmap pixmap);
GLXPbuffer trireme_glXCreatePbuffer(Display *dpy, GLXFBConfig config, const int *attributes);
void trireme_glXDestroyPbuffer(Display *dpy, GLXPbuffer pbuffer);
void trireme_glXQueryDrawable(Display *dpy, GLXDrawable drawable, int attribute,
                              unsigned int *value);
void trireme_glXSelectEvent(Display *dpy, GLXDrawable drawable, unsigned long mask);
void trireme_glXGetSelectedEvent(Display *dpy, GLXDrawable drawable, unsigned long *mask);

/* glx_swap_calls.c */
void trireme_glXSwapBuffers(Display *dpy, GLXDrawable drawable);
void trireme_glXWaitGL(void);
void trireme_glXWaitX(void);
void trireme_glXSwapIntervalEXT(Display *dpy, GLXDrawable drawable, int interval);
int trireme_glXSwapIntervalSGI(int interval);
int trireme_glXSwapIntervalMESA(unsigned int interval);
int trireme_glXGetSwapIntervalMESA(void);

/* glx_strings.c */
const char *trireme_glXQueryExtensionsString(Display *dpy, int screen);
const char *trireme_glXQueryServerString(Display *dpy, int screen, int name);
const char *trireme_glXGetClientString(Display *dpy, int name);

/* glx_font.c */
void trireme_glXUseXFont(Font font, int first, int count, int list);

/* glx_front.c: OpenGL calls that concern the window system too; NULL: not one of them. */
void *gl_hook(const char *name);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * WGL_ARB_render_texture. A program may neither draw to nor read a pbuffer that is bound to a
 * texture, so the texture gets copies of the images when it is bound, made on the host. It keeps
 * them when the pbuffer is released, where the extension lets it lose them.
 */
#include "guest/windows/wgl_pbuffer.h"

/* Draws to the face and level from now on. */
static bool select_image(struct wgl_pbuffer *pbuffer, unsigned face, unsigned level)
{
    struct context *context = context_current();
    struct drawable *old = pbuffer->surface.drawable;
    struct drawable *image = wgl_pbuffer_image(pbuffer, face, level);
    if (!image) {
        return false;
    }
    pbuffer->face = face;
    pbuffer->level = level;
    pbuffer->surface.drawable = image;
    if (context && image != old && (context->draw == old || context->read == old)) {
        struct drawable *draw = context->draw == old ? image : context->draw;
        struct drawable *read = context->read == old ? image : context->read;
        context_bind(context, drawable_ref(draw), drawable_ref(read));
    }
    return true;
}

static DWORD set_attributes(struct wgl_pbuffer *pbuffer, const int *attributes)
{
    unsigned face = pbuffer->face, level = pbuffer->level, levels = wgl_pbuffer_levels(pbuffer);
    for (; attributes && attributes[0]; attributes += 2) {
        int value = attributes[1];
        if (attributes[0] == WGL_MIPMAP_LEVEL_ARB) {
            level = value < 0 ? 0 : (unsigned)value < levels ? (unsigned)value : levels - 1;
        } else if (attributes[0] == WGL_CUBE_MAP_FACE_ARB &&
                   value >= WGL_TEXTURE_CUBE_MAP_POSITIVE_X_ARB &&
                   value <= WGL_TEXTURE_CUBE_MAP_NEGATIVE_Z_ARB) {
            face = (unsigned)(value - WGL_TEXTURE_CUBE_MAP_POSITIVE_X_ARB);
        } else {
            return ERROR_INVALID_DATA;
        }
    }
    if (wgl_pbuffer_faces(pbuffer) == 1) {
        face = 0;
    }
    return select_image(pbuffer, face, level) ? ERROR_SUCCESS : ERROR_NO_SYSTEM_RESOURCES;
}

BOOL WINAPI trireme_wglSetPbufferAttribARB(HPBUFFERARB handle, const int *attributes)
{
    process_lock();
    struct wgl_pbuffer *pbuffer = wgl_pbuffer_of(handle);
    DWORD error = pbuffer ? set_attributes(pbuffer, attributes) : ERROR_INVALID_HANDLE;
    process_unlock();
    return wgl_result(error);
}

/* What a context has set that copies from the window's buffers depend on. */
struct reading {
    bool framebuffers; /* the context has framebuffer objects */
    bool core;
    GLint framebuffer, buffer;
};

/* From here on copies take the pbuffer's buffer as it is. On the host it has only one, the one that
 * the names of what is drawn to lead to first. */
static struct reading reading_begin(const struct context *context)
{
    static const GLenum scales[] = {GL_RED_SCALE, GL_GREEN_SCALE, GL_BLUE_SCALE, GL_ALPHA_SCALE};
    static const GLenum biases[] = {GL_RED_BIAS, GL_GREEN_BIAS, GL_BLUE_BIAS, GL_ALPHA_BIAS};
    const char *version = (const char *)trireme_glGetString(GL_VERSION);
    struct reading saved = {
        .framebuffers = version && version[0] >= '3',
        .core = context->wish.profile == TRIREME_PROFILE_CORE,
    };
    if (saved.framebuffers) {
        trireme_glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &saved.framebuffer);
        trireme_glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
    }
    trireme_glGetIntegerv(GL_READ_BUFFER, &saved.buffer);
    trireme_glReadBuffer(context_double_buffered(context, context->draw) ? GL_BACK : GL_FRONT);
    if (!saved.core) {
        trireme_glPushAttrib(GL_PIXEL_MODE_BIT);
        trireme_glPixelTransferi(GL_MAP_COLOR, GL_FALSE);
        for (unsigned i = 0; i < 4; i++) {
            trireme_glPixelTransferf(scales[i], 1.0f);
            trireme_glPixelTransferf(biases[i], 0.0f);
        }
    }
    return saved;
}

static void reading_end(const struct reading *saved)
{
    if (!saved->core) {
        trireme_glPopAttrib();
    }
    trireme_glReadBuffer((GLenum)saved->buffer);
    if (saved->framebuffers) {
        trireme_glBindFramebuffer(GL_READ_FRAMEBUFFER, (GLuint)saved->framebuffer);
    }
}

static void copy_image(const struct wgl_pbuffer *pbuffer, const struct drawable *image,
                       unsigned face, unsigned level)
{
    GLenum format = pbuffer->texture_format == WGL_TEXTURE_RGB_ARB ? GL_RGB8 : GL_RGBA8;
    GLsizei width = (GLsizei)image->width, height = (GLsizei)image->height;
    switch (pbuffer->texture_target) {
    case WGL_TEXTURE_1D_ARB:
        trireme_glCopyTexImage1D(GL_TEXTURE_1D, (GLint)level, format, 0, 0, width, 0);
        break;
    case WGL_TEXTURE_2D_ARB:
        trireme_glCopyTexImage2D(GL_TEXTURE_2D, (GLint)level, format, 0, 0, width, height, 0);
        break;
    default:
        trireme_glCopyTexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, (GLint)level, format, 0, 0,
                                 width, height, 0);
        break;
    }
}

/* The context reads from the image, or from what it read before. */
static void read_from(struct context *context, struct drawable *read)
{
    process_lock();
    context_bind(context, drawable_ref(context->draw), drawable_ref(read));
    process_unlock();
}

/* The images are the program's to leave alone meanwhile. */
static void copy_images(struct context *context, struct wgl_pbuffer *pbuffer)
{
    struct drawable *read = drawable_ref(context->read);
    read_from(context, pbuffer->surface.drawable);
    struct reading saved = reading_begin(context);
    for (unsigned face = 0; face < wgl_pbuffer_faces(pbuffer); face++) {
        for (unsigned level = 0; level < wgl_pbuffer_levels(pbuffer); level++) {
            struct drawable *image = wgl_pbuffer_image(pbuffer, face, level);
            if (image) {
                read_from(context, image);
                copy_image(pbuffer, image, face, level);
            }
        }
    }
    reading_end(&saved);
    read_from(context, read);
    drawable_unref(read);
}

/* No format has buffers for a right eye or auxiliary ones. */
static DWORD check_buffer(HPBUFFERARB handle, int buffer, struct wgl_pbuffer **pbuffer)
{
    process_lock();
    *pbuffer = wgl_pbuffer_of(handle);
    process_unlock();
    if (!*pbuffer) {
        return ERROR_INVALID_HANDLE;
    }
    if (buffer != WGL_FRONT_LEFT_ARB &&
        (buffer != WGL_BACK_LEFT_ARB || !(*pbuffer)->double_buffered)) {
        return ERROR_INVALID_DATA;
    }
    return (*pbuffer)->texture_format == WGL_NO_TEXTURE_ARB ? ERROR_INVALID_OPERATION
                                                            : ERROR_SUCCESS;
}

BOOL WINAPI trireme_wglBindTexImageARB(HPBUFFERARB handle, int buffer)
{
    struct context *context = context_current();
    struct wgl_pbuffer *pbuffer;
    DWORD error = check_buffer(handle, buffer, &pbuffer);
    if (error == ERROR_SUCCESS && context) {
        copy_images(context, pbuffer);
    }
    return wgl_result(error);
}

BOOL WINAPI trireme_wglReleaseTexImageARB(HPBUFFERARB handle, int buffer)
{
    struct wgl_pbuffer *pbuffer;
    return wgl_result(check_buffer(handle, buffer, &pbuffer));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/frame_buffers.h"

#include <epoxy/gl.h>
#include <gio/gio.h>

/* Of a buffer, however large a scale is asked for. */
#define MOST_PIXELS (32u << 20)

static uint32_t memory_format(uint32_t format)
{
    return format == GL_RGBA8 ? GL_RGBA : GL_DEPTH_STENCIL;
}

static uint32_t memory_type(uint32_t format)
{
    return format == GL_RGBA8 ? GL_UNSIGNED_BYTE : GL_FLOAT_32_UNSIGNED_INT_24_8_REV;
}

/* A texture, or with samples a renderbuffer, attached to the framebuffer that is bound. */
static uint32_t attach(uint32_t point, uint32_t format, uint32_t width, uint32_t height,
                       uint32_t samples)
{
    uint32_t name;
    if (samples > 0) {
        glGenRenderbuffers(1, &name);
        glBindRenderbuffer(GL_RENDERBUFFER, name);
        glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, format, width, height);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, point, GL_RENDERBUFFER, name);
        return name;
    }
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexImage2D(GL_TEXTURE_2D, 0, format, width, height, 0, memory_format(format),
                 memory_type(format), NULL);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glFramebufferTexture2D(GL_FRAMEBUFFER, point, GL_TEXTURE_2D, name, 0);
    return name;
}

static uint32_t make_single(uint32_t width, uint32_t height, uint32_t *color, uint32_t *depth)
{
    uint32_t framebuffer;
    glGenFramebuffers(1, &framebuffer);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    *color = attach(GL_COLOR_ATTACHMENT0, GL_RGBA8, width, height, 0);
    *depth = attach(GL_DEPTH_STENCIL_ATTACHMENT, GL_DEPTH32F_STENCIL8, width, height, 0);
    return framebuffer;
}

/* False: the GL has no memory for it. */
static bool make_buffer(struct frame_buffers *b, uint32_t i)
{
    uint32_t width = b->width * b->scale, height = b->height * b->scale;
    glGenFramebuffers(1, &b->framebuffers[i]);
    glBindFramebuffer(GL_FRAMEBUFFER, b->framebuffers[i]);
    b->colors[i] = attach(GL_COLOR_ATTACHMENT0, GL_RGBA8, width, height, b->samples);
    if (i == 0) {
        b->depth =
            attach(GL_DEPTH_STENCIL_ATTACHMENT, GL_DEPTH32F_STENCIL8, width, height, b->samples);
    } else if (b->samples > 0) {
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER,
                                  b->depth);
    } else {
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_TEXTURE_2D, b->depth,
                               0);
    }
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
        return false;
    }
    glDisable(GL_SCISSOR_TEST);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDepthMask(GL_TRUE);
    glClearColor(0, 0, 0, 1);
    glClearDepth(0);
    glStencilMask(0xff);
    glClearStencil(0);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    return true;
}

/* The scale that was asked for, or what the GL and MOST_PIXELS have room for. */
static uint32_t possible_scale(const struct glide_chip_options *options)
{
    GLint most_side = 0;
    uint32_t scale = CLAMP(options->scale, 1, GLIDE_MAX_SCALE);
    uint32_t side = MAX(options->width, options->height);
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &most_side);
    while (scale > 1 && (side * scale > (uint32_t)most_side ||
                         options->width * scale * options->height * scale > MOST_PIXELS)) {
        scale--;
    }
    return scale;
}

bool frame_buffers_init(struct frame_buffers *b, const struct glide_chip_options *options,
                        GError **error)
{
    GLint most_samples = 0;
    glGetIntegerv(GL_MAX_SAMPLES, &most_samples);
    *b = (struct frame_buffers){
        .width = options->width,
        .height = options->height,
        .scale = possible_scale(options),
        .samples = MIN(options->samples, (uint32_t)MAX(most_samples, 0)),
        .count = CLAMP(options->color_buffers, 2, MOST_COLOR_BUFFERS),
    };
    /* What is pending is not of these; a lost context has no end of them. */
    for (int i = 0; i < 16 && glGetError() != GL_NO_ERROR; i++) {
    }
    bool made = true;
    for (uint32_t i = 0; i < b->count; i++) {
        made = make_buffer(b, i) && made;
    }
    if (b->samples > 0) {
        b->resolved = make_single(b->width * b->scale, b->height * b->scale, &b->resolved_color,
                                  &b->resolved_depth);
    }
    if (b->scale > 1) {
        b->small = make_single(b->width, b->height, &b->small_color, &b->small_depth);
    }
    if (!made || glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE ||
        glGetError() == GL_OUT_OF_MEMORY) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no frame buffer of %ux%u pixels",
                    b->width * b->scale, b->height * b->scale);
        return false;
    }
    return true;
}

void frame_buffers_finish(struct frame_buffers *b)
{
    glDeleteFramebuffers(b->count, b->framebuffers);
    glDeleteFramebuffers(2, (uint32_t[]){b->resolved, b->small});
    if (b->samples > 0) {
        glDeleteRenderbuffers(b->count, b->colors);
        glDeleteRenderbuffers(1, &b->depth);
    } else {
        glDeleteTextures(b->count, b->colors);
        glDeleteTextures(1, &b->depth);
    }
    glDeleteTextures(
        4, (uint32_t[]){b->resolved_color, b->resolved_depth, b->small_color, b->small_depth});
    *b = (struct frame_buffers){0};
}

static uint32_t index_of(uint32_t buffer)
{
    return buffer == GLIDE_BUFFER_FRONT ? 0 : 1;
}

uint32_t frame_buffers_of(const struct frame_buffers *b, uint32_t buffer)
{
    return b->framebuffers[index_of(buffer)];
}

void frame_buffers_swap(struct frame_buffers *b)
{
    uint32_t framebuffer = b->framebuffers[0], color = b->colors[0];
    for (uint32_t i = 0; i + 1 < b->count; i++) {
        b->framebuffers[i] = b->framebuffers[i + 1];
        b->colors[i] = b->colors[i + 1];
    }
    b->framebuffers[b->count - 1] = framebuffer;
    b->colors[b->count - 1] = color;
}

static void blit(uint32_t from, uint32_t to, uint32_t from_scale, uint32_t to_scale,
                 const struct frame_buffers *b, bool depth)
{
    glDisable(GL_SCISSOR_TEST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, from);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, to);
    glBlitFramebuffer(0, 0, b->width * from_scale, b->height * from_scale, 0, 0,
                      b->width * to_scale, b->height * to_scale,
                      depth ? GL_DEPTH_BUFFER_BIT : GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

void frame_buffers_bind_small(const struct frame_buffers *b, uint32_t buffer, bool depth)
{
    uint32_t from = frame_buffers_of(b, buffer);
    if (b->samples > 0) {
        blit(from, b->resolved, b->scale, b->scale, b, depth);
        from = b->resolved;
    }
    if (b->scale > 1) {
        blit(from, b->small, b->scale, 1, b, depth);
        from = b->small;
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, from);
}

uint32_t frame_buffers_front_texture(const struct frame_buffers *b)
{
    if (b->samples == 0) {
        return b->colors[0];
    }
    blit(b->framebuffers[0], b->resolved, b->scale, b->scale, b, false);
    return b->resolved_color;
}

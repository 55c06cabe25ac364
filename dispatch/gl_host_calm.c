/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_host_calm.h"

#include "dispatch/gl_host_state.h"

/* OpenGL as guests see it is no older, or is older and has the extension. */
static bool has(const struct gl_decoder *d, uint32_t version, const char *extension)
{
    return d->version >= version || gl_decoder_has_extension(d, extension);
}

static bool is_enabled(struct gl_decoder *d, const char *extension, GLenum cap)
{
    return gl_decoder_has_extension(d, extension) && gl_host_integer(d, cap, 1) != 0;
}

/* No program takes part in draws. Where one of the questions is not answered, one might. */
static bool pipeline_is_fixed(struct gl_decoder *d)
{
    if (has(d, 0x200, "GL_ARB_shader_objects") && gl_host_integer(d, GL_CURRENT_PROGRAM, 1) != 0) {
        return false;
    }
    if (has(d, 0x401, "GL_ARB_separate_shader_objects") &&
        gl_host_integer(d, GL_PROGRAM_PIPELINE_BINDING, 1) != 0) {
        return false;
    }
    if (has(d, 0x400, "GL_ARB_transform_feedback2") &&
        gl_host_integer(d, GL_TRANSFORM_FEEDBACK_ACTIVE, 1) != 0) {
        return false;
    }
    return !is_enabled(d, "GL_ARB_vertex_program", GL_VERTEX_PROGRAM_ARB) &&
           !is_enabled(d, "GL_ARB_fragment_program", GL_FRAGMENT_PROGRAM_ARB) &&
           !is_enabled(d, "GL_ATI_fragment_shader", GL_FRAGMENT_SHADER_ATI);
}

static bool framebuffer_is_complete(struct gl_decoder *d)
{
    return !d->gl->CheckFramebufferStatus ||
           (gl_host_integer(d, GL_DRAW_FRAMEBUFFER_BINDING, 1) == 0 &&
            d->gl->CheckFramebufferStatus(GL_DRAW_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE);
}

static GLuint count(struct gl_decoder *d, GLenum pname)
{
    return (GLuint)gl_host_integer(d, pname, 0);
}

struct gl_calm_answer gl_host_calm(struct gl_decoder *d)
{
    const struct gl_host_state *h = d->host;
    const struct gl_calm_answer unknown = {GL_CALM_NOT};
    if (!h->legacy || MIN(d->version, d->limits.max_version) < 0x104 || h->lists.compiling != 0 ||
        h->lists.unsure) {
        return unknown;
    }
    GLint unit = gl_host_integer(d, GL_ACTIVE_TEXTURE, 0) - GL_TEXTURE0;
    if (unit < 0 || unit >= gl_host_integer(d, GL_MAX_TEXTURE_COORDS, 0) ||
        unit >= gl_host_integer(d, GL_MAX_TEXTURE_UNITS, 0)) {
        return unknown;
    }
    bool draws = h->render_mode == GL_RENDER && pipeline_is_fixed(d) && framebuffer_is_complete(d);
    return (struct gl_calm_answer){
        .calm = draws ? GL_CALM_DRAW : GL_CALM_OUTSIDE,
        .matrix_mode = count(d, GL_MATRIX_MODE),
        .modelview_depth = count(d, GL_MODELVIEW_STACK_DEPTH),
        .modelview_limit = count(d, GL_MAX_MODELVIEW_STACK_DEPTH),
        .projection_depth = count(d, GL_PROJECTION_STACK_DEPTH),
        .projection_limit = count(d, GL_MAX_PROJECTION_STACK_DEPTH),
        .attrib_depth = count(d, GL_ATTRIB_STACK_DEPTH),
        .attrib_limit = count(d, GL_MAX_ATTRIB_STACK_DEPTH),
        .texture_unit = (GLuint)unit,
        .texture_2d = count(d, GL_TEXTURE_BINDING_2D),
    };
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/state_answers.h"

#include <string.h>

#include "gl_encode.h"

static const GLenum caps[STATE_CAPS] = {
    GL_ALPHA_TEST,     GL_BLEND,          GL_COLOR_LOGIC_OP,   GL_COLOR_MATERIAL,
    GL_CULL_FACE,      GL_DEPTH_TEST,     GL_DITHER,           GL_FOG,
    GL_LIGHT0,         GL_LIGHTING,       GL_LINE_SMOOTH,      GL_LINE_STIPPLE,
    GL_MULTISAMPLE,    GL_NORMALIZE,      GL_SCISSOR_TEST,     GL_STENCIL_TEST,
    GL_TEXTURE_2D,     GL_TEXTURE_1D,     GL_TEXTURE_3D,       GL_TEXTURE_CUBE_MAP,
    GL_RESCALE_NORMAL, GL_POLYGON_SMOOTH, GL_PRIMITIVE_RESTART};

static const GLenum names[STATE_NAMES] = {GL_VIEWPORT,
                                          GL_SCISSOR_BOX,
                                          GL_DEPTH_RANGE,
                                          GL_MATRIX_MODE,
                                          GL_MODELVIEW_MATRIX,
                                          GL_PROJECTION_MATRIX,
                                          GL_TRANSPOSE_MODELVIEW_MATRIX,
                                          GL_TRANSPOSE_PROJECTION_MATRIX,
                                          GL_BLEND_SRC,
                                          GL_BLEND_DST_RGB,
                                          GL_BLEND_SRC_ALPHA,
                                          GL_BLEND_EQUATION_RGB,
                                          GL_BLEND_EQUATION_ALPHA,
                                          GL_ALPHA_TEST_FUNC,
                                          GL_COLOR_WRITEMASK,
                                          GL_DEPTH_FUNC,
                                          GL_DEPTH_WRITEMASK,
                                          GL_STENCIL_FUNC,
                                          GL_STENCIL_WRITEMASK,
                                          GL_CULL_FACE_MODE,
                                          GL_FRONT_FACE,
                                          GL_LINE_WIDTH,
                                          GL_POINT_SIZE,
                                          GL_POLYGON_MODE,
                                          GL_SHADE_MODEL,
                                          GL_ACTIVE_TEXTURE,
                                          GL_TEXTURE_BINDING_2D,
                                          GL_TEXTURE_BINDING_3D,
                                          GL_SAMPLER_BINDING,
                                          GL_ARRAY_BUFFER_BINDING,
                                          GL_ELEMENT_ARRAY_BUFFER_BINDING,
                                          GL_PIXEL_UNPACK_BUFFER_BINDING,
                                          GL_VERTEX_ARRAY_BINDING,
                                          GL_CURRENT_PROGRAM,
                                          GL_DRAW_FRAMEBUFFER_BINDING,
                                          GL_READ_FRAMEBUFFER_BINDING,
                                          GL_RENDERBUFFER_BINDING};

void state_answers_ask_library(struct state_answers *answers)
{
    memset(answers, 0, sizeof *answers);
    for (size_t i = 0; i < STATE_CAPS; i++) {
        answers->enabled[i] = trireme_glIsEnabled(caps[i]);
    }
    for (size_t i = 0; i < STATE_NAMES; i++) {
        trireme_glGetFloatv(names[i], answers->values[i]);
    }
}

void state_answers_ask_host(struct state_answers *answers, struct gl_encoder *e)
{
    memset(answers, 0, sizeof *answers);
    for (size_t i = 0; i < STATE_CAPS; i++) {
        answers->enabled[i] = gl_encode_IsEnabled(e, caps[i]);
    }
    for (size_t i = 0; i < STATE_NAMES; i++) {
        gl_encode_GetFloatv(e, names[i], answers->values[i]);
    }
}

GLenum state_answers_differ(const struct state_answers *a, const struct state_answers *b)
{
    for (size_t i = 0; i < STATE_CAPS; i++) {
        if (a->enabled[i] != b->enabled[i]) {
            return caps[i];
        }
    }
    for (size_t i = 0; i < STATE_NAMES; i++) {
        if (memcmp(a->values[i], b->values[i], sizeof a->values[i]) != 0) {
            return names[i];
        }
    }
    return GL_NONE;
}

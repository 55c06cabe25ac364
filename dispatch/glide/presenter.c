/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/presenter.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/pipeline.h"

#include <epoxy/gl.h>

enum { BINDING_FRONT, BINDING_GAMMA };

/* Row 0 of the front buffer is the screen's top, that of the target its bottom. */
static const char vertex_text[] =
    "#version 330 core\n"
    "out vec2 at;\n"
    "void main()\n{\n"
    "    vec2 corner = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);\n"
    "    at = vec2(corner.x, 1.0 - corner.y);\n"
    "    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);\n"
    "}\n";

/* dither: enum glide_dither, or -1: colours keep eight bits. A target of another size is filtered,
 * and has more colours anyway. */
static const char fragment_text[] =
    "#version 330 core\n"
    "in vec2 at;\n"
    "uniform sampler2D front, gamma;\n"
    "uniform int dither;\n"
    "uniform bool same_size;\n"
    "out vec4 color;\n"
    "int offset(ivec2 p)\n{\n"
    "    const int wide[16] = int[](0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5);\n"
    "    const int narrow[4] = int[](2, 10, 14, 6);\n"
    "    return dither == 2 ? wide[(p.y & 3) * 4 + (p.x & 3)]\n"
    "        : narrow[(p.y & 1) * 2 + (p.x & 1)];\n"
    "}\n"
    "void main()\n{\n"
    "    ivec2 size = textureSize(front, 0);\n"
    "    ivec2 p = clamp(ivec2(at * vec2(size)), ivec2(0), size - 1);\n"
    "    vec4 shown = same_size ? texelFetch(front, p, 0) : texture(front, at);\n"
    "    ivec3 rgb = ivec3(shown.rgb * 255.0 + 0.5);\n"
    "    if (dither >= 0 && same_size) {\n"
    "        int d = offset(p);\n"
    "        if (dither > 0)\n"
    "            rgb = rgb - ivec3(rgb.r >> 5, rgb.g >> 6, rgb.b >> 5) +\n"
    "                ivec3(d >> 1, d >> 2, d >> 1);\n"
    "        rgb >>= ivec3(3, 2, 3);\n"
    "        rgb = rgb << ivec3(3, 2, 3) | rgb >> ivec3(2, 4, 2);\n"
    "    }\n"
    "    color = vec4(texelFetch(gamma, ivec2(rgb.r, 0), 0).r,\n"
    "                 texelFetch(gamma, ivec2(rgb.g, 0), 0).g,\n"
    "                 texelFetch(gamma, ivec2(rgb.b, 0), 0).b, 1.0);\n"
    "}\n";

static void upload_gamma(struct presenter *presenter, const uint8_t levels[][4])
{
    glActiveTexture(GL_TEXTURE0 + BINDING_GAMMA);
    glBindTexture(GL_TEXTURE_2D, presenter->gamma_texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, GLIDE_GAMMA_ENTRIES, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 levels);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
}

bool presenter_init(struct presenter *presenter, GError **error)
{
    uint32_t vertex = shader_compile(GL_VERTEX_SHADER, vertex_text, error);
    if (!vertex) {
        return false;
    }
    uint32_t fragment = shader_compile(GL_FRAGMENT_SHADER, fragment_text, error);
    presenter->program = fragment ? shader_link(vertex, fragment, error) : 0;
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    if (!presenter->program) {
        return false;
    }
    glUseProgram(presenter->program);
    glUniform1i(glGetUniformLocation(presenter->program, "front"), BINDING_FRONT);
    glUniform1i(glGetUniformLocation(presenter->program, "gamma"), BINDING_GAMMA);
    presenter->dither = glGetUniformLocation(presenter->program, "dither");
    presenter->same_size = glGetUniformLocation(presenter->program, "same_size");
    glGenVertexArrays(1, &presenter->vertex_array);
    glGenTextures(1, &presenter->gamma_texture);
    uint8_t levels[GLIDE_GAMMA_ENTRIES][4];
    for (int i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        levels[i][0] = levels[i][1] = levels[i][2] = levels[i][3] = i;
    }
    upload_gamma(presenter, levels);
    return true;
}

void presenter_finish(struct presenter *presenter)
{
    glDeleteProgram(presenter->program);
    glDeleteVertexArrays(1, &presenter->vertex_array);
    glDeleteTextures(1, &presenter->gamma_texture);
}

void glide_chip_write_gamma(struct glide_chip *chip, const uint8_t red[GLIDE_GAMMA_ENTRIES],
                            const uint8_t green[GLIDE_GAMMA_ENTRIES],
                            const uint8_t blue[GLIDE_GAMMA_ENTRIES])
{
    uint8_t levels[GLIDE_GAMMA_ENTRIES][4];
    for (int i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        levels[i][0] = red[i];
        levels[i][1] = green[i];
        levels[i][2] = blue[i];
        levels[i][3] = 0xff;
    }
    upload_gamma(&chip->presenter, levels);
}

void glide_chip_present(struct glide_chip *chip, uint32_t framebuffer, uint32_t width,
                        uint32_t height)
{
    const struct presenter *presenter = &chip->presenter;
    const struct frame_buffers *buffers = &chip->buffers;
    pipeline_flush(chip);
    bool same_size =
        width == buffers->width * buffers->scale && height == buffers->height * buffers->scale;
    uint32_t front = frame_buffers_front_texture(buffers);
    GLint filter = same_size ? GL_NEAREST : GL_LINEAR;
    glActiveTexture(GL_TEXTURE0 + BINDING_GAMMA);
    glBindTexture(GL_TEXTURE_2D, presenter->gamma_texture);
    glActiveTexture(GL_TEXTURE0 + BINDING_FRONT);
    glBindTexture(GL_TEXTURE_2D, front);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
    glBindSampler(BINDING_GAMMA, 0);
    glBindSampler(BINDING_FRONT, 0);
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DITHER);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glUseProgram(presenter->program);
    glUniform1i(presenter->dither,
                chip->options.true_color ? -1 : (int)MIN(chip->registers.dither, 2));
    glUniform1i(presenter->same_size, same_size);
    glBindVertexArray(presenter->vertex_array);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

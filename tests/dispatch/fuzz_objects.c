/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/dispatch/fuzz_objects.h"

#include <stddef.h>
#include <stdint.h>

static void make_textures(const struct gl_functions *gl)
{
    static const GLenum targets[] = {GL_TEXTURE_2D,       GL_TEXTURE_3D,
                                     GL_TEXTURE_1D,       GL_TEXTURE_2D_ARRAY,
                                     GL_TEXTURE_CUBE_MAP, GL_TEXTURE_RECTANGLE};
    static const uint8_t texels[4 * 8 * 8 * 4];
    GLuint names[6];
    gl->GenTextures(6, names);
    for (int i = 0; i < 6; i++) {
        gl->BindTexture(targets[i], names[i]);
        switch (targets[i]) {
        case GL_TEXTURE_1D:
            gl->TexImage1D(targets[i], 0, GL_RGBA8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
            break;
        case GL_TEXTURE_3D:
        case GL_TEXTURE_2D_ARRAY:
            gl->TexImage3D(targets[i], 0, GL_RGBA8, 8, 8, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
            break;
        case GL_TEXTURE_CUBE_MAP:
            for (GLenum face = 0; face < 6; face++) {
                gl->TexImage2D(GL_TEXTURE_CUBE_MAP_POSITIVE_X + face, 0, GL_RGBA8, 8, 8, 0, GL_RGBA,
                               GL_UNSIGNED_BYTE, texels);
            }
            break;
        default:
            gl->TexImage2D(targets[i], 0, GL_RGBA8, 8, 8, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
            break;
        }
    }
}

static void make_buffers(const struct gl_functions *gl)
{
    static const GLenum targets[] = {GL_ARRAY_BUFFER, GL_ELEMENT_ARRAY_BUFFER, GL_UNIFORM_BUFFER,
                                     GL_COPY_READ_BUFFER};
    static const uint8_t bytes[4096];
    GLuint names[4];
    gl->GenBuffers(4, names);
    for (int i = 0; i < 4; i++) {
        gl->BindBuffer(targets[i], names[i]);
        gl->BufferData(targets[i], sizeof bytes, bytes, GL_DYNAMIC_DRAW);
    }
}

static void make_framebuffer(const struct gl_functions *gl)
{
    GLuint framebuffers[2], renderbuffers[2];
    gl->GenFramebuffers(2, framebuffers);
    gl->GenRenderbuffers(2, renderbuffers);
    gl->BindFramebuffer(GL_FRAMEBUFFER, framebuffers[0]);
    gl->BindRenderbuffer(GL_RENDERBUFFER, renderbuffers[0]);
    gl->RenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, 16, 16);
    gl->FramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                                renderbuffers[0]);
    gl->BindRenderbuffer(GL_RENDERBUFFER, renderbuffers[1]);
    gl->RenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH24_STENCIL8, 16, 16);
    gl->FramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_STENCIL_ATTACHMENT, GL_RENDERBUFFER,
                                renderbuffers[1]);
}

static void make_program(const struct gl_functions *gl)
{
    static const char *const vertex =
        "#version 130\nin vec4 place; uniform mat4 matrix; out vec4 colour;\n"
        "void main() { gl_Position = matrix * place; colour = place; }";
    static const char *const fragment =
        "#version 130\nin vec4 colour; uniform sampler2D image; uniform vec4 tint[4]; out vec4 o;\n"
        "void main() { o = colour * tint[1] + texture(image, colour.xy); }";
    GLuint vs = gl->CreateShader(GL_VERTEX_SHADER), fs = gl->CreateShader(GL_FRAGMENT_SHADER);
    GLuint program = gl->CreateProgram();
    gl->ShaderSource(vs, 1, &vertex, NULL);
    gl->ShaderSource(fs, 1, &fragment, NULL);
    gl->CompileShader(vs);
    gl->CompileShader(fs);
    gl->AttachShader(program, vs);
    gl->AttachShader(program, fs);
    gl->LinkProgram(program);
    gl->UseProgram(program);
}

void fuzz_objects_make(const struct gl_functions *gl)
{
    GLuint names[4];
    make_textures(gl);
    make_buffers(gl);
    make_framebuffer(gl);
    make_program(gl);
    gl->GenVertexArrays(2, names);
    gl->GenQueries(3, names);
    gl->GenSamplers(2, names);
    gl->GenProgramsARB(2, names);
    gl->BindProgramARB(GL_VERTEX_PROGRAM_ARB, names[0]);
    gl->BindProgramARB(GL_FRAGMENT_PROGRAM_ARB, names[1]);
    gl->NewList(gl->GenLists(2), GL_COMPILE);
    gl->Color3f(1, 0, 0);
    gl->EndList();
    gl->Viewport(0, 0, 16, 16);
}

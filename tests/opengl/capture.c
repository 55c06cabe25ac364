/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/capture.h"

#include <criterion/criterion.h>
#include <string.h>

static const char shader[] =
    "#version 410 compatibility\n"
    "layout(location = 5) in %s attrib; layout(location = 6) in vec4 other;"
    "out vec4 vertex, normal, color, secondary, fog, unit0, unit1, another, counts;"
    "flat out %s generic;"
    "void main() { vertex = gl_Vertex; normal = vec4(gl_Normal, 0); color = gl_Color;"
    " secondary = gl_SecondaryColor; fog = vec4(gl_FogCoord); unit0 = gl_MultiTexCoord0;"
    " unit1 = gl_MultiTexCoord1; another = other; generic = attrib;"
    " counts = vec4(gl_InstanceID, %s, 0, 0); gl_Position = gl_Vertex; }";

static const char *const outputs[] = {"vertex", "normal", "color",   "secondary", "fog",
                                      "unit0",  "unit1",  "another", "counts",    "generic"};

void capture_use(const struct pair_gl *gl, const char *type, bool vertex_ids)
{
    g_autofree char *text = g_strdup_printf(shader, type, type, vertex_ids ? "gl_VertexID" : "0");
    const char *source = text;
    GLuint program = gl->CreateProgram(), vertex = gl->CreateShader(GL_VERTEX_SHADER);
    GLint linked = 0;
    gl->ShaderSource(vertex, 1, &source, NULL);
    gl->CompileShader(vertex);
    gl->AttachShader(program, vertex);
    gl->TransformFeedbackVaryings(program, G_N_ELEMENTS(outputs), outputs, GL_INTERLEAVED_ATTRIBS);
    gl->LinkProgram(program);
    gl->GetProgramiv(program, GL_LINK_STATUS, &linked);
    cr_assert(linked, "%s", type);
    gl->UseProgram(program);
}

#define ROOM ((size_t)256 * CAPTURE_VERTEX_BYTES)

void capture_begin(const struct pair_gl *gl, GLenum mode)
{
    uint8_t nothing[ROOM];
    GLuint buffer;
    memset(nothing, 0xee, sizeof nothing);
    gl->GenBuffers(1, &buffer);
    gl->BindBufferBase(GL_TRANSFORM_FEEDBACK_BUFFER, 0, buffer);
    gl->BufferData(GL_TRANSFORM_FEEDBACK_BUFFER, sizeof nothing, nothing, GL_STATIC_READ);
    gl->Enable(GL_RASTERIZER_DISCARD);
    gl->BeginTransformFeedback(mode);
}

void capture_end(struct pair_side *side, unsigned vertices)
{
    const struct pair_gl *gl = side->gl;
    const size_t bytes = (size_t)vertices * CAPTURE_VERTEX_BYTES;
    uint8_t got[ROOM];
    GLint buffer = 0;
    cr_assert_leq(bytes, sizeof got);
    gl->EndTransformFeedback();
    gl->Disable(GL_RASTERIZER_DISCARD);
    gl->GetBufferSubData(GL_TRANSFORM_FEEDBACK_BUFFER, 0, (GLsizeiptr)bytes, got);
    gl->GetIntegerv(GL_TRANSFORM_FEEDBACK_BUFFER_BINDING, &buffer);
    gl->DeleteBuffers(1, &(GLuint){(GLuint)buffer});
    pair_note(side, got, bytes);
    GLenum error = gl->GetError();
    pair_note(side, &error, sizeof error);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Feedback and selection mode against the host's own: every kind of vertex, of primitive, of hit.
 */
#include <criterion/criterion.h>
#include <stddef.h>
#include <string.h>

#include "tests/opengl/corners.h"

#define ROOM 600

static void note_error(struct pair_side *side)
{
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

static void immediate(const struct pair_gl *gl)
{
    for (GLenum mode = GL_POINTS; mode <= GL_POLYGON; mode++) {
        gl->PassThrough((GLfloat)mode);
        gl->Begin(mode);
        for (int i = 0; i < 5; i++) {
            gl->Color4f((float)i / 5, 0.5f, 1 - (float)i / 5, 0.25f);
            gl->TexCoord2f((float)i, 2);
            gl->Vertex2f((float)(i * 2 % 5) / 3 - 0.5f, (float)i / 3 - 0.7f); /* some are clipped */
        }
        gl->End();
    }
}

static void images(const struct pair_gl *gl)
{
    static const uint8_t bytes[64];
    gl->RasterPos2f(0.25f, 0.5f);
    gl->Bitmap(8, 8, 0, 0, 2, 3, bytes);
    gl->DrawPixels(2, 2, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
    gl->CopyPixels(0, 0, 2, 2, GL_COLOR);
    gl->Rectf(-0.5f, -0.5f, 0.5f, 0.25f);
}

static void arrays(const struct pair_gl *gl)
{
    struct corner *corners = guarded_corners(12);
    static const GLubyte indices[6] = {11, 0, 5, 5, 3, 2};
    GLuint buffer;
    point_at(gl, corners);
    gl->DrawArrays(GL_TRIANGLES, 3, 9);
    gl->DrawElements(GL_LINE_STRIP, 6, GL_UNSIGNED_BYTE, indices);
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->BufferData(GL_ARRAY_BUFFER, 12 * sizeof *corners, corners, GL_STATIC_DRAW);
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, sizeof *corners, (void *)offsetof(struct corner, color));
    gl->DrawArrays(GL_QUADS, 0, 8);
    gl->VertexPointer(3, GL_FLOAT, sizeof *corners, NULL);
    gl->DrawElements(GL_TRIANGLE_FAN, 6, GL_UNSIGNED_BYTE, indices);
    gl->DeleteBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, 0);
    gl->DisableClientState(GL_VERTEX_ARRAY);
    gl->DisableClientState(GL_COLOR_ARRAY);
    guarded_free(corners, 12 * sizeof *corners);
}

static void (*const scenes[])(const struct pair_gl *gl) = {immediate, images, arrays};

/* With room for all, for some and for nothing: what is left of the buffer stays as it was. */
static void feedback(struct pair_side *side)
{
    static const GLenum types[] = {GL_2D, GL_3D, GL_3D_COLOR, GL_3D_COLOR_TEXTURE,
                                   GL_4D_COLOR_TEXTURE};
    static const GLsizei rooms[] = {ROOM, 40, 1, 0};
    const struct pair_gl *gl = side->gl;
    for (unsigned t = 0; t < G_N_ELEMENTS(types); t++)
        for (unsigned s = 0; s < G_N_ELEMENTS(scenes); s++)
            for (unsigned r = 0; r < G_N_ELEMENTS(rooms); r++) {
                GLfloat *values = guarded_alloc(ROOM * sizeof *values);
                memset(values, 0x44, ROOM * sizeof *values);
                gl->FeedbackBuffer(rooms[r], types[t], values);
                gl->RenderMode(GL_FEEDBACK);
                scenes[s](gl);
                GLint count = gl->RenderMode(GL_RENDER);
                pair_note(side, &count, sizeof count);
                pair_note(side, values, ROOM * sizeof *values);
                note_error(side);
                guarded_free(values, ROOM * sizeof *values);
            }
}

Test(feedback, vertices_of_every_kind_come_back)
{
    pair_run(feedback, 60 * ROOM * sizeof(GLfloat));
}

/* The stack of names in every state, also full and empty. */
static void names(const struct pair_gl *gl)
{
    gl->InitNames();
    gl->LoadName(1);
    gl->PopName();
    gl->Rectf(-0.5f, -0.5f, 0, 0); /* a hit without a name */
    gl->PushName(5);
    gl->Rectf(2, 2, 3, 3); /* none */
    gl->LoadName(6);
    gl->PushName(7);
    gl->PushName(8);
    gl->Begin(GL_POINTS);
    gl->Vertex2f(0.25f, 0.25f);
    gl->End();
    gl->PopName();
    gl->RasterPos2f(0, 0);
    gl->LoadName(9);
    gl->PushMatrix();
    gl->Ortho(-1, 1, -1, 1, -3, 5);
    gl->Rectf(0, 0, 0.1f, 0.1f); /* of another depth */
    gl->PopMatrix();
    for (GLuint i = 0; i < 70; i++)
        gl->PushName(100 + i);
    gl->Rectf(0, 0, 0.1f, 0.1f);
    for (GLuint i = 0; i < 80; i++)
        gl->PopName();
}

static void select_hits(struct pair_side *side)
{
    static const GLsizei rooms[] = {ROOM, 20, 3, 0};
    void (*const all[])(const struct pair_gl *gl) = {names, immediate, images, arrays};
    const struct pair_gl *gl = side->gl;
    for (unsigned s = 0; s < G_N_ELEMENTS(all); s++)
        for (unsigned r = 0; r < G_N_ELEMENTS(rooms); r++) {
            GLuint *hits = guarded_alloc(ROOM * sizeof *hits);
            GLint depth = -1;
            memset(hits, 0x44, ROOM * sizeof *hits);
            gl->SelectBuffer(rooms[r], hits);
            gl->RenderMode(GL_SELECT);
            gl->InitNames();
            gl->PushName(77);
            all[s](gl);
            note_error(side);
            gl->GetIntegerv(GL_NAME_STACK_DEPTH, &depth);
            GLint count = gl->RenderMode(GL_RENDER);
            pair_note(side, &depth, sizeof depth);
            pair_note(side, &count, sizeof count);
            pair_note(side, hits, ROOM * sizeof *hits);
            note_error(side);
            guarded_free(hits, ROOM * sizeof *hits);
        }
}

Test(feedback, hits_come_back_with_their_names)
{
    pair_run(select_hits, 16 * ROOM * sizeof(GLuint));
}

/* From one mode to the other, with buffers given at the wrong time. */
static void modes(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint hits[16];
    GLfloat values[16];
    GLint mode = 0;
    memset(hits, 0, sizeof hits);
    memset(values, 0, sizeof values);
    pair_note(side, &(GLint){gl->RenderMode(GL_SELECT)}, sizeof(GLint));
    note_error(side);
    pair_note(side, &(GLint){gl->RenderMode(GL_FEEDBACK)}, sizeof(GLint));
    note_error(side);
    pair_note(side, &(GLint){gl->RenderMode(GL_RGBA)}, sizeof(GLint));
    note_error(side);
    gl->SelectBuffer(-1, hits);
    note_error(side);
    gl->FeedbackBuffer(-1, GL_2D, values);
    note_error(side);
    gl->FeedbackBuffer(16, GL_RGBA, values);
    note_error(side);
    gl->SelectBuffer(16, hits);
    gl->FeedbackBuffer(16, GL_2D, values);
    gl->RenderMode(GL_SELECT);
    gl->PushName(3);
    gl->Rectf(0, 0, 0.5f, 0.5f);
    gl->FeedbackBuffer(8, GL_3D, values);
    note_error(side);
    pair_note(side, &(GLint){gl->RenderMode(GL_FEEDBACK)}, sizeof(GLint)); /* one hit */
    gl->FeedbackBuffer(8, GL_3D, values);                                  /* refused */
    note_error(side);
    gl->Begin(GL_POINTS);
    gl->Vertex2f(0, 0);
    gl->End();
    gl->GetIntegerv(GL_RENDER_MODE, &mode);
    pair_note(side, &mode, sizeof mode);
    pair_note(side, &(GLint){gl->RenderMode(GL_SELECT)}, sizeof(GLint)); /* three values */
    pair_note(side, &(GLint){gl->RenderMode(GL_RENDER)}, sizeof(GLint));
    pair_note(side, hits, sizeof hits);
    pair_note(side, values, sizeof values);
    gl->Begin(GL_POINTS);
    gl->RenderMode(GL_SELECT);
    gl->End();
    note_error(side);
}

Test(feedback, modes_follow_each_other)
{
    pair_run(modes, 100);
}

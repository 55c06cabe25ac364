/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug output: what a callback gets and when, the message log, groups and labels. */
#include <criterion/criterion.h>
#include <string.h>

#include "tests/opengl/pair.h"

static void note_number(struct pair_side *side, GLint number)
{
    pair_note(side, &number, sizeof number);
}

static void note_text(struct pair_side *side, const char *text)
{
    pair_note(side, text, strlen(text) + 1);
}

static void note_error(struct pair_side *side)
{
    note_number(side, (GLint)side->gl->GetError());
}

/* A callback that notes all it gets. Its user parameter is the side. Mesa gives each message of its
 * shader compiler a new number. */
static void GL_API_CALL note_message(GLenum source, GLenum type, GLuint id, GLenum severity,
                                     GLsizei length, const GLchar *text, const void *parameter)
{
    struct pair_side *side = (struct pair_side *)parameter;
    const bool counted = source == GL_DEBUG_SOURCE_SHADER_COMPILER;
    const GLuint numbers[] = {source,   type,           counted ? 0 : id,
                              severity, (GLuint)length, text[length]};
    pair_note(side, numbers, sizeof numbers);
    pair_note(side, text, (size_t)length);
}

/* Where the program is; a callback's notes come before or after. */
static void mark(struct pair_side *side, const char *call)
{
    pair_note(side, "|", 1);
    note_text(side, call);
}

#define TRY(call)                                                                                  \
    do {                                                                                           \
        gl->call;                                                                                  \
        mark(side, #call);                                                                         \
    } while (0)

static void enable(const struct pair_gl *gl, bool synchronous)
{
    gl->Enable(GL_DEBUG_OUTPUT);
    if (synchronous)
        gl->Enable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
}

/* Of every kind: answered or not, with an entry point that is generated or written by hand. */
static void make_messages(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const char source[] = "void main() { nothing(); }";
    const char *sources[] = {source};
    static const uint8_t pixels[64];
    GLint value = 0;
    TRY(Enable(GL_TRIANGLES));
    TRY(Clear(0xffffffff));
    TRY(Viewport(0, 0, -1, 5));
    TRY(GetIntegerv(GL_TRIANGLES, &value));
    TRY(GetProgramiv(7777, GL_LINK_STATUS, &value));
    TRY(DrawArrays(0x5555, 0, 3));
    TRY(DrawArrays(GL_TRIANGLES, 0, -3));
    TRY(TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, -4, 4, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels));
    TRY(BindBuffer(0x5555, 3));
    TRY(UseProgram(7777));
    TRY(ReadBuffer(0x5555));
    TRY(PopDebugGroup());
    TRY(PushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 17, -1, "a group"));
    TRY(DebugMessageInsert(GL_DEBUG_SOURCE_THIRD_PARTY, GL_DEBUG_TYPE_MARKER, 99,
                           GL_DEBUG_SEVERITY_NOTIFICATION, 4, "five"));
    TRY(DebugMessageInsert(GL_DEBUG_SOURCE_API, GL_DEBUG_TYPE_MARKER, 99,
                           GL_DEBUG_SEVERITY_NOTIFICATION, -1, "not from the API"));
    TRY(PopDebugGroup());
    GLuint shader = gl->CreateShader(GL_VERTEX_SHADER);
    TRY(ShaderSource(shader, 1, sources, NULL));
    TRY(CompileShader(shader));
    TRY(DeleteShader(shader));
}

static void inside_of_calls(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    void *pointer = NULL;
    enable(gl, true);
    gl->DebugMessageCallback(note_message, side);
    make_messages(side);
    gl->GetPointerv(GL_DEBUG_CALLBACK_FUNCTION, &pointer);
    cr_assert_eq(pointer, (void *)note_message);
    gl->GetPointerv(GL_DEBUG_CALLBACK_USER_PARAM, &pointer);
    cr_assert_eq(pointer, (void *)side);
    /* None when there is no output, none when there is nobody to call. */
    gl->Disable(GL_DEBUG_OUTPUT);
    make_messages(side);
    gl->Enable(GL_DEBUG_OUTPUT);
    TRY(Clear(0xffffffff));
    gl->DebugMessageCallback(NULL, NULL);
    TRY(Clear(0xffffffff));
    gl->GetPointerv(GL_DEBUG_CALLBACK_FUNCTION, &pointer);
    cr_assert_eq(pointer, NULL);
    gl->DebugMessageCallback(note_message, side);
    TRY(Clear(0xffffffff));
    note_error(side);
}

Test(debug, messages_come_inside_of_the_call_that_causes_them)
{
    pair_run(inside_of_calls, 2000);
    pair_run_core(inside_of_calls, 2000);
}

static void synchronous_by_other_means(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    gl->DebugMessageCallback(note_message, side);
    gl->Enable(GL_DEBUG_OUTPUT);
    gl->NewList(1, GL_COMPILE);
    gl->Enable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    gl->EndList();
    gl->CallList(1);
    TRY(Clear(0xffffffff));
    gl->PushAttrib(GL_ALL_ATTRIB_BITS);
    gl->Disable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    gl->PopAttrib();
    gl->IsEnabled(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    gl->Enable(GL_DEBUG_OUTPUT_SYNCHRONOUS);
    gl->Begin(GL_TRIANGLES);
    TRY(Clear(GL_COLOR_BUFFER_BIT));
    gl->End();
    TRY(Clear(0xffffffff));
}

Test(debug, a_display_list_may_ask_for_synchronous_messages)
{
    pair_run(synchronous_by_other_means, 100);
}

static void in_order(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLint value = 0;
    enable(gl, false);
    gl->DebugMessageCallback(note_message, side);
    for (int round = 0; round < 3; round++) {
        gl->Clear(0xffffffff);
        gl->Viewport(0, 0, -1, 5);
        gl->DrawArrays(0x5555, 0, 3);
        if (round == 1)
            gl->GetIntegerv(GL_VIEWPORT, (GLint[4]){0});
        else
            gl->Finish();
        mark(side, "answered");
    }
    gl->GetIntegerv(GL_TRIANGLES, &value);
    mark(side, "a question");
    gl->Clear(0xffffffff);
    /* What came before belongs to the callback that was there. */
    gl->DebugMessageCallback(NULL, NULL);
    mark(side, "before");
}

Test(debug, messages_come_with_the_next_answer)
{
    pair_run(in_order, 500);
}

/* The host's own calls, for what a guest's call needs, cause no messages. */
static void drawn_from_memory(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    static const float triangle[6] = {-1, -1, 1, -1, 0, 1};
    static const uint8_t indices[3] = {0, 1, 2};
    static const GLenum names[] = {GL_MAX_TEXTURE_SIZE, GL_TRIANGLES, GL_CURRENT_COLOR};
    enable(gl, true);
    gl->DebugMessageCallback(note_message, side);
    gl->Clear(GL_COLOR_BUFFER_BIT);
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->VertexPointer(2, GL_FLOAT, 0, triangle);
    gl->DrawArrays(GL_TRIANGLES, 0, 3);
    gl->DrawElements(GL_TRIANGLES, 3, GL_UNSIGNED_BYTE, indices);
    mark(side, "draws");
    for (unsigned i = 0; i < 3; i++) {
        GLfloat value[4] = {0};
        gl->GetFloatv(names[i], value);
        mark(side, "get");
    }
    pair_note_picture(side);
}

/* The host cannot know that this list leaves the program between glBegin and glEnd; it asks. */
static void begun_by_a_list(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    enable(gl, true);
    gl->DebugMessageCallback(note_message, side);
    gl->NewList(1, GL_COMPILE);
    gl->Begin(GL_TRIANGLES);
    gl->EndList();
    gl->CallList(1);
    gl->DrawBuffer(GL_BACK);
    mark(side, "between");
    gl->End();
    gl->DrawBuffer(GL_BACK);
    mark(side, "outside");
}

Test(debug, questions_of_the_host_s_own_are_silent)
{
    pair_run(drawn_from_memory, PAIR_SIZE * PAIR_SIZE * 4);
    pair_run(begun_by_a_list, 30);
}

static void note_limits(struct pair_side *side)
{
    static const GLenum names[] = {GL_DEBUG_LOGGED_MESSAGES,
                                   GL_DEBUG_NEXT_LOGGED_MESSAGE_LENGTH,
                                   GL_MAX_DEBUG_LOGGED_MESSAGES,
                                   GL_MAX_DEBUG_MESSAGE_LENGTH,
                                   GL_MAX_DEBUG_GROUP_STACK_DEPTH,
                                   GL_DEBUG_GROUP_STACK_DEPTH,
                                   GL_MAX_LABEL_LENGTH,
                                   GL_DEBUG_OUTPUT,
                                   GL_DEBUG_OUTPUT_SYNCHRONOUS};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        GLint value = -1;
        GLfloat real = -1;
        side->gl->GetIntegerv(names[i], &value);
        side->gl->GetFloatv(names[i], &real);
        note_number(side, value);
        pair_note(side, &real, sizeof real);
    }
    note_error(side);
}

static void note_log(struct pair_side *side, GLuint count, GLsizei size, bool text)
{
    GLuint numbers[5][20];
    char texts[8192];
    memset(numbers, 0x11, sizeof numbers);
    memset(texts, 0x22, sizeof texts);
    note_number(side, (GLint)side->gl->GetDebugMessageLog(
                          count, size, numbers[0], numbers[1], numbers[2], numbers[3],
                          (GLsizei *)numbers[4], text ? texts : NULL));
    pair_note(side, numbers, sizeof numbers);
    pair_note(side, texts, sizeof texts);
    note_error(side);
}

static void insert(struct pair_side *side, GLuint id, GLsizei length, const char *text)
{
    side->gl->DebugMessageInsert(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, id,
                                 GL_DEBUG_SEVERITY_HIGH, length, text);
}

static void message_log(struct pair_side *side)
{
    char text[5000];
    memset(text, 'y', sizeof text);
    text[4999] = '\0';
    note_limits(side);
    insert(side, 0, -1, "before there is output");
    note_log(side, 5, 1000, true);
    enable(side->gl, false);
    make_messages(side);
    note_error(side);
    note_limits(side);
    note_log(side, 2, 8192, true);
    note_limits(side);
    note_log(side, 20, 30, true);
    note_log(side, 1, 0, true);
    note_log(side, 0, 1000, true);
    note_log(side, 1, 0, false);
    note_log(side, 2, -1, false);
    note_number(side,
                (GLint)side->gl->GetDebugMessageLog(1, 0, NULL, NULL, NULL, NULL, NULL, NULL));
    note_log(side, UINT32_MAX, 8192, true);
    note_log(side, 3, 8192, true);
    /* More than there is room for, short ones and the longest. */
    for (GLuint i = 0; i < 30; i++)
        insert(side, i, 1 + (GLsizei)(i % 7), "seven letters");
    note_limits(side);
    note_log(side, 20, 8192, true);
    insert(side, 1, 4095, text);
    insert(side, 2, 4096, text);
    insert(side, 3, -1, text);
    insert(side, 4, 0, text);
    note_error(side);
    insert(side, 5, -1, "");
    note_limits(side);
    note_log(side, 20, 8192, true);
    /* With a callback the log stays as it is. */
    insert(side, 6, -1, "logged");
    side->gl->DebugMessageCallback(note_message, side);
    insert(side, 7, -1, "called back");
    side->gl->Finish();
    note_log(side, 20, 8192, true);
}

static void log_without_room(struct pair_side *side)
{
    note_log(side, 1, -1, true);
}

Test(debug, the_log_is_the_hosts)
{
    pair_run(message_log, 20000);
    pair_run(log_without_room, 20);
}

static void filters(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    const GLuint ids[3] = {5, 6, 7};
    enable(gl, true);
    gl->DebugMessageCallback(note_message, side);
    gl->DebugMessageControl(GL_DEBUG_SOURCE_APPLICATION, GL_DEBUG_TYPE_OTHER, GL_DONT_CARE, 3, ids,
                            GL_FALSE);
    for (GLuint id = 4; id < 9; id++)
        insert(side, id, -1, "by id");
    gl->PushDebugGroup(GL_DEBUG_SOURCE_APPLICATION, 1, -1, "inner");
    insert(side, 6, -1, "still not");
    gl->DebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_TRUE);
    insert(side, 6, -1, "all");
    gl->PopDebugGroup();
    insert(side, 6, -1, "not again");
    gl->DebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DEBUG_SEVERITY_HIGH, 0, NULL, GL_FALSE);
    gl->Clear(0xffffffff);
    note_error(side);
    gl->DebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, -1, NULL, GL_FALSE);
    note_error(side);
    gl->DebugMessageControl(GL_DONT_CARE, GL_DONT_CARE, GL_DONT_CARE, 3, ids, GL_FALSE);
    note_error(side);
    gl->DebugMessageControl(GL_TRIANGLES, GL_DONT_CARE, GL_DONT_CARE, 0, NULL, GL_FALSE);
    note_error(side);
    for (int i = 0; i < 70; i++)
        gl->PushDebugGroup(GL_DEBUG_SOURCE_THIRD_PARTY, 2, -1, "deep");
    note_error(side);
    for (int i = 0; i < 70; i++)
        gl->PopDebugGroup();
    note_error(side);
}

Test(debug, filters_and_groups_are_the_hosts)
{
    pair_run(filters, 2000);
}

static void note_label(struct pair_side *side, GLenum kind, GLuint name, GLsizei size, bool text)
{
    char label[400];
    GLsizei length = -5;
    memset(label, 0x33, sizeof label);
    side->gl->GetObjectLabel(kind, name, size, &length, text ? label : NULL);
    pair_note(side, label, sizeof label);
    note_number(side, length);
    note_error(side);
}

static void note_sync_label(struct pair_side *side, GLsync sync, GLsizei size, bool text)
{
    char label[400];
    GLsizei length = -5;
    memset(label, 0x33, sizeof label);
    side->gl->GetObjectPtrLabel(sync, size, &length, text ? label : NULL);
    pair_note(side, label, sizeof label);
    note_number(side, length);
    note_error(side);
}

static void object_labels(struct pair_side *side)
{
    static const GLenum kinds[] = {GL_BUFFER,  GL_TEXTURE,      GL_VERTEX_ARRAY, GL_FRAMEBUFFER,
                                   GL_SHADER,  GL_PROGRAM,      GL_DISPLAY_LIST, GL_QUERY,
                                   GL_SAMPLER, GL_RENDERBUFFER, GL_TRIANGLES};
    const struct pair_gl *gl = side->gl;
    char longest[300];
    GLuint buffer, texture;
    memset(longest, 'z', sizeof longest);
    longest[299] = '\0';
    gl->GenBuffers(1, &buffer);
    gl->BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl->GenTextures(1, &texture);
    gl->BindTexture(GL_TEXTURE_2D, texture);
    note_label(side, GL_BUFFER, buffer, 100, true);
    gl->ObjectLabel(GL_BUFFER, buffer, -1, "a buffer");
    gl->ObjectLabel(GL_TEXTURE, texture, 3, "a texture");
    note_label(side, GL_BUFFER, buffer, 100, true);
    note_label(side, GL_BUFFER, buffer, 4, true);
    note_label(side, GL_BUFFER, buffer, 0, true);
    note_label(side, GL_BUFFER, buffer, -1, true);
    note_label(side, GL_BUFFER, buffer, 100, false);
    note_label(side, GL_BUFFER, buffer, 0, false);
    note_label(side, GL_TEXTURE, texture, 100, true);
    gl->GetObjectLabel(GL_TEXTURE, texture, 100, NULL, longest);
    note_text(side, longest);
    memset(longest, 'z', sizeof longest - 1);
    gl->ObjectLabel(GL_BUFFER, buffer, 0, NULL);
    note_label(side, GL_BUFFER, buffer, 100, true);
    gl->ObjectLabel(GL_BUFFER, buffer, 255, longest);
    note_label(side, GL_BUFFER, buffer, 400, true);
    gl->ObjectLabel(GL_BUFFER, buffer, 256, longest);
    note_error(side);
    gl->ObjectLabel(GL_BUFFER, buffer, -1, longest);
    note_error(side);
    for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        gl->ObjectLabel(kinds[i], 54321, -1, "nothing");
        note_error(side);
        note_label(side, kinds[i], 54321, 100, true);
    }
    GLsync sync = gl->FenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    note_sync_label(side, sync, 100, true);
    gl->ObjectPtrLabel(sync, 6, "a fence");
    note_sync_label(side, sync, 100, true);
    note_sync_label(side, sync, 3, true);
    note_sync_label(side, sync, 100, false);
    note_sync_label(side, sync, -1, true);
    gl->ObjectPtrLabel(sync, -1, longest);
    note_error(side);
    gl->ObjectPtrLabel(sync, 0, NULL);
    note_sync_label(side, sync, 100, true);
    gl->DeleteSync(sync);
    gl->ObjectPtrLabel(NULL, -1, "nothing");
    note_error(side);
    note_sync_label(side, NULL, 100, true);
}

Test(debug, labels_are_the_hosts)
{
    pair_run(object_labels, 2000);
}

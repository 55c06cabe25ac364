/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where uniforms and attributes are: what the host's GL says, asked for once after a link. */
#include <criterion/criterion.h>

#include "gl_encode.h"
#include "tests/opengl/one_loop.h"

static const char vertex_source[] =
    "#version 150 compatibility\n"
    "in vec4 place; in mat2 turn; in float tail[3];\n"
    "uniform float shift, unused; uniform vec4 rows[4];\n"
    "uniform struct { float a; vec2 b[2]; } part;\n"
    "uniform struct { float a; } parts[2];\n"
    "void main() {\n"
    "  gl_Position = place * shift + rows[0] + rows[3] + part.a +\n"
    "    part.b[1].x + parts[0].a + parts[1].a + turn[1].x + tail[2];\n"
    "}\n";
static const char other_source[] =
    "#version 150 compatibility\n"
    "in vec4 tail, place; uniform vec4 rows[2], shift;\n"
    "void main() { gl_Position = tail + rows[1] + shift + place; }\n";
static const char plain_source[] = "#version 150 compatibility\n"
                                   "void main() { gl_Position = gl_Vertex; }\n";
static const char broken_source[] = "#version 150 compatibility\nvoid main() { nothing; }\n";
static const char fragment_source[] = "#version 150 compatibility\n"
                                      "void main() { gl_FragColor = vec4(1); }\n";

static const char *const names[] = {
    "place",      "turn",       "tail",     "tail[0]",    "tail[1]",     "tail[9]",
    "shift",      "unused",     "rows",     "rows[0]",    "rows[3]",     "rows[4]",
    "rows[",      "rows[]",     "rows [0]", "part",       "part.a",      "part.b",
    "part.b[0]",  "part.b[1]",  "parts",    "parts[0]",   "parts[0].a",  "parts[1].a",
    "parts[2].a", "shif",       "shiftt",   "",           "gl_Position", "gl_Vertex",
    "shift[0]",   "rows[0][0]", "rows[00]", "rows[-1]",   "part.",       "rows[1]",
    "rows[2]",    "part.b[2]",  "none[1]",  "shift[1]",   "rows[10]",    "rows[ 1]",
    "rows[1",     "rows]",      "rows[1]x", "rows[0][1]", "row[1]",      "rows[4294967297]",
};

static void shader(const struct pair_gl *gl, GLuint program, GLenum type, const char *source)
{
    GLuint name = gl->CreateShader(type);
    gl->ShaderSource(name, 1, &source, NULL);
    gl->CompileShader(name);
    gl->AttachShader(program, name);
    gl->DeleteShader(name);
}

static GLuint linked(const struct pair_gl *gl, const char *vertex)
{
    GLuint program = gl->CreateProgram();
    shader(gl, program, GL_VERTEX_SHADER, vertex);
    shader(gl, program, GL_FRAGMENT_SHADER, fragment_source);
    gl->LinkProgram(program);
    GLint status = 0;
    gl->GetProgramiv(program, GL_LINK_STATUS, &status);
    cr_assert(status);
    return program;
}

static void note_locations(struct pair_side *side, GLuint program)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        GLint found[] = {side->gl->GetUniformLocation(program, names[i]), 0,
                         side->gl->GetAttribLocation(program, names[i]), 0};
        found[1] = (GLint)side->gl->GetError();
        found[3] = (GLint)side->gl->GetError();
        pair_note(side, found, sizeof found);
    }
}

/* The vertex shader is another one from now on, and the program is not linked. */
static void change(const struct pair_gl *gl, GLuint program, const char *vertex)
{
    GLuint attached[2];
    GLsizei count = 0;
    gl->GetAttachedShaders(program, 2, &count, attached);
    for (GLsizei i = 0; i < count; i++)
        gl->DetachShader(program, attached[i]);
    shader(gl, program, GL_VERTEX_SHADER, vertex);
    shader(gl, program, GL_FRAGMENT_SHADER, fragment_source);
}

static void locations(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint program = linked(gl, vertex_source), plain = linked(gl, plain_source);
    note_locations(side, program);
    note_locations(side, plain);
    note_locations(side, 0);
    note_locations(side, 999);
    change(gl, program, other_source);
    note_locations(side, program);
    gl->BindAttribLocation(program, 7, "place");
    note_locations(side, program);
    gl->LinkProgram(program);
    note_locations(side, program);
    change(gl, program, broken_source);
    gl->LinkProgram(program);
    note_locations(side, program);
    change(gl, program, vertex_source);
    gl->LinkProgram(program);
    note_locations(side, program);
    gl->Begin(GL_TRIANGLES);
    gl->GetUniformLocation(program, "shift");
    gl->End();
    note_locations(side, program);
    /* Deleted while it is used, it is there; then it is not. */
    gl->UseProgram(program);
    gl->DeleteProgram(program);
    note_locations(side, program);
    gl->UseProgram(0);
    note_locations(side, program);
    note_locations(side, linked(gl, other_source));
}

Test(program_locations, are_the_hosts)
{
    pair_run(locations, G_N_ELEMENTS(names) * 13 * sizeof(GLint));
}

TestSuite(program_locations_trips, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

/* Round trips of some lookups of both kinds. */
static uint64_t trips_of_lookups(GLuint program)
{
    const struct pair_gl *gl = pair_trireme_gl();
    uint64_t before = loop_encoder(loop)->round_trips;
    cr_assert_geq(gl->GetUniformLocation(program, "shift"), 0);
    cr_assert_geq(gl->GetUniformLocation(program, "rows"), 0);
    cr_assert_eq(gl->GetUniformLocation(program, "nothing"), -1);
    cr_assert_geq(gl->GetAttribLocation(program, "place"), 0);
    cr_assert_eq(gl->GetAttribLocation(program, "nothing"), -1);
    return loop_encoder(loop)->round_trips - before;
}

Test(program_locations_trips, one_for_each_kind_after_a_link)
{
    GLuint program = linked(pair_trireme_gl(), vertex_source);
    cr_assert_eq(trips_of_lookups(program), 2);
    cr_assert_eq(trips_of_lookups(program), 0);
    pair_trireme_gl()->LinkProgram(program);
    cr_assert_eq(trips_of_lookups(program), 2);
}

/* Elements are known with the rest, also those that are not there. */
Test(program_locations_trips, none_for_elements)
{
    const struct pair_gl *gl = pair_trireme_gl();
    GLuint program = linked(gl, vertex_source);
    trips_of_lookups(program);
    const GLint first = gl->GetUniformLocation(program, "rows[0]");
    uint64_t before = loop_encoder(loop)->round_trips;
    cr_assert_eq(gl->GetUniformLocation(program, "rows[3]"), first + 3);
    cr_assert_geq(gl->GetUniformLocation(program, "part.b[1]"), 0);
    cr_assert_geq(gl->GetUniformLocation(program, "parts[1].a"), 0);
    cr_assert_eq(gl->GetUniformLocation(program, "rows[4]"), -1);
    cr_assert_eq(gl->GetUniformLocation(program, "none[1]"), -1);
    cr_assert_eq(loop_encoder(loop)->round_trips, before);
}

Test(program_locations_trips, again_when_others_have_flushed)
{
    uint32_t leaves = 0, own = 0;
    struct gl_state *state = loop_encoder(loop)->state;
    GLuint program = linked(pair_trireme_gl(), vertex_source);
    state->leaves = &leaves;
    state->own_leaves = &own;
    cr_assert_eq(trips_of_lookups(program), 2);
    cr_assert_eq(trips_of_lookups(program), 0);
    leaves = 1;
    cr_assert_eq(trips_of_lookups(program), 2);
    state->leaves = NULL;
}

/* Where there is more than fits, each name is asked for. */
Test(program_locations_trips, of_what_is_too_much_each)
{
    GString *source = g_string_new("#version 150 compatibility\n");
    GString *sum = g_string_new("0.0");
    for (unsigned i = 0; i < 300; i++) {
        char *name = g_strdup_printf("%s%u",
                                     "u123456789012345678901234567890123456789012345678901234"
                                     "56789012345678901234567890123456789012345678901234567"
                                     "89012345678901234567890123456789012345678901234567890"
                                     "12345678901234567890123456789012345678901234567890123",
                                     i);
        g_string_append_printf(source, "uniform float %s;\n", name);
        g_string_append_printf(sum, " + %s", name);
        g_free(name);
    }
    g_string_append_printf(source,
                           "uniform float shift; uniform vec4 rows[2]; in vec4 place;\n"
                           "void main() { gl_Position = place + rows[1] + shift + %s; }\n",
                           sum->str);
    GLuint program = linked(pair_trireme_gl(), source->str);
    g_string_free(source, TRUE);
    g_string_free(sum, TRUE);
    cr_assert_eq(trips_of_lookups(program), 5);
    cr_assert_eq(trips_of_lookups(program), 3);
}

TestSuite(program_locations_list, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

/* Bytes of a list for which a guest has that much room. */
static uint64_t list_bytes(GLuint program, GLenum kind, uint64_t capacity)
{
    uint8_t room[4096];
    struct gl_result list = {.data = room, .capacity = capacity};
    memset(room, 0xa5, sizeof room);
    gl_encode_TriremeGetElementLocations(e, program, kind, &list);
    cr_assert_leq(list.bytes, capacity);
    for (uint64_t i = capacity; i < sizeof room; i++) {
        cr_assert_eq(room[i], 0xa5);
    }
    return list.bytes;
}

Test(program_locations_list, comes_whole_or_not_at_all)
{
    const GLenum kinds[] = {GL_UNIFORM, GL_PROGRAM_INPUT};
    GLuint program = linked(pair_trireme_gl(), vertex_source);
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const uint64_t whole = list_bytes(program, kinds[i], 4096);
        cr_assert(whole > sizeof(GLint) && whole < 4096);
        cr_assert_eq(list_bytes(program, kinds[i], whole), whole);
        for (uint64_t less = 0; less < whole; less++) {
            cr_assert_eq(list_bytes(program, kinds[i], less), 0, "%d bytes", (int)less);
        }
    }
}

Test(program_locations_list, is_of_linked_programs)
{
    const struct pair_gl *gl = pair_trireme_gl();
    const GLuint deleted = linked(gl, plain_source);
    gl->DeleteProgram(deleted);
    const GLuint wild[] = {
        0, 999, UINT32_MAX, deleted, gl->CreateProgram(), gl->CreateShader(GL_VERTEX_SHADER)};
    for (unsigned i = 0; i < G_N_ELEMENTS(wild); i++) {
        cr_assert_eq(list_bytes(wild[i], GL_UNIFORM, 4096), 0);
        cr_assert_eq(list_bytes(wild[i], UINT32_MAX, 4096), 0);
    }
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    const GLuint program = linked(gl, vertex_source);
    gl->Begin(GL_TRIANGLES);
    cr_assert_eq(list_bytes(program, GL_UNIFORM, 4096), 0);
    gl->End();
    cr_assert_gt(list_bytes(program, GL_UNIFORM, 4096), 0);
}

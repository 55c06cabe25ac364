/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/gl_cases.h"

#include <stdio.h>
#include <string.h>

#include "bench/gl_functions.h"
#include "tests/programs/gl_window.h"

#define POINTS 1000
#define REPEAT 100 /* calls of a short step, so that the loop around it weighs little */
#define TEXTURE_SIZE 64

static struct gl_window *window;
static GLuint textures[2], buffer, program, list;
static GLint uniform;
static GLubyte texels[256 * 256 * 4];
static GLfloat vertices[100][3];
static GLushort indices[100];

/* So small that it covers no pixel: what is measured is the call, not the fill. */
static const GLfloat triangle[3][3] = {{0, 0, 0}, {1e-4f, 0, 0}, {0, 1e-4f, 0}};

/* Without a step of its own, to see what starting and ending a case costs. */
static void step_nothing(void)
{
}

/* Begin/End. The vertices lie outside of the window, as a point covers a pixel. */

static void step_vertex3f(void)
{
    glBegin(GL_POINTS);
    for (int i = 0; i < POINTS; i++) {
        glVertex3f(2, 2, 0);
    }
    glEnd();
}

static void step_color_normal(void)
{
    for (int i = 0; i < REPEAT; i++) {
        glColor4f(1, 0, 1, 1);
        glNormal3f(0, 1, 0);
    }
}

/* As old programs draw: each vertex with its attributes. */
static void step_immediate_quads(void)
{
    glBegin(GL_QUADS);
    for (int i = 0; i < REPEAT; i++) {
        glColor4ub(255, 128, 0, 255);
        glTexCoord2f(0, 1);
        glVertex3f(2, 2, 0);
    }
    glEnd();
}

/* State */

static void step_matrix(void)
{
    for (int i = 0; i < REPEAT; i++) {
        glPushMatrix();
        glTranslatef(1, 2, 3);
        glRotatef(30, 0, 0, 1);
        glPopMatrix();
    }
}

static void step_enable(void)
{
    for (int i = 0; i < REPEAT; i++) {
        glEnable(GL_BLEND);
        glDisable(GL_BLEND);
    }
}

static void step_bind_texture(void)
{
    for (int i = 0; i < REPEAT; i++) {
        glBindTexture(GL_TEXTURE_2D, textures[0]);
        glBindTexture(GL_TEXTURE_2D, textures[1]);
    }
}

static void bind_no_texture(void)
{
    glBindTexture(GL_TEXTURE_2D, 0);
}

static void use_program(void)
{
    gl.UseProgram(program);
}

static void use_no_program(void)
{
    gl.UseProgram(0);
}

static void step_uniform4f(void)
{
    for (int i = 0; i < REPEAT; i++) {
        gl.Uniform4f(uniform, 1, (GLfloat)i, 0, 1);
    }
}

static void step_use_program(void)
{
    for (int i = 0; i < REPEAT; i++) {
        gl.UseProgram(0);
        gl.UseProgram(program);
    }
}

/* Draws */

static void prepare_buffer(void)
{
    gl.BindBuffer(GL_ARRAY_BUFFER, buffer);
    glVertexPointer(3, GL_FLOAT, 0, NULL);
    glEnableClientState(GL_VERTEX_ARRAY);
}

static void clean_up_arrays(void)
{
    glDisableClientState(GL_VERTEX_ARRAY);
    gl.BindBuffer(GL_ARRAY_BUFFER, 0);
}

static void step_draw_arrays(void)
{
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

static void prepare_bind_uniform_draw(void)
{
    prepare_buffer();
    use_program();
}

static void step_bind_uniform_draw(void)
{
    static unsigned turn;
    turn++;
    glBindTexture(GL_TEXTURE_2D, textures[turn & 1]);
    gl.Uniform4f(uniform, 1, (GLfloat)(turn & 15), 0, 1);
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

static void clean_up_bind_uniform_draw(void)
{
    clean_up_arrays();
    use_no_program();
    bind_no_texture();
}

static void prepare_client_arrays(void)
{
    glVertexPointer(3, GL_FLOAT, 0, vertices);
    glEnableClientState(GL_VERTEX_ARRAY);
}

static void step_draw_elements_client(void)
{
    glDrawElements(GL_TRIANGLES, 99, GL_UNSIGNED_SHORT, indices);
}

static void step_draw_arrays_client(void)
{
    glDrawArrays(GL_TRIANGLES, 0, 99);
}

static void step_call_list(void)
{
    glCallList(list);
}

/* Uploads */

static void bind_texture(void)
{
    glBindTexture(GL_TEXTURE_2D, textures[0]);
}

static void step_tex_sub_image(void)
{
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, TEXTURE_SIZE, TEXTURE_SIZE, GL_RGBA, GL_UNSIGNED_BYTE,
                    texels);
}

static void step_tex_image(void)
{
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 256, 256, 0, GL_RGBA, GL_UNSIGNED_BYTE, texels);
}

static void clean_up_tex_image(void)
{
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, TEXTURE_SIZE, TEXTURE_SIZE, 0, GL_RGBA,
                 GL_UNSIGNED_BYTE, texels);
    bind_no_texture();
}

static void bind_buffer(void)
{
    gl.BindBuffer(GL_ARRAY_BUFFER, buffer);
}

static void bind_no_buffer(void)
{
    gl.BindBuffer(GL_ARRAY_BUFFER, 0);
}

static void step_buffer_sub_data(void)
{
    gl.BufferSubData(GL_ARRAY_BUFFER, 0, sizeof vertices, vertices);
}

static void step_map_buffer(void)
{
    void *memory = gl.MapBuffer(GL_ARRAY_BUFFER, GL_WRITE_ONLY);
    if (memory) {
        memcpy(memory, vertices, sizeof vertices);
    }
    gl.UnmapBuffer(GL_ARRAY_BUFFER);
}

/* Questions */

static void step_get_error(void)
{
    for (int i = 0; i < REPEAT; i++) {
        glGetError();
    }
}

static void step_get_integer(void)
{
    GLint value;
    for (int i = 0; i < REPEAT; i++) {
        glGetIntegerv(GL_TEXTURE_BINDING_2D, &value);
    }
}

static void step_is_enabled(void)
{
    for (int i = 0; i < REPEAT; i++) {
        glIsEnabled(GL_DEPTH_TEST);
    }
}

static void step_uniform_location(void)
{
    gl.GetUniformLocation(program, "colour");
}

static void step_gen_textures(void)
{
    GLuint name;
    glGenTextures(1, &name);
    glDeleteTextures(1, &name);
}

static void step_read_pixels(void)
{
    glReadPixels(0, 0, 64, 64, GL_RGBA, GL_UNSIGNED_BYTE, texels);
}

/* Frames */

static void step_finish(void)
{
    glFinish();
}

static void step_flush(void)
{
    glFlush();
}

static void step_clear_swap(void)
{
    glClear(GL_COLOR_BUFFER_BIT);
    glXSwapBuffers(window->display, window->window);
}

const struct gl_case gl_cases[] = {
    {"nothing", 1, 1000, NULL, step_nothing, NULL},
    {"vertex3f", POINTS, 1, NULL, step_vertex3f, NULL},
    {"color4f-normal3f", 2 * REPEAT, 10, NULL, step_color_normal, NULL},
    {"immediate-quads", 3 * REPEAT, 1, NULL, step_immediate_quads, NULL},
    {"matrix", 4 * REPEAT, 1, NULL, step_matrix, NULL},
    {"enable-disable", 2 * REPEAT, 1, NULL, step_enable, NULL},
    {"bind-texture", 2 * REPEAT, 1, NULL, step_bind_texture, bind_no_texture},
    {"uniform4f", REPEAT, 1, use_program, step_uniform4f, use_no_program},
    {"use-program", 2 * REPEAT, 1, use_program, step_use_program, use_no_program},
    {"draw-arrays", 1, 20, prepare_buffer, step_draw_arrays, clean_up_arrays},
    {"bind-uniform-draw", 3, 20, prepare_bind_uniform_draw, step_bind_uniform_draw,
     clean_up_bind_uniform_draw},
    {"draw-arrays-client", 1, 10, prepare_client_arrays, step_draw_arrays_client, clean_up_arrays},
    {"draw-elements-client", 1, 10, prepare_client_arrays, step_draw_elements_client,
     clean_up_arrays},
    {"call-list", 1, 10, NULL, step_call_list, NULL},
    {"tex-sub-image-64", 1, 10, bind_texture, step_tex_sub_image, bind_no_texture},
    {"tex-image-256", 1, 1, bind_texture, step_tex_image, clean_up_tex_image},
    {"buffer-sub-data-1k", 1, 10, bind_buffer, step_buffer_sub_data, bind_no_buffer},
    {"map-buffer-1k", 2, 1, bind_buffer, step_map_buffer, bind_no_buffer},
    {"get-error", REPEAT, 10, NULL, step_get_error, NULL},
    {"get-integer", REPEAT, 1, NULL, step_get_integer, NULL},
    {"is-enabled", REPEAT, 1, NULL, step_is_enabled, NULL},
    {"uniform-location", 1, 10, NULL, step_uniform_location, NULL},
    {"gen-delete-texture", 2, 1, NULL, step_gen_textures, NULL},
    {"read-pixels-64", 1, 1, NULL, step_read_pixels, NULL},
    {"finish", 1, 1, NULL, step_finish, NULL},
    {"flush", 1, 10, NULL, step_flush, NULL},
    {"clear-swap", 1, 1, NULL, step_clear_swap, NULL},
};

const unsigned gl_case_count = sizeof gl_cases / sizeof gl_cases[0];

const struct gl_case *gl_case_find(const char *name)
{
    for (unsigned i = 0; i < gl_case_count; i++) {
        if (strcmp(gl_cases[i].name, name) == 0) {
            return &gl_cases[i];
        }
    }
    return NULL;
}

static int make_program(void)
{
    static const char *const vertex_source = "void main() { gl_Position = gl_Vertex; }";
    static const char *const fragment_source =
        "uniform vec4 colour;\n"
        "uniform sampler2D picture;\n"
        "void main() { gl_FragColor = colour * texture2D(picture, vec2(0.5)); }";
    const GLuint shaders[] = {gl.CreateShader(GL_VERTEX_SHADER),
                              gl.CreateShader(GL_FRAGMENT_SHADER)};
    const char *const sources[] = {vertex_source, fragment_source};
    GLint linked = 0;
    program = gl.CreateProgram();
    for (int i = 0; i < 2; i++) {
        gl.ShaderSource(shaders[i], 1, &sources[i], NULL);
        gl.CompileShader(shaders[i]);
        gl.AttachShader(program, shaders[i]);
    }
    gl.LinkProgram(program);
    gl.GetProgramiv(program, GL_LINK_STATUS, &linked);
    uniform = gl.GetUniformLocation(program, "colour");
    return linked && uniform >= 0;
}

static void make_textures(void)
{
    glGenTextures(2, textures);
    for (int i = 0; i < 2; i++) {
        glBindTexture(GL_TEXTURE_2D, textures[i]);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, TEXTURE_SIZE, TEXTURE_SIZE, 0, GL_RGBA,
                     GL_UNSIGNED_BYTE, texels);
    }
    glBindTexture(GL_TEXTURE_2D, 0);
}

/* 33 small triangles. */
static void make_vertices(void)
{
    for (int i = 0; i < 100; i++) {
        indices[i] = (GLushort)i;
        memcpy(vertices[i], triangle[i % 3], sizeof vertices[i]);
    }
    gl.GenBuffers(1, &buffer);
    gl.BindBuffer(GL_ARRAY_BUFFER, buffer);
    gl.BufferData(GL_ARRAY_BUFFER, sizeof vertices, vertices, GL_STATIC_DRAW);
    gl.BindBuffer(GL_ARRAY_BUFFER, 0);
}

static void make_list(void)
{
    list = glGenLists(1);
    glNewList(list, GL_COMPILE);
    glBegin(GL_TRIANGLES);
    for (int i = 0; i < 99; i++) {
        glVertex3fv(vertices[i]);
    }
    glEnd();
    glEndList();
}

int gl_cases_init(struct gl_window *of)
{
    window = of;
    if (!gl_functions_load()) {
        return 0;
    }
    make_textures();
    make_vertices();
    make_list();
    if (!make_program()) {
        fprintf(stderr, "the GL does not make a program of shaders\n");
        return 0;
    }
    glFinish();
    return glGetError() == GL_NO_ERROR;
}

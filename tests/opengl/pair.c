/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/pair.h"

#include <criterion/criterion.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/opengl/context.h"

const struct pair_gl *pair_trireme_gl(void)
{
    static struct pair_gl gl;
#define ENTRY(name) gl.name = gl_entry_point("gl" #name);
    PAIR_FUNCTIONS(ENTRY)
#undef ENTRY
    return &gl;
}

const struct pair_gl *pair_native_gl(void)
{
    static struct pair_gl gl;
#define RESOLVE(name) gl.name = (void *)eglGetProcAddress("gl" #name);
    PAIR_FUNCTIONS(RESOLVE)
#undef RESOLVE
    return &gl;
}

void pair_note(struct pair_side *side, const void *bytes, size_t n)
{
    g_byte_array_append(side->notes, bytes, (guint)n);
}

void pair_note_picture(struct pair_side *side)
{
    static uint8_t pixels[PAIR_SIZE * PAIR_SIZE * 4];
    memset(pixels, 0, sizeof pixels);
    side->gl->ReadPixels(0, 0, PAIR_SIZE, PAIR_SIZE, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    pair_note(side, pixels, sizeof pixels);
    GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

static void run(void (*body)(struct pair_side *side), size_t least, bool core)
{
    struct pair_side native = {.gl = pair_native_gl(), .notes = g_byte_array_new()};
    struct pair_side trireme = {
        .gl = pair_trireme_gl(), .trireme = true, .notes = g_byte_array_new()};
    struct test_context context;
    test_context_create(&context, core);
    body(&native);
    test_context_destroy(&context);

    struct loop *loop = loop_create(core);
    body(&trireme);
    loop_drain(loop);
    cr_assert(!loop_broken(loop), "a rule is broken: %s", loop_broken(loop));
    loop_destroy(loop);

    cr_assert_geq(native.notes->len, least);
    cr_assert_eq(native.notes->len, trireme.notes->len);
    const bool equal = memcmp(native.notes->data, trireme.notes->data, native.notes->len) == 0;
    for (guint i = 0; !equal && i < native.notes->len; i++)
        cr_assert_eq(native.notes->data[i], trireme.notes->data[i],
                     "byte %u of %u: %02x natively, %02x here", i, native.notes->len,
                     native.notes->data[i], trireme.notes->data[i]);
    g_byte_array_unref(native.notes);
    g_byte_array_unref(trireme.notes);
}

void pair_run(void (*body)(struct pair_side *side), size_t least)
{
    run(body, least, false);
}

void pair_run_core(void (*body)(struct pair_side *side), size_t least)
{
    run(body, least, true);
}

static size_t pages(size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (bytes + page - 1) / page * page;
}

void *guarded_alloc(size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), inside = pages(bytes);
    uint8_t *map =
        mmap(NULL, inside + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(map, MAP_FAILED);
    mprotect(map + inside, page, PROT_NONE);
    return map + inside - bytes;
}

void guarded_free(void *memory, size_t bytes)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), inside = pages(bytes);
    munmap((uint8_t *)memory + bytes - inside, inside + page);
}

GLuint pair_program(const struct pair_gl *gl, const char *vertex, const char *fragment)
{
    GLuint program = gl->CreateProgram();
    const GLenum types[2] = {GL_VERTEX_SHADER, GL_FRAGMENT_SHADER};
    const char *sources[2] = {vertex, fragment};
    for (int i = 0; i < 2; i++) {
        GLuint shader = gl->CreateShader(types[i]);
        gl->ShaderSource(shader, 1, &sources[i], NULL);
        gl->CompileShader(shader);
        gl->AttachShader(program, shader);
    }
    gl->LinkProgram(program);
    GLint linked = 0;
    gl->GetProgramiv(program, GL_LINK_STATUS, &linked);
    cr_assert(linked);
    return program;
}

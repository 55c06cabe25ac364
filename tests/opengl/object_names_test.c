/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names from pools: programs cannot tell, but for what they cost. */
#include <criterion/criterion.h>

#include "tests/opengl/one_loop.h"

static void use_texture(const struct pair_gl *gl, GLuint name)
{
    gl->BindTexture(GL_TEXTURE_2D, name);
}

static void use_buffer(const struct pair_gl *gl, GLuint name)
{
    gl->BindBuffer(GL_ARRAY_BUFFER, name);
}

static void use_renderbuffer(const struct pair_gl *gl, GLuint name)
{
    gl->BindRenderbuffer(GL_RENDERBUFFER, name);
}

static void use_framebuffer(const struct pair_gl *gl, GLuint name)
{
    gl->BindFramebuffer(GL_FRAMEBUFFER, name);
}

static void use_query(const struct pair_gl *gl, GLuint name)
{
    gl->BeginQuery(GL_SAMPLES_PASSED, name);
    gl->EndQuery(GL_SAMPLES_PASSED);
}

static void use_vertex_array(const struct pair_gl *gl, GLuint name)
{
    gl->BindVertexArray(name);
}

#define KIND(gl, Plural, Singular, use)                                                            \
    {                                                                                              \
        (gl)->Gen##Plural, (gl)->Delete##Plural, (gl)->Is##Singular, use                           \
    }

enum { KINDS = 6 };

static void for_each_kind(struct pair_side *side,
                          void (*body)(struct pair_side *side, void (*generate)(GLsizei, GLuint *),
                                       void (*destroy)(GLsizei, const GLuint *),
                                       GLboolean (*is)(GLuint),
                                       void (*use)(const struct pair_gl *, GLuint)))
{
    const struct pair_gl *gl = side->gl;
    const struct {
        void (*generate)(GLsizei, GLuint *);
        void (*destroy)(GLsizei, const GLuint *);
        GLboolean (*is)(GLuint);
        void (*use)(const struct pair_gl *, GLuint);
    } kinds[KINDS] = {
        KIND(gl, Textures, Texture, use_texture),
        KIND(gl, Buffers, Buffer, use_buffer),
        KIND(gl, Renderbuffers, Renderbuffer, use_renderbuffer),
        KIND(gl, Framebuffers, Framebuffer, use_framebuffer),
        KIND(gl, Queries, Query, use_query),
        KIND(gl, VertexArrays, VertexArray, use_vertex_array),
    };
    for (unsigned i = 0; i < KINDS; i++)
        body(side, kinds[i].generate, kinds[i].destroy, kinds[i].is, kinds[i].use);
}

static void note(struct pair_side *side, GLint value)
{
    GLint found[] = {value, (GLint)side->gl->GetError()};
    pair_note(side, found, sizeof found);
}

static bool are_different(const GLuint *names, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        for (unsigned other = 0; other < i; other++) {
            if (names[i] == names[other])
                return false;
        }
    }
    return true;
}

/* Behind names that are in use, whoever knows how many. */
static GLuint highest(const GLuint *names, unsigned n)
{
    GLuint most = 0;
    for (unsigned i = 0; i < n; i++)
        most = MAX(most, names[i]);
    return most;
}

static void names_of_ones_own(struct pair_side *side, void (*generate)(GLsizei, GLuint *),
                              void (*destroy)(GLsizei, const GLuint *), GLboolean (*is)(GLuint),
                              void (*use)(const struct pair_gl *, GLuint))
{
    GLuint names[48];
    generate(1, names);
    generate(2, names + 1);
    note(side, is(names[0]));
    use(side->gl, names[2]);
    note(side, is(names[2]));
    /* Not generated: the next ones, which a pool may have. */
    GLuint own = highest(names, 3) + 1;
    use(side->gl, own);
    note(side, is(own));
    note(side, is(own + 1));
    GLuint never = own + 2;
    destroy(1, &never);
    note(side, 0);
    names[3] = own;
    for (unsigned i = 4; i < 44; i++)
        generate(1, &names[i]);
    /* One that is there is not given out. */
    note(side, !is(own) || are_different(names + 3, 41));
    names[3] = 0;
    note(side, are_different(names, 44));
    for (unsigned i = 0; i < 44; i++)
        use(side->gl, names[i]);
    use(side->gl, 0);
    note(side, is(names[43]));
    destroy(44, names);
    note(side, is(names[43]));
}

static void own_names(struct pair_side *side)
{
    for_each_kind(side, names_of_ones_own);
}

Test(object_names, that_nobody_generated)
{
    pair_run(own_names, KINDS * 9 * sizeof(GLint));
}

Test(object_names, that_nobody_generated_in_core_profile)
{
    pair_run_core(own_names, KINDS * 9 * sizeof(GLint));
}

static void errors_of_a_kind(struct pair_side *side, void (*generate)(GLsizei, GLuint *),
                             void (*destroy)(GLsizei, const GLuint *), GLboolean (*is)(GLuint),
                             void (*use)(const struct pair_gl *, GLuint))
{
    GLuint names[100];
    (void)is;
    (void)use;
    generate(1, names);
    destroy(1, names);
    memset(names, 0xee, sizeof names);
    generate(-1, names);
    note(side, (GLint)names[0]);
    generate(0, names);
    note(side, (GLint)names[0]);
    side->gl->Begin(GL_TRIANGLES);
    generate(1, names);
    side->gl->End();
    note(side, (GLint)names[0]);
    generate(100, names);
    note(side, are_different(names, 100));
    destroy(100, names);
}

static void errors(struct pair_side *side)
{
    for_each_kind(side, errors_of_a_kind);
}

Test(object_names, errors)
{
    pair_run(errors, KINDS * 4 * sizeof(GLint));
}

/* Names that a list would bind, or a query be asked of, count as well. */
static void elsewhere(struct pair_side *side)
{
    const struct pair_gl *gl = side->gl;
    GLuint query, list = gl->GenLists(1);
    gl->GenQueries(1, &query);
    gl->BeginConditionalRender(query + 1, GL_QUERY_WAIT);
    note(side, 0);
    GLuint texture, next;
    gl->GenTextures(1, &texture);
    gl->NewList(list, GL_COMPILE);
    gl->BindTexture(GL_TEXTURE_1D, texture + 1);
    gl->EndList();
    gl->CallList(list);
    gl->GenTextures(1, &next);
    note(side, next != texture + 1);
    note(side, gl->IsTexture(texture + 1));
}

Test(object_names, in_lists_and_conditions)
{
    pair_run(elsewhere, 3 * sizeof(GLint));
}

TestSuite(object_name_trips, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

static void many_of_a_kind(struct pair_side *side, void (*generate)(GLsizei, GLuint *),
                           void (*destroy)(GLsizei, const GLuint *), GLboolean (*is)(GLuint),
                           void (*use)(const struct pair_gl *, GLuint))
{
    GLuint names[200];
    uint64_t before = loop_encoder(loop)->round_trips;
    (void)side;
    (void)is;
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        generate(1, &names[i]);
        use(side->gl, names[i]);
    }
    /* 8, 15, 29, 57, 65 and 65 at a time. */
    cr_assert_eq(loop_encoder(loop)->round_trips - before, 6);
    cr_assert(are_different(names, G_N_ELEMENTS(names)));
    destroy(G_N_ELEMENTS(names), names);
}

Test(object_name_trips, for_many_at_a_time)
{
    struct pair_side side = {.gl = pair_trireme_gl()};
    for_each_kind(&side, many_of_a_kind);
}

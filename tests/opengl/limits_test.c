/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Limits, which the guest asks for once. */
#include <criterion/criterion.h>

#include "tests/opengl/one_loop.h"

static const GLenum limits[] = {
    GL_MAX_TEXTURE_SIZE,      GL_MAX_TEXTURE_UNITS,      GL_MAX_LIGHTS,       GL_MAX_VERTEX_ATTRIBS,
    GL_MAX_COLOR_ATTACHMENTS, GL_MAX_VARYING_COMPONENTS, GL_MAX_DRAW_BUFFERS, GL_SUBPIXEL_BITS,
    GL_MAX_EVAL_ORDER,        GL_MAX_LIST_NESTING,       GL_MAX_SAMPLES,      GL_MAX_VIEWPORTS,
};

static void note_limits(struct pair_side *side, bool by_integer)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(limits); i++) {
        GLdouble found[6] = {-2, -2, -2, -2, -2, -2};
        GLint integer = -2;
        GLboolean flag = 2;
        GLfloat number = -2;
        GLint64 big = -2;
        if (by_integer)
            side->gl->GetIntegerv(limits[i], &integer);
        side->gl->GetBooleanv(limits[i], &flag);
        side->gl->GetFloatv(limits[i], &number);
        side->gl->GetDoublev(limits[i], &found[0]);
        side->gl->GetInteger64v(limits[i], &big);
        found[1] = integer;
        found[2] = flag;
        found[3] = number;
        found[4] = (GLdouble)big;
        found[5] = side->gl->GetError();
        pair_note(side, found, sizeof found);
    }
}

static void all_ways(struct pair_side *side)
{
    note_limits(side, false);
    note_limits(side, true);
    note_limits(side, true);
    GLint inside = -3;
    side->gl->Begin(GL_POINTS);
    side->gl->GetIntegerv(GL_MAX_TEXTURE_SIZE, &inside);
    side->gl->End();
    pair_note(side, &inside, sizeof inside);
    const GLenum error = side->gl->GetError();
    pair_note(side, &error, sizeof error);
}

Test(limits, as_every_type)
{
    pair_run(all_ways, G_N_ELEMENTS(limits) * 3 * sizeof(GLdouble));
}

Test(limits, in_core_profile)
{
    pair_run_core(all_ways, G_N_ELEMENTS(limits) * 3 * sizeof(GLdouble));
}

TestSuite(limit_trips, .init = one_loop_set_up, .fini = one_loop_tear_down_unbroken);

Test(limit_trips, once)
{
    const struct pair_gl *gl = pair_trireme_gl();
    GLint first = 0, second = 0, none[2] = {-1, -1};
    GLfloat number = 0;
    gl->GetIntegerv(GL_MAX_TEXTURE_SIZE, &first);
    uint64_t before = loop_encoder(loop)->round_trips;
    gl->GetIntegerv(GL_MAX_TEXTURE_SIZE, &second);
    gl->GetFloatv(GL_MAX_TEXTURE_SIZE, &number);
    cr_assert_eq(loop_encoder(loop)->round_trips, before);
    cr_assert_gt(first, 0);
    cr_assert_eq(second, first);
    cr_assert_eq(number, (GLfloat)first);
    /* State, of two values. */
    gl->GetIntegerv(GL_MAX_VIEWPORT_DIMS, none);
    gl->GetIntegerv(GL_MAX_VIEWPORT_DIMS, none);
    cr_assert_eq(loop_encoder(loop)->round_trips, before + 2);
    cr_assert_gt(none[1], 0);
}

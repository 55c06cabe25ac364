/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the host's GL is told about buffers of the default framebuffer that the guest gives up. */
#include <criterion/criterion.h>

#include "gl_encode.h"
#include "tests/opengl/one_loop.h"

static GLenum given_up[4];

static void GL_API_CALL note(GLenum target, GLsizei n, const GLenum *names)
{
    (void)target;
    cr_assert_leq(n, 4);
    memcpy(given_up, names, (size_t)n * sizeof *names);
}

static void set_up(void)
{
    static const struct gl_default_framebuffer single = {true, false, GL_FRONT_LEFT, GL_FRONT,
                                                         GL_FRONT_AND_BACK};
    one_loop_set_up();
    gl_decoder_set_default_framebuffer(loop_decoder(loop), &single);
    loop_decoder(loop)->functions.InvalidateFramebuffer = note;
}

TestSuite(sides, .init = set_up, .fini = one_loop_tear_down);

/* FRONT_LEFT is the surface's only buffer, BACK_LEFT one that it does not have. */
static void expect_given_up(GLenum target, GLenum front, GLenum back)
{
    static const GLenum names[] = {GL_FRONT_LEFT, GL_BACK_LEFT, GL_DEPTH, GL_COLOR};
    memset(given_up, 0, sizeof given_up);
    gl_encode_InvalidateFramebuffer(e, target, 4, names);
    cr_assert_eq(loop_error(loop), GL_NO_ERROR);
    cr_assert_eq(given_up[0], front);
    cr_assert_eq(given_up[1], back);
    cr_assert_eq(given_up[2], GL_DEPTH);
    cr_assert_eq(given_up[3], GL_COLOR);
}

Test(sides, only_the_selected_side_is_given_up)
{
    expect_given_up(GL_FRAMEBUFFER, GL_BACK_LEFT, GL_FRONT_LEFT);
    gl_encode_DrawBuffer(e, GL_FRONT);
    expect_given_up(GL_DRAW_FRAMEBUFFER, GL_FRONT_LEFT, GL_BACK_LEFT);
    expect_given_up(GL_READ_FRAMEBUFFER, GL_BACK_LEFT, GL_FRONT_LEFT);
    gl_encode_ReadBuffer(e, GL_FRONT);
    expect_given_up(GL_READ_FRAMEBUFFER, GL_FRONT_LEFT, GL_BACK_LEFT);
    gl_encode_DrawBuffer(e, GL_FRONT_AND_BACK);
    expect_given_up(GL_FRAMEBUFFER, GL_BACK_LEFT, GL_BACK_LEFT);
}

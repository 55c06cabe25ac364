/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/one_loop.h"

#include <criterion/criterion.h>

struct loop *loop;
struct gl_encoder *e;
const uint8_t zeros[4096];

void one_loop_set_up(void)
{
    loop = loop_create(false);
    e = loop_encoder(loop);
}

void one_loop_tear_down(void)
{
    loop_destroy(loop);
}

void one_loop_tear_down_unbroken(void)
{
    loop_drain(loop);
    cr_assert(!loop_broken(loop), "%s", loop_broken(loop));
    loop_destroy(loop);
}

struct gl_payload zero_bytes(uint64_t n)
{
    cr_assert_leq(n, sizeof zeros);
    return gl_payload_data(zeros, n);
}

void assert_broken(const char *command)
{
    loop_drain(loop);
    cr_assert(loop_broken(loop), "%s broke no rule", command);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Selection and sorting of configurations: GLX 1.4, section 3.3.3. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "guest/linux/glx_config.h"

static struct x_server server;
static struct x_screen screen;

static const struct trireme_config host_configs[] = {
    {.id = 1, .red = 8, .green = 8, .blue = 8, .alpha = 0, .depth = 0},
    {.id = 2,
     .red = 8,
     .green = 8,
     .blue = 8,
     .alpha = 8,
     .depth = 24,
     .stencil = 8,
     .flags = TRIREME_CONFIG_SRGB | TRIREME_CONFIG_ACCUM},
    {.id = 3, .red = 8, .green = 8, .blue = 8, .alpha = 0, .depth = 24, .stencil = 8},
    {.id = 4, .red = 8, .green = 8, .blue = 8, .alpha = 8, .depth = 24, .stencil = 8, .samples = 4},
    {.id = 5, .red = 8, .green = 8, .blue = 8, .alpha = 0, .depth = 16},
    {.id = 6, .red = 5, .green = 6, .blue = 5, .alpha = 0, .depth = 16},
    {.id = 7, .red = 8, .green = 8, .blue = 8, .alpha = 0, .depth = 24},
};

static void make_screen(void)
{
    static struct x_visual visuals[] = {
        {.id = 0x21, .depth = 24}, {.id = 0x22, .depth = 24}, {.id = 0x40, .depth = 32}};
    screen = (struct x_screen){.visuals = visuals, .visual_count = 3};
    cr_assert(glx_configs_make(&server, &screen, host_configs,
                               sizeof host_configs / sizeof host_configs[0]));
}

TestSuite(configs, .init = make_screen);

static int value_of(const struct glx_config *config, int attribute)
{
    int value = -1;
    cr_expect_eq(glx_config_attribute(config, attribute, &value), 0, "attribute %#x", attribute);
    return value;
}

static const struct glx_config *first(const int *attributes)
{
    int count;
    const struct glx_config **chosen = glx_configs_choose(&screen, attributes, &count);
    const struct glx_config *config = chosen ? chosen[0] : NULL;
    free(chosen);
    return config;
}

static int how_many(const int *attributes)
{
    int count;
    free(glx_configs_choose(&screen, attributes, &count));
    return count;
}

Test(configs, windows_get_eight_bits_a_colour)
{
    for (unsigned i = 0; i < screen.config_count; i++) {
        cr_expect_neq(screen.configs[i].host.id, 6);
    }
    /* Six of the host, single- and double-buffered; those with alpha also at depth 32. */
    cr_expect_eq(screen.config_count, 6 * 2 + 2 * 2);
}

Test(configs, default_visual_is_of_general_use)
{
    const struct glx_config *config = screen.visuals[0].config;
    cr_assert_not_null(config);
    cr_expect_eq(config->visual, 0x21);
    cr_expect(config->double_buffered);
    cr_expect_eq(config->host.depth, 24);
    cr_expect_eq(config->host.stencil, 8);
    cr_expect_eq(config->host.samples, 0);
    cr_expect_not_null(screen.visuals[1].config);
    cr_expect_not_null(screen.visuals[2].config);
}

Test(configs, no_wishes_give_all_of_them)
{
    cr_expect_eq(how_many(NULL), (int)screen.config_count);
    cr_expect_eq(how_many((int[]){None}), (int)screen.config_count);
}

Test(configs, sizes_are_minima)
{
    int count;
    const struct glx_config **chosen =
        glx_configs_choose(&screen, (int[]){GLX_DEPTH_SIZE, 17, GLX_STENCIL_SIZE, 1, None}, &count);
    cr_assert_gt(count, 0);
    for (int i = 0; i < count; i++) {
        cr_expect_geq(chosen[i]->host.depth, 17);
        cr_expect_geq(chosen[i]->host.stencil, 1);
    }
    free(chosen);
    cr_expect_null(first((int[]){GLX_DEPTH_SIZE, 25, None}));
    cr_expect(first((int[]){GLX_ACCUM_RED_SIZE, 16, None})->host.flags & TRIREME_CONFIG_ACCUM);
    cr_expect_null(first((int[]){GLX_ACCUM_RED_SIZE, 17, None}));
}

Test(configs, double_buffer_is_exact)
{
    cr_expect(first((int[]){GLX_DOUBLEBUFFER, True, None})->double_buffered);
    cr_expect_not(first((int[]){GLX_DOUBLEBUFFER, False, None})->double_buffered);
    cr_expect_eq(how_many((int[]){GLX_DOUBLEBUFFER, True, None}) * 2, (int)screen.config_count);
    /* Not named: single-buffered first. */
    cr_expect_not(first(NULL)->double_buffered);
}

Test(configs, stereo_levels_and_index_do_not_exist)
{
    cr_expect_null(first((int[]){GLX_STEREO, True, None}));
    cr_expect_null(first((int[]){GLX_LEVEL, 1, None}));
    cr_expect_null(first((int[]){GLX_RENDER_TYPE, GLX_COLOR_INDEX_BIT, None}));
    cr_expect_not_null(first((int[]){GLX_STEREO, GLX_DONT_CARE, None}));
}

Test(configs, masks_need_all_bits)
{
    cr_expect_not_null(first((int[]){GLX_DRAWABLE_TYPE, GLX_WINDOW_BIT | GLX_PBUFFER_BIT, None}));
    cr_expect_null(first((int[]){GLX_DRAWABLE_TYPE, GLX_WINDOW_BIT | 0x100, None}));
}

Test(configs, an_id_switches_all_else_off)
{
    int id = screen.configs[3].id;
    const struct glx_config *config =
        first((int[]){GLX_FBCONFIG_ID, id, GLX_DEPTH_SIZE, 99, GLX_STEREO, True, None});
    cr_assert_not_null(config);
    cr_expect_eq(config->id, id);
}

Test(configs, unknown_attributes_match_nothing)
{
    cr_expect_null(first((int[]){0x7777, 1, None}));
}

Test(configs, colour_bits_that_were_asked_for_come_first)
{
    cr_expect_eq(first((int[]){GLX_RED_SIZE, 1, GLX_ALPHA_SIZE, 1, None})->host.alpha, 8);
    /* Not asked for: the smaller buffer wins. */
    cr_expect_eq(first((int[]){GLX_RED_SIZE, 1, None})->host.alpha, 0);
}

Test(configs, samples_only_when_asked_for)
{
    cr_expect_eq(first(NULL)->host.samples, 0);
    cr_expect_eq(first((int[]){GLX_SAMPLE_BUFFERS, 1, GLX_SAMPLES, 2, None})->host.samples, 4);
}

Test(configs, larger_depth_then_smaller_stencil)
{
    const struct glx_config *config = first((int[]){GLX_DEPTH_SIZE, 1, None});
    cr_expect_eq(config->host.depth, 24);
    cr_expect_eq(config->host.stencil, 0);
}

Test(configs, attributes_tell_the_truth)
{
    const struct glx_config *config = first((int[]){GLX_ALPHA_SIZE, 8, GLX_DOUBLEBUFFER, 1, None});
    cr_expect_eq(value_of(config, GLX_BUFFER_SIZE), 32);
    cr_expect_eq(value_of(config, GLX_DOUBLEBUFFER), 1);
    cr_expect_eq(value_of(config, GLX_RENDER_TYPE), GLX_RGBA_BIT);
    cr_expect_eq(value_of(config, GLX_X_VISUAL_TYPE), GLX_TRUE_COLOR);
    int value;
    cr_expect_eq(glx_config_attribute(config, 0x7777, &value), GLX_BAD_ATTRIBUTE);
}

static const struct glx_config *visual(const int *attributes)
{
    return glx_config_choose_visual(&screen, attributes);
}

Test(configs, visuals_are_single_buffered_unless_asked)
{
    cr_expect_not(visual((int[]){GLX_RGBA, None})->double_buffered);
    cr_expect(visual((int[]){GLX_RGBA, GLX_DOUBLEBUFFER, None})->double_buffered);
    cr_expect_null(visual((int[]){GLX_DOUBLEBUFFER, None}), "no colour index visuals");
}

Test(configs, visuals_have_no_more_than_was_asked_for)
{
    const struct glx_config *plain = visual((int[]){GLX_RGBA, GLX_DOUBLEBUFFER, None});
    cr_expect_eq(plain->host.depth, 0);
    cr_expect_eq(plain->host.alpha, 0);
    const struct glx_config *deep =
        visual((int[]){GLX_RGBA, GLX_DOUBLEBUFFER, GLX_DEPTH_SIZE, 1, None});
    cr_expect_eq(deep->host.depth, 24, "the largest depth");
    cr_expect_eq(deep->host.stencil, 0, "the smallest stencil");
    cr_expect_eq(visual((int[]){GLX_RGBA, GLX_STENCIL_SIZE, 1, None})->host.stencil, 8);
    cr_expect_null(visual((int[]){GLX_RGBA, GLX_STEREO, None}));
    cr_expect(visual((int[]){GLX_RGBA, GLX_ACCUM_RED_SIZE, 8, None})->host.flags &
              TRIREME_CONFIG_ACCUM);
    cr_expect_null(visual((int[]){GLX_RGBA, GLX_ACCUM_BLUE_SIZE, 17, None}));
}

Test(configs, srgb_if_it_is_asked_for)
{
    const int wish = GLX_FRAMEBUFFER_SRGB_CAPABLE_ARB;
    const struct glx_config *config = first((int[]){wish, True, None});
    cr_assert_not_null(config);
    cr_expect_eq(config->host.id, 2);
    cr_expect_eq(value_of(config, wish), True);
    cr_expect_eq(how_many((int[]){wish, False, None}), (int)screen.config_count);
    cr_expect_null(first((int[]){wish, True, GLX_SAMPLES, 4, None}));
    config = glx_config_choose_visual(&screen, (int[]){GLX_RGBA, wish, True, None});
    cr_assert_not_null(config);
    cr_expect_eq(config->host.id, 2);
    config = glx_config_choose_visual(&screen, (int[]){GLX_RGBA, wish, False, None});
    cr_assert_not_null(config);
    cr_expect_eq(config->host.id, 1);
}

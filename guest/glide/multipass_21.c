/* SPDX-License-Identifier: MIT */
/*
 * Glide 2.1's virtual second texture unit: a triangle is drawn once more with the other texture,
 * blended as the function says.
 */
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"

enum { VIRTUAL_UNITS = 2, NO_MIPMAP = -1 };

/* GrMPTextureCombineFnc_t; what does not multiply is added. */
enum { ADD = 0, MULTIPLY = 1 };

static uint32_t sources[VIRTUAL_UNITS] = {(uint32_t)NO_MIPMAP, (uint32_t)NO_MIPMAP};
static uint32_t function;

void GLIDE_CALL trireme_guMPInit(void)
{
    sources[0] = sources[1] = (uint32_t)NO_MIPMAP;
    function = ADD;
}

void GLIDE_CALL trireme_guMPTexCombineFunction(uint32_t wanted)
{
    function = wanted;
}

void GLIDE_CALL trireme_guMPTexSource(int32_t tmu, uint32_t id)
{
    if (tmu >= 0 && tmu < VIRTUAL_UNITS) {
        sources[tmu] = id;
    }
}

/* GR_BLEND_*: the second pass adds to what is there, or multiplies it. */
static void blend_second(void)
{
    bool multiply = function == MULTIPLY;
    glide_set_alpha_blend_function(&glide_board.settings, multiply ? 2 : 4, multiply ? 0 : 4, 4, 0);
}

void GLIDE_CALL trireme_guMPDrawTriangle(const void *a, const void *b, const void *c)
{
    uint32_t blend[4];
    for (unsigned i = 0; i < 4; i++) {
        blend[i] =
            glide_settings_get(&glide_board.settings, GLIDE_SETTING_ALPHA_BLEND_FUNCTION, 0, i);
    }
    trireme_guTexSource(sources[0]);
    trireme_grDrawTriangle(a, b, c);
    if (sources[1] == (uint32_t)NO_MIPMAP) {
        return;
    }
    trireme_guTexSource(sources[1]);
    blend_second();
    trireme_grDrawTriangle(a, b, c);
    glide_set_alpha_blend_function(&glide_board.settings, blend[0], blend[1], blend[2], blend[3]);
}

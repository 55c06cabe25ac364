/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/shader_texture.h"

#include "dispatch/glide/shader_combine.h"

/* The level of detail: 0 is the level of 256 texels, fractions are of 1/256. The detail factor is
 * taken before the bias. Where a unit holds every second level only, the next one stands in. */
static void write_lod(GString *text, unsigned unit, const struct unit_key *key)
{
    g_string_append_printf(text,
                           "    float raw = v_lod[%u] + log2(q);\n"
                           "    int detail = int(clamp(floor((u.tmu[%u].detail.y - raw) *\n"
                           "        u.tmu[%u].detail.z), 0.0, u.tmu[%u].detail.w));\n"
                           "    float least = u.tmu[%u].scale.z, most = u.tmu[%u].scale.w;\n",
                           unit, unit, unit, unit, unit, unit);
    if (key->mipmap == GLIDE_MIPMAP_DISABLE) {
        g_string_append(text, "    float lod = least;\n");
    } else {
        g_string_append_printf(text, "    float lod = raw + u.tmu[%u].detail.x;\n", unit);
        if (key->mipmap == GLIDE_MIPMAP_NEAREST_DITHER) {
            g_string_append(text, "    lod += (float(dither_4x4()) - 7.5) / 32.0;\n");
        }
        g_string_append(text, "    lod = clamp(lod, least, most);\n");
    }
    g_string_append(text, "    int level = int(floor(lod));\n"
                          "    int fraction = int(fract(lod) * 256.0);\n");
    if (key->lod_blend) {
        g_string_append(text, "    if ((level & 1) != 0)\n        fraction = 255 - fraction;\n");
    }
    if (key->levels == GLIDE_LEVELS_EVEN || key->levels == GLIDE_LEVELS_ODD) {
        g_string_append_printf(
            text, "    if ((level & 1) != %d)\n        level += level < int(most) ? 1 : -1;\n",
            key->levels == GLIDE_LEVELS_ODD);
    }
    g_string_append(text, "    level = max(level - int(least), 0);\n");
}

static void write_texel(GString *text, unsigned unit, const struct unit_key *key)
{
    static const char *const point_sampled[] = {
        [FILTER_POINT] = "true",
        [FILTER_BILINEAR] = "false",
        [FILTER_BILINEAR_MAG] = "raw >= least",
        [FILTER_BILINEAR_MIN] = "raw < least",
    };
    g_string_append_printf(text,
                           "    vec2 at = clamp(v_tmu%u.xy * q, -65536.0, 65536.0) *\n"
                           "        u.tmu[%u].scale.xy;\n"
                           "    if (%s) {\n"
                           "        vec2 size = vec2(max(textureSize(tmu%u, 0) >> level, 1));\n"
                           "        at = (floor(at * size + 1.0 / 512.0) + 0.5) / size;\n"
                           "    }\n"
                           "    ivec4 texel = ivec4(textureLod(tmu%u, at, float(level)) * 255.0 "
                           "+ 0.125);\n",
                           unit, unit, point_sampled[key->filter], unit, unit);
    if (key->chroma != CHROMA_NONE) {
        g_string_append_printf(
            text,
            "    if (%sin_range(texel.rgb, u.tmu[%u].chroma_low.rgb, u.tmu[%u].chroma_high.rgb))\n"
            "        drop_by_chroma();\n",
            key->chroma == CHROMA_OUTSIDE_RANGE ? "!" : "", unit, unit);
    }
}

static void write_ext(GString *text, unsigned unit, const char *name,
                      const struct combine_ext_key *key, bool rgb)
{
    g_autofree char *constant_rgb = g_strdup_printf("u.tmu[%u].constant_color.rgb", unit);
    g_autofree char *constant_alpha = g_strdup_printf("u.tmu[%u].constant_color.a", unit);
    const struct combine_ext_inputs inputs = {
        .type = rgb ? "ivec3" : "int",
        .values =
            {
                [GLIDE_INPUT_LOCAL_ALPHA] = "texel.a",
                [GLIDE_INPUT_OTHER_ALPHA] = "other.a",
                [GLIDE_INPUT_DETAIL_FACTOR] = "detail",
                [GLIDE_INPUT_ITERATED_ALPHA] = "iterated.a",
                [GLIDE_INPUT_ITERATED_RGB] = rgb ? "iterated.rgb" : "iterated.a",
                [GLIDE_INPUT_LOCAL_TEXTURE_ALPHA] = "texel.a",
                [GLIDE_INPUT_LOCAL_TEXTURE_RGB] = rgb ? "texel.rgb" : "texel.a",
                [GLIDE_INPUT_LOD_FRACTION] = "fraction",
                [GLIDE_INPUT_OTHER_TEXTURE_ALPHA] = "other.a",
                [GLIDE_INPUT_OTHER_TEXTURE_RGB] = rgb ? "other.rgb" : "other.a",
                [GLIDE_INPUT_TMU_CONSTANT_ALPHA] = constant_alpha,
                [GLIDE_INPUT_TMU_CONSTANT_COLOR] = rgb ? constant_rgb : constant_alpha,
            },
    };
    shader_write_combine_ext(text, name, key, &inputs);
}

void shader_write_unit(GString *text, unsigned unit, const struct unit_key *key)
{
    static const struct combine_inputs rgb = {
        "ivec3",
        "other.rgb",
        "texel.rgb",
        "texel.a",
        {"0", "texel.rgb", "other.a", "texel.a", "detail", "fraction"}};
    static const struct combine_inputs alpha = {
        "int",
        "other.a",
        "texel.a",
        "texel.a",
        {"0", "texel.a", "other.a", "texel.a", "detail", "fraction"}};
    g_string_append_printf(text,
                           "ivec4 unit%u(ivec4 other)\n{\n"
                           "    float q = v_tmu%u.z > 1e-9 ? 1.0 / v_tmu%u.z : 1e9;\n",
                           unit, unit, unit);
    write_lod(text, unit, key);
    write_texel(text, unit, key);
    if (key->rgb_ext.enable) {
        write_ext(text, unit, "rgb", &key->rgb_ext, true);
    } else {
        shader_write_combine(text, "rgb", &key->rgb, &rgb);
    }
    if (key->alpha_ext.enable) {
        write_ext(text, unit, "alpha", &key->alpha_ext, false);
    } else {
        shader_write_combine(text, "alpha", &key->alpha, &alpha);
    }
    g_string_append(text, "    return ivec4(rgb, alpha);\n}\n");
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/shader_writer.h"

#include "dispatch/glide/shader_combine.h"
#include "dispatch/glide/shader_texture.h"

static const char version[] = "#version 330 core\n";
static const char counting_version[] = "#version 420 core\n";

/* The block is struct shader_uniforms. */
static const char uniforms[] =
    "struct Unit {\n"
    "    vec4 scale;  /* s, t, least and greatest level */\n"
    "    vec4 detail; /* level's bias; detail's bias, scale, maximum */\n"
    "    ivec4 chroma_low, chroma_high, constant_color;\n"
    "};\n"
    "layout(std140) uniform Uniforms {\n"
    "    vec4 position;\n"
    "    ivec4 constant_color, fog_color, chroma_low, chroma_high;\n"
    "    ivec4 alpha_test, depth, stipple, lfb;\n"
    "    ivec4 fog_table[16];\n"
    "    Unit tmu[2];\n"
    "} u;\n";

static const char vertex_main[] =
    "layout(location = 0) in vec2 position;\n"
    "layout(location = 1) in vec4 color;\n"
    "layout(location = 2) in vec4 depth;\n"
    "layout(location = 3) in vec3 tmu0;\n"
    "layout(location = 4) in vec3 tmu1;\n"
    "layout(location = 5) in vec2 lod;\n"
    "noperspective out vec4 v_color;\n"
    "noperspective out vec4 v_depth;\n"
    "noperspective out vec3 v_tmu0, v_tmu1;\n"
    "flat out vec2 v_lod;\n"
    "void main()\n{\n"
    "    gl_Position = vec4(position * u.position.xy + u.position.zw, 0.0, 1.0);\n"
    "    v_color = color;\n"
    "    v_depth = depth;\n"
    "    v_tmu0 = tmu0;\n"
    "    v_tmu1 = tmu1;\n"
    "    v_lod = lod;\n"
    "}\n";

static const char fragment_head[] =
    "noperspective in vec4 v_color;\n"
    "noperspective in vec4 v_depth;\n"
    "noperspective in vec3 v_tmu0, v_tmu1;\n"
    "flat in vec2 v_lod;\n"
    "uniform sampler2D tmu0, tmu1, lfb_color;\n"
    "uniform usampler2D lfb_depth;\n"
    "ivec4 iterated;\n"
    "layout(location = 0, index = 0) out vec4 out_color;\n"
    "bool in_range(ivec3 c, ivec3 low, ivec3 high)\n"
    "{\n"
    "    return all(greaterThanEqual(c, low)) && all(lessThanEqual(c, high));\n"
    "}\n"
    "int dither_4x4()\n"
    "{\n"
    "    const int matrix[16] = int[](0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5);\n"
    "    ivec2 p = ivec2(gl_FragCoord.xy) & 3;\n"
    "    return matrix[p.y * 4 + p.x];\n"
    "}\n"
    "int dither_2x2()\n"
    "{\n"
    "    const int matrix[4] = int[](2, 10, 14, 6);\n"
    "    ivec2 p = ivec2(gl_FragCoord.xy) & 1;\n"
    "    return matrix[p.y * 2 + p.x];\n"
    "}\n";

static const char plain_drops[] = "void drop_by_chroma()\n{\n    discard;\n}\n"
                                  "void drop_by_alpha()\n{\n    discard;\n}\n";

/* In the order of pixel_counters.c. */
static const char counted_drops[] =
    "layout(binding = 0, offset = 0) uniform atomic_uint pixels_in;\n"
    "layout(binding = 0, offset = 4) uniform atomic_uint chroma_failed;\n"
    "layout(binding = 0, offset = 8) uniform atomic_uint alpha_failed;\n"
    "void drop_by_chroma()\n{\n    atomicCounterIncrement(chroma_failed);\n    discard;\n}\n"
    "void drop_by_alpha()\n{\n    atomicCounterIncrement(alpha_failed);\n    discard;\n}\n";

/* 16 bits of 4 bits exponent and 12 bits mantissa, both falling as 1/w rises: a float's own bits in
 * another order. */
static const char w_depth[] = "int float_depth(float oow)\n"
                              "{\n"
                              "    if (oow >= 1.0)\n        return 0;\n"
                              "    uint bits = floatBitsToUint(max(oow, 0.0));\n"
                              "    int exponent = 126 - int(bits >> 23);\n"
                              "    if (exponent > 15)\n        return 0xffff;\n"
                              "    int mantissa = int(~bits >> 11) & 0xfff;\n"
                              "    return min((exponent << 12 | mantissa) + 1, 0xffff);\n"
                              "}\n";

static const char table_fog[] =
    "int table_fog(int at)\n"
    "{\n"
    "    int i = at >> 10, next = min(i + 1, 63);\n"
    "    int from = u.fog_table[i >> 2][i & 3], to = u.fog_table[next >> 2][next & 3];\n"
    "    return from + (((to - from) * (at >> 2 & 0xff)) >> 8);\n"
    "}\n";

char *shader_write_vertex(void)
{
    return g_strconcat(version, uniforms, vertex_main, NULL);
}

static void write_chroma(GString *text, const struct shader_key *key, const char *color)
{
    static const char *const tests[] = {
        [CHROMA_VALUE] = "%s == u.chroma_low.rgb",
        [CHROMA_RANGE] = "in_range(%s, u.chroma_low.rgb, u.chroma_high.rgb)",
        [CHROMA_OUTSIDE_RANGE] = "!in_range(%s, u.chroma_low.rgb, u.chroma_high.rgb)",
    };
    if (key->chroma == CHROMA_NONE) {
        return;
    }
    g_string_append(text, "    if (");
    g_string_append_printf(text, tests[key->chroma], color);
    g_string_append(text, ")\n        drop_by_chroma();\n");
}

/* An alpha that the extension's alpha combine may take for its a or b. */
static const char *ext_alpha(uint8_t input)
{
    static const char *const alphas[GLIDE_INPUTS] = {
        [GLIDE_INPUT_TEXTURE_ALPHA] = "texel.a",
        [GLIDE_INPUT_TEXTURE_RGB] = "texel.a",
        [GLIDE_INPUT_CONSTANT_ALPHA] = "u.constant_color.a",
        [GLIDE_INPUT_CONSTANT_COLOR] = "u.constant_color.a",
        [GLIDE_INPUT_ITERATED_ALPHA] = "iterated.a",
        [GLIDE_INPUT_ITERATED_RGB] = "iterated.a",
    };
    return alphas[input];
}

/* The local and the other alpha are b and a of the alpha combine, if that is the extension's, too.
 */
static void write_ext(GString *text, const char *name, const struct combine_ext_key *ext,
                      const struct shader_key *key, const struct combine_inputs *plain)
{
    const struct combine_ext_key *alpha = &key->alpha_ext;
    bool rgb = ext == &key->color_ext;
    const struct combine_ext_inputs inputs = {
        .type = plain->type,
        .values =
            {
                [GLIDE_INPUT_TEXTURE_ALPHA] = ext_alpha(GLIDE_INPUT_TEXTURE_ALPHA),
                [GLIDE_INPUT_LOCAL_ALPHA] =
                    alpha->enable ? ext_alpha(alpha->b) : plain->local_alpha,
                [GLIDE_INPUT_OTHER_ALPHA] =
                    alpha->enable ? ext_alpha(alpha->a) : plain->factors[GLIDE_FACTOR_OTHER_ALPHA],
                [GLIDE_INPUT_CONSTANT_ALPHA] = ext_alpha(GLIDE_INPUT_CONSTANT_ALPHA),
                [GLIDE_INPUT_CONSTANT_COLOR] = rgb ? "u.constant_color.rgb" : "u.constant_color.a",
                [GLIDE_INPUT_ITERATED_ALPHA] = ext_alpha(GLIDE_INPUT_ITERATED_ALPHA),
                [GLIDE_INPUT_ITERATED_RGB] = rgb ? "iterated.rgb" : "iterated.a",
                [GLIDE_INPUT_TEXTURE_RGB] = rgb ? "texel.rgb" : "texel.a",
            },
    };
    shader_write_combine_ext(text, name, ext, &inputs);
}

static void write_combines(GString *text, const struct shader_key *key)
{
    static const char *const others[] = {"iterated", "texel", "u.constant_color"};
    static const char *const locals[] = {"iterated", "u.constant_color"};
    static const char *const local_alphas[] = {"iterated.a", "u.constant_color.a", "(z >> 8)"};
    g_autofree char *other_alpha = g_strdup_printf("%s.a", others[key->alpha.other]);
    g_autofree char *other_rgb = g_strdup_printf("%s.rgb", others[key->color.other]);
    g_autofree char *local_rgb = g_strdup_printf("%s.rgb", locals[key->color.local]);
    const char *local_alpha = local_alphas[key->alpha.local];
    if (key->lighting) {
        g_free(g_steal_pointer(&local_rgb));
        local_rgb = g_strdup("((texel.a & 128) != 0 ? u.constant_color.rgb : iterated.rgb)");
    }
    struct combine_inputs color = {
        "ivec3",
        other_rgb,
        local_rgb,
        local_alpha,
        {"0", local_rgb, other_alpha, local_alpha, "texel.a", "texel.rgb"}};
    struct combine_inputs alpha = {
        "int",
        other_alpha,
        local_alpha,
        local_alpha,
        {"0", local_alpha, other_alpha, local_alpha, "texel.a", "texel.a"}};
    write_chroma(text, key, other_rgb);
    if (key->color_ext.enable) {
        write_ext(text, "rgb", &key->color_ext, key, &color);
    } else {
        shader_write_combine(text, "rgb", &key->color, &color);
    }
    if (key->alpha_ext.enable) {
        write_ext(text, "alpha", &key->alpha_ext, key, &alpha);
    } else {
        shader_write_combine(text, "alpha", &key->alpha, &alpha);
    }
}

static void write_fog(GString *text, const struct shader_key *key)
{
    static const char *const shares[] = {
        [GLIDE_FOG_TABLE_ON_FOGCOORD] = "table_fog(float_depth(v_depth.z))",
        [GLIDE_FOG_TABLE_ON_W] = "table_fog(float_depth(v_depth.y))",
        [GLIDE_FOG_ITERATED_Z] = "(z >> 8)",
        [GLIDE_FOG_ITERATED_ALPHA] = "iterated.a",
    };
    if (key->fog_source == GLIDE_FOG_DISABLE) {
        return;
    }
    bool by_table =
        key->fog_source == GLIDE_FOG_TABLE_ON_FOGCOORD || key->fog_source == GLIDE_FOG_TABLE_ON_W;
    g_string_append_printf(text, "    rgb = clamp(((%s%s) * (%s + 1) >> 8)%s, 0, 255);\n",
                           key->fog_add ? "ivec3(0)" : "u.fog_color.rgb",
                           key->fog_mult ? "" : " - rgb",
                           key->lfb && by_table ? "table_fog(z)" : shares[key->fog_source],
                           key->fog_mult ? "" : " + rgb");
}

static void write_depth(GString *text, const struct shader_key *key)
{
    static const char *const depths[] = {
        [GLIDE_DEPTH_Z] = "z + u.depth.x",
        [GLIDE_DEPTH_W] = "float_depth(v_depth.y) + u.depth.x",
        [GLIDE_DEPTH_Z_COMPARE_TO_BIAS] = "u.depth.x",
        [GLIDE_DEPTH_W_COMPARE_TO_BIAS] = "u.depth.x",
    };
    if (key->depth_mode == GLIDE_DEPTH_DISABLE) {
        return;
    }
    bool w_of_write = key->lfb && key->depth_mode == GLIDE_DEPTH_W;
    g_string_append_printf(text, "    gl_FragDepth = float(clamp(%s, 0, 65535)) / 65536.0;\n",
                           w_of_write ? depths[GLIDE_DEPTH_Z] : depths[key->depth_mode]);
}

/* 5 or 6 bits of 8, as in color_565.h. */
static void write_quantise(GString *text, const struct shader_key *key)
{
    if (!key->quantise) {
        return;
    }
    if (key->dither != GLIDE_DITHER_DISABLE) {
        g_string_append_printf(text,
                               "    int d = %s();\n"
                               "    rgb = rgb - ivec3(rgb.r >> 5, rgb.g >> 6, rgb.b >> 5) +\n"
                               "        ivec3(d >> 1, d >> 2, d >> 1);\n",
                               key->dither == GLIDE_DITHER_2X2 ? "dither_2x2" : "dither_4x4");
    }
    g_string_append(text, "    rgb >>= ivec3(3, 2, 3);\n"
                          "    rgb = rgb << ivec3(3, 2, 3) | rgb >> ivec3(2, 4, 2);\n");
}

static void write_sources(GString *text, const struct shader_key *key)
{
    if (key->lfb) {
        g_string_append(text,
                        "    ivec2 pixel = ivec2(gl_FragCoord.xy) / u.stipple.y - u.lfb.xy;\n"
                        "    iterated = ivec4(texelFetch(lfb_color, pixel, 0) * 255.0 + 0.5);\n"
                        "    int z = int(texelFetch(lfb_depth, pixel, 0).r);\n");
        return;
    }
    g_string_append(text, "    iterated = clamp(ivec4(floor(v_color + 1.0 / 256.0)), 0, 255);\n"
                          "    int z = clamp(int(floor(v_depth.x + 1.0 / 64.0)), 0, 65535);\n");
    if (key->tmu[1].used) {
        g_string_append(text, "    ivec4 texel = unit0(unit1(ivec4(0)));\n");
    } else if (key->tmu[0].used) {
        g_string_append(text, "    ivec4 texel = unit0(ivec4(0));\n");
    } else {
        g_string_append(text, "    ivec4 texel = ivec4(0);\n");
    }
}

/* A pattern that rotates has its bit 31 at the pixel that comes first. */
static void write_stipple(GString *text, const struct shader_key *key)
{
    if (key->stipple == GLIDE_STIPPLE_DISABLE) {
        return;
    }
    g_string_append(text, "    ivec2 spot = ivec2(gl_FragCoord.xy) / u.stipple.y;\n");
    if (key->stipple == GLIDE_STIPPLE_PATTERN) {
        g_string_append(text, "    int bit = (spot.y & 3) * 8 + (~spot.x & 7);\n");
    } else if (key->lfb) {
        g_string_append(text,
                        "    int bit = ~((spot.y - u.lfb.y) * u.lfb.z + spot.x - u.lfb.x) & 31;\n");
    } else {
        g_string_append(text, "    int bit = ~int(floor(v_depth.w)) & 31;\n");
    }
    g_string_append(text, "    if ((u.stipple.x >> bit & 1) == 0)\n        discard;\n");
}

static void write_main(GString *text, const struct shader_key *key)
{
    g_string_append(text, "void main()\n{\n");
    write_stipple(text, key);
    if (key->counted) {
        g_string_append(text, "    atomicCounterIncrement(pixels_in);\n");
    }
    write_sources(text, key);
    if (key->lfb) {
        write_chroma(text, key, "iterated.rgb");
        g_string_append(text, "    ivec3 rgb = iterated.rgb;\n    int alpha = iterated.a;\n");
    } else {
        write_combines(text, key);
    }
    if (key->alpha_test) {
        g_string_append(text, "    int order = alpha < u.alpha_test.y ? 1\n"
                              "        : alpha == u.alpha_test.y ? 2 : 4;\n"
                              "    if ((u.alpha_test.x & order) == 0)\n        drop_by_alpha();\n");
    }
    if (key->prefog) {
        g_string_append(text, "    out_prefog = vec4(rgb, alpha) / 255.0;\n");
    }
    write_fog(text, key);
    write_depth(text, key);
    write_quantise(text, key);
    g_string_append(text, "    out_color = vec4(rgb, alpha) / 255.0;\n}\n");
}

char *shader_write_fragment(const struct shader_key *key)
{
    GString *text = g_string_new(key->counted ? counting_version : version);
    g_string_append(text, key->counted ? counted_drops : plain_drops);
    g_string_append(text, uniforms);
    g_string_append(text, fragment_head);
    if (key->prefog) {
        g_string_append(text, "layout(location = 0, index = 1) out vec4 out_prefog;\n");
    }
    g_string_append(text, w_depth);
    g_string_append(text, table_fog);
    for (unsigned unit = 0; unit < GLIDE_TMUS; unit++) {
        if (key->tmu[unit].used) {
            shader_write_unit(text, unit, &key->tmu[unit]);
        }
    }
    write_main(text, key);
    return g_string_free(text, FALSE);
}

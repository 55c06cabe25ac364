/* SPDX-License-Identifier: MIT */
#include "guest/common/kept_answers.h"

#include <stdlib.h>

#include "guest/common/gl_encoder.h"
#include "guest/common/gl_state.h"

/* Where a name is one that queries may have, so that the answer was none of errors. */
enum validity {
    EVERYWHERE,
    IN_3_0,
    IN_3_1,
    IN_3_3,
    COMPATIBLE, /* not in core profiles */
};

/* name, number of values, part of the state, validity */
#define VALUES(X)                                                                                  \
    X(VIEWPORT, 4, VIEWPORT, EVERYWHERE)                                                           \
    X(SCISSOR_BOX, 4, VIEWPORT, EVERYWHERE)                                                        \
    X(DEPTH_RANGE, 2, VIEWPORT, EVERYWHERE)                                                        \
    X(MATRIX_MODE, 1, MATRIX_MODE, COMPATIBLE)                                                     \
    X(MODELVIEW_MATRIX, 16, MODELVIEW, COMPATIBLE)                                                 \
    X(PROJECTION_MATRIX, 16, PROJECTION, COMPATIBLE)                                               \
    X(TRANSPOSE_MODELVIEW_MATRIX, 16, MODELVIEW, COMPATIBLE)                                       \
    X(TRANSPOSE_PROJECTION_MATRIX, 16, PROJECTION, COMPATIBLE)                                     \
    X(BLEND_SRC, 1, BLENDING, COMPATIBLE)                                                          \
    X(BLEND_DST, 1, BLENDING, COMPATIBLE)                                                          \
    X(BLEND_SRC_RGB, 1, BLENDING, EVERYWHERE)                                                      \
    X(BLEND_DST_RGB, 1, BLENDING, EVERYWHERE)                                                      \
    X(BLEND_SRC_ALPHA, 1, BLENDING, EVERYWHERE)                                                    \
    X(BLEND_DST_ALPHA, 1, BLENDING, EVERYWHERE)                                                    \
    X(BLEND_EQUATION_RGB, 1, BLENDING, EVERYWHERE)                                                 \
    X(BLEND_EQUATION_ALPHA, 1, BLENDING, EVERYWHERE)                                               \
    X(ALPHA_TEST_FUNC, 1, FRAGMENTS, COMPATIBLE)                                                   \
    X(COLOR_WRITEMASK, 4, FRAGMENTS, EVERYWHERE)                                                   \
    X(DEPTH_FUNC, 1, FRAGMENTS, EVERYWHERE)                                                        \
    X(DEPTH_WRITEMASK, 1, FRAGMENTS, EVERYWHERE)                                                   \
    X(STENCIL_FUNC, 1, FRAGMENTS, EVERYWHERE)                                                      \
    X(STENCIL_WRITEMASK, 1, FRAGMENTS, EVERYWHERE)                                                 \
    X(CULL_FACE_MODE, 1, POLYGONS, EVERYWHERE)                                                     \
    X(FRONT_FACE, 1, POLYGONS, EVERYWHERE)                                                         \
    X(LINE_WIDTH, 1, POLYGONS, EVERYWHERE)                                                         \
    X(POINT_SIZE, 1, POLYGONS, EVERYWHERE)                                                         \
    X(POLYGON_MODE, 2, POLYGONS, COMPATIBLE)                                                       \
    X(SHADE_MODEL, 1, POLYGONS, COMPATIBLE)                                                        \
    X(ACTIVE_TEXTURE, 1, TEXTURES, EVERYWHERE)                                                     \
    X(TEXTURE_BINDING_1D, 1, TEXTURES, EVERYWHERE)                                                 \
    X(TEXTURE_BINDING_2D, 1, TEXTURES, EVERYWHERE)                                                 \
    X(TEXTURE_BINDING_3D, 1, TEXTURES, EVERYWHERE)                                                 \
    X(TEXTURE_BINDING_CUBE_MAP, 1, TEXTURES, EVERYWHERE)                                           \
    X(TEXTURE_BINDING_2D_ARRAY, 1, TEXTURES, IN_3_0)                                               \
    X(SAMPLER_BINDING, 1, TEXTURES, IN_3_3)                                                        \
    X(ARRAY_BUFFER_BINDING, 1, BUFFERS, EVERYWHERE)                                                \
    X(ELEMENT_ARRAY_BUFFER_BINDING, 1, BUFFERS, EVERYWHERE)                                        \
    X(PIXEL_PACK_BUFFER_BINDING, 1, BUFFERS, IN_3_0)                                               \
    X(PIXEL_UNPACK_BUFFER_BINDING, 1, BUFFERS, IN_3_0)                                             \
    X(VERTEX_ARRAY_BINDING, 1, BUFFERS, IN_3_0)                                                    \
    X(CURRENT_PROGRAM, 1, PROGRAM, EVERYWHERE)                                                     \
    X(DRAW_FRAMEBUFFER_BINDING, 1, FRAMEBUFFERS, IN_3_0)                                           \
    X(READ_FRAMEBUFFER_BINDING, 1, FRAMEBUFFERS, IN_3_0)                                           \
    X(RENDERBUFFER_BINDING, 1, FRAMEBUFFERS, IN_3_0)

/* What glEnable() switches, of glIsEnabled() and all others; that of a texture unit is among the
 * textures. Not what is an error for units without coordinates, such as GL_TEXTURE_GEN_S. */
#define CAPS(X)                                                                                    \
    X(ALPHA_TEST, 1, ENABLES, COMPATIBLE)                                                          \
    X(BLEND, 1, ENABLES, EVERYWHERE)                                                               \
    X(COLOR_LOGIC_OP, 1, ENABLES, EVERYWHERE)                                                      \
    X(COLOR_MATERIAL, 1, ENABLES, COMPATIBLE)                                                      \
    X(CULL_FACE, 1, ENABLES, EVERYWHERE)                                                           \
    X(DEPTH_TEST, 1, ENABLES, EVERYWHERE)                                                          \
    X(DITHER, 1, ENABLES, EVERYWHERE)                                                              \
    X(FOG, 1, ENABLES, COMPATIBLE)                                                                 \
    X(FRAMEBUFFER_SRGB, 1, ENABLES, IN_3_0)                                                        \
    X(LIGHT0, 1, ENABLES, COMPATIBLE)                                                              \
    X(LIGHT1, 1, ENABLES, COMPATIBLE)                                                              \
    X(LIGHT2, 1, ENABLES, COMPATIBLE)                                                              \
    X(LIGHT3, 1, ENABLES, COMPATIBLE)                                                              \
    X(LIGHTING, 1, ENABLES, COMPATIBLE)                                                            \
    X(LINE_SMOOTH, 1, ENABLES, EVERYWHERE)                                                         \
    X(LINE_STIPPLE, 1, ENABLES, COMPATIBLE)                                                        \
    X(MULTISAMPLE, 1, ENABLES, EVERYWHERE)                                                         \
    X(NORMALIZE, 1, ENABLES, COMPATIBLE)                                                           \
    X(POINT_SMOOTH, 1, ENABLES, COMPATIBLE)                                                        \
    X(POLYGON_OFFSET_FILL, 1, ENABLES, EVERYWHERE)                                                 \
    X(POLYGON_SMOOTH, 1, ENABLES, EVERYWHERE)                                                      \
    X(POLYGON_STIPPLE, 1, ENABLES, COMPATIBLE)                                                     \
    X(PRIMITIVE_RESTART, 1, ENABLES, IN_3_1)                                                       \
    X(RESCALE_NORMAL, 1, ENABLES, COMPATIBLE)                                                      \
    X(SAMPLE_ALPHA_TO_COVERAGE, 1, ENABLES, EVERYWHERE)                                            \
    X(SCISSOR_TEST, 1, ENABLES, EVERYWHERE)                                                        \
    X(STENCIL_TEST, 1, ENABLES, EVERYWHERE)                                                        \
    X(TEXTURE_1D, 1, TEXTURES, COMPATIBLE)                                                         \
    X(TEXTURE_2D, 1, TEXTURES, COMPATIBLE)                                                         \
    X(TEXTURE_3D, 1, TEXTURES, COMPATIBLE)                                                         \
    X(TEXTURE_CUBE_MAP, 1, TEXTURES, COMPATIBLE)

enum {
#define PLACE(name, values, change, validity) QUESTION_##name,
    CAPS(PLACE) QUESTION_CAPS,
    /* so that the next has the number behind the last one's */
    QUESTION_BEFORE_VALUES = QUESTION_CAPS - 1,
    VALUES(PLACE) QUESTION_COUNT
};
_Static_assert(QUESTION_COUNT <= KEPT_ANSWERS, "kept_answers.h has too few");

static const struct question {
    uint8_t values;
    uint8_t change;   /* enum gl_change */
    uint8_t validity; /* enum validity */
} questions[] = {
#define ROW(name, values, change, validity)                                                        \
    [QUESTION_##name] = {values, GL_CHANGE_##change, validity},
    CAPS(ROW) VALUES(ROW)};

/* QUESTION_COUNT: answers to it are not kept. */
static unsigned question_of(enum kept_query query, GLenum pname)
{
    unsigned found;
    switch (pname) {
#define CASE(name, values, change, validity)                                                       \
    case GL_##name:                                                                                \
        found = QUESTION_##name;                                                                   \
        break;
        CAPS(CASE)
        VALUES(CASE)
    default:
        return QUESTION_COUNT;
    }
    return query == KEPT_IsEnabled && found >= QUESTION_CAPS ? QUESTION_COUNT : found;
}

static bool is_valid(struct gl_encoder *e, enum validity validity)
{
    if (validity == EVERYWHERE) {
        return true;
    }
    if (validity == COMPATIBLE) {
        return !e->state->core_profile;
    }
    struct gl_strings *strings = &e->state->strings;
    if (!gl_strings_fetch(strings, e)) {
        return false;
    }
    char *point;
    unsigned long major = strtoul(strings->version, &point, 10);
    unsigned long minor = *point == '.' ? strtoul(point + 1, NULL, 10) : 0;
    unsigned long least = validity == IN_3_0 ? 0 : validity == IN_3_1 ? 1 : 3;
    return major > 3 || (major == 3 && minor >= least);
}

static size_t value_bytes(enum kept_query query)
{
    switch (query) {
    case KEPT_IsEnabled:
    case KEPT_GetBooleanv:
        return sizeof(GLboolean);
    case KEPT_GetFloatv:
    case KEPT_GetIntegerv:
        return 4;
    default:
        return 8;
    }
}

/* How many commands may have changed it. */
static uint32_t count_changes(const struct gl_encoder *e, enum gl_change change)
{
    bool is_matrix = change == GL_CHANGE_MODELVIEW || change == GL_CHANGE_PROJECTION;
    return e->changes[GL_CHANGE_ALL] + e->changes[change] +
           (is_matrix ? e->changes[GL_CHANGE_MATRICES] : 0);
}

bool kept_answers_get(struct gl_encoder *e, enum kept_query query, GLenum pname, void *values)
{
    unsigned question = question_of(query, pname);
    if (!e->state || !values || question == QUESTION_COUNT || e->state->may_be_inside) {
        return false;
    }
    const struct kept_answer *answer = &e->state->kept.answers[question];
    if (answer->query != query || answer->changes != count_changes(e, questions[question].change)) {
        return false;
    }
    memcpy(values, answer->values, questions[question].values * value_bytes(query));
    return true;
}

void kept_answers_keep(struct gl_encoder *e, enum kept_query query, GLenum pname,
                       const void *values)
{
    unsigned question = question_of(query, pname);
    if (!e->state || !values || question == QUESTION_COUNT || e->state->may_be_inside ||
        !is_valid(e, questions[question].validity) || e->lost) {
        return;
    }
    struct kept_answer *answer = &e->state->kept.answers[question];
    answer->query = query;
    answer->changes = count_changes(e, questions[question].change);
    memcpy(answer->values, values, questions[question].values * value_bytes(query));
}

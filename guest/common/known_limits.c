/* SPDX-License-Identifier: MIT */
#include "guest/common/known_limits.h"

/* Single integers that never change in a context. */
#define LIMITS(X)                                                                                                               \
    X(MAJOR_VERSION)                                                                                                            \
    X(MAX_3D_TEXTURE_SIZE)                                                                                                      \
    X(MAX_ARRAY_TEXTURE_LAYERS) X(MAX_ATTRIB_STACK_DEPTH) X(MAX_CLIENT_ATTRIB_STACK_DEPTH) X(                                   \
        MAX_CLIP_PLANES) X(MAX_COLOR_ATTACHMENTS) X(MAX_COLOR_TEXTURE_SAMPLES) X(MAX_COMBINED_ATOMIC_COUNTERS)                  \
        X(MAX_COMBINED_FRAGMENT_UNIFORM_COMPONENTS) X(MAX_COMBINED_GEOMETRY_UNIFORM_COMPONENTS) X(                              \
            MAX_COMBINED_SHADER_STORAGE_BLOCKS) X(MAX_COMBINED_TEXTURE_IMAGE_UNITS) X(MAX_COMBINED_UNIFORM_BLOCKS)              \
            X(MAX_COMBINED_VERTEX_UNIFORM_COMPONENTS) X(MAX_COMPUTE_SHADER_STORAGE_BLOCKS) X(                                   \
                MAX_COMPUTE_TEXTURE_IMAGE_UNITS) X(MAX_COMPUTE_UNIFORM_BLOCKS) X(MAX_COMPUTE_UNIFORM_COMPONENTS)                \
                X(MAX_COMPUTE_WORK_GROUP_INVOCATIONS) X(MAX_CUBE_MAP_TEXTURE_SIZE) X(MAX_DEPTH_TEXTURE_SAMPLES) X(              \
                    MAX_DRAW_BUFFERS) X(MAX_DUAL_SOURCE_DRAW_BUFFERS) X(MAX_ELEMENTS_INDICES) X(MAX_ELEMENTS_VERTICES)          \
                    X(MAX_EVAL_ORDER) X(MAX_FRAGMENT_INPUT_COMPONENTS) X(MAX_FRAGMENT_SHADER_STORAGE_BLOCKS) X(                 \
                        MAX_FRAGMENT_UNIFORM_BLOCKS) X(MAX_FRAGMENT_UNIFORM_COMPONENTS) X(MAX_FRAGMENT_UNIFORM_VECTORS)         \
                        X(MAX_FRAMEBUFFER_HEIGHT) X(MAX_FRAMEBUFFER_LAYERS) X(MAX_FRAMEBUFFER_SAMPLES) X(                       \
                            MAX_FRAMEBUFFER_WIDTH) X(MAX_GEOMETRY_INPUT_COMPONENTS) X(MAX_GEOMETRY_OUTPUT_COMPONENTS)           \
                            X(MAX_GEOMETRY_TEXTURE_IMAGE_UNITS) X(MAX_GEOMETRY_UNIFORM_BLOCKS) X(                               \
                                MAX_GEOMETRY_UNIFORM_COMPONENTS) X(MAX_IMAGE_UNITS) X(MAX_INTEGER_SAMPLES)                      \
                                X(MAX_LIGHTS) X(MAX_LIST_NESTING) X(MAX_MODELVIEW_STACK_DEPTH) X(                               \
                                    MAX_NAME_STACK_DEPTH) X(MAX_PATCH_VERTICES) X(MAX_PIXEL_MAP_TABLE)                          \
                                    X(MAX_PROGRAM_TEXEL_OFFSET) X(MAX_PROJECTION_STACK_DEPTH) X(                                \
                                        MAX_RECTANGLE_TEXTURE_SIZE) X(MAX_RENDERBUFFER_SIZE) X(MAX_SAMPLES)                     \
                                        X(MAX_SAMPLE_MASK_WORDS) X(MAX_SHADER_STORAGE_BUFFER_BINDINGS) X(                       \
                                            MAX_TESS_GEN_LEVEL) X(MAX_TEXTURE_BUFFER_SIZE) X(MAX_TEXTURE_COORDS)                \
                                            X(MAX_TEXTURE_IMAGE_UNITS) X(MAX_TEXTURE_SIZE) X(                                   \
                                                MAX_TEXTURE_STACK_DEPTH) X(MAX_TEXTURE_UNITS) X(MAX_TRANSFORM_FEEDBACK_BUFFERS) \
                                                X(MAX_TRANSFORM_FEEDBACK_INTERLEAVED_COMPONENTS) X(                             \
                                                    MAX_TRANSFORM_FEEDBACK_SEPARATE_ATTRIBS)                                    \
                                                    X(MAX_TRANSFORM_FEEDBACK_SEPARATE_COMPONENTS) X(                            \
                                                        MAX_UNIFORM_BLOCK_SIZE) X(MAX_UNIFORM_BUFFER_BINDINGS)                  \
                                                        X(MAX_UNIFORM_LOCATIONS) X(MAX_VARYING_COMPONENTS) X(                   \
                                                            MAX_VARYING_VECTORS) X(MAX_VERTEX_ATTRIBS)                          \
                                                            X(MAX_VERTEX_ATTRIB_BINDINGS) X(                                    \
                                                                MAX_VERTEX_ATTRIB_RELATIVE_OFFSET)                              \
                                                                X(MAX_VERTEX_OUTPUT_COMPONENTS) X(                              \
                                                                    MAX_VERTEX_SHADER_STORAGE_BLOCKS)                           \
                                                                    X(MAX_VERTEX_STREAMS) X(                                    \
                                                                        MAX_VERTEX_TEXTURE_IMAGE_UNITS)                         \
                                                                        X(MAX_VERTEX_UNIFORM_BLOCKS) X(                         \
                                                                            MAX_VERTEX_UNIFORM_COMPONENTS)                      \
                                                                            X(MAX_VERTEX_UNIFORM_VECTORS) X(                    \
                                                                                MAX_VIEWPORTS)                                  \
                                                                                X(MINOR_VERSION) X(                             \
                                                                                    MIN_PROGRAM_TEXEL_OFFSET)                   \
                                                                                    X(SUBPIXEL_BITS) X(                         \
                                                                                        TEXTURE_BUFFER_OFFSET_ALIGNMENT)        \
                                                                                        X(UNIFORM_BUFFER_OFFSET_ALIGNMENT)

enum limit {
#define PLACE(name) LIMIT_##name,
    LIMITS(PLACE) LIMIT_COUNT
};
_Static_assert(LIMIT_COUNT <= KNOWN_LIMITS, "known_limits.h has too few");

/* LIMIT_COUNT: it is none. */
static enum limit limit_of(GLenum pname)
{
    switch (pname) {
#define CASE(name)                                                                                 \
    case GL_##name:                                                                                \
        return LIMIT_##name;
        LIMITS(CASE)
    default:
        return LIMIT_COUNT;
    }
}

bool known_limits_get(const struct known_limits *limits, GLenum pname, GLint *value)
{
    enum limit limit = limit_of(pname);
    if (limit == LIMIT_COUNT || !limits->known[limit]) {
        return false;
    }
    *value = limits->values[limit];
    return true;
}

void known_limits_keep(struct known_limits *limits, GLenum pname, GLint value)
{
    enum limit limit = limit_of(pname);
    if (limit != LIMIT_COUNT) {
        limits->known[limit] = true;
        limits->values[limit] = value;
    }
}

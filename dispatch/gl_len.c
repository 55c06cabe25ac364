/* SPDX-License-Identifier: MIT */
#include "dispatch/gl_len.h"

#include "dispatch/image_size.h"

int64_t gl_len_params(GLenum pname)
{
    switch (pname) {
    case GL_AMBIENT:
    case GL_DIFFUSE:
    case GL_SPECULAR:
    case GL_EMISSION:
    case GL_AMBIENT_AND_DIFFUSE:
    case GL_POSITION:
    case GL_FOG_COLOR:
    case GL_LIGHT_MODEL_AMBIENT:
    case GL_TEXTURE_ENV_COLOR:
    case GL_TEXTURE_BORDER_COLOR:
    case GL_TEXTURE_SWIZZLE_RGBA:
    case GL_OBJECT_PLANE:
    case GL_EYE_PLANE:
    case GL_PATCH_DEFAULT_OUTER_LEVEL:
    case GL_CONVOLUTION_BORDER_COLOR:
    case GL_CONVOLUTION_FILTER_SCALE:
    case GL_CONVOLUTION_FILTER_BIAS:
    case GL_COLOR_TABLE_SCALE:
    case GL_COLOR_TABLE_BIAS:
    case GL_CONSTANT_COLOR0_NV:
    case GL_CONSTANT_COLOR1_NV:
    case GL_CULL_VERTEX_EYE_POSITION_EXT:
    case GL_CULL_VERTEX_OBJECT_POSITION_EXT:
    case GL_BUMP_ROT_MATRIX_ATI:
    case GL_TEXTURE_COLOR_WRITEMASK_SGIS:
        return 4;
    case GL_SPOT_DIRECTION:
    case GL_COLOR_INDEXES:
    case GL_POINT_DISTANCE_ATTENUATION:
    case GL_SPRITE_TRANSLATION_SGIX:
    case GL_SPRITE_AXIS_SGIX:
    case GL_TEXTURE_CLIPMAP_VIRTUAL_DEPTH_SGIX:
        return 3;
    case GL_PATCH_DEFAULT_INNER_LEVEL:
    case GL_TEXTURE_CLIPMAP_CENTER_SGIX:
    case GL_TEXTURE_CLIPMAP_OFFSET_SGIX:
        return 2;
    default:
        return 1;
    }
}

int64_t gl_len_clear_buffer(GLenum buffer)
{
    return buffer == GL_COLOR ? 4 : 1;
}

int64_t gl_len_text(GLsizei length)
{
    return length > 0 ? length : -1;
}

int64_t gl_len_list_name(GLenum type)
{
    switch (type) {
    case GL_BYTE:
    case GL_UNSIGNED_BYTE:
        return 1;
    case GL_SHORT:
    case GL_UNSIGNED_SHORT:
    case GL_2_BYTES:
        return 2;
    case GL_3_BYTES:
        return 3;
    case GL_INT:
    case GL_UNSIGNED_INT:
    case GL_FLOAT:
    case GL_4_BYTES:
        return 4;
    default:
        return 0;
    }
}

/* Values of one control point; 0: not a target. */
static int64_t map_values(GLenum target)
{
    switch (target) {
    case GL_MAP1_INDEX:
    case GL_MAP2_INDEX:
    case GL_MAP1_TEXTURE_COORD_1:
    case GL_MAP2_TEXTURE_COORD_1:
        return 1;
    case GL_MAP1_TEXTURE_COORD_2:
    case GL_MAP2_TEXTURE_COORD_2:
        return 2;
    case GL_MAP1_VERTEX_3:
    case GL_MAP2_VERTEX_3:
    case GL_MAP1_NORMAL:
    case GL_MAP2_NORMAL:
    case GL_MAP1_TEXTURE_COORD_3:
    case GL_MAP2_TEXTURE_COORD_3:
        return 3;
    case GL_MAP1_VERTEX_4:
    case GL_MAP2_VERTEX_4:
    case GL_MAP1_COLOR_4:
    case GL_MAP2_COLOR_4:
    case GL_MAP1_TEXTURE_COORD_4:
    case GL_MAP2_TEXTURE_COORD_4:
        return 4;
    default:
        /* NV_vertex_program's maps of attributes have four values each. */
        if ((target >= GL_MAP1_VERTEX_ATTRIB0_4_NV && target <= GL_MAP1_VERTEX_ATTRIB15_4_NV) ||
            (target >= GL_MAP2_VERTEX_ATTRIB0_4_NV && target <= GL_MAP2_VERTEX_ATTRIB15_4_NV)) {
            return 4;
        }
        return 0;
    }
}

/* The greatest order that any GL has is far below; beyond it the GL reads nothing. */
#define MAP_ORDER_MAX 1024

static int map_order_fits(GLint stride, int64_t values, GLint order)
{
    return values > 0 && stride >= values && order >= 1 && order <= MAP_ORDER_MAX;
}

int64_t gl_len_map1(GLenum target, GLint stride, GLint order)
{
    int64_t values = map_values(target);
    return map_order_fits(stride, values, order) ? (int64_t)stride * (order - 1) + values : 0;
}

int64_t gl_len_map2(GLenum target, GLint ustride, GLint uorder, GLint vstride, GLint vorder)
{
    int64_t values = map_values(target);
    if (!map_order_fits(ustride, values, uorder) || !map_order_fits(vstride, values, vorder)) {
        return 0;
    }
    return (int64_t)ustride * (uorder - 1) + (int64_t)vstride * (vorder - 1) + values;
}

int64_t gl_len_pixel(GLenum format, GLenum type)
{
    return image_pixel_bytes(format, type);
}

/* SPDX-License-Identifier: MIT */
/* The raster position and the polygon stipple, which take more than a query and a command. */
#include "guest/common/attribute_items.h"

static GLint integer(GLenum name)
{
    GLint value = 0;
    trireme_glGetIntegerv(name, &value);
    return value;
}

#define PARAMETERS 6

/* How the program's memory is laid out. */
struct pixel_place {
    GLint parameters[PARAMETERS], buffer;
};
static const GLenum pack_parameters[PARAMETERS] = {GL_PACK_ALIGNMENT,  GL_PACK_ROW_LENGTH,
                                                   GL_PACK_SKIP_ROWS,  GL_PACK_SKIP_PIXELS,
                                                   GL_PACK_SWAP_BYTES, GL_PACK_LSB_FIRST};
static const GLenum unpack_parameters[PARAMETERS] = {GL_UNPACK_ALIGNMENT,  GL_UNPACK_ROW_LENGTH,
                                                     GL_UNPACK_SKIP_ROWS,  GL_UNPACK_SKIP_PIXELS,
                                                     GL_UNPACK_SWAP_BYTES, GL_UNPACK_LSB_FIRST};

/* Makes it the initial layout, without a buffer. */
static void plain_pixels(const struct attribute_access *access, bool pack, struct pixel_place *was)
{
    const GLenum *names = pack ? pack_parameters : unpack_parameters;
    for (unsigned i = 0; i < PARAMETERS; i++) {
        was->parameters[i] = integer(names[i]);
        trireme_glPixelStorei(names[i], i == 0 ? 4 : 0);
    }
    if (access->version >= 21) {
        was->buffer = integer(pack ? GL_PIXEL_PACK_BUFFER_BINDING : GL_PIXEL_UNPACK_BUFFER_BINDING);
        trireme_glBindBuffer(pack ? GL_PIXEL_PACK_BUFFER : GL_PIXEL_UNPACK_BUFFER, 0);
    }
}

static void former_pixels(const struct attribute_access *access, bool pack,
                          const struct pixel_place *was)
{
    const GLenum *names = pack ? pack_parameters : unpack_parameters;
    for (unsigned i = 0; i < PARAMETERS; i++) {
        trireme_glPixelStorei(names[i], was->parameters[i]);
    }
    if (access->version >= 21) {
        trireme_glBindBuffer(pack ? GL_PIXEL_PACK_BUFFER : GL_PIXEL_UNPACK_BUFFER,
                             (GLuint)was->buffer);
    }
}

void attribute_read_stipple(const struct attribute_access *access, GLubyte *pattern)
{
    struct pixel_place was;
    plain_pixels(access, true, &was);
    trireme_glGetPolygonStipple(pattern);
    former_pixels(access, true, &was);
}

void attribute_write_stipple(const struct attribute_access *access, const GLubyte *pattern)
{
    struct pixel_place was;
    plain_pixels(access, false, &was);
    trireme_glPolygonStipple(pattern);
    former_pixels(access, false, &was);
}

/*
 * The raster position is in window coordinates, with what it got of the current values. It is set
 * by glWindowPos, with these for the current ones; a position that is not valid by one outside of
 * the view.
 */
void attribute_read_raster(struct attribute_data *v)
{
    v->i[0] = integer(GL_CURRENT_RASTER_POSITION_VALID);
    trireme_glGetFloatv(GL_CURRENT_RASTER_POSITION, v->f);
    trireme_glGetFloatv(GL_CURRENT_RASTER_COLOR, v->f + 4);
    trireme_glGetDoublev(GL_CURRENT_RASTER_SECONDARY_COLOR, v->d);
    /* In place of its alpha, which counts for nothing. */
    trireme_glGetDoublev(GL_CURRENT_RASTER_DISTANCE, &v->d[3]);
}

static void set_depth_range(const struct attribute_access *access, GLdouble near, GLdouble far)
{
    if (access->version >= 41) {
        trireme_glDepthRangeIndexed(0, near, far);
    } else {
        trireme_glDepthRange(near, far);
    }
}

static void write_valid_raster(const struct attribute_access *access,
                               const struct attribute_data *v)
{
    GLfloat color[4], secondary[4], fog = 0;
    GLdouble range[2] = {0, 1};
    const GLint source = integer(GL_FOG_COORD_SRC);
    trireme_glGetFloatv(GL_CURRENT_COLOR, color);
    trireme_glGetFloatv(GL_CURRENT_FOG_COORD, &fog);
    trireme_glGetFloatv(GL_CURRENT_SECONDARY_COLOR, secondary);
    trireme_glGetDoublev(GL_DEPTH_RANGE, range);
    trireme_glColor4fv(v->f + 4);
    trireme_glSecondaryColor3dv(v->d);
    trireme_glFogi(GL_FOG_COORD_SRC, GL_FOG_COORD);
    trireme_glFogCoordd(v->d[3]);
    set_depth_range(access, 0, 1);
    trireme_glWindowPos3fv(v->f);
    set_depth_range(access, range[0], range[1]);
    trireme_glFogCoordf(fog);
    trireme_glFogi(GL_FOG_COORD_SRC, source);
    trireme_glSecondaryColor3fv(secondary);
    trireme_glColor4fv(color);
}

void attribute_write_raster(const struct attribute_access *access, const struct attribute_data *v)
{
    GLdouble projection[16];
    if (v->i[0]) {
        write_valid_raster(access, v);
        return;
    }
    trireme_glGetDoublev(GL_PROJECTION_MATRIX, projection);
    trireme_glMatrixMode(GL_PROJECTION);
    trireme_glLoadIdentity();
    trireme_glRasterPos2i(2, 2);
    trireme_glLoadMatrixd(projection);
    trireme_glMatrixMode(GL_MODELVIEW);
}

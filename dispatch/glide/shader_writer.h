/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of the pixel pipeline's shaders, GLSL 3.30; 4.20 where they count (pixel_counters.h). */
#ifndef TRIREME_DISPATCH_GLIDE_SHADER_WRITER_H
#define TRIREME_DISPATCH_GLIDE_SHADER_WRITER_H

#include "dispatch/glide/shader_key.h"

/* Locations of the vertex shader's inputs. */
enum vertex_input {
    VERTEX_POSITION,
    VERTEX_COLOR,
    VERTEX_DEPTH, /* z, oow, fog, stipple */
    VERTEX_TMU0,  /* sow, tow, oow */
    VERTEX_TMU1,
    VERTEX_LOD, /* of each unit: the level of detail where 1/w is 1 */
};
/* Units of the samplers tmu0, tmu1, lfb_color, lfb_depth. */
enum texture_binding { BINDING_TMU0, BINDING_TMU1, BINDING_LFB_COLOR, BINDING_LFB_DEPTH };

/* The caller frees both with g_free(). */
char *shader_write_vertex(void);
char *shader_write_fragment(const struct shader_key *key);

#endif

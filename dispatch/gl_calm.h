/* SPDX-License-Identifier: MIT */
/*
 * What is known about errors at a point of a context's stream; shared by guest and host.
 *
 * The host says it with each answer to glGetError, having asked its GL. The guest keeps it through
 * commands that cannot raise an error in that state (`harmless` in overrides.toml), lets it go at
 * any other command, and asks again when the program calls glGetError. Nothing of the GL's state
 * is mirrored: what could end a state is not harmless.
 */
#ifndef TRIREME_DISPATCH_GL_CALM_H
#define TRIREME_DISPATCH_GL_CALM_H

/* Each includes those before it, but for GL_CALM_INSIDE. */
enum gl_calm {
    GL_CALM_NOT,     /* an error may be waiting, or it is not known what would be one */
    GL_CALM_INSIDE,  /* no error waits; between a glBegin and a glEnd that cannot fail */
    GL_CALM_OUTSIDE, /* no error waits; outside of both, no display list is compiled, the texture
                        unit has coordinates, and all of OpenGL 1.4 is there */
    GL_CALM_DRAW,    /* and draws go through the fixed pipeline into a complete framebuffer of the
                        window system */
};

#endif

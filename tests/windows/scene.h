/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the programs of this folder draw, on the host's own GL and in a Windows window: frame
 * `number` of a triangle that turns in front of a textured one. Only what OpenGL 1.1 has.
 */
#ifndef TRIREME_TEST_SCENE_H
#define TRIREME_TEST_SCENE_H

#define SCENE_WIDTH 320
#define SCENE_HEIGHT 240

/* Once for each context. */
void scene_init(void);

/* All of the frame, in a viewport of that size. */
void scene_draw(int number, int width, int height);

/* Writes the back buffer as a PPM file. 0: it could not be written. */
int scene_save(const char *path, int width, int height);

#endif

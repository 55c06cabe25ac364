/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whose turn it is to call the GL, on a host whose driver does not bear calls of several contexts
 * at one time (display.h). A render thread has the turn while it executes commands and gives it
 * away wherever it waits for anything but the GL itself.
 *
 * Drawables have turns as well, for the contexts that have them current (drawable.h).
 *
 * Turns come in the order in which they were asked for. All functions from any thread; a NULL turn
 * is always one's own, at no cost. Nobody asks for a turn with a lock that is taken during one.
 */
#ifndef TRIREME_GL_TURN_H
#define TRIREME_GL_TURN_H

#include <stdbool.h>

struct gl_turn;

struct gl_turn *gl_turn_create(void);
void gl_turn_destroy(struct gl_turn *turn);

/* Waits until everybody that asked before has had the turn. */
void gl_turn_take(struct gl_turn *turn);
void gl_turn_give(struct gl_turn *turn);

/* From its owner: others wait, and it has lasted for so long that they shall have it. */
bool gl_turn_is_over(const struct gl_turn *turn);

#endif

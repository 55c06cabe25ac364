/* SPDX-License-Identifier: MIT */
/*
 * glArrayElement with some arrays in the program's memory and some in buffer objects. The host's
 * glArrayElement is for the latter, so the former are disabled on the host: for the one call, or
 * from before glBegin until after glEnd, since arrays cannot be disabled between the two.
 */
#ifndef TRIREME_GUEST_ARRAY_ELEMENT_H
#define TRIREME_GUEST_ARRAY_ELEMENT_H

#include "guest/common/gl_encoder.h"

/* The context has a gl_state. Nothing happens where all arrays lie in one kind of memory. */
void array_elements_begin(struct gl_encoder *e);
void array_elements_end(struct gl_encoder *e);

#endif

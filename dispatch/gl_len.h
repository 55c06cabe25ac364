/* SPDX-License-Identifier: MIT */
/*
 * How many values pointer arguments have whose length depends on an enum: what gl.xml calls
 * COMPSIZE. Used by generated encoders and decoders (`len` in gen/overrides.toml). Unknown enums
 * give the least count; the GL reports them and reads nothing.
 */
#ifndef TRIREME_DISPATCH_GL_LEN_H
#define TRIREME_DISPATCH_GL_LEN_H

#include <stdint.h>

#include "gl_api.h"

/* Values of a parameter, for all of glFogfv, glLightfv, glTexParameterfv, glTexEnvfv, … : no enum
 * means different things to two of them. */
int64_t gl_len_params(GLenum pname);
/* glClearBufferfv and relatives. */
int64_t gl_len_clear_buffer(GLenum buffer);
/* For commands that take 0 where others take a negative length: the text ends with a NUL. */
int64_t gl_len_text(GLsizei length);
/* Bytes of one display list name of glCallLists. */
int64_t gl_len_list_name(GLenum type);
/* Values that glMap1 and glMap2 read (stride in values); `target` gives those of one point. */
int64_t gl_len_map1(GLenum target, GLint stride, GLint order);
int64_t gl_len_map2(GLenum target, GLint ustride, GLint uorder, GLint vstride, GLint vorder);

/* Bytes of one pixel, for commands that clear with it. */
int64_t gl_len_pixel(GLenum format, GLenum type);

#endif

# SPDX-License-Identifier: GPL-2.0-or-later
"""gl_api.h (types and enums) and gl_opcodes.h."""

from output import MIT, fingerprint, guarded, size_table, write_if_changed

TYPES = '''\
/*
 * Types and enums of OpenGL without the functions. Headers of the system (GL/gl.h, epoxy/gl.h) may
 * be included before it.
 */
#include <stdint.h>

#if __has_include(<KHR/khrplatform.h>)
#include <KHR/khrplatform.h>
#elif !defined(__khrplatform_h_)
typedef int8_t khronos_int8_t;
typedef int16_t khronos_int16_t;
typedef int32_t khronos_int32_t;
typedef int64_t khronos_int64_t;
typedef uint8_t khronos_uint8_t;
typedef uint16_t khronos_uint16_t;
typedef uint32_t khronos_uint32_t;
typedef uint64_t khronos_uint64_t;
typedef float khronos_float_t;
typedef intptr_t khronos_intptr_t;
typedef intptr_t khronos_ssize_t;
#endif

#ifdef _WIN32
#define GL_API_CALL __attribute__((stdcall))
#else
#define GL_API_CALL
#endif

typedef unsigned int GLenum;
typedef unsigned char GLboolean;
typedef unsigned int GLbitfield;
typedef void GLvoid;
typedef khronos_int8_t GLbyte;
typedef khronos_uint8_t GLubyte;
typedef khronos_int16_t GLshort;
typedef khronos_uint16_t GLushort;
typedef int GLint;
typedef unsigned int GLuint;
typedef khronos_int32_t GLclampx;
typedef int GLsizei;
typedef khronos_float_t GLfloat;
typedef khronos_float_t GLclampf;
typedef double GLdouble;
typedef double GLclampd;
typedef char GLchar;
typedef char GLcharARB;
typedef unsigned int GLhandleARB;
typedef khronos_uint16_t GLhalf;
typedef khronos_uint16_t GLhalfARB;
typedef unsigned short GLhalfNV;
typedef khronos_int32_t GLfixed;
typedef khronos_intptr_t GLintptr;
typedef khronos_intptr_t GLintptrARB;
typedef khronos_ssize_t GLsizeiptr;
typedef khronos_ssize_t GLsizeiptrARB;
typedef khronos_int64_t GLint64;
typedef khronos_int64_t GLint64EXT;
typedef khronos_uint64_t GLuint64;
typedef khronos_uint64_t GLuint64EXT;
typedef struct __GLsync *GLsync;
typedef void *GLeglClientBufferEXT;
typedef void *GLeglImageOES;
typedef GLintptr GLvdpauSurfaceNV;
typedef void(GL_API_CALL *GLDEBUGPROC)(GLenum source, GLenum type, GLuint id, GLenum severity,
                                       GLsizei length, const GLchar *message,
                                       const void *userParam);
typedef void(GL_API_CALL *GLDEBUGPROCARB)(GLenum source, GLenum type, GLuint id, GLenum severity,
                                          GLsizei length, const GLchar *message,
                                          const void *userParam);
typedef void(GL_API_CALL *GLDEBUGPROCKHR)(GLenum source, GLenum type, GLuint id, GLenum severity,
                                          GLsizei length, const GLchar *message,
                                          const void *userParam);
typedef void(GL_API_CALL *GLDEBUGPROCAMD)(GLuint id, GLenum category, GLenum severity,
                                          GLsizei length, const GLchar *message, void *userParam);
typedef void(GL_API_CALL *GLVULKANPROCNV)(void);
struct _cl_context;
struct _cl_event;

'''


def write_api(registry, directory):
    enums = ''.join(f'#ifndef {name}\n#define {name} {value}\n#endif\n'
                    for name, value in registry.enums.items())
    write_if_changed(directory, 'gl_api.h', guarded('gl_api.h', TYPES + enums, MIT))


def write_opcodes(rules, directory):
    carried = size_table(rules)
    body = '/* Checked when a slot is opened: both sides were built from the same table. */\n'
    body += f'#define GL_OPCODES_FINGERPRINT {fingerprint(rules):#010x}u\n\n'
    body += f'#define GL_OP_FIRST {carried[0].opcode}\n#define GL_OP_COUNT {len(carried)}\n\n'
    body += 'enum gl_opcode {\n'
    body += ''.join(f'    GL_OP_{r.short} = {r.opcode},\n' for r in carried)
    body += '};\n'
    write_if_changed(directory, 'gl_opcodes.h', guarded('gl_opcodes.h', body, MIT))

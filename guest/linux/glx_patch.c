/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_patch.h"

#include <stdint.h>
#include <string.h>

#include "gl_entry_points.h"
#include "guest/common/context_hooks.h"

#if defined(__i386__)
#define OWN_TYPE __GLDISPATCH_STUB_X86
#elif defined(__x86_64__) && !defined(__ILP32__)
#define OWN_TYPE __GLDISPATCH_STUB_X86_64
#else
#define OWN_TYPE __GLDISPATCH_STUB_UNKNOWN
#endif

/* "jmp rel32" */
#define JUMP 0xe9
#define JUMP_BYTES 5

GLboolean glx_patch_is_supported(int type, int size)
{
    return OWN_TYPE != __GLDISPATCH_STUB_UNKNOWN && type == OWN_TYPE && size >= JUMP_BYTES;
}

/* An entry point that is too far away for the jump stays as it is. */
static void write_jump(uint8_t *place, const void *executed_at, const void *target)
{
    intptr_t distance = (intptr_t)((uintptr_t)target - (uintptr_t)executed_at - JUMP_BYTES);
    int32_t relative = (int32_t)distance;
    if (relative == distance) {
        place[0] = JUMP;
        memcpy(place + 1, &relative, sizeof relative);
    }
}

GLboolean glx_patch(int type, int size, DispatchPatchLookupStubOffset find)
{
    const char *name;
    if (!glx_patch_is_supported(type, size)) {
        return GL_FALSE;
    }
    for (unsigned i = 0; (name = gl_entry_point_name(i)); i++) {
        void *place = NULL;
        const void *executed_at = NULL;
        if (find(name, &place, &executed_at)) {
            write_jump(place, executed_at, context_entry_point(name));
        }
    }
    return GL_TRUE;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of names: entry points, commands, extensions. */
#include <criterion/criterion.h>

#include "dispatch/gl_decoder.h"
#include "dispatch/gl_extension_years.h"
#include "gl_entry_points.h"
#include "gl_extensions.h"
#include "gl_opcodes.h"
#include "tests/dispatch/recorder.h"

Test(gl_names, find_entry_points)
{
    cr_assert_eq(gl_entry_point("glClear"), (void *)trireme_glClear);
    cr_assert_eq(gl_entry_point("glActiveTextureARB"), (void *)trireme_glActiveTexture);
    cr_assert_eq(gl_entry_point("glWindowPos3fMESA"), (void *)trireme_glWindowPos3f);
    cr_assert_null(gl_entry_point("glClea"));
    cr_assert_null(gl_entry_point("glClearX"));
    cr_assert_null(gl_entry_point(""));
    cr_assert_null(gl_entry_point("zzz"));
}

Test(gl_names, of_refused_commands_are_not_there)
{
    cr_assert_null(gl_entry_point("glVDPAUInitNV"));
    cr_assert_null(gl_entry_point("glImportMemoryFdEXT"));
    cr_assert_null(gl_entry_point("glMakeTextureHandleResidentARB"));
}

Test(gl_names, of_all_carried_commands_are_there)
{
    for (size_t i = 0; i < GL_OP_COUNT; i++) {
        const char *name = recorder_calls[i].name;
        cr_assert_str_eq(gl_command_name(recorder_calls[i].opcode), name);
        cr_assert(strncmp(name, "gl", 2) != 0 || gl_entry_point(name), "%s", name);
    }
    cr_assert_null(gl_command_name(0));
    cr_assert_null(gl_command_name(GL_OP_FIRST + GL_OP_COUNT));
    cr_assert_str_eq(gl_command_name(GL_OP_Clear | TRIREME_OPCODE_CHUNKED), "glClear");
}

Test(gl_names, of_extensions_say_what_may_be_advertised)
{
    cr_assert(gl_extension_carried("GL_ARB_multitexture"));
    cr_assert(gl_extension_carried("GL_ARB_texture_non_power_of_two"), "it has no commands");
    cr_assert_not(gl_extension_carried("GL_NV_path_rendering"));
    cr_assert_not(gl_extension_carried("GL_EXT_memory_object_fd"));
    cr_assert_not(gl_extension_carried("GL_ARB_buffer_storage"));
    cr_assert_not(gl_extension_carried("GL_TRIREME_no_such"));
    for (size_t i = 1; i < GL_EXTENSION_COUNT; i++) {
        cr_assert_lt(strcmp(gl_extensions[i - 1].name, gl_extensions[i].name), 0);
    }
}

Test(gl_names, of_extensions_have_years)
{
    cr_assert_eq(gl_extension_year("GL_EXT_texture"), 1995);
    cr_assert_eq(gl_extension_year("GL_EXT_texture3D"), 1996, "another name begins like it");
    cr_assert_eq(gl_extension_year("GL_ARB_multitexture"), 1998);
    cr_assert_eq(gl_extension_year("EXT_texture"), 0);
    cr_assert_eq(gl_extension_year("GL_multitexture"), 0);
    cr_assert_eq(gl_extension_year("GL_TRIREME_no_such"), 0);
}

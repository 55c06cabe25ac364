/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/program_options.h"

Test(program_options, patterns_match_names)
{
    cr_assert(program_options_match("quake3*", "Quake3.exe"));
    cr_assert(program_options_match("*", ""));
    cr_assert(program_options_match("*.exe", "a.exe.exe"));
    cr_assert(program_options_match("g?xgears", "glxgears"));
    cr_assert_not(program_options_match("glxgear", "glxgears"));
    cr_assert_not(program_options_match("glxgears?", "glxgears"));
    cr_assert_not(program_options_match("*.com", "a.exe"));
}

static char *read_text(const char *text, char *lines, size_t size, bool *room)
{
    FILE *file = fmemopen((char *)text, strlen(text), "r");
    lines[0] = '\0';
    *room = program_options_read_file(file, "game", lines, size);
    fclose(file);
    return lines;
}

Test(program_options, are_those_of_the_groups_that_match)
{
    static const char text[] = "gl-version=1.1\n"
                               "[server]\nlog-level=debug\n"
                               "[program other]\nframe-rate=1\n"
                               "[program ga*]\n# a comment\n\n  samples = 4  \n"
                               "[program game]\nframe-rate=60\r\n";
    char lines[200];
    bool room;
    cr_assert_str_eq(read_text(text, lines, sizeof lines, &room), "samples = 4\nframe-rate=60\n");
    cr_assert(room);
    cr_assert_str_eq(read_text(text, lines, 20, &room), "samples = 4\n");
    cr_assert_not(room, "the second line has no room");
}

Test(program_options, of_the_environment_come_last)
{
    char lines[200];
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    setenv("TRIREME_OPTIONS", "gl-version=2.1; samples=2", 1);
    cr_assert(program_options_read("game", lines, sizeof lines));
    char *ours = strstr(lines, "gl-version=2.1\nsamples=2\n");
    cr_assert_not_null(ours);
    cr_assert_eq(strlen(ours), strlen("gl-version=2.1\nsamples=2\n"));
}

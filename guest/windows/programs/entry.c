/* SPDX-License-Identifier: MIT */
/* What the compiler's start-up files would do. Theirs are for newer processors. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define ARGUMENTS 16

int main(int argc, char **argv);
void program_start(void);

/* The compiler calls it at the head of every main(). */
void __main(void);

void __main(void)
{
}

/* Words and "quoted words" of the line, which it ends where they end. */
static int split(char *line, char **words)
{
    int count = 0;
    while (count < ARGUMENTS) {
        while (*line == ' ' || *line == '\t') {
            line++;
        }
        if (!*line) {
            break;
        }
        char end = *line == '"' ? '"' : ' ';
        line += end == '"';
        words[count++] = line;
        while (*line && *line != end) {
            line++;
        }
        if (*line) {
            *line++ = '\0';
        }
    }
    return count;
}

void program_start(void)
{
    static char *words[ARGUMENTS + 1];
    int status = main(split(GetCommandLineA(), words), words);
    fflush(stdout);
    ExitProcess((UINT)status);
}

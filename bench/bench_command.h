/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench/: the instrument. `trireme bench ring` measures the rings alone, in this process. What
 * measures OpenGL from a program's point of view needs an X server, a program, `trireme run` and a
 * virtual machine side by side; those verbs are in Python (bench.py and what it imports), and the
 * program that makes the calls is gl_calls.c.
 */
#ifndef TRIREME_BENCH_BENCH_COMMAND_H
#define TRIREME_BENCH_BENCH_COMMAND_H

/* argv[0] is "bench". Returns the exit status, unless another program takes over. */
int bench_command(int argc, char **argv);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `trireme bench ring`: what the command ring carries between two threads, and how long a sleeping
 * reader takes to wake, for ring sizes from 16 KiB to 16 MiB; then the doorbell ring's rate.
 */
#ifndef TRIREME_BENCH_RING_BENCH_H
#define TRIREME_BENCH_RING_BENCH_H

/* argv[0] is the name for messages. Prints to stdout; returns the exit status. */
int ring_bench_main(int argc, char **argv);

#endif

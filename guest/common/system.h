/* SPDX-License-Identifier: MIT */
/*
 * What the guest library asks of the system that it runs on, beyond C and threads.h. Implemented
 * by guest/linux/system.c and guest/windows/system.c. Any thread.
 */
#ifndef TRIREME_GUEST_SYSTEM_H
#define TRIREME_GUEST_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A monotonic clock, microseconds. */
uint64_t system_now_us(void);

void system_sleep_us(uint32_t us);

/* The program's file name without folders. */
const char *system_program_name(void);

uint32_t system_process_id(void);

/* Says a line to the person in front of the program; it has no newline yet. */
void system_say(const char *line);

/* The path of the file of options with that index, in the order in which they are read. False:
 * there are no more. An empty path: not on this machine. */
bool system_options_path(unsigned index, char *path, size_t size);

/* Opens a text file for reading; a program that this one starts does not inherit it. */
FILE *system_open_text(const char *path);

#endif

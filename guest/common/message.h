/* SPDX-License-Identifier: MIT */
/*
 * What the guest library has to say to the person in front of the program: one line on stderr that
 * names the trouble and what to do about it. Any thread.
 */
#ifndef TRIREME_GUEST_MESSAGE_H
#define TRIREME_GUEST_MESSAGE_H

/* "trireme: ...". The same line is printed once in a row: programs that fail tend to try again. */
void message_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Only where the environment says TRIREME_DEBUG=1. */
void message_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `trireme top`: what the contexts of this user's servers do, again and again. */
#ifndef TRIREME_TOP_COMMAND_H
#define TRIREME_TOP_COMMAND_H

/* Returns the exit status. */
int top_command(int argc, char **argv);

#endif

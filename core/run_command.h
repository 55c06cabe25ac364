/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `trireme run`: a program of this machine draws through a server of its own, without a VM. */
#ifndef TRIREME_RUN_COMMAND_H
#define TRIREME_RUN_COMMAND_H

/* argv[0] is the verb. Returns the program's exit status, 128 + n if signal n ended it. */
int run_command(int argc, char **argv);

#endif

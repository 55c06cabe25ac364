/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Somebody who presses the key that goes on wherever an SDK program waits for one, in place of the
 * SDK's own function.
 */
char tlGetCH(void);

char tlGetCH(void)
{
    return ' ';
}

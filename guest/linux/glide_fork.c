/* SPDX-License-Identifier: MIT */
/*
 * In the child of a fork Glide is as at the start: the board and its ring stay the parent's.
 */
#include <pthread.h>

#include "guest/glide/board.h"

static void after_fork_in_child(void)
{
    present_forked();
    glide_board_forked();
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, after_fork_in_child);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A server in a process of its own, for one test. */
#ifndef TRIREME_TEST_SERVER_H
#define TRIREME_TEST_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/config.h"

struct test_server {
    pid_t pid;
    char *directory, *socket, *log;
};

/* `adjust` may change the configuration; NULL: the defaults. */
void test_server_start(struct test_server *server, void (*adjust)(struct config *config));
/* Asks it to end and asserts that it does, in good health. */
void test_server_stop(struct test_server *server);

/* Waits for a line with that text in the log; false: it did not come within some seconds. */
bool test_server_logs(struct test_server *server, const char *text);

/* What the process holds. */
unsigned test_server_descriptors(const struct test_server *server);
unsigned test_server_mappings(const struct test_server *server);

/* Polls until condition(data) holds; false: some seconds have passed. */
bool test_eventually(bool (*condition)(void *data), void *data);

#endif

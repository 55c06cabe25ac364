/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the statistics say, for numbers that do not depend on scheduling. */
#include <criterion/criterion.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/stats.h"
#include "tests/contexts/fake_guest.h"
#include "tests/contexts/test_server.h"

static char *path;

static void start(void)
{
    int fd = g_file_open_tmp("trireme-stats-XXXXXX", &path, NULL);
    cr_assert_geq(fd, 0);
    g_close(fd, NULL);
}

static void stop(void)
{
    g_unlink(path);
    g_free(path);
}

TestSuite(stats, .init = start, .fini = stop, .timeout = 60);

static void assert_file_has(const char *words)
{
    g_autofree char *text = NULL;
    cr_assert(g_file_get_contents(path, &text, NULL, NULL));
    cr_assert_not_null(strstr(text, words), "%s is not in %s", words, text);
}

Test(stats, are_appended_a_line_each)
{
    const struct config config = {.stats_file = path};
    struct stats_entry entry = {
        .program = "a \"b\\", .frames = 3, .wakes = 7, .seconds = 1.5, .lost = true};
    stats_report(&config, &entry);
    entry.running = true;
    stats_report(&config, &entry);
    assert_file_has("{\"program\": \"a \\\"b\\\\\", ");
    assert_file_has("\"frames\": 3, ");
    assert_file_has("\"wakes\": 7, ");
    assert_file_has("\"seconds\": 1.500, \"lost\": true, \"running\": false}\n{\"program\"");
    assert_file_has("\"running\": true}\n");
}

Test(stats, list_what_was_waited_for_most_first)
{
    struct round_trips *trips = g_new0(struct round_trips, 1);
    round_trips_add(trips, TRIREME_OP_SYNC);
    for (unsigned i = 0; i < 3; i++) {
        round_trips_add(trips, GL_OP_GetError);
        round_trips_add(trips, GL_OP_TriremeReadPixels | TRIREME_OPCODE_CHUNKED);
    }
    round_trips_add(trips, ROUND_TRIPS_OPCODES);
    round_trips_set_frames(trips, 2);
    round_trips_set_frames(trips, 5);
    cr_assert_eq(round_trips_total(trips), 12);
    g_autoptr(GArray) list = round_trips_list(trips);
    const struct config config = {.stats_file = path};
    stats_report(&config, &(struct stats_entry){.program = "p", .by_command = list});
    assert_file_has("\"round_trips_by_command\": {\"SWAP\": 5, \"TriremeReadPixels\": 3, "
                    "\"glGetError\": 3, \"SYNC\": 1}, ");
    g_free(trips);
}

static void write_stats(struct config *config)
{
    config->stats_file = g_strdup(path);
}

/* CREATE and SYNC are round trips; a guest that does not sleep waits for no frame. */
Test(stats, count_what_a_context_did)
{
    struct test_server server;
    struct fake_guest guest;
    struct fake_slot session, slot;
    test_server_start(&server, write_stats);
    fake_guest_connect(&guest, server.socket, 0, 0);
    fake_slot_open_session(&session, &guest, 0);
    uint32_t config = fake_session_find_config(&session, 24, 0);
    fake_slot_open_context(&slot, &guest, 1, &session);
    fake_context_create(&slot, 1);
    fake_context_make_current(&slot, config, 7, 16, 16);
    for (uint32_t serial = 1; serial <= 3; serial++) {
        fake_context_clear(&slot, 1, 1, 1);
        fake_context_swap(&slot, 7, serial);
    }
    fake_context_sync(&slot);
    fake_slot_close(&slot);
    assert_file_has("\"program\": \"fake\", ");
    assert_file_has("\"slot\": 1, \"frames\": 3, \"commands\": 6, ");
    /* CREATE 24, MAKE_CURRENT 48, 3 × (glClearColor 24, glClear 8, SWAP 16), SYNC 8. */
    assert_file_has("\"bytes\": 224, ");
    assert_file_has("\"round_trips\": 2, "
                    "\"round_trips_by_command\": {\"CONTEXT_CREATE\": 1, \"SYNC\": 1}, ");
    fake_guest_disconnect(&guest);
    test_server_stop(&server);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The session's description of the host, honest and not. */
#include <criterion/criterion.h>
#include <string.h>

#include "fake_host.h"
#include "guest/common/session.h"

static struct fake_host host;

/* Stands in for port_open.c: sessions of this test all reach the fake host. */
struct port *port_open(struct port_error *error)
{
    return &host.port;
}

static struct {
    struct trireme_session_info info;
    struct trireme_config configs[2];
    char strings[8];
} description;

static void start(void)
{
    fake_host_start(&host);
    description.info = (struct trireme_session_info){.configs = 2,
                                                     .max_core = 0x403,
                                                     .max_compat = 0x403,
                                                     .vendor_bytes = 4,
                                                     .renderer_bytes = 4};
    description.configs[1].id = 42;
    memcpy(description.strings, "MesaPipe", 8);
    host.info = &description;
    host.info_bytes = sizeof description;
}

static void stop(void)
{
    fake_host_stop(&host);
}

TestSuite(session, .init = start, .fini = stop, .timeout = 60);

Test(session, learns_about_the_host)
{
    struct port_error error;
    struct session *session = session_open(0x1234, &error);
    cr_assert_not_null(session, "%s", error.text);
    cr_expect_eq(session->info.configs, 2);
    cr_expect_eq(session->configs[1].id, 42);
    cr_expect_str_eq(session->vendor, "Mesa");
    cr_expect_str_eq(session->renderer, "Pipe");
    cr_expect_eq(session->slot.page->request.gl_opcodes, 0x1234);
    cr_expect_eq(session_new_drawable(session), 1);
    cr_expect_eq(session_new_drawable(session), 2);
    session_destroy(session, false);
    cr_expect_eq(host.frees, 1);
}

static void expect_failure(const char *part)
{
    struct port_error error = {.text = ""};
    cr_expect_null(session_open(0, &error));
    cr_expect(strstr(error.text, part), "\"%s\" lacks \"%s\"", error.text, part);
}

Test(session, counts_beyond_the_reply_are_damage)
{
    description.info.configs = 3;
    expect_failure("damaged");
    description.info.configs = 0x20000000;
    expect_failure("damaged");
    description.info.configs = 2;
    description.info.renderer_bytes = 0xfffffff0;
    expect_failure("damaged");
}

Test(session, a_short_reply_is_none)
{
    host.info_bytes = 4;
    expect_failure("did not describe itself");
}

Test(session, contexts_name_their_session)
{
    struct port_error error;
    struct slot slot;
    struct session *session = session_open(0, &error);
    cr_assert_not_null(session);
    cr_assert(session_open_context(session, &slot, FAKE_RING, 2 * FAKE_RING, &error), "%s",
              error.text);
    cr_expect_eq(slot.page->request.role, TRIREME_ROLE_CONTEXT);
    cr_expect_eq(slot.page->request.session_slot, session->slot.number);
    cr_expect_eq(slot.page->request.session_serial, session->slot.serial);
    cr_expect_eq(slot.page->request.ring_size, FAKE_RING);
    cr_expect_eq(slot.page->request.reply_size, 2 * FAKE_RING);
    slot_close(&slot);
    session_destroy(session, false);
}

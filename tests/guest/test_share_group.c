/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of LEAVE and WAIT records in the rings of contexts that share objects. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "fake_host.h"
#include "guest/common/encoder_link.h"
#include "guest/common/share_group.h"

static struct fake_host host;
static struct share_group *group;

_Thread_local struct gl_encoder *trireme_current_encoder = &gl_null_encoder;

struct member {
    struct slot slot;
    struct gl_encoder encoder;
    struct share_member member;
    struct ring_consumer records;
};

static struct member first, second, third;

static void join(struct member *member)
{
    const struct slot_wanted wanted = {.role = TRIREME_ROLE_CONTEXT};
    struct port_error error;
    cr_assert(slot_open(&member->slot, &host.port, &wanted, &error), "%s", error.text);
    encoder_link_init(&member->encoder, &member->slot);
    share_group_join(group, &member->member, &member->slot);
    ring_consumer_init(&member->records, member->slot.ring, member->slot.ring_size,
                       &member->slot.page->tail, &member->slot.page->head);
}

static void start(void)
{
    fake_host_start(&host);
    group = share_group_create(1);
    join(&first);
    join(&second);
}

static void stop(void)
{
    fake_host_stop(&host);
}

TestSuite(share_group, .init = start, .fini = stop, .timeout = 30);

/* All records that the member has written since the last call: "leave 1; wait 0/1;". */
static const char *written(struct member *member)
{
    static char text[512];
    struct trireme_record header;
    const uint8_t *record;
    size_t length = 0;
    gl_encoder_flush(&member->encoder);
    text[0] = '\0';
    while (ring_consumer_next(&member->records, &header, &record) == RING_RECORD) {
        const struct trireme_leave *leave = (const void *)record;
        const struct trireme_wait *wait = (const void *)record;
        length +=
            (size_t)(header.opcode == TRIREME_OP_LEAVE
                         ? snprintf(text + length, sizeof text - length, "leave %u;", leave->number)
                         : snprintf(text + length, sizeof text - length, "wait %u/%u;", wait->slot,
                                    wait->number));
        cr_assert(header.opcode == TRIREME_OP_LEAVE || header.opcode == TRIREME_OP_WAIT);
        cr_assert(header.opcode == TRIREME_OP_LEAVE || wait->serial == 1);
        ring_consumer_advance(&member->records, header.units * TRIREME_RECORD_UNIT);
    }
    return text;
}

static void leave(struct member *member)
{
    share_group_leave(&member->member, &member->encoder);
}

static void catch_up(struct member *member)
{
    share_group_catch_up(&member->member, &member->encoder);
}

Test(share_group, waits_for_what_others_left)
{
    leave(&first);
    catch_up(&second);
    cr_expect_str_eq(written(&first), "leave 1;");
    cr_expect_str_eq(written(&second), "wait 0/1;");
}

Test(share_group, leave_is_published_at_once)
{
    leave(&first);
    cr_expect_eq(first.slot.page->tail, sizeof(struct trireme_leave));
}

Test(share_group, waits_once_for_each)
{
    leave(&first);
    catch_up(&second);
    catch_up(&second);
    cr_expect_str_eq(written(&second), "wait 0/1;");
    leave(&first);
    leave(&first);
    catch_up(&second);
    cr_expect_str_eq(written(&second), "wait 0/3;", "the last one covers those before it");
}

Test(share_group, nobody_waits_for_himself)
{
    leave(&first);
    catch_up(&first);
    cr_expect_str_eq(written(&first), "leave 1;");
    leave(&second);
    leave(&first);
    catch_up(&first);
    cr_expect_str_eq(written(&first), "leave 2;wait 1/1;");
}

Test(share_group, newcomer_waits_for_all_before_it)
{
    leave(&first);
    leave(&second);
    leave(&second);
    join(&third);
    cr_expect(share_group_has_others(&third.member));
    catch_up(&third);
    const char *text = written(&third);
    cr_expect(strstr(text, "wait 0/1;"), "%s", text);
    cr_expect(strstr(text, "wait 1/2;"), "%s", text);
}

Test(share_group, who_has_parted_is_waited_for_no_more)
{
    leave(&first);
    share_group_part(&first.member);
    cr_expect_not(share_group_has_others(&second.member));
    catch_up(&second);
    cr_expect_str_eq(written(&second), "");
}

Test(share_group, slot_with_another_context_is_another)
{
    leave(&first);
    catch_up(&second);
    cr_expect_str_eq(written(&second), "wait 0/1;");
    share_group_part(&first.member);
    /* The next context in the same slot counts from 1 again. */
    join(&third);
    third.member.slot = first.slot.number;
    third.member.serial = 1 + first.slot.serial;
    leave(&third);
    struct trireme_record header;
    const uint8_t *record;
    catch_up(&second);
    gl_encoder_flush(&second.encoder);
    cr_assert_eq(ring_consumer_next(&second.records, &header, &record), RING_RECORD);
    cr_expect_eq(((const struct trireme_wait *)record)->serial, 1 + first.slot.serial);
    cr_expect_eq(((const struct trireme_wait *)record)->number, 1);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of the Windows driver needs no kernel: requests, resources, and who has which slot. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "guest/windows/driver/request.h"
#include "guest/windows/driver/resources.h"
#include "guest/windows/driver/slots.h"

#define SLOTS 4u
#define WINDOW (64u * TRIREME_PAGE)
#define SPACE TRIREME_SPACE_OFFSET(SLOTS)
#define RANGE(slot_, offset_, bytes_)                                                              \
    &(struct driver_request)                                                                       \
    {                                                                                              \
        .slot = (slot_), .offset = (offset_), .bytes = (bytes_)                                    \
    }

static uint8_t window[WINDOW], registers[TRIREME_SLOT_REGISTERS(SLOTS)];
static struct slots slots;
static unsigned mapped, most_mapped;
static const char one, two; /* owners */

static bool map(void *data, bool of_registers, struct user_view *view)
{
    view->address = (uintptr_t)(of_registers ? registers : window) + view->offset;
    return mapped < most_mapped ? ++mapped : false;
}

static void unmap(void *data, struct user_view *view)
{
    mapped--;
}

static struct trireme_slot_page *page(uint32_t slot)
{
    return (void *)(window + TRIREME_SLOT_PAGE_OFFSET(slot));
}

static struct trireme_slot_areas *line(uint32_t slot)
{
    return (void *)(window + TRIREME_AREAS_OFFSET(SLOTS, slot));
}

static uint32_t *doorbell(uint32_t slot)
{
    return (void *)(registers + TRIREME_SLOT_REGISTERS(slot) + TRIREME_REG_DOORBELL);
}

static void start(void)
{
    struct trireme_window_header *header = (void *)window;
    header->features = TRIREME_FEATURE_AREAS;
    header->generation = 77;
    most_mapped = 1000;
    slots.system = (struct slots_system){map, unmap, malloc, free, NULL};
    slots_start(&slots, window, WINDOW, registers, SLOTS);
    memset(registers, 0xff, sizeof registers);
}

static void stop(void)
{
    slots_release_all(&slots, &one);
    slots_release_all(&slots, &two);
    cr_assert_eq(mapped, 0);
    cr_assert_not(slots_in_use(&slots));
}

TestSuite(driver, .init = start, .fini = stop);

static enum driver_status claim(const void *owner, uint32_t slot)
{
    struct trireme_driver_pages pages;
    return slots_claim(&slots, owner, slot, &pages);
}

static void host_gives(uint32_t slot, unsigned use, uint32_t offset, uint32_t bytes)
{
    line(slot)->areas[use] = (struct trireme_area){offset, bytes};
}

static enum driver_status see(const void *owner, uint32_t slot, uint32_t offset, uint32_t bytes)
{
    struct trireme_driver_view view;
    return slots_map(&slots, owner, RANGE(slot, offset, bytes), &view);
}

/* Requests */

Test(driver, codes_that_do_not_exist_are_refused)
{
    struct driver_request request;
    const uint32_t codes[] = {0,
                              1,
                              UINT32_MAX,
                              TRIREME_DRIVER_HEADER - 4,
                              TRIREME_DRIVER_MAP + 4,
                              TRIREME_DRIVER_HEADER | 1,
                              TRIREME_DRIVER_CLAIM | 2,
                              TRIREME_DRIVER_MAP | 3};
    uint8_t in[1024] = {0};
    for (unsigned i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        cr_expect_eq(driver_request_parse(codes[i], in, 8, 1024, &request), DRIVER_UNKNOWN_CODE);
    }
}

Test(driver, sizes_are_those_of_the_protocol)
{
    struct driver_request request;
    const struct {
        uint32_t code, in, out;
    } right[] = {{TRIREME_DRIVER_HEADER, 0, sizeof(struct trireme_driver_header)},
                 {TRIREME_DRIVER_CLAIM, 8, 16},
                 {TRIREME_DRIVER_RELEASE, 8, 0},
                 {TRIREME_DRIVER_MAP, 16, 16}};
    uint8_t in[64] = {0};
    for (unsigned i = 0; i < 4; i++) {
        uint32_t code = right[i].code, size = right[i].in, out = right[i].out;
        cr_expect_eq(driver_request_parse(code, in, size, out, &request), DRIVER_OK);
        cr_expect_eq(driver_request_parse(code, in, size, out + 1, &request), DRIVER_OK);
        cr_expect_eq(driver_request_parse(code, in, size + 1, out, &request), DRIVER_BAD_INPUT);
        cr_expect_eq(driver_request_parse(code, in, UINT32_MAX, out, &request), DRIVER_BAD_INPUT);
        if (size > 0) {
            cr_expect_eq(driver_request_parse(code, in, size - 1, out, &request), DRIVER_BAD_INPUT);
            cr_expect_eq(driver_request_parse(code, NULL, 0, out, &request), DRIVER_BAD_INPUT);
        }
        if (out > 0) {
            cr_expect_eq(driver_request_parse(code, in, size, out - 1, &request),
                         DRIVER_SMALL_OUTPUT);
        }
    }
}

Test(driver, arguments_are_taken_over)
{
    const struct trireme_driver_range in = {.slot = 3, .offset = 4096, .bytes = 17};
    struct driver_request request;
    driver_request_parse(TRIREME_DRIVER_MAP, &in, sizeof in, 16, &request);
    cr_expect_eq(request.code, TRIREME_DRIVER_MAP);
    cr_expect(request.slot == 3 && request.offset == 4096 && request.bytes == 17);
}

/* Resources */

Test(driver, memory_that_is_no_triremes_is_refused)
{
    struct device_resources resources;
    struct device_memory ranges[3] = {{0xfe000000, 512 << 10}, {0xe0000000, 64 << 20}, {0, 4096}};
    cr_expect(device_resources_pick(ranges, 2, &resources));
    cr_expect_eq(resources.window.start, 0xe0000000);
    cr_expect_not(device_resources_pick(ranges, 1, &resources));
    cr_expect_not(device_resources_pick(ranges, 3, &resources));
    cr_expect_not(device_resources_pick(ranges, 0, &resources));
    ranges[0].bytes = TRIREME_PAGE - 1;
    cr_expect_not(device_resources_pick(ranges, 2, &resources));
    ranges[0] = (struct device_memory){0xfe000800, 512 << 10};
    cr_expect_not(device_resources_pick(ranges, 2, &resources));
    ranges[0] = (struct device_memory){0xfe000000, 512 << 10};
    ranges[1].bytes = TRIREME_WINDOW_MIN - 1;
    cr_expect_not(device_resources_pick(ranges, 2, &resources));
    ranges[1].bytes = 2ull * TRIREME_WINDOW_MAX;
    cr_expect_not(device_resources_pick(ranges, 2, &resources));
    ranges[1] = (struct device_memory){0xe0000010, 64 << 20};
    cr_expect_not(device_resources_pick(ranges, 2, &resources));
}

Test(driver, registers_that_say_more_than_there_is_are_refused)
{
    const struct device_resources resources = {{0, TRIREME_SLOT_REGISTERS(16)}, {0, 4 << 20}};
    cr_expect(device_resources_fit(&resources, 16, 4 << 20));
    cr_expect_not(device_resources_fit(&resources, 17, 4 << 20), "registers end");
    cr_expect_not(device_resources_fit(&resources, 0, 4 << 20));
    cr_expect_not(device_resources_fit(&resources, UINT32_MAX, 4 << 20));
    cr_expect_not(device_resources_fit(&resources, 16, 8 << 20), "the window ends");
    cr_expect_not(device_resources_fit(&resources, 16, TRIREME_SPACE_OFFSET(16)), "no space");
    cr_expect_not(device_resources_fit(&resources, 16, (4 << 20) - 1));
}

/* Slots */

Test(driver, a_claimed_slot_is_one_handles_alone)
{
    struct trireme_driver_pages pages;
    cr_assert_eq(slots_claim(&slots, &one, 2, &pages), DRIVER_OK);
    cr_expect_eq(pages.page, (uintptr_t)page(2));
    cr_expect_eq(pages.registers, (uintptr_t)doorbell(2));
    cr_expect_eq(mapped, 2);
    cr_expect_eq(line(2)->held, 1);
    cr_expect_eq(claim(&two, 2), DRIVER_BUSY);
    cr_expect_eq(claim(&one, 2), DRIVER_BUSY);
    cr_expect_eq(slots_release(&slots, &two, 2), DRIVER_NOT_YOURS);
    cr_expect_eq(claim(&two, 1), DRIVER_OK);
}

Test(driver, slots_that_do_not_exist_are_refused)
{
    cr_expect_eq(claim(&one, SLOTS), DRIVER_BAD_INPUT);
    cr_expect_eq(claim(&one, UINT32_MAX), DRIVER_BAD_INPUT);
    cr_expect_eq(slots_release(&slots, &one, SLOTS), DRIVER_NOT_YOURS);
    cr_expect_eq(slots_release(&slots, &one, UINT32_MAX), DRIVER_NOT_YOURS);
    claim(&one, 0);
    cr_expect_eq(slots_release(&slots, &one, TRIREME_MAX_SLOTS), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, UINT32_MAX, SPACE, 1), DRIVER_NOT_YOURS);
}

Test(driver, a_released_slot_is_freed_at_the_host_before_others_get_it)
{
    claim(&one, 1);
    page(1)->request.role = TRIREME_ROLE_CONTEXT;
    page(1)->request.serial = page(1)->answer.serial = 9;
    cr_assert_eq(slots_release(&slots, &one, 1), DRIVER_OK);
    cr_expect_eq(mapped, 0);
    cr_expect_eq(line(1)->held, 0);
    cr_expect_eq(page(1)->request.role, TRIREME_ROLE_NONE);
    cr_expect_eq(page(1)->request.serial, 10);
    cr_expect_eq(*doorbell(1), 0, "rung");
    cr_expect_eq(claim(&two, 1), DRIVER_AGAIN);
    cr_expect_eq(page(1)->request.serial, 10, "asked for once");
    page(1)->answer.serial = 10;
    cr_expect_eq(claim(&two, 1), DRIVER_OK);
}

Test(driver, a_slot_that_another_system_left_open_is_freed_first)
{
    page(0)->request.role = TRIREME_ROLE_SESSION;
    page(0)->request.serial = page(0)->answer.serial = 3;
    cr_expect_eq(claim(&one, 0), DRIVER_AGAIN);
    cr_expect_eq(page(0)->request.role, TRIREME_ROLE_NONE);
    page(0)->answer.serial = page(0)->request.serial;
    cr_expect_eq(claim(&one, 0), DRIVER_OK);
}

Test(driver, a_closed_handle_gives_all_its_slots_back_and_no_other)
{
    claim(&one, 0);
    claim(&two, 1);
    claim(&one, 2);
    slots_release_all(&slots, &one);
    cr_expect_eq(mapped, 2);
    cr_expect_eq(claim(&one, 1), DRIVER_BUSY);
    cr_expect_eq(line(0)->held | line(2)->held, 0);
    cr_expect_eq(line(1)->held, 1);
}

/* What is seen */

Test(driver, a_program_sees_the_areas_of_its_slots_and_nothing_else)
{
    claim(&one, 0);
    claim(&two, 1);
    host_gives(0, TRIREME_AREA_RING, SPACE, 2 * TRIREME_PAGE);
    host_gives(1, TRIREME_AREA_RING, SPACE + 2 * TRIREME_PAGE, TRIREME_PAGE);
    cr_expect_eq(see(&one, 0, SPACE, 2 * TRIREME_PAGE), DRIVER_OK);
    cr_expect_eq(see(&one, 0, SPACE + TRIREME_PAGE, 1), DRIVER_OK);
    cr_expect_eq(see(&one, 0, SPACE, 2 * TRIREME_PAGE + 1), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, 0, SPACE + 1, 2 * TRIREME_PAGE), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, 0, SPACE + 2 * TRIREME_PAGE, 1), DRIVER_NOT_YOURS, "the other's");
    cr_expect_eq(see(&one, 1, SPACE + 2 * TRIREME_PAGE, 1), DRIVER_NOT_YOURS, "the other's");
    cr_expect_eq(see(&two, 1, SPACE + 2 * TRIREME_PAGE, 1), DRIVER_OK);
    cr_expect_eq(see(&one, 0, SPACE - 1, 2), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, 0, SPACE, 0), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, 0, SPACE, UINT32_MAX), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, 0, UINT32_MAX, UINT32_MAX), DRIVER_NOT_YOURS);
    cr_expect_eq(see(&one, 0, 0, TRIREME_PAGE), DRIVER_NOT_YOURS, "the header");
    cr_expect_eq(see(&one, 2, SPACE, 1), DRIVER_NOT_YOURS, "not claimed");
}

Test(driver, what_a_program_writes_into_its_slots_page_changes_nothing)
{
    claim(&one, 0);
    page(0)->answer.ring_offset = page(0)->frames[0].offset = 0;
    page(0)->answer.ring_size = TRIREME_PAGE;
    cr_expect_eq(see(&one, 0, 0, TRIREME_PAGE), DRIVER_NOT_YOURS);
}

Test(driver, a_table_that_leads_out_of_the_space_is_not_followed)
{
    claim(&one, 0);
    const struct trireme_area wrong[] = {{0, TRIREME_PAGE},
                                         {SPACE - TRIREME_PAGE, 2 * TRIREME_PAGE},
                                         {SPACE + 1, TRIREME_PAGE},
                                         {SPACE, TRIREME_PAGE + 1},
                                         {SPACE, WINDOW},
                                         {WINDOW, TRIREME_PAGE},
                                         {0xfffff000, 2 * TRIREME_PAGE}};
    for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        line(0)->areas[2] = wrong[i];
        cr_expect_eq(see(&one, 0, wrong[i].offset, wrong[i].bytes), DRIVER_NOT_YOURS, "%u", i);
    }
}

Test(driver, an_area_is_mapped_once)
{
    struct trireme_driver_view first, second;
    claim(&one, 0);
    host_gives(0, TRIREME_AREA_FRAMES, SPACE, 4 * TRIREME_PAGE);
    slots_map(&slots, &one, RANGE(0, SPACE, 100), &first);
    slots_map(&slots, &one, RANGE(0, SPACE + 5000, 100), &second);
    cr_expect_eq(mapped, 3);
    cr_expect_eq(first.address, second.address);
    cr_expect_eq(second.offset, SPACE);
    cr_expect_eq(second.bytes, 4 * TRIREME_PAGE);
}

Test(driver, views_are_limited)
{
    claim(&one, 0);
    unsigned seen = 0;
    for (uint32_t i = 0; i < SLOT_VIEWS + 3; i++) {
        host_gives(0, TRIREME_AREA_FRAMES, SPACE + i % 40 * TRIREME_PAGE,
                   (1 + i / 40) * TRIREME_PAGE);
        enum driver_status status = see(&one, 0, SPACE + i % 40 * TRIREME_PAGE, 1);
        cr_expect(status == DRIVER_OK || status == DRIVER_NO_MEMORY);
        seen += status == DRIVER_OK;
    }
    cr_expect_eq(seen, SLOT_VIEWS - 2);
}

Test(driver, a_claim_that_cannot_be_mapped_leaves_nothing)
{
    most_mapped = 1;
    cr_expect_eq(claim(&one, 0), DRIVER_NO_MEMORY);
    cr_expect_eq(mapped, 0);
    cr_expect_not(slots_in_use(&slots));
    cr_expect_eq(line(0)->held, 0);
}

Test(driver, a_host_without_the_table_is_too_old)
{
    ((struct trireme_window_header *)window)->features = 0;
    cr_expect_eq(claim(&one, 0), DRIVER_OLD_HOST);
}

Test(driver, a_device_that_went_away_is_not_touched)
{
    struct trireme_driver_header header;
    claim(&one, 0);
    host_gives(0, TRIREME_AREA_RING, SPACE, TRIREME_PAGE);
    slots_stop(&slots);
    cr_expect_eq(slots_header(&slots, &header), DRIVER_NO_DEVICE);
    cr_expect_eq(claim(&one, 1), DRIVER_NO_DEVICE);
    cr_expect_eq(see(&one, 0, SPACE, 1), DRIVER_NO_DEVICE);
    cr_expect(slots_in_use(&slots));
    cr_expect_eq(slots_release(&slots, &one, 0), DRIVER_OK);
    cr_expect_eq(line(0)->held, 1, "not written to");
}

Test(driver, the_header_is_told)
{
    struct trireme_driver_header header;
    *(uint32_t *)(void *)(registers + TRIREME_REG_FEATURES) = TRIREME_FEATURE_WAIT;
    cr_assert_eq(slots_header(&slots, &header), DRIVER_OK);
    cr_expect_eq(header.protocol, TRIREME_DRIVER_PROTOCOL);
    cr_expect_eq(header.window_size, WINDOW);
    cr_expect_eq(header.features, TRIREME_FEATURE_WAIT);
    cr_expect_eq(header.header.generation, 77);
}

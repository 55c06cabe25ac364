/* SPDX-License-Identifier: MIT */
#include "guest/windows/driver/slots.h"

#include <string.h>

#include "ring/shared_memory.h"

static struct trireme_slot_page *slot_page(const struct slots *slots, uint32_t slot)
{
    return (struct trireme_slot_page *)(slots->window + TRIREME_SLOT_PAGE_OFFSET(slot));
}

static struct trireme_slot_areas *slot_areas(const struct slots *slots, uint32_t slot)
{
    return (struct trireme_slot_areas *)(slots->window + TRIREME_AREAS_OFFSET(slots->slots, slot));
}

static uint32_t load(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static void hold(struct slots *slots, uint32_t slot, uint32_t held)
{
    __atomic_store_n(&slot_areas(slots, slot)->held, held, __ATOMIC_RELEASE);
    ring_fence();
}

void slots_start(struct slots *slots, uint8_t *window, uint32_t window_size, uint8_t *registers,
                 uint32_t number)
{
    slots->window = window;
    slots->window_size = window_size;
    slots->registers = registers;
    slots->slots = number;
}

void slots_stop(struct slots *slots)
{
    slots->window = NULL;
}

bool slots_in_use(const struct slots *slots)
{
    for (uint32_t slot = 0; slot < TRIREME_MAX_SLOTS; slot++) {
        if (slots->claims[slot]) {
            return true;
        }
    }
    return false;
}

enum driver_status slots_header(const struct slots *slots, struct trireme_driver_header *header)
{
    if (!slots->window) {
        return DRIVER_NO_DEVICE;
    }
    memset(header, 0, sizeof *header);
    header->protocol = TRIREME_DRIVER_PROTOCOL;
    header->window_size = slots->window_size;
    header->features = *(volatile uint32_t *)(slots->registers + TRIREME_REG_FEATURES);
    ring_copy_once(&header->header, slots->window, sizeof header->header);
    return DRIVER_OK;
}

/* Puts one more view into the program. NULL: there is no room for it. */
static struct user_view *add_view(struct slots *slots, struct slot_claim *claim, bool registers,
                                  uint32_t offset, uint32_t bytes)
{
    struct user_view *view = &claim->views[claim->count];
    if (claim->count == SLOT_VIEWS) {
        return NULL;
    }
    *view = (struct user_view){.offset = offset, .bytes = bytes};
    if (!slots->system.map(slots->system.data, registers, view)) {
        return NULL;
    }
    claim->count++;
    return view;
}

/* Frees a slot at the host as a guest's library does (struct trireme_slot_request). */
static void request_free(struct slots *slots, uint32_t slot)
{
    struct trireme_slot_request *request = &slot_page(slots, slot)->request;
    request->role = TRIREME_ROLE_NONE;
    __atomic_store_n(&request->serial, load(&request->serial) + 1, __ATOMIC_RELEASE);
    ring_fence();
    *(volatile uint32_t *)(slots->registers + TRIREME_SLOT_REGISTERS(slot) + TRIREME_REG_DOORBELL) =
        0;
}

static void release(struct slots *slots, uint32_t slot)
{
    struct slot_claim *claim = slots->claims[slot];
    while (claim->count > 0) {
        slots->system.unmap(slots->system.data, &claim->views[--claim->count]);
    }
    slots->claims[slot] = NULL;
    slots->system.free(claim);
    if (slots->window && slot < slots->slots) {
        hold(slots, slot, 0);
        request_free(slots, slot);
    }
}

/* The host has answered what the slot's last owner asked: nothing of it is left there. */
static bool is_free(const struct slots *slots, uint32_t slot)
{
    const struct trireme_slot_page *page = slot_page(slots, slot);
    return load(&page->request.serial) == load(&page->answer.serial) &&
           load(&page->request.role) == TRIREME_ROLE_NONE;
}

enum driver_status slots_claim(struct slots *slots, const void *owner, uint32_t slot,
                               struct trireme_driver_pages *pages)
{
    if (!slots->window) {
        return DRIVER_NO_DEVICE;
    }
    if (!(load(&((struct trireme_window_header *)slots->window)->features) &
          TRIREME_FEATURE_AREAS)) {
        return DRIVER_OLD_HOST;
    }
    if (slot >= slots->slots) {
        return DRIVER_BAD_INPUT;
    }
    if (slots->claims[slot]) {
        return DRIVER_BUSY;
    }
    if (!is_free(slots, slot)) {
        /* What ran before this driver, or another system, may have left it open. */
        if (load(&slot_page(slots, slot)->request.role) != TRIREME_ROLE_NONE) {
            request_free(slots, slot);
        }
        return DRIVER_AGAIN;
    }
    struct slot_claim *claim = slots->system.allocate(sizeof *claim);
    if (!claim) {
        return DRIVER_NO_MEMORY;
    }
    claim->owner = owner;
    claim->count = 0;
    slots->claims[slot] = claim;
    hold(slots, slot, 1);
    struct user_view *page =
        add_view(slots, claim, false, TRIREME_SLOT_PAGE_OFFSET(slot), TRIREME_PAGE);
    struct user_view *registers =
        page ? add_view(slots, claim, true, TRIREME_SLOT_REGISTERS(slot), TRIREME_PAGE) : NULL;
    if (!registers) {
        release(slots, slot);
        return DRIVER_NO_MEMORY;
    }
    pages->page = page->address;
    pages->registers = registers->address;
    return DRIVER_OK;
}

static struct slot_claim *claim_of(const struct slots *slots, const void *owner, uint32_t slot)
{
    struct slot_claim *claim = slot < TRIREME_MAX_SLOTS ? slots->claims[slot] : NULL;
    return claim && claim->owner == owner ? claim : NULL;
}

enum driver_status slots_release(struct slots *slots, const void *owner, uint32_t slot)
{
    if (!claim_of(slots, owner, slot)) {
        return DRIVER_NOT_YOURS;
    }
    release(slots, slot);
    return DRIVER_OK;
}

void slots_release_all(struct slots *slots, const void *owner)
{
    for (uint32_t slot = 0; slot < TRIREME_MAX_SLOTS; slot++) {
        if (claim_of(slots, owner, slot)) {
            release(slots, slot);
        }
    }
}

/* A range that begins before the area has a difference that is far too large. */
static bool covers(const struct trireme_area *area, const struct driver_request *range)
{
    return range->bytes > 0 && range->bytes <= area->bytes &&
           range->offset - area->offset <= area->bytes - range->bytes;
}

/* The slot's area that holds the range, as the host's table has it. */
static bool find_area(const struct slots *slots, const struct driver_request *range,
                      struct trireme_area *area)
{
    const struct trireme_area *table = slot_areas(slots, range->slot)->areas;
    uint32_t space = TRIREME_SPACE_OFFSET(slots->slots);
    for (uint32_t use = 0; use < TRIREME_AREAS; use++) {
        area->bytes = load(&table[use].bytes);
        area->offset = load(&table[use].offset);
        if (area->bytes == load(&table[use].bytes) && covers(area, range) &&
            area->offset % TRIREME_PAGE == 0 && area->bytes % TRIREME_PAGE == 0 &&
            area->offset >= space && area->offset <= slots->window_size &&
            area->bytes <= slots->window_size - area->offset) {
            return true;
        }
    }
    return false;
}

/* The view that shows this area already. */
static const struct user_view *find_view(const struct slot_claim *claim,
                                         const struct trireme_area *area)
{
    /* The first two are the slot's pages. */
    for (uint32_t i = 2; i < claim->count; i++) {
        if (claim->views[i].offset == area->offset && claim->views[i].bytes == area->bytes) {
            return &claim->views[i];
        }
    }
    return NULL;
}

enum driver_status slots_map(struct slots *slots, const void *owner,
                             const struct driver_request *range, struct trireme_driver_view *view)
{
    struct slot_claim *claim = claim_of(slots, owner, range->slot);
    struct trireme_area area;
    if (!slots->window) {
        return DRIVER_NO_DEVICE;
    }
    if (!claim || !find_area(slots, range, &area)) {
        return DRIVER_NOT_YOURS;
    }
    const struct user_view *found = find_view(claim, &area);
    if (!found) {
        found = add_view(slots, claim, false, area.offset, area.bytes);
    }
    if (!found) {
        return DRIVER_NO_MEMORY;
    }
    *view = (struct trireme_driver_view){
        .address = found->address,
        .offset = found->offset,
        .bytes = found->bytes,
    };
    return DRIVER_OK;
}

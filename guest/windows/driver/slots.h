/* SPDX-License-Identifier: MIT */
/*
 * Who has which slot, and what of the window each slot's program sees: the slot's page, its page of
 * registers, and the areas that the host's table (struct trireme_slot_areas) gives the slot. The
 * slot's page is not asked, since the program can write there. Nothing that the program sees is
 * taken back before the slot is released; the host gives none of it to another slot until then.
 *
 * Not thread-safe: the driver's lock guards it.
 */
#ifndef TRIREME_DRIVER_SLOTS_H
#define TRIREME_DRIVER_SLOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "guest/windows/driver/request.h"

/* A slot has its two pages, two rings, and frames, which move when they grow: each time at least to
 * twice the size. */
#define SLOT_VIEWS 48u

/* Device memory as a program sees it. */
struct user_view {
    uint64_t address;
    uint32_t offset, bytes; /* in the window, or of registers */
    void *system[2];        /* the implementation's */
};

/* What slots.c needs of a system. */
struct slots_system {
    /* Puts the memory into the program that is running; bytes and offset are whole pages. */
    bool (*map)(void *data, bool registers, struct user_view *view);
    void (*unmap)(void *data, struct user_view *view);
    void *(*allocate)(size_t bytes);
    void (*free)(void *memory);
    void *data;
};

struct slot_claim {
    const void *owner; /* a handle of a program's */
    uint32_t count;
    struct user_view views[SLOT_VIEWS];
};

struct slots {
    struct slots_system system;
    uint8_t *window;    /* up to the space for rings; NULL: there is no device */
    uint8_t *registers; /* all */
    uint32_t window_size;
    uint32_t slots;
    struct slot_claim *claims[TRIREME_MAX_SLOTS]; /* NULL: free */
};

/* The device is there; nobody has a slot. */
void slots_start(struct slots *slots, uint8_t *window, uint32_t window_size, uint8_t *registers,
                 uint32_t number);
/* The device goes. What programs see of it stays in their memory until they release it. */
void slots_stop(struct slots *slots);
bool slots_in_use(const struct slots *slots);

enum driver_status slots_header(const struct slots *slots, struct trireme_driver_header *header);
enum driver_status slots_claim(struct slots *slots, const void *owner, uint32_t slot,
                               struct trireme_driver_pages *pages);
enum driver_status slots_release(struct slots *slots, const void *owner, uint32_t slot);
enum driver_status slots_map(struct slots *slots, const void *owner,
                             const struct driver_request *range, struct trireme_driver_view *view);

/* In the memory of the program that claimed them. */
void slots_release_all(struct slots *slots, const void *owner);

#endif

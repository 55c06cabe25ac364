/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest as tests want it: it speaks the local transport and writes records by hand, well-behaved
 * or not. Everything asserts that the server answers within some seconds.
 */
#ifndef TRIREME_FAKE_GUEST_H
#define TRIREME_FAKE_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "ring/abi.h"
#include "ring/command_ring.h"
#include "ring/control.h"

struct fake_guest {
    int socket;
    uint8_t *window;
    uint64_t window_size;
    uint32_t slots;
    int doorbells[TRIREME_MAX_SLOTS];
};

/* Connects as a local program with `slots` slots and a window of `window_size` (0: defaults). */
void fake_guest_connect(struct fake_guest *guest, const char *socket_path, uint32_t slots,
                        uint64_t window_size);
void fake_guest_disconnect(struct fake_guest *guest);

struct fake_slot {
    struct fake_guest *guest;
    uint32_t number, serial;
    struct trireme_slot_page *page;
    struct ring_producer commands;
    struct ring_consumer replies;
};

/* A request that will be accepted, to be spoilt by the test. */
struct trireme_slot_request fake_request(enum trireme_slot_role role);
/* Posts the request and waits for the answer, whose state it returns. */
enum trireme_slot_state fake_slot_ask(struct fake_slot *slot, struct fake_guest *guest,
                                      uint32_t number, const struct trireme_slot_request *request);

void fake_slot_open_session(struct fake_slot *slot, struct fake_guest *guest, uint32_t number);
/* With the smallest rings. */
void fake_slot_open_context(struct fake_slot *slot, struct fake_guest *guest, uint32_t number,
                            const struct fake_slot *session);
void fake_slot_close(struct fake_slot *slot);

/* Copies a record of `bytes`, header and all, into the ring; units are set. */
void fake_slot_put(struct fake_slot *slot, const void *record, uint32_t bytes);
/* An OpenGL command of one 32-bit argument, or of none. */
void fake_slot_call(struct fake_slot *slot, uint16_t opcode, uint32_t argument);
void fake_slot_flush(struct fake_slot *slot);
void fake_slot_doorbell(struct fake_slot *slot);

/* The next whole reply: copies up to `size` bytes, returns its length. */
uint32_t fake_slot_reply(struct fake_slot *slot, uint16_t opcode, void *bytes, uint32_t size);

bool fake_slot_becomes(struct fake_slot *slot, enum trireme_slot_state state);

/* CONTEXT_CREATE in that share group; returns the reply's error. */
uint32_t fake_context_create(struct fake_slot *slot, uint32_t share_group);
/* Current to a window with an 8-bit RGB configuration, depth 24 unless that is 0. */
void fake_context_make_current(struct fake_slot *slot, uint32_t config, uint32_t drawable,
                               uint32_t width, uint32_t height);
void fake_context_clear(struct fake_slot *slot, float red, float green, float blue);
/* Swaps and waits; the frame as it lies in the window. */
struct trireme_frame fake_context_swap(struct fake_slot *slot, uint32_t drawable, uint32_t serial);
/* The same with TRIREME_SWAP_FRONT. */
struct trireme_frame fake_context_show_front(struct fake_slot *slot, uint32_t drawable,
                                             uint32_t serial);
const uint32_t *fake_frame_pixels(const struct fake_slot *slot, const struct trireme_frame *frame);
void fake_context_leave(struct fake_slot *slot, uint32_t number);
void fake_context_wait(struct fake_slot *slot, const struct fake_slot *other, uint32_t number);
/* SYNC and its reply: everything before is executed. */
void fake_context_sync(struct fake_slot *slot);
/* Executes and waits for a GL command that takes one 32-bit argument and returns a value. */
uint32_t fake_context_call(struct fake_slot *slot, uint16_t opcode, uint32_t argument);
/* glGetIntegerv of a single value. */
int32_t fake_context_get_integer(struct fake_slot *slot, uint32_t name);

/* Configuration of the host with these sizes; asserts that there is one. */
uint32_t fake_session_find_config(struct fake_slot *session, uint8_t depth, uint8_t samples);

#endif

/* SPDX-License-Identifier: MIT */
#include "guest/common/slot.h"

#include <stdio.h>
#include <string.h>

#include "guest/common/message.h"
#include "guest/common/system.h"
#include "ring/records.h"
#include "ring/shared_memory.h"

/* What the server may take to open a slot: an EGL display may have to be initialised first. */
#define OPEN_TIMEOUT_US 20000000u
/* And to close one, which it also does alone: nobody needs to wait for long. */
#define CLOSE_TIMEOUT_US 1000000u
#define WAIT_STEP_US 50000u

static uint32_t load(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static uint32_t answered_serial(const struct slot *slot)
{
    return load(&slot->page->answer.serial);
}

/* Writes the request and its serial last, and wakes the server. */
static void post_request(struct slot *slot, const struct slot_wanted *wanted)
{
    struct trireme_slot_request *request = &slot->page->request;
    request->role = wanted->role;
    request->version = TRIREME_ABI_VERSION;
    request->gl_opcodes = wanted->gl_opcodes;
    request->ring_size = wanted->ring_size;
    request->reply_size = wanted->reply_size;
    request->session_slot = wanted->session_slot;
    request->session_serial = wanted->session_serial;
    request->process = system_process_id();
    memset(request->program, 0, sizeof request->program);
    snprintf(request->program, sizeof request->program, "%s", system_program_name());

    slot->serial = load(&request->serial) + 1;
    __atomic_store_n(&request->serial, slot->serial, __ATOMIC_RELEASE);
    ring_fence();
    slot_doorbell(slot, 0);
}

/* While `waiting` is set the server wakes those who sleep on completions. */
static void sleep_while(struct slot *slot, uint32_t seen, uint32_t timeout_us)
{
    __atomic_fetch_add(&slot->page->waiting, 1, __ATOMIC_SEQ_CST);
    slot->port->ops->wait(slot->port, slot->number, seen, timeout_us);
    __atomic_fetch_sub(&slot->page->waiting, 1, __ATOMIC_SEQ_CST);
}

static bool wait_for_answer(struct slot *slot, uint32_t timeout_us)
{
    uint64_t deadline = system_now_us() + timeout_us;
    for (;;) {
        uint32_t seen = slot_completions(slot);
        if (answered_serial(slot) == slot->serial) {
            return true;
        }
        if (!port_usable(slot->port, slot->generation) || system_now_us() >= deadline) {
            return false;
        }
        sleep_while(slot, seen, WAIT_STEP_US);
    }
}

/* The request line of a slot nobody holds says that it is in use: its process died. */
static bool left_in_use(const struct slot *slot)
{
    return load(&slot->page->request.role) != TRIREME_ROLE_NONE ||
           load(&slot->page->request.serial) != answered_serial(slot);
}

static bool request_free(struct slot *slot, uint32_t timeout_us)
{
    post_request(slot, &(struct slot_wanted){.role = TRIREME_ROLE_NONE});
    return wait_for_answer(slot, timeout_us);
}

static bool attach(struct slot *slot, struct port *port)
{
    int number = port_claim_slot(port);
    memset(slot, 0, sizeof *slot);
    if (number < 0) {
        return false;
    }
    slot->port = port;
    slot->number = (uint32_t)number;
    slot->page = port_slot_page(port, slot->number);
    slot->generation = load(&port_header(port)->generation);
    return true;
}

static bool ring_fits(const struct port *port, uint32_t offset, uint32_t size)
{
    return size >= TRIREME_PAGE && size <= TRIREME_RING_MAX && (size & (size - 1)) == 0 &&
           offset % TRIREME_RECORD_UNIT == 0 && offset >= TRIREME_SPACE_OFFSET(port->slots) &&
           (uint64_t)offset + size <= port->window_size;
}

static enum port_fault fault_of(uint32_t refusal)
{
    switch (refusal) {
    case TRIREME_REFUSAL_VERSION:
        return PORT_FAULT_VERSION;
    case TRIREME_REFUSAL_SPACE:
        return PORT_FAULT_FULL;
    default:
        return PORT_FAULT_HOST;
    }
}

/* Sets the rings up as the server's answer says; false: it did not agree, or talks nonsense. */
static bool take_answer(struct slot *slot, struct port_error *error)
{
    struct trireme_slot_answer answer;
    ring_copy_once(&answer, &slot->page->answer, sizeof answer);
    answer.message[sizeof answer.message - 1] = '\0';
    if (answer.state != TRIREME_SLOT_OPEN) {
        port_error_set(error, "the host refused: %s",
                       answer.message[0] ? answer.message
                                         : "no reason given, see the server's log");
        error->fault = fault_of(answer.refusal);
        return false;
    }
    if (!ring_fits(slot->port, answer.ring_offset, answer.ring_size) ||
        !ring_fits(slot->port, answer.reply_offset, answer.reply_size)) {
        port_error_set(error, "the host answered with rings outside of the window: are the guest "
                              "library and the server of one version?");
        return false;
    }
    slot->ring = port_memory(slot->port, slot->number, answer.ring_offset, answer.ring_size);
    slot->ring_size = answer.ring_size;
    slot->reply_ring =
        port_memory(slot->port, slot->number, answer.reply_offset, answer.reply_size);
    slot->reply_size = answer.reply_size;
    if (!slot->ring || !slot->reply_ring) {
        port_error_set(error, "the driver does not map the slot's rings: are driver, guest library "
                              "and server of one version?");
        return false;
    }
    return true;
}

bool slot_open(struct slot *slot, struct port *port, const struct slot_wanted *wanted,
               struct port_error *error)
{
    if (!attach(slot, port)) {
        port_error_set(error,
                       "all %u slots are in use: close a program, or give the device more "
                       "with slots=",
                       port->slots);
        error->fault = PORT_FAULT_FULL;
        return false;
    }
    if (left_in_use(slot) && !request_free(slot, CLOSE_TIMEOUT_US)) {
        message_debug("slot %u: the server does not free it", slot->number);
    }
    __atomic_store_n(&slot->page->tail, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&slot->page->reply_head, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&slot->page->waiting, 0, __ATOMIC_RELAXED);
    post_request(slot, wanted);
    if (!wait_for_answer(slot, OPEN_TIMEOUT_US)) {
        port_error_set(error, port_usable(port, slot->generation)
                                  ? "the server on the host does not answer: see its log"
                                  : "the server on the host is gone: see its log");
    } else if (take_answer(slot, error)) {
        message_debug("slot %u open: ring %u bytes", slot->number, slot->ring_size);
        return true;
    }
    slot_close(slot);
    return false;
}

void slot_close(struct slot *slot)
{
    if (port_usable(slot->port, slot->generation)) {
        request_free(slot, CLOSE_TIMEOUT_US);
    } else {
        slot->page->request.role = TRIREME_ROLE_NONE;
    }
    port_release_slot(slot->port, slot->number);
    slot->lost = true;
}

void slot_reclaim_dead(struct port *port)
{
    /* Where only parts are mapped, a driver frees them. */
    for (uint32_t number = 0; port->window && number < port->slots; number++) {
        struct slot slot = {
            .port = port,
            .number = number,
            .page = port_slot_page(port, number),
            .generation = load(&port_header(port)->generation),
        };
        if (port->taken[number] || !left_in_use(&slot) || !port->ops->lock ||
            !port->ops->lock(port, number)) {
            continue;
        }
        /* Looked at again under the lock: another newcomer may have been faster. */
        if (left_in_use(&slot)) {
            message_debug("slot %u: its process died, freeing it", number);
            request_free(&slot, CLOSE_TIMEOUT_US);
        }
        port->ops->unlock(port, number);
    }
}

bool slot_lost(struct slot *slot)
{
    if (__atomic_load_n(&slot->lost, __ATOMIC_RELAXED)) {
        return true;
    }
    if (answered_serial(slot) != slot->serial ||
        load(&slot->page->answer.state) != TRIREME_SLOT_OPEN ||
        !port_usable(slot->port, slot->generation)) {
        __atomic_store_n(&slot->lost, true, __ATOMIC_RELAXED);
        return true;
    }
    return false;
}

void slot_doorbell(struct slot *slot, uint32_t position)
{
    port_count_exit(slot->port);
    slot->port->ops->doorbell(slot->port, slot->number, position);
}

bool slot_wait(struct slot *slot, uint32_t seen, uint32_t timeout_us)
{
    if (slot_completions(slot) == seen) {
        sleep_while(slot, seen, timeout_us);
    }
    /* Somebody who still counts is alive; the full check costs a system call. */
    if (slot_completions(slot) != seen && load(&slot->page->answer.state) == TRIREME_SLOT_OPEN) {
        return true;
    }
    return !slot_lost(slot);
}

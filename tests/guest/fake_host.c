/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fake_host.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ring/command_ring.h"
#include "ring/completion.h"

static struct fake_host *host_of(struct port *port)
{
    return (struct fake_host *)port;
}

static void doorbell(struct port *port, uint32_t slot, uint32_t position)
{
    __atomic_fetch_add(&host_of(port)->doorbells, 1, __ATOMIC_SEQ_CST);
}

static void wait_for(struct port *port, uint32_t slot, uint32_t seen, uint32_t timeout_us)
{
    completion_wait(&port_slot_page(port, slot)->completions, seen, timeout_us);
}

static bool alive(struct port *port)
{
    return true;
}

static bool lock_slot(struct port *port, uint32_t slot)
{
    struct fake_host *host = host_of(port);
    if (host->locked & (1u << slot)) {
        return false;
    }
    host->own_locks |= 1u << slot;
    return true;
}

static void unlock_slot(struct port *port, uint32_t slot)
{
    host_of(port)->own_locks &= ~(1u << slot);
}

static void destroy(struct port *port, bool forked)
{
}

static const struct port_ops ops = {
    .doorbell = doorbell,
    .wait = wait_for,
    .alive = alive,
    .lock = lock_slot,
    .unlock = unlock_slot,
    .destroy = destroy,
};

struct trireme_slot_page *fake_host_page(struct fake_host *host, uint32_t slot)
{
    return port_slot_page(&host->port, slot);
}

static void answer_request(struct fake_host *host, uint32_t slot, uint32_t serial)
{
    struct trireme_slot_page *page = fake_host_page(host, slot);
    struct trireme_slot_answer *answer = &page->answer;
    uint32_t space = TRIREME_SPACE_OFFSET(FAKE_SLOTS) + slot * 2 * FAKE_RING;
    answer->ring_offset = host->mood == FAKE_NONSENSE ? FAKE_WINDOW - 8 : space;
    answer->reply_offset = space + FAKE_RING;
    answer->ring_size = answer->reply_size = FAKE_RING;
    if (page->request.role == TRIREME_ROLE_NONE) {
        host->frees++;
        answer->state = TRIREME_SLOT_FREE;
    } else if (host->mood == FAKE_REFUSING) {
        strcpy(answer->message, "no, because");
        answer->refusal = host->refusal;
        answer->state = TRIREME_SLOT_REFUSED;
    } else {
        page->head = page->reply_tail = page->frames_done = 0;
        answer->state = TRIREME_SLOT_OPEN;
    }
    __atomic_store_n(&answer->serial, serial, __ATOMIC_RELEASE);
    completion_signal(page, NULL);
}

/* The first record of a session's ring is SESSION_INFO. */
static void answer_info(struct fake_host *host, uint32_t slot)
{
    struct trireme_slot_page *page = fake_host_page(host, slot);
    struct ring_producer replies;
    uint32_t bytes = ((uint32_t)sizeof(struct trireme_reply) + host->info_bytes + 7) & ~7u;
    struct trireme_reply reply = {
        .record = {.opcode = TRIREME_OP_SESSION_INFO, .units = (uint16_t)(bytes / 8)},
        .bytes = host->info_bytes,
    };
    ring_producer_init(&replies, host->port.window + page->answer.reply_offset, FAKE_RING,
                       &page->reply_tail, &page->reply_head);
    while (ring_producer_refill(&replies, bytes) != RING_ROOM) {
    }
    uint8_t *place = ring_producer_reserve(&replies, bytes);
    memcpy(place, &reply, sizeof reply);
    memcpy(place + sizeof reply, host->info, host->info_bytes);
    ring_producer_commit(&replies, bytes);
    ring_producer_publish(&replies, NULL);
    page->head = page->tail;
    completion_signal(page, NULL);
}

static void *host_main(void *data)
{
    struct fake_host *host = data;
    while (!__atomic_load_n(&host->stop, __ATOMIC_ACQUIRE)) {
        for (uint32_t slot = 0; slot < FAKE_SLOTS && host->mood != FAKE_SILENT; slot++) {
            struct trireme_slot_page *page = fake_host_page(host, slot);
            uint32_t serial = __atomic_load_n(&page->request.serial, __ATOMIC_ACQUIRE);
            if (serial != page->answer.serial) {
                answer_request(host, slot, serial);
            } else if (page->request.role == TRIREME_ROLE_SESSION && page->head == 0 &&
                       __atomic_load_n(&page->tail, __ATOMIC_ACQUIRE) != 0) {
                answer_info(host, slot);
            }
        }
        usleep(200);
    }
    return NULL;
}

void fake_host_start(struct fake_host *host)
{
    memset(host, 0, sizeof *host);
    host->port.ops = &ops;
    host->port.window = aligned_alloc(TRIREME_PAGE, FAKE_WINDOW);
    memset(host->port.window, 0, FAKE_WINDOW);
    host->port.window_size = FAKE_WINDOW;
    host->port.slots = FAKE_SLOTS;
    *port_header(&host->port) = (struct trireme_window_header){
        .magic = TRIREME_MAGIC,
        .version = TRIREME_ABI_VERSION,
        .slots = FAKE_SLOTS,
        .window_size = FAKE_WINDOW,
        .server_state = TRIREME_SERVER_RUNNING,
        .generation = 7,
    };
    pthread_create(&host->thread, NULL, host_main, host);
}

void fake_host_stop(struct fake_host *host)
{
    __atomic_store_n(&host->stop, true, __ATOMIC_RELEASE);
    pthread_join(host->thread, NULL);
    free(host->port.window);
}

void fake_host_die(struct fake_host *host)
{
    host->mood = FAKE_SILENT;
    __atomic_store_n(&port_header(&host->port)->server_state, TRIREME_SERVER_ABSENT,
                     __ATOMIC_RELEASE);
}

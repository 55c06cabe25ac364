/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/reply.h"

#include <string.h>

#include "ring/completion.h"
#include "ring/reader_sleep.h"

/* For guests that forget to ring. */
#define REPLY_SLEEP_MS 100

void reply_writer_init(struct reply_writer *writer, const struct render_slot *slot,
                       bool (*sleep)(void *data, int milliseconds), void *data)
{
    memset(writer, 0, sizeof *writer);
    writer->slot = slot;
    writer->sleep = sleep;
    writer->data = data;
    ring_producer_init(&writer->ring, slot->reply_ring, slot->reply_size, &slot->page->reply_tail,
                       &slot->page->reply_head);
}

static void publish(struct reply_writer *writer)
{
    ring_producer_publish(&writer->ring, NULL);
    completion_signal(writer->slot->page, render_slot_waiters(writer->slot));
}

/* The ring was full with the head as it was `seen`; garbage there is as good as a full ring. */
static bool sleep_until_room(struct reply_writer *writer, uint32_t seen)
{
    struct trireme_slot_page *page = writer->slot->page;
    if (!reader_sleep_begin(&page->reader_status, TRIREME_READER_FULL, &page->reply_head, seen)) {
        return writer->sleep(writer->data, 0);
    }
    bool go_on = writer->sleep(writer->data, REPLY_SLEEP_MS);
    reader_sleep_end(&page->reader_status);
    return go_on;
}

static bool make_room(struct reply_writer *writer, uint32_t bytes)
{
    for (;;) {
        uint32_t seen = __atomic_load_n(&writer->slot->page->reply_head, __ATOMIC_RELAXED);
        switch (ring_producer_refill(&writer->ring, bytes)) {
        case RING_ROOM:
            return true;
        case RING_PUBLISH:
            publish(writer);
            break;
        case RING_FULL:
            if (!sleep_until_room(writer, seen)) {
                return false;
            }
            break;
        }
    }
}

bool reply_writer_send(struct reply_writer *writer, uint16_t opcode, const void *bytes, size_t n)
{
    const uint32_t most =
        (ring_record_limit(writer->ring.size) & ~7u) - (uint32_t)sizeof(struct trireme_reply);
    const uint8_t *from = bytes;
    size_t left = n;
    do {
        uint32_t piece = left < most ? (uint32_t)left : most;
        uint32_t size = (uint32_t)sizeof(struct trireme_reply) + ((piece + 7u) & ~7u);
        if (!ring_producer_reserve(&writer->ring, size) && !make_room(writer, size)) {
            return false;
        }
        struct trireme_reply *reply = ring_producer_reserve(&writer->ring, size);
        *reply = (struct trireme_reply){
            .record = {.opcode = opcode, .units = (uint16_t)(size / TRIREME_RECORD_UNIT)},
            .bytes = piece,
            .more = left > piece,
        };
        if (piece > 0) {
            memcpy(reply + 1, from, piece);
        }
        ring_producer_commit(&writer->ring, size);
        from += piece;
        left -= piece;
    } while (left > 0);
    publish(writer);
    return true;
}

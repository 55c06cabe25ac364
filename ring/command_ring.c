/* SPDX-License-Identifier: MIT */
#include "command_ring.h"

#include "abi.h"
#include "shared_memory.h"

/* Records are read through this type, whatever struct the producer wrote. */
typedef uint32_t __attribute__((may_alias)) aliased_word;

/* Producer; pairs with load_tail(). */
static void publish_tail(uint32_t *tail, uint32_t position)
{
    __atomic_store_n(tail, position, __ATOMIC_RELEASE);
}

/* Consumer; pairs with publish_tail(). */
static uint32_t load_tail(const uint32_t *tail)
{
    return __atomic_load_n(tail, __ATOMIC_ACQUIRE);
}

/* Consumer; pairs with load_head(). */
static void store_head(uint32_t *head, uint32_t position)
{
    __atomic_store_n(head, position, __ATOMIC_RELEASE);
}

/* Producer; pairs with store_head(). */
static uint32_t load_head(const uint32_t *head)
{
    return __atomic_load_n(head, __ATOMIC_ACQUIRE);
}

/* After ring_fence(); pairs with the store in reader_sleep_begin(). */
static uint32_t load_reader_status(const uint32_t *status)
{
    return __atomic_load_n(status, __ATOMIC_RELAXED);
}

/* The only read of a record's header: one load, so that opcode and units belong together. */
static struct trireme_record load_record_header(const uint8_t *place)
{
    uint32_t word = __atomic_load_n((const aliased_word *)place, __ATOMIC_RELAXED);
    struct trireme_record header;
    memcpy(&header, &word, sizeof header);
    return header;
}

static uint32_t minimum(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void ring_producer_init(struct ring_producer *producer, void *base, uint32_t size, uint32_t *tail,
                        uint32_t *head)
{
    memset(producer, 0, sizeof *producer);
    producer->base = base;
    producer->size = size;
    producer->tail = tail;
    producer->head = head;
    ring_producer_set_publish_step(producer, RING_PUBLISH_STEP);
    producer->cursor = producer->limit = producer->window_start = base;
}

void ring_producer_set_publish_step(struct ring_producer *producer, uint32_t bytes)
{
    uint32_t step = bytes > RING_PUBLISH_STEP_MIN ? bytes : RING_PUBLISH_STEP_MIN;
    producer->publish_step = minimum(step, producer->size / 4);
}

/* Opens the window [cursor, limit) at `position`: up to the publish step, but at least `bytes`,
 * for which the caller knows that there is room. */
static void open_window(struct ring_producer *producer, uint32_t position, uint32_t bytes)
{
    uint32_t unpublished = position - producer->published;
    uint32_t room = producer->size - (position - producer->consumed);
    uint32_t place = position & (producer->size - 1);
    uint32_t step = producer->publish_step > unpublished ? producer->publish_step - unpublished : 0;
    if (step < bytes) {
        step = bytes;
    }
    producer->position = position;
    producer->cursor = producer->window_start = producer->base + place;
    producer->limit = producer->cursor + minimum(step, minimum(room, producer->size - place));
}

uint32_t ring_producer_free(struct ring_producer *producer)
{
    uint32_t head = load_head(producer->head);
    /* A sane head lies between what it was and what is published. */
    if (head - producer->consumed > producer->published - producer->consumed ||
        head % TRIREME_RECORD_UNIT != 0) {
        return 0;
    }
    producer->consumed = head;
    return producer->size - (ring_producer_position(producer) - head);
}

enum ring_room ring_producer_refill(struct ring_producer *producer, uint32_t bytes)
{
    uint32_t position = ring_producer_position(producer);
    uint32_t unpublished = position - producer->published;
    uint32_t to_end = producer->size - (position & (producer->size - 1));
    uint32_t pad = bytes > to_end ? to_end : 0;

    if (bytes > ring_record_limit(producer->size)) {
        return RING_FULL;
    }
    if (unpublished > 0 && unpublished + pad + bytes > producer->publish_step) {
        return RING_PUBLISH;
    }
    if (producer->size - (position - producer->consumed) < pad + bytes &&
        ring_producer_free(producer) < pad + bytes) {
        return unpublished > 0 ? RING_PUBLISH : RING_FULL;
    }
    if (pad > 0) {
        struct trireme_record header = {
            .opcode = TRIREME_OP_PAD,
            .units = (uint16_t)(pad / TRIREME_RECORD_UNIT),
        };
        memcpy(producer->base + producer->size - pad, &header, sizeof header);
    }
    open_window(producer, position + pad, bytes);
    return RING_ROOM;
}

/* The reader has not come as far as it will when it wakes from the last ring. */
static bool is_being_woken(const struct ring_producer *producer)
{
    return (int32_t)(producer->rung - load_head(producer->head)) > 0;
}

bool ring_producer_publish(struct ring_producer *producer, const uint32_t *reader_status)
{
    uint32_t position = ring_producer_position(producer);
    if (position == producer->published) {
        return false;
    }
    producer->published = position;
    publish_tail(producer->tail, position);
    open_window(producer, position, 0);
    if (!reader_status) {
        return false;
    }
    ring_fence();
    if (load_reader_status(reader_status) != TRIREME_READER_IDLE) {
        /* Forgets the ring, which was heard: `rung` must not fall behind by half of all positions,
         * or it would seem to lie ahead. */
        producer->rung = producer->consumed;
        return false;
    }
    if (is_being_woken(producer)) {
        return false;
    }
    producer->rung = position;
    return true;
}

void ring_consumer_init(struct ring_consumer *consumer, const void *base, uint32_t size,
                        const uint32_t *tail, uint32_t *head)
{
    memset(consumer, 0, sizeof *consumer);
    consumer->base = base;
    consumer->size = size;
    consumer->tail = tail;
    consumer->head = head;
}

static enum ring_next corrupt(struct ring_consumer *consumer)
{
    consumer->corrupt = true;
    return RING_CORRUPT;
}

/* False: the tail is not one that a sane producer can have published. */
static bool look_at_tail(struct ring_consumer *consumer)
{
    uint32_t tail = load_tail(consumer->tail);
    consumer->seen_tail = tail;
    return tail - consumer->position <= consumer->size && tail % TRIREME_RECORD_UNIT == 0;
}

enum ring_next ring_consumer_next(struct ring_consumer *consumer, struct trireme_record *header,
                                  const uint8_t **record)
{
    bool looked = false;
    if (consumer->corrupt) {
        return RING_CORRUPT;
    }
    for (;;) {
        if (consumer->position == consumer->seen_tail) {
            if (!looked && !look_at_tail(consumer)) {
                return corrupt(consumer);
            }
            looked = true;
            if (consumer->position == consumer->seen_tail) {
                return RING_EMPTY;
            }
        }
        uint32_t place = consumer->position & (consumer->size - 1);
        uint32_t readable =
            minimum(consumer->seen_tail - consumer->position, consumer->size - place);
        struct trireme_record found = load_record_header(consumer->base + place);
        uint32_t bytes = found.units * TRIREME_RECORD_UNIT;
        if (bytes == 0 || bytes > readable) {
            return corrupt(consumer);
        }
        if (found.opcode != TRIREME_OP_PAD) {
            *header = found;
            *record = consumer->base + place;
            return RING_RECORD;
        }
        consumer->position += bytes;
    }
}

void ring_consumer_release(struct ring_consumer *consumer)
{
    store_head(consumer->head, consumer->position);
}

bool ring_consumer_release_look(struct ring_consumer *consumer, const uint32_t *reader_status)
{
    store_head(consumer->head, consumer->position);
    ring_fence();
    return load_reader_status(reader_status) == TRIREME_READER_FULL;
}

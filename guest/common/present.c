/* SPDX-License-Identifier: MIT */
#include "guest/common/present.h"

#include <stdlib.h>

#include "guest/common/encoder_link.h"
#include "guest/common/system.h"
#include "guest/common/threads.h"

#define FRAMES_IN_FLIGHT 2u

/* How often the presenter looks. It leaves frames to a program that swaps faster than that. */
#define POLL_US 3000
/* A window is not shown anew sooner than this as long as newer frames come: no display of a guest's
 * shows more, and in a VM showing a frame costs several times what drawing it may cost. */
#define SHOW_INTERVAL_US 4000u
/* What a closing context waits for its last frames. */
#define LAST_FRAME_US 500000u

struct present {
    struct thread_lock lock; /* for all of the following up to `next` */
    unsigned references;     /* atomic: the context's and the presenter's */
    bool closed;
    struct slot *slot; /* the context's; not to be touched once closed */
    const struct trireme_slot_page *page;
    uint32_t sent, shown; /* serials; sent is the context's thread's, shown is atomic */
    uint32_t sent_at_poll;
    struct present_target *targets[FRAMES_IN_FLIGHT]; /* of frames that are not shown yet */
    const struct present_target *last_target; /* where one was shown last, only to compare */
    uint64_t last_us;

    struct present *next; /* under the presenter's lock, as the rest */
    bool listed;
    bool handed_again; /* while the presenter looked at it */
};

static struct {
    struct thread_lock lock;
    struct thread_event work; /* set when the list is no longer empty */
    bool running;
    struct present *list; /* those with frames outstanding */
} presenter = {.lock = THREAD_LOCK_INITIALIZER, .work = THREAD_EVENT_INITIALIZER};

static void unref(struct present *present)
{
    if (__atomic_fetch_sub(&present->references, 1, __ATOMIC_ACQ_REL) == 1) {
        thread_lock_finish(&present->lock);
        free(present);
    }
}

static struct present_target **target_of(struct present *present, uint32_t serial)
{
    return &present->targets[serial % FRAMES_IN_FLIGHT];
}

static void forget_target(struct present *present, uint32_t serial)
{
    struct present_target **target = target_of(present, serial);
    present_target_unref(*target);
    *target = NULL;
}

static void show(struct present *present, struct present_target *target, uint32_t serial)
{
    struct frame frame;
    if (target && frame_get(&frame, present->slot, serial)) {
        target->show(target, &frame);
        present->last_target = target;
        present->last_us = system_now_us();
    }
}

static bool shown_lately(const struct present *present, const struct present_target *target)
{
    return present->last_target == target && system_now_us() - present->last_us < SHOW_INTERVAL_US;
}

/* Under the lock. Shows what is ready, but not what something newer for the same target replaces:
 * another one that is ready, or, if the target was shown a moment ago, the frame for `next` (or
 * NULL) that is about to be sent. */
static void show_ready(struct present *present, const struct present_target *next)
{
    uint32_t done =
        present->closed ? present->shown : frame_done(present->page, present->shown, present->sent);
    while (present->shown != done) {
        uint32_t serial = present->shown + 1;
        struct present_target *target = *target_of(present, serial);
        bool replaced = serial != done ? *target_of(present, serial + 1) == target
                                       : target == next && shown_lately(present, target);
        if (!replaced) {
            show(present, target, serial);
        }
        forget_target(present, serial);
        __atomic_store_n(&present->shown, serial, __ATOMIC_RELEASE);
    }
}

/* True: frames are still outstanding. */
static bool poll_frames(struct present *present)
{
    thread_lock_take(&present->lock);
    if (present->sent == present->sent_at_poll) {
        show_ready(present, NULL);
    }
    present->sent_at_poll = present->sent;
    bool outstanding =
        !present->closed && present->shown != present->sent && !slot_lost(present->slot);
    thread_lock_give(&present->lock);
    return outstanding;
}

static void presenter_main(void)
{
    thread_lock_take(&presenter.lock);
    for (;;) {
        bool idle = !presenter.list;
        thread_lock_give(&presenter.lock);
        if (idle) {
            thread_event_wait(&presenter.work);
        }
        system_sleep_us(POLL_US);
        thread_lock_take(&presenter.lock);
        /* Newcomers are put in front, so that the rest of the list stands still meanwhile. */
        struct present **link = &presenter.list;
        while (*link) {
            struct present *present = *link;
            present->handed_again = false;
            thread_lock_give(&presenter.lock);
            bool outstanding = poll_frames(present);
            thread_lock_take(&presenter.lock);
            while (*link != present) {
                link = &(*link)->next;
            }
            if (outstanding || present->handed_again) {
                link = &present->next;
            } else {
                *link = present->next;
                present->listed = false;
                unref(present);
            }
        }
    }
}

/* The presenter shall look after this one. */
static void hand_to_presenter(struct present *present)
{
    thread_lock_take(&presenter.lock);
    if (!presenter.running) {
        presenter.running = thread_start(presenter_main);
    }
    present->handed_again = true;
    if (!present->listed && presenter.running) {
        __atomic_fetch_add(&present->references, 1, __ATOMIC_RELAXED);
        present->listed = true;
        present->next = presenter.list;
        presenter.list = present;
        thread_event_set(&presenter.work);
    }
    thread_lock_give(&presenter.lock);
}

struct present *present_create(struct slot *slot)
{
    struct present *present = calloc(1, sizeof *present);
    if (present) {
        thread_lock_init(&present->lock);
        present->references = 1;
        present->slot = slot;
        present->page = slot->page;
    }
    return present;
}

/* The context's thread, without the lock: only `shown` may change meanwhile, and only towards what
 * is done. */
uint32_t present_in_flight(const struct present *present)
{
    uint32_t shown = __atomic_load_n(&present->shown, __ATOMIC_ACQUIRE);
    return present->sent - frame_done(present->page, shown, present->sent);
}

void present_show_ready(struct present *present)
{
    thread_lock_take(&present->lock);
    show_ready(present, NULL);
    thread_lock_give(&present->lock);
}

/* Waits until fewer than `most` frames are in flight; false: the slot is lost, or time is up. */
static bool wait_for_frames(struct present *present, uint32_t most, uint64_t deadline)
{
    for (;;) {
        uint32_t seen = slot_completions(present->slot);
        if (present_in_flight(present) < most) {
            return true;
        }
        if (system_now_us() >= deadline || !encoder_link_wait(present->slot, seen)) {
            return false;
        }
    }
}

static void send_frame(struct present *present, struct gl_encoder *encoder,
                       struct present_target *target, uint32_t host_id, uint32_t flags)
{
    if (present_in_flight(present) >= FRAMES_IN_FLIGHT) {
        encoder->round_trips++;
        gl_encoder_flush(encoder);
        if (!wait_for_frames(present, FRAMES_IN_FLIGHT, UINT64_MAX)) {
            gl_encoder_lose(encoder);
            return;
        }
    }
    thread_lock_take(&present->lock);
    /* Also makes room: the host will write the new frame where the one before the last lies. */
    show_ready(present, target);
    uint32_t serial = ++present->sent;
    forget_target(present, serial);
    *target_of(present, serial) = present_target_ref(target);
    thread_lock_give(&present->lock);

    struct trireme_swap swap = {.drawable = host_id, .serial = serial, .flags = flags};
    encoder_link_put(encoder, TRIREME_OP_SWAP, &swap, sizeof swap);
    gl_encoder_flush(encoder);
    hand_to_presenter(present);
}

void present_swap(struct present *present, struct gl_encoder *encoder,
                  struct present_target *target, uint32_t host_id)
{
    send_frame(present, encoder, target, host_id, 0);
}

void present_swap_paced(struct present *present, struct gl_encoder *encoder,
                        struct present_target *target, uint32_t host_id, uint32_t frame_us)
{
    uint32_t us = frame_us < TRIREME_SWAP_MOST_US ? frame_us : TRIREME_SWAP_MOST_US;
    send_frame(present, encoder, target, host_id, us << TRIREME_SWAP_US_SHIFT);
}

void present_front(struct present *present, struct gl_encoder *encoder,
                   struct present_target *target, uint32_t host_id)
{
    send_frame(present, encoder, target, host_id, TRIREME_SWAP_FRONT);
}

void present_destroy(struct present *present)
{
    if (!present) {
        return;
    }
    wait_for_frames(present, 1, system_now_us() + LAST_FRAME_US);
    thread_lock_take(&present->lock);
    show_ready(present, NULL);
    present->closed = true;
    for (uint32_t i = 0; i < FRAMES_IN_FLIGHT; i++) {
        forget_target(present, i);
    }
    thread_lock_give(&present->lock);
    unref(present);
}

uint32_t present_swaps(const struct present *present)
{
    return present->sent;
}

void present_forked(void)
{
    /* What the list held is lost with the contexts. */
    thread_lock_init(&presenter.lock);
    thread_event_init(&presenter.work);
    presenter.running = false;
    presenter.list = NULL;
}

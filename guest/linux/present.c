/* SPDX-License-Identifier: MIT */
#include "guest/linux/present.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "guest/common/frame.h"
#include "guest/common/message.h"
#include "guest/common/system.h"
#include "guest/linux/encoder_link.h"

#define FRAMES_IN_FLIGHT 2u

/* How often the presenter looks. It leaves frames to a program that swaps faster than that. */
#define POLL_US 3000
/* What a closing context waits for its last frames. */
#define LAST_FRAME_US 500000u

struct present {
    pthread_mutex_t lock; /* for all of the following but `next` and `listed` */
    unsigned references;  /* atomic: the context's and the presenter's */
    bool closed;
    struct slot *slot; /* the context's; not to be touched once closed */
    const struct trireme_slot_page *page;
    const uint8_t *window;
    uint64_t window_size;
    uint32_t sent, shown; /* serials; sent is the context's thread's, shown is atomic */
    uint32_t sent_at_poll;
    struct glx_drawable *targets[FRAMES_IN_FLIGHT]; /* of frames that are not shown yet */

    struct present *next; /* under the presenter's lock */
    bool listed;
};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t work;
    bool running;
    struct present *list; /* those with frames outstanding */
} presenter = {.lock = PTHREAD_MUTEX_INITIALIZER, .work = PTHREAD_COND_INITIALIZER};

static void unref(struct present *present)
{
    if (__atomic_fetch_sub(&present->references, 1, __ATOMIC_ACQ_REL) == 1) {
        pthread_mutex_destroy(&present->lock);
        free(present);
    }
}

static void forget_target(struct present *present, uint32_t serial)
{
    struct glx_drawable **target = &present->targets[serial % FRAMES_IN_FLIGHT];
    glx_drawable_unref(*target);
    *target = NULL;
}

/* Under the lock. */
static void show_newest(struct present *present)
{
    uint32_t done =
        present->closed ? present->shown : frame_done(present->page, present->shown, present->sent);
    struct glx_drawable *target = present->targets[done % FRAMES_IN_FLIGHT];
    struct frame frame;
    if (done == present->shown) {
        return;
    }
    if (target && target->target && !target->gone &&
        frame_get(&frame, present->page, present->window, present->window_size, done)) {
        x_image_show(&target->image, &frame, target->width, target->height);
    }
    while (present->shown != done) {
        forget_target(present, present->shown + 1);
        __atomic_store_n(&present->shown, present->shown + 1, __ATOMIC_RELEASE);
    }
}

/* True: frames are still outstanding. */
static bool poll_frames(struct present *present)
{
    pthread_mutex_lock(&present->lock);
    if (present->sent == present->sent_at_poll) {
        show_newest(present);
    }
    present->sent_at_poll = present->sent;
    bool outstanding =
        !present->closed && present->shown != present->sent && !slot_lost(present->slot);
    pthread_mutex_unlock(&present->lock);
    return outstanding;
}

static void *presenter_main(void *unused)
{
    struct timespec pause = {.tv_nsec = POLL_US * 1000};
    pthread_mutex_lock(&presenter.lock);
    for (;;) {
        while (!presenter.list) {
            pthread_cond_wait(&presenter.work, &presenter.lock);
        }
        pthread_mutex_unlock(&presenter.lock);
        nanosleep(&pause, NULL);
        pthread_mutex_lock(&presenter.lock);
        /* Newcomers are put in front, so that the rest of the list stands still meanwhile. */
        struct present **link = &presenter.list;
        while (*link) {
            struct present *present = *link;
            pthread_mutex_unlock(&presenter.lock);
            bool outstanding = poll_frames(present);
            pthread_mutex_lock(&presenter.lock);
            while (*link != present) {
                link = &(*link)->next;
            }
            if (outstanding) {
                link = &present->next;
            } else {
                *link = present->next;
                present->listed = false;
                unref(present);
            }
        }
    }
    return NULL;
}

/* The presenter shall look after this one. */
static void hand_to_presenter(struct present *present)
{
    pthread_mutex_lock(&presenter.lock);
    if (!presenter.running) {
        pthread_t thread;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        pthread_attr_setstacksize(&attributes, 128 << 10);
        presenter.running = pthread_create(&thread, &attributes, presenter_main, NULL) == 0;
        pthread_attr_destroy(&attributes);
    }
    if (!present->listed && presenter.running) {
        __atomic_fetch_add(&present->references, 1, __ATOMIC_RELAXED);
        present->listed = true;
        present->next = presenter.list;
        presenter.list = present;
        pthread_cond_signal(&presenter.work);
    }
    pthread_mutex_unlock(&presenter.lock);
}

struct present *present_create(struct slot *slot)
{
    struct present *present = calloc(1, sizeof *present);
    if (present) {
        pthread_mutex_init(&present->lock, NULL);
        present->references = 1;
        present->slot = slot;
        present->page = slot->page;
        present->window = slot->port->window;
        present->window_size = slot->port->window_size;
    }
    return present;
}

/* The context's thread, without the lock: only `shown` may change meanwhile, and only towards what
 * is done. */
static uint32_t in_flight(const struct present *present)
{
    uint32_t shown = __atomic_load_n(&present->shown, __ATOMIC_ACQUIRE);
    return present->sent - frame_done(present->page, shown, present->sent);
}

void present_show_ready(struct present *present)
{
    pthread_mutex_lock(&present->lock);
    show_newest(present);
    pthread_mutex_unlock(&present->lock);
}

/* Waits until fewer than `most` frames are in flight; false: the slot is lost, or time is up. */
static bool wait_for_frames(struct present *present, uint32_t most, uint64_t deadline)
{
    for (;;) {
        uint32_t seen = slot_completions(present->slot);
        if (in_flight(present) < most) {
            return true;
        }
        if (system_now_us() >= deadline || !encoder_link_wait(present->slot, seen)) {
            return false;
        }
    }
}

void present_swap(struct present *present, struct gl_encoder *encoder,
                  struct glx_drawable *drawable, uint32_t host_id)
{
    if (in_flight(present) >= FRAMES_IN_FLIGHT) {
        encoder->round_trips++;
        gl_encoder_flush(encoder);
        if (!wait_for_frames(present, FRAMES_IN_FLIGHT, UINT64_MAX)) {
            gl_encoder_lose(encoder);
            return;
        }
    }
    pthread_mutex_lock(&present->lock);
    /* Also makes room: the host will write the new frame where the one before the last lies. */
    show_newest(present);
    uint32_t serial = ++present->sent;
    forget_target(present, serial);
    present->targets[serial % FRAMES_IN_FLIGHT] = glx_drawable_ref(drawable);
    pthread_mutex_unlock(&present->lock);

    struct trireme_swap swap = {.drawable = host_id, .serial = serial};
    encoder_link_put(encoder, TRIREME_OP_SWAP, &swap, sizeof swap);
    gl_encoder_flush(encoder);
    hand_to_presenter(present);
}

void present_destroy(struct present *present)
{
    if (!present) {
        return;
    }
    wait_for_frames(present, 1, system_now_us() + LAST_FRAME_US);
    pthread_mutex_lock(&present->lock);
    show_newest(present);
    present->closed = true;
    for (uint32_t i = 0; i < FRAMES_IN_FLIGHT; i++) {
        forget_target(present, i);
    }
    pthread_mutex_unlock(&present->lock);
    unref(present);
}

uint32_t present_swaps(const struct present *present)
{
    return present->sent;
}

void present_forked(void)
{
    /* The thread is the parent's. What the list held is lost with the contexts. */
    pthread_mutex_init(&presenter.lock, NULL);
    pthread_cond_init(&presenter.work, NULL);
    presenter.running = false;
    presenter.list = NULL;
}

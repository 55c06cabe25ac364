/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * contexts/ runs the guests' contexts on the host's GL: one render thread for each, which reads the
 * context's command ring, executes what it finds (GL through dispatch/, the context's own records
 * here) and sends replies and frames back. It promises that nothing a guest writes into the window
 * costs more than that guest's own contexts, and that a thread that is told to stop ends as soon
 * as the GL returns.
 *
 *     display.h          the host's EGL
 *     session_objects.h  drawables and share groups of a process; program_options.h: the user's
 *     context.h          a context; leave_clock.h orders the contexts of a group
 *     context_table.h    the contexts of a machine by slot
 *     gl_turn.h          who may call the GL, where the driver bears only one
 *     round_trips.h      what the guest waited for
 *     thread_times.h     what a thread spends its time on; thread_profile.h: while it is busy
 *     trace.h            a timeline in a file; render_trace.h: what a thread puts there
 *     idle_spin.h        how long a thread looks at an empty ring
 *     frame_pace.h       how often a limited program's frames come
 *     render_events.h    from the threads to the main loop
 *     render_thread.h    the thread (this file is the room's door)
 */
#ifndef TRIREME_RENDER_THREAD_H
#define TRIREME_RENDER_THREAD_H

#include <pthread.h>
#include <stdatomic.h>

#include "contexts/context_table.h"
#include "contexts/display.h"
#include "contexts/frame.h"
#include "contexts/frame_pace.h"
#include "contexts/idle_spin.h"
#include "contexts/render_events.h"
#include "contexts/render_slot.h"
#include "contexts/render_trace.h"
#include "contexts/reply.h"
#include "contexts/round_trips.h"
#include "contexts/session_objects.h"
#include "contexts/thread_profile.h"
#include "contexts/thread_times.h"
#include "ring/chunk_assembler.h"
#include "ring/command_ring.h"

/* Counted by the thread, read by anybody: each on its own is exact, together they are a snapshot.
 */
struct context_stats {
    atomic_uint_fast64_t frames, commands, bytes, wakes;
    /* From the device's doorbell to the thread's awaking. */
    atomic_uint_fast64_t latencies, latency_ns, worst_latency_ns;
    struct round_trips round_trips;
};

/* Called once in the process, before the first thread; after the last. */
void contexts_start(void);
void contexts_finish(void);

struct render_thread {
    struct render_slot slot;
    struct context_stats stats;
    struct thread_times times;
    struct thread_profile profile; /* the main thread's */
    struct render_trace trace;
    gint64 started; /* g_get_monotonic_time() */

    struct gl_turn *turn; /* the display's; the thread's own but in idle() and other waits */

    /* Private to the thread. */
    struct ring_consumer commands;
    struct reply_writer replies;
    struct frame_writer frames;
    struct frame_pace pace;
    struct idle_spin idle_spin;
    int idle_sleep_ms; /* how long the next sleep is at most */
    gint64 rung_us; /* when the device noted the doorbell that ended the last sleep; 0: unknown */
    struct chunk_assembler chunks;
    struct context *context; /* NULL before CONTEXT_CREATE */
    bool lost, stopping;
    uint32_t doorbell_pop;
    uint32_t released; /* position that was given back to the guest */

    pthread_t thread;
    atomic_bool stop;
    int stop_fd;
    struct render_event ended;
};

/*
 * Starts the thread of an open slot; the slot page's words are at their start values. `slot` is
 * copied; its reference to the session's objects is the thread's from now on. `data` comes back
 * from slot->events when the thread has ended; then call join.
 */
struct render_thread *render_thread_start(const struct render_slot *slot, void *data,
                                          GError **error);

/* Any thread, does not wait. The thread ends when the GL returns from what it does. */
void render_thread_stop(struct render_thread *thread);

/* After its event came: waits for next to nothing, frees. */
void render_thread_join(struct render_thread *thread);

/* The context broke a rule, or the GL lost it: logs, tells the guest. From the thread itself. */
void render_thread_lose(struct render_thread *thread, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* From the thread itself, around what waits for anything but the GL: the GL is others' meanwhile.
 */
void render_thread_wait_begin(struct render_thread *thread, enum thread_state state);
void render_thread_wait_end(struct render_thread *thread);

/* The slot is closed, or the thread is told to end. From the thread itself. */
bool render_thread_should_stop(struct render_thread *thread);

#endif

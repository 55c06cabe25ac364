/* SPDX-License-Identifier: MIT */
/*
 * Notes in a slot page of when the guest waited and rang, for the server's trace. Who reads the
 * host's clock writes them: the device, or a program of this machine; and only while the server
 * wants them, so that otherwise a wait costs one load more.
 *
 *     write × write   yes, each takes a number of its own      write × read   yes      read × read
 * no
 *
 * A note that is overwritten while it is read, or before, is lost. Nothing rests on them: a guest
 * can write what it likes there, and gets a wrong picture of itself.
 */
#ifndef TRIREME_RING_NOTE_H
#define TRIREME_RING_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi.h"
#include "shared_memory.h"

static inline bool note_wanted(const struct trireme_slot_page *page)
{
    return __atomic_load_n(&page->noting, __ATOMIC_RELAXED) != 0;
}

static inline void note_write(struct trireme_slot_page *page, enum trireme_note_kind kind,
                              uint64_t begin, uint64_t end)
{
    uint32_t number = __atomic_add_fetch(&page->notes_written, 1, __ATOMIC_RELAXED);
    struct trireme_note *note = &page->notes[(number - 1) % TRIREME_NOTES];
    __atomic_store_n(&note->sequence, 0, __ATOMIC_RELAXED);
    ring_fence();
    note->kind = kind;
    note->begin = begin;
    note->end = end;
    __atomic_store_n(&note->sequence, number, __ATOMIC_RELEASE);
}

/* The next note after number *seen, which it advances. False: there is none yet. A reader that fell
 * behind goes on with those that are there. */
static inline bool note_read(const struct trireme_slot_page *page, uint32_t *seen,
                             struct trireme_note *note)
{
    uint32_t written = __atomic_load_n(&page->notes_written, __ATOMIC_ACQUIRE);
    if (written - *seen > TRIREME_NOTES) {
        *seen = written - TRIREME_NOTES;
    }
    while (*seen != written) {
        const struct trireme_note *place = &page->notes[*seen % TRIREME_NOTES];
        uint32_t sequence = __atomic_load_n(&place->sequence, __ATOMIC_ACQUIRE);
        *seen += 1;
        ring_copy_once(note, place, sizeof *note);
        ring_fence();
        if (sequence == *seen && __atomic_load_n(&place->sequence, __ATOMIC_RELAXED) == sequence) {
            return true;
        }
    }
    return false;
}

#endif

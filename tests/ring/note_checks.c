/* SPDX-License-Identifier: MIT */
#include "ring/note.h"

#include "tests/ring/ring_checks.h"

static struct trireme_slot_page page;

static void start(uint32_t number)
{
    memset(&page, 0, sizeof page);
    page.notes_written = number;
}

bool check_notes(void)
{
    struct trireme_note note;
    /* The numbers pass 2^32 as well. */
    uint32_t seen = UINT32_MAX - 100;
    start(seen);
    CHECK(!note_wanted(&page));
    page.noting = 1;
    CHECK(note_wanted(&page));
    CHECK(!note_read(&page, &seen, &note));
    for (uint64_t i = 0; i < 200; i++) {
        note_write(&page, TRIREME_NOTE_WAIT, i, i + 7);
        note_write(&page, TRIREME_NOTE_DOORBELL, i, i);
        CHECK(note_read(&page, &seen, &note));
        CHECK(note.kind == TRIREME_NOTE_WAIT && note.begin == i && note.end == i + 7);
        CHECK(note_read(&page, &seen, &note));
        CHECK(note.kind == TRIREME_NOTE_DOORBELL && note.begin == i && note.end == i);
        CHECK(!note_read(&page, &seen, &note));
    }
    /* A reader that falls behind finds the last ones. */
    for (uint64_t i = 0; i < TRIREME_NOTES + 10; i++) {
        note_write(&page, TRIREME_NOTE_WAIT, i, i);
    }
    for (uint64_t i = 10; i < TRIREME_NOTES + 10; i++) {
        CHECK(note_read(&page, &seen, &note) && note.begin == i);
    }
    CHECK(!note_read(&page, &seen, &note));
    return true;
}

/* Whatever is written there, the reader comes to an end, and takes nothing that is not whole. */
bool check_notes_hostile(void)
{
    struct trireme_note note;
    uint32_t seen = 0;
    start(0);
    page.notes_written = UINT32_MAX / 2;
    CHECK(!note_read(&page, &seen, &note) && seen == page.notes_written);
    start(0);
    seen = 0;
    note_write(&page, TRIREME_NOTE_WAIT, 1, 2);
    page.notes[0].sequence = 0; /* being written */
    note_write(&page, TRIREME_NOTE_WAIT, 3, 4);
    CHECK(note_read(&page, &seen, &note) && note.begin == 3);
    CHECK(!note_read(&page, &seen, &note));
    return true;
}

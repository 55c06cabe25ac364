/* SPDX-License-Identifier: MIT */
/*
 * The binary interface that guest, device and server share: registers (BAR0), the window (BAR2 or
 * a memfd) with its header and slot pages, and the memory that only device and server share.
 *
 * Everything is little-endian. Offsets never change within a major version; a minor version only
 * adds. Every word that is written at run time has exactly one writer, named beside it, and
 * words of different writers stand 64 bytes apart (a cache line). Nothing in the window can be
 * trusted by the host: the guest may write to any byte of it at any time, also to those that are
 * "written by the host" here. The host therefore keeps its own copies and reads each word once.
 */
#ifndef TRIREME_RING_ABI_H
#define TRIREME_RING_ABI_H

#include <stddef.h>
#include <stdint.h>

#define TRIREME_ABI_MAJOR 1u
#define TRIREME_ABI_MINOR 1u
#define TRIREME_ABI_VERSION ((TRIREME_ABI_MAJOR << 16) | TRIREME_ABI_MINOR)

#define TRIREME_MAGIC 0x4d525254u /* "TRRM" */
#define TRIREME_PAGE 4096u
#define TRIREME_MAX_SLOTS 256u

/* PCI identity: Red Hat's range for experimental virtual devices. */
#define TRIREME_PCI_VENDOR 0x1b36u
#define TRIREME_PCI_DEVICE 0x7472u
#define TRIREME_PCI_BAR_REGISTERS 0
#define TRIREME_PCI_BAR_WINDOW 2

#define TRIREME_WINDOW_DEFAULT (64u << 20)
#define TRIREME_WINDOW_MIN (4u << 20)
#define TRIREME_WINDOW_MAX (1u << 30)
#define TRIREME_RING_DEFAULT (1u << 20)
#define TRIREME_RING_MIN (16u << 10)
#define TRIREME_RING_MAX (16u << 20)
#define TRIREME_REPLY_RING_DEFAULT (128u << 10)

/* A WAIT read blocks the virtual CPU for at most so long. */
#define TRIREME_WAIT_LIMIT_US 500u

/*
 * BAR0. Page 0 is global and read-only; page 1 + n belongs to slot n, so that a driver can map
 * the page of one slot alone. All registers are 32 bits wide, accessed with 32-bit accesses.
 */
enum trireme_register {
    TRIREME_REG_MAGIC = 0x00,
    TRIREME_REG_VERSION = 0x04,  /* TRIREME_ABI_VERSION */
    TRIREME_REG_FEATURES = 0x08, /* enum trireme_feature */
    TRIREME_REG_SLOTS = 0x0c,
    TRIREME_REG_WINDOW_SIZE = 0x10,  /* bytes */
    TRIREME_REG_SERVER_STATE = 0x14, /* enum trireme_server_state */
    TRIREME_REG_GENERATION = 0x18,   /* counts resets and server restarts */
};

enum trireme_slot_register {
    TRIREME_REG_DOORBELL = 0x00, /* write: the command ring's tail; wakes the slot's reader */
    TRIREME_REG_WAIT = 0x40, /* read: blocks while completions == wait_for, returns completions */
};

enum trireme_feature {
    TRIREME_FEATURE_WAIT = 1u << 0,  /* the WAIT register exists */
    TRIREME_FEATURE_AREAS = 1u << 1, /* in the window's header: struct trireme_slot_areas exist */
};

enum trireme_server_state {
    TRIREME_SERVER_ABSENT = 0,
    TRIREME_SERVER_RUNNING = 1,
    TRIREME_SERVER_RESTARTING = 2,
};

/* The first page of the window. Written by the server; server_state and generation by whoever
 * owns the window's memory (the device, or the server with the local transport). */
struct trireme_window_header {
    uint32_t magic;
    uint32_t version; /* TRIREME_ABI_VERSION */
    uint32_t features;
    uint32_t slots;
    uint32_t window_size; /* bytes */
    uint32_t gl_opcodes;  /* fingerprint of the generated opcode table, see dispatch/gen */
    uint32_t pad0[10];
    uint32_t server_state; /* +0x40, enum trireme_server_state */
    uint32_t generation;   /* contexts of an older generation are lost */
    uint32_t pad1[14];
    char message[256]; /* +0x80, why there is no server; NUL-terminated UTF-8, may be empty */
};

enum trireme_slot_role {
    TRIREME_ROLE_NONE = 0,    /* the request frees the slot */
    TRIREME_ROLE_SESSION = 1, /* a process: control records */
    TRIREME_ROLE_CONTEXT = 2, /* a context: context and API records */
};

enum trireme_slot_state {
    TRIREME_SLOT_FREE = 0,
    TRIREME_SLOT_OPEN = 1,
    TRIREME_SLOT_REFUSED = 2, /* answer.message says why */
    TRIREME_SLOT_LOST = 3,    /* was open; the context is gone, its rings are dead */
};

/* Reader of a command ring, in slot_page.reader_status. */
enum trireme_reader_status {
    TRIREME_READER_AWAKE = 0,
    TRIREME_READER_IDLE = 1, /* asleep until there are commands: publish, fence, look, ring */
    TRIREME_READER_FULL = 2, /* asleep until the reply ring has room: consume, fence, look, ring */
};

/* What the guest asks of a slot. It fills the line, increments `serial` last, rings the doorbell
 * and waits until answer.serial equals it. A request on an open slot closes what was there. */
struct trireme_slot_request {
    uint32_t serial;
    uint32_t role;           /* enum trireme_slot_role */
    uint32_t version;        /* the guest library's TRIREME_ABI_VERSION */
    uint32_t gl_opcodes;     /* the guest library's fingerprint of its opcode table, any API's */
    uint32_t ring_size;      /* bytes, power of two; 0: the host's default */
    uint32_t reply_size;     /* bytes, power of two; 0: the host's default */
    uint32_t session_slot;   /* for contexts: the slot of the process's session */
    uint32_t session_serial; /* and that session's request serial */
    uint32_t process;        /* the guest's process id, for messages only */
    uint32_t pad[7];
    char program[64]; /* name of the program, for messages; NUL-terminated */
};

/* Why a slot is refused; the message has it in words. */
enum trireme_refusal {
    TRIREME_REFUSAL_OTHER = 0, /* the host's trouble, or nonsense in the request */
    TRIREME_REFUSAL_VERSION = 1,
    TRIREME_REFUSAL_SPACE = 2,
};

struct trireme_slot_answer {
    uint32_t serial;      /* written last */
    uint32_t state;       /* enum trireme_slot_state */
    uint32_t ring_offset; /* bytes from the window's start */
    uint32_t ring_size;
    uint32_t reply_offset;
    uint32_t reply_size;
    uint32_t refusal; /* enum trireme_refusal, if it is one */
    uint32_t pad[9];
    char message[192]; /* NUL-terminated UTF-8 */
};

/* One finished frame: 32-bit pixels, bytes B G R X, rows bottom-up, no padding. */
struct trireme_frame {
    uint32_t serial;        /* of the SWAP record; written last; frame n lies in frames[n & 1] */
    uint32_t offset;        /* bytes from the window's start */
    uint32_t width, height; /* pixels */
    uint32_t drawable;
    uint32_t status; /* enum trireme_frame_status */
    uint32_t pad[2];
};

enum trireme_frame_status {
    TRIREME_FRAME_SHOWN = 0,   /* pixels are there */
    TRIREME_FRAME_SKIPPED = 1, /* no pixels (pbuffer, no room in the window, lost context) */
};

#define TRIREME_NOTES 64u

enum trireme_note_kind {
    TRIREME_NOTE_WAIT = 1,     /* from `begin` to `end`, until what the server did was seen */
    TRIREME_NOTE_DOORBELL = 2, /* at `begin` */
};

struct trireme_note {
    uint32_t sequence;   /* written last: the number of the note, from 1 */
    uint32_t kind;       /* enum trireme_note_kind */
    uint64_t begin, end; /* CLOCK_MONOTONIC of the host, ns */
    uint64_t pad;
};

struct trireme_slot_page {
    /* +0x000, written by the guest */
    struct trireme_slot_request request;
    /* +0x080, written by the server */
    struct trireme_slot_answer answer;
    uint8_t pad0[0x200 - 0x180];

    /* Command ring; positions are free-running byte counts. */
    uint32_t tail; /* +0x200 guest: published up to here */
    uint32_t pad1[15];
    uint32_t head; /* +0x240 server: consumed up to here */
    uint32_t pad2[15];
    uint32_t reader_status; /* +0x280 server: enum trireme_reader_status */
    uint32_t pad3[15];

    /* Reply ring, the same kind of ring the other way round. */
    uint32_t reply_tail; /* +0x2c0 server */
    uint32_t pad4[15];
    uint32_t reply_head; /* +0x300 guest */
    uint32_t pad5[15];

    /* Event count of the host's completions: replies published, frames finished, ring space
     * made while `waiting` is set, answers to requests, state changes. A futex word. */
    uint32_t completions; /* +0x340 server */
    uint32_t pad6[15];
    uint32_t wait_for; /* +0x380 guest: WAIT blocks while completions == wait_for */
    uint32_t waiting;  /* guest: non-zero while somebody sleeps on completions */
    uint32_t pad7[14];

    /* +0x3c0, server: GL error state, true for everything before error_position. */
    uint32_t error_position;
    uint32_t error;
    uint32_t debug_messages; /* counts those put aside for the program's callback */
    uint32_t pad8[13];

    /* +0x400, server: finished frames; frames_done counts SWAPs that are done. */
    uint32_t frames_done;
    uint32_t pad9[15];
    struct trireme_frame frames[2]; /* +0x440 */

    /* For the server's trace of a slot: when its guest waited and rang (ring/note.h). */
    uint32_t noting; /* +0x480, server: non-zero where notes are wanted */
    uint32_t pad10[15];
    uint32_t notes_written; /* +0x4c0 who waits: the device, or a program of this machine */
    uint32_t pad11[15];
    struct trireme_note notes[TRIREME_NOTES]; /* +0x500, the same */

    uint8_t pad12[TRIREME_PAGE - 0xd00];
};

/* A piece of the window. The server writes `bytes` last, and 0 there before it changes `offset`, so
 * that a reader who finds the same `bytes` before and after `offset` has a pair that was true. */
struct trireme_area {
    uint32_t offset; /* from the window's start, a multiple of pages */
    uint32_t bytes;  /* a multiple of pages; 0: none */
};

enum trireme_area_use {
    TRIREME_AREA_RING = 0,
    TRIREME_AREA_REPLIES = 1,
    TRIREME_AREA_FRAMES = 2, /* and 3: where frames[0] and frames[1] lie */
    TRIREME_AREAS = 4,
};

/*
 * What a slot has of the window, for a guest's driver that lets a program see this and nothing
 * else; a table behind the last slot page. While `held` is set the server clears what it gives to
 * the slot, and gives none of what the slot had to another, since the program may see it still.
 * A driver clears `held` when the program sees nothing any more, and then makes a request.
 */
struct trireme_slot_areas {
    uint32_t held; /* the driver; the server at a reset */
    uint32_t pad0[15];
    struct trireme_area areas[TRIREME_AREAS]; /* +0x40 server */
    uint32_t pad1[8];
};

/*
 * The second memory, shared by device and server, never mapped by the guest. The local transport
 * has none of it in the client; there the server itself keeps it. Index-based, no pointers.
 */
#define TRIREME_DOORBELL_ENTRIES 64u

struct trireme_doorbell_entry {
    uint32_t sequence; /* see ring/doorbell_ring.h */
    uint32_t position; /* the value that the guest wrote */
    uint64_t time;     /* CLOCK_MONOTONIC, ns */
};

struct trireme_doorbell_slot {
    uint32_t push; /* device: many producers */
    uint32_t pad0[15];
    uint32_t pop; /* server: one consumer */
    uint32_t pad1[15];
    uint32_t waiters; /* device: virtual CPUs asleep in WAIT */
    uint32_t pad2;
    uint64_t doorbells; /* device: doorbell writes that left the guest (exits) */
    uint64_t waits;     /* device: WAIT reads (exits) */
    uint64_t dropped;   /* device: doorbells not entered because the ring was full */
    uint8_t pad3[32];
    struct trireme_doorbell_entry entries[TRIREME_DOORBELL_ENTRIES];
};

struct trireme_shared_header {
    uint32_t magic;
    uint32_t version;
    uint32_t slots;
    uint32_t generation; /* device: counts resets */
    uint8_t pad[TRIREME_PAGE - 16];
    /* struct trireme_doorbell_slot slot[slots] follows */
};

#define TRIREME_SHARED_SIZE(slots)                                                                 \
    (sizeof(struct trireme_shared_header) + (size_t)(slots) * sizeof(struct trireme_doorbell_slot))

/* Offset of slot n's page in the window. */
#define TRIREME_SLOT_PAGE_OFFSET(n) (TRIREME_PAGE * (1u + (n)))
/* Offset of slot n's areas in a window with `slots` slots; the table is padded to whole pages. The
 * space for rings and frames begins behind it. */
#define TRIREME_AREAS_OFFSET(slots, n) (TRIREME_PAGE * (1u + (slots)) + 128u * (n))
#define TRIREME_SPACE_OFFSET(slots) (TRIREME_PAGE * (1u + (slots) + ((slots) + 31u) / 32u))
/* Offset of slot n's registers in BAR0. */
#define TRIREME_SLOT_REGISTERS(n) (TRIREME_PAGE * (1u + (n)))

#ifndef __cplusplus
_Static_assert(sizeof(struct trireme_window_header) == 0x180, "window header");
_Static_assert(sizeof(struct trireme_slot_request) == 0x80, "slot request");
_Static_assert(sizeof(struct trireme_slot_answer) == 0x100, "slot answer");
_Static_assert(offsetof(struct trireme_slot_page, tail) == 0x200, "tail");
_Static_assert(offsetof(struct trireme_slot_page, completions) == 0x340, "completions");
_Static_assert(offsetof(struct trireme_slot_page, error_position) == 0x3c0, "error");
_Static_assert(offsetof(struct trireme_slot_page, frames) == 0x440, "frames");
_Static_assert(offsetof(struct trireme_slot_page, notes) == 0x500, "notes");
_Static_assert(sizeof(struct trireme_slot_page) == TRIREME_PAGE, "slot page");
_Static_assert(sizeof(struct trireme_slot_areas) == 128, "slot areas");
_Static_assert(offsetof(struct trireme_slot_areas, areas) == 0x40, "areas");
_Static_assert(sizeof(struct trireme_doorbell_entry) == 16, "doorbell entry");
_Static_assert(sizeof(struct trireme_doorbell_slot) % 64 == 0, "doorbell slot");
_Static_assert(sizeof(struct trireme_shared_header) == TRIREME_PAGE, "shared header");
#endif

#endif

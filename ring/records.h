/* SPDX-License-Identifier: MIT */
/*
 * Records: what travels in the rings.
 *
 * A record begins at a multiple of 8 bytes with its header and is a whole number of 8-byte units
 * long. It never wraps: a PAD record fills the end of the ring. Opcodes are ranges:
 *
 *     0 … 31        every ring      PAD, CHUNK
 *     32 … 63       session rings   enum trireme_session_opcode
 *     64 … 127      context rings   enum trireme_context_opcode
 *     256 … 16383   context rings   OpenGL, generated from the registry (dispatch/gen)
 *     16384 … 32767 context rings   Glide, generated from its description (dispatch/glide/gen)
 *
 * The opcode's top bit says that the record's payloads are not in the record: they came before it
 * in CHUNK records, which the reader has put together (see payload references below).
 *
 * Payload references. A pointer argument travels as a 64-bit reference:
 *     0                              NULL
 *     TRIREME_REF_PAYLOAD | bytes    `bytes` bytes follow the record's fixed part (or came in
 *                                    CHUNKs); payloads lie one after the other, in the order of
 *                                    their arguments, each padded to 8 bytes
 *     TRIREME_REF_OFFSET | offset    an offset into the buffer object bound to the command's
 *                                    binding point
 */
#ifndef TRIREME_RING_RECORDS_H
#define TRIREME_RING_RECORDS_H

#include <stdint.h>

#define TRIREME_RECORD_UNIT 8u
/* The longest record: what 16 bits of 8-byte units can say. */
#define TRIREME_RECORD_MAX (0xffffu * TRIREME_RECORD_UNIT)

struct trireme_record {
    uint16_t opcode;
    uint16_t units; /* of 8 bytes, this header included; at least 1 */
};

#define TRIREME_OPCODE_CHUNKED 0x8000u

#define TRIREME_REF_PAYLOAD (UINT64_C(1) << 63)
#define TRIREME_REF_OFFSET (UINT64_C(1) << 62)
#define TRIREME_REF_VALUE(ref) ((ref) & (TRIREME_REF_OFFSET - 1))

enum trireme_ring_opcode {
    TRIREME_OP_PAD = 0,
    TRIREME_OP_CHUNK = 1, /* struct trireme_chunk */
};

/* A piece of a payload that is too large for one record. Pieces arrive in order; `total` is the
 * same in each; the first has offset 0. The bytes follow the struct. */
struct trireme_chunk {
    struct trireme_record record;
    uint32_t bytes; /* in this piece */
    uint64_t offset;
    uint64_t total;
};

/* Session rings: a process's control ring. Each is answered by one reply of the same opcode. */
enum trireme_session_opcode {
    TRIREME_OP_SESSION_INFO = 32,     /* -> struct trireme_session_info, then configs, strings */
    TRIREME_OP_DRAWABLE_DESTROY = 33, /* struct trireme_drawable_destroy; no reply */
    TRIREME_OP_SESSION_OPTIONS = 34,  /* struct trireme_session_options; no reply; once */
};

/* What the guest's user set for the program: lines of key=value, padded with NULs. */
#define TRIREME_OPTIONS_BYTES 2044u
struct trireme_session_options {
    struct trireme_record record;
    char lines[TRIREME_OPTIONS_BYTES];
};

struct trireme_drawable_destroy {
    struct trireme_record record;
    uint32_t drawable;
};

/* A frame buffer configuration of the host. Sizes in bits; id is what CREATE names. */
struct trireme_config {
    uint32_t id; /* > 0 */
    uint8_t red, green, blue, alpha;
    uint8_t depth, stencil, samples;
    uint8_t flags; /* enum trireme_config_flag */
    uint32_t max_pbuffer_width, max_pbuffer_height;
};

enum trireme_config_flag {
    TRIREME_CONFIG_SRGB = 1u << 0,  /* drawables can hold sRGB colours (ARB_framebuffer_sRGB) */
    TRIREME_CONFIG_ACCUM = 1u << 1, /* accumulation buffers of 16 bits a colour */
};

/* Bits of each colour of the accumulation buffer; 0: none. */
static inline int trireme_config_accum(const struct trireme_config *config)
{
    return config->flags & TRIREME_CONFIG_ACCUM ? 16 : 0;
}

struct trireme_session_info {
    uint32_t configs;      /* struct trireme_config follow */
    uint32_t max_core;     /* greatest core profile version, major << 8 | minor; 0: none */
    uint32_t max_compat;   /* greatest compatibility version */
    uint32_t flags;        /* enum trireme_session_flag */
    uint32_t vendor_bytes; /* then the strings, not terminated: host GL's vendor, renderer */
    uint32_t renderer_bytes;
};

enum trireme_session_flag {
    TRIREME_SESSION_ROBUST = 1u << 0, /* contexts may ask for reset notification */
};

/* Context rings. */
enum trireme_context_opcode {
    TRIREME_OP_CONTEXT_CREATE = 64, /* the first record; reply: struct trireme_created */
    TRIREME_OP_MAKE_CURRENT = 65,   /* async; drawables of 0 release them (no surface) */
    TRIREME_OP_SWAP = 66,           /* async; completion: frames_done */
    TRIREME_OP_RESIZE = 67,         /* async; a drawable's window has a new size */
    TRIREME_OP_LEAVE = 68,          /* async; a leave point: gives out the next leave number */
    TRIREME_OP_WAIT = 69,           /* async; order behind another context's leave point */
    TRIREME_OP_ERROR = 70,          /* async; an error that the guest library detected */
    TRIREME_OP_SYNC = 71,           /* reply: nothing; everything before it is executed */
    TRIREME_OP_SWAP_UNSEEN = 72,    /* async; a pbuffer is swapped: there is no frame */
};

enum trireme_profile {
    TRIREME_PROFILE_COMPATIBILITY = 0,
    TRIREME_PROFILE_CORE = 1,
    TRIREME_PROFILE_GLIDE = 2, /* no OpenGL context: its commands are Glide's */
};

enum trireme_context_flag {
    TRIREME_CONTEXT_DEBUG = 1u << 0,
    TRIREME_CONTEXT_FORWARD_COMPATIBLE = 1u << 1,
    TRIREME_CONTEXT_LOSE_ON_RESET = 1u << 2,
    TRIREME_CONTEXT_ROBUST_ACCESS = 1u << 3,
};

struct trireme_context_create {
    struct trireme_record record;
    uint32_t config;      /* struct trireme_config.id; 0: none (surfaceless or any) */
    uint32_t share_group; /* number within the session, > 0; contexts that name one share objects */
    uint32_t version; /* major << 8 | minor; 0: whatever the host's default is (not for Glide) */
    uint32_t profile; /* enum trireme_profile */
    uint32_t flags;   /* enum trireme_context_flag */
};

struct trireme_created {
    uint32_t error;   /* 0, or an EGL error code (EGL 1.5, section 3.1) */
    uint32_t version; /* what the context has, as advertised; major << 8 | minor */
    uint32_t pad[2];
};

/* With TRIREME_PROFILE_GLIDE this follows in the reply: the board that programs are shown. */
struct trireme_glide_board {
    uint32_t kind;         /* enum trireme_glide_board_kind */
    uint32_t frame_memory; /* bytes */
    uint32_t units;        /* texture units, 1 or 2 */
    uint32_t unit_memory;  /* bytes, of each */
};

enum trireme_glide_board_kind {
    TRIREME_GLIDE_VOODOO = 0,
    TRIREME_GLIDE_RUSH = 1,
    TRIREME_GLIDE_VOODOO2 = 2,
    TRIREME_GLIDE_BANSHEE = 3,
    TRIREME_GLIDE_VOODOO3 = 4,
};

enum trireme_drawable_kind {
    TRIREME_DRAWABLE_WINDOW = 0,
    TRIREME_DRAWABLE_PBUFFER = 1,
};

struct trireme_make_current {
    struct trireme_record record;
    uint32_t draw, read; /* drawable ids of the session, chosen by the guest; 0: none */
    uint32_t draw_config, draw_kind, draw_width, draw_height; /* used if it does not exist yet */
    uint32_t read_config, read_kind, read_width, read_height;
    uint32_t flags; /* enum trireme_make_current_flag */
};

enum trireme_make_current_flag {
    TRIREME_MAKE_CURRENT_SINGLE_BUFFERED = 1u << 0, /* as queries tell the draw drawable */
};

struct trireme_swap {
    struct trireme_record record;
    uint32_t drawable; /* the current draw drawable */
    uint32_t serial;   /* counts this context's SWAPs from 1 */
    uint32_t flags;    /* enum trireme_swap_flag; from bit TRIREME_SWAP_US_SHIFT on a number */
};

enum trireme_swap_flag {
    /* Nothing is swapped: the frame shows what was drawn to the front buffer. */
    TRIREME_SWAP_FRONT = 1u << 0,
};

/* Above the flags: how many microseconds after the frame before the program wants this one at the
 * soonest. */
#define TRIREME_SWAP_US_SHIFT 8
#define TRIREME_SWAP_MOST_US ((1u << (32 - TRIREME_SWAP_US_SHIFT)) - 1)

struct trireme_swap_unseen {
    struct trireme_record record;
    uint32_t drawable; /* the current draw drawable */
};

struct trireme_resize {
    struct trireme_record record;
    uint32_t drawable, width, height;
};

struct trireme_leave {
    struct trireme_record record;
    uint32_t number; /* the context's leave numbers count from 1 */
};

struct trireme_wait {
    struct trireme_record record;
    uint32_t slot;   /* of a context of the same share group */
    uint32_t serial; /* that slot's request serial */
    uint32_t number; /* its leave number */
};

struct trireme_error {
    struct trireme_record record;
    uint32_t error; /* GL error code */
};

/* Reply rings. A reply answers one synchronous record, in order. Its data follow the struct; a
 * reply longer than a quarter of the ring comes in several records: `bytes` in this one, `more`
 * set in all but the last. */
struct trireme_reply {
    struct trireme_record record; /* opcode: the answered record's, or PAD */
    uint32_t bytes;
    uint32_t more;
    uint32_t pad;
};

#ifndef __cplusplus
_Static_assert(sizeof(struct trireme_record) == 4, "record header");
_Static_assert(sizeof(struct trireme_chunk) == 24, "chunk");
_Static_assert(sizeof(struct trireme_context_create) == 24, "create");
_Static_assert(sizeof(struct trireme_make_current) == 48, "make current");
_Static_assert(sizeof(struct trireme_reply) == 16, "reply");
#endif

#endif

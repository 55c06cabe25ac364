/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/contexts/fake_guest.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/control.h"
#include "gl_opcodes.h"
#include "ring/completion.h"
#include "ring/records.h"
#include "tests/contexts/test_server.h"

/* Blocks until the server sends a message. */
static ssize_t receive(int socket, void *body, size_t bytes, int *fds, unsigned *fd_count)
{
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * TRIREME_CONTROL_FDS)];
    } control;
    struct iovec data = {.iov_base = body, .iov_len = bytes};
    struct msghdr message = {
        .msg_iov = &data,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    struct cmsghdr *part = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;
    *fd_count = part ? (unsigned)((part->cmsg_len - CMSG_LEN(0)) / sizeof(int)) : 0;
    if (*fd_count > 0) {
        memcpy(fds, CMSG_DATA(part), *fd_count * sizeof(int));
    }
    return got;
}

static void take_doorbells(struct fake_guest *guest)
{
    uint32_t have = 0;
    while (have < guest->slots) {
        struct trireme_control_doorbells message;
        unsigned count;
        cr_assert_eq(
            receive(guest->socket, &message, sizeof message, guest->doorbells + have, &count),
            sizeof message);
        cr_assert_eq(message.first, have);
        cr_assert_eq(message.count, count);
        have += count;
    }
}

void fake_guest_connect(struct fake_guest *guest, const char *socket_path, uint32_t slots,
                        uint64_t window_size)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct trireme_control_hello hello = {
        .type = TRIREME_CONTROL_HELLO_LOCAL,
        .version = TRIREME_ABI_VERSION,
        .slots = slots,
        .window_size = window_size,
        .name = "a test",
    };
    struct trireme_control_answer answer;
    int window_fd;
    unsigned count;

    strcpy(address.sun_path, socket_path);
    guest->socket = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    cr_assert_eq(connect(guest->socket, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert(control_send(guest->socket, &hello, sizeof hello, NULL, 0));
    cr_assert_eq(receive(guest->socket, &answer, sizeof answer, &window_fd, &count), sizeof answer);
    cr_assert_eq(answer.type, TRIREME_CONTROL_WELCOME);
    cr_assert_eq(count, 1);
    guest->slots = answer.slots;
    guest->window_size = answer.window_size;
    guest->window =
        mmap(NULL, answer.window_size, PROT_READ | PROT_WRITE, MAP_SHARED, window_fd, 0);
    cr_assert_neq(guest->window, MAP_FAILED);
    close(window_fd);
    take_doorbells(guest);
}

void fake_guest_disconnect(struct fake_guest *guest)
{
    for (uint32_t i = 0; i < guest->slots; i++) {
        close(guest->doorbells[i]);
    }
    munmap(guest->window, guest->window_size);
    close(guest->socket);
}

struct trireme_slot_request fake_request(enum trireme_slot_role role)
{
    return (struct trireme_slot_request){
        .role = role,
        .version = TRIREME_ABI_VERSION,
        .gl_opcodes = GL_OPCODES_FINGERPRINT,
        .ring_size = TRIREME_RING_MIN,
        .reply_size = TRIREME_RING_MIN,
        .process = (uint32_t)getpid(),
        .program = "fake",
    };
}

void fake_slot_doorbell(struct fake_slot *slot)
{
    eventfd_write(slot->guest->doorbells[slot->number], 1);
}

static bool is_answered(void *data)
{
    const struct fake_slot *slot = data;
    return __atomic_load_n(&slot->page->answer.serial, __ATOMIC_ACQUIRE) == slot->serial;
}

enum trireme_slot_state fake_slot_ask(struct fake_slot *slot, struct fake_guest *guest,
                                      uint32_t number, const struct trireme_slot_request *request)
{
    slot->guest = guest;
    slot->number = number;
    slot->page = (struct trireme_slot_page *)(guest->window + TRIREME_SLOT_PAGE_OFFSET(number));
    uint32_t serial = slot->page->request.serial;
    slot->page->request = *request;
    slot->page->request.serial = serial;
    slot->serial = serial + 1;
    __atomic_store_n(&slot->page->request.serial, slot->serial, __ATOMIC_RELEASE);
    fake_slot_doorbell(slot);
    cr_assert(test_eventually(is_answered, slot), "no answer to request %u of slot %u",
              slot->serial, number);
    const struct trireme_slot_answer *answer = &slot->page->answer;
    if (answer->state == TRIREME_SLOT_OPEN) {
        ring_producer_init(&slot->commands, guest->window + answer->ring_offset, answer->ring_size,
                           &slot->page->tail, &slot->page->head);
        ring_consumer_init(&slot->replies, guest->window + answer->reply_offset, answer->reply_size,
                           &slot->page->reply_tail, &slot->page->reply_head);
    }
    return answer->state;
}

void fake_slot_open_session(struct fake_slot *slot, struct fake_guest *guest, uint32_t number)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_SESSION);
    cr_assert_eq(fake_slot_ask(slot, guest, number, &request), TRIREME_SLOT_OPEN, "%s",
                 slot->page->answer.message);
}

void fake_slot_open_context(struct fake_slot *slot, struct fake_guest *guest, uint32_t number,
                            const struct fake_slot *session)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_CONTEXT);
    request.session_slot = session->number;
    request.session_serial = session->serial;
    cr_assert_eq(fake_slot_ask(slot, guest, number, &request), TRIREME_SLOT_OPEN, "%s",
                 slot->page->answer.message);
}

void fake_slot_close(struct fake_slot *slot)
{
    struct trireme_slot_request request = fake_request(TRIREME_ROLE_NONE);
    cr_assert_eq(fake_slot_ask(slot, slot->guest, slot->number, &request), TRIREME_SLOT_FREE);
}

void fake_slot_call(struct fake_slot *slot, uint16_t opcode, uint32_t argument)
{
    const struct {
        struct trireme_record record;
        uint32_t argument;
    } record = {{.opcode = opcode}, argument};
    fake_slot_put(slot, &record, sizeof record);
}

void fake_slot_flush(struct fake_slot *slot)
{
    if (ring_producer_publish(&slot->commands, &slot->page->reader_status)) {
        fake_slot_doorbell(slot);
    }
}

struct wanted_room {
    struct fake_slot *slot;
    uint32_t bytes;
};

static bool has_room(void *data)
{
    const struct wanted_room *wanted = data;
    if (ring_producer_refill(&wanted->slot->commands, wanted->bytes) == RING_ROOM) {
        return true;
    }
    fake_slot_flush(wanted->slot);
    return false;
}

void fake_slot_put(struct fake_slot *slot, const void *record, uint32_t bytes)
{
    uint32_t padded = (bytes + 7u) & ~7u;
    struct wanted_room wanted = {slot, padded};
    struct trireme_record header;
    if (!ring_producer_reserve(&slot->commands, padded)) {
        cr_assert(test_eventually(has_room, &wanted), "the server does not read the ring");
    }
    uint8_t *place = ring_producer_reserve(&slot->commands, padded);
    memset(place, 0, padded);
    memcpy(place, record, bytes);
    memcpy(&header, record, sizeof header);
    header.units = (uint16_t)(padded / TRIREME_RECORD_UNIT);
    memcpy(place, &header, sizeof header);
    ring_producer_commit(&slot->commands, padded);
}

struct wanted_reply {
    struct fake_slot *slot;
    struct trireme_record header;
    const uint8_t *record;
};

static bool has_reply(void *data)
{
    struct wanted_reply *wanted = data;
    return ring_consumer_next(&wanted->slot->replies, &wanted->header, &wanted->record) ==
           RING_RECORD;
}

uint32_t fake_slot_reply(struct fake_slot *slot, uint16_t opcode, void *bytes, uint32_t size)
{
    struct trireme_reply reply;
    uint32_t total = 0;
    fake_slot_flush(slot);
    do {
        struct wanted_reply wanted = {.slot = slot};
        cr_assert(test_eventually(has_reply, &wanted), "no reply to record %u", opcode);
        memcpy(&reply, wanted.record, sizeof reply);
        cr_assert_eq(reply.record.opcode, opcode);
        uint32_t room = total < size ? size - total : 0;
        if (room > 0) {
            memcpy((uint8_t *)bytes + total, wanted.record + sizeof reply,
                   reply.bytes < room ? reply.bytes : room);
        }
        total += reply.bytes;
        ring_consumer_advance(&slot->replies, wanted.header.units * TRIREME_RECORD_UNIT);
        if (ring_consumer_release_look(&slot->replies, &slot->page->reader_status)) {
            fake_slot_doorbell(slot);
        }
    } while (reply.more);
    return total;
}

struct wanted_state {
    const struct fake_slot *slot;
    enum trireme_slot_state state;
};

static bool has_state(void *data)
{
    const struct wanted_state *wanted = data;
    return __atomic_load_n(&wanted->slot->page->answer.state, __ATOMIC_ACQUIRE) == wanted->state;
}

bool fake_slot_becomes(struct fake_slot *slot, enum trireme_slot_state state)
{
    struct wanted_state wanted = {slot, state};
    return test_eventually(has_state, &wanted);
}

uint32_t fake_context_create(struct fake_slot *slot, uint32_t share_group)
{
    const struct trireme_context_create record = {
        .record = {.opcode = TRIREME_OP_CONTEXT_CREATE},
        .share_group = share_group,
    };
    struct trireme_created created;
    fake_slot_put(slot, &record, sizeof record);
    cr_assert_eq(fake_slot_reply(slot, TRIREME_OP_CONTEXT_CREATE, &created, sizeof created),
                 sizeof created);
    return created.error;
}

void fake_context_make_current(struct fake_slot *slot, uint32_t config, uint32_t drawable,
                               uint32_t width, uint32_t height)
{
    const struct trireme_make_current record = {
        .record = {.opcode = TRIREME_OP_MAKE_CURRENT},
        .draw = drawable,
        .read = drawable,
        .draw_config = config,
        .draw_width = width,
        .draw_height = height,
        .read_config = config,
        .read_width = width,
        .read_height = height,
    };
    fake_slot_put(slot, &record, sizeof record);
}

void fake_context_clear(struct fake_slot *slot, float red, float green, float blue)
{
    const struct {
        struct trireme_record record;
        float color[4];
    } color = {{.opcode = GL_OP_ClearColor}, {red, green, blue, 1}};
    const struct {
        struct trireme_record record;
        uint32_t mask;
    } clear = {{.opcode = GL_OP_Clear}, 0x4000};
    fake_slot_put(slot, &color, sizeof color);
    fake_slot_put(slot, &clear, sizeof clear);
}

struct wanted_frame {
    const struct fake_slot *slot;
    uint32_t serial;
};

static bool has_frame(void *data)
{
    const struct wanted_frame *wanted = data;
    return __atomic_load_n(&wanted->slot->page->frames_done, __ATOMIC_ACQUIRE) == wanted->serial;
}

static struct trireme_frame swap(struct fake_slot *slot, uint32_t drawable, uint32_t serial,
                                 uint32_t flags)
{
    const struct trireme_swap record = {
        .record = {.opcode = TRIREME_OP_SWAP},
        .drawable = drawable,
        .serial = serial,
        .flags = flags,
    };
    struct wanted_frame wanted = {slot, serial};
    fake_slot_put(slot, &record, sizeof record);
    fake_slot_flush(slot);
    cr_assert(test_eventually(has_frame, &wanted), "frame %u does not come: %s", serial,
              slot->page->answer.message);
    cr_assert_eq(slot->page->frames[serial & 1].serial, serial);
    return slot->page->frames[serial & 1];
}

struct trireme_frame fake_context_swap(struct fake_slot *slot, uint32_t drawable, uint32_t serial)
{
    return swap(slot, drawable, serial, 0);
}

struct trireme_frame fake_context_show_front(struct fake_slot *slot, uint32_t drawable,
                                             uint32_t serial)
{
    return swap(slot, drawable, serial, TRIREME_SWAP_FRONT);
}

const uint32_t *fake_frame_pixels(const struct fake_slot *slot, const struct trireme_frame *frame)
{
    cr_assert_eq(frame->status, TRIREME_FRAME_SHOWN);
    cr_assert_leq((uint64_t)frame->offset + (uint64_t)frame->width * frame->height * 4,
                  slot->guest->window_size);
    return (const uint32_t *)(slot->guest->window + frame->offset);
}

void fake_context_leave(struct fake_slot *slot, uint32_t number)
{
    const struct trireme_leave record = {
        .record = {.opcode = TRIREME_OP_LEAVE},
        .number = number,
    };
    fake_slot_put(slot, &record, sizeof record);
    fake_slot_flush(slot);
}

void fake_context_wait(struct fake_slot *slot, const struct fake_slot *other, uint32_t number)
{
    const struct trireme_wait record = {
        .record = {.opcode = TRIREME_OP_WAIT},
        .slot = other->number,
        .serial = other->serial,
        .number = number,
    };
    fake_slot_put(slot, &record, sizeof record);
    fake_slot_flush(slot);
}

void fake_context_sync(struct fake_slot *slot)
{
    const struct {
        struct trireme_record record;
        uint32_t pad;
    } record = {.record = {.opcode = TRIREME_OP_SYNC}};
    fake_slot_put(slot, &record, sizeof record);
    cr_assert_eq(fake_slot_reply(slot, TRIREME_OP_SYNC, NULL, 0), 0);
}

uint32_t fake_context_call(struct fake_slot *slot, uint16_t opcode, uint32_t argument)
{
    const struct {
        struct trireme_record record;
        uint32_t argument;
    } record = {{.opcode = opcode}, argument};
    uint64_t value = 0;
    fake_slot_put(slot, &record, sizeof record);
    fake_slot_reply(slot, opcode, &value, sizeof value);
    return (uint32_t)value;
}

int32_t fake_context_get_integer(struct fake_slot *slot, uint32_t name)
{
    const struct {
        struct trireme_record record;
        uint32_t name;
        uint64_t out;
    } record = {{.opcode = GL_OP_GetIntegerv}, name, TRIREME_REF_PAYLOAD};
    struct {
        uint64_t bytes;
        int32_t value;
    } reply = {0};
    fake_slot_put(slot, &record, sizeof record);
    fake_slot_reply(slot, GL_OP_GetIntegerv, &reply, sizeof reply);
    return reply.value;
}

uint32_t fake_session_find_config(struct fake_slot *session, uint8_t depth, uint8_t samples)
{
    const struct {
        struct trireme_record record;
        uint32_t pad;
    } ask = {.record = {.opcode = TRIREME_OP_SESSION_INFO}};
    uint8_t bytes[8192];
    struct trireme_session_info info;
    struct trireme_config config;

    fake_slot_put(session, &ask, sizeof ask);
    uint32_t length = fake_slot_reply(session, TRIREME_OP_SESSION_INFO, bytes, sizeof bytes);
    memcpy(&info, bytes, sizeof info);
    cr_assert_eq(length, sizeof info + info.configs * sizeof config + info.vendor_bytes +
                             info.renderer_bytes);
    for (uint32_t i = 0; i < info.configs; i++) {
        memcpy(&config, bytes + sizeof info + i * sizeof config, sizeof config);
        if (config.red == 8 && config.alpha == 8 && config.depth == depth &&
            config.samples == samples) {
            return config.id;
        }
    }
    cr_assert_fail("no configuration with depth %u and %u samples", depth, samples);
    return 0;
}

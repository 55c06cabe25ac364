/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/frame.h"

#include "ring/completion.h"

enum {
    GL_BACK = 0x0405,
    GL_READ_BUFFER = 0x0C02,
    GL_PACK_SWAP_BYTES = 0x0D00,
    GL_PACK_LSB_FIRST = 0x0D01,
    GL_PACK_ROW_LENGTH = 0x0D02,
    GL_PACK_SKIP_ROWS = 0x0D03,
    GL_PACK_SKIP_PIXELS = 0x0D04,
    GL_PACK_ALIGNMENT = 0x0D05,
    GL_LIST_INDEX = 0x0B33,
    GL_MAP_COLOR = 0x0D10,
    GL_RED_SCALE = 0x0D14,
    GL_RED_BIAS = 0x0D15,
    GL_GREEN_SCALE = 0x0D18,
    GL_GREEN_BIAS = 0x0D19,
    GL_BLUE_SCALE = 0x0D1A,
    GL_BLUE_BIAS = 0x0D1B,
    GL_ALPHA_SCALE = 0x0D1C,
    GL_ALPHA_BIAS = 0x0D1D,
    GL_UNSIGNED_INT_8_8_8_8_REV = 0x8367,
    GL_PACK_INVERT_MESA = 0x8758,
    GL_BGRA = 0x80E1,
    GL_PIXEL_PACK_BUFFER = 0x88EB,
    GL_PIXEL_PACK_BUFFER_BINDING = 0x88ED,
    GL_READ_FRAMEBUFFER = 0x8CA8,
    GL_READ_FRAMEBUFFER_BINDING = 0x8CAA,
};

/* What a packed BGRA image needs. */
static const struct {
    unsigned name;
    int value;
} pack_state[] = {
    {GL_PACK_SWAP_BYTES, 0},  {GL_PACK_LSB_FIRST, 0},   {GL_PACK_ROW_LENGTH, 0},
    {GL_PACK_SKIP_ROWS, 0},   {GL_PACK_SKIP_PIXELS, 0}, {GL_PACK_ALIGNMENT, 4},
    {GL_PACK_INVERT_MESA, 0}, /* last: not every GL has it */
};

static const struct {
    unsigned name;
    float value;
} transfer_state[] = {
    {GL_MAP_COLOR, 0},   {GL_RED_SCALE, 1},   {GL_RED_BIAS, 0},
    {GL_GREEN_SCALE, 1}, {GL_GREEN_BIAS, 0},  {GL_BLUE_SCALE, 1},
    {GL_BLUE_BIAS, 0},   {GL_ALPHA_SCALE, 1}, {GL_ALPHA_BIAS, 0},
};

struct saved_state {
    int pack[G_N_ELEMENTS(pack_state)];
    float transfer[G_N_ELEMENTS(transfer_state)];
    int pack_buffer, read_framebuffer, read_buffer;
    bool transfer_saved;
};

static unsigned pack_count(const struct host_gl *gl)
{
    return G_N_ELEMENTS(pack_state) - (gl->pack_invert ? 0 : 1);
}

/* While a display list is compiled, glPixelTransfer would go into it: left alone then. */
static bool may_set_transfer(const struct host_gl *gl)
{
    int list = 0;
    if (gl->compatibility) {
        gl->get_integerv(GL_LIST_INDEX, &list);
    }
    return gl->compatibility && list == 0;
}

static void enter_read_state(const struct host_gl *gl, struct saved_state *saved)
{
    *saved = (struct saved_state){.transfer_saved = may_set_transfer(gl)};
    for (unsigned i = 0; i < pack_count(gl); i++) {
        gl->get_integerv(pack_state[i].name, &saved->pack[i]);
        if (saved->pack[i] != pack_state[i].value) {
            gl->pixel_storei(pack_state[i].name, pack_state[i].value);
        }
    }
    for (unsigned i = 0; saved->transfer_saved && i < G_N_ELEMENTS(transfer_state); i++) {
        gl->get_floatv(transfer_state[i].name, &saved->transfer[i]);
        if (saved->transfer[i] != transfer_state[i].value) {
            gl->pixel_transferf(transfer_state[i].name, transfer_state[i].value);
        }
    }
    gl->get_integerv(GL_PIXEL_PACK_BUFFER_BINDING, &saved->pack_buffer);
    if (saved->pack_buffer != 0) {
        gl->bind_buffer(GL_PIXEL_PACK_BUFFER, 0);
    }
    gl->get_integerv(GL_READ_FRAMEBUFFER_BINDING, &saved->read_framebuffer);
    if (saved->read_framebuffer != 0) {
        gl->bind_framebuffer(GL_READ_FRAMEBUFFER, 0);
    }
    gl->get_integerv(GL_READ_BUFFER, &saved->read_buffer);
    if (saved->read_buffer != GL_BACK) {
        gl->read_buffer(GL_BACK);
    }
}

static void leave_read_state(const struct host_gl *gl, const struct saved_state *saved)
{
    if (saved->read_buffer != GL_BACK) {
        gl->read_buffer((unsigned)saved->read_buffer);
    }
    if (saved->read_framebuffer != 0) {
        gl->bind_framebuffer(GL_READ_FRAMEBUFFER, (unsigned)saved->read_framebuffer);
    }
    if (saved->pack_buffer != 0) {
        gl->bind_buffer(GL_PIXEL_PACK_BUFFER, (unsigned)saved->pack_buffer);
    }
    for (unsigned i = 0; saved->transfer_saved && i < G_N_ELEMENTS(transfer_state); i++) {
        if (saved->transfer[i] != transfer_state[i].value) {
            gl->pixel_transferf(transfer_state[i].name, saved->transfer[i]);
        }
    }
    for (unsigned i = 0; i < pack_count(gl); i++) {
        if (saved->pack[i] != pack_state[i].value) {
            gl->pixel_storei(pack_state[i].name, saved->pack[i]);
        }
    }
}

/* Rows bottom-up, as GL has them. The GL only writes to `to`, which lies in the window. */
static void read_frame(void *data, uint32_t width, uint32_t height, void *to)
{
    const struct host_gl *gl = data;
    struct saved_state saved;
    enter_read_state(gl, &saved);
    gl->read_pixels(0, 0, (int)width, (int)height, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, to);
    leave_read_state(gl, &saved);
}

void frame_writer_init(struct frame_writer *writer, const struct render_slot *slot)
{
    *writer = (struct frame_writer){.slot = slot};
}

static bool make_room(struct frame_writer *writer, unsigned index, uint64_t bytes)
{
    const struct render_slot *slot = writer->slot;
    if (writer->areas[index].bytes >= bytes) {
        return true;
    }
    writer->areas[index].bytes = 0;
    writer->areas[index].drawable = 0;
    if (slot->frame_area(slot->frame_area_data, index, bytes, &writer->areas[index].offset)) {
        writer->areas[index].bytes = bytes;
        return true;
    }
    if (!writer->said_no_room) {
        writer->said_no_room = true;
        render_slot_log(slot, G_LOG_LEVEL_WARNING,
                        "no room for a frame of %" G_GUINT64_FORMAT
                        " KiB, it is not shown; give the device a larger window=",
                        bytes >> 10);
    }
    return false;
}

static bool device_waits(const struct render_slot *slot)
{
    return slot->doorbell && __atomic_load_n(&slot->doorbell->waiters, __ATOMIC_RELAXED) != 0;
}

static void publish(struct frame_writer *writer, const struct trireme_frame *frame)
{
    struct trireme_slot_page *page = writer->slot->page;
    struct trireme_frame *out = &page->frames[frame->serial & 1];
    out->offset = frame->offset;
    out->width = frame->width;
    out->height = frame->height;
    out->drawable = frame->drawable;
    out->status = frame->status;
    __atomic_store_n(&out->serial, frame->serial, __ATOMIC_RELEASE);
    writer->done++;
    if (__atomic_load_n(&page->waiting, __ATOMIC_RELAXED) != 0 || device_waits(writer->slot)) {
        writer->awaited++;
    }
    __atomic_store_n(&page->frames_done, writer->done, __ATOMIC_RELEASE);
    completion_signal(page, render_slot_waiters(writer->slot));
}

void frame_writer_skip(struct frame_writer *writer, uint32_t serial, uint32_t drawable_id)
{
    publish(writer, &(struct trireme_frame){.serial = serial,
                                            .drawable = drawable_id,
                                            .status = TRIREME_FRAME_SKIPPED});
}

void frame_writer_finish_filled(struct frame_writer *writer, frame_fill *fill, void *data,
                                uint32_t serial, const struct drawable *drawable)
{
    unsigned index = serial & 1;
    if (drawable->kind != TRIREME_DRAWABLE_WINDOW ||
        !make_room(writer, index, (uint64_t)drawable->width * drawable->height * 4)) {
        frame_writer_skip(writer, serial, drawable->id);
        return;
    }
    const struct trireme_frame frame = {
        .serial = serial,
        .drawable = drawable->id,
        .status = TRIREME_FRAME_SHOWN,
        .offset = writer->areas[index].offset,
        .width = drawable->width,
        .height = drawable->height,
    };
    writer->areas[index].drawable = drawable->id;
    writer->areas[index].width = frame.width;
    writer->areas[index].height = frame.height;
    fill(data, frame.width, frame.height, writer->slot->window + frame.offset);
    publish(writer, &frame);
}

void frame_writer_finish(struct frame_writer *writer, const struct host_gl *gl, uint32_t serial,
                         const struct drawable *drawable)
{
    frame_writer_finish_filled(writer, read_frame, (void *)gl, serial, drawable);
}

const void *frame_writer_last(const struct frame_writer *writer, const struct drawable *drawable)
{
    for (uint32_t i = 0; i < 2; i++) {
        unsigned index = (writer->done - i) & 1; /* the newer one first */
        if (writer->areas[index].drawable == drawable->id &&
            writer->areas[index].width == drawable->width &&
            writer->areas[index].height == drawable->height) {
            return writer->slot->window + writer->areas[index].offset;
        }
    }
    return NULL;
}

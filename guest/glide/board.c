/* SPDX-License-Identifier: MIT */
#include "guest/glide/board.h"

#include <stdlib.h>
#include <string.h>

#include "glide_encode.h"
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/common/encoder_link.h"
#include "guest/common/message.h"
#include "guest/glide/lfb.h"
#include "guest/glide/window.h"

/* Two screens of 640 x 480: however it lies in the ring, the answer to a lock fits into it at once,
 * so that the host need not wait for the guest in the middle. */
#define REPLY_RING (2u << 20)

#define LOST_ENCODER                                                                               \
    {                                                                                              \
        .lost = true, .record_limit = 4096                                                         \
    }

/* What programs are shown where there is no host. */
static const struct trireme_glide_board no_host = {
    .kind = TRIREME_GLIDE_VOODOO2, .frame_memory = 4u << 20, .units = 2, .unit_memory = 4u << 20};

struct glide_board glide_board = {.encoder = LOST_ENCODER, .shown = no_host};

static void (*error_callback)(const char *text, int32_t fatal);

void GLIDE_CALL trireme_grErrorSetCallback(void (*callback)(const char *text, int32_t fatal))
{
    error_callback = callback;
}

void glide_board_error(const char *text)
{
    if (error_callback) {
        error_callback(text, 0);
    } else {
        message_error("%s", text);
    }
}

static void lose_encoder(void)
{
    gl_encoder_finish(&glide_board.encoder);
    glide_board.encoder = (struct gl_encoder)LOST_ENCODER;
}

/* What frames are kept in at the host: the colours and nothing more. */
static uint32_t choose_config(const struct session *session)
{
    const struct trireme_config *best = NULL;
    for (uint32_t i = 0; i < session->info.configs; i++) {
        const struct trireme_config *config = &session->configs[i];
        unsigned bits = config->depth + config->stencil + config->samples;
        if (config->red == 8 && config->green == 8 && config->blue == 8 &&
            (!best || bits < (unsigned)(best->depth + best->stencil + best->samples))) {
            best = config;
        }
    }
    return best ? best->id : 0;
}

static bool create_context(void)
{
    struct gl_encoder *e = &glide_board.encoder;
    const struct trireme_context_create create = {
        .share_group = session_new_share_group(glide_board.session),
        .profile = TRIREME_PROFILE_GLIDE,
    };
    struct {
        struct trireme_created created;
        struct trireme_glide_board board;
    } answer = {0};
    size_t bytes;
    encoder_link_put(e, TRIREME_OP_CONTEXT_CREATE, &create, sizeof create);
    const uint8_t *reply = gl_encoder_sync(e, &bytes);
    bool answered = bytes >= sizeof answer;
    if (answered) {
        memcpy(&answer, reply, sizeof answer);
    }
    gl_encoder_reply_done(e);
    if (!answered || answer.created.error) {
        message_error("the host gives no board: see the server's log");
        return false;
    }
    glide_board.shown = answer.board;
    return true;
}

static void close_context(void)
{
    gl_encoder_flush(&glide_board.encoder);
    present_destroy(glide_board.present);
    glide_board.present = NULL;
    lose_encoder();
    slot_close(&glide_board.slot);
}

static bool open_context(void)
{
    struct port_error error;
    if (!session_open_context(glide_board.session, &glide_board.slot, 0, REPLY_RING, &error)) {
        message_error("no board: %s", error.text);
        return false;
    }
    encoder_link_init(&glide_board.encoder, &glide_board.slot);
    glide_board.present = present_create(&glide_board.slot);
    if (!glide_board.present || !create_context()) {
        close_context();
        return false;
    }
    return true;
}

bool glide_board_attach(void)
{
    struct port_error error;
    if (glide_board.session && !session_lost(glide_board.session) &&
        !slot_lost(&glide_board.slot)) {
        return true;
    }
    glide_board_detach();
    glide_settings_init(&glide_board.settings, &glide_board.encoder);
    glide_board.session = session_open(GLIDE_OPCODES_FINGERPRINT, &error);
    if (!glide_board.session) {
        message_error("%s", error.text);
        return false;
    }
    if (!open_context()) {
        session_destroy(glide_board.session, false);
        glide_board.session = NULL;
        return false;
    }
    return true;
}

void glide_board_detach(void)
{
    if (glide_board.session) {
        glide_board_close();
        close_context();
        session_destroy(glide_board.session, false);
        glide_board.session = NULL;
    }
}

void glide_board_forked(void)
{
    if (glide_board.session) {
        gl_encoder_lose(&glide_board.encoder);
        session_destroy(glide_board.session, true);
    }
    glide_board = (struct glide_board){.encoder = LOST_ENCODER, .shown = no_host};
}

static bool open_on_host(const struct glide_screen *screen)
{
    struct gl_encoder *e = &glide_board.encoder;
    const uint32_t id = session_new_drawable(glide_board.session);
    const uint32_t config = choose_config(glide_board.session);
    const struct trireme_make_current current = {
        .draw = id,
        .read = id,
        .draw_config = config,
        .read_config = config,
        .draw_kind = TRIREME_DRAWABLE_WINDOW,
        .read_kind = TRIREME_DRAWABLE_WINDOW,
        .draw_width = screen->width,
        .draw_height = screen->height,
        .read_width = screen->width,
        .read_height = screen->height,
    };
    size_t bytes;
    uint32_t opened = 0;
    glide_board.drawable = id;
    encoder_link_put(e, TRIREME_OP_MAKE_CURRENT, &current, sizeof current);
    glide_encode_open(e, screen->width, screen->height, (uint32_t)screen->color_format,
                      (uint32_t)screen->origin, (uint32_t)screen->color_buffers,
                      (uint32_t)screen->aux_buffers, screen->pixel_format);
    const uint8_t *reply = gl_encoder_sync(e, &bytes);
    if (bytes >= sizeof opened) {
        memcpy(&opened, reply, sizeof opened);
    }
    gl_encoder_reply_done(e);
    return opened == 1;
}

/* As Glide does when it opens a screen. */
static void start(const struct glide_screen *screen)
{
    struct glide_settings *settings = &glide_board.settings;
    glide_settings_init(settings, &glide_board.encoder);
    glide_set_origin(settings, (uint32_t)screen->origin);
    /* Whatever the screen's colours are like. */
    glide_set_lfb_color_format(settings, 0);
    glide_set_clip_window(settings, 0, 0, screen->width, screen->height);
    glide_set_viewport(settings, 0, 0, (int32_t)screen->width, (int32_t)screen->height);
    for (unsigned i = 0; i < GLIDE_GAMMA_ENTRIES; i++) {
        glide_board.gamma.red[i] = glide_board.gamma.green[i] = glide_board.gamma.blue[i] =
            (uint8_t)i;
    }
    memset(&glide_board.counts, 0, sizeof glide_board.counts);
    glide_layout_start(&glide_board.layout, glide_version);
    glide_board.smooth = 0;
}

bool glide_board_open(const struct glide_screen *screen)
{
    if (!glide_board_attach()) {
        return false;
    }
    glide_board_close();
    glide_board.window = glide_window_open(screen->window, screen->width, screen->height);
    if (!glide_board.window) {
        message_error("no window for a screen of %u x %u", screen->width, screen->height);
        return false;
    }
    glide_board.open = true;
    if (!open_on_host(screen)) {
        glide_board_close();
        return false;
    }
    glide_board.width = screen->width;
    glide_board.height = screen->height;
    glide_board.rate = screen->rate;
    glide_board.color_format = screen->color_format;
    glide_board.origin = screen->origin;
    glide_board.pixel_format = screen->pixel_format;
    start(screen);
    return true;
}

void glide_board_close(void)
{
    const struct trireme_make_current nothing = {0};
    if (!glide_board.open) {
        return;
    }
    glide_lfb_close();
    glide_encode_close(&glide_board.encoder);
    encoder_link_put(&glide_board.encoder, TRIREME_OP_MAKE_CURRENT, &nothing, sizeof nothing);
    gl_encoder_flush(&glide_board.encoder);
    session_destroy_drawable(glide_board.session, glide_board.drawable);
    glide_window_close(glide_board.window);
    glide_board.window = NULL;
    glide_board.open = false;
    glide_board.width = glide_board.height = 0;
}

/* NULL: nothing is shown anywhere. */
static struct present_target *shown_at(void)
{
    if (!glide_board.open || glide_board.encoder.lost) {
        return NULL;
    }
    if (slot_lost(&glide_board.slot)) {
        message_error("the host's server is gone, or gave the board up: see its log");
        gl_encoder_lose(&glide_board.encoder);
        return NULL;
    }
    return glide_window_target(glide_board.window);
}

/* The chip has eight bits for the interval. */
void glide_board_swap(uint32_t interval)
{
    const uint32_t retraces = interval < 255 ? interval : 255;
    struct present_target *target = shown_at();
    if (target) {
        present_swap_paced(glide_board.present, &glide_board.encoder, target, glide_board.drawable,
                           retraces * (1000000 / glide_board.rate));
    }
}

void glide_board_show_front(void)
{
    struct present_target *target = shown_at();
    if (target) {
        present_front(glide_board.present, &glide_board.encoder, target, glide_board.drawable);
    }
}

unsigned glide_board_pending(void)
{
    return glide_board.present ? present_in_flight(glide_board.present) : 0;
}

void glide_allow_mipmap_dither(bool allow)
{
    glide_set_mipmap_dither(&glide_board.settings, allow);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_host_state.h"

#include <glib.h>
#include <stdlib.h>

#include "dispatch/gl_host_debug.h"

void gl_host_state_create(struct gl_decoder *d)
{
    struct gl_host_state *h = d->host = g_new0(struct gl_host_state, 1);
    h->render_mode = GL_RENDER;
    h->vaos = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    h->lists.callees = g_hash_table_new(NULL, NULL);
    /* 3.1 contexts say by an extension whether they still have what 3.0 deprecated. */
    h->legacy = !d->core_profile &&
                (d->version != 0x301 || gl_decoder_has_extension(d, "GL_ARB_compatibility"));
    gl_host_debug_start(d);
}

void gl_host_state_destroy(struct gl_decoder *d)
{
    gl_host_debug_end(d);
    gl_stream_destroy(d);
    g_hash_table_unref(d->host->vaos);
    g_hash_table_unref(d->host->lists.callees);
    gl_spare_context_destroy(d);
    free(d->host->select);
    free(d->host->feedback);
    g_clear_pointer(&d->host, g_free);
}

GLint gl_host_integer(struct gl_decoder *d, GLenum pname, GLint otherwise)
{
    GLint values[16] = {otherwise};
    gl_decoder_mute(d);
    d->gl->GetIntegerv(pname, values);
    gl_decoder_unmute(d);
    return values[0];
}

void gl_host_attempt(struct gl_decoder *d)
{
    GLenum error;
    if (gl_host_outside(d)) {
        gl_decoder_peek_error(d, &error);
        /* A pending error hides those that the GL has by now. */
        d->gl->GetError();
    }
}

bool gl_host_succeeded(struct gl_decoder *d)
{
    GLenum error = d->gl->GetError();
    if (d->error == GL_NO_ERROR) {
        d->error = error;
    }
    return error == GL_NO_ERROR;
}

static const GLenum store_names[2][10] = {
    {GL_UNPACK_ALIGNMENT, GL_UNPACK_ROW_LENGTH, GL_UNPACK_IMAGE_HEIGHT, GL_UNPACK_SKIP_PIXELS,
     GL_UNPACK_SKIP_ROWS, GL_UNPACK_SKIP_IMAGES, GL_UNPACK_COMPRESSED_BLOCK_WIDTH,
     GL_UNPACK_COMPRESSED_BLOCK_HEIGHT, GL_UNPACK_COMPRESSED_BLOCK_DEPTH,
     GL_UNPACK_COMPRESSED_BLOCK_SIZE},
    {GL_PACK_ALIGNMENT, GL_PACK_ROW_LENGTH, GL_PACK_IMAGE_HEIGHT, GL_PACK_SKIP_PIXELS,
     GL_PACK_SKIP_ROWS, GL_PACK_SKIP_IMAGES, GL_PACK_COMPRESSED_BLOCK_WIDTH,
     GL_PACK_COMPRESSED_BLOCK_HEIGHT, GL_PACK_COMPRESSED_BLOCK_DEPTH,
     GL_PACK_COMPRESSED_BLOCK_SIZE},
};

/* How many of store_names the context has. */
static unsigned store_count(const struct gl_decoder *d)
{
    return d->version >= 0x402 ? 10 : 6;
}

static bool fresh_store(struct gl_decoder *d, bool pack)
{
    struct pixel_store *store = pack ? &d->host->pack : &d->host->unpack;
    uint32_t touch = pack ? GL_TOUCH_PACK : GL_TOUCH_UNPACK;
    if (!gl_host_outside(d)) {
        return false;
    }
    if (!(d->dirty & touch)) {
        return true;
    }
    *store = (struct pixel_store){0};
    for (unsigned i = 0; i < store_count(d); i++) {
        GLenum name = store_names[pack][i];
        *pixel_store_field(store, pack, name) = gl_host_integer(d, name, 0);
    }
    GLenum swap = pack ? GL_PACK_SWAP_BYTES : GL_UNPACK_SWAP_BYTES;
    store->swap_bytes = gl_host_integer(d, swap, 0);
    store->lsb_first = gl_host_integer(d, pack ? GL_PACK_LSB_FIRST : GL_UNPACK_LSB_FIRST, 0);
    GLint buffer = 0;
    if (d->version >= 0x201 || gl_decoder_has_extension(d, "GL_ARB_pixel_buffer_object")) {
        buffer = gl_host_integer(
            d, pack ? GL_PIXEL_PACK_BUFFER_BINDING : GL_PIXEL_UNPACK_BUFFER_BINDING, 0);
    }
    *(pack ? &d->host->pack_buffer : &d->host->unpack_buffer) = buffer;
    d->dirty &= ~touch;
    return store->alignment > 0;
}

bool gl_host_fresh_unpack(struct gl_decoder *d)
{
    return fresh_store(d, false);
}

bool gl_host_fresh_pack(struct gl_decoder *d)
{
    return fresh_store(d, true);
}

static void put_store(struct gl_decoder *d, bool pack, bool zero)
{
    struct pixel_store *store = pack ? &d->host->pack : &d->host->unpack;
    if (pixel_store_is_transfer(store)) {
        return;
    }
    for (unsigned i = 1; i < store_count(d); i++) {
        GLint value = *pixel_store_field(store, pack, store_names[pack][i]);
        if (value != 0) {
            d->gl->PixelStorei(store_names[pack][i], zero ? 0 : value);
        }
    }
}

void gl_host_transfer_begin(struct gl_decoder *d, bool pack)
{
    put_store(d, pack, true);
}

void gl_host_transfer_end(struct gl_decoder *d, bool pack)
{
    put_store(d, pack, false);
}

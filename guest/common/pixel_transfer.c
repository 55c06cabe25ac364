/* SPDX-License-Identifier: MIT */
#include "guest/common/pixel_transfer.h"

#include <string.h>

static struct gl_payload gather(struct gl_state *state, const struct image_layout *from,
                                const struct image_layout *to, uint32_t rows, uint32_t images,
                                const void *pixels)
{
    uint8_t *scratch = gl_state_scratch(state, to->end);
    if (!scratch)
        return gl_payload_null();
    /* Padding of rows travels too; it must not carry what was in the scratch memory before. */
    memset(scratch, 0, (size_t)to->end);
    image_copy(scratch, to, pixels, from, rows, images, state->unpack.lsb_first);
    return gl_payload_data(scratch, to->end);
}

struct gl_payload pixel_upload(struct gl_state *state, const struct image *image,
                               const void *pixels)
{
    if (state->buffers.bound[BUFFER_PIXEL_UNPACK])
        return gl_payload_offset((uintptr_t)pixels);
    struct image_layout place, transfer;
    if (!pixels || !image_layout(&place, &state->unpack, image) || !place.end)
        return gl_payload_null();
    if (pixel_store_is_transfer(&state->unpack))
        return gl_payload_data(pixels, place.end);
    struct pixel_store store = pixel_store_transfer(&state->unpack);
    image_layout(&transfer, &store, image);
    return gather(state, &place, &transfer, (uint32_t)image->height, (uint32_t)image->depth,
                  pixels);
}

static uint32_t block_count(GLsizei pixels, GLint block)
{
    return (uint32_t)((pixels + (int64_t)block - 1) / block);
}

struct gl_payload pixel_upload_compressed(struct gl_state *state, const struct image *image,
                                          GLsizei bytes, const void *pixels)
{
    const struct pixel_store *store = &state->unpack;
    if (state->buffers.bound[BUFFER_PIXEL_UNPACK])
        return gl_payload_offset((uintptr_t)pixels);
    struct image_layout place, transfer = {0};
    if (!pixels || !image_layout_compressed(&place, store, image, bytes) || !place.end)
        return gl_payload_null();
    bool described = store->block_size && store->block_width &&
                     (image->dimensions < 2 || store->block_height) &&
                     (image->dimensions < 3 || store->block_depth);
    if (!described || pixel_store_is_transfer(store))
        return gl_payload_data(pixels, place.end);
    uint32_t rows = image->dimensions < 2 ? 1 : block_count(image->height, store->block_height);
    uint32_t images = image->dimensions < 3 ? 1 : block_count(image->depth, store->block_depth);
    transfer.row_bytes = transfer.row_stride = place.row_bytes;
    transfer.image_stride = place.row_bytes * rows;
    transfer.end = transfer.image_stride * images;
    if (transfer.end != (uint64_t)bytes)
        return gl_payload_null(); /* the GL refuses this, and reads nothing */
    return gather(state, &place, &transfer, rows, images, pixels);
}

void pixel_download_layout(struct pixel_download *download, const struct gl_state *state,
                           const struct image *image)
{
    struct pixel_store store = pixel_store_transfer(&state->pack);
    image_layout(&download->place, &state->pack, image);
    image_layout(&download->transfer, &store, image);
    download->image = *image;
    download->lsb_first = state->pack.lsb_first;
}

void pixel_download_layout_compressed(struct pixel_download *download, const struct gl_state *state,
                                      const struct image *image, GLsizei bytes)
{
    struct pixel_store store = pixel_store_transfer(&state->pack);
    image_layout_compressed(&download->transfer, &store, image, bytes);
    image_layout_compressed(&download->place, &state->pack, image, bytes);
    download->image = *image;
    if (download->place.row_bytes == download->transfer.row_bytes) {
        download->image.height = download->image.depth = 1;
    } else {
        const struct pixel_store *pack = &state->pack;
        download->image.height =
            image->dimensions < 2 ? 1 : (GLsizei)block_count(image->height, pack->block_height);
        download->image.depth =
            image->dimensions < 3 ? 1 : (GLsizei)block_count(image->depth, pack->block_depth);
        download->transfer.row_bytes = download->transfer.row_stride = download->place.row_bytes;
        download->transfer.image_stride =
            download->place.row_bytes * (uint64_t)download->image.height;
    }
    download->lsb_first = false;
}

void pixel_download_begin(struct pixel_download *download, struct gl_state *state, void *pixels)
{
    const struct image_layout *place = &download->place;
    uint64_t end = download->transfer.end;
    /* The host sends rows with their padding, which belongs to the program. */
    download->direct =
        place->first == 0 && place->end == end && !place->first_bit && place->row_bits % 8 == 0 &&
        ((place->row_stride == place->row_bytes &&
          place->image_stride == place->row_stride * (uint64_t)download->image.height) ||
         (download->image.height == 1 && download->image.depth == 1));
    download->pixels = pixels;
    download->result = (struct gl_result){
        .data = download->direct ? pixels : gl_state_scratch(state, end),
        .capacity = end,
    };
}

void pixel_download_end(struct pixel_download *download)
{
    if (download->direct || !download->result.data || !download->pixels ||
        download->result.bytes < download->transfer.end || !download->transfer.end)
        return;
    image_copy(download->pixels, &download->place, download->result.data, &download->transfer,
               (uint32_t)download->image.height, (uint32_t)download->image.depth,
               download->lsb_first);
}

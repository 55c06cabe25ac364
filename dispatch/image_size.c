/* SPDX-License-Identifier: MIT */
#include "dispatch/image_size.h"

#include <stddef.h>
#include <string.h>

GLint *pixel_store_field(struct pixel_store *store, bool pack, GLenum pname)
{
    static const struct {
        GLenum unpack, pack;
        size_t offset;
    } fields[] = {
#define FIELD(name, field) {GL_UNPACK_##name, GL_PACK_##name, offsetof(struct pixel_store, field)}
        FIELD(ALIGNMENT, alignment),
        FIELD(ROW_LENGTH, row_length),
        FIELD(IMAGE_HEIGHT, image_height),
        FIELD(SKIP_PIXELS, skip_pixels),
        FIELD(SKIP_ROWS, skip_rows),
        FIELD(SKIP_IMAGES, skip_images),
        FIELD(SWAP_BYTES, swap_bytes),
        FIELD(LSB_FIRST, lsb_first),
        FIELD(COMPRESSED_BLOCK_WIDTH, block_width),
        FIELD(COMPRESSED_BLOCK_HEIGHT, block_height),
        FIELD(COMPRESSED_BLOCK_DEPTH, block_depth),
        FIELD(COMPRESSED_BLOCK_SIZE, block_size),
#undef FIELD
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (pname == (pack ? fields[i].pack : fields[i].unpack))
            return (GLint *)((uint8_t *)store + fields[i].offset);
    }
    return NULL;
}

bool pixel_store_set(struct pixel_store *store, bool pack, GLenum pname, GLint value)
{
    GLint *field = pixel_store_field(store, pack, pname);
    if (!field)
        return false;
    if (field == &store->swap_bytes || field == &store->lsb_first)
        value = value != 0;
    else if (value < 0)
        return false;
    else if (field == &store->alignment && value != 1 && value != 2 && value != 4 && value != 8)
        return false;
    *field = value;
    return true;
}

struct pixel_store pixel_store_transfer(const struct pixel_store *store)
{
    return (struct pixel_store){
        .alignment = store->alignment,
        .swap_bytes = store->swap_bytes,
        .lsb_first = store->lsb_first,
    };
}

bool pixel_store_is_transfer(const struct pixel_store *store)
{
    return !(store->row_length | store->image_height | store->skip_pixels | store->skip_rows |
             store->skip_images | store->block_width | store->block_height | store->block_depth |
             store->block_size);
}

static uint32_t format_components(GLenum format)
{
    switch (format) {
    case GL_COLOR_INDEX:
    case GL_STENCIL_INDEX:
    case GL_DEPTH_COMPONENT:
    case GL_RED:
    case GL_GREEN:
    case GL_BLUE:
    case GL_ALPHA:
    case GL_LUMINANCE:
    case GL_INTENSITY:
    case GL_RED_INTEGER:
    case GL_GREEN_INTEGER:
    case GL_BLUE_INTEGER:
    case GL_ALPHA_INTEGER:
    case GL_LUMINANCE_INTEGER_EXT:
        return 1;
    case GL_LUMINANCE_ALPHA:
    case GL_RG:
    case GL_RG_INTEGER:
    case GL_LUMINANCE_ALPHA_INTEGER_EXT:
    case GL_DEPTH_STENCIL:
    case GL_YCBCR_MESA:
        return 2;
    case GL_RGB:
    case GL_BGR:
    case GL_RGB_INTEGER:
    case GL_BGR_INTEGER:
        return 3;
    case GL_RGBA:
    case GL_BGRA:
    case GL_RGBA_INTEGER:
    case GL_BGRA_INTEGER:
    case GL_ABGR_EXT:
    case GL_CMYK_EXT:
        return 4;
    case GL_CMYKA_EXT:
        return 5;
    default:
        return 0;
    }
}

/* Bytes of one component, or of a whole pixel if `packed`; 0: unknown. */
static uint32_t type_bytes(GLenum type, bool *packed)
{
    *packed = false;
    switch (type) {
    case GL_UNSIGNED_BYTE:
    case GL_BYTE:
        return 1;
    case GL_UNSIGNED_SHORT:
    case GL_SHORT:
    case GL_HALF_FLOAT:
        return 2;
    case GL_UNSIGNED_INT:
    case GL_INT:
    case GL_FLOAT:
        return 4;
    }
    *packed = true;
    switch (type) {
    case GL_UNSIGNED_BYTE_3_3_2:
    case GL_UNSIGNED_BYTE_2_3_3_REV:
        return 1;
    case GL_UNSIGNED_SHORT_5_6_5:
    case GL_UNSIGNED_SHORT_5_6_5_REV:
    case GL_UNSIGNED_SHORT_4_4_4_4:
    case GL_UNSIGNED_SHORT_4_4_4_4_REV:
    case GL_UNSIGNED_SHORT_5_5_5_1:
    case GL_UNSIGNED_SHORT_1_5_5_5_REV:
    case GL_UNSIGNED_SHORT_8_8_MESA:
    case GL_UNSIGNED_SHORT_8_8_REV_MESA:
        return 2;
    case GL_UNSIGNED_INT_8_8_8_8:
    case GL_UNSIGNED_INT_8_8_8_8_REV:
    case GL_UNSIGNED_INT_10_10_10_2:
    case GL_UNSIGNED_INT_2_10_10_10_REV:
    case GL_UNSIGNED_INT_10F_11F_11F_REV:
    case GL_UNSIGNED_INT_5_9_9_9_REV:
    case GL_UNSIGNED_INT_24_8:
        return 4;
    case GL_FLOAT_32_UNSIGNED_INT_24_8_REV:
        return 8;
    default:
        return 0;
    }
}

uint32_t image_pixel_bytes(GLenum format, GLenum type)
{
    bool packed;
    uint32_t components = format_components(format);
    uint32_t bytes = type_bytes(type, &packed);
    return packed && components ? bytes : bytes * components;
}

static uint64_t round_up(uint64_t value, uint64_t step)
{
    return (value + step - 1) / step * step;
}

/* Strides, first and end from row_bytes and the strides' 64-bit products; false on overflow. */
static bool layout_place(struct image_layout *layout, uint64_t rows, uint64_t images,
                         uint64_t rows_of_image, uint64_t skip_bytes, uint64_t skip_rows,
                         uint64_t skip_images)
{
    uint64_t skipped_images, skipped_rows, last_image, last_row, end;
    bool overflow =
        __builtin_mul_overflow(layout->row_stride, rows_of_image, &layout->image_stride);
    overflow |= __builtin_mul_overflow(layout->image_stride, skip_images, &skipped_images);
    overflow |= __builtin_mul_overflow(layout->row_stride, skip_rows, &skipped_rows);
    overflow |= __builtin_add_overflow(skipped_images, skipped_rows, &layout->first);
    overflow |= __builtin_add_overflow(layout->first, skip_bytes, &layout->first);
    overflow |= __builtin_mul_overflow(layout->image_stride, images - 1, &last_image);
    overflow |= __builtin_mul_overflow(layout->row_stride, rows - 1, &last_row);
    overflow |= __builtin_add_overflow(last_image, last_row, &end);
    overflow |= __builtin_add_overflow(end, layout->row_bytes, &end);
    overflow |= __builtin_add_overflow(end, layout->first, &end);
    if (overflow || end > INT64_MAX) {
        *layout = (struct image_layout){0};
        return false;
    }
    layout->end = end;
    return true;
}

bool image_layout(struct image_layout *layout, const struct pixel_store *store,
                  const struct image *image)
{
    *layout = (struct image_layout){0};
    uint32_t components = format_components(image->format);
    uint32_t pixel = image_pixel_bytes(image->format, image->type);
    bool bitmap = image->type == GL_BITMAP;
    if (bitmap ? !components : !pixel)
        return false;
    if (image->width <= 0 || image->height <= 0 || image->depth <= 0)
        return true;

    uint64_t width = (uint64_t)image->width;
    uint64_t stride_pixels = store->row_length > 0 ? (uint64_t)store->row_length : width;
    uint64_t rows_of_image = image->dimensions == 3 && store->image_height > 0
                                 ? (uint64_t)store->image_height
                                 : (uint64_t)image->height;
    uint64_t skip_images = image->dimensions == 3 ? (uint64_t)store->skip_images : 0;
    uint64_t alignment = (uint64_t)store->alignment;
    uint64_t skip_bytes;
    if (bitmap) {
        uint64_t bits = components; /* of a pixel */
        uint64_t skip_bits = (uint64_t)store->skip_pixels * bits;
        layout->first_bit = skip_bits % 8;
        layout->row_bits = (uint32_t)(width * bits);
        layout->row_bytes = (layout->first_bit + width * bits + 7) / 8;
        layout->row_stride = round_up((stride_pixels * bits + 7) / 8, alignment);
        skip_bytes = skip_bits / 8;
    } else {
        layout->row_bytes = width * pixel;
        layout->row_stride = round_up(stride_pixels * pixel, alignment);
        skip_bytes = (uint64_t)store->skip_pixels * pixel;
    }
    return layout_place(layout, (uint64_t)image->height, (uint64_t)image->depth, rows_of_image,
                        skip_bytes, (uint64_t)store->skip_rows, skip_images);
}

static uint64_t blocks(GLint pixels, GLint block)
{
    return ((uint64_t)pixels + (uint64_t)block - 1) / (uint64_t)block;
}

bool image_layout_compressed(struct image_layout *layout, const struct pixel_store *store,
                             const struct image *image, GLsizei bytes)
{
    *layout = (struct image_layout){0};
    if (bytes <= 0)
        return true;
    GLint size = store->block_size, width = store->block_width, height = store->block_height;
    GLint depth = store->block_depth;
    bool described =
        size && width && (image->dimensions < 2 || height) && (image->dimensions < 3 || depth);
    if (!described || image->width <= 0 || image->height <= 0 || image->depth <= 0) {
        layout->row_bytes = layout->row_stride = layout->image_stride = (uint64_t)bytes;
        layout->end = (uint64_t)bytes;
        return true;
    }
    if (image->dimensions < 2)
        height = 1;
    if (image->dimensions < 3)
        depth = 1;
    GLint length = store->row_length > 0 ? store->row_length : image->width;
    GLint rows =
        image->dimensions == 3 && store->image_height > 0 ? store->image_height : image->height;
    layout->row_bytes = blocks(image->width, width) * (uint64_t)size;
    layout->row_stride = blocks(length, width) * (uint64_t)size;
    uint64_t skip_images = image->dimensions == 3 ? (uint64_t)(store->skip_images / depth) : 0;
    return layout_place(layout, blocks(image->height, height), blocks(image->depth, depth),
                        blocks(rows, height),
                        (uint64_t)(store->skip_pixels / width) * (uint64_t)size,
                        (uint64_t)(store->skip_rows / height), skip_images);
}

uint64_t image_transfer_bytes(const struct pixel_store *store, const struct image *image)
{
    struct pixel_store transfer = pixel_store_transfer(store);
    struct image_layout layout;
    image_layout(&layout, &transfer, image);
    return layout.end;
}

static void copy_bits(uint8_t *to, uint32_t to_bit, const uint8_t *from, uint32_t from_bit,
                      uint32_t bits, bool lsb_first)
{
    for (uint32_t i = 0; i < bits; i++, to_bit++, from_bit++) {
        uint32_t from_shift = lsb_first ? from_bit & 7 : 7 - (from_bit & 7);
        uint32_t to_shift = lsb_first ? to_bit & 7 : 7 - (to_bit & 7);
        uint32_t bit = from[from_bit >> 3] >> from_shift & 1u;
        uint8_t *byte = &to[to_bit >> 3];
        *byte = (uint8_t)((*byte & ~(1u << to_shift)) | bit << to_shift);
    }
}

static bool is_solid(const struct image_layout *layout, uint32_t rows, uint32_t images)
{
    return (rows <= 1 || layout->row_stride == layout->row_bytes) &&
           (images <= 1 || layout->image_stride == layout->row_stride * rows);
}

uint64_t image_bytes_most(const struct image *image)
{
    const uint64_t pixel = 16, row_padding = 7;
    if (image->width <= 0 || image->height <= 0 || image->depth <= 0)
        return 0;
    uint64_t row = (uint64_t)image->width * pixel + row_padding;
    uint64_t rows = (uint64_t)image->height * (uint64_t)image->depth, bytes;
    return __builtin_mul_overflow(row, rows, &bytes) ? UINT64_MAX : bytes;
}

void image_copy(uint8_t *to, const struct image_layout *to_layout, const uint8_t *from,
                const struct image_layout *from_layout, uint32_t rows, uint32_t images,
                bool lsb_first)
{
    if (!to_layout->end || !from_layout->end)
        return;
    to += to_layout->first;
    from += from_layout->first;
    bool bits = to_layout->row_bits &&
                (to_layout->first_bit || from_layout->first_bit || to_layout->row_bits % 8);
    if (!bits && is_solid(to_layout, rows, images) && is_solid(from_layout, rows, images)) {
        memcpy(to, from, to_layout->end - to_layout->first);
        return;
    }
    for (uint32_t image = 0; image < images; image++) {
        uint8_t *to_row = to + image * to_layout->image_stride;
        const uint8_t *from_row = from + image * from_layout->image_stride;
        for (uint32_t row = 0; row < rows; row++) {
            if (bits)
                copy_bits(to_row, to_layout->first_bit, from_row, from_layout->first_bit,
                          to_layout->row_bits, lsb_first);
            else
                memcpy(to_row, from_row, to_layout->row_bytes);
            to_row += to_layout->row_stride;
            from_row += from_layout->row_stride;
        }
    }
}

unsigned image_target_dimensions(GLenum target)
{
    switch (target) {
    case GL_TEXTURE_1D:
    case GL_PROXY_TEXTURE_1D:
        return 1;
    case GL_TEXTURE_3D:
    case GL_PROXY_TEXTURE_3D:
    case GL_TEXTURE_2D_ARRAY:
    case GL_PROXY_TEXTURE_2D_ARRAY:
    case GL_TEXTURE_CUBE_MAP_ARRAY:
    case GL_PROXY_TEXTURE_CUBE_MAP_ARRAY:
        return 3;
    default:
        return 2;
    }
}

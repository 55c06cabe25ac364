/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/context_accum.h"

#include "contexts/context_sides.h"

/* So many rows of colours are on their way at one time. */
#define BAND 64u

/* Which part of 0 … `size` lies in `length` pixels from `from`. */
static void clip(uint32_t size, int64_t from, int64_t length, uint32_t *start, uint32_t *pixels)
{
    int64_t first = CLAMP(from, 0, (int64_t)size);
    int64_t end = CLAMP(from + length, first, (int64_t)size);
    *start = (uint32_t)first;
    *pixels = (uint32_t)(end - first);
}

static struct accum_box box_of(const struct drawable *drawable, const struct gl_accumulation *what)
{
    struct accum_box box = {0, 0, drawable->width, drawable->height};
    if (what->scissored) {
        clip(drawable->width, what->scissor[0], what->scissor[2], &box.x, &box.width);
        clip(drawable->height, what->scissor[1], what->scissor[3], &box.y, &box.height);
    }
    return box;
}

/* Between buffer and colours, a band after the other. */
static void transfer(struct context *context, const struct accum_box *box, uint8_t *pixels,
                     const struct gl_accumulation *what)
{
    struct accum_buffer *accum = context->draw->accum;
    struct accum_box band = *box;
    for (uint32_t done = 0; done < box->height; done += band.height) {
        band.y = box->y + done;
        band.height = MIN(BAND, box->height - done);
        if (what->op == GL_RETURN) {
            accum_buffer_return(accum, &band, pixels, what->value);
            surface_copier_write(&context->copier, context_draw_surface(context), &band, pixels,
                                 what->mask);
        } else {
            surface_copier_read(&context->copier, context_read_surface(context), &band, pixels);
            accum_buffer_add(accum, &band, pixels, what->op == GL_ACCUM ? 1 : 0, what->value);
        }
    }
}

/* The colours of a drawable that is smaller than the other are read as far as there are any. */
static void clip_to_reading(const struct context *context, struct accum_box *box)
{
    clip(context->read->width, box->x, box->width, &box->x, &box->width);
    clip(context->read->height, box->y, box->height, &box->y, &box->height);
}

bool context_accumulate(struct context *context, const struct gl_accumulation *what)
{
    if (!context->draw) {
        return true;
    }
    if (!context->draw->accum && !session_objects_make_accum(context->objects, context->draw)) {
        return false;
    }
    struct accum_box box = box_of(context->draw, what);
    if (what->op == GL_CLEAR) {
        accum_buffer_clear(context->draw->accum, &box, what->color);
        return true;
    }
    if (what->op == GL_MULT || what->op == GL_ADD) {
        bool multiplies = what->op == GL_MULT;
        accum_buffer_scale(context->draw->accum, &box, multiplies ? what->value : 1,
                           multiplies ? 0 : what->value);
        return true;
    }
    clip_to_reading(context, &box);
    g_autofree uint8_t *pixels = g_try_malloc0((gsize)box.width * BAND * 4 + 1);
    if (!pixels) {
        return false;
    }
    transfer(context, &box, pixels, what);
    return context_bind_drawables(context, NULL);
}

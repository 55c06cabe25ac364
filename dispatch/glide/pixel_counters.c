/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/pixel_counters.h"

#include "dispatch/glide/chip_private.h"
#include "dispatch/glide/pipeline.h"

#include <epoxy/gl.h>

enum { COUNT_IN, COUNT_CHROMA, COUNT_ALPHA, COUNTS };

static void reset(struct pixel_counters *c)
{
    static const uint32_t zero[COUNTS];
    glBindBuffer(GL_ATOMIC_COUNTER_BUFFER, c->buffer);
    glBufferData(GL_ATOMIC_COUNTER_BUFFER, sizeof zero, zero, GL_DYNAMIC_READ);
    c->drawn = c->cleared = 0;
    c->queries_used = 0;
}

static void start(struct glide_chip *chip)
{
    struct pixel_counters *c = &chip->counters;
    if (c->counting || epoxy_gl_version() < 42) {
        return;
    }
    c->counting = true;
    c->per_pixel = (uint64_t)chip->buffers.scale * chip->buffers.scale;
    glGenBuffers(1, &c->buffer);
    glGenQueries(PIXEL_QUERIES, c->queries);
    reset(c);
}

static void collect(struct pixel_counters *c)
{
    for (uint32_t i = 0; i < c->queries_used; i++) {
        GLuint samples = 0;
        glGetQueryObjectuiv(c->queries[i], GL_QUERY_RESULT, &samples);
        c->drawn += samples;
    }
    c->queries_used = 0;
}

void pixel_counters_begin_draw(struct pixel_counters *c)
{
    if (!c->counting) {
        return;
    }
    if (c->queries_used == PIXEL_QUERIES) {
        collect(c);
    }
    glBindBufferBase(GL_ATOMIC_COUNTER_BUFFER, 0, c->buffer);
    glBeginQuery(GL_SAMPLES_PASSED, c->queries[c->queries_used]);
}

void pixel_counters_end_draw(struct pixel_counters *c)
{
    if (c->counting) {
        glEndQuery(GL_SAMPLES_PASSED);
        c->queries_used++;
    }
}

void pixel_counters_cleared(struct pixel_counters *c, uint32_t pixels)
{
    c->cleared += pixels;
}

void pixel_counters_finish(struct pixel_counters *c)
{
    glDeleteBuffers(1, &c->buffer);
    if (c->counting) {
        glDeleteQueries(PIXEL_QUERIES, c->queries);
    }
}

void glide_chip_reset_counters(struct glide_chip *chip)
{
    pipeline_flush(chip);
    start(chip);
    if (chip->counters.counting) {
        collect(&chip->counters);
        reset(&chip->counters);
    }
}

void glide_chip_read_counters(struct glide_chip *chip, struct glide_pixel_counters *out)
{
    struct pixel_counters *c = &chip->counters;
    uint32_t counts[COUNTS] = {0};
    pipeline_flush(chip);
    start(chip);
    *out = (struct glide_pixel_counters){0};
    if (!c->counting) {
        return;
    }
    collect(c);
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
    glBindBuffer(GL_ATOMIC_COUNTER_BUFFER, c->buffer);
    glGetBufferSubData(GL_ATOMIC_COUNTER_BUFFER, 0, sizeof counts, counts);
    uint64_t samples = c->per_pixel * MAX(chip->buffers.samples, 1);
    uint64_t drawn = c->drawn / samples;
    out->in = counts[COUNT_IN] / c->per_pixel;
    out->chroma_failed = counts[COUNT_CHROMA] / c->per_pixel;
    out->alpha_failed = counts[COUNT_ALPHA] / c->per_pixel;
    uint64_t tested = (uint64_t)out->in - MIN(out->in, out->chroma_failed + out->alpha_failed);
    out->depth_failed = tested - MIN(tested, drawn);
    out->out = drawn + c->cleared;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/opengl/corners.h"

#include <stddef.h>

void fill_corners(struct corner *corners, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        float x = (float)(i * 7 % 19) / 9.5f - 1, y = (float)(i * 5 % 17) / 8.5f - 1;
        corners[i] =
            (struct corner){{x, y, 0},
                            {(uint8_t)(i * 40), (uint8_t)(255 - i * 13), (uint8_t)(i * 90), 255},
                            {x, y}};
    }
}

struct corner *guarded_corners(unsigned n)
{
    struct corner *corners = guarded_alloc(n * sizeof *corners);
    fill_corners(corners, n);
    return corners;
}

void point_at(const struct pair_gl *gl, const struct corner *corners)
{
    const uint8_t *at = (const uint8_t *)corners;
    gl->VertexPointer(3, GL_FLOAT, sizeof *corners, at + offsetof(struct corner, position));
    gl->ColorPointer(4, GL_UNSIGNED_BYTE, sizeof *corners, at + offsetof(struct corner, color));
    gl->EnableClientState(GL_VERTEX_ARRAY);
    gl->EnableClientState(GL_COLOR_ARRAY);
}

void clear(const struct pair_gl *gl)
{
    gl->ClearColor(0.2f, 0.3f, 0.4f, 1);
    gl->Clear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
}

/* SPDX-License-Identifier: MIT */
#include "dispatch/glide/screen_sizes.h"

static const struct {
    uint16_t width, height;
} sizes[GLIDE_RESOLUTIONS] = {
    {320, 200},   {320, 240},   {400, 256},   {512, 384},   {640, 200},   {640, 350},
    {640, 400},   {640, 480},   {800, 600},   {960, 720},   {856, 480},   {512, 256},
    {1024, 768},  {1280, 1024}, {1600, 1200}, {400, 300},   {1152, 864},  {1280, 960},
    {1600, 1024}, {1792, 1344}, {1856, 1392}, {1920, 1440}, {2048, 1536}, {2048, 2048},
};

bool glide_screen_size(int32_t resolution, uint32_t *width, uint32_t *height)
{
    if (resolution < 0 || resolution >= GLIDE_RESOLUTIONS) {
        return false;
    }
    *width = sizes[resolution].width;
    *height = sizes[resolution].height;
    return true;
}

int32_t glide_screen_resolution(uint32_t width, uint32_t height)
{
    for (int32_t i = 0; i < GLIDE_RESOLUTIONS; i++) {
        if (sizes[i].width == width && sizes[i].height == height) {
            return i;
        }
    }
    return -1;
}

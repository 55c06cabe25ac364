/* SPDX-License-Identifier: MIT */
#include "guest/glide/screens.h"

#include "guest/common/system.h"

uint32_t glide_screen_rate(int32_t refresh)
{
    static const uint8_t rates[] = {60, 70, 72, 75, 80, 90, 100, 85, 120};
    return refresh >= 0 && refresh < (int32_t)sizeof rates ? rates[refresh] : 60;
}

/* Retraces take about a twentieth of a screen's time. */
uint32_t glide_screen_line(uint32_t height, uint32_t rate)
{
    uint64_t lines = height + height / 20 + 1;
    return (uint32_t)(system_now_us() * rate * lines / 1000000 % lines);
}

uint32_t glide_screen_shown_line(uint32_t height, uint32_t rate)
{
    uint32_t line = glide_screen_line(height, rate);
    return line < height ? line : 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/glide_board.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define MIB (1024u * 1024u)

struct glide_board_kind {
    const char *name; /* as the user calls it */
    struct trireme_glide_board shown;
};

/* With as much memory as the boards were sold with at most. Those with one memory for everything
 * show programs a part of it as texture memory. */
static const struct glide_board_kind kinds[] = {
    [TRIREME_GLIDE_VOODOO] = {"voodoo", {TRIREME_GLIDE_VOODOO, 4 * MIB, 1, 4 * MIB}},
    [TRIREME_GLIDE_RUSH] = {"rush", {TRIREME_GLIDE_RUSH, 4 * MIB, 1, 4 * MIB}},
    [TRIREME_GLIDE_VOODOO2] = {"voodoo2", {TRIREME_GLIDE_VOODOO2, 4 * MIB, 2, 4 * MIB}},
    [TRIREME_GLIDE_BANSHEE] = {"banshee", {TRIREME_GLIDE_BANSHEE, 16 * MIB, 1, 8 * MIB}},
    [TRIREME_GLIDE_VOODOO3] = {"voodoo3", {TRIREME_GLIDE_VOODOO3, 16 * MIB, 2, 8 * MIB}},
};

struct trireme_glide_board glide_board_shown(uint32_t option, uint32_t unit_memory, uint32_t units)
{
    bool known = option > 0 && option <= G_N_ELEMENTS(kinds);
    struct trireme_glide_board board = kinds[known ? option - 1 : TRIREME_GLIDE_VOODOO3].shown;
    board.unit_memory = unit_memory > 0 ? unit_memory : board.unit_memory;
    board.units = units > 0 ? units : board.units;
    return board;
}

int glide_board_find(const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "contexts/glide_board.h"

#include <glib.h>
#include <string.h>

#define MIB (1024u * 1024u)

/* With as much memory as the boards were sold with at most. Those with one memory for everything
 * show programs a part of it as texture memory. */
static const struct glide_board_kind kinds[] = {
    [TRIREME_GLIDE_VOODOO] = {"voodoo", {TRIREME_GLIDE_VOODOO, 4 * MIB, 1, 4 * MIB}},
    [TRIREME_GLIDE_RUSH] = {"rush", {TRIREME_GLIDE_RUSH, 4 * MIB, 1, 4 * MIB}},
    [TRIREME_GLIDE_VOODOO2] = {"voodoo2", {TRIREME_GLIDE_VOODOO2, 4 * MIB, 2, 4 * MIB}},
    [TRIREME_GLIDE_BANSHEE] = {"banshee", {TRIREME_GLIDE_BANSHEE, 16 * MIB, 1, 8 * MIB}},
    [TRIREME_GLIDE_VOODOO3] = {"voodoo3", {TRIREME_GLIDE_VOODOO3, 16 * MIB, 2, 8 * MIB}},
};

const struct glide_board_kind *glide_board_kind(uint32_t option)
{
    return &kinds[option > 0 && option <= G_N_ELEMENTS(kinds) ? option - 1 : TRIREME_GLIDE_VOODOO3];
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

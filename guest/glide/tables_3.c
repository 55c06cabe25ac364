/* SPDX-License-Identifier: MIT */
/*
 * Texture tables as Glide 3 has them: one for all units.
 */
#include "glide_entry_points.h"
#include "glide_set.h"
#include "guest/glide/board.h"
#include "guest/glide/textures.h"

void GLIDE_CALL trireme_grTexDownloadTable_3(uint32_t type, const void *data)
{
    trireme_grTexDownloadTablePartial_3(type, data, 0, GLIDE_PALETTE_ENTRIES - 1);
}

void GLIDE_CALL trireme_grTexDownloadTablePartial_3(uint32_t type, const void *data, int32_t first,
                                                    int32_t last)
{
    uint32_t units = type <= GLIDE_TABLE_NCC1 ? GLIDE_TMUS : 1;
    for (uint32_t tmu = 0; tmu < units; tmu++) {
        glide_download_table(tmu, type, data, first, last);
    }
}

void GLIDE_CALL trireme_grTexNCCTable_3(uint32_t table)
{
    for (uint32_t tmu = 0; tmu < GLIDE_TMUS; tmu++) {
        glide_set_tex_ncc_table(&glide_board.settings, tmu, table);
    }
}

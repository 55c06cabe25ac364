/* SPDX-License-Identifier: MIT */
/*
 * Texture tables as Glide 2 has them: for each unit.
 */
#include "glide_entry_points.h"
#include "guest/glide/textures.h"

void GLIDE_CALL trireme_grTexDownloadTable_2(int32_t tmu, uint32_t type, const void *data)
{
    glide_download_table((uint32_t)tmu, type, data, 0, GLIDE_PALETTE_ENTRIES - 1);
}

void GLIDE_CALL trireme_grTexDownloadTablePartial_2(int32_t tmu, uint32_t type, const void *data,
                                                    int32_t first, int32_t last)
{
    glide_download_table((uint32_t)tmu, type, data, first, last);
}

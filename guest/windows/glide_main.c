/* SPDX-License-Identifier: MIT */
/*
 * glide.dll, glide2x.dll and glide3x.dll come and go.
 */
#include <windows.h>

#include "guest/glide/board.h"

BOOL WINAPI trireme_dll_main(HINSTANCE dll, DWORD reason, LPVOID reserved);

/* When the process ends its other threads are gone, whatever they held. The next program at this
 * device frees the slots. */
BOOL WINAPI trireme_dll_main(HINSTANCE dll, DWORD reason, LPVOID reserved)
{
    if (reason == DLL_PROCESS_DETACH && !reserved) {
        glide_board_detach();
    }
    return TRUE;
}

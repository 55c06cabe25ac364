/* SPDX-License-Identifier: MIT */
/*
 * The DLL comes, goes, and has each thread's encoder: in a slot of TlsAlloc()'s, since what
 * compilers do for thread-local variables does not work in a DLL that a program loads on
 * Windows 98.
 */
#include "guest/windows/wgl.h"

BOOL WINAPI trireme_dll_main(HINSTANCE dll, DWORD reason, LPVOID reserved);

static DWORD encoder_slot;

struct gl_encoder *gl_encoder_current(void)
{
    struct gl_encoder *encoder = TlsGetValue(encoder_slot);
    return encoder ? encoder : &gl_null_encoder;
}

void gl_encoder_make_current(struct gl_encoder *e)
{
    TlsSetValue(encoder_slot, e);
}

BOOL WINAPI trireme_dll_main(HINSTANCE dll, DWORD reason, LPVOID reserved)
{
    switch (reason) {
    case DLL_PROCESS_ATTACH:
        encoder_slot = TlsAlloc();
        return encoder_slot != TLS_OUT_OF_INDEXES;
    case DLL_THREAD_DETACH:
        if (context_current()) {
            process_lock();
            wgl_release_current();
            process_unlock();
        }
        break;
    case DLL_PROCESS_DETACH:
        /* When the process ends its other threads are gone, whatever they held. The next program
         * at this device frees the slots. */
        if (!reserved) {
            wgl_close_all();
            TlsFree(encoder_slot);
        }
        break;
    }
    return TRUE;
}

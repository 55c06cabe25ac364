/* SPDX-License-Identifier: MIT */
/*
 * The DLL comes, goes, and has data of each thread: in TlsAlloc()'s slots, since what compilers do
 * for thread-local variables does not work in a DLL that a program loads on Windows 98.
 */
#include "guest/windows/wgl.h"

BOOL WINAPI trireme_dll_main(HINSTANCE dll, DWORD reason, LPVOID reserved);

static DWORD encoder_slot, context_slot;

struct gl_encoder *gl_encoder_current(void)
{
    struct gl_encoder *encoder = TlsGetValue(encoder_slot);
    return encoder ? encoder : &gl_null_encoder;
}

void gl_encoder_make_current(struct gl_encoder *e)
{
    TlsSetValue(encoder_slot, e);
}

struct wgl_context *wgl_current(void)
{
    return TlsGetValue(context_slot);
}

void wgl_set_current(struct wgl_context *context)
{
    TlsSetValue(context_slot, context);
    gl_encoder_make_current(context ? &context->host.encoder : NULL);
}

static bool take_slots(void)
{
    encoder_slot = TlsAlloc();
    context_slot = TlsAlloc();
    return encoder_slot != TLS_OUT_OF_INDEXES && context_slot != TLS_OUT_OF_INDEXES;
}

BOOL WINAPI trireme_dll_main(HINSTANCE dll, DWORD reason, LPVOID reserved)
{
    switch (reason) {
    case DLL_PROCESS_ATTACH:
        return take_slots();
    case DLL_THREAD_DETACH:
        if (wgl_current()) {
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
            TlsFree(context_slot);
        }
        break;
    }
    return TRUE;
}

/* SPDX-License-Identifier: MIT */
/*
 * Programs' calls without the dispatcher: libglvnd lets a vendor write over its entry points while
 * the vendor's contexts are the only ones, and puts them back otherwise. Each then jumps to the
 * command's function straight away, where it would look up the thread's table and jump through
 * memory. A thread without a context gets where it would have got: to calls that do nothing.
 *
 * __GLVND_DISALLOW_PATCHING=1 in the environment keeps libglvnd from asking.
 */
#ifndef TRIREME_GUEST_GLX_PATCH_H
#define TRIREME_GUEST_GLX_PATCH_H

#include <glvnd/libglxabi.h>

/* __GLXapiImports.isPatchSupported */
GLboolean glx_patch_is_supported(int type, int size);
/* __GLXapiImports.initiatePatch */
GLboolean glx_patch(int type, int size, DispatchPatchLookupStubOffset find);

#endif

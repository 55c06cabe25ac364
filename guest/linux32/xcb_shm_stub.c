/* SPDX-License-Identifier: MIT */
/* Names of libxcb-shm.so.0, for the linker alone. */
#define STUB(name)                                                                                 \
    void name(void)                                                                                \
    {                                                                                              \
    }

STUB(xcb_shm_attach_checked)
STUB(xcb_shm_detach)
STUB(xcb_shm_put_image)
STUB(xcb_shm_query_version)
STUB(xcb_shm_query_version_reply)

/* As large as an xcb_extension_t. */
struct {
    const char *name;
    int global_id;
} xcb_shm_id = {"MIT-SHM", 0};

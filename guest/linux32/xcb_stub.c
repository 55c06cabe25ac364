/* SPDX-License-Identifier: MIT */
/* Names of libxcb.so.1, for the linker alone. */
#define STUB(name)                                                                                 \
    void name(void)                                                                                \
    {                                                                                              \
    }

STUB(xcb_change_window_attributes)
STUB(xcb_connect)
STUB(xcb_connection_has_error)
STUB(xcb_create_gc)
STUB(xcb_depth_next)
STUB(xcb_depth_visuals_iterator)
STUB(xcb_discard_reply)
STUB(xcb_disconnect)
STUB(xcb_flush)
STUB(xcb_free_gc)
STUB(xcb_generate_id)
STUB(xcb_get_extension_data)
STUB(xcb_get_file_descriptor)
STUB(xcb_get_geometry)
STUB(xcb_get_geometry_reply)
STUB(xcb_get_input_focus)
STUB(xcb_get_input_focus_reply)
STUB(xcb_get_maximum_request_length)
STUB(xcb_get_setup)
STUB(xcb_get_window_attributes)
STUB(xcb_get_window_attributes_reply)
STUB(xcb_poll_for_event)
STUB(xcb_put_image)
STUB(xcb_request_check)
STUB(xcb_screen_allowed_depths_iterator)
STUB(xcb_screen_next)
STUB(xcb_setup_roots_iterator)
STUB(xcb_setup_roots_length)
STUB(xcb_visualtype_next)

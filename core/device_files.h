/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window of a server as files, for programs that can open files but not receive descriptors:
 * Windows programs under Wine. The folder gets what guest/common/port_files.c looks for:
 *
 *     resource2    the window: a link to this process's descriptor of its memory
 *     doorbell     a FIFO that takes the numbers of slots, 32 bits each
 *
 * A thread of this process hands the numbers on. All programs that use the folder share the window.
 */
#ifndef TRIREME_DEVICE_FILES_H
#define TRIREME_DEVICE_FILES_H

#include <glib.h>

struct device_files;

/* Connects to the server that listens at `socket_path`. `folder` exists. NULL: error. */
struct device_files *device_files_create(const char *folder, const char *socket_path,
                                         GError **error);

/* Removes the files; the server closes what was opened through them. NULL is fine. */
void device_files_destroy(struct device_files *files);

#endif

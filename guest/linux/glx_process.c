/* SPDX-License-Identifier: MIT */
#include "guest/linux/glx_process.h"

#include <X11/Xlibint.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "guest/common/context.h"
#include "guest/common/message.h"
#include "guest/linux/glx_config.h"

struct glx_display {
    struct glx_display *next;
    Display *dpy;
    struct x_server *server;
    int first_error;
};

static struct glx_display *displays;
static struct x_server *x_servers;

static void after_fork_in_child(void)
{
    /* The order matters: contexts let go of the window before it is unmapped. */
    contexts_forked();
    present_forked();
    glx_drawables_forked();
    host_session_forked();
    for (struct x_server *server = x_servers; server; server = server->next) {
        x_server_abandon(server);
    }
    x_servers = NULL;
    while (displays) {
        struct glx_display *display = displays;
        displays = display->next;
        free(display);
    }
    process_unlock();
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(process_lock, process_unlock, after_fork_in_child);
}

static struct x_server *find_x_server(const char *name)
{
    struct x_server *server = x_servers;
    while (server &&
           (strcmp(server->name, name) != 0 || xcb_connection_has_error(server->connection))) {
        server = server->next;
    }
    if (server) {
        return server;
    }
    /* libXau, which finds the password, is not made for threads: Xlib calls it under this lock. */
    _XLockMutex(_Xglobal_lock);
    server = x_server_connect(name);
    _XUnlockMutex(_Xglobal_lock);
    if (server) {
        server->next = x_servers;
        x_servers = server;
    }
    return server;
}

/* Xlib calls this when the program closes the display: another may come to the same address. */
static int forget_display(Display *dpy, XExtCodes *codes)
{
    process_lock();
    for (struct glx_display **link = &displays; *link; link = &(*link)->next) {
        struct glx_display *display = *link;
        if (display->dpy == dpy) {
            *link = display->next;
            free(display);
            break;
        }
    }
    process_unlock();
    return 0;
}

static struct glx_display *find_display(Display *dpy)
{
    struct glx_display *display = displays;
    while (display && display->dpy != dpy) {
        display = display->next;
    }
    if (display) {
        return display;
    }
    struct x_server *server = find_x_server(DisplayString(dpy));
    display = server ? calloc(1, sizeof *display) : NULL;
    if (!display) {
        message_error("no second connection to the X server %s: does it allow so many clients?",
                      DisplayString(dpy));
        return NULL;
    }
    int opcode, first_event;
    display->dpy = dpy;
    display->server = server;
    if (!XQueryExtension(dpy, "GLX", &opcode, &first_event, &display->first_error)) {
        display->first_error = -1;
    }
    XExtCodes *codes = XAddExtension(dpy);
    if (codes) {
        XESetCloseDisplay(dpy, codes->extension, forget_display);
    }
    display->next = displays;
    displays = display;
    return display;
}

struct x_server *glx_x_server(Display *dpy)
{
    struct glx_display *display = find_display(dpy);
    return display ? display->server : NULL;
}

int glx_first_error(Display *dpy)
{
    struct glx_display *display = find_display(dpy);
    return display ? display->first_error : -1;
}

struct x_screen *glx_screen(Display *dpy, int number)
{
    struct x_server *server = glx_x_server(dpy);
    struct x_screen *screen = server ? x_server_screen(server, number) : NULL;
    if (!screen || screen->configs) {
        return screen;
    }
    if (screen->visual_count == 0) {
        message_error("screen %d has no TrueColor visual of 24 or 32 bits: start the X server "
                      "with -depth 24",
                      number);
        return NULL;
    }
    struct host_session *session = host_session_get();
    if (!session) {
        return NULL;
    }
    bool made =
        glx_configs_make(server, screen, session->session->configs, session->session->info.configs);
    host_session_unref(session);
    return made ? screen : NULL;
}

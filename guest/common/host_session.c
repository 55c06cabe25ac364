/* SPDX-License-Identifier: MIT */
#include "guest/common/host_session.h"

#include <stdlib.h>

#include "gl_opcodes.h"
#include "guest/common/message.h"
#include "guest/common/threads.h"

static struct thread_lock lock = THREAD_LOCK_INITIALIZER;
static struct host_session *current_session;
static uint32_t last_number;
static enum port_fault last_fault;

void process_lock(void)
{
    thread_lock_take(&lock);
}

void process_unlock(void)
{
    thread_lock_give(&lock);
}

struct host_session *host_session_ref(struct host_session *session)
{
    session->references++;
    return session;
}

void host_session_unref(struct host_session *session)
{
    if (--session->references == 0) {
        session_destroy(session->session, false);
        free(session);
    }
}

struct host_session *host_session_find(uint32_t number)
{
    return current_session && current_session->number == number &&
                   !session_lost(current_session->session)
               ? current_session
               : NULL;
}

void host_session_forked(void)
{
    if (current_session) {
        session_destroy(current_session->session, true);
        free(current_session);
        current_session = NULL;
    }
}

enum port_fault host_session_fault(void)
{
    return last_fault;
}

void host_session_failed(const struct port_error *error)
{
    last_fault = error->fault;
}

static struct host_session *open_session(void)
{
    struct port_error error;
    struct session *session = session_open(GL_OPCODES_FINGERPRINT, &error);
    if (!session) {
        message_error("%s", error.text);
        host_session_failed(&error);
        return NULL;
    }
    struct host_session *opened = calloc(1, sizeof *opened);
    if (!opened) {
        session_destroy(session, false);
        return NULL;
    }
    opened->session = session;
    opened->references = 1;
    opened->number = ++last_number;
    return opened;
}

struct host_session *host_session_get(void)
{
    if (current_session && session_lost(current_session->session)) {
        message_debug("the session is lost, opening a new one");
        host_session_unref(current_session);
        current_session = NULL;
    }
    if (!current_session) {
        current_session = open_session();
    }
    return current_session ? host_session_ref(current_session) : NULL;
}

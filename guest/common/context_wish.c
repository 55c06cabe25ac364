/* SPDX-License-Identifier: MIT */
#include "guest/common/context_wish.h"

#include "guest/common/host_session.h"
#include "ring/records.h"

/* The attributes; the names are those of GLX and WGL without their prefixes. */
enum {
    MAJOR_VERSION_ARB = 0x2091,
    MINOR_VERSION_ARB = 0x2092,
    FLAGS_ARB = 0x2094,
    OPENGL_NO_ERROR_ARB = 0x31b3,
    RESET_NOTIFICATION_STRATEGY_ARB = 0x8256,
    PROFILE_MASK_ARB = 0x9126,
};

enum {
    DEBUG_BIT_ARB = 0x1,
    FORWARD_COMPATIBLE_BIT_ARB = 0x2,
    ROBUST_ACCESS_BIT_ARB = 0x4,
    KNOWN_FLAGS = DEBUG_BIT_ARB | FORWARD_COMPATIBLE_BIT_ARB | ROBUST_ACCESS_BIT_ARB,
};

enum {
    CORE_PROFILE_BIT_ARB = 0x1,
    COMPATIBILITY_PROFILE_BIT_ARB = 0x2,
};

enum {
    LOSE_CONTEXT_ON_RESET_ARB = 0x8252,
    NO_RESET_NOTIFICATION_ARB = 0x8261,
};

#define CORE_SINCE ((3u << 8) | 2u)

void context_attributes_init(struct context_attributes *attributes)
{
    *attributes = (struct context_attributes){
        .major = 1,
        .profile = CORE_PROFILE_BIT_ARB,
        .reset = NO_RESET_NOTIFICATION_ARB,
    };
}

bool context_attributes_set(struct context_attributes *attributes, int name, int value)
{
    switch (name) {
    case MAJOR_VERSION_ARB:
        attributes->major = value;
        return true;
    case MINOR_VERSION_ARB:
        attributes->minor = value;
        return true;
    case FLAGS_ARB:
        attributes->flags = value;
        return true;
    case PROFILE_MASK_ARB:
        attributes->profile = value;
        return true;
    case RESET_NOTIFICATION_STRATEGY_ARB:
        attributes->reset = value;
        return true;
    case OPENGL_NO_ERROR_ARB:
        attributes->no_error = value;
        return true;
    default:
        return false;
    }
}

/* Is there such a version of OpenGL? (GLX_ARB_create_context, Errors) */
static bool version_exists(int major, int minor)
{
    static const int last_minor[] = {-1, 5, 1, 3, 6};
    return major >= 1 && major <= 4 && minor >= 0 && minor <= last_minor[major];
}

static enum context_fault find_fault(const struct context_attributes *attributes)
{
    if (attributes->reset != NO_RESET_NOTIFICATION_ARB &&
        attributes->reset != LOSE_CONTEXT_ON_RESET_ARB) {
        return CONTEXT_FAULT_RESET;
    }
    if (attributes->flags & ~KNOWN_FLAGS) {
        return CONTEXT_FAULT_FLAGS;
    }
    if (attributes->profile != CORE_PROFILE_BIT_ARB &&
        attributes->profile != COMPATIBILITY_PROFILE_BIT_ARB) {
        return CONTEXT_FAULT_PROFILE;
    }
    if (attributes->no_error && (attributes->flags & (DEBUG_BIT_ARB | ROBUST_ACCESS_BIT_ARB))) {
        return CONTEXT_FAULT_NO_ERROR;
    }
    return version_exists(attributes->major, attributes->minor) &&
                   (!(attributes->flags & FORWARD_COMPATIBLE_BIT_ARB) || attributes->major >= 3)
               ? CONTEXT_FAULT_NONE
               : CONTEXT_FAULT_VERSION;
}

/* Asked before a context is opened, to spare a slot: programs try versions out. */
static bool host_has_version(const struct context_wish *wish)
{
    bool has = true;
    process_lock();
    struct host_session *session = host_session_get();
    if (session) {
        const struct trireme_session_info *info = &session->session->info;
        has = wish->version <=
              (wish->profile == TRIREME_PROFILE_CORE ? info->max_core : info->max_compat);
        host_session_unref(session);
    }
    process_unlock();
    return has;
}

enum context_fault context_wish_take(struct context_wish *wish,
                                     const struct context_attributes *attributes)
{
    enum context_fault fault = find_fault(attributes);
    if (fault != CONTEXT_FAULT_NONE) {
        return fault;
    }
    wish->version = (uint32_t)attributes->major << 8 | (uint32_t)attributes->minor;
    /* Profiles begin with 3.2; below it the mask says nothing. */
    bool core = wish->version >= CORE_SINCE && attributes->profile == CORE_PROFILE_BIT_ARB;
    wish->profile = core ? TRIREME_PROFILE_CORE : TRIREME_PROFILE_COMPATIBILITY;
    wish->flags =
        (attributes->flags & DEBUG_BIT_ARB ? TRIREME_CONTEXT_DEBUG : 0) |
        (attributes->flags & FORWARD_COMPATIBLE_BIT_ARB ? TRIREME_CONTEXT_FORWARD_COMPATIBLE : 0) |
        (attributes->flags & ROBUST_ACCESS_BIT_ARB ? TRIREME_CONTEXT_ROBUST_ACCESS : 0) |
        (attributes->reset == LOSE_CONTEXT_ON_RESET_ARB ? TRIREME_CONTEXT_LOSE_ON_RESET : 0);
    wish->no_error = attributes->no_error;
    return host_has_version(wish) ? CONTEXT_FAULT_NONE : CONTEXT_FAULT_HOST;
}

bool context_wish_is_core(const struct context_wish *wish)
{
    return wish->profile == TRIREME_PROFILE_CORE ||
           wish->flags & TRIREME_CONTEXT_FORWARD_COMPATIBLE;
}

enum context_fault context_wish_sharing(const struct context_wish *wish,
                                        const struct context_wish *other)
{
    if (wish->no_error != other->no_error) {
        return CONTEXT_FAULT_NO_ERROR;
    }
    return (wish->flags ^ other->flags) & TRIREME_CONTEXT_LOSE_ON_RESET ? CONTEXT_FAULT_SHARED_RESET
                                                                        : CONTEXT_FAULT_NONE;
}

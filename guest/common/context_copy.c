/* SPDX-License-Identifier: MIT */
#include "guest/common/context_copy.h"

#include "guest/common/attribute_groups.h"
#include "guest/common/context_hooks.h"

/* GLX_ and WGL_CONTEXT_FORWARD_COMPATIBLE_BIT_ARB */
#define FORWARD_COMPATIBLE_BIT 2u

bool context_has_attributes(const struct context_wish *wish)
{
    return wish->profile == TRIREME_PROFILE_COMPATIBILITY &&
           !(wish->flags & FORWARD_COMPATIBLE_BIT);
}

/* While it is held, no callback of the program's is called, which might make another context
 * current. Messages wait. */
struct hold {
    struct debug_messages *debug;
    bool *was, destroyed;
};

static void hold_messages(struct hold *hold, struct context *context)
{
    hold->debug = &context->encoder.state->debug;
    hold->was = hold->debug->destroyed;
    hold->debug->destroyed = &hold->destroyed;
}

static void give_messages(const struct hold *hold)
{
    hold->debug->destroyed = hold->was;
}

/* The context is the thread's. */
static struct attribute_access access_to(bool shares_objects, bool same_buffers)
{
    return (struct attribute_access){
        .version = attribute_version((const char *)trireme_glGetString(GL_VERSION)),
        .shares_objects = shares_objects,
        .same_buffers = same_buffers,
        .draw_buffer = trireme_hook_glDrawBuffer,
    };
}

static struct attribute_values *read_attributes(struct context *from,
                                                const struct context_copy *copy)
{
    struct attribute_values *values = NULL;
    struct hold hold;
    hold_messages(&hold, from);
    if (!gl_state_refuses_queries(&from->encoder)) {
        const struct attribute_access access = access_to(copy->shares_objects, copy->same_buffers);
        values = attribute_values_read(&access, copy->groups);
    }
    give_messages(&hold);
    return values;
}

bool context_copy(struct context *from, struct context *to, const struct context_copy *copy)
{
    struct gl_encoder *mine = gl_encoder_current();
    gl_encoder_make_current(&from->encoder);
    struct attribute_values *values = context_check_lost(from) ? NULL : read_attributes(from, copy);
    const bool lost = context_check_lost(from);
    gl_encoder_make_current(mine);
    struct attribute_values *latest =
        values && !lost ? attribute_values_merge(values, from->copied, copy->groups) : NULL;
    if (latest) {
        attribute_values_drop_names(latest, copy->shares_objects, copy->same_buffers);
    }
    struct attribute_values *merged =
        latest ? attribute_values_merge(to->copied, latest, copy->groups) : NULL;
    attribute_values_free(latest);
    attribute_values_free(values);
    if (merged) {
        attribute_values_free(to->copied);
        to->copied = merged;
    }
    return merged != NULL;
}

void context_take_copied(struct context *context)
{
    struct hold hold;
    if (!context->copied || context_check_lost(context)) {
        return;
    }
    GLint list = 0;
    hold_messages(&hold, context);
    if (!gl_state_refuses_queries(&context->encoder)) {
        trireme_glGetIntegerv(GL_LIST_INDEX, &list);
        if (list == 0) {
            const struct attribute_access access = access_to(true, true);
            attribute_values_write(&access, context->copied);
            attribute_values_free(context->copied);
            context->copied = NULL;
        }
    }
    give_messages(&hold);
}

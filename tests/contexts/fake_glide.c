/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/contexts/fake_glide.h"

#include <criterion/criterion.h>
#include <string.h>

#include "dispatch/glide/glide_decoder_private.h"
#include "dispatch/glide/pixel_formats.h"

#define MOST_WORDS (1 + GLIDE_MOST_ARGUMENTS + 2 + 256)

void fake_glide_create(struct fake_slot *slot, struct fake_glide_created *created)
{
    const struct trireme_context_create record = {
        .record = {.opcode = TRIREME_OP_CONTEXT_CREATE},
        .share_group = 3,
        .profile = TRIREME_PROFILE_GLIDE,
    };
    fake_slot_put(slot, &record, sizeof record);
    cr_assert_eq(fake_slot_reply(slot, TRIREME_OP_CONTEXT_CREATE, created, sizeof *created),
                 sizeof *created);
    cr_assert_eq(created->created.error, 0);
}

void fake_glide_put(struct fake_slot *slot, uint16_t opcode, const uint32_t *arguments,
                    const void *data, uint32_t size)
{
    const struct glide_command *command = &glide_commands[opcode - GLIDE_FIRST_OPCODE];
    uint32_t words[MOST_WORDS] = {0};
    const struct trireme_record header = {.opcode = opcode};
    uint32_t fixed = (4u * (1u + command->arguments + command->data) + 7) & ~7u;
    memcpy(words, &header, sizeof header);
    memcpy(words + 1, arguments, 4u * command->arguments);
    if (command->data) {
        words[1 + command->arguments] = size;
        if (data) {
            memcpy((char *)words + fixed, data, size);
        }
    }
    fake_slot_put(slot, words, fixed + (command->data ? size : 0));
}

void fake_glide_open(struct fake_slot *slot, uint32_t config, uint32_t drawable, uint32_t width,
                     uint32_t height)
{
    const uint32_t screen[] = {width, height, 0, 0, 2, 1, GLIDE_PIXEL_565};
    uint32_t opened = 0;
    fake_context_make_current(slot, config, drawable, width, height);
    fake_glide_put(slot, GLIDE_OP_OPEN, screen, NULL, 0);
    cr_assert_eq(fake_slot_reply(slot, GLIDE_OP_OPEN, &opened, sizeof opened), sizeof opened);
    cr_assert_eq(opened, 1);
}

void fake_glide_clear(struct fake_slot *slot, uint32_t color)
{
    const uint32_t clear[] = {color, 0, 0};
    fake_glide_put(slot, GLIDE_OP_BUFFER_CLEAR, clear, NULL, 0);
}

void fake_glide_swap(struct fake_slot *slot)
{
    const uint32_t interval = 1;
    fake_glide_put(slot, GLIDE_OP_BUFFER_SWAP, &interval, NULL, 0);
}

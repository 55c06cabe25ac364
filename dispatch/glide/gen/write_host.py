# SPDX-License-Identifier: GPL-2.0-or-later
"""The host's side: the table of commands, and for each backend (glide_backend.h) its handlers'
prototypes and what takes records apart for them."""

from output import C_TYPES, GPL, NOTE, guarded, parameters, write_if_changed

# Prefix of the functions that carry out the commands, which is also their first argument's type.
BACKENDS = ('glide_host', 'glide_wrapper')

HANDLERS_TOP = '''\
/*
 * One handler for each of Glide's commands (dispatch/glide/gen/glide.toml says what they mean). All
 * values are a guest's: any may be wrong. `data` is private memory of `size` bytes, 4-byte aligned.
 * A reply appends its answer, which may be empty.
 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#include "dispatch/glide/glide_backend.h"

struct {backend};

/* By opcode - GLIDE_FIRST_OPCODE. */
extern glide_handler *const {backend}_handlers[];

'''


def prototype(backend, command):
    text = f'void {backend}_{command.name}(struct {backend} *board{parameters(command.args)}'
    if command.data:
        text += ', const void *data, size_t size'
    if command.reply:
        text += ', GByteArray *reply'
    return text + ')'


def write_handlers(api, directory):
    for backend in BACKENDS:
        body = HANDLERS_TOP.replace('{backend}', backend)
        body += ''.join(f'{prototype(backend, c)};\n' for c in api.commands.values())
        write_if_changed(directory, f'{backend}_handlers.h', guarded(f'{backend}_handlers.h', body, GPL))


def call(backend, command):
    values = []
    for index, kind in enumerate(command.args.values()):
        word = f'words[{index}]'
        if kind == 'f32':
            word = f'glide_word_float({word})'
        elif C_TYPES[kind] == 'int32_t':
            word = f'(int32_t){word}'
        values.append(word)
    values += ['data', 'size'] if command.data else []
    values += ['reply'] if command.reply else []
    return f'{backend}_{command.name}({", ".join(["board", *values])})'


def write_commands(api, directory):
    text = GPL + NOTE + '#include "dispatch/glide/glide_decoder_private.h"\n\n'
    text += 'const struct glide_command glide_commands[GLIDE_COMMANDS] = {\n'
    for c in api.commands.values():
        text += f'    {{"{c.name}", {len(c.args)}, {str(c.data).lower()}, {str(c.reply).lower()}}},\n'
    write_if_changed(directory, 'glide_commands.c', text + '};\n')


def write_decode(api, directory):
    for backend in BACKENDS:
        text = (GPL + NOTE + f'#include "{backend}_handlers.h"\n'
                '#include "dispatch/glide/glide_decoder_private.h"\n\n')
        for c in api.commands.values():
            text += (f'static void decode_{c.name}(void *board, const uint32_t *words, const void *data,\n'
                     f'    size_t size, GByteArray *reply)\n{{\n    {call(backend, c)};\n}}\n\n')
        text += f'glide_handler *const {backend}_handlers[GLIDE_COMMANDS] = {{\n'
        text += ''.join(f'    decode_{c.name},\n' for c in api.commands.values())
        write_if_changed(directory, f'{backend}_decode.c', text + '};\n')

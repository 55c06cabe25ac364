# SPDX-License-Identifier: GPL-2.0-or-later
"""glide_handlers.h: what the renderer's front implements; glide_decode.c: records to its calls."""

from output import C_TYPES, GPL, NOTE, guarded, parameters, write_if_changed

HANDLERS_TOP = '''\
/*
 * One handler for each of Glide's commands (dispatch/glide/gen/glide.toml says what they mean). All
 * values are a guest's: any may be wrong. `data` is private memory of `size` bytes, 4-byte aligned.
 * A reply appends its answer, which may be empty.
 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>

struct glide_host;

'''


def handler(command):
    text = f'void glide_host_{command.name}(struct glide_host *host{parameters(command.args)}'
    if command.data:
        text += ', const void *data, size_t size'
    if command.reply:
        text += ', GByteArray *reply'
    return text + ')'


def write_handlers(api, directory):
    body = HANDLERS_TOP + ''.join(f'{handler(c)};\n' for c in api.commands.values())
    write_if_changed(directory, 'glide_handlers.h', guarded('glide_handlers.h', body, GPL))


def call(command):
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
    return f'glide_host_{command.name}({", ".join(["host", *values])})'


def write_decode(api, directory):
    text = GPL + NOTE + '#include "glide_handlers.h"\n#include "dispatch/glide/glide_decoder_private.h"\n\n'
    for c in api.commands.values():
        text += (f'static void decode_{c.name}(struct glide_host *host, const uint32_t *words,\n'
                 '    const void *data, size_t size, GByteArray *reply)\n'
                 f'{{\n    {call(c)};\n}}\n\n')
    text += 'const struct glide_command glide_commands[GLIDE_COMMANDS] = {\n'
    for c in api.commands.values():
        text += (f'    {{"{c.name}", {len(c.args)}, {str(c.data).lower()}, {str(c.reply).lower()}, '
                 f'decode_{c.name}}},\n')
    write_if_changed(directory, 'glide_decode.c', text + '};\n')

# SPDX-License-Identifier: GPL-2.0-or-later
"""What a wrapper library is called by: a struct of its functions, the symbols that they are looked
up by, and handlers of those commands that are nothing but a call of one of them."""

from api import ApiError
from output import GPL, NOTE, guarded, parameters, write_if_changed

# Sections of functions by the version of Glide that a library is of (wrapper_calls.h).
VERSIONS = {'': 'GLIDE_CALL_ALL', '2': 'GLIDE_CALL_2', '24': 'GLIDE_CALL_2', '3': 'GLIDE_CALL_3',
            'extensions': 'GLIDE_CALL_EXTENSION'}

HEADER_TOP = '''\
/* The functions of a wrapper library; those of another version than its are NULL. */
#include <stddef.h>
#include <stdint.h>

struct glide_tex_info;

'''

HEADER_END = '''
/* Extensions are looked up with grGetProcAddress(), and may be missing. */
enum glide_call_version { GLIDE_CALL_ALL, GLIDE_CALL_2, GLIDE_CALL_3, GLIDE_CALL_EXTENSION };

struct glide_wrapper_symbol {
    const char *name;
    size_t offset; /* in struct glide_wrapper_calls */
    enum glide_call_version version;
};

/* Ends with a name of NULL. */
extern const struct glide_wrapper_symbol glide_wrapper_symbols[];
'''


def member(function):
    return function.symbol.removeprefix('trireme_')


def used(api):
    """Functions that are handed a command, and those that are called by hand."""
    return [f for f in api.functions if f.section in VERSIONS
            and (f.name in api.wrapper_calls or f.how not in ('hand', *api.wrapper_hand))]


def check(api):
    names = {f.name for f in api.functions}
    for name in api.wrapper_calls:
        if name not in names:
            raise ApiError(f'[wrapper] calls {name}, which is not described')
    for name in api.wrapper_hand:
        if name not in api.commands:
            raise ApiError(f'[wrapper] has {name} by hand, which is no command')
    for name in api.commands:
        if name not in api.wrapper_hand and not any(f.how == name for f in used(api)):
            raise ApiError(f'{name}: a wrapper has no function for it, and it is not by hand')


def declaration(function):
    arguments = ', '.join(kind + ('' if kind.endswith('*') else ' ') + name
                          for kind, name in function.parameters) or 'void'
    space = '' if function.result.endswith('*') else ' '
    return f'    {function.result}{space}(*{member(function)})({arguments});\n'


def handler(api, command):
    calls = [f for f in used(api) if f.how == command.name]
    look = 'glide_wrapper_unit_calls(board, tmu)' if 'tmu' in command.args else 'glide_wrapper_open_calls(board)'
    text = (f'void glide_wrapper_{command.name}(struct glide_wrapper *board{parameters(command.args)})\n{{\n'
            f'    const struct glide_wrapper_calls *calls = {look};\n')
    for function in calls:
        text += (f'    if (calls && calls->{member(function)}) {{\n'
                 f'        calls->{member(function)}({", ".join(command.args)});\n    }}\n')
    return text + '}\n\n'


def write_wrapper(api, directory):
    check(api)
    body = HEADER_TOP + 'struct glide_wrapper_calls {\n'
    body += ''.join(declaration(f) for f in used(api)) + '};\n' + HEADER_END
    write_if_changed(directory, 'glide_wrapper_calls.h', guarded('glide_wrapper_calls.h', body, GPL))

    text = GPL + NOTE + '#include "dispatch/glide/wrapper/glide_wrapper_private.h"\n\n'
    text += ''.join(handler(api, c) for c in api.commands.values() if c.name not in api.wrapper_hand)
    text += 'const struct glide_wrapper_symbol glide_wrapper_symbols[] = {\n'
    text += ''.join(f'    {{"{f.name}", offsetof(struct glide_wrapper_calls, {member(f)}), {VERSIONS[f.section]}}},\n'
                    for f in used(api))
    write_if_changed(directory, 'glide_wrapper_calls.c', text + '    {0},\n};\n')

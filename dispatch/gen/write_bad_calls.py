# SPDX-License-Identifier: GPL-2.0-or-later
"""gl_bad_calls.c: for each command that programs can call, how to call it with any arguments, and
what its arguments are (tests/opengl/bad_calls.h)."""

import re

from output import GPL, NOTE, join, write_if_changed
from write_guest import has_entry

KINDS = {
    'GLenum': 'ENUM', 'GLbitfield': 'BITS', 'GLboolean': 'TRUTH', 'GLsizei': 'SIZE',
    'GLsizeiptr': 'LONG_SIZE', 'GLsizeiptrARB': 'LONG_SIZE', 'GLintptr': 'LONG', 'GLintptrARB': 'LONG',
    'GLint': 'INT', 'GLuint': 'NAME', 'GLhandleARB': 'NAME', 'GLint64': 'LONG', 'GLint64EXT': 'LONG',
    'GLuint64': 'LONG', 'GLuint64EXT': 'LONG', 'GLfloat': 'REAL', 'GLdouble': 'REAL',
    'GLclampf': 'REAL', 'GLclampd': 'REAL', 'GLsync': 'SYNC',
}
# Values of enums that are members of few groups; the first that is not in a parameter's group.
FOREIGN = {'GL_FLOAT': 0x1406, 'GL_TEXTURE_2D': 0x0DE1, 'GL_LESS': 0x0201}
# The GL does not come back from great counts: it makes, or looks for, each of as many things.
ENDLESS = {'glGenLists', 'glDeleteLists', 'glGenFragmentShadersATI'}


def kind(param):
    if param.base.startswith('GLDEBUGPROC'):
        return 'CALLBACK'
    if param.pointers > 1 and param.const:
        return 'TEXTS' if param.base in ('GLchar', 'GLcharARB') else 'ADDRESSES'
    if param.pointers > 0:
        return 'IN' if param.const else 'OUT'
    return KINDS.get(param.base, 'INT')


def value(number, param):
    if kind(param) == 'REAL':
        return f'({param.type})v[{number}].real'
    if param.pointers or kind(param) in ('SYNC', 'CALLBACK'):
        return f'({param.type})v[{number}].pointer'
    return f'({param.type})v[{number}].bits'


def write_caller(rule):
    command = rule.command
    types = ', '.join(p.type for p in command.params) or 'void'
    values = ', '.join(value(n, p) for n, p in enumerate(command.params))
    pointer = join(command.ret, '(GL_API_CALL *)')
    return (f'static void call_{rule.short}(void *function, const union bad_value *v)\n{{\n'
            f'    (({pointer}({types}))function)({values});\n}}\n\n')


def lengths(rule):
    """Names of parameters that say how much memory a pointer's is."""
    used = set()
    for p in rule.command.params:
        used |= set(re.findall(r'\w+', p.len or ''))
        used |= set(re.findall(r'\w+', str(rule.options.get('len', {}).get(p.name, ''))))
    return used


def write_arguments(rule, registry):
    if not rule.command.params:
        return ''
    counts = lengths(rule)
    always = {a.name for a in rule.args if a.how == 'array'}
    text = f'static const struct bad_argument arguments_{rule.short}[] = {{\n'
    for p in rule.command.params:
        members = registry.enum_groups.get(p.group, ())
        foreign = next(f for f in FOREIGN if f not in members)
        group = f'group_{p.group}, {len(members)}' if members else 'NULL, 0'
        text += (f'    {{ BAD_{kind(p)}, {str(p.name in counts).lower()}, '
                 f'{str(p.name in always).lower()}, {group}, {FOREIGN[foreign]:#x} }},\n')
    return text + '};\n'


def write_groups(rules, registry):
    used = {p.group for r in rules for p in r.command.params} & set(registry.enum_groups)
    text = ''
    for name in sorted(used):
        values = ', '.join(registry.enums[e] for e in registry.enum_groups[name])
        text += f'static const unsigned group_{name}[] = {{ {values} }};\n'
    return text


def write_bad_calls(registry, rules, directory):
    callable_rules = [r for r in rules if has_entry(r)]
    text = (GPL + NOTE + '#include "tests/opengl/bad_calls.h"\n\n#include <stddef.h>\n\n#include "gl_api.h"\n'
            '#include "gl_opcodes.h"\n\n' + write_groups(callable_rules, registry) + '\n')
    table = ''
    for rule in callable_rules:
        text += write_arguments(rule, registry) + write_caller(rule)
        opcode = f'GL_OP_{rule.short}' if rule.carried else '0'
        endless = bool(rule.options.get('vertices')) or rule.command.name in ENDLESS
        arguments = f'arguments_{rule.short}' if rule.command.params else 'NULL'
        table += (f'    {{ "{rule.command.name}", {opcode}, '
                  f'{str(endless).lower()}, '
                  f'{len(rule.command.params)}, {arguments}, call_{rule.short} }},\n')
    text += (f'const unsigned bad_command_count = {len(callable_rules)};\n'
             f'const struct bad_command bad_commands[] = {{\n{table}}};\n')
    write_if_changed(directory, 'gl_bad_calls.c', text)

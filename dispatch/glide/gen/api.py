# SPDX-License-Identifier: GPL-2.0-or-later
"""Glide's API as glide.toml and exports.txt describe it."""

import dataclasses
import re
import tomllib

# The first opcode of Glide's range (ring/records.h).
FIRST_OPCODE = 16384

# Bytes of an argument's type in a saved state.
TYPE_BYTES = {'u8': 1, 'i8': 1, 'u16': 2, 'u32': 4, 'i32': 4, 'f32': 4}

# Sections of functions that the versions of the API draw from.
VERSIONS = {'2.1': ('', '2', '21'), '2.4': ('', '2', '24'), '3.1': ('', '3')}

# How many bytes Glide 2's programs have for a saved state (GLIDE_STATE_PAD_SIZE).
GLIDE2_STATE_BYTES = 312


class ApiError(Exception):
    """What is wrong with the description, by name."""


@dataclasses.dataclass
class Command:
    name: str
    opcode: int
    args: dict
    data: bool
    reply: bool
    state: bool
    keys: dict
    default: list | None
    instead_of: str | None
    glide3: bool

    @property
    def values(self):
        """Arguments that are not keys."""
        return {name: kind for name, kind in self.args.items() if name not in self.keys}

    @property
    def instances(self):
        count = 1
        for number in self.keys.values():
            count *= number
        return count


@dataclasses.dataclass
class Function:
    name: str
    section: str
    result: str
    parameters: list  # (type, name)
    how: str  # 'hand', or a command's name
    symbol: str = ''

    @property
    def stack_bytes(self):
        """Of stdcall: nothing is wider than 32 bits."""
        return 4 * len(self.parameters)


def read_commands(table):
    commands = {}
    for number, (name, entry) in enumerate(table.items()):
        unknown = set(entry) - {'args', 'data', 'reply', 'state', 'keys', 'default', 'instead_of', 'glide3'}
        args = entry.get('args', {})
        keys = entry.get('keys', {})
        if unknown or set(args.values()) - set(TYPE_BYTES):
            raise ApiError(f'{name}: unknown {unknown or args}')
        if list(args)[:len(keys)] != list(keys):
            raise ApiError(f'{name}: its keys are not its first arguments')
        commands[name] = Command(name, FIRST_OPCODE + number, args, entry.get('data', False),
                                 entry.get('reply', False), entry.get('state', False), keys,
                                 entry.get('default'), entry.get('instead_of'), entry.get('glide3', False))
    for command in commands.values():
        if command.instead_of and not (commands[command.instead_of].state
                                       and commands[command.instead_of].keys == command.keys):
            raise ApiError(f'{command.name}: instead of what is no such setting')
        if command.default is not None and len(command.default) != len(command.values):
            raise ApiError(f'{command.name}: not as many defaults as values')
    return commands


def split_parameters(text):
    """At commas outside of parentheses."""
    parts, depth, part = [], 0, ''
    for letter in text:
        depth += {'(': 1, ')': -1}.get(letter, 0)
        if letter == ',' and depth == 0:
            parts.append(part)
            part = ''
        else:
            part += letter
    return [p.strip() for p in parts + [part] if p.strip() not in ('', 'void')]


def read_parameter(text):
    pointer = re.fullmatch(r'(.*\(\*)(\w+)(\).*)', text)
    if pointer:
        return text, pointer.group(2)
    kind, name = re.fullmatch(r'(.*?[ *])(\w+)', text).groups()
    return kind.strip(), name


def read_functions(document):
    functions = []
    for section, table in document.items():
        if not section.startswith('functions'):
            continue
        for signature, how in table.items():
            result, name, rest = re.fullmatch(r'(.*?)(\w+)\((.*)\)', signature).groups()
            functions.append(Function(name, section[len('functions-'):], result.strip(),
                                      [read_parameter(p) for p in split_parameters(rest)], how))
    names = [f.name for f in functions]
    for function in functions:
        several = names.count(function.name) > 1
        function.symbol = f'trireme_{function.name}' + (f'_{function.section}' if several else '')
    return functions


def check_direct(function, commands):
    """A function that is a command has the command's arguments, and no answer."""
    command = commands.get(function.how)
    if not command:
        raise ApiError(f'{function.name}: no command {function.how}')
    if function.result != 'void' or command.data or command.reply:
        raise ApiError(f'{function.name}: {command.name} is no command of plain values')
    if [name for _, name in function.parameters] != list(command.args):
        raise ApiError(f'{function.name}: other arguments than {command.name}')


def read_exports(path):
    """{version: {name: bytes of arguments}}"""
    exports = {}
    with open(path, encoding='utf-8') as lines:
        for line in lines.read().splitlines():
            if line.startswith('['):
                current = exports[line.strip('[]')] = {}
            elif line and not line.startswith('#'):
                name, size = line.split('@')
                current[name] = int(size)
    return exports


class Api:
    def __init__(self, description, exports):
        with open(description, 'rb') as file:
            document = tomllib.load(file)
        self.commands = read_commands(document['commands'])
        self.functions = read_functions(document)
        self.wrapper_hand = document['wrapper']['hand']
        self.wrapper_calls = document['wrapper']['calls']
        self.exports = read_exports(exports)
        for function in self.functions:
            if function.how != 'hand':
                check_direct(function, self.commands)
        for version in self.exports:
            self.check_exports(version)
        if self.state_bytes(False) > GLIDE2_STATE_BYTES - 64:
            raise ApiError('the settings do not fit into the state of Glide 2')

    def check_exports(self, version):
        functions = {f.name: f for f in self.of_version(version)}
        for name, size in self.exports[version].items():
            if name not in functions:
                raise ApiError(f'{name} of Glide {version} is not described')
            if functions[name].stack_bytes != size:
                raise ApiError(f'{name} of Glide {version} takes {size} bytes')

    def of_version(self, version):
        """The functions that a version exports."""
        return [f for f in self.functions
                if f.section in VERSIONS[version] and f.name in self.exports[version]]

    def settings(self):
        """Those that every version has come first."""
        return sorted((c for c in self.commands.values() if c.state), key=lambda c: c.glide3)

    def state_bytes(self, glide3):
        return sum(c.instances * sum(TYPE_BYTES[t] for t in c.values.values())
                   for c in self.settings() if glide3 or not c.glide3)

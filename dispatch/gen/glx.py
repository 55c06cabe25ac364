# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads Khronos' glx.xml and classifies its commands with overrides.toml's [glx] part.

Kinds, by who answers a program's call:
    vendor   guest/linux; libGLX finds the vendor itself
    asked    guest/linux; libGLX asks for a dispatcher, which finds the vendor
    older    libGLX, as another name of a call of GLX 1.4
    front    guest/linux, with libGLX's calls of GLX 1.4
    libGLX   libGLX alone
    refused  nobody
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from refusals import Refusals
from registry import parse_command

OPTIONS = {'kind', 'vendor', 'same', 'failed'}
KINDS = {'vendor', 'front', 'libGLX'}
VENDORS = {'current', 'drawable', 'manual'}


@dataclass
class GlxCommand:
    command: object  # registry.Command
    kind: str = ''
    reason: str = ''  # refused
    vendor: str = ''  # asked: 'drawable', 'current' or 'manual'
    failed: str = ''  # asked: C expression, for a call without a vendor
    same: str = ''    # older
    wrong: str = ''   # why it is not classified

    @property
    def name(self):
        return self.command.name

    @property
    def ours(self):
        """guest/linux has a function trireme_NAME."""
        return self.kind in ('vendor', 'asked', 'front')


@dataclass
class GlxApi:
    commands: list = field(default_factory=list)   # GlxCommand, by name
    extensions: dict = field(default_factory=dict)  # advertised or not, by name
    reasons: dict = field(default_factory=dict)     # of what is not, by extension

    def of_kind(self, kind):
        return [c for c in self.commands if c.kind == kind]


def classify(found, options, in_version, extension_reasons):
    """Sets kind, or wrong, of a GlxCommand. `extension_reasons`: one for each extension that has
    the command, '' for one that is not refused."""
    if 'same' in options:
        found.kind, found.same = 'older', options['same']
    elif 'vendor' in options:
        found.kind, found.vendor = 'asked', options['vendor']
        found.failed = options.get('failed', '')
        if found.command.ret != 'void' and found.vendor != 'manual' and not found.failed:
            found.wrong = 'returns something, and `failed` does not say what without a vendor'
    elif 'kind' in options:
        found.kind = options['kind']
    elif found.reason:
        found.kind = 'refused'
    elif in_version:
        found.kind = 'vendor'
    elif extension_reasons and all(extension_reasons):
        found.kind, found.reason = 'refused', extension_reasons[0]
    else:
        found.wrong = 'an extension has it, and nothing says who answers it'


def check_options(commands, options):
    for name, chosen in options.items():
        unknown = set(chosen) - OPTIONS
        if name not in commands:
            raise SystemExit(f'overrides: glx.command: there is no command {name}')
        if unknown:
            raise SystemExit(f'overrides: {name}: unknown option {sorted(unknown)[0]}')
        if chosen.get('kind', 'vendor') not in KINDS:
            raise SystemExit(f'overrides: {name}: unknown kind {chosen["kind"]}')
        if chosen.get('vendor', 'current') not in VENDORS:
            raise SystemExit(f'overrides: {name}: unknown vendor {chosen["vendor"]}')
        if chosen.get('same', name) not in commands:
            raise SystemExit(f'overrides: {name}: there is no command {chosen["same"]}')


def read_glx(path, overrides):
    """`overrides`: the [glx] part. An option that fits nothing ends the program."""
    root = ET.parse(path).getroot()
    all_commands = {c.name: c for c in map(parse_command, root.findall('commands/command'))}
    options = overrides.get('command', {})
    refusals = Refusals('glx', overrides.get('refuse', []))
    check_options(all_commands, options)
    in_version = {c.get('name') for c in root.findall('feature/require/command')}

    api = GlxApi()
    extensions = {e.get('name'): [c.get('name') for c in e.findall('require/command')]
                  for e in root.findall('extensions/extension')}
    for extension in extensions:
        api.reasons[extension] = refusals.reason(extension)
    for name in sorted(all_commands):
        found = GlxCommand(all_commands[name], reason=refusals.reason(name))
        classify(found, options.get(name, {}), name in in_version,
                 [api.reasons[e] for e, names in extensions.items() if name in names])
        api.commands.append(found)
    refusals.check_all_used()

    kinds = {c.name: c.kind for c in api.commands}
    for extension, names in sorted(extensions.items()):
        refused = [n for n in names if kinds[n] == 'refused']
        api.extensions[extension] = not api.reasons[extension] and not refused
    return api

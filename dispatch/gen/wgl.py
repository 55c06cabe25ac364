# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads Khronos' wgl.xml: which extensions of WGL guest/windows has, and their calls.

What overrides.toml's [wgl] part does not refuse is there, so a call without its trireme_wglFoo ends
the build. The calls of WGL itself are exports of the DLL (guest/windows/exports.txt).
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from refusals import Refusals
from registry import parse_command, parse_prototype


@dataclass
class WglCommand:
    command: object   # registry.Command
    reason: str = ''  # refused
    same: str = ''    # an older name of that one

    @property
    def name(self):
        return self.command.name

    @property
    def ours(self):
        """guest/windows has a function trireme_NAME."""
        return not self.reason and not self.same


@dataclass
class WglApi:
    commands: list = field(default_factory=list)    # WglCommand of extensions, by name
    extensions: dict = field(default_factory=dict)  # why it is not advertised, by name; '': it is


def classify(command, same, own_reason, extension_reasons):
    """`extension_reasons`: one for each extension that has the command; '': not refused."""
    if same:
        return WglCommand(command, same=same)
    refused = all(extension_reasons)
    return WglCommand(command, reason=own_reason or (extension_reasons[0] if refused else ''))


def read_wgl(path, overrides):
    """`overrides`: the [wgl] part. An option that fits nothing ends the program."""
    root = ET.parse(path).getroot()
    refusals = Refusals('wgl', overrides.get('refuse', []))
    same = overrides.get('same', {})
    known = {c.name: c for c in map(parse_command, root.findall('commands/command'))}
    extensions = {e.get('name'): [known[c.get('name')] for c in e.findall('require/command')]
                  for e in root.findall('extensions/extension')}
    for extension, prototypes in overrides.get('extra', {}).items():
        extensions[extension] = [parse_prototype(p) for p in prototypes]

    reasons = {e: refusals.reason(e) for e in extensions}
    by_name = {c.name: c for commands in extensions.values() for c in commands}
    for older, newer in same.items():
        if older not in by_name or newer not in by_name:
            raise SystemExit(f'overrides: wgl.same: there is no {older} or no {newer}')

    api = WglApi()
    for name in sorted(by_name):
        api.commands.append(classify(
            by_name[name], same.get(name), refusals.reason(name),
            [reasons[e] for e, commands in extensions.items()
             if name in (c.name for c in commands)]))
    refusals.check_all_used()
    refused = {c.name for c in api.commands if c.reason}
    for extension, commands in sorted(extensions.items()):
        lacks = any(c.name in refused for c in commands)
        api.extensions[extension] = reasons[extension] or \
            ('some of its commands are refused' if lacks else '')
    return api

# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads Khronos' gl.xml: the commands of desktop OpenGL, who provides them, and the enums."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

DESKTOP = {'gl', 'glcore'}

# Base types: size in a record in bytes (alignment is the same) and how a value is written.
SCALARS = {
    'GLenum': (4, '32'), 'GLbitfield': (4, '32'), 'GLuint': (4, '32'), 'GLint': (4, '32'),
    'GLsizei': (4, '32'), 'GLfixed': (4, '32'), 'GLclampx': (4, '32'), 'GLhandleARB': (4, '32'),
    'GLboolean': (1, '8'), 'GLbyte': (1, '8'), 'GLubyte': (1, '8'), 'GLchar': (1, '8'),
    'GLcharARB': (1, '8'), 'void': (1, '8'), 'GLvoid': (1, '8'),
    'GLshort': (2, '16'), 'GLushort': (2, '16'), 'GLhalf': (2, '16'), 'GLhalfNV': (2, '16'),
    'GLhalfARB': (2, '16'),
    'GLfloat': (4, 'float'), 'GLclampf': (4, 'float'),
    'GLdouble': (8, 'double'), 'GLclampd': (8, 'double'),
    'GLint64': (8, '64'), 'GLint64EXT': (8, '64'), 'GLuint64': (8, '64'), 'GLuint64EXT': (8, '64'),
    'GLintptr': (8, '64'), 'GLintptrARB': (8, '64'), 'GLsizeiptr': (8, '64'),
    'GLsizeiptrARB': (8, '64'), 'GLvdpauSurfaceNV': (8, '64'),
}
# Types whose size in memory differs between 32- and 64-bit guests: arrays of them need a hand.
POINTER_SIZED = {'GLintptr', 'GLintptrARB', 'GLsizeiptr', 'GLsizeiptrARB', 'GLvdpauSurfaceNV'}


@dataclass
class Param:
    name: str
    type: str  # as in C, without the name
    base: str  # 'GLfloat'
    pointers: int
    const: bool
    len: str | None
    names_buffer: bool = False  # a buffer object, by its name or a target
    group: str | None = None  # of its enums
    kind: str | None = None  # of the objects that it names: 'vertex array'


@dataclass
class Provider:
    """A core version or an extension that brings the command, under one of its names."""
    name: str
    version: int = 0  # major << 8 | minor
    extension: str = ''
    compat_only: bool = False


@dataclass
class Command:
    name: str
    ret: str
    params: list
    alias: str | None = None
    providers: list = field(default_factory=list)
    extra: bool = False

    @property
    def short(self):
        return self.name[2:] if self.name.startswith('gl') else self.name

    def signature(self):
        return (self.ret, tuple((p.base.removesuffix('ARB').removesuffix('EXT'), p.pointers)
                                for p in self.params))


def parse_declaration(text):
    """'const GLfloat *v' → Param without a length."""
    text = re.sub(r'\s+', ' ', text.replace('*', ' * ')).strip()
    name = re.search(r'(\w+)$', text).group(1)
    ctype = text[:-len(name)].strip()
    pointers = ctype.count('*')
    base = next(w for w in ctype.replace('*', ' ').split() if w not in ('const', 'struct'))
    ctype = ctype.replace(' * ', ' *').replace('* *', '**').replace(' *const *', ' *const *')
    return Param(name, ctype, base, pointers, ctype.startswith('const'), None)


def parse_prototype(text):
    """'void TriremeX(GLenum mode, const void *data)' → Command."""
    head, args = re.fullmatch(r'(.*?)\((.*)\)\s*;?', text.strip(), re.S).groups()
    proto = parse_declaration(head)
    args = args.strip()
    params = [] if args in ('', 'void') else [parse_declaration(a) for a in args.split(',')]
    return Command(proto.name, proto.type, params)


def parse_command(element):
    proto = parse_declaration(''.join(element.find('proto').itertext()))
    params = []
    for p in element.findall('param'):
        param = parse_declaration(''.join(p.itertext()))
        param.len = p.get('len')
        param.names_buffer = (p.get('class') == 'buffer' or
                              p.get('group') in ('BufferTargetARB', 'BufferStorageTarget'))
        param.group = p.get('group')
        param.kind = p.get('class')
        params.append(param)
    alias = element.find('alias')
    return Command(proto.name, proto.type, params, alias.get('name') if alias is not None else None)


def version_number(text):
    major, minor = text.split('.')
    return int(major) << 8 | int(minor)


class Registry:
    def __init__(self, path):
        root = ET.parse(path).getroot()
        self.all = {}
        for element in root.findall('commands/command'):
            command = parse_command(element)
            self.all[command.name] = command
        self.extensions = {}  # name → command names
        self.names = set()    # of desktop GL
        self._features(root)
        self._extensions(root)
        self.enums = self._enums(root)
        self.enum_groups = self._enum_groups(root)  # name → names of enums

    def _features(self, root):
        removed = {}
        for feature in root.findall('feature'):
            if feature.get('api') != 'gl':
                continue
            version = version_number(feature.get('number'))
            for require in feature.findall('require'):
                for c in require.findall('command'):
                    compat = require.get('profile') == 'compatibility'
                    self._provide(c.get('name'), Provider(c.get('name'), version=version,
                                                          compat_only=compat))
            for remove in feature.findall('remove'):
                if remove.get('profile') == 'core':
                    for c in remove.findall('command'):
                        removed[c.get('name')] = version
        for name in removed:
            # What came back after its removal came back with a provider of its own.
            for p in self.all[name].providers:
                if p.version and p.version <= removed[name]:
                    p.compat_only = True

    def _extensions(self, root):
        for ext in root.findall('extensions/extension'):
            if not DESKTOP & set(ext.get('supported').split('|')):
                continue
            names = []
            for require in ext.findall('require'):
                if require.get('api') in (None, 'gl', 'glcore'):
                    names += [c.get('name') for c in require.findall('command')]
            self.extensions[ext.get('name')] = names
            for name in names:
                self._provide(name, Provider(name, extension=ext.get('name')))

    def _provide(self, name, provider):
        self.names.add(name)
        self.all[name].providers.append(provider)

    def _enums(self, root):
        values = {}
        for block in root.findall('enums'):
            for e in block.findall('enum'):
                if e.get('api') in (None, 'gl', 'glcore') and e.get('value'):
                    suffix = {'u': 'u', 'ull': 'ull'}.get(e.get('type'), '')
                    values[e.get('name')] = e.get('value') + suffix
        return values

    def _enum_groups(self, root):
        groups = {}
        for e in root.findall('enums/enum'):
            for name in (e.get('group') or '').split(','):
                if name and e.get('name') in self.enums:
                    groups.setdefault(name, []).append(e.get('name'))
        return groups

    def groups(self):
        """Canonical commands: (Command, names) with the providers of all aliases joined."""
        root_of = {}

        def root(name):
            seen = {name}
            while True:
                alias = self.all[name].alias
                if (not alias or alias in seen or alias not in self.all or
                        self.all[alias].signature() != self.all[name].signature()):
                    return name
                name = alias
                seen.add(name)

        for name in self.names:
            root_of.setdefault(root(name), set()).add(name)
        result = []
        for names in root_of.values():
            canonical = min(names, key=lambda n: (not any(p.version for p in self.all[n].providers),
                                                  n not in root_of, n))
            command = self.all[canonical]
            providers = [p for n in sorted(names) for p in self.all[n].providers]
            providers.sort(key=lambda p: (p.version == 0, p.version, p.extension, p.name))
            result.append((Command(command.name, command.ret, command.params,
                                   providers=providers), sorted(names)))
        return sorted(result, key=lambda r: r[0].name)

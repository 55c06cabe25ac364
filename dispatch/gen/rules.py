# SPDX-License-Identifier: GPL-2.0-or-later
"""Joins registry and overrides: what kind each command is, how each argument travels."""

import fnmatch
import re
import tomllib
from dataclasses import dataclass, field

from registry import POINTER_SIZED, SCALARS, parse_prototype

OPTIONS = {'refuse', 'kind', 'guest', 'known', 'track', 'host', 'len', 'payload', 'result', 'nullable',
           'handle', 'probe', 'once', 'texels', 'vertices', 'touches', 'offset', 'in', 'text',
           'require', 'instead', 'nothing', 'changes', 'harmless', 'harmless_if', 'escapes',
           'adjust', 'pool', 'names'}
HARMLESS = ('inside', 'outside', 'draw', 'begin', 'end')
# Parts of a context's state (guest/common/gl_change.h), or what does more than change one.
CHANGES = ('blending', 'buffers', 'enables', 'fragments', 'framebuffers', 'polygons', 'program', 'textures',
           'viewport', 'matrices', 'matrix', 'matrix_mode', 'new_list', 'all')
TOUCHES = ('arrays', 'unpack', 'pack', 'buffers', 'framebuffer', 'program')
# Arrays of constant length up to this many bytes lie in the fixed part.
INLINE_LIMIT = 128
FIRST_OPCODE = 256
FIRST_OFFSET = 4
HARMLESS_VERSION = 0x104
# Kinds of objects whose names the guest keeps in pools (guest/common/name_pool.h).
POOLED = {'texture', 'buffer', 'renderbuffer', 'framebuffer', 'query', 'vertex array'}
# Names that generated functions need for themselves.
TAKEN = {'encoder', 'decoder', 'record', 'call', 'reply', 'payloads', 'total', 'pass', 'returned'}


class Unclassified(Exception):
    pass


@dataclass
class Arg:
    """How one parameter travels. `how` is one of
    scalar, sync (GLsync), handle, array (inline), counted, string, text, payload, out, result."""
    name: str
    type: str
    base: str
    how: str
    element: int = 1       # bytes
    put: str = ''          # scalar
    count: int = 0         # array: elements; out without a bound: elements that are usual
    length: str = ''       # counted, text, out: C expression for elements
    clamp: str = ''        # out: the parameter that is the bound
    clamp_scale: int = 1   # bytes for each unit of it
    nullable: bool = False
    offset_ok: bool = False
    offset: int = 0        # place in the record
    pool: str = ''         # the guest's pool of such object names

    @property
    def is_in(self):
        return self.how in ('counted', 'string', 'text', 'payload')

    @property
    def is_out(self):
        return self.how in ('out', 'result')


@dataclass
class Rule:
    """A classified command."""
    command: object
    names: list
    options: dict
    kind: str            # async, sync, local, refused
    reason: str = ''
    args: list = field(default_factory=list)
    opcode: int = 0
    fixed: int = 0       # bytes of the fixed part, header included
    passes: int = 1      # calls of the GL for the out-pointers
    escapes: bool = False

    @property
    def short(self):
        return self.command.short

    @property
    def carried(self):
        return self.kind in ('async', 'sync')

    def manual(self, side):
        return self.options.get(side) == 'manual'

    @property
    def ins(self):
        return [a for a in self.args if a.is_in]

    @property
    def outs(self):
        return [a for a in self.args if a.is_out]

    @property
    def simple(self):
        """Nothing but scalars and inline arrays, no result."""
        return (self.kind == 'async' and not self.ins and not self.outs
                and not {'require', 'nothing'} & set(self.options)
                and not any(a.how == 'sync' for a in self.args))


class Overrides:
    def __init__(self, path):
        with open(path, 'rb') as f:
            data = tomllib.load(f)
        self.rules = data.pop('rule', [])
        self.commands = data.pop('command', {})
        self.extensions = data.pop('extension', {})
        self.extras = data.pop('extra', {})
        self.glx = data.pop('glx', {})
        self.wgl = data.pop('wgl', {})
        if data:
            raise SystemExit(f'overrides: unknown section {sorted(data)[0]}')
        self.used = set()
        for where, options in [(r.get('match'), r) for r in self.rules] + \
                list(self.commands.items()) + list(self.extras.items()):
            unknown = set(options) - OPTIONS - {'match', 'prototype'}
            if unknown:
                raise SystemExit(f'overrides: {where}: unknown option {sorted(unknown)[0]}')

    def options(self, names, canonical):
        result = {}
        for number, rule in enumerate(self.rules):
            for pattern in rule['match']:
                if fnmatch.fnmatchcase(canonical, pattern):
                    self.used.add((number, pattern))
                    self._merge(result, rule)
        for name in names:
            if name in self.commands:
                if name != canonical:
                    raise SystemExit(f'overrides: {name} is an alias of {canonical}')
                self.used.add(name)
                self._merge(result, self.commands[name])
        return result

    @staticmethod
    def _merge(result, options):
        for key, value in options.items():
            if key in ('len', 'adjust'):
                result[key] = {**result.get(key, {}), **value}
            elif key not in ('match', 'prototype'):
                result[key] = value

    def check_all_used(self):
        for number, rule in enumerate(self.rules):
            for pattern in rule['match']:
                if (number, pattern) not in self.used:
                    raise SystemExit(f'overrides: "{pattern}" matches no command')
        for name in self.commands:
            if name not in self.used:
                raise SystemExit(f'overrides: there is no command {name}')


def element_size(base):
    return 8 if base in POINTER_SIZED else SCALARS[base][0]


def parse_length(text, params):
    """The registry's or the overrides' length: C expression, or the int it is; None: unknown."""
    text = text.strip()
    if re.fullmatch(r'\d+', text):
        return int(text)
    tokens = re.findall(r'\w+|\S', text)
    out = []
    for i, token in enumerate(tokens):
        call = i + 1 < len(tokens) and tokens[i + 1] == '('
        if token == 'COMPSIZE':
            return None
        if token in params and '*' not in params[token].type:
            inside = out.count('(') > out.count(')')
            out.append(token if inside else f'(int64_t){token}')
        elif re.fullmatch(r'\d+', token) or token in '*/(),' or call:
            out.append(token)
        else:
            return None
    return re.sub(r' ([(),])', r'\1', ' '.join(out)).replace('( ', '(')


def classify_in(param, params, options):
    """An in-pointer."""
    element = 1 if param.base in ('void', 'GLvoid') else element_size(param.base)
    arg = Arg(param.name, param.type, param.base, 'counted', element,
              nullable=param.name in options.get('nullable', ()),
              offset_ok=param.name in options.get('offset', ()))
    text = options.get('len', {}).get(param.name)
    if param.name in options.get('payload', ()):
        arg.how = 'payload'
        arg.nullable = True
        return arg
    if param.pointers > 1:
        raise Unclassified(f'{param.name}: an array of pointers')
    if param.base in POINTER_SIZED:
        raise Unclassified(f'{param.name}: elements have the size of a pointer')
    length = parse_length(text or param.len or '', params)
    is_char = param.base in ('GLchar', 'GLcharARB')
    if param.name in options.get('text', ()):
        arg.how, arg.length = 'text', str(length)
        return arg
    if is_char and text is None:
        inside = re.findall(r'\w+', param.len or '')
        limit = next((n for n in inside if n in params and params[n].pointers == 0
                      and params[n].base in ('GLsizei', 'GLint')), None)
        arg.how, arg.length = ('text', f'(int64_t){limit}') if limit else ('string', '')
        return arg
    if length is None or length == '':
        raise Unclassified(f'{param.name}: length {param.len or "not given"}')
    if isinstance(length, int) and 0 < length * element <= INLINE_LIMIT and not arg.nullable:
        arg.how, arg.count = 'array', length
        return arg
    arg.length = str(length)
    return arg


def classify_out(param, params, options, twice_ok):
    """An out-pointer."""
    element = 1 if param.base in ('void', 'GLvoid') else element_size(param.base)
    arg = Arg(param.name, param.type, param.base, 'out', element,
              nullable=param.name in options.get('nullable', ()))
    if param.name in options.get('result', ()):
        arg.how = 'result'
        return arg
    if param.pointers > 1:
        raise Unclassified(f'{param.name}: the address of a pointer')
    if param.base in POINTER_SIZED:
        raise Unclassified(f'{param.name}: elements have the size of a pointer')
    length = parse_length(options.get('len', {}).get(param.name) or param.len or '', params)
    if length is None or length == '':
        if param.name not in options.get('probe', ()) and (
                not twice_ok or param.base in ('void', 'GLvoid')):
            raise Unclassified(f'{param.name}: length {param.len or "not given"}')
        return arg
    if isinstance(length, int) and twice_ok:
        # Not a bound: glGetVertexAttribIiv says 1 and writes 4 for one of its names.
        arg.count = length
        return arg
    arg.length = str(length)
    bound = re.fullmatch(r'\(int64_t\)(\w+)( / (\d+))?', arg.length)
    if bound and twice_ok and params[bound.group(1)].base == 'GLsizei':
        arg.clamp = bound.group(1)
        arg.clamp_scale = element if not bound.group(3) else 1
    return arg


def classify_param(param, params, options, command):
    if param.name in options.get('handle', ()):
        return Arg(param.name, param.type, param.base, 'handle', 8)
    if param.base == 'GLsync' and param.pointers == 0:
        return Arg(param.name, param.type, param.base, 'sync', 8)
    if param.base not in SCALARS:
        raise Unclassified(f'{param.name}: type {param.type}')
    if param.pointers == 0:
        size, put = SCALARS[param.base]
        return Arg(param.name, param.type, param.base, 'scalar', size, put)
    if param.const or param.name in options.get('in', ()):
        return classify_in(param, params, options)
    twice_ok = command.name.startswith('glGet') and not options.get('once')
    return classify_out(param, params, options, twice_ok)


def lay_out(args):
    """Natural alignment from the record's start; returns the fixed part's size."""
    place = FIRST_OFFSET
    for arg in args:
        size, count = arg.element, 1
        if arg.is_in or arg.is_out:
            size = 8
        elif arg.how == 'array':
            count = arg.count
        place = (place + size - 1) // size * size
        arg.offset = place
        place += size * count
    return (place + 7) // 8 * 8


def classify(command, names, options):
    kind = options.get('kind')
    if options.get('refuse'):
        return Rule(command, names, options, 'refused', options['refuse'])
    if kind == 'local':
        return Rule(command, names, options, 'local')
    params = {p.name: p for p in command.params}
    if TAKEN & set(params):
        raise SystemExit(f'{command.name}: rename {TAKEN & set(params)} in the generator')
    for key in ('len', 'payload', 'result', 'nullable', 'handle', 'probe', 'offset', 'in', 'text',
                'adjust', 'names'):
        if options.get(key) and not set(options[key]) & set(params):
            raise Unclassified(f'{key}: there is no parameter {", ".join(options[key])}')
    if '*' in command.ret:
        raise Unclassified(f'returns {command.ret}')
    args = [classify_param(p, params, options, command) for p in command.params]
    for arg, param in zip(args, command.params):
        kind = options.get('names', {}).get(param.name, param.kind)
        if kind in POOLED and (arg.how == 'scalar' or arg.is_in):
            arg.pool = kind
    outs = [a for a in args if a.is_out]
    sync = kind == 'sync' or command.ret != 'void' or bool(outs)
    rule = Rule(command, names, options, 'sync' if sync else 'async', args=args)
    rule.fixed = lay_out(args)
    once = options.get('once') or not (command.name.startswith('glGet') or options.get('probe'))
    rule.passes = 1 if once or not outs else 2
    rule.escapes = options.get('escapes', any(p.names_buffer for p in command.params))
    for touch in options.get('touches', ()):
        if touch not in TOUCHES:
            raise Unclassified(f'touches: {touch}')
    check_changes(rule)
    check_harmless(rule)
    if any(a.how in ('payload', 'result') for a in args) and not (
            rule.manual('guest') or command.extra):
        raise Unclassified('payload and result need guest = "manual"')
    if any(a.how == 'result' for a in args) and not rule.manual('host'):
        raise Unclassified('result needs host = "manual"')
    return rule


def check_changes(rule):
    unknown = set(rule.options.get('changes', [])) - set(CHANGES)
    if unknown:
        raise Unclassified(f'changes: {sorted(unknown)[0]}')


def check_harmless(rule):
    """What the host calls calm (dispatch/gl_host_calm.c) includes OpenGL 1.4, and no more."""
    where = rule.options.get('harmless')
    if where and where not in HARMLESS:
        raise Unclassified(f'harmless: {where}')
    if where and not rule.command.extra and not any(
            0 < p.version <= HARMLESS_VERSION for p in rule.command.providers):
        raise Unclassified('harmless: not in every context')
    if 'harmless_if' in rule.options and not where:
        raise Unclassified('harmless_if without harmless')


def refused_by_extension(command, overrides):
    """The reason, if only refused extensions provide the command."""
    reasons = []
    for p in command.providers:
        reason = overrides.extensions.get(p.extension, {}).get('refuse')
        if not reason:
            return None
        reasons.append(reason)
    return reasons[0] if reasons else None


def classify_all(registry, overrides):
    """All rules, with opcodes; the names and reasons of what is not classified."""
    rules, wrong = [], []
    todo = [(c, names, overrides.options(names, c.name)) for c, names in registry.groups()]
    for name, options in sorted(overrides.extras.items()):
        command = parse_prototype(options['prototype'])
        if command.name != name:
            raise SystemExit(f'overrides: extra.{name}: the prototype says {command.name}')
        command.extra = True
        merged = {}
        Overrides._merge(merged, options)
        todo.append((command, [name], merged))
    for name in overrides.extensions:
        if name not in registry.extensions:
            raise SystemExit(f'overrides: there is no extension {name}')
    overrides.check_all_used()
    for command, names, options in todo:
        reason = refused_by_extension(command, overrides)
        if reason and 'refuse' not in options:
            options = {'refuse': reason}
        try:
            rules.append(classify(command, names, options))
        except Unclassified as error:
            wrong.append((command.name, str(error)))
    for opcode, rule in enumerate((r for r in rules if r.carried), FIRST_OPCODE):
        rule.opcode = opcode
    return rules, wrong

# SPDX-License-Identifier: GPL-2.0-or-later
"""gl_test_calls.c: for each command a caller with generated arguments and a recorder that takes
the host GL's place, both of which write down what they see (tests/dispatch/recorder.h)."""

import re

from output import GPL, NOTE, api_parameters, element_bytes, guarded, join, parameters, size_table, \
    write_if_changed
from write_guest import entry_prototype, has_entry, track_prototype
from write_host import host_prototype


def length_params(rule):
    """Scalars that lengths depend on: they get small values."""
    used = set()
    for a in rule.args:
        used |= set(re.findall(r'\w+', a.length))
    return used | set(re.findall(r'\w+', rule.options.get('require', '')))


def record_in(arg, value, manual):
    """What an in-pointer pointed at, for the log; `value` is the pointer or the gl_payload."""
    if manual:
        return f'    recorder_payload(log, &{value});\n'
    if arg.how == 'array':
        return f'    recorder_bytes(log, {value}, {arg.count * arg.element});\n'
    if arg.how == 'string':
        return f'    recorder_text(log, {value}, -1);\n'
    if arg.how == 'text':
        return f'    recorder_text(log, {value}, {arg.length});\n'
    if arg.how == 'payload':
        return f'    recorder_known_bytes(log, {value});\n'
    return f'    recorder_bytes(log, {value}, {element_bytes(arg)});\n'


def record_args(rule, side):
    """The log entries of one call. Both sides must write the same."""
    manual = rule.manual('host')
    text = f'    recorder_begin(log, GL_OP_{rule.short});\n'
    for a in rule.args:
        if a.how == 'scalar':
            text += f'    recorder_bytes(log, &{a.name}, sizeof {a.name});\n'
        elif a.how in ('sync', 'handle'):
            value = a.name
            if a.how == 'sync' and side == 'caller' and not manual:
                value = f'gl_sync_lookup((uintptr_t){a.name})'
            text += f'    recorder_number(log, (uintptr_t){value});\n'
        elif a.is_out:
            if a.how == 'out' and not manual and not a.nullable:
                continue
            pointer, capacity = a.name, '0'
            if a.how == 'result':
                pointer, capacity = f'{a.name}->data', f'{a.name}->capacity'
            elif manual and side == 'recorder':
                pointer = f'{a.name}->data'
            text += f'    recorder_out(log, {pointer}, {capacity});\n'
        elif manual and side == 'caller' and a.how != 'payload':
            # The pointer, as the payload that will arrive.
            text += record_in(a, a.name, False).replace('recorder_bytes', 'recorder_sent_bytes') \
                .replace('recorder_text', 'recorder_sent_text')
        elif a.how == 'payload' and side == 'caller':
            text += (f'    recorder_payload(log, &{a.name});\n' if manual else
                     f'    recorder_payload_content(log, &{a.name});\n')
        else:
            text += record_in(a, a.name, manual)
    return text


def out_capacity(arg):
    """Bytes that the recorder writes; GL_PROBE_BYTES: as many as it likes."""
    if arg.length:
        return element_bytes(arg)
    return str(arg.count * arg.element) if arg.count else 'GL_PROBE_BYTES'


def fill_outs(rule):
    text = ''
    manual = rule.manual('host')
    for number, a in enumerate(rule.outs):
        if manual:
            capacity = f'{a.name}->capacity' if a.how == 'result' else out_capacity(a)
            text += f'    recorder_fill_result({number}, {a.name}, {capacity}, {a.element});\n'
        else:
            capacity = out_capacity(a)
            text += f'    recorder_fill({number}, {a.name}, {capacity}, {a.element});\n'
    return text


def returned_value(rule):
    if rule.command.ret == 'GLsync':
        return '(GLsync)(uintptr_t)recorder_returned()'
    return f'({rule.command.ret})recorder_returned()'


def write_recorder(rule):
    if rule.manual('host'):
        head = host_prototype(rule, 'gl_host_')
    else:
        head = (f'static {join(rule.command.ret, "GL_API_CALL record_" + rule.short)}'
                f'({parameters(api_parameters(rule))})')
    text = f'{head}\n{{\n    struct recorder_log *log = &recorder_made;\n'
    text += record_args(rule, 'recorder') + fill_outs(rule)
    if rule.command.ret != 'void':
        text += f'    return {returned_value(rule)};\n'
    return text + '}\n\n'


def make_scalar(arg, lengths):
    if arg.name in lengths:
        value = {'GLenum': 'recorder_enum()', 'GLuint': 'recorder_size()'}.get(
            arg.base, 'recorder_length()')
    elif arg.put in ('float', 'double'):
        value = 'recorder_real()'
    else:
        value = 'recorder_random()'
    return f'    {arg.base} {arg.name} = ({arg.base}){value};\n'


def make_arg(arg, number):
    """Declares the argument with a generated value. Lengths are declared by now."""
    if arg.how == 'sync':
        return f'    GLsync {arg.name} = recorder_sync();\n'
    if arg.how == 'handle':
        return f'    {arg.type}{arg.name} = (void *)(uintptr_t)recorder_random();\n'
    if arg.how == 'array':
        return f'    {arg.type}{arg.name} = recorder_memory({arg.count * arg.element});\n'
    if arg.how == 'string':
        return f'    {arg.type}{arg.name} = recorder_string(-1);\n'
    if arg.how == 'text':
        return f'    {arg.type}{arg.name} = recorder_string({arg.length});\n'
    if arg.how == 'payload':
        return f'    struct gl_payload {arg.name} = recorder_make_payload({number});\n'
    if arg.how == 'result':
        return (f'    struct gl_result {arg.name}_storage = recorder_make_result({number});\n'
                f'    struct gl_result *{arg.name} = &{arg.name}_storage;\n')
    if arg.how == 'out':
        capacity = element_bytes(arg) if arg.length else 'UINT64_MAX'
        return f'    {arg.type}{arg.name} = recorder_out_memory({number}, {capacity});\n'
    return f'    {arg.type}{arg.name} = recorder_memory({element_bytes(arg)});\n'


def write_caller(rule):
    text = f'static void call_{rule.short}(struct gl_encoder *encoder)\n{{\n'
    text += '    struct recorder_log *log = &recorder_expected;\n'
    lengths = length_params(rule)
    for a in rule.args:
        if a.how == 'scalar':
            text += make_scalar(a, lengths)
    number = {}
    for a in rule.args:
        if a.how != 'scalar':
            kind = 'out' if a.is_out else 'in'
            text += make_arg(a, number.get(kind, 0))
            number[kind] = number.get(kind, 0) + 1
    text += record_args(rule, 'caller')
    names = ', '.join(a.name for a in rule.args)
    if has_entry(rule) and not rule.manual('guest'):
        call = f'trireme_{rule.command.name}({names})'
    else:
        call = f'gl_encode_{rule.short}({", ".join(["encoder"] + [a.name for a in rule.args])})'
    if rule.command.ret == 'void':
        text += f'    {call};\n'
    else:
        text += f'    {rule.command.ret} returned = {call};\n'
        if rule.command.ret == 'GLsync' and not rule.manual('host'):
            text += '    returned = gl_sync_lookup((uintptr_t)returned);\n'
        text += (f'    {rule.command.ret} wanted = {returned_value(rule)};\n'
                 f'    recorder_check_returned(&returned, &wanted, sizeof wanted);\n')
    for n, a in enumerate(rule.outs):
        if a.how == 'result':
            text += (f'    recorder_check_result({n}, {a.name});\n')
        else:
            capacity = out_capacity(a)
            text += f'    recorder_check_out({n}, {a.name}, {capacity}, {a.element});\n'
    return text + '}\n\n'


def write_stubs(rules):
    """Hand-written functions of the guest, which the name table and generated entries name."""
    text = '/* Hand-written functions of the guest: the name table refers to them. */\n'
    for rule in rules:
        if has_entry(rule) and (rule.kind == 'local' or rule.manual('guest')):
            nothing = '' if rule.command.ret == 'void' else '    return 0;\n'
            text += f'{entry_prototype(rule)}\n{{\n{nothing}}}\n\n'
        if rule.carried and rule.options.get('track') and not rule.manual('guest'):
            text += f'{track_prototype(rule)}\n{{\n    recorder_tracked++;\n}}\n\n'
    return text


def write_tables(rules):
    carried = size_table(rules)
    text = 'void recorder_fill_functions(struct gl_functions *functions)\n{\n'
    for rule in carried:
        if not rule.manual('host'):
            text += f'    functions->{rule.short} = record_{rule.short};\n'
        else:
            text += f'    functions->all[GL_OP_{rule.short} - GL_OP_FIRST] = recorder_no_error;\n'
    text += '}\n\nconst struct recorder_call recorder_calls[GL_OP_COUNT] = {\n'
    for rule in carried:
        text += (f'    {{ "{rule.command.name}", GL_OP_{rule.short}, {rule.fixed}, '
                 f'{str(bool(rule.ins)).lower()}, {str(rule.kind == "sync").lower()}, '
                 f'{str(bool(rule.options.get("track")) and not rule.manual("guest")).lower()}, '
                 f'{str("require" in rule.options).lower()}, call_{rule.short} }},\n')
    return text + '};\n'


def write_enums(registry, directory):
    """All values that an enum can have, for random records."""
    values = sorted({int(v.rstrip('ul'), 0) for v in registry.enums.values()} - {0})
    values = [v for v in values if 0 < v < 1 << 32]
    lines = ''.join(f'    {v:#x},\n' for v in values)
    body = f'static const unsigned gl_test_enums[] = {{\n{lines}}};\n'
    write_if_changed(directory, 'gl_test_enums.h', guarded('gl_test_enums.h', body, GPL))


def write_test(rules, directory):
    text = (GPL + NOTE + '#include "dispatch/gl_call.h"\n#include "gl_encode.h"\n'
            '#include "gl_entry_points.h"\n#include "gl_host.h"\n#include "tests/dispatch/recorder.h"\n\n')
    for rule in size_table(rules):
        text += write_recorder(rule) + write_caller(rule)
    text += write_stubs(rules) + write_tables(rules)
    write_if_changed(directory, 'gl_test_calls.c', text)

# SPDX-License-Identifier: GPL-2.0-or-later
"""gl_encode.h: raw encoders; gl_entry_points.[ch]: what programs call, and its name table."""

from output import (MIT, NOTE, api_parameters, element_bytes, guarded, join, parameters,
                    size_table, write_if_changed)


def encoder_parameter(arg):
    if arg.how == 'payload':
        return f'struct gl_payload {arg.name}'
    if arg.how == 'result':
        return f'struct gl_result *{arg.name}'
    return join(arg.type, arg.name)


def put_scalar(arg):
    cast = {'32': 'uint32_t', '64': 'uint64_t', '8': 'uint8_t', '16': 'uint16_t'}.get(arg.put)
    if arg.put == '64' and 'u' not in arg.base:
        value = f'(uint64_t)(int64_t){arg.name}'
    else:
        value = f'({cast}){arg.name}' if cast else arg.name
    return f'    gl_put_{arg.put}(record + {arg.offset}, {value});\n'


def put_arg(arg, number):
    """One argument's place in the fixed part; `number` counts the in-pointers."""
    if arg.how == 'scalar':
        return put_scalar(arg)
    if arg.how in ('sync', 'handle'):
        return f'    gl_put_64(record + {arg.offset}, (uintptr_t){arg.name});\n'
    if arg.how == 'array':
        return f'    gl_put_array(record + {arg.offset}, {arg.name}, {arg.count * arg.element});\n'
    if arg.is_in:
        return f'    gl_put_64(record + {arg.offset}, gl_payload_ref(&payloads[{number}]));\n'
    return f'    gl_put_64(record + {arg.offset}, gl_result_ref({result_pointer(arg)}));\n'


def result_pointer(arg):
    return arg.name if arg.how == 'result' else f'&{arg.name}_result'


def payload_value(arg):
    if arg.how == 'payload':
        return arg.name
    if arg.how == 'string':
        return f'gl_payload_text({arg.name}, -1)'
    if arg.how == 'text':
        return f'gl_payload_text({arg.name}, {arg.length})'
    return f'gl_payload_array({arg.name}, {element_bytes(arg)})'


def write_begin(rule):
    """Code up to a header that is written."""
    ins = rule.ins
    if not ins:
        return (f'    uint8_t *record = gl_encoder_begin(encoder, {rule.fixed});\n'
                f'    gl_put_header(record, GL_OP_{rule.short}, {rule.fixed});\n')
    values = ''.join(f'        {payload_value(a)},\n' for a in ins)
    return (f'    const struct gl_payload payloads[] = {{\n{values}    }};\n'
            f'    uint32_t total;\n'
            f'    uint8_t *record = gl_encoder_begin_payloads(encoder, GL_OP_{rule.short}, '
            f'{rule.fixed}, payloads, {len(ins)}, &total);\n')


def write_results(rule):
    text = ''
    for a in rule.outs:
        if a.how == 'out':
            capacity = element_bytes(a) if a.length else 'UINT64_MAX'
            text += (f'    struct gl_result {a.name}_result = '
                     f'{{ .data = {a.name}, .capacity = {capacity} }};\n')
    return text


RETURNS = {'GLfloat': 'gl_reply_float(&reply)', 'GLsync': '(GLsync)(uintptr_t)gl_reply_value(&reply)'}


def write_reply(rule):
    text = '    struct gl_reply reply = gl_encoder_reply(encoder);\n'
    if rule.command.ret != 'void':
        value = RETURNS.get(rule.command.ret, f'({rule.command.ret})gl_reply_value(&reply)')
        text += f'    {rule.command.ret} returned = {value};\n'
    for a in rule.outs:
        text += f'    gl_reply_result(&reply, {result_pointer(a)});\n'
    text += '    gl_encoder_reply_done(encoder);\n'
    if not rule.outs and rule.command.ret == 'void':
        text = text.replace('    struct gl_reply reply = gl_encoder_reply', '    gl_encoder_reply')
    if rule.command.ret != 'void':
        text += '    return returned;\n'
    return text


# From where a command is harmless on (enum gl_calm), and what is certain behind it.
CALM = {'inside': 'INSIDE', 'outside': 'OUTSIDE', 'draw': 'DRAW', 'begin': 'DRAW', 'end': 'INSIDE'}
CALM_BEHIND = {'begin': 'INSIDE', 'end': 'DRAW'}


def write_calm(rule):
    """Whether glGetError must be asked of the host behind the command."""
    where = rule.options.get('harmless')
    if not where:
        return '    encoder->calm = GL_CALM_NOT;\n'
    condition = rule.options.get('harmless_if')
    least = f'GL_CALM_{CALM[where]}'
    if where in CALM_BEHIND:
        kept = f'encoder->calm == {least}' + (f' && ({condition})' if condition else '')
        return f'    encoder->calm = {kept} ? GL_CALM_{CALM_BEHIND[where]} : GL_CALM_NOT;\n'
    if where == 'inside':
        return f'    if (!({condition})) {{\n        encoder->calm = GL_CALM_NOT;\n    }}\n' \
            if condition else ''
    lost = f'encoder->calm < {least}' + (f' || !({condition})' if condition else '')
    return f'    if ({lost}) {{\n        encoder->calm = GL_CALM_NOT;\n    }}\n'


# Those that are no plain count: what is called.
CHANGES = {'matrix': 'encoder->changes[encoder->matrix]++', 'all': 'gl_change_all(encoder)',
           'matrix_mode': 'gl_change_matrix_mode(encoder, mode)',
           'new_list': 'gl_change_new_list(encoder)'}


def write_changes(rule):
    """Which answers to queries no longer hold behind the command."""
    return ''.join('    ' + CHANGES.get(name, f'encoder->changes[GL_CHANGE_{name.upper()}]++') + ';\n'
                   for name in rule.options.get('changes', []))


def pool_name(kind):
    return 'POOL_' + kind.upper().replace(' ', '_')


def write_claims(rule):
    """Names that the program never got leave the pools."""
    text = ''
    for a in rule.args:
        if a.pool and a.how == 'scalar':
            text += f'    object_names_claim(encoder, {pool_name(a.pool)}, (GLuint){a.name});\n'
        elif a.pool and a.length:
            text += (f'    object_names_claim_all(encoder, {pool_name(a.pool)}, {a.length}, '
                     f'{a.name});\n')
    return text


def write_encoder(rule):
    args = ['struct gl_encoder *encoder'] + [encoder_parameter(a) for a in rule.args]
    text = f'static inline {join(rule.command.ret, "gl_encode_" + rule.short)}({", ".join(args)})\n{{\n'
    text += write_claims(rule)
    text += write_calm(rule)
    text += write_changes(rule)
    if rule.escapes:
        text += '    encoder->buffers_escape = true;\n'
    text += write_results(rule)
    text += write_begin(rule)
    number = 0
    for a in rule.args:
        text += put_arg(a, number)
        number += a.is_in
    text += f'    gl_encoder_end(encoder, {"total" if rule.ins else rule.fixed});\n'
    if rule.kind == 'sync':
        text += write_reply(rule)
    return text + '}\n\n'


def write_encode(rules, directory):
    body = ('/*\n * Raw encoders: one record each, and for synchronous commands the wait for the reply.\n'
            ' * Arguments are the command\'s own, but for pointers whose length only the caller knows\n'
            ' * (`payload` and `result` in overrides.toml).\n */\n'
            '#include "gl_api.h"\n#include "gl_opcodes.h"\n#include "dispatch/gl_len.h"\n'
            '#include "guest/common/gl_encoder.h"\n#include "guest/common/gl_harmless.h"\n'
            '#include "guest/common/object_names.h"\n\n')
    body += ''.join(write_encoder(r) for r in size_table(rules))
    write_if_changed(directory, 'gl_encode.h', guarded('gl_encode.h', body, MIT))


def has_entry(rule):
    return rule.kind != 'refused' and not rule.command.extra


def entry_prototype(rule):
    return (f'{join(rule.command.ret, "GL_API_CALL trireme_" + rule.command.name)}'
            f'({parameters(api_parameters(rule))})')


def track_prototype(rule):
    args = ['struct gl_encoder *encoder'] + api_parameters(rule)
    return f'void gl_track_{rule.short}({", ".join(args)})'


# In a program with a debug callback (guest/common/debug_messages.h).
AFTER = '    debug_after(encoder);\n'


def write_entry(rule):
    names = [p.name for p in rule.command.params]
    call = f'gl_encode_{rule.short}({", ".join(["encoder"] + names)})'
    track = rule.options.get('track')
    hook = f'    gl_track_{rule.short}({", ".join(["encoder"] + names)});\n' if track else ''
    text = f'{entry_prototype(rule)}\n{{\n    struct gl_encoder *encoder = gl_encoder_current();\n'
    for name, value in rule.options.get('adjust', {}).items():
        text += f'    {name} = {value};\n'
    if track == 'before':
        text += hook
    pool = rule.options.get('pool')
    if pool:
        call = f'if (!object_names_generate(encoder, {pool_name(pool)}, {", ".join(names)}))\n        {call}'
    if track == 'outside':
        hook = f'    if (!gl_known_inside(encoder))\n    {hook}'
    after = (hook if track in ('after', 'outside') else '') + AFTER
    if rule.command.ret == 'void':
        text += f'    {call};\n{after}'
    else:
        text += f'    {rule.command.ret} returned = {call};\n{after}    return returned;\n'
    return text + '}\n\n'


def is_written_by_hand(rule):
    return rule.kind == 'local' or rule.manual('guest')


def wrapper_prototype(rule):
    return entry_prototype(rule).replace('trireme_gl', 'trireme_entry_gl')


def write_wrapper(rule):
    """What programs get of a hand-written entry point, since others call it on their way."""
    prototype = wrapper_prototype(rule)
    call = f'trireme_{rule.command.name}({", ".join(p.name for p in rule.command.params)})'
    after = AFTER.replace('(encoder)', '(gl_encoder_current())')
    void = rule.command.ret == 'void'
    known = ''
    if rule.options.get('known'):
        declared = '' if void else f'    {join(rule.command.ret, "known")};\n'
        names = ['gl_encoder_current()'] + [p.name for p in rule.command.params] + ([] if void else ['&known'])
        known = f'{declared}    if (gl_known_{rule.short}({", ".join(names)}))\n        return{"" if void else " known"};\n'
    if void:
        return f'{prototype}\n{{\n{known}    {call};\n{after}}}\n\n'
    value = f'    {join(rule.command.ret, "returned")} = {call};\n'
    return f'{prototype}\n{{\n{known}{value}{after}    return returned;\n}}\n\n'


def write_entry_header(rules, directory):
    body = ('/*\n * The commands as programs call them, trireme_glX, and the hand-written functions that\n'
            ' * generated ones call. Where trireme_glX is hand-written, programs call trireme_entry_glX.\n */\n#include "gl_api.h"\n\nstruct gl_encoder;\n\n'
            '/* As in gl_encoder.h. */\n#ifndef _WIN32\n#pragma GCC visibility push(hidden)\n#endif\n\n'
            '/* The entry point of a command under any of its names ("glClear"); NULL: not carried. */\n'
            'void *gl_entry_point(const char *name);\n'
            '/* The names that have one, by number from 0; NULL: there are no more. */\n'
            'const char *gl_entry_point_name(unsigned number);\n\n')
    for rule in rules:
        if has_entry(rule):
            where = ' /* hand-written */' if is_written_by_hand(rule) else ''
            body += f'{entry_prototype(rule)};{where}\n'
            if is_written_by_hand(rule):
                body += f'{wrapper_prototype(rule)};\n'
            if rule.options.get('track'):
                body += f'{track_prototype(rule)};\n'
    body += '\n#ifndef _WIN32\n#pragma GCC visibility pop\n#endif\n'
    write_if_changed(directory, 'gl_entry_points.h', guarded('gl_entry_points.h', body, MIT))


NAMES = '''
/* Sorted by name. */
static const struct {
    const char *name;
    void *function;
} names[] = {
%s};

const char *gl_entry_point_name(unsigned number)
{
    return number < sizeof names / sizeof names[0] ? names[number].name : NULL;
}

void *gl_entry_point(const char *name)
{
    size_t low = 0, high = sizeof names / sizeof names[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, names[middle].name);
        if (order == 0) {
            return names[middle].function;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}
'''


def write_entry_points(rules, directory):
    text = MIT + NOTE + '#include "gl_entry_points.h"\n\n#include "gl_encode.h"\n' \
        '#include "guest/common/debug_messages.h"\n#include "guest/common/gl_adjust.h"\n' \
        '#include "guest/common/gl_known.h"\n\n'
    table = {}
    for rule in rules:
        if not has_entry(rule):
            continue
        for name in rule.names:
            prefix = 'trireme_entry_' if is_written_by_hand(rule) else 'trireme_'
            table[name] = prefix + rule.command.name
        text += write_wrapper(rule) if is_written_by_hand(rule) else write_entry(rule)
    lines = ''.join(f'    {{ "{n}", (void *){table[n]} }},\n' for n in sorted(table))
    write_if_changed(directory, 'gl_entry_points.c', text + NAMES.lstrip() % lines)

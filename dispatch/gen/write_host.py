# SPDX-License-Identifier: GPL-2.0-or-later
"""gl_functions.[ch]: the host's functions; gl_host.h: hand-written ones; gl_decode.c: decoders."""

from output import (GPL, NOTE, api_parameters, element_bytes, guarded, join, parameters,
                    size_table, write_if_changed)

FUNCTIONS_TOP = '''\
/*
 * OpenGL's functions as the host has them: one member for each command, under its canonical name.
 * Carried commands come first, in the order of their opcodes.
 */
#include <stdbool.h>
#include <stdint.h>

#include "gl_api.h"
#include "gl_opcodes.h"

struct gl_functions {
    union {
        struct {
'''

FUNCTIONS_BOTTOM = '''\
        };
        void *all[%d];
    };
};

/* What a context has. */
struct gl_context_abilities {
    uint32_t version; /* major << 8 | minor */
    bool core_profile;
    bool (*has_extension)(const void *data, const char *name);
    const void *data;
};

/* Sets the members that the context's version or extensions provide; the others become NULL.
 * `resolve` looks a function up ("glClear"); it is asked once for each name in a process. */
void gl_functions_load(struct gl_functions *functions, const struct gl_context_abilities *abilities,
                       void *(*resolve)(const char *name));
'''


def members(rules):
    """All commands that the GL has; those with an opcode first. Extra ones leave a hole."""
    return size_table(rules) + [r for r in rules if not r.carried]


def write_functions_header(rules, directory):
    body = FUNCTIONS_TOP
    every = members(rules)
    for rule in every:
        if rule.command.extra:
            body += f'            void *{rule.short};\n'
        else:
            declare = join(rule.command.ret, f'(GL_API_CALL *{rule.short})')
            body += f'            {declare}({parameters(api_parameters(rule))});\n'
    body += FUNCTIONS_BOTTOM % len(every)
    write_if_changed(directory, 'gl_functions.h', guarded('gl_functions.h', body, GPL))


LOAD = '''
#define PROVIDERS (sizeof providers / sizeof providers[0])

/* The addresses are the same for every context of a process. */
static void *resolved[PROVIDERS];
static GOnce resolved_once = G_ONCE_INIT;

static void *resolve_all(void *data)
{
    void *(*const *resolve)(const char *name) = data;
    for (size_t i = 0; i < PROVIDERS; i++) {
        resolved[i] = (*resolve)(providers[i].name);
    }
    return NULL;
}

static bool provided(const struct provider *p, const struct gl_context_abilities *abilities)
{
    if (p->version) {
        return p->version <= abilities->version && !(p->compat_only && abilities->core_profile);
    }
    return abilities->has_extension(abilities->data, p->extension);
}

void gl_functions_load(struct gl_functions *functions, const struct gl_context_abilities *abilities,
                       void *(*resolve)(const char *name))
{
    g_once(&resolved_once, resolve_all, &resolve);
    memset(functions, 0, sizeof *functions);
    for (size_t i = 0; i < PROVIDERS; i++) {
        void **member = &functions->all[providers[i].member];
        if (!*member && provided(&providers[i], abilities)) {
            *member = resolved[i];
        }
    }
}
'''


def write_functions(rules, directory):
    text = (GPL + NOTE + '#include "gl_functions.h"\n\n#include <glib.h>\n#include <string.h>\n\n'
            '/* Who brings a function, and under which name; the first that the context has counts. */\n'
            'static const struct provider {\n    uint16_t member;\n    uint16_t version;\n'
            '    bool compat_only;\n    const char *extension;\n    const char *name;\n'
            '} providers[] = {\n')
    for number, rule in enumerate(members(rules)):
        for p in rule.command.providers:
            extension = f'"{p.extension}"' if p.extension else 'NULL'
            text += (f'    {{ {number}, {p.version:#06x}, {str(p.compat_only).lower()}, {extension}, '
                     f'"{p.name}" }},\n')
    text += '};\n' + LOAD
    write_if_changed(directory, 'gl_functions.c', text)


def host_parameter(arg):
    if arg.is_in or arg.how == 'array':
        return f'struct gl_payload {arg.name}'
    if arg.is_out:
        return f'struct gl_result *{arg.name}'
    if arg.how in ('sync', 'handle'):
        return f'uint64_t {arg.name}'
    return join(arg.type, arg.name)


def host_prototype(rule, prefix):
    args = ['struct gl_decoder *decoder'] + [host_parameter(a) for a in rule.args]
    return f'{join(rule.command.ret, prefix + rule.short)}({", ".join(args)})'


def has_default(rule):
    """gl_default_X: the automatic behaviour, for hand-written functions to fall back on."""
    return (rule.manual('host') and not rule.command.extra
            and not any(a.how in ('payload', 'result', 'sync', 'handle') for a in rule.args))


def write_host_header(rules, directory):
    body = ('/*\n * gl_host_X: hand-written in gl_host_*.c, for `host = "manual"`. gl_default_X: what would be\n'
            ' * done without; out-pointers get the values that the GL wrote.\n */\n'
            '#include "dispatch/gl_payload.h"\n#include "gl_api.h"\n\nstruct gl_decoder;\n\n')
    for rule in size_table(rules):
        if rule.manual('host'):
            body += host_prototype(rule, 'gl_host_') + ';\n'
            if has_default(rule):
                body += host_prototype(rule, 'gl_default_') + ';\n'
    write_if_changed(directory, 'gl_host.h', guarded('gl_host.h', body, GPL))


def get_scalar(arg):
    cast = '' if arg.put in ('float', 'double') else f'({arg.base})'
    return f'{cast}gl_get_{arg.put}(record + {arg.offset})'


def write_simple(rule):
    """Scalars go straight from the record, each read once; arrays are copied first."""
    arrays = any(a.how == 'array' for a in rule.args)
    place = 'record'
    text = f'static void simple_{rule.short}(struct gl_decoder *decoder, const uint8_t *record)\n{{\n'
    if arrays:
        text += (f'    uint8_t copy[{rule.fixed}] __attribute__((aligned(8)));\n'
                 f'    ring_copy_once(copy, record, sizeof copy);\n')
        place = 'copy'
    values = []
    for a in rule.args:
        if a.how == 'array':
            data = f'{place} + {a.offset}'
            values.append(f'gl_payload_data({data}, {a.count * a.element})' if rule.manual('host')
                          else f'(void *)({data})')
        elif a.how == 'handle':
            value = f'gl_get_64({place} + {a.offset})'
            values.append(value if rule.manual('host') else f'({a.type})(uintptr_t){value}')
        else:
            values.append(get_scalar(a).replace('record', place))
    if rule.manual('host'):
        call = f'gl_host_{rule.short}({", ".join(["decoder"] + values)})'
    else:
        call = f'decoder->gl->{rule.short}({", ".join(values)})'
    if not values:
        text += '    (void)record;\n'
    return text + f'    {call};\n}}\n\n'


def write_locals(rule):
    """Arguments out of the private copy, payloads checked against the lengths they need."""
    text = ''
    manual = rule.manual('host')
    for a in rule.args:
        if a.how == 'scalar':
            text += f'    {a.base} {a.name} = {get_scalar(a)};\n'
        elif a.how == 'handle':
            text += f'    uint64_t {a.name} = gl_get_64(record + {a.offset});\n'
        elif a.how == 'sync':
            value = f'gl_get_64(record + {a.offset})'
            text += (f'    uint64_t {a.name} = {value};\n' if manual else
                     f'    GLsync {a.name} = gl_sync_lookup({value});\n')
        elif a.how == 'array':
            text += (f'    struct gl_payload {a.name} = '
                     f'gl_payload_data(record + {a.offset}, {a.count * a.element});\n')
    for a in rule.ins:
        text += f'    struct gl_payload {a.name} = gl_call_payload(call, {a.offset});\n'
    checks = [write_check(a, manual) for a in rule.ins]
    checks = [c for c in checks if c]
    text += ''.join(f'    {c};\n' for c in checks)
    if 'nothing' in rule.options:
        text += f'    gl_call_nothing(call, {rule.options["nothing"]});\n'
    if 'instead' in rule.options:
        text += (f'    bool required = {rule.options["require"]};\n'
                 f'    if (!required) {{\n        {rule.options["instead"]};\n    }}\n')
    elif 'require' in rule.options:
        text += f'    gl_call_require(call, {rule.options["require"]});\n'
    for a in rule.outs:
        if a.clamp:
            text += f'    {a.clamp} = gl_call_clamp({a.clamp}, {a.clamp_scale});\n'
    return text


def write_check(arg, manual):
    flags = []
    if arg.nullable or manual:
        flags.append('GL_CALL_NULL_OK')
    if arg.offset_ok or (arg.how == 'payload' and manual):
        flags.append('GL_CALL_OFFSET_OK')
    flags = ' | '.join(flags) or '0'
    if arg.how == 'string':
        return f'gl_call_check_text(call, &{arg.name}, "{arg.name}", -1, {flags})'
    if arg.how == 'text':
        return f'gl_call_check_text(call, &{arg.name}, "{arg.name}", {arg.length}, {flags})'
    need = '0' if arg.how == 'payload' else element_bytes(arg)
    return f'gl_call_check(call, &{arg.name}, "{arg.name}", {need}, {flags})'


def gl_argument(a):
    if a.is_in or a.how == 'array':
        if a.offset_ok:
            return f'gl_payload_pointer(&{a.name})'
        return f'{a.name}.data' if a.type.startswith('const') else f'(void *){a.name}.data'
    if a.is_out:
        return f'{a.name}_out.memory[pass]'
    if a.how == 'handle':
        return f'({a.type})(uintptr_t){a.name}'
    return a.name


def write_gl_call(rule):
    """The call of the GL, repeated on other memory where results are probed."""
    args = ', '.join(gl_argument(a) for a in rule.args)
    call = f'decoder->gl->{rule.short}({args});'
    if rule.command.ret != 'void':
        call = 'returned = ' + call
    if not rule.outs:
        return f'    {call}\n'
    if rule.passes == 1:
        return f'    const unsigned pass = 0;\n    {call}\n'
    return ('    for (unsigned pass = 0; pass < 2; pass++) {\n'
            f'        gl_out_pass(decoder, pass);\n        {call}\n    }}\n'
            '    gl_out_pass(decoder, 2);\n')


RETURNED = {'GLfloat': 'gl_float_bits(returned)', 'GLsync': 'gl_sync_insert(returned)'}


def capacity(arg):
    if arg.length:
        return element_bytes(arg)
    return f'{arg.count * arg.element} + GL_OUT_SLACK' if arg.count else 'GL_PROBE_BYTES'


def write_automatic(rule):
    text = ''
    for a in rule.outs:
        text += f'    struct gl_out {a.name}_out;\n'
    for a in rule.outs:
        text += (f'    gl_call_out(call, {a.offset}, {capacity(a)}, {rule.passes}, '
                 f'{str(a.nullable).lower()}, &{a.name}_out);\n')
    text += '    if (!gl_call_ready(call)) {\n        return gl_call_skip(call);\n    }\n'
    if rule.command.ret != 'void':
        text += f'    {rule.command.ret} returned;\n'
    text += write_gl_call(rule)
    return text


def write_manual(rule):
    text = ''
    for a in rule.outs:
        if a.how == 'result':
            value = f'gl_call_result(call, {a.offset})'
        else:
            value = f'gl_call_bounded_result(call, {a.offset}, {capacity(a)})'
        text += f'    struct gl_result {a.name} = {value};\n'
    text += '    if (!gl_call_ready(call)) {\n        return gl_call_skip(call);\n    }\n'
    args = ', '.join(['decoder'] + [f'&{a.name}' if a.is_out else a.name for a in rule.args])
    assign = f'{rule.command.ret} returned = ' if rule.command.ret != 'void' else ''
    return text + f'    {assign}gl_host_{rule.short}({args});\n'


def write_host_reply(rule):
    if rule.kind != 'sync':
        return ''
    text = '    gl_reply_begin(decoder);\n'
    if rule.command.ret != 'void':
        value = RETURNED.get(rule.command.ret, '(uint64_t)returned')
        text += f'    gl_reply_put(decoder, {value});\n'
    for a in rule.outs:
        if rule.manual('host'):
            text += f'    gl_reply_put_result(decoder, &{a.name});\n'
        else:
            text += f'    gl_reply_put_out(decoder, &{a.name}_out, {a.element}, {rule.passes});\n'
    return text + f'    gl_reply_send(decoder, GL_OP_{rule.short});\n'


def write_decoder(rule):
    body = write_locals(rule)
    body += write_manual(rule) if rule.manual('host') else write_automatic(rule)
    if 'instead' in rule.options:
        body += ('    if (!required) {\n'
                 '        gl_decoder_set_error(decoder, GL_INVALID_VALUE);\n    }\n')
    body += write_host_reply(rule)
    if 'record +' in body:
        body = '    const uint8_t *record = call->fixed;\n' + body
    return (f'static bool decode_{rule.short}(struct gl_decoder *decoder, struct gl_call *call)\n'
            f'{{\n{body}    return true;\n}}\n\n')


def write_default(rule):
    text = f'{host_prototype(rule, "gl_default_")}\n{{\n'
    for a in rule.outs:
        text += f'    struct gl_out {a.name}_out;\n'
    ready = ' && '.join(f'gl_out_open(decoder, {a.name}, {rule.passes}, &{a.name}_out)'
                        for a in rule.outs)
    nothing = '' if rule.command.ret == 'void' else ' 0'
    if ready:
        text += f'    if (!({ready})) {{\n        return{nothing};\n    }}\n'
    if rule.command.ret != 'void':
        text += f'    {rule.command.ret} returned;\n'
    text += write_gl_call(rule)
    for a in rule.outs:
        text += f'    gl_out_close(decoder, {a.name}, &{a.name}_out, {a.element}, {rule.passes});\n'
    if rule.command.ret != 'void':
        text += '    return returned;\n'
    return text + '}\n\n'


def write_table(rules):
    text = 'const struct gl_command gl_commands[GL_OP_COUNT] = {\n'
    for rule in size_table(rules):
        flags = []
        if rule.kind == 'sync':
            flags.append('GL_COMMAND_SYNC')
        if rule.ins:
            flags.append('GL_COMMAND_PAYLOADS')
        if rule.options.get('texels'):
            flags.append('GL_COMMAND_TEXELS')
        if rule.options.get('vertices'):
            flags.append('GL_COMMAND_VERTICES')
        if rule.command.extra:
            flags.append('GL_COMMAND_EXTRA')
        touches = ' | '.join(f'GL_TOUCH_{t.upper()}' for t in rule.options.get('touches', ())) or '0'
        function = f'.simple = simple_{rule.short}' if rule.simple else f'.decode = decode_{rule.short}'
        if rule.simple:
            flags.append('GL_COMMAND_SIMPLE')
        most = 0 if rule.ins else rule.fixed // 8
        text += (f'    {{ {{ {function} }}, {rule.fixed // 8}, {most}, '
                 f'{" | ".join(flags) or "0"}, {touches} }},\n')
    text += '};\n\nconst char *const gl_command_names[GL_OP_COUNT] = {\n'
    text += ''.join(f'    "{r.command.name}",\n' for r in size_table(rules))
    return text + '};\n'


def write_decode(rules, directory):
    text = (GPL + NOTE + '#include "dispatch/gl_call.h"\n#include "dispatch/gl_len.h"\n'
            '#include "gl_host.h"\n#include "ring/shared_memory.h"\n\n')
    for rule in size_table(rules):
        text += write_simple(rule) if rule.simple else write_decoder(rule)
        if has_default(rule):
            text += write_default(rule)
    write_if_changed(directory, 'gl_decode.c', text + write_table(rules))

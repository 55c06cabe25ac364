# SPDX-License-Identifier: GPL-2.0-or-later
"""What the guest's libraries compile: opcodes, encoders, settings, entry points, lists of exports."""

import struct
import zlib

from api import VERSIONS
from output import C_TYPES, MIT, NOTE, guarded, parameters, write_if_changed

# Files of entry points: what every version has, and what only Glide 2 or 3 has.
FILES = {'all': ('',), '2': ('2', '21', '24'), '3': ('3', 'extensions')}


def fingerprint(api):
    text = ''.join(f'{c.opcode} {c.name} {c.args} {c.data} {c.reply}\n' for c in api.commands.values())
    return zlib.crc32(text.encode())


def write_opcodes(api, directory):
    body = '/* The opcodes of Glide\'s commands, and what tells two lists of them apart. */\n\n'
    body += 'enum glide_opcode {\n'
    body += ''.join(f'    GLIDE_OP_{c.name.upper()} = {c.opcode},\n' for c in api.commands.values())
    first = next(iter(api.commands.values())).opcode
    body += (f'}};\n\n#define GLIDE_FIRST_OPCODE {first}u\n#define GLIDE_COMMANDS {len(api.commands)}u\n'
             f'#define GLIDE_OPCODES_FINGERPRINT {fingerprint(api):#010x}u\n')
    write_if_changed(directory, 'glide_opcodes.h', guarded('glide_opcodes.h', body, MIT))


def put(index, name, kind):
    place = f'record + {4 + 4 * index}'
    if kind == 'f32':
        return f'    gl_put_float({place}, {name});\n'
    return f'    gl_put_32({place}, {word(name, kind)});\n'


def word(name, kind):
    """C expression: an argument as the record and the settings have it."""
    return {'f32': f'glide_float_word({name})', 'u32': name, 'i32': f'(uint32_t){name}'}.get(
        kind, f'glide_saturate_{kind}({name})')


def padded(size):
    return (size + 7) & ~7


def write_encoder(command):
    """A command that is no setting. One with a reply is sent; gl_encoder_reply() comes next."""
    data = ', const void *data, uint32_t bytes' if command.data else ''
    text = (f'static inline void glide_encode_{command.name}(struct gl_encoder *e'
            f'{parameters(command.args)}{data})\n{{\n')
    fixed = padded(4 + 4 * len(command.args) + (4 if command.data else 0))
    if command.data:
        text += ('    const struct gl_payload payload = gl_payload_data(data, bytes);\n'
                 '    uint32_t size;\n'
                 f'    uint8_t *record = gl_encoder_begin_payloads(e, GLIDE_OP_{command.name.upper()}, {fixed}, '
                 '&payload, 1, &size);\n')
    else:
        text += f'    uint8_t *record = gl_encoder_begin(e, {fixed});\n'
    for index, (name, kind) in enumerate(command.args.items()):
        text += put(index, name, kind)
    if command.data:
        text += f'    gl_put_32(record + {4 + 4 * len(command.args)}, bytes);\n    gl_encoder_end(e, size);\n'
    else:
        text += (f'    gl_put_header(record, GLIDE_OP_{command.name.upper()}, {fixed});\n'
                 f'    gl_encoder_end(e, {fixed});\n')
    return text + '}\n\n'


def write_encode(api, directory):
    body = ('/* Encoders of the commands that are no settings (those are glide_settings.h). */\n'
            '#include "glide_opcodes.h"\n#include "guest/common/gl_encoder.h"\n'
            '#include "guest/glide/saturate.h"\n\n')
    body += ''.join(write_encoder(c) for c in api.commands.values() if not c.state)
    write_if_changed(directory, 'glide_encode.h', guarded('glide_encode.h', body, MIT))


def setting_function(command):
    text = (f'static inline void glide_set_{command.name}(struct glide_settings *settings'
            f'{parameters(command.args)})\n{{\n    const uint32_t words[] = {{')
    text += ', '.join(word(name, kind) for name, kind in command.args.items())
    return text + f'}};\n    glide_settings_set(settings, GLIDE_SETTING_{command.name.upper()}, words);\n}}\n\n'


def default_word(value, kind):
    return f'{struct.unpack("<I", struct.pack("<f", value))[0] if kind == "f32" else value}u'


def write_settings(api, directory):
    settings = api.settings()
    header = ('/* Glide\'s settings: one function for each (guest/glide/settings.h). */\n'
              '#include "guest/glide/saturate.h"\n#include "guest/glide/settings.h"\n\n')
    header += 'enum glide_setting_number {\n'
    header += ''.join(f'    GLIDE_SETTING_{c.name.upper()},\n' for c in settings) + '};\n\n'
    header += ''.join(setting_function(c) for c in settings)
    write_if_changed(directory, 'glide_set.h', guarded('glide_set.h', header, MIT))

    sizes = (f'#define GLIDE_SETTINGS {len(settings)}u\n'
             f'#define GLIDE_SETTING_INSTANCES {sum(c.instances for c in settings)}u\n'
             f'#define GLIDE_SETTING_WORDS {sum(c.instances * len(c.values) for c in settings)}u\n'
             '/* Those that Glide 2 has, which come first. */\n'
             f'#define GLIDE2_SETTINGS {sum(not c.glide3 for c in settings)}u\n'
             f'#define GLIDE2_SETTING_INSTANCES {sum(c.instances for c in settings if not c.glide3)}u\n'
             '/* Bytes of their values in a saved state. */\n'
             f'#define GLIDE2_STATE_VALUES {api.state_bytes(False)}u\n'
             f'#define GLIDE3_STATE_VALUES {api.state_bytes(True)}u\n')
    write_if_changed(directory, 'glide_setting_sizes.h', guarded('glide_setting_sizes.h', sizes, MIT))

    numbers = {c.name: index for index, c in enumerate(settings)}
    text = MIT + NOTE + '#include "guest/glide/settings.h"\n\n'
    text += 'const struct glide_setting glide_setting_table[GLIDE_SETTINGS] = {\n'
    instance = first_word = 0
    for c in settings:
        keys = ', '.join(str(n) for n in c.keys.values()) or '0'
        sizes = ', '.join(str({'i8': -1}.get(kind, {'u8': 1, 'u16': 2}.get(kind, 4)))
                          for kind in c.values.values())
        default = ', '.join(default_word(value, kind)
                            for value, kind in zip(c.default or [0] * len(c.values), c.values.values()))
        replaced = numbers[c.instead_of] if c.instead_of else -1
        text += (f'    {{{c.opcode}, {instance}, {first_word}, {len(c.keys)}, {len(c.values)}, {replaced}, '
                 f'{{{keys}}}, {{{sizes}}}, {{{default}}}}},\n')
        instance += c.instances
        first_word += c.instances * len(c.values)
    write_if_changed(directory, 'glide_setting_table.c', text + '};\n')


def declaration(function):
    arguments = ', '.join(kind if '(*' in kind else kind + ('' if kind.endswith('*') else ' ') + name
                          for kind, name in function.parameters) or 'void'
    space = '' if function.result.endswith('*') else ' '
    return f'{function.result}{space}GLIDE_CALL {function.symbol}({arguments})'


def direct(function, command):
    """An entry point that is one command."""
    values = ''.join(', ' + argument for _, argument in function.parameters)
    if command.state:
        call = f'glide_set_{command.name}(&glide_board.settings{values});'
    else:
        call = f'glide_encode_{command.name}(&glide_board.encoder{values});'
    return f'{declaration(function)}\n{{\n    {call}\n}}\n\n'


def write_entry_points(api, directory):
    body = ('/* What programs call, under names of our own; glide_exports_*.txt says which is which. */\n'
            '#include "guest/glide/types.h"\n\n')
    body += ''.join(f'{declaration(f)}{symbol_name(f)};\n' for f in api.functions)
    write_if_changed(directory, 'glide_entry_points.h', guarded('glide_entry_points.h', body, MIT))
    for name, sections in FILES.items():
        text = (MIT + NOTE + '#include "glide_encode.h"\n#include "glide_entry_points.h"\n'
                '#include "glide_set.h"\n#include "guest/glide/board.h"\n\n')
        text += ''.join(direct(f, api.commands[f.how]) for f in api.functions
                        if f.section in sections and f.how != 'hand')
        write_if_changed(directory, f'glide_entry_points_{name}.c', text)


def symbol_name(function):
    """Linux's libraries export the functions under the names that programs know."""
    return f' GLIDE_EXPORT("{function.name}")' if function.section != 'extensions' else ''


def write_exports(api, directory):
    """For guest/windows/definitions.py: export, bytes of arguments, function. The DLLs' exports are
    decorated. For Linux: a linker's version script."""
    for version in VERSIONS:
        functions = api.of_version(version)
        generation = version.replace('.', '')
        text = ''.join(f'_{f.name}@{f.stack_bytes} {f.stack_bytes} {f.symbol}\n' for f in functions)
        write_if_changed(directory, f'glide_exports_{generation}.txt', '# SPDX-License-Identifier: MIT\n' + text)
        text = '{\n  global:\n' + ''.join(f'    {f.name};\n' for f in functions) + '  local: *;\n};\n'
        write_if_changed(directory, f'glide_exports_{generation}.map', text)
    # What grGetProcAddress finds in Glide 3.
    extensions = [f for f in api.functions if f.section == 'extensions']
    text = MIT + NOTE + '#include "glide_entry_points.h"\n#include "guest/glide/procedures.h"\n\n'
    text += 'const struct glide_procedure glide_procedures[] = {\n'
    text += ''.join(f'    {{"{f.name}", (glide_proc *){f.symbol}}},\n'
                    for f in sorted(api.of_version('3.1') + extensions, key=lambda f: f.name))
    write_if_changed(directory, 'glide_procedures.c', text + '    {0},\n};\n')

# SPDX-License-Identifier: GPL-2.0-or-later
"""OpenGL's part of gl-coverage.txt, and gl_extensions.[ch]: which extensions may be advertised."""

from collections import Counter

from output import MIT, NOTE, guarded, write_if_changed


def totals(rules):
    own = [r for r in rules if r.command.extra]
    rules = [r for r in rules if not r.command.extra]
    commands = Counter(r.kind for r in rules)
    names, reasons = Counter(), Counter()
    for rule in rules:
        names[rule.kind] += len(rule.names)
        if rule.kind == 'refused':
            reasons[rule.reason] += len(rule.names)
    lines = ['', 'Totals: commands, names (with aliases)']
    lines += [f'  {kind:8} {commands[kind]:5} {names[kind]:5}'
              for kind in ('async', 'sync', 'local', 'refused')]
    lines += [f'  {"all":8} {len(rules):5} {sum(names.values()):5}',
              f'  and {len(own)} commands of our own (Trireme…)']
    lines += ['', 'Refused, by reason: names']
    return lines + [f'  {count:5} {reason}' for reason, count in reasons.most_common()]


def gl_coverage(rules):
    """Lines for gl-coverage.txt."""
    lines = []
    for rule in rules:
        about = rule.reason if rule.kind == 'refused' else \
            f'opcode {rule.opcode}' if rule.carried else 'answered in the guest'
        by_hand = [side for side in ('guest', 'host') if rule.manual(side)]
        if by_hand:
            about += f' (by hand: {", ".join(by_hand)})'
        lines.append(f'{rule.command.name:44} {rule.kind:8} {about}')
        for alias in rule.names:
            if alias != rule.command.name:
                lines.append(f'{alias:44} {rule.kind:8} as {rule.command.name}')
    return lines + totals(rules)


EXTENSION_LOOKUP = '''
static int compare(const void *key, const void *element)
{
    return strcmp(key, ((const struct gl_extension *)element)->name);
}

const struct gl_extension *gl_extension_find(const char *name)
{
    return bsearch(name, gl_extensions, GL_EXTENSION_COUNT, sizeof gl_extensions[0], compare);
}
'''


def carried_extensions(registry, rules, overrides):
    kind = {name: rule.kind for rule in rules for name in rule.names}
    return {ext: not overrides.extensions.get(ext, {}).get('refuse')
            and all(kind[c] != 'refused' for c in commands)
            for ext, commands in registry.extensions.items()}


def write_extensions(registry, rules, overrides, directory):
    carried = carried_extensions(registry, rules, overrides)
    body = ('/* The extensions of desktop OpenGL; `carried`: all of their commands are. */\n'
            '#include <stdbool.h>\n\nstruct gl_extension {\n    const char *name;\n    bool carried;\n};\n\n'
            f'#define GL_EXTENSION_COUNT {len(carried)}\n'
            'extern const struct gl_extension gl_extensions[GL_EXTENSION_COUNT];\n\n'
            '/* NULL: not one that the registry knows. */\n'
            'const struct gl_extension *gl_extension_find(const char *name);\n')
    write_if_changed(directory, 'gl_extensions.h', guarded('gl_extensions.h', body, MIT))
    text = (MIT + NOTE + '#include "gl_extensions.h"\n\n#include <stdlib.h>\n#include <string.h>\n\n'
            'const struct gl_extension gl_extensions[GL_EXTENSION_COUNT] = {\n')
    text += ''.join(f'    {{ "{e}", {str(carried[e]).lower()} }},\n' for e in sorted(carried))
    write_if_changed(directory, 'gl_extensions.c', text + '};\n' + EXTENSION_LOOKUP)

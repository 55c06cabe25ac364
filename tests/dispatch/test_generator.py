#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The generator on small registries: what it refuses to guess, and that it names it.

    test_generator.py GEN_GL.PY GL.XML OVERRIDES.TOML
"""

import os
import subprocess
import sys
import tempfile
import unittest

GENERATOR, REGISTRY, OVERRIDES = sys.argv[1:4]

HEAD = '''<?xml version="1.0"?>
<registry>
<enums><enum value="0x1" name="GL_ONE_THING"/></enums>
<commands>
<command><proto>void <name>glClear</name></proto>
 <param><ptype>GLbitfield</ptype> <name>mask</name></param></command>
<command><proto>void <name>glClearEXT</name></proto>
 <param><ptype>GLbitfield</ptype> <name>mask</name></param><alias name="glClear"/></command>
<command><proto>void <name>glOddv</name></proto>
 <param len="COMPSIZE(pname)">const <ptype>GLfloat</ptype> *<name>odd</name></param></command>
<command><proto>void <name>glOther</name></proto>
 <param><ptype>GLbitfield</ptype> <name>mask</name></param><alias name="glClear"/></command>
</commands>
<feature api="gl" name="GL_VERSION_1_0" number="1.0"><require>
'''
TAIL = '''</require></feature>
<extensions>
<extension name="GL_EXT_clear" supported="gl"><require><command name="glClearEXT"/></require></extension>
<extension name="GL_OES_other" supported="gles2"><require><command name="glOther"/></require></extension>
</extensions>
</registry>
'''


def generate(out, registry, overrides):
    """Runs the generator; returns (status, stderr)."""
    done = subprocess.run(
        [sys.executable, GENERATOR, '--registry', registry, '--overrides', overrides, '--out', out,
         '--coverage', os.path.join(out, 'coverage.txt')], capture_output=True, text=True)
    return done.returncode, done.stderr


class Small(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def run_small(self, commands, overrides=''):
        registry = os.path.join(self.directory.name, 'gl.xml')
        toml = os.path.join(self.directory.name, 'overrides.toml')
        with open(registry, 'w') as f:
            f.write(HEAD + ''.join(f'<command name="{c}"/>' for c in commands) + TAIL)
        with open(toml, 'w') as f:
            f.write(overrides)
        return generate(self.directory.name, registry, toml)

    def text(self, name):
        with open(os.path.join(self.directory.name, name)) as f:
            return f.read()

    def test_regular_commands_need_no_override(self):
        status, _ = self.run_small(['glClear'])
        self.assertEqual(status, 0)
        self.assertIn('GL_OP_Clear = 256', self.text('gl_opcodes.h'))

    def test_aliases_share_an_opcode(self):
        self.run_small(['glClear'])
        self.assertNotIn('GL_OP_ClearEXT', self.text('gl_opcodes.h'))
        self.assertIn('{ "glClearEXT", (void *)trireme_glClear }', self.text('gl_entry_points.c'))

    def test_other_apis_are_left_out(self):
        self.run_small(['glClear'])
        self.assertNotIn('glOther', self.text('coverage.txt'))

    def test_an_unclassified_command_fails_by_name(self):
        status, message = self.run_small(['glClear', 'glOddv'])
        self.assertNotEqual(status, 0)
        self.assertIn('glOddv is not classified: odd', message)

    def test_a_length_classifies_it(self):
        status, _ = self.run_small(['glOddv'], '[command.glOddv]\nlen.odd = "2"\n')
        self.assertEqual(status, 0)

    def test_a_refusal_needs_a_reason_and_takes_the_name_away(self):
        status, _ = self.run_small(['glClear', 'glOddv'], '[command.glOddv]\nrefuse = "is odd"\n')
        self.assertEqual(status, 0)
        self.assertNotIn('glOddv', self.text('gl_entry_points.c'))
        self.assertIn('is odd', self.text('coverage.txt'))

    def test_overrides_that_match_nothing_fail(self):
        for overrides in ('[command.glNo]\nonce = true\n', '[[rule]]\nmatch = ["glNo*"]\n',
                          '[extension.GL_EXT_no]\nrefuse = "x"\n',
                          '[command.glClear]\nnosuchoption = 1\n'):
            status, message = self.run_small(['glClear'], overrides)
            self.assertNotEqual(status, 0, overrides)
            self.assertIn('no', message)

    def test_refused_extensions_are_not_carried(self):
        self.run_small(['glClear'], '[extension.GL_EXT_clear]\nrefuse = "x"\n')
        self.assertIn('{ "GL_EXT_clear", false }', self.text('gl_extensions.c'))


class Whole(unittest.TestCase):
    def test_output_is_the_same_each_time(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            for out in (one, two):
                self.assertEqual(generate(out, REGISTRY, OVERRIDES), (0, ''))
            for name in os.listdir(one):
                with open(os.path.join(one, name)) as a, open(os.path.join(two, name)) as b:
                    self.assertEqual(a.read(), b.read(), name)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])

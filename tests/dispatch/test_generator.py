#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The generator on small registries: what it refuses to guess, and that it names it.

    test_generator.py GEN_GL.PY GL.XML GLX.XML WGL.XML OVERRIDES.TOML
"""

import os
import subprocess
import sys
import tempfile
import unittest

GENERATOR, REGISTRY, GLX_REGISTRY, WGL_REGISTRY, OVERRIDES = sys.argv[1:6]

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

GLX = '''<?xml version="1.0"?>
<registry>
<commands>
<command><proto>void <name>glXWait</name></proto></command>
<command><proto>int <name>glXOddOLD</name></proto><param>int <name>odd</name></param></command>
</commands>
<feature api="glx" name="GLX_VERSION_1_0" number="1.0">
 <require><command name="glXWait"/></require></feature>
<extensions>
<extension name="GLX_OLD_odd" supported="glx"><require><command name="glXOddOLD"/></require></extension>
<extension name="GLX_OLD_even" supported="glx"/>
</extensions>
</registry>
'''


WGL = '''<?xml version="1.0"?>
<registry>
<commands>
<command><proto><ptype>BOOL</ptype> <name>wglShareLists</name></proto>
 <param><ptype>HGLRC</ptype> <name>a</name></param><param><ptype>HGLRC</ptype> <name>b</name></param></command>
<command><proto>const char *<name>wglOddOLD</name></proto><param>int <name>odd</name></param></command>
<command><proto>const char *<name>wglOddNEW</name></proto><param>int <name>odd</name></param></command>
</commands>
<feature api="wgl" name="WGL_VERSION_1_0" number="1.0">
 <require><command name="wglShareLists"/></require></feature>
<extensions>
<extension name="WGL_NEW_odd" supported="wgl"><require><command name="wglOddNEW"/></require></extension>
<extension name="WGL_OLD_odd" supported="wgl"><require><command name="wglOddOLD"/></require></extension>
<extension name="WGL_OLD_even" supported="wgl"/>
</extensions>
</registry>
'''


def generate(out, registry, glx_registry, wgl_registry, overrides):
    """Runs the generator; returns (status, stderr)."""
    done = subprocess.run(
        [sys.executable, GENERATOR, '--registry', registry, '--glx-registry', glx_registry,
         '--wgl-registry', wgl_registry, '--overrides', overrides, '--out', out, '--coverage', os.path.join(out, 'coverage.txt')], capture_output=True, text=True)
    return done.returncode, done.stderr


class Small(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def run_small(self, commands, overrides='', odd='kind = "libGLX"'):
        """`odd`: what the overrides say about glXOddOLD."""
        registry = os.path.join(self.directory.name, 'gl.xml')
        glx_registry = os.path.join(self.directory.name, 'glx.xml')
        toml = os.path.join(self.directory.name, 'overrides.toml')
        with open(registry, 'w') as f:
            f.write(HEAD + ''.join(f'<command name="{c}"/>' for c in commands) + TAIL)
        with open(toml, 'w') as f:
            f.write(overrides + (f'[glx.command.glXOddOLD]\n{odd}\n' if odd else ''))
        with open(glx_registry, 'w') as f:
            f.write(GLX)
        wgl_registry = os.path.join(self.directory.name, 'wgl.xml')
        with open(wgl_registry, 'w') as f:
            f.write(WGL)
        return generate(self.directory.name, registry, glx_registry, wgl_registry, toml)

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

    def test_glx_calls_of_a_version_need_no_override(self):
        self.run_small(['glClear'])
        self.assertIn('void trireme_glXWait(void);', self.text('glx_entry_points.h'))
        self.assertIn('{ "glXWait", (void *)trireme_glXWait }', self.text('glx_entry_points.c'))

    def test_an_unclassified_glx_command_fails_by_name(self):
        status, message = self.run_small(['glClear'], odd='')
        self.assertNotEqual(status, 0)
        self.assertIn('glXOddOLD is not classified', message)

    def test_a_dispatcher_needs_an_answer_for_no_vendor(self):
        status, message = self.run_small(['glClear'], odd='vendor = "current"')
        self.assertNotEqual(status, 0)
        self.assertIn('glXOddOLD is not classified', message)
        status, _ = self.run_small(['glClear'], odd='vendor = "current"\nfailed = "-7"')
        self.assertEqual(status, 0)
        self.assertIn('return call ? call(odd) : -7;', self.text('glx_entry_points.c'))

    def test_an_older_name_is_found(self):
        self.run_small(['glClear'], odd='same = "glXWait"')
        self.assertIn('{ "glXOddOLD", "glXWait" }', self.text('glx_entry_points.c'))
        self.assertNotIn('trireme_glXOddOLD', self.text('glx_entry_points.h'))

    def test_glx_extensions_are_advertised_unless_refused(self):
        self.run_small(['glClear'])
        self.assertIn('GLX_OLD_even', self.text('glx_entry_points.c'))
        self.assertIn('GLX_OLD_odd', self.text('glx_entry_points.c'))
        refused = '[[glx.refuse]]\nmatch = ["GLX_OLD_e*", "glXOddOLD"]\nreason = "is old"\n'
        status, _ = self.run_small(['glClear'], refused, odd='')
        self.assertEqual(status, 0)
        self.assertNotIn('GLX_OLD', self.text('glx_entry_points.c'))
        self.assertIn('is old', self.text('coverage.txt'))

    def test_glx_overrides_that_match_nothing_fail(self):
        for overrides in ('[glx.command.glXNo]\nkind = "vendor"\n',
                          '[[glx.refuse]]\nmatch = ["GLX_no"]\nreason = "x"\n',
                          '[glx.command.glXWait]\nnosuchoption = 1\n',
                          '[glx.command.glXWait]\nkind = "nosuchkind"\n',
                          '[glx.command.glXWait]\nvendor = "nosuchvendor"\n',
                          '[glx.command.glXWait]\nsame = "glXno"\n'):
            status, message = self.run_small(['glClear'], overrides)
            self.assertNotEqual(status, 0, overrides)
            self.assertIn('no', message)

    def wgl(self, overrides=''):
        """The header, the source and the report."""
        self.assertEqual(self.run_small(['glClear'], overrides), (0, ''))
        return tuple(map(self.text, ('wgl_entry_points.h', 'wgl_entry_points.c', 'coverage.txt')))

    def test_wgl_extensions_are_there_unless_refused(self):
        header, source, _ = self.wgl()
        self.assertIn('const char *WINAPI trireme_wglOddNEW(int odd);', header)
        self.assertIn('{ "wglOddNEW", (void *)trireme_wglOddNEW }', source)
        self.assertIn('"WGL_NEW_odd WGL_OLD_even WGL_OLD_odd"', header)
        self.assertNotIn('ShareLists', header + source)  # an export, not an extension's
        for match in ('WGL_NEW_odd', 'wglOddNEW'):
            header, source, report = self.wgl(f'[[wgl.refuse]]\nmatch = ["{match}"]\nreason = "is new"\n')
            self.assertIn('"WGL_OLD_even WGL_OLD_odd"', header)
            self.assertNotIn('wglOddNEW', header + source)
            self.assertIn('is new', report)

    def test_a_wgl_call_has_an_older_name(self):
        header, source, _ = self.wgl('[wgl.same]\nwglOddOLD = "wglOddNEW"\n')
        self.assertIn('{ "wglOddOLD", (void *)trireme_wglOddNEW }', source)
        self.assertNotIn('trireme_wglOddOLD', header)

    def test_wgl_extensions_that_the_registry_lacks(self):
        header, source, _ = self.wgl('[wgl.extra]\nWGL_MY_own = ["BOOL wglOwnMY(HDC dc, LPVOID p)"]\n')
        self.assertIn('WGL_MY_own', header)
        self.assertIn('BOOL WINAPI trireme_wglOwnMY(HDC dc, LPVOID p);', header)
        self.assertIn('{ "wglOwnMY", (void *)trireme_wglOwnMY }', source)

    def test_wgl_overrides_that_match_nothing_fail(self):
        for overrides in ('[wgl.same]\nwglNo = "wglOddNEW"\n', '[wgl.same]\nwglOddOLD = "wglNo"\n',
                          '[[wgl.refuse]]\nmatch = ["WGL_no"]\nreason = "x"\n'):
            status, message = self.run_small(['glClear'], overrides)
            self.assertNotEqual(status, 0, overrides)
            self.assertIn('no', message)


class Whole(unittest.TestCase):
    def test_output_is_the_same_each_time(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            for out in (one, two):
                self.assertEqual(generate(out, REGISTRY, GLX_REGISTRY, WGL_REGISTRY, OVERRIDES), (0, ''))
            for name in os.listdir(one):
                with open(os.path.join(one, name)) as a, open(os.path.join(two, name)) as b:
                    self.assertEqual(a.read(), b.read(), name)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])

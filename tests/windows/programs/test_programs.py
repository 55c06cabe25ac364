#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The programs that go with the Windows drivers, as files and under Wine."""

import pathlib
import re
import sys
import unittest

WINDOWS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(WINDOWS.parent))
sys.path.insert(0, str(WINDOWS))
import test_dlls as pe  # noqa: E402
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.wine import WineTest, unix_path  # noqa: E402

FOLDER = programs.BUILD / "guest" / "windows" / "programs"
NAMES = ("spin", "wglinfo")
FRAMES = 60
# The calls of spin.exe: 12 to set up, and of each frame.
CALLS = 12 + FRAMES * 376


class Files(unittest.TestCase):
    def test_imports_only_what_windows_98_has(self):
        allowed = pe.definitions.read_imports(pe.SOURCE / "imports.txt")
        more = pe.definitions.read_imports(pe.SOURCE / "programs" / "imports.txt")
        for name in NAMES:
            text = pe.tool(32, "objdump", "-p", FOLDER / f"{name}.exe")
            for library, names in pe.imports(text).items():
                if library == "opengl32.dll":
                    self.assertLessEqual(names, set(pe.microsoft_exports()))
                else:
                    self.assertLessEqual(names, {*allowed[library], *more[library]}, f"{name}: {library}")

    def test_no_instruction_is_newer_than_the_pentium(self):
        for name in NAMES:
            self.assertEqual(pe.newer_than_pentium(pe.disassemble(32, FOLDER / f"{name}.exe")), [])


class Wine(WineTest):
    files = {"opengl32.dll": "guest/windows/opengl32-32.dll",
             **{f"{name}.exe": f"guest/windows/programs/{name}.exe" for name in NAMES}}

    def test_spin_shows_a_picture_and_its_costs(self):
        result = self.wine("spin", str(FRAMES), unix_path(self.folder / "cubes.ppm"), check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        picture = Picture.read(self.folder / "cubes.ppm")
        self.assertGreater(len({picture.rgb[i:i + 3] for i in range(0, len(picture.rgb), 3)}), 1000)
        said = re.match(rf"{FRAMES} frames, [\d.]+ fps, (\d+) calls, \d+ calls/s, "
                        r"(\d+) exits, (\d+) waits for the host$", result.stdout.strip())
        self.assertTrue(said, result.stdout)
        calls, exits, waits = map(int, said.groups())
        self.assertEqual(calls, CALLS)
        # The server's threads sleep before each of the program's first words to them.
        self.assertGreater(exits, 1)
        self.assertLess(exits, 6 * FRAMES)
        self.assertLessEqual(waits, FRAMES + 10)

    def test_wglinfo(self):
        result = self.wine("wglinfo")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        for line in (r"opengl32.dll: .*(?i:opengl32\.dll)", r"vendor:   \S", r"version:  \d\.\d",
                     r"  WGL_ARB_pixel_format", r"  GL_ARB_multitexture", r" +1 +\d+ "):
            self.assertTrue(re.search(f"^{line}", result.stdout, re.M), line)

    def test_without_a_device_it_is_said_where_to_look(self):
        for name in NAMES:
            result = self.wine(name, trireme=False, check=False)
            self.assertEqual(result.returncode, 1)
            self.assertIn("trireme.log", result.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)

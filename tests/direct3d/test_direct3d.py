#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Direct3D 9, 8, 7 and DirectDraw of Wine's on our opengl32.dll, through the local transport: the
pictures are those of Wine on the host's own GL."""

import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.pictures import Picture  # noqa: E402
from support.wine import WineTest, unix_path  # noqa: E402

# What Wine's Direct3D asks for and does not need: memory that stays mapped and memory of other
# APIs' are not offered, and the rest is between Wine and its own opengl32.dll.
NOT_OFFERED = {"glBufferStorage", "glGetUnsignedBytevEXT", "glGetUnsignedBytei_vEXT",
               "wglSetPixelFormatWINE", "wglQueryCurrentRendererIntegerWINE",
               "wglQueryCurrentRendererStringWINE", "wglQueryRendererIntegerWINE",
               "wglQueryRendererStringWINE"}


class Direct3D(WineTest):
    files = {"opengl32.dll": "guest/windows/opengl32-32.dll",
             **{name: f"tests/direct3d/{name}" for name in (
                 "d3d9_grid.exe", "d3d8_grid.exe", "d3d7_grid.exe", "ddraw_grid.exe")}}

    def picture(self, name, trireme):
        """What the program draws, and what it and the DLL print."""
        path = self.folder / f"{name}-{'trireme' if trireme else 'host'}.ppm"
        env = {"WINE_OPENGL32": "n" if trireme else "b", "TRIREME_DEBUG": "1"}
        result = self.wine(name, unix_path(path), trireme=trireme, env=env, check=False)
        # How a program ends on the host's GL is not ours: llvmpipe's threads and Wine do not
        # always agree about it.
        self.assertTrue("drew" in result.stdout and (not trireme or result.returncode == 0),
                        f"{result.returncode}: {result.stdout} {result.stderr}")
        return Picture.read(path), result.stderr

    def compare(self, name, colours):
        host, _ = self.picture(name, trireme=False)
        self.assertGreater(host.colours(), colours)
        ours, said = self.picture(name, trireme=True)
        self.assertEqual(ours.differing_pixels(host), 0)
        self.assertIn("trireme: the device has", said)
        self.assertLessEqual(set(re.findall(r"wglGetProcAddress: no (\w+)", said)), NOT_OFFERED)

    def test_direct3d_9(self):
        self.compare("d3d9_grid", 10000)

    def test_direct3d_8(self):
        self.compare("d3d8_grid", 5000)

    def test_direct3d_7(self):
        self.compare("d3d7_grid", 2000)

    def test_directdraw(self):
        self.compare("ddraw_grid", 2000)


if __name__ == "__main__":
    unittest.main(verbosity=2)

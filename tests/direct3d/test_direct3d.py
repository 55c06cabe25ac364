#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Direct3D 9, 8, 7 and DirectDraw of Wine's on our opengl32.dll, through the local transport: the
pictures are those of Wine on the host's own GL."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.wine import WINE, has_mount_namespaces, unix_path  # noqa: E402

PROGRAMS = programs.BUILD / "tests" / "direct3d"
# What Wine's Direct3D asks for and does not need: memory that stays mapped and memory of other
# APIs' are not offered, and the rest is between Wine and its own opengl32.dll.
NOT_OFFERED = {"glBufferStorage", "glGetUnsignedBytevEXT", "glGetUnsignedBytei_vEXT",
               "wglSetPixelFormatWINE", "wglQueryCurrentRendererIntegerWINE",
               "wglQueryCurrentRendererStringWINE", "wglQueryRendererIntegerWINE",
               "wglQueryRendererStringWINE"}


class Direct3D(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        subprocess.run([WINE, "--build"], check=True, stdout=subprocess.DEVNULL)
        cls.stack.enter_context(programs.x_server())
        # In /tmp, which the Debian with Wine shares with this machine.
        cls.folder = pathlib.Path(cls.stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        cls.addClassCleanup(cls.stack.close)
        shutil.copy(programs.BUILD / "guest" / "windows" / "opengl32-32.dll",
                    cls.folder / "opengl32.dll")

    def picture(self, name, trireme):
        """What the program draws, and what it and the DLL print."""
        shutil.copy(PROGRAMS / f"{name}.exe", self.folder)
        path = self.folder / f"{name}-{'trireme' if trireme else 'host'}.ppm"
        env = {"WINE_OPENGL32": "n" if trireme else "b", "TRIREME_DEBUG": "1"}
        result = programs.run([WINE, self.folder / f"{name}.exe", unix_path(path)], trireme,
                              timeout=180, options=["--files"], env=env, check=False)
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
    if not has_mount_namespaces():
        print("not run: wine.sh needs a mount namespace, and this machine gives none")
        sys.exit(77)
    os.environ.pop("TRIREME_DEVICE", None)
    unittest.main(verbosity=2)

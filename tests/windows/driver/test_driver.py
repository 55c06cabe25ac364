#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The Windows driver under Wine: it loads and answers; and a program that draws through its logic."""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
WINE = HERE.parent / "wine.sh"
sys.path.insert(0, str(HERE.parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.wine import has_mount_namespaces  # noqa: E402

FRAME = 20
BUILD = programs.BUILD


class Driver(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        subprocess.run([WINE, "--build"], check=True, stdout=subprocess.DEVNULL)
        cls.stack.enter_context(programs.x_server())
        # In /tmp, which the Debian with Wine shares with this machine.
        cls.folder = pathlib.Path(cls.stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        for source, name in (("guest/windows/opengl32-32.dll", "opengl32.dll"),
                             ("guest/windows/driver/trireme-32.sys", "trireme.sys"),
                             ("tests/windows/driver/driver_checks.exe", "driver_checks.exe"),
                             ("tests/windows/driver/driver_spin.exe", "driver_spin.exe")):
            shutil.copy(BUILD / source, cls.folder / name)

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    def unix_path(self, name):
        return "Z:" + str(self.folder / name).replace("/", "\\")

    def wine(self, program, *arguments, trireme=False):
        command = [WINE, self.folder / program, *arguments]
        return programs.run(command, trireme, timeout=180, options=["--files"], check=False)

    def test_loads_and_answers_nonsense_with_errors(self):
        result = self.wine("driver_checks.exe", self.unix_path("trireme.sys"))
        self.assertEqual((result.returncode, result.stdout.split()), (0, ["0", "failures"]),
                         result.stdout + result.stderr)

    def test_program_draws_through_what_the_driver_maps(self):
        programs.run([BUILD / "tests/windows/host_scene", str(FRAME), self.folder / "host.ppm"],
                     trireme=False)
        result = self.wine("driver_spin.exe", str(FRAME), self.unix_path("frame.ppm"),
                           self.unix_path("shown.ppm"), trireme=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        host = Picture.read(self.folder / "host.ppm")
        for name in ("frame.ppm", "shown.ppm"):
            self.assertEqual(Picture.read(self.folder / name).rgb, host.rgb, name)
        # Pages and rings of the session and the context, and the context's two frames; only the
        # session stays to the end.
        self.assertEqual(result.stdout.splitlines()[-1], "10 views, 4 held to the end, 0 left")


if __name__ == "__main__":
    if not has_mount_namespaces():
        print("not run: wine.sh needs a mount namespace, and this machine gives none")
        sys.exit(77)
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The Windows driver under Wine: it loads and answers; and a program that draws through its logic."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.wine import WineTest, unix_path  # noqa: E402

FRAME = 20


class Driver(WineTest):
    files = {"opengl32.dll": "guest/windows/opengl32-32.dll",
             "trireme.sys": "guest/windows/driver/trireme-32.sys",
             "driver_checks.exe": "tests/windows/driver/driver_checks.exe",
             "driver_spin.exe": "tests/windows/driver/driver_spin.exe"}

    def test_loads_and_answers_nonsense_with_errors(self):
        result = self.wine("driver_checks", unix_path(self.folder / "trireme.sys"), trireme=False, check=False)
        self.assertEqual((result.returncode, result.stdout.split()), (0, ["0", "failures"]),
                         result.stdout + result.stderr)

    def test_program_draws_through_what_the_driver_maps(self):
        programs.run([programs.BUILD / "tests/windows/host_scene", str(FRAME), self.folder / "host.ppm"],
                     trireme=False)
        result = self.wine("driver_spin", str(FRAME), unix_path(self.folder / "frame.ppm"),
                           unix_path(self.folder / "shown.ppm"), check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        host = Picture.read(self.folder / "host.ppm")
        for name in ("frame.ppm", "shown.ppm"):
            self.assertEqual(Picture.read(self.folder / name).rgb, host.rgb, name)
        # Pages and rings of the session and the context, and the context's two frames; only the
        # session stays to the end.
        self.assertEqual(result.stdout.splitlines()[-1], "10 views, 4 held to the end, 0 left")


if __name__ == "__main__":
    unittest.main(verbosity=2)

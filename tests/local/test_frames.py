#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A frame of an unmodified program equals, to the pixel, the same frame on the host's own GL."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402

PROGRAMS = {
    "glxgears": (["glxgears"], 40),
    "glxgears multisampled": (["glxgears", "-samples", "4"], 10),
    "glmark2 build": (["glmark2", "-s", "320x240", "-b", "build"], 20),
    "glmark2 build, client arrays": (["glmark2", "-s", "320x240", "-b", "build:use-vbo=false"], 20),
    "glmark2 texture": (["glmark2", "-s", "320x240", "-b", "texture"], 20),
    "glmark2 shading": (["glmark2", "-s", "320x240", "-b", "shading:shading=phong"], 20),
    "glmark2 buffer, map": (["glmark2", "-s", "320x240", "-b",
                             "buffer:columns=50:update-method=map"], 10),
    "glmark2 buffer, client arrays": (["glmark2", "-s", "320x240", "-b",
                                       "buffer:columns=50:interleave=true:use-vbo=false"], 10),
    "glmark2 desktop": (["glmark2", "-s", "320x240", "-b", "desktop:effect=blur"], 5),
}


class Frames(unittest.TestCase):
    def test_frames(self):
        with programs.x_server(), tempfile.TemporaryDirectory() as folder:
            for name, (command, frame) in PROGRAMS.items():
                with self.subTest(name):
                    native = programs.captured_frame(command, frame, f"{folder}/native.ppm", False)
                    ours = programs.captured_frame(command, frame, f"{folder}/trireme.ppm", True)
                    self.assertGreater(native.colours(), 20, "the program drew something")
                    self.assertEqual(ours.differing_pixels(native), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)

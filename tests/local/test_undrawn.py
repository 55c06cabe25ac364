#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A window that nobody drew to shows nothing of what the server's memory held before."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402


class Undrawn(unittest.TestCase):
    def test_new_drawable_is_black(self):
        program = [str(programs.BUILD / "tests" / "programs" / "read_undrawn")]
        # Fresh memory of the server is filled with a byte (mallopt(3), M_PERTURB).
        with programs.x_server():
            programs.run(program, True, 60, {"MALLOC_PERTURB_": "85"})


if __name__ == "__main__":
    unittest.main(verbosity=2)

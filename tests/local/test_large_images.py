#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Images of 100 MiB go through rings of the smallest size, and arrive as they were."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402


class LargeImages(unittest.TestCase):
    def test_arrive(self):
        program = [str(programs.BUILD / "tests" / "programs" / "large_images")]
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as config, programs.x_server():
            config.write("[rings]\nring-size=16K\nreply-size=16K\n")
            config.flush()
            programs.run(program, True, 240, options=["--config", config.name])


if __name__ == "__main__":
    unittest.main(verbosity=2)

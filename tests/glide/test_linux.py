#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Glide 3 programs of Linux through the local transport."""

import pathlib
import re
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from support import programs  # noqa: E402

CHECKS = programs.BUILD / "tests" / "glide" / "glide3_checks"
LIBRARIES = programs.BUILD / "guest" / "glide"


class Linux(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_check(self, name, *options, trireme=True):
        with programs.x_server():
            return programs.run(["env", "-C", str(self.folder), str(CHECKS), name], trireme, timeout=60,
                                env={"LD_LIBRARY_PATH": str(LIBRARIES)}, options=options, check=False)

    def check(self, name, *options):
        result = self.run_check(name, *options)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_clears(self):
        self.check("clear")

    def test_draws(self):
        self.check("draws")

    def test_many_triangles(self):
        self.check("many_triangles")

    def test_strips_that_go_on(self):
        self.check("continued_strip")

    def test_regions(self):
        self.check("regions")

    def test_locks(self):
        self.check("locks")

    def test_locks_mixed_with_drawing(self):
        self.check("mixed_locks")

    def test_locks_fetch_what_changed(self):
        self.check("locks_see_changes")
        result = self.run_check("locks_in_a_row", "--stats")
        self.assertEqual(result.returncode, 0, result.stderr)
        # The first lock, and the region that the check reads.
        self.assertRegex(result.stderr, r"round trips: (.*, )?lfb_read 2\b")

    def test_locks_that_are_never_released(self):
        self.check("held_lock")

    def test_locks_of_a_larger_screen(self):
        self.check("large_locks")

    def test_modes_of_locks(self):
        self.check("lock_modes")

    def test_state(self):
        self.check("state")

    def test_queries(self):
        self.check("queries")

    def test_gamma(self):
        self.check("gamma")

    def test_fog(self):
        self.check("fog")

    def test_texture_files(self):
        self.check("texture_file")

    def test_wild_arguments(self):
        self.check("wild")

    def test_frames_in_flight(self):
        self.check("pending")

    def test_nothing_but_frames_is_waited_for(self):
        result = self.run_check("pending", "--stats")
        trips = re.search(r"round trips: (.*)", result.stderr).group(1)
        names = {part.split()[0] for part in trips.split(", ")}
        self.assertLessEqual(names, {"SWAP", "CONTEXT_CREATE", "open"})

    def test_swap_intervals(self):
        self.check("intervals")

    def test_swap_intervals_of_the_user(self):
        config = self.folder / "intervals.conf"
        config.write_text("[program glide3_checks]\nswap-interval=0\n", encoding="ascii")
        start = time.monotonic()
        self.check("long_intervals", "--config", config)
        self.assertLess(time.monotonic() - start, 25)

    def test_frames_are_shown(self):
        self.check("shown")

    def test_gamma_is_shown(self):
        self.check("shown_gamma")

    def test_without_a_host(self):
        result = self.run_check("clear", trireme=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("trireme: ", result.stderr)

    def test_boards(self):
        """What the user says is shown, and a scaled picture has the same pixels."""
        config = self.folder / "boards.conf"
        config.write_text("[program glide3_checks]\nglide-scale=2\nglide-board=banshee\n", encoding="ascii")
        self.check("locks", "--config", config)
        result = self.run_check("queries", "--config", config)
        self.assertEqual(result.returncode, 1)
        self.assertIn("grGet(0x13", result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Unmodified games and benchmarks run to their end through Trireme, without a GL error (they make
none on the host's GL) and without a complaint of the server."""

import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402


class Games(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.x = programs.x_server()
        cls.x.__enter__()
        cls.addClassCleanup(cls.x.__exit__, None, None, None)

    def drive(self, command, timeout=600, check=True):
        """Runs the program through Trireme; returns its output and the statistics of its contexts."""
        with tempfile.TemporaryDirectory() as home:
            statistics, errors = f"{home}/statistics.json", pathlib.Path(home, "errors.txt")
            env = {**programs.SILENT, "HOME": home, "TRIREME_STATS_FILE": statistics}
            preload = ["env", f"LD_PRELOAD={programs.CAPTURE}", f"CAPTURE_ERRORS={errors}"]
            done = programs.run([*preload, *command], True, timeout, env, ["--stats"], check)
            with open(statistics) as lines:
                contexts = [json.loads(line) for line in lines]
            self.assertEqual(errors.read_text() if errors.exists() else "", "")
        for complaint in ("broke a rule", "context is lost", "refused"):
            self.assertNotIn(complaint, done.stderr)
        return done.stdout + done.stderr, contexts

    def test_glmark2(self):
        output, contexts = self.drive(["glmark2", "-s", "320x240", "-b", "build:duration=2", "-b",
                                       "texture:duration=2", "-b", "shading:duration=2"])
        self.assertRegex(output, r"glmark2 Score: \d+")
        self.assertGreater(max(c["frames"] for c in contexts), 10)

    def test_games_draw_until_they_are_ended(self):
        for command in (["etr"], ["neverball"]):
            with self.subTest(command[0]):
                _, contexts = self.drive(["timeout", "-s", "TERM", "25", *command], check=False)
                self.assertGreater(max(c["frames"] for c in contexts), 2)

    def test_openarena_timedemo(self):
        output, contexts = self.drive(programs.OPENARENA, timeout=900)
        match = re.search(r"(\d+) frames,? ([\d.]+) seconds", output)
        self.assertIsNotNone(match, output[-3000:])
        self.assertNotIn("ERROR:", output)
        self.assertGreater(max(c["frames"] for c in contexts), int(match[1]) // 2)


if __name__ == "__main__":
    os.environ.pop("TRIREME_STATS", None)
    unittest.main(verbosity=2)

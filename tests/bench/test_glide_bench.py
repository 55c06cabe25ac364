#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`trireme bench glide`: what its cases cost in records, bytes and round trips, its tables, and that
it measures at all; never how fast."""

import json
import os
import subprocess
import tempfile
import unittest

from test_bench import TRIREME
import counts
import glide
from errors import BenchError


def bench(*arguments):
    return subprocess.run([TRIREME, "bench", "glide", *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=200, check=False)


class CountsTest(unittest.TestCase):
    """Counts of a step in the local transport, which repeat exactly."""

    EXPECTED = {
        # records, bytes and round trips
        "strip-100": (1, 24 + 102 * 32, 0),
        "download-64": (1, 48 + 64 * 64 * 2, 0),
        "lock-write": (1, 40 + 640 * 2, 0),  # a row, and nothing is fetched
        "draw-lock-write": (3, 120 + 32 + 40 + 640 * 2, 1),
        "draw-lock-read": (2, 120 + 32, 1),
        "settings": (100, 1600, 0),
        "same-settings": (0, 0, 0),
        "settings-draw": (200, 100 * (24 + 120), 0),
    }

    def test_records_bytes_and_round_trips(self):
        with glide.opened(["local"], waiting=False) as opened:
            found = counts.measure(opened, {**dict.fromkeys(self.EXPECTED, 1), "frame-1000": 1}, False,
                                   lambda text: None)
        for case, expected in self.EXPECTED.items():
            with self.subTest(case):
                values = found[case]["local"]
                self.assertEqual(tuple(values[name] for name in ("records", "bytes", "round_trips")),
                                 expected)
        # None but the wait for the frame before the last, which may have come before: all frames of
        # the longer run may wait, and none of the shorter one.
        self.assertLessEqual(found["frame-1000"]["local"]["round_trips"],
                             counts.MANY / (counts.MANY - counts.FEW))


class CommandLineTest(unittest.TestCase):
    def test_help(self):
        done = bench("--help")
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("--counts", done.stdout)

    def test_mistakes(self):
        for words, arguments in (("no case moon", ["--in", "native", "moon"]),
                                 ("is for --counts", ["--runs", "0"]),
                                 ("moon", ["--in", "moon"]),
                                 ("cannot write", ["--in", "native", "--json", "/nonexistent/a"])):
            done = bench(*arguments)
            self.assertIn(done.returncode, (1, 2), done)
            self.assertIn(words, done.stderr)
            self.assertNotIn("Traceback", done.stderr)

    def test_what_is_missing_is_said(self):
        with self.assertRaisesRegex(BenchError, "run build"):
            glide.program("glide_moon")

    def test_all_cases_are_measured(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.json")
            done = bench("--in", "native,local", "--runs", "1", "--time", "1", "--json", path)
            self.assertEqual(done.returncode, 0, done)
            with open(path, encoding="utf-8") as file:
                result = json.load(file)
        cases = glide.all_cases()
        self.assertEqual(set(result["cases"]), set(cases))
        self.assertEqual(result["units"], {name: unit for name, (_, unit) in cases.items()})
        for case in result["cases"].values():
            self.assertEqual(set(case), {"native", "local"})
        self.assertEqual([line.split()[0] for line in done.stdout.splitlines()[1:]], list(cases))

    def test_table(self):
        lines = glide.of_glide({"locks": {"native": [100.0, 50.0], "vm": [50.0, 20.0]}},
                               {"locks": "locks"})
        self.assertEqual(lines[1].split(), ["locks", "locks", "75", "17%", "35", "21%", "0.450"])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What `trireme bench` counts in the VM: an idle program, a game's frame, instructions of a call."""

import contextlib
import os
import pathlib
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TRIREME_BUILD", SOURCE / "build"))
os.environ["TRIREME_EXECUTABLE"] = str(BUILD / "trireme")
sys.path.insert(0, str(SOURCE / "bench"))

import apps  # noqa: E402
import calls  # noqa: E402
import counts  # noqa: E402
import goals  # noqa: E402
import idle  # noqa: E402
import places  # noqa: E402
from errors import BenchError  # noqa: E402

# At most, for a call, the program's own loop among them.
INSTRUCTIONS = {"vertex3f": 36, "uniform4f": 46, "bind-texture": 47, "get-error": 21,
                "get-integer": 39}


def silent(text):
    """Instead of words about how far the bench is."""


def have_guest():
    try:
        places.check_guest(["vm"])
        places.gl_calls("gl_calls32")
    except BenchError:
        return False
    return True


@unittest.skipUnless(have_guest(), "QEMU, the guest image or the i386 program is not built")
class GuestTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        cls.vm = stack.enter_context(places.opened(["vm"], programs=0))["vm"]

    def test_an_idle_program_costs_nothing(self):
        found = idle.measure(self.vm, 2, progress=silent)
        self.assertEqual([found[name] for name in idle.NAMES], [0, 0, 0])

    def test_a_race_waits_at_most_twice_in_a_frame(self):
        value, (_, trips) = apps.one(self.vm, apps.apps(1)["extremetuxracer"], 1)
        self.assertGreater(value, 0)
        self.assertLessEqual(trips, goals.ROUND_TRIPS_OF_A_FRAME)


@unittest.skipUnless(have_guest(), "QEMU, the guest image or the i386 program is not built")
class InstructionsTest(unittest.TestCase):
    def test_counts_repeat_and_are_few(self):
        cases = {name: calls.all_cases()[name] for name in INSTRUCTIONS}
        with places.opened(["vm"], {"icount": True}, programs=0) as opened:
            first, second = (counts.guest_instructions(opened["vm"], cases, silent)
                             for _ in range(2))
        self.assertEqual(first, second)
        for case, most in INSTRUCTIONS.items():
            with self.subTest(case):
                self.assertLessEqual(first[case], most)


if __name__ == "__main__":
    unittest.main()

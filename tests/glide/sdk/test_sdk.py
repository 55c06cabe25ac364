#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A few of the SDK's programs under Wine: those of both versions draw the same."""

import os
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from support.wine import has_mount_namespaces  # noqa: E402
import sdk  # noqa: E402
import sdk_programs  # noqa: E402

# Z-buffered triangles, a texture in its mipmaps.
NAMES = ["2-05", "3-05", "2-20", "3-20"]
TEXT_ROWS = 100  # what programs write at the top


class Sdk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = sdk_programs.fetch()
        chosen = [p for p in sdk_programs.find_programs(folder) if p.name in NAMES]
        with sdk.programs_at(chosen, folder) as work:
            cls.outcomes = {p.name: sdk.Outcome(None, p.wrong) if p.wrong else sdk.run(p, work, 3) for p in chosen}

    def below_text(self, name):
        outcome = self.outcomes[name]
        self.assertEqual(outcome.wrong, "", name)
        frame = outcome.frame
        return frame.rgb[TEXT_ROWS * frame.width * 3:]

    def test_versions_draw_the_same(self):
        for number in ("05", "20"):
            self.assertEqual(self.below_text(f"2-{number}"), self.below_text(f"3-{number}"), number)

    def test_there_is_something_to_see(self):
        triangles, texture = self.below_text("3-05"), self.below_text("3-20")
        colors = {triangles[i:i + 3] for i in range(0, len(triangles), 3)}
        self.assertGreaterEqual(len(colors), 3)
        self.assertGreater(len({texture[i:i + 3] for i in range(0, len(texture), 3)}), 50)


if __name__ == "__main__":
    if not has_mount_namespaces():
        print("not run: wine.sh needs a mount namespace, and this machine gives none")
        sys.exit(77)
    os.environ.pop("TRIREME_DEVICE", None)
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What contexts use of the server's memory has a limit, and comes back when they are gone."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402
from support.waiting import until  # noqa: E402

WARM = 100
CONTEXTS = 1000
# Bytes that may remain.
MOST = 5 << 20


def resident(process):
    """Bytes of the process's own memory."""
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as rollup:
        for line in rollup:
            if line.startswith("Anonymous:"):
                return int(line.split()[1]) << 10
    raise AssertionError("no Anonymous line")


class Memory(unittest.TestCase):
    def test_has_a_limit(self):
        greedy = str(programs.BUILD / "tests" / "programs" / "greedy")
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as config, programs.x_server():
            config.write("[limits]\nmemory=1G\n")
            config.flush()
            out = programs.run([greedy], True, 120, options=["--config", config.name]).stdout
        self.assertLess(int(out.split()[0]), 16, "textures of 64 MiB within 1 GiB")

    def test_returns_after_contexts(self):
        with tempfile.TemporaryDirectory() as directory, programs.x_server():
            listen = os.path.join(directory, "socket")
            server = subprocess.Popen([str(programs.TRIREME), "server", "--listen", listen],
                                      stdin=subprocess.DEVNULL)
            self.addCleanup(server.wait)
            self.addCleanup(server.terminate)
            until(lambda: os.path.exists(listen), "the server")
            program = subprocess.Popen(
                [str(programs.BUILD / "tests" / "programs" / "many_contexts"), str(WARM), str(CONTEXTS)],
                env={**os.environ, "TRIREME_SOCKET": listen, "__GLX_VENDOR_LIBRARY_NAME": "trireme",
                     "LD_LIBRARY_PATH": str(programs.BUILD / "guest" / "linux")},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self.assertEqual(program.stdout.readline(), "warm\n")
            before = resident(server)
            program.stdin.write("\n")
            program.stdin.flush()
            self.assertEqual(program.stdout.readline(), "done\n")
            after = resident(server)
            program.communicate("\n")
            self.assertEqual(program.returncode, 0)
        print(f"{before >> 10} KiB after {WARM} contexts, {after >> 10} KiB after {CONTEXTS} more")
        self.assertLessEqual(after - before, MOST)


if __name__ == "__main__":
    unittest.main(verbosity=2)

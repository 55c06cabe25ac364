#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""`trireme top`: what it says of a program that draws, of one that rests, and of none; and that a
server which nobody looks at has no timers."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402

GL_CALLS = programs.BUILD / "bench" / "gl_calls"
PATIENCE = 60


class Drawer:
    """A gl_calls that makes the calls it is told to, through a server of its own."""

    def __init__(self):
        self.process = subprocess.Popen([programs.TRIREME, "run", "--", GL_CALLS], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == "ready\n"

    def ask(self, case, milliseconds):
        self.process.stdin.write(f"{case} {milliseconds}\n")
        self.process.stdin.flush()

    def wait(self):
        return self.process.stdout.readline()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(PATIENCE)


def top(*arguments):
    return subprocess.run([programs.TRIREME, "top", *arguments], capture_output=True, text=True,
                          timeout=PATIENCE, check=False)


def timers(server):
    return pathlib.Path(f"/proc/{server}/timers").read_text().count("notify:")


class TopTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="trireme-top-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        os.environ["XDG_RUNTIME_DIR"] = folder.name

    def drawer(self):
        drawer = Drawer()
        self.addCleanup(drawer.close)
        return drawer

    def contexts(self, seconds="0.3"):
        done = top("--once", "--json", "--interval", seconds)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def test_a_program_that_draws(self):
        drawer = self.drawer()
        drawer.ask("clear-swap", 3000)
        context, = self.contexts()
        drawer.wait()
        self.assertEqual((context["program"], context["slot"]), ("gl_calls", 1))
        self.assertGreater(context["frames"], 1)
        self.assertGreaterEqual(context["calls"], context["frames"])
        self.assertGreater(context["bytes"], 8 * context["frames"])
        # A frame is a wait for the one before the last, or less where the program is not faster.
        self.assertLessEqual(context["round_trips"], context["frames"] * 1.5 + 10)
        parts = [context[name] for name in ("asleep", "looking", "waiting", "decoding", "gl")]
        self.assertAlmostEqual(sum(parts), 1, places=2)

    def test_decoding_is_told_from_the_gl(self):
        drawer = self.drawer()
        drawer.ask("color4f-normal3f", 4000)
        context, = self.contexts("1")
        drawer.wait()
        self.assertGreater(context["calls"], 1000)
        self.assertGreater(context["decoding"], 0.01)
        self.assertGreater(context["gl"], 0.01)

    def test_a_program_that_rests(self):
        self.drawer()
        time.sleep(0.3)
        context, = self.contexts()
        self.assertEqual((context["frames"], context["calls"], context["ring"]), (0, 0, 0))
        self.assertGreater(context["asleep"], 0.5)

    def test_every_server_of_the_user(self):
        self.drawer()
        self.drawer()
        found = self.contexts()
        self.assertEqual(len({context["server"] for context in found}), 2)
        self.assertEqual({context["slot"] for context in found}, {1})

    def test_nobody_looks_nothing_is_sampled(self):
        self.drawer()
        server = int(self.contexts()[0]["server"])
        deadline = time.monotonic() + PATIENCE
        while timers(server) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(timers(server), 0)
        watcher = subprocess.Popen([programs.TRIREME, "top"], stdout=subprocess.PIPE, text=True)
        self.assertIn("trips/frame", watcher.stdout.readline())
        self.assertIn("gl_calls", watcher.stdout.readline())
        self.assertEqual(timers(server), 1)
        watcher.terminate()
        watcher.stdout.close()
        watcher.wait(PATIENCE)

    def test_the_table(self):
        self.drawer()
        done = top("--once", "--interval", "0.1")
        heading, line = done.stdout.splitlines()
        self.assertEqual(len(heading.split()), len(line.split()))
        self.assertEqual(line.split()[2], "gl_calls")

    def test_no_server(self):
        done = top("--once")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("no server of this user", done.stderr)

    def test_what_a_dead_server_left(self):
        drawer = self.drawer()
        server = int(self.contexts()[0]["server"])
        left = self.folder / "trireme" / "servers" / str(server)
        self.assertTrue(left.is_socket())
        os.kill(server, signal.SIGKILL)
        drawer.process.kill()
        drawer.process.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while left.exists() and time.monotonic() < deadline:
            self.assertEqual(json.loads(top("--once", "--json").stdout or "[]"), [])
        self.assertFalse(left.exists())

    def test_a_watcher_that_talks_nonsense(self):
        self.drawer()
        server = int(self.contexts()[0]["server"])
        for words in (b"", b"x", b"\1\0\0\0\2\0\0\0", b"\1\0\0\0\1\0\0\0more"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as watcher:
                watcher.settimeout(PATIENCE)
                watcher.connect(str(self.folder / "trireme" / "servers" / str(server)))
                watcher.send(words)
                self.assertEqual(watcher.recv(100), b"", words)
        self.assertEqual(len(self.contexts()), 1)

    def test_mistakes(self):
        for arguments, words in ((["--interval", "0"], "0.01 to 3600"),
                                 (["--interval", "x"], "Cannot parse"), (["5"], "unexpected"),
                                 (["--moon"], "Unknown option")):
            done = top(*arguments)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    with programs.x_server():
        unittest.main()

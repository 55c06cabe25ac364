#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The timeline that --trace writes: that it parses, what it holds, and that its times fit together."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402

GL_CALLS = str(programs.BUILD / "bench" / "gl_calls")
FRAMES = 20
PATIENCE = 60


def named(events, name):
    return [event for event in events if event["name"] == name]


class TraceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="trireme-trace-")
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "trace.json")
        self.folder = folder.name

    def trace(self, *command, **options):
        programs.run(list(command), True, options=["--trace", self.path], **options)
        with open(self.path, encoding="ascii") as file:
            return json.load(file)

    def test_frames(self):
        events = self.trace(GL_CALLS, "clear-swap", str(FRAMES))
        presents = named(events, "present")
        self.assertEqual([event["args"]["frame"] for event in presents],
                         list(range(1, FRAMES + 1)))
        self.assertTrue(all(event["dur"] > 0 for event in presents))
        batches = named(events, "batch")
        # Each frame is a part of a batch.
        for present in presents:
            self.assertTrue(any(batch["ts"] <= present["ts"]
                                and present["ts"] + present["dur"] <= batch["ts"] + batch["dur"] + 0.01
                                for batch in batches), present)
        self.assertTrue(all(batch["args"]["bytes"] > 0 for batch in batches))

    def test_a_wait_ends_behind_its_answer(self):
        events = self.trace(GL_CALLS, "finish", str(FRAMES))
        answers = named(events, "answer glFinish")
        self.assertGreaterEqual(len(answers), FRAMES)
        waits = named(events, "wait")
        # A guest that finds its answer at its first look does not wait.
        self.assertGreater(len(waits), 0)
        self.assertLess(max(wait["ts"] + wait["dur"] for wait in waits),
                        max(event["ts"] for event in events if "ts" in event) + 1e6)
        woken = [wait for wait in waits
                 if any(wait["ts"] <= answer["ts"] <= wait["ts"] + wait["dur"] for answer in answers)]
        self.assertGreater(len(woken), 0)

    def test_a_sleeping_thread_is_rung(self):
        # 20 ms between two: the thread sleeps.
        events = self.trace(GL_CALLS, "--times", "finish", "10", "20000")
        doorbells, sleeps = named(events, "doorbell"), named(events, "asleep")
        self.assertGreaterEqual(len(doorbells), 10)
        self.assertGreaterEqual(len(sleeps), 10)
        during = [bell for bell in doorbells
                  if any(sleep["ts"] <= bell["ts"] <= sleep["ts"] + sleep["dur"] for sleep in sleeps)]
        self.assertGreaterEqual(len(during), 10)

    def test_names(self):
        events = self.trace(GL_CALLS, "finish", "1")
        self.assertEqual({event["args"]["name"] for event in named(events, "process_name")},
                         {"gl_calls"})
        lines = {event["args"]["name"]: event["tid"] for event in named(events, "thread_name")}
        self.assertEqual(set(lines), {"guest, slot 1", "render thread, slot 1"})
        for name, line in (("batch", "render thread, slot 1"), ("wait", "guest, slot 1")):
            for event in named(events, name):
                self.assertEqual(event["tid"], lines[line])

    def test_without_there_is_none(self):
        programs.run([GL_CALLS, "finish", "1"], True)
        self.assertFalse(os.path.exists(self.path))

    def test_of_a_server(self):
        socket = os.path.join(self.folder, "socket")
        server = subprocess.Popen([programs.TRIREME, "server", "--listen", socket],
                                  env={**os.environ, "TRIREME_TRACE": self.path})
        deadline = time.monotonic() + PATIENCE
        while not os.path.exists(socket) and time.monotonic() < deadline:
            time.sleep(0.02)
        environment = {"TRIREME_SOCKET": socket, "__GLX_VENDOR_LIBRARY_NAME": "trireme",
                       "LD_LIBRARY_PATH": str(programs.BUILD / "guest" / "linux")}
        for _ in range(2):
            programs.run([GL_CALLS, "clear-swap", "3"], False, env=environment)
        server.send_signal(signal.SIGTERM)
        self.assertEqual(server.wait(PATIENCE), 0)
        with open(self.path, encoding="ascii") as file:
            events = json.load(file)
        self.assertEqual(len(named(events, "present")), 6)
        self.assertEqual(len({event["tid"] for event in named(events, "present")}), 2)

    def test_a_file_that_cannot_be(self):
        for verb in (["run", "--trace", "/nonexistent/a", "--", "true"],
                     ["server", "--trace", "/nonexistent/a", "--listen",
                      os.path.join(self.folder, "s")]):
            done = subprocess.run([programs.TRIREME, *verb], capture_output=True, text=True,
                                  timeout=PATIENCE, check=False)
            self.assertIn(done.returncode, (1, 127))
            self.assertIn("cannot write the trace /nonexistent/a", done.stderr)


if __name__ == "__main__":
    with programs.x_server():
        unittest.main()

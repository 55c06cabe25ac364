#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Traces of unmodified programs, recorded on the host's GL, replay to the same pictures and the
same GL errors through Trireme."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402

# name: command, seconds to record at first
PROGRAMS = {
    "glxgears": (["glxgears"], 3),
    "neverball": (["neverball"], 15),
    "extremetuxracer": (["etr"], 15),
}
PICTURES = 12


def record(command, seconds, trace, home):
    """Lets the program draw on the host's GL for a while and ends it; the trace is kept."""
    # LIBGL_ALWAYS_SOFTWARE keeps the recording alike on machines that have a GPU.
    env = {**os.environ, **programs.SILENT, "PATH": f"{os.environ['PATH']}:{programs.GAMES}",
           "HOME": home, "LIBGL_ALWAYS_SOFTWARE": "1"}
    process = subprocess.Popen(["apitrace", "trace", "--api", "gl", "-o", trace, *command], env=env,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def frames(trace):
    """The number of frames in the trace."""
    result = subprocess.run(["glretrace", "-b", trace], stdin=subprocess.DEVNULL,
                            capture_output=True, timeout=600, check=True)
    return int(re.search(rb"Rendered (\d+) frames", result.stdout)[1])


def replay(trace, every, trireme, memory=0):
    """Pictures at every n-th swap, and the GL errors that the replay reports, by call. `memory` is a
    byte that fresh memory is filled with (mallopt(3), M_PERTURB); 0 leaves it alone."""
    command = ["glretrace", "-s", "-", "--snapshot-format=PNM", f"--snapshot-interval={every}", trace]
    full = [str(programs.TRIREME), "run", "--", *command] if trireme else command
    process = subprocess.run(full, stdin=subprocess.DEVNULL, capture_output=True, timeout=600,
                             env={**os.environ, "MALLOC_PERTURB_": str(memory)})
    if process.returncode != 0:
        raise AssertionError(f"{full} ended with {process.returncode}\n{process.stderr[-2000:]}")
    errors = re.findall(rb"^(\d+): warning: glGetError\((\w+)\) = (\w+)", process.stderr, re.M)
    return list(Picture.all_from_ppm(process.stdout)), errors


class Traces(unittest.TestCase):
    def test_replays_alike(self):
        with programs.x_server(), tempfile.TemporaryDirectory() as folder:
            for name, (command, seconds) in PROGRAMS.items():
                with self.subTest(name):
                    trace = f"{folder}/{name}.trace"
                    for tries in range(3):  # a busy machine takes longer to load a game
                        record(command, seconds << tries, trace, folder)
                        recorded = frames(trace)
                        if recorded >= PICTURES:
                            break
                        os.remove(trace)
                    self.assertGreaterEqual(recorded, PICTURES)
                    every = recorded // PICTURES
                    native, native_errors = replay(trace, every, False, memory=85)
                    again, _ = replay(trace, every, False, memory=170)
                    ours, our_errors = replay(trace, every, True)
                    self.assertEqual(len(ours), len(native))
                    # What a program never drew is undefined (the first picture's window has just
                    # grown): there the host's own GL shows what it found in memory.
                    defined = [number for number, (one, other) in enumerate(zip(native, again))
                               if one.rgb == other.rgb]
                    self.assertGreaterEqual(len(defined), max(2, len(native) - 2))
                    self.assertGreater(max(native[number].colours() for number in defined), 20)
                    for number in defined:
                        self.assertEqual(ours[number].differing_pixels(native[number]), 0,
                                         f"picture {number}")
                    self.assertEqual(our_errors, native_errors)
                    print(f"{name}: {len(defined)} of {len(native)} pictures equal", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)

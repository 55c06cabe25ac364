#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""GLX as programs see it, through the local transport: the checks of glx-checks, and trouble."""

import contextlib
import os
import pathlib
import platform
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402

CHECKS = programs.BUILD / "tests" / "guest" / "glx-checks"
PATCH_CHECK = programs.BUILD / "tests" / "guest" / "patch-check"
LIBRARIES = programs.BUILD / "guest" / "linux"


@contextlib.contextmanager
def server(path):
    """A server of its own that listens at `path`; what it logs goes to `path`.log."""
    with open(f"{path}.log", "a", encoding="utf-8") as log:
        process = subprocess.Popen([programs.TRIREME, "server", "--listen", path], stderr=log)
        try:
            while not os.path.exists(path):
                process.poll()
                if process.returncode is not None:
                    raise RuntimeError("the server did not start")
            yield process
        finally:
            process.kill()
            process.wait()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)


def start(check, socket):
    environment = {**os.environ, "TRIREME_SOCKET": socket, "__GLX_VENDOR_LIBRARY_NAME": "trireme",
                   "LD_LIBRARY_PATH": str(LIBRARIES)}
    return subprocess.Popen([CHECKS, check], env=environment, text=True, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


class Glx(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.stack.enter_context(programs.x_server())
        cls.folder = cls.stack.enter_context(tempfile.TemporaryDirectory())

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    def expect_success(self, check, socket):
        process = start(check, socket)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, out + err)
        return err

    def test_checks(self):
        names = subprocess.run([CHECKS], check=True, text=True, capture_output=True).stdout.split()
        self.assertGreater(len(names), 20)
        with server(f"{self.folder}/checks") as process:
            for name in names:
                with self.subTest(name):
                    self.expect_success(name, f"{self.folder}/checks")
                    self.assertIsNone(process.poll(), "the server lives")

    @unittest.skipUnless(platform.machine() == "x86_64", "entry points are written over on x86 alone")
    def test_entry_points_are_written_over_unless_forbidden(self):
        for wanted, env in (("patched", {}), ("plain", {"__GLVND_DISALLOW_PATCHING": "1"})):
            with self.subTest(wanted):
                programs.run([str(PATCH_CHECK), wanted], True, env=env)

    def test_small_rings(self):
        os.environ["TRIREME_RING_SIZE"] = "16K"
        try:
            with server(f"{self.folder}/small"):
                for name in ("many_swaps", "shared_textures", "threads"):
                    self.expect_success(name, f"{self.folder}/small")
        finally:
            del os.environ["TRIREME_RING_SIZE"]

    def test_sixteen_contexts_at_once(self):
        with server(f"{self.folder}/sixteen") as process:
            others = [start("two_strangers", f"{self.folder}/sixteen") for _ in range(8)]
            for other in others:
                out, err = other.communicate(timeout=120)
                self.assertEqual(other.returncode, 0, out + err)
            self.assertIsNone(process.poll())

    def test_options(self):
        os.environ["TRIREME_OPTIONS"] = ("gl-version=1.4; hide-extensions=GL_EXT_abgr GL_ARB_*;"
                                         "extensions-year=1998;extensions-bytes=200;samples=4;frame-rate=20; spoons=3")
        try:
            with server(f"{self.folder}/options"):
                self.expect_success("limited_by_options", f"{self.folder}/options")
        finally:
            del os.environ["TRIREME_OPTIONS"]
        with open(f"{self.folder}/options.log", encoding="utf-8") as log:
            self.assertIn('"spoons=3"', log.read())

    def test_killed_a_hundred_times(self):
        with server(f"{self.folder}/killed") as process:
            for _ in range(100):
                victim = start("draw_for_ever", f"{self.folder}/killed")
                self.assertEqual(victim.stdout.readline(), "drawing\n", victim.stderr)
                victim.send_signal(signal.SIGKILL)
                victim.communicate()
            self.assertIsNone(process.poll())
            self.expect_success("draw_once", f"{self.folder}/killed")

    def test_server_killed(self):
        path = f"{self.folder}/dying"
        with server(path) as process:
            program = start("survive_the_server", path)
            self.assertEqual(program.stdout.readline(), "drawing\n")
            process.kill()
            self.assertEqual(program.stdout.readline(), "lost\n")
        with server(path):
            out, err = program.communicate("\n", timeout=60)
            self.assertEqual(program.returncode, 0, out + err)

    def test_no_free_slot(self):
        with server(f"{self.folder}/full"):
            err = self.expect_success("no_free_slot", f"{self.folder}/full")
        self.assertIn("slots are in use", err)
        self.assertEqual(err.count("trireme:"), 1, err)

    def test_no_server(self):
        err = self.expect_success("nothing_there", f"{self.folder}/nobody")
        self.assertIn(f"trireme: no server at {self.folder}/nobody", err)
        self.assertEqual(len(err.splitlines()), 1, err)

    def test_no_device(self):
        if os.path.exists("/sys/bus/pci/devices"):
            for device in os.listdir("/sys/bus/pci/devices"):
                with open(f"/sys/bus/pci/devices/{device}/device", encoding="ascii") as file:
                    if file.read().strip() == "0x7472":
                        self.skipTest("this machine has a Trireme device")
        err = self.expect_success("nothing_there", "")
        self.assertIn("-device trireme", err)


if __name__ == "__main__":
    unittest.main(verbosity=2)

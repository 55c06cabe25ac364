#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Tests vm.py: the port's framing alone, and a guest if QEMU and the image are there."""

import os
import subprocess
import sys
import tempfile
import time
import unittest

import vm as vm_module
from vm import GuestTimeout, Vm, VmError

BUILD = os.environ.get("TRIREME_BUILD", os.path.join(vm_module.ROOT, "build"))


def have_guest():
    return all(os.path.exists(os.path.join(BUILD, path))
               for path in ("qemu/bin/qemu-system-x86_64", "guest-image/vmlinux"))


class PortTest(unittest.TestCase):
    def setUp(self):
        self.port = vm_module.Port("test", None)
        self.addCleanup(self.port.theirs.close)
        self.addCleanup(self.port.close)
        self.passed_on = []

    def until(self, *pieces):
        answers = []
        for piece in pieces:
            self.port.theirs.sendall(piece)
            line = self.port.until(b"\x1eabc", time.monotonic() + 0.05, self.passed_on.append)
            answers.append(line)
        return answers

    def test_line_in_one_piece(self):
        self.assertEqual(self.until(b"out\nput\x1eabc 7\nrest"), [b" 7"])
        self.assertEqual(b"".join(self.passed_on), b"out\nput")
        self.assertEqual(self.port.pending, b"rest")

    def test_line_in_pieces(self):
        for piece in (b"one\x1e", b"a\x1eab", b"c 1"):
            self.port.pending += piece
        self.assertEqual(self.until(b"2\n"), [b" 12"])
        self.assertEqual(b"".join(self.passed_on), b"one\x1ea")

    def test_output_is_passed_on_before_the_end(self):
        self.assertEqual(self.until(b"early"), [None])
        self.assertEqual(self.passed_on[0], b"early")


@unittest.skipUnless(have_guest(), "QEMU or the guest image is not built")
class GuestTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.vm = Vm(smp=2, share=cls.folder.name, build=BUILD, device=None)
        cls.vm.start()
        cls.addClassCleanup(cls.vm.stop)
        print(f"booted in {cls.vm.boot_seconds:.1f} s", file=sys.stderr)

    def test_status_and_output(self):
        self.assertEqual(self.vm.run("echo out; echo error >&2; exit 7"), (7, b"out\nerror\n"))
        self.assertEqual(self.vm.run(["echo", "a  b", "$HOME"]), (0, b"a  b $HOME\n"))
        self.assertEqual(self.vm.run("printf '\\036no newline'"), (0, b"\x1eno newline"))

    def test_output_is_live(self):
        pieces = []
        self.vm.run("echo first; sleep 2; echo second", on_output=pieces.append)
        self.assertEqual(pieces[0], b"first\n")

    def test_much_output(self):
        _, output = self.vm.run("head -c 3000000 /dev/zero")
        self.assertEqual(output, bytes(3000000))

    def test_cpus(self):
        self.assertEqual(self.vm.check("nproc"), b"2\n")

    def test_shares(self):
        with open(os.path.join(self.folder.name, "from-host"), "w", encoding="ascii") as file:
            file.write("hello")
        self.assertEqual(self.vm.check("cat /share/from-host"), b"hello")
        self.vm.check("echo world >/share/from-guest")
        with open(os.path.join(self.folder.name, "from-guest"), encoding="ascii") as file:
            self.assertEqual(file.read(), "world\n")
        self.assertNotEqual(self.vm.run("touch /trireme/touched")[0], 0)

    def test_both_architectures(self):
        self.vm.check("for arch in x86_64 i386; do /usr/bin/glxinfo.$arch-linux-gnu -h; done")

    def test_x_and_screendump(self):
        self.vm.start_x()
        self.vm.check("xsetroot -solid '#123456'; xdpyinfo | grep -q GLX; sleep 1")
        path = os.path.join(self.folder.name, "frame.ppm")
        self.vm.screendump(path)
        with open(path, "rb") as file:
            header, pixels = file.read().split(b"\n255\n", 1)
        self.assertEqual(header.split(), [b"P6", b"1024", b"768"])
        self.assertEqual(pixels, bytes.fromhex("123456") * (1024 * 768))
        self.vm.screendump(path[:-3] + "png")
        with open(path[:-3] + "png", "rb") as file:
            self.assertEqual(file.read(8), b"\x89PNG\r\n\x1a\n")

    def test_qmp(self):
        self.assertTrue(self.vm.qmp("query-status")["running"])
        with self.assertRaisesRegex(VmError, "no-such-command"):
            self.vm.qmp("no-such-command")


@unittest.skipUnless(have_guest(), "QEMU or the guest image is not built")
class EndTest(unittest.TestCase):
    def test_timeout_and_death(self):
        with Vm(build=BUILD, device=None) as vm:
            with self.assertRaises(GuestTimeout):
                vm.run("sleep 1000", timeout=1)
            vm.process.kill()
            with self.assertRaisesRegex(VmError, "QEMU ended with status -9"):
                vm.run("true")

    def test_wrong_argument(self):
        with self.assertRaisesRegex(VmError, "no-such-thing"):
            Vm(build=BUILD, device=None, qemu_args=["-device", "no-such-thing"]).start()

    def test_program_without_input(self):
        ended = subprocess.run(
            ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable,
             os.path.join(vm_module.HERE, "vm.py"), "--build", BUILD,
             "--no-device", "--", "cat; exit 9"],
            capture_output=True, check=False)
        self.assertEqual((ended.returncode, ended.stdout), (9, b""))


if __name__ == "__main__":
    unittest.main()

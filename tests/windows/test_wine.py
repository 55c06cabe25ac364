#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Windows programs under Wine with our opengl32.dll, through the local transport."""

import pathlib
import re
import shutil
import struct
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.wine import WINE64, WineTest, unix_path  # noqa: E402

FRAME = 20
# Of ring/abi.h
TRIREME_MAGIC = 0x4d525254
TRIREME_SERVER_RUNNING = 1
WINDOW_BYTES = 4 << 20
# Of winerror.h
ERROR_DEV_NOT_EXIST = 55
ERROR_REVISION_MISMATCH = 1306
PROGRAMS = programs.BUILD / "tests" / "windows"


class Programs:
    """What holds for 32-bit programs and for x86-64 ones."""

    def test_frame_is_the_hosts(self):
        programs.run([PROGRAMS / "host_scene", str(FRAME), self.folder / "host.ppm"], trireme=False)
        host = Picture.read(self.folder / "host.ppm")
        self.assertGreater(len({host.rgb[i:i + 3] for i in range(0, len(host.rgb), 3)}), 1000)
        self.wine("spin", str(FRAME), unix_path(self.folder / "frame.ppm"),
                  unix_path(self.folder / "shown.ppm"))
        for name in ("frame.ppm", "shown.ppm"):
            self.assertEqual(Picture.read(self.folder / name).rgb, host.rgb, name)

    def check(self, name):
        result = self.wine("wgl_checks", name, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_bad_handles(self):
        self.check("bad_handles")

    def test_copying(self):
        self.check("copying")

    def test_current(self):
        self.check("current")

    def test_exports(self):
        self.check("exports")

    def test_font_of_unicode(self):
        self.check("font_w")

    def test_formats(self):
        self.check("formats")

    def test_outlines_of_the_code_page(self):
        self.check("outlines_a")

    def test_render_texture(self):
        self.check("render_texture")

    def test_together(self):
        self.check("together")


class Wine64(Programs, WineTest):
    script = WINE64
    files = {"opengl32.dll": "guest/windows/opengl32-64.dll",
             "spin.exe": "tests/windows/spin-64.exe",
             "wgl_checks.exe": "tests/windows/wgl_checks-64.exe"}


class Wine(Programs, WineTest):
    files = {"opengl32.dll": "guest/windows/opengl32-32.dll",
             "spin.exe": "tests/windows/spin.exe",
             "wgl_checks.exe": "tests/windows/wgl_checks.exe"}

    def test_desktop_of_16_bits(self):
        """The frame is as ever, and the window shows it with five or six bits a colour."""
        with programs.x_server(depth=16):
            self.wine("spin", str(FRAME), unix_path(self.folder / "frame.ppm"),
                      unix_path(self.folder / "shown.ppm"))
        frame, shown = (Picture.read(self.folder / name) for name in ("frame.ppm", "shown.ppm"))
        self.assertGreater(frame.colours(), 1000)
        self.assertLess(max(abs(a - b) for a, b in zip(frame.rgb, shown.rgb)), 8)

    def test_extensions(self):
        self.check("extensions")

    def test_font_of_the_code_page(self):
        self.check("font_a")

    def test_front_buffer(self):
        self.check("front")

    def test_gamma(self):
        self.check("gamma")

    def test_layers(self):
        self.check("layers")

    def test_minimised(self):
        self.check("minimised")

    def test_outlines_of_unicode(self):
        self.check("outlines_w")

    def test_pbuffers(self):
        self.check("pbuffers")

    def test_robust(self):
        self.check("robust")

    def test_sharing(self):
        self.check("sharing")

    def test_size(self):
        self.check("size")

    def test_swap_interval(self):
        self.check("interval")

    def test_versions(self):
        self.check("versions")

    def test_windows(self):
        self.check("windows")

    def test_foreign_window(self):
        self.check("foreign_window")

    def check_without_host(self, error, words, program="wgl_checks", trireme=False, **environment):
        """The program hears that error, and the words are in its log."""
        log = self.folder / "trireme.log"
        log.unlink(missing_ok=True)
        result = self.wine(program, "no_host", trireme=trireme, check=False,
                           env={"EXPECTED_ERROR": str(error), "TRIREME_LOG": unix_path(log), **environment})
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn(words, log.read_text("utf-8"))
        self.assertIn(words, result.stderr)

    def test_no_device(self):
        self.check_without_host(ERROR_DEV_NOT_EXIST, "no Trireme device: start QEMU with")

    def test_other_version(self):
        """A device whose host speaks another version of the interface."""
        device = self.folder / "device"
        device.mkdir()
        self.addCleanup(shutil.rmtree, device)
        header = struct.pack("<5I", TRIREME_MAGIC, 99 << 16, 0, 8, WINDOW_BYTES).ljust(0x40, b"\0")
        header += struct.pack("<I", TRIREME_SERVER_RUNNING)
        (device / "resource2").write_bytes(header.ljust(WINDOW_BYTES, b"\0"))
        (device / "doorbell").touch()
        self.check_without_host(ERROR_REVISION_MISMATCH, "the host speaks version 99.0",
                                TRIREME_DEVICE=str(device))

    def test_other_commands(self):
        """A library that was built with another table of commands, and this server."""
        header = (programs.BUILD / "dispatch" / "gl_opcodes.h").read_text("ascii")
        ours = int(re.search(r"GL_OPCODES_FINGERPRINT 0x(\w+)u", header).group(1), 16)
        older = self.folder / "older"
        older.mkdir()
        self.addCleanup(shutil.rmtree, older)
        shutil.copy(self.folder / "wgl_checks.exe", older)
        library = (self.folder / "opengl32.dll").read_bytes()
        changed = library.replace(struct.pack("<I", ours), struct.pack("<I", 0x12345678))
        self.assertNotEqual(changed, library)
        (older / "opengl32.dll").write_bytes(changed)
        self.check_without_host(ERROR_REVISION_MISMATCH, "has version 12345678 of its commands",
                                program="older/wgl_checks", trireme=True)

    def test_debugger(self):
        result = self.wine("wgl_checks", "debugger", trireme=False, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_no_slot(self):
        config = self.folder / "two.conf"
        config.write_text("[local]\nslots=2\n", encoding="ascii")
        result = self.wine("wgl_checks", "no_slot", options=["--config", config], check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("all 2 slots are in use: close a program", result.stderr)

    def test_dead_programs_leave_no_slot(self):
        """One server, many more programs that die than there are slots."""
        config = self.folder / "few.conf"
        config.write_text("[local]\nslots=2\n", encoding="ascii")
        result = self.wine("wgl_checks", "deaths", options=["--config", config], timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(result.stdout.split(), ["drew"] * 100, result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Windows programs under 32-bit Wine in a VM, through the device: they draw and cost what the same
scene does in the Linux guest, and leave nothing behind however they end."""

import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.waiting import PATIENCE, until  # noqa: E402
from support.wine import WINE, has_mount_namespaces, unix_path  # noqa: E402
from glide_programs import GlideInWine, local_picture  # noqa: E402
from watched_guest import BUILD, boot  # noqa: E402

WINDOWS = "/trireme/tests/windows"
DIRECT3D = "/trireme/tests/direct3d"
FRAME = 60
WIDTH, HEIGHT = 320, 240
DEATHS = 100
# At most, in seconds.
DEATHS_TAKE = 5 * PATIENCE
MAX_GROWTH_KIB = 16 << 10

if not all(os.path.exists(os.path.join(BUILD, path)) for path in (
        "qemu/bin/qemu-system-x86_64", "guest-image/vmlinux", "wine-image/vmlinux",
        "guest/windows/opengl32-32.dll")):
    print("no QEMU, no guest images or no Windows DLL; ./run build and ./run vm make them",
          file=sys.stderr)
    sys.exit(77)


class WineTest(GlideInWine, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with programs.x_server(), tempfile.TemporaryDirectory() as folder:
            programs.run([programs.BUILD / "tests" / "windows" / "host_scene", str(FRAME),
                          f"{folder}/host.ppm"], trireme=False)
            cls.native = Picture.read(f"{folder}/host.ppm")
        cls.scene = local_picture()
        # Room for three programs.
        cls.guest = boot(cls, device="slots=6", wine=True)

    def stay(self, name, x, y, frames=FRAME):
        """The process of a program that has drawn its frames and shows the last one."""
        process = self.guest.launch(f"exec wine {WINDOWS}/stay.exe {frames} {x} {y}", name)
        self.addCleanup(self.guest.run, f"kill -KILL {process}", PATIENCE)
        self.guest.until_said(name, "drew")
        return process

    def draw_to_the_end(self):
        """Who opens the device next has the slots of dead programs freed."""
        self.guest.check(["wine", f"{WINDOWS}/wgl_checks.exe", "front"], PATIENCE)

    def test_frame_is_the_hosts(self):
        self.guest.check(f"wine {WINDOWS}/spin.exe {FRAME} 'Z:\\share\\frame.ppm' "
                         "'Z:\\share\\shown.ppm'", PATIENCE)
        for name in ("frame.ppm", "shown.ppm"):
            picture = Picture.read(os.path.join(self.guest.folder, name))
            self.assertEqual(picture.differing_pixels(self.native), 0, name)

    def test_three_at_once(self):
        """Two beside each other, and one that covers a part of both."""
        places = {"left": (0, 0), "right": (WIDTH + 20, 0)}
        for name, place in places.items():
            self.stay(name, *place)
        self.stay("above", 160, 120)

        def display_is(x, y, width, height, inside_x, inside_y):
            shown = self.guest.display(1024, 768).crop(x, y, width, height)
            wanted = self.native.crop(inside_x, inside_y, width, height)
            return shown.differing_pixels(wanted) == 0

        for name, area in {"above": (160, 120, WIDTH, HEIGHT, 0, 0),
                           "left": (0, 0, WIDTH, 120, 0, 0),
                           "left's lower part": (0, 120, 160, 120, 0, 120),
                           "right": (WIDTH + 20, 0, WIDTH, 120, 0, 0),
                           "right's lower part": (480, 120, 180, 120, 140, 120)}.items():
            until(lambda a=area: display_is(*a), f"the picture of {name}")

    def assert_draws_as_on_the_host(self, name):
        """What Wine makes of Direct3D on this machine's GL is what the VM's display shows, and what
        the program reads there."""
        # In /tmp, which the Debian with Wine shares with this machine.
        with programs.x_server(), tempfile.TemporaryDirectory(dir="/tmp") as folder:
            shutil.copy(programs.BUILD / "tests" / "direct3d" / f"{name}.exe", folder)
            host = f"{folder}/host.ppm"
            programs.run([WINE, f"{folder}/{name}.exe", unix_path(host)], trireme=False,
                         env={"WINE_OPENGL32": "b"}, check=False)
            host = Picture.read(host)
        self.assertGreater(host.colours(), 2000)
        process = self.guest.launch(f"exec wine {DIRECT3D}/{name}.exe 'Z:\\share\\{name}.ppm' stay", name)
        self.addCleanup(self.guest.kill, process, name)
        self.guest.until_said(name, "drew")
        until(lambda: self.guest.display(host.width, host.height).differing_pixels(host) == 0,
              f"the picture of {name} on the display")
        picture = Picture.read(os.path.join(self.guest.folder, f"{name}.ppm"))
        self.assertEqual(picture.differing_pixels(host), 0)

    @unittest.skipUnless(has_mount_namespaces(), "wine.sh has no mount namespace here")
    def test_direct3d_9(self):
        self.assert_draws_as_on_the_host("d3d9_grid")

    @unittest.skipUnless(has_mount_namespaces(), "wine.sh has no mount namespace here")
    def test_direct3d_8(self):
        self.assert_draws_as_on_the_host("d3d8_grid")

    @unittest.skipUnless(has_mount_namespaces(), "wine.sh has no mount namespace here")
    def test_direct3d_7(self):
        self.assert_draws_as_on_the_host("d3d7_grid")

    @unittest.skipUnless(has_mount_namespaces(), "wine.sh has no mount namespace here")
    def test_directdraw(self):
        self.assert_draws_as_on_the_host("ddraw_grid")

    def test_display_modes(self):
        """Full screen, 640x480 with 32, 16 and 8 bits a pixel."""
        self.guest.check(f"wine {DIRECT3D}/ddraw_modes.exe", PATIENCE)

    def test_exits(self):
        """A frame costs the doorbell that wakes the render thread, and at most the wait for the
        frame before the last."""
        self.guest.kill(self.stay("stay", 0, 0, frames=150), "stay")
        self.draw_to_the_end()
        context = until(lambda: self.guest.statistics("stay.exe"), "the line of stay.exe")[-1]
        exits = context["doorbells"] + context["waits"]
        print(f"stay.exe: {context['frames']} frames, {exits} exits, {context['round_trips']} round "
              "trips", file=sys.stderr)
        self.assertEqual(context["frames"], 151)
        self.assertLessEqual(exits, 2 * context["frames"])
        self.assertLessEqual(context["round_trips"], context["frames"])

    def server_kib(self):
        """What the server's memory is, resident."""
        status = pathlib.Path(f"/proc/{self.guest.server_process()}/status").read_text("ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    def test_deaths(self):
        """A hundred programs that end themselves between glBegin and glEnd, one after another, leave
        nothing behind."""
        for _ in range(3):
            status, output = self.guest.run(["wine", f"{WINDOWS}/wgl_checks.exe", "death"], PATIENCE)
            self.assertEqual((status, output.split()), (0, [b"drew"]))
        before = self.server_kib()
        drew = self.guest.check(["wine", f"{WINDOWS}/wgl_checks.exe", "deaths"], DEATHS_TAKE)
        self.assertEqual(drew.split().count(b"drew"), DEATHS)
        growth = self.server_kib() - before
        print(f"{DEATHS} deaths: the server has {growth} KiB more", file=sys.stderr)
        self.assertLess(growth, MAX_GROWTH_KIB)


if __name__ == "__main__":
    unittest.main(verbosity=2)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs draw in a VM through the device: how often they leave the guest for it, and what
becomes of them when the server, another program or the device is not what it should be."""

import os
import pathlib
import signal
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.waiting import PATIENCE, until  # noqa: E402
from glide_programs import GlideInLinux, local_picture  # noqa: E402
from watched_guest import BUILD, FRAME, IN_GUEST, boot  # noqa: E402

GEARS = ["glxgears", "-geometry", "300x300+0+0"]
GEARS_32 = ["glxgears.i386-linux-gnu", *GEARS[1:]]
# A signal's number is added to it in the status of a program that the signal ended.
SIGNALLED = 128

if not all(os.path.exists(os.path.join(BUILD, path))
           for path in ("qemu/bin/qemu-system-x86_64", "guest-image/vmlinux")):
    print("no QEMU or no guest image; ./run build makes them", file=sys.stderr)
    sys.exit(77)


class DrawingTest(GlideInLinux, unittest.TestCase):
    """One VM. With six slots three programs can draw, so that slots that leak show soon."""

    @classmethod
    def setUpClass(cls):
        with programs.x_server(), tempfile.TemporaryDirectory() as folder:
            cls.native = programs.captured_frame(GEARS, FRAME, f"{folder}/gears.ppm", False)
        cls.scene = local_picture()
        cls.guest = boot(cls, device="slots=6")

    def assert_draws_as_native(self):
        self.assertEqual(self.guest.frame(GEARS).differing_pixels(self.native), 0)

    # Exits and round trips

    def assert_few_exits(self, program):
        # Who opens the device next has the slots of dead programs freed, which writes their lines.
        self.guest.check("glxinfo -B", PATIENCE)
        until(lambda: self.guest.statistics(program), f"the line of {program}")
        context = self.guest.statistics(program)[-1]
        frames = context["frames"]
        exits = (context["doorbells"] + context["waits"]) / frames
        round_trips = context["round_trips"] / frames
        print(f"{program}: {frames} frames, {exits:.2f} exits and {round_trips:.2f} round trips "
              "a frame", file=sys.stderr)
        self.assertGreater(frames, 20)
        self.assertLessEqual(exits, 5)
        self.assertLessEqual(round_trips, 3)
        # From a doorbell to the render thread: counted, though others had the slot before.
        self.assertGreater(context["worst_wake_us"], 0)

    def test_exits_of_glxgears(self):
        process = self.guest.launch(["exec", *GEARS], "gears")
        until(lambda: self.guest.display(300, 300).colours() > 20, "glxgears on the display")
        time.sleep(5)
        self.guest.kill(process, "gears")
        self.assert_few_exits("glxgears")

    def test_exits_of_glmark2(self):
        self.guest.check("glmark2 -s 300x300 -b texture:duration=5", PATIENCE)
        self.assert_few_exits("glmark2")

    def count_exits(self, mode, hold, release):
        """Exits during 10,000 asynchronous calls: (doorbells, waits)."""
        guest, folder = self.guest, "/run/calls"
        guest.check(f"rm -rf {folder}; mkdir {folder}")
        guest.launch(["exec", f"{IN_GUEST}/async_calls", mode, folder], "calls")
        guest.until_file(f"{folder}/ready")
        time.sleep(1)
        before = [guest.traced(event) for event in ("trireme_doorbell", "trireme_wait")]
        hold()
        try:
            guest.trace(True)
            guest.check(f"touch {folder}/go")
            guest.until_file(f"{folder}/done")
        finally:
            guest.trace(False)
            release()
        after = [guest.traced(event) for event in ("trireme_doorbell", "trireme_wait")]
        guest.check(f"touch {folder}/end")
        self.assertEqual(until(lambda: [status] if (status := guest.status("calls")) is not None
                               else None, "the calls' end"), [0], guest.log_of("calls"))
        return tuple(b - a for a, b in zip(before, after))

    def repeat(self, wanted, *arguments):
        """A few times at most until the count is the one wanted: whether the reader was awake at
        the moment in question is up to the host's kernel. Returns all counts."""
        counts = []
        while len(counts) < 5 and wanted not in counts:
            counts.append(self.count_exits(*arguments))
        self.assertIn(wanted, counts)
        return counts

    def test_no_exit_while_reader_is_awake(self):
        self.guest.configure("[rings]\nspin-us = 1000000\n")
        try:
            self.repeat((0, 0), "awake", lambda: None, lambda: None)
        finally:
            self.guest.configure("")

    def test_one_exit_while_reader_sleeps(self):
        server = self.guest.server_process()
        counts = self.repeat((1, 0), "asleep", lambda: os.kill(server, signal.SIGSTOP),
                             lambda: os.kill(server, signal.SIGCONT))
        # None where the reader looked for work, as it does now and then, when it was stopped.
        self.assertLessEqual(set(counts), {(0, 0), (1, 0)})

    # Pictures

    def test_picture_of_one_swap(self):
        process = self.guest.launch(["exec", f"{IN_GUEST}/draw_once"], "once")
        wanted = Picture(200, 100, (b"\xff\0\0" * 100 + b"\0\0\xff" * 100) * 100)
        until(lambda: self.guest.display(200, 100).differing_pixels(wanted) == 0, "the picture")
        self.guest.kill(process, "once")

    def test_i386(self):
        if not (programs.BUILD / "tests/programs/libframe_capture32.so").exists():
            self.skipTest("this build has no i386 part")
        frame = self.guest.frame(GEARS_32, library="libframe_capture32.so")
        different = frame.differing_pixels(self.native)
        print(f"i386: {different} pixels differ from amd64's", file=sys.stderr)
        self.assertEqual(different, 0)
        process = self.guest.launch(["exec", *GEARS_32], "gears32")
        until(lambda: self.guest.display(300, 300).colours() > 20, "glxgears on the display")
        first = self.guest.display(300, 300)
        until(lambda: self.guest.display(300, 300).differing_pixels(first) > 0, "its next frame")
        self.guest.kill(process, "gears32")

    # Deaths

    def test_server_killed(self):
        guest = self.guest
        gears = guest.launch(["exec", *GEARS], "gears")
        guest.launch(["exec", f"{IN_GUEST}/reset_status", "/run/status.ready"], "status")
        guest.until_file("/run/status.ready")
        until(lambda: guest.display(300, 300).colours() > 20, "glxgears on the display")
        guest.kill_server()
        self.assert_draws_as_native()
        self.assertEqual(until(lambda: [status] if (status := guest.status("status")) is not None
                               else None, "a reset status"), [0], guest.log_of("status"))
        self.assertRegex(guest.log_of("status"), "reset status 0x825[345]")
        self.assertTrue(guest.qmp("query-status")["running"])
        status = guest.status("gears")
        if status is None:
            guest.kill(gears, "gears")
        else:
            self.assertLess(status, SIGNALLED, guest.log_of("gears"))

    def test_programs_killed(self):
        output = self.guest.check(f"{IN_GUEST}/die_in_frame 100", 2 * PATIENCE)
        self.assertEqual(output, b"100 killed\n")
        self.assert_draws_as_native()


class TroubleTest(unittest.TestCase):
    """A VM in which devices are plugged that lack something. What is wrong is said in one line,
    with what to do, and the program ends as it does where there is no OpenGL."""

    @classmethod
    def setUpClass(cls):
        # The window's address is aligned to its size, so twice the room is wanted.
        cls.guest = boot(cls, device=None, smp=2, qemu_args=[
            "-device", "pcie-root-port,id=quay,chassis=1,pref64-reserve=128M",
            "-action", "reboot=reset"])

    def devices(self):
        return len(self.guest.run("for d in $(grep -l 0x7472 /sys/bus/pci/devices/*/device); do\n"
                                  "[ ! -e ${d%device}resource2 ] || echo $d\ndone",
                                  PATIENCE)[1].split())

    def plug(self, **properties):
        self.guest.qmp("device_add", driver="trireme", id="trireme0", bus="quay", **properties)
        self.addCleanup(self.unplug)
        until(lambda: self.devices() == 1, "the device")

    def unplug(self):
        self.guest.qmp("device_del", id="trireme0")
        self.guest.wait_event("DEVICE_DELETED", PATIENCE)
        until(lambda: self.devices() == 0, "the device's end")

    def assert_complaint(self, command, advice):
        status, output = self.guest.run(command, PATIENCE)
        lines = [line for line in output.decode(errors="replace").splitlines()
                 if line.startswith("trireme: ")]
        print("\n".join(lines), file=sys.stderr)
        self.assertEqual(len(lines), 1, output)
        self.assertIn(advice, lines[0])
        # Its own complaint; the status of glxinfo is 0 nevertheless.
        self.assertRegex(output, b"(?m)^Error: ")
        self.assertLess(status, SIGNALLED, output)

    def test_no_device(self):
        for command in (GEARS, ["glxinfo", "-B"], GEARS_32):
            self.assert_complaint(command, "-device trireme")

    def test_no_server(self):
        self.plug(server="/nonexistent")
        for command in (GEARS, ["glxinfo", "-B"]):
            self.assert_complaint(command, "server=PATH")

    def test_no_slot(self):
        self.plug(server=str(programs.TRIREME), slots=2)
        process = self.guest.launch(["exec", f"{IN_GUEST}/draw_once"], "once")
        until(lambda: self.guest.display(200, 100).colours() == 2, "the picture")
        self.assert_complaint(GEARS, "slots=")
        self.guest.kill(process, "once")
        # Now the slots are free.
        self.assertGreater(self.guest.frame(GEARS).colours(), 20)

    def test_unplugged_while_drawing(self):
        self.guest.qmp("device_add", driver="trireme", id="trireme0", bus="quay",
                       server=str(programs.TRIREME))
        until(lambda: self.devices() == 1, "the device")
        process = self.guest.launch(["exec", *GEARS], "gears")
        until(lambda: self.guest.display(300, 300).colours() > 20, "glxgears on the display")
        self.unplug()
        time.sleep(1)
        status = self.guest.status("gears")
        if status is None:
            self.guest.kill(process, "gears")
        else:
            self.assertLess(status, SIGNALLED, self.guest.log_of("gears"))
        self.assert_complaint(GEARS, "-device trireme")
        self.plug(server=str(programs.TRIREME))
        self.assertGreater(self.guest.frame(GEARS).colours(), 20)

    def test_reset_while_drawing(self):
        self.plug(server=str(programs.TRIREME))
        self.guest.launch(["exec", *GEARS], "gears")
        until(lambda: self.guest.display(300, 300).colours() > 20, "glxgears on the display")
        server = self.guest.server_process()
        self.guest.qmp("system_reset")
        self.assertIsNotNone(self.guest.agent_port.until(b"\x1eready", time.monotonic() + 180))
        self.guest.start_x()
        self.assertGreater(self.guest.frame(GEARS).colours(), 20)
        self.assertEqual(self.guest.server_process(), server)

    def test_small_window(self):
        self.plug(server=str(programs.TRIREME), window=4 << 20)
        # The GL draws, the frames alone find no room.
        self.guest.frame(["glxgears", "-geometry", "1000x700+0+0"])
        with open(self.guest.log, encoding="utf-8", errors="replace") as log:
            self.assertRegex(log.read(), "no room for a frame .* window=")
        self.assertGreater(self.guest.frame(GEARS).colours(), 20)


if __name__ == "__main__":
    unittest.main()

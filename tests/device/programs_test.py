#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs draw through the device, and the device, its server or the guest goes away meanwhile."""

import os
import signal
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../vm"))
from vm import Vm  # pylint: disable=wrong-import-position

BUILD = os.environ.get("TRIREME_BUILD", "build")
SERVER = os.path.join(BUILD, "trireme")
PATIENCE = 120

if not all(os.path.exists(os.path.join(BUILD, path))
           for path in ("qemu/bin/qemu-system-x86_64", "guest-image/vmlinux")):
    print("no QEMU or no guest image; ./run build makes them", file=sys.stderr)
    sys.exit(77)


class ProgramsTest(unittest.TestCase):
    """One guest for all tests; each leaves it with a device that works."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="trireme-programs-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.vm = Vm(smp=2, build=BUILD, device=None, qemu_args=[
            "-action", "reboot=reset",
            "-device", "pcie-root-port,id=quay,chassis=1,pref64-reserve=128M",
            "-device", f"trireme,id=trireme0,bus=quay,server={SERVER}"])
        cls.vm.start()
        cls.addClassCleanup(cls.vm.stop)
        cls.vm.start_x()

    def until(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not (value := condition()):
            self.assertLess(time.monotonic(), end, f"timed out waiting for {what}")
            time.sleep(0.1)
        return value

    def picture(self):
        path = os.path.join(self.folder.name, "screen.ppm")
        self.vm.screendump(path)
        with open(path, "rb") as file:
            return file.read()

    def start_gears(self):
        """Returns when the gears turn on the VM's display."""
        self.vm.check("glxgears >/run/gears.log 2>&1 &")
        still = self.picture()
        for _ in range(3):
            self.until(lambda before=still: self.picture() != before, "the gears to turn")
            still = self.picture()

    def gears_run(self):
        return self.vm.run("pidof glxgears")[0] == 0

    def end_gears(self):
        self.vm.run("killall glxgears; while pidof glxgears; do sleep 0.1; done", timeout=PATIENCE)

    def server_pid(self):
        pid = self.vm.process.pid
        children = []
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                children += file.read().split()
        return int(children[0]) if children else None

    def test_server_killed(self):
        self.start_gears()
        old = self.server_pid()
        os.kill(old, signal.SIGKILL)
        self.until(lambda: self.server_pid() not in (None, old), "the next server")
        time.sleep(1)
        self.assertTrue(self.gears_run(), self.vm.run("cat /run/gears.log")[1])
        self.end_gears()
        self.start_gears()
        self.end_gears()

    def test_unplugged(self):
        self.start_gears()
        self.vm.qmp("device_del", id="trireme0")
        self.vm.wait_event("DEVICE_DELETED", PATIENCE)
        self.until(lambda: self.server_pid() is None, "the server's end")
        self.end_gears()
        self.assertEqual(self.vm.run("echo alive")[1], b"alive\n")
        self.vm.qmp("device_add", driver="trireme", id="trireme0", bus="quay", server=SERVER)
        self.until(lambda: self.vm.run("ls /sys/bus/pci/devices/0000:01:00.0/resource2")[0] == 0,
                   "the device")
        self.start_gears()
        self.end_gears()

    def test_reset_in_mid_frame(self):
        server = self.server_pid()
        self.start_gears()
        self.vm.qmp("system_reset")
        self.vm.guest_env.clear()
        self.assertIsNotNone(self.vm.agent_port.until(b"\x1eready", time.monotonic() + 180))
        self.vm.start_x()
        self.start_gears()
        self.end_gears()
        self.assertEqual(self.server_pid(), server)


if __name__ == "__main__":
    unittest.main()

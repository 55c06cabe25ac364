#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The device under a Linux guest: found, mapped by programs, reset, unplugged, plugged again."""

import os
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../vm"))
from vm import Vm  # pylint: disable=wrong-import-position

BUILD = os.environ.get("TRIREME_BUILD", "build")
SERVER = os.environ.get("TRIREME_FAKE_SERVER", "")
PROBE = "/trireme/" + os.path.relpath(os.environ.get("TRIREME_LINUX_PROBE", "/"), BUILD)
# Those that the kernel is done with: the resources' files come after the device's folder.
FIND = """for device in $(grep -l 0x7472 /sys/bus/pci/devices/*/device | sed 's,/device$,,'); do
    [ ! -e "$device/resource2" ] || echo "$device"
done"""

if not all(os.path.exists(os.path.join(BUILD, path))
           for path in ("qemu/bin/qemu-system-x86_64", "guest-image/vmlinux")):
    print("no QEMU or no guest image; ./run build makes them", file=sys.stderr)
    sys.exit(77)


class LinuxTest(unittest.TestCase):
    def boot(self, **keywords):
        folder = tempfile.TemporaryDirectory(prefix="trireme-linux-")
        self.addCleanup(folder.cleanup)
        self.log = os.path.join(folder.name, "log")
        vm = Vm(build=BUILD, server=SERVER, env={"TRIREME_FAKE_LOG": self.log}, **keywords)
        vm.start()
        self.addCleanup(vm.stop)
        return vm

    def devices(self, vm):
        return vm.run(FIND, timeout=60)[1].decode().split()

    def await_devices(self, vm, count):
        end = time.monotonic() + 60
        while len(found := self.devices(vm)) != count:
            self.assertLess(time.monotonic(), end, f"{count} devices expected, there are {found}")
        return found

    def probe(self, vm, device, slot, rounds):
        status, output = vm.run([PROBE, device, str(slot), str(rounds)], timeout=120)
        self.assertEqual(status, 0, output)
        self.assertIn(f"slot {slot}: there, all rounds".encode(), output)

    def lines(self, word):
        with open(self.log, encoding="utf-8") as log:
            return [line for line in log.read().splitlines() if line.split()[0] == word]

    def test_one_processor_and_reset(self):
        vm = self.boot(smp=1, device="slots=4,ioeventfd=off",
                       qemu_args=["-action", "reboot=reset"])
        [device] = self.devices(vm)
        self.assertEqual(vm.check(f"cat {device}/class"), b"0x038000\n")
        self.assertEqual(vm.check(f"stat -c %s {device}/resource0 {device}/resource2").split(),
                         [b"32768", b"67108864"])
        self.probe(vm, device, 3, 300)
        self.assertEqual(len(self.lines("bell")), 300)

        vm.check(f"{PROBE} {device} 1 0 >/dev/null 2>&1 &")
        self.probe(vm, device, 0, 50)
        vm.qmp("system_reset")
        self.assertIsNotNone(vm.agent_port.until(b"\x1eready", time.monotonic() + 180))
        self.probe(vm, self.devices(vm)[0], 1, 50)
        self.assertEqual(len(self.lines("start")), 1)

    def test_two_processors_and_two_devices(self):
        # An empty port gets 2 MiB of addresses unless told to reserve more; what the device's
        # window takes is twice its size, as it must be aligned.
        vm = self.boot(smp=2, device="slots=4,ioeventfd=on", qemu_args=[
            "-device", "pcie-root-port,id=quay,chassis=1,pref64-reserve=128M"])
        [first] = self.devices(vm)
        both = " & ".join(f"{PROBE} {first} {slot} 1000" for slot in (0, 2))
        output = vm.check(f"{both} & wait", timeout=120)
        for slot in (0, 2):
            self.assertIn(b"slot %d: there, all rounds" % slot, output)
        self.assertEqual(self.lines("bell"), [])

        for count in (2, 3):
            vm.qmp("device_add", driver="trireme", id="second", bus="quay", server=SERVER)
            devices = self.await_devices(vm, 2)
            for device in devices:
                self.probe(vm, device, 3, 50)
            # One program is in WAIT when the device goes.
            devices.remove(first)
            vm.check(f"{PROBE} {devices[0]} 1 0 >/run/probe 2>&1 &")
            vm.qmp("device_del", id="second")
            vm.wait_event("DEVICE_DELETED", 60)
            self.await_devices(vm, 1)
            self.assertEqual(len(self.lines("start")), count)
        self.probe(vm, first, 1, 50)


if __name__ == "__main__":
    unittest.main()

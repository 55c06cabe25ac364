#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The device comes and goes while the VM runs. The test plays the guest's part, over qtest."""

import os
import unittest

from machine import (GENERATION, PAGE_COMPLETIONS, RUNNING, SLOTS, Machine, until)

DEVICE = 5
# The registers by which a guest's ACPI code ejects a device: pc's, q35's.
PC_HOTPLUG, Q35_HOTPLUG = 0xAE00, 0x0CC0
HOTPLUG_EJECT, HOTPLUG_SELECT = 0x08, 0x10


class HotplugTest(unittest.TestCase):
    def start(self, *arguments, **keywords):
        machine = Machine(*arguments, **keywords)
        self.addCleanup(machine.close)
        return machine

    def unplug(self, machine, base, slot):
        machine.qmp("device_del", id="ship")
        machine.out(base + HOTPLUG_SELECT, 0)
        machine.out(base + HOTPLUG_EJECT, 1 << slot)
        machine.wait_event("DEVICE_DELETED")

    def check_works(self, machine, slot):
        machine.enable(DEVICE)
        machine.wait_state(RUNNING)
        machine.ring(slot, 1)
        until(lambda: machine.slot_word(slot, PAGE_COMPLETIONS) == 1, "a completion")

    def plug_and_unplug(self, ioeventfd):
        machine = self.start()
        for count in (1, 2, 3):
            machine.qmp("device_add", driver="trireme", id="ship", addr=hex(DEVICE),
                        slots=10 * count, window="4M", ioeventfd=ioeventfd)
            self.check_works(machine, 9)
            self.assertEqual(machine.register(SLOTS), 10 * count)
            self.assertEqual(machine.register(GENERATION), 1)
            self.unplug(machine, PC_HOTPLUG, DEVICE)
            self.assertEqual(len(machine.wait_server_lines("end", count)), count)
        self.assertNotIn("warning: ship", machine.output())

    def test_doorbell_ring(self):
        self.plug_and_unplug("off")

    def test_ioeventfd(self):
        self.plug_and_unplug("on")

    def test_cold_plugged_device_goes(self):
        machine = self.start("-device", f"trireme,id=ship,addr={DEVICE:#x}")
        self.check_works(machine, 0)
        self.unplug(machine, PC_HOTPLUG, DEVICE)
        machine.wait_server_lines("end", 1)

    def test_pcie_root_port(self):
        machine = self.start("-device", "pcie-root-port,id=quay,chassis=1", machine="q35")
        for count in (1, 2):
            machine.qmp("device_add", driver="trireme", id="ship", bus="quay")
            machine.wait_server_lines("answered", count)
            self.unplug(machine, Q35_HOTPLUG, 0)
            machine.wait_server_lines("end", count)

    def test_nothing_stays_behind(self):
        machine = self.start()
        counts = []
        for _ in range(8):
            machine.qmp("device_add", driver="trireme", id="ship", addr=hex(DEVICE), slots=256)
            machine.wait_server_lines("answered", len(counts) + 1)
            self.unplug(machine, PC_HOTPLUG, DEVICE)
            counts.append(self.settled(machine))
        self.assertEqual(counts[1:], [counts[1]] * 7)

    def settled(self, machine):
        """Descriptors, mappings and children of QEMU that are the device's."""
        pid = machine.process.pid

        def count():
            with open(f"/proc/{pid}/maps", encoding="ascii") as maps:
                mapped = maps.read().count("trireme-")
            with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
                return mapped + len(children.read().split())
        until(lambda: count() == 0, "the device's memory and server to go")
        return len(os.listdir(f"/proc/{pid}/fd"))

    def test_failed_plug_gives_everything_back(self):
        machine = self.start()
        machine.qmp("device_add", driver="trireme", id="first", slots=256)
        before = len(os.listdir(f"/proc/{machine.process.pid}/fd"))
        for properties in ({"slots": 257}, {"window": "5M"}, {"addr": "0x1"}):
            with self.assertRaises(AssertionError):
                machine.qmp("device_add", driver="trireme", id="second", **properties)
        self.assertEqual(len(os.listdir(f"/proc/{machine.process.pid}/fd")), before)


if __name__ == "__main__":
    unittest.main()

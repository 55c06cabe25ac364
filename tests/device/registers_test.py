#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Properties, registers, memory, doorbells and reset, without a guest: over the qtest protocol."""

import subprocess
import unittest

from machine import (ABSENT, DOORBELL, FEATURES, GENERATION, HEADER_GENERATION, HEADER_STATE, MAGIC,
                     PAGE, PAGE_COMPLETIONS, PAGE_TAIL, PAGE_WAIT_FOR, QEMU, REGISTERS, RUNNING,
                     SERVER_STATE, SLOTS, VERSION, WAIT, WINDOW, WINDOW_SIZE, Machine, until)

DEVICE = 4
ABI_VERSION = 1 << 16 | 1
ALL = 0xFFFFFFFF


def refusal(*arguments):
    """What QEMU says when it does not start."""
    result = subprocess.run([QEMU, "-nodefaults", "-display", "none", "-machine", "pc,accel=qtest",
                             *arguments], capture_output=True, text=True, timeout=60,
                            stdin=subprocess.DEVNULL)
    assert result.returncode == 1, result
    return result.stderr


class PropertyTest(unittest.TestCase):
    def test_help_describes_each_property(self):
        text = subprocess.run([QEMU, "-device", "trireme,help"], capture_output=True, text=True,
                              check=True).stdout
        for name in ("slots", "window", "ring-size", "ioeventfd", "wait-spin", "server",
                     "render-node"):
            with self.subTest(name):
                self.assertRegex(text, rf"(?m)^  {name}=<\w+> +- \w+.*")

    def test_listed_as_display_device(self):
        text = subprocess.run([QEMU, "-device", "help"], capture_output=True, text=True,
                              check=True).stdout
        displays = text.split("Display devices:")[1].split("\n\n")[0]
        self.assertIn('name "trireme", bus PCI', displays)

    def test_bad_values_are_refused_with_the_limits(self):
        for value, reason in (("slots=0", "not within 1 and 256"),
                              ("slots=257", "not within 1 and 256"),
                              ("window=2M", "power of two within 4M and 1024M"),
                              ("window=48M", "power of two within 4M and 1024M"),
                              ("window=2G", "power of two within 4M and 1024M"),
                              ("ring-size=8K", "power of two within 16K and 16M"),
                              ("ring-size=96K", "power of two within 16K and 16M"),
                              ("wait-spin=501", "more than 500"),
                              ("render-node=" + "x" * 128, "longer than 127")):
            with self.subTest(value):
                self.assertIn(reason, refusal("-device", f"trireme,{value}"))

    def test_properties_reach_the_server(self):
        machine = Machine("-name", "galley", "-device", "trireme,slots=200,window=8M,ring-size=32K,"
                          "render-node=/dev/dri/renderD129")
        self.addCleanup(machine.close)
        hello = machine.wait_server_lines("hello", 1)[0]
        self.assertEqual(hello, "hello slots=200 ring=32768 window=8388608 "
                         "node=/dev/dri/renderD129 name=galley")
        machine.wait_server_lines("answered", 1)


class RegisterTest(unittest.TestCase):
    def setUp(self):
        self.machine = Machine("-device", f"trireme,addr={DEVICE:#x},slots=3,window=4M")
        self.addCleanup(self.machine.close)
        self.machine.enable(DEVICE)
        self.machine.wait_state(RUNNING)

    def page(self, slot):
        return REGISTERS + PAGE * (1 + slot)

    def test_identity(self):
        m = self.machine
        self.assertEqual(m.config_read(DEVICE, 0x00), 0x74721B36)
        self.assertEqual(m.config_read(DEVICE, 0x08) >> 8, 0x038000)

    def test_bars(self):
        m = self.machine
        for offset, flags, size in ((0x10, 0x0, 4 * PAGE), (0x18, 0x8, 4 << 20)):
            m.config_write(DEVICE, offset, ALL)
            self.assertEqual(m.config_read(DEVICE, offset), (ALL & ~(size - 1)) | flags)

    def test_global_page(self):
        values = {MAGIC: 0x4D525254, VERSION: ABI_VERSION, FEATURES: 1, SLOTS: 3,
                  WINDOW_SIZE: 4 << 20, SERVER_STATE: RUNNING, GENERATION: 1}
        self.assertEqual({r: self.machine.register(r) for r in values}, values)

    def test_window_header(self):
        m = self.machine
        self.assertEqual([m.read(WINDOW + offset) for offset in range(0, 20, 4)],
                         [0x4D525254, ABI_VERSION, 1, 3, 4 << 20])
        self.assertEqual(m.read(WINDOW + HEADER_STATE), RUNNING)
        self.assertEqual(m.read(WINDOW + HEADER_GENERATION), 1)
        self.assertEqual(m.message(), "")

    def test_window_is_shared_with_the_server(self):
        m = self.machine
        m.ring(1, 5)
        until(lambda: m.slot_word(1, PAGE_COMPLETIONS) == 1, "a completion")

    def test_registers_do_not_believe_the_window(self):
        m = self.machine
        m.qtest(f"memset {WINDOW:#x} 0x180 0xff")
        self.assertEqual(m.register(MAGIC), 0x4D525254)
        self.assertEqual(m.register(SERVER_STATE), RUNNING)
        m.qmp("system_reset")
        m.wait_event("RESET")
        m.enable(DEVICE)
        self.assertEqual(m.register(GENERATION), 2)
        self.assertEqual(m.read(WINDOW), 0x4D525254)
        self.assertEqual(m.read(WINDOW + HEADER_STATE), RUNNING)
        self.assertEqual(m.read(WINDOW + HEADER_GENERATION), 2)

    def test_doorbell_ring(self):
        m = self.machine
        m.set_slot_word(2, PAGE_TAIL, ALL)
        for position in (8, 4096, 0xFFFFFFF8):
            m.ring(2, position)
        bells = m.wait_server_lines("bell", 3)
        self.assertEqual([line.split()[1:3] for line in bells],
                         [["2", f"position={p}"] for p in (8, 4096, 0xFFFFFFF8)])
        times = [int(line.split("time=")[1]) for line in bells]
        self.assertEqual(times, sorted(times))

    def test_a_full_doorbell_ring_never_blocks(self):
        m = self.machine
        m.set_slot_word(0, PAGE_TAIL, 1000000)  # the server sleeps a second in the first one
        for position in range(200):
            m.ring(0, position)
        until(lambda: m.slot_word(0, PAGE_COMPLETIONS) >= 1, "a completion")
        until(lambda: len(m.server_lines("bell")) >= 64, "the entries of a full ring")

    def test_bad_accesses_only_log(self):
        m = self.machine
        reads = (REGISTERS + 0x1C, REGISTERS + 0xFFC, self.page(0) + DOORBELL, self.page(2) + 0x44)
        for address in reads:
            self.assertEqual(m.read(address), 0)
        for address in (REGISTERS, REGISTERS + SERVER_STATE, self.page(0) + WAIT,
                        self.page(1) + 4, self.page(2) + 0xFFC):
            m.write(address, 1)
        for width in "bw":
            m.read(self.page(0) + WAIT, width)
            m.write(self.page(0) + DOORBELL, 1, width)
        m.write(self.page(0) + DOORBELL + 2, 1)
        output = m.output()
        self.assertEqual(output.count("trireme: read of no register"), 4)
        self.assertEqual(output.count("which is no doorbell"), 5)
        self.assertIn("invalid size (min:4 max:4)", output)
        # A marker behind them all: none of the above was a doorbell.
        m.ring(2, 99)
        self.assertEqual([line.split()[1] for line in m.wait_server_lines("bell", 1)], ["2"])

    def test_slots_end_at_their_number(self):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x},slots=4")
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        for slot in (4, 5, 6):
            machine.ring(slot, 1)
            machine.read(REGISTERS + PAGE * (1 + slot) + WAIT)
        self.assertEqual(machine.output().count("which is no doorbell"), 3)
        self.assertEqual(machine.output().count("read of no register"), 3)

    def test_wait_answers_at_once_when_there_is_something(self):
        m = self.machine
        m.set_slot_word(0, PAGE_WAIT_FOR, 6)
        m.set_slot_word(0, PAGE_COMPLETIONS, 7)
        self.assertEqual(m.read(self.page(0) + WAIT), 7)

    def test_wait_of_a_bus_master_does_not_sleep(self):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x}", "-trace", "trireme_wait*")
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        # qtest's accesses have the attributes of a device's.
        self.assertEqual(machine.read(self.page(0) + WAIT), 0)
        self.assertIn("trireme_wait trireme: slot 0 wait_for 0", machine.output())
        self.assertNotIn("trireme_wait_done", machine.output())

    def test_reset(self):
        m = self.machine
        self.assertEqual(m.wait_server_lines("reset", 1), ["reset 1"])
        m.qmp("system_reset")
        self.assertEqual(m.wait_server_lines("reset", 2), ["reset 1", "reset 2"])
        self.assertEqual(m.config_read(DEVICE, 0x10), 0)  # the BARs are unmapped again
        m.enable(DEVICE)
        self.assertEqual(m.register(GENERATION), 2)
        self.assertEqual(m.register(SERVER_STATE), RUNNING)
        self.assertEqual(len(m.server_lines("start")), 1)

    def test_reset_does_not_wait_for_a_silent_server(self):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x}", fake="silent")
        self.addCleanup(machine.close)
        for _ in range(50):
            machine.qmp("system_reset")
            machine.wait_event("RESET")
        machine.enable(DEVICE)
        self.assertEqual(machine.register(GENERATION), 51)

    def test_migration_is_refused_with_a_reason(self):
        m = self.machine
        with self.assertRaisesRegex(AssertionError, "trireme: the OpenGL contexts .*device_del"):
            m.qmp("migrate", uri=f"unix:{m.folder.name}/nowhere")


class IoeventfdTest(unittest.TestCase):
    def test_wakes_and_enters_nothing(self):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x},slots=2,ioeventfd=on")
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        machine.wait_state(RUNNING)
        machine.ring(1, 0x1000)
        until(lambda: machine.slot_word(1, PAGE_COMPLETIONS) == 1, "a completion")
        self.assertEqual(machine.server_lines("wake"), ["wake 1 count=1 doorbells=0 waits=0"])
        self.assertEqual(machine.server_lines("bell"), [])


class TwoDevicesTest(unittest.TestCase):
    def test_each_has_its_own_server_and_memory(self):
        machine = Machine("-device", "trireme,addr=4,slots=2,window=4M,id=one",
                          "-device", "trireme,addr=5,slots=5,window=4M,id=two,ioeventfd=on")
        self.addCleanup(machine.close)
        second = (REGISTERS + 0x100000, WINDOW + 0x1000000)
        machine.enable(4)
        machine.enable(5, *second)
        machine.wait_state(RUNNING)
        machine.wait_state(RUNNING, second[0])
        self.assertEqual(machine.register(SLOTS), 2)
        self.assertEqual(machine.register(SLOTS, second[0]), 5)
        self.assertEqual(len(machine.server_lines("start")), 2)
        machine.ring(1, 7)
        machine.ring(4, 8, second[0])
        until(lambda: machine.slot_word(1, PAGE_COMPLETIONS) == 1, "the first's completion")
        until(lambda: machine.slot_word(4, PAGE_COMPLETIONS, second[1]) == 1, "the second's")
        self.assertEqual(machine.slot_word(1, PAGE_COMPLETIONS, second[1]), 0)


class NoServerTest(unittest.TestCase):
    def test_registers_say_so(self):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x}", server="/nonexistent/trireme")
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        self.assertEqual(machine.register(SERVER_STATE), ABSENT)
        machine.ring(0, 1)
        machine.read(REGISTERS + PAGE + WAIT)


if __name__ == "__main__":
    unittest.main()

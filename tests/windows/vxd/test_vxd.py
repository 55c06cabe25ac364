#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The driver for Windows 95, 98 and ME: its file, and its code on an emulated processor."""

import pathlib
import struct
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.append("/usr/lib/python3/dist-packages")  # where Debian has unicorn
from support import programs  # noqa: E402
from le_file import PAGE, LeFile  # noqa: E402
from vxd_machine import Machine  # noqa: E402

VXD = programs.BUILD / "guest" / "windows" / "vxd" / "trireme.vxd"

NO_FUNCTION, NO_DEVICE, DENIED, WRONG, SMALL, BUSY, RETRY = 1, 2, 5, 87, 122, 170, 1237
HEADER, CLAIM, RELEASE, MAP = (0x22e000 + 4 * n for n in range(4))
OPEN, CLOSE = 0, 0xffffffff


class File(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = LeFile(VXD.read_bytes())

    def test_header(self):
        words = self.file.words
        self.assertEqual((self.file.cpu, self.file.system, self.file.ddk), (2, 4, 0x400))
        self.assertEqual(words["flags"], 0x38000, "a dynamically loaded virtual device driver")
        self.assertEqual((words["level"], words["resource_count"], words["import_module_count"]), (0, 0, 0))
        self.assertEqual(words["preload"], words["pages"])
        self.assertEqual(words["data"] % PAGE, 0)

    def test_sections_follow_each_other(self):
        """Header, loader section, fixup section, data, names: in this order, and nothing overlaps."""
        words, at = self.file.words, self.file.at
        self.assertEqual(words["objects"], 0xc4)
        order = [words[name] for name in ("objects", "page_map", "resident", "entries", "fixup_pages",
                                          "fixup_records", "import_procedures")]
        self.assertEqual(order, sorted(set(order)))
        self.assertEqual(words["objects"] + words["loader_bytes"], words["fixup_pages"])
        self.assertLessEqual(at + words["fixup_pages"] + words["fixup_bytes"], words["data"])
        data_end = words["data"] + (words["pages"] - 1) * PAGE + words["last_page"]
        self.assertEqual(words["nonresident"], data_end)
        self.assertEqual(words["nonresident"] + words["nonresident_bytes"], len(self.file.data))

    def test_object_is_locked_memory(self):
        (size, base, flags, first, pages, name), = self.file.objects
        self.assertEqual((base, first, name), (0, 1, b"LCOD"))
        self.assertEqual(flags, 0x2047, "read, write, execute, preloaded, 32-bit")
        self.assertEqual(pages, (size + PAGE - 1) // PAGE)
        self.assertEqual(self.file.words["last_page"], size - (pages - 1) * PAGE)

    def test_names_and_entry(self):
        words, data = self.file.words, self.file.data
        names = self.file.names(self.file.place("resident"), self.file.place("entries"))
        self.assertEqual(names, [("TRIREME", 0), ("TRIREME_DDB", 1)])
        self.assertEqual(len(self.file.names(words["nonresident"], len(data))), 1)
        self.assertEqual(list(self.file.entries()), [(1, 3, 1, 0)])

    def test_descriptor(self):
        """The device descriptor block, at ordinal 1."""
        (_, _, _, offset), = self.file.entries()
        image, fixups = self.file.image(0)
        block = image[offset:offset + 0x50]
        self.assertEqual(struct.unpack_from("<IHHBBH8sI", block),
                         (0, 0x400, 0, 1, 0, 0, b"TRIREME ", 0x80000000))
        self.assertEqual(struct.unpack_from("<8I", block, 0x1c), (0,) * 8)
        self.assertEqual(block[0x3c:0x40] + block[0x44:0x50], b"verP1vsR2vsR3vsR")
        self.assertEqual(struct.unpack_from("<I", block, 0x40)[0], 0x50)
        # Control_Proc is moved with the object, and nothing else of the block is.
        self.assertEqual([place - offset for place in fixups if place < offset + 0x50], [0x18])

    def test_every_address_is_moved(self):
        """The image at two addresses differs in the fixups' words, and there by the distance."""
        low, fixups = self.file.image(0x1000)
        high, _ = self.file.image(0xc0001000)
        words = {place for place in range(len(low) - 3) if low[place:place + 4] != high[place:place + 4]
                 and place in fixups}
        self.assertEqual(words, set(fixups))
        self.assertGreater(len(fixups), 20)

    def test_a_word_across_two_pages_is_moved_in_both(self):
        sys.path.insert(0, str(programs.SOURCE / "guest" / "windows" / "vxd"))
        import write_le
        table, records = write_le.fixups([(PAGE - 2, 0x1234)], 2)
        self.assertEqual(struct.unpack("<3I", table), (0, 9, 18))
        self.assertEqual([struct.unpack_from("<BBhBI", records, at) for at in (0, 9)],
                         [(7, 0x10, PAGE - 2, 1, 0x1234), (7, 0x10, -2, 1, 0x1234)])


class Driver(unittest.TestCase):
    """Control messages and requests, as Windows would send them."""

    def setUp(self):
        self.machine = Machine(LeFile(VXD.read_bytes()), slots=4, window=64 * PAGE)
        self.assertTrue(self.machine.control(0x1b))

    def ask(self, code, words=(), room=64, handle=7, process=70, vm=700, size=None):
        data = struct.pack(f"<{len(words)}I", *words)
        return self.machine.request(code, data if size is None else bytes(size), room, handle, process, vm)

    def claim(self, slot, **who):
        return self.ask(CLAIM, (slot, 0), **who)

    def test_device_is_mapped_for_programs(self):
        machine = self.machine
        self.assertEqual(machine.command & 2, 2, "memory is switched on")
        self.assertEqual(sorted((physical, pages) for physical, pages, _ in machine.mappings.values()),
                         [(machine.window_at, 64), (machine.registers_at, 5)])
        for _, _, flags in machine.mappings.values():
            self.assertEqual(flags, 0x40060000, "each page, for programs, writable")
        self.assertTrue(machine.control(0x1c))
        self.assertEqual(machine.mappings, {})

    def test_without_a_device_programs_are_told(self):
        machine = Machine(LeFile(VXD.read_bytes()), slots=4, window=64 * PAGE, present=False)
        self.assertTrue(machine.control(0x1b))
        self.assertEqual(machine.request(OPEN, b"", 0, 7, 70, 700)[0], 0)
        self.assertEqual(machine.request(HEADER, b"", 400, 7, 70, 700)[0], NO_DEVICE)
        self.assertEqual(machine.request(CLAIM, bytes(8), 16, 7, 70, 700)[0], NO_DEVICE)
        self.assertEqual(machine.request(MAP, bytes(16), 16, 7, 70, 700)[0], DENIED)
        self.assertEqual(machine.request(CLOSE, b"", 0, 7, 70, 700)[0], 0)
        self.assertTrue(machine.control(0x1c))

    def test_another_device_is_left_alone(self):
        for change in ({"magic": 1}, {"version": 0x20000}, {"slots": 0}, {"slots": 257}):
            arguments = {"slots": 4, "window": 64 * PAGE, **change}
            machine = Machine(LeFile(VXD.read_bytes()), **arguments)
            machine.control(0x1b)
            self.assertEqual(machine.request(HEADER, b"", 400, 7, 70, 700)[0], NO_DEVICE, change)
            self.assertEqual(machine.mappings, {}, change)

    def test_a_device_without_addresses_is_left_alone(self):
        for bars in ({0x10: 0xc001}, {0x10: 0}, {0x18: 0}, {0x18: 0xc001}):
            machine = Machine(LeFile(VXD.read_bytes()), slots=4, window=64 * PAGE, bars=bars)
            machine.control(0x1b)
            self.assertEqual(machine.request(HEADER, b"", 400, 7, 70, 700)[0], NO_DEVICE, bars)
            self.assertTrue(machine.control(0x1c))
            self.assertEqual(machine.mappings, {}, bars)

    def test_where_there_is_no_room_nothing_stays(self):
        for room in (0, 1):
            machine = Machine(LeFile(VXD.read_bytes()), slots=4, window=64 * PAGE, room=room)
            machine.control(0x1b)
            self.assertEqual(machine.request(HEADER, b"", 400, 7, 70, 700)[0], NO_DEVICE)
            self.assertTrue(machine.control(0x1c))
            self.assertEqual(machine.reserved, {})

    def test_codes_that_do_not_exist(self):
        for code in (1, 0x22dffc, 0x22e010, 0x22e001, 0x22e006, 0x7fffffff):
            self.assertEqual(self.ask(code, (0, 0))[0], NO_FUNCTION, hex(code))

    def test_sizes(self):
        right = {HEADER: (0, 400), CLAIM: (8, 16), RELEASE: (8, 0), MAP: (16, 16)}
        for code, (size, room) in right.items():
            for wrong in {0, 4, 7, 9, 17, 4096} - {size}:
                self.assertEqual(self.ask(code, size=wrong, room=4096)[0], WRONG, (hex(code), wrong))
            if room:
                self.assertEqual(self.ask(code, size=size, room=room - 1)[0], SMALL, hex(code))

    def test_header(self):
        self.machine.write(self.machine.window_at, bytes(range(128)) * 3)
        error, returned, answer = self.ask(HEADER, room=400)
        self.assertEqual((error, returned), (0, 400))
        self.assertEqual(struct.unpack_from("<4I", answer), (1, 64 * PAGE, 1, 0))
        self.assertEqual(answer[16:], bytes(range(128)) * 3)

    def test_claim_and_map(self):
        error, returned, answer = self.claim(2)
        self.assertEqual((error, returned), (0, 16))
        page, registers = struct.unpack("<QQ", answer[:16])
        window = page - 3 * PAGE
        self.assertEqual(self.machine.physical(page), self.machine.window_at + 3 * PAGE)
        self.assertEqual(self.machine.physical(registers), self.machine.registers_at + 3 * PAGE)
        error, returned, answer = self.ask(MAP, (2, 10 * PAGE, 100, 0))
        self.assertEqual((error, returned), (0, 16))
        self.assertEqual(struct.unpack("<QII", answer[:16]), (window + 10 * PAGE, 10 * PAGE, 100))
        for offset, size in ((0, 0), (64 * PAGE, 1), (63 * PAGE, PAGE + 1), (0xffffffff, 2), (1, 0xffffffff)):
            self.assertEqual(self.ask(MAP, (2, offset, size, 0))[0], DENIED, (offset, size))
        self.assertEqual(self.ask(MAP, (1, 0, 1, 0))[0], DENIED)
        self.assertEqual(self.ask(MAP, (2, 0, 1, 0), handle=8)[0], DENIED)
        self.assertEqual(self.ask(MAP, (2, 0, 1, 0), process=71)[0], DENIED)

    def test_slots_that_do_not_exist(self):
        for slot in (4, 255, 0x80000000, 0xffffffff):
            self.assertEqual(self.claim(slot)[0], WRONG)
            self.assertEqual(self.ask(RELEASE, (slot, 0))[0], DENIED)
            self.assertEqual(self.ask(MAP, (slot, 0, 1, 0))[0], DENIED)

    def freed(self, slot):
        """Whether the host was asked to free the slot, since it was asked last."""
        role, = self.machine.words(self.machine.page(slot) + 4, 1)
        serial, = self.machine.words(self.machine.page(slot), 1)
        answered, = self.machine.words(self.machine.page(slot) + 0x80, 1)
        self.machine.write(self.machine.page(slot) + 0x80, struct.pack("<I", serial))
        rung = self.machine.take_doorbell(slot)
        self.assertEqual(rung, serial != answered)
        return rung and role == 0

    def open_slots(self):
        """Slots 0 and 1 are one handle's, 2 is another's of the process, 3 another process's."""
        for slot, who in enumerate(({}, {}, {"handle": 8}, {"process": 71, "vm": 701})):
            self.assertEqual(self.claim(slot, **who)[0], 0)
            self.machine.write(self.machine.page(slot) + 4, struct.pack("<I", 2))

    def test_release(self):
        self.open_slots()
        self.assertEqual(self.ask(RELEASE, (0, 0), process=71)[0], DENIED)
        self.assertEqual(self.claim(0, handle=9)[0], BUSY)
        self.assertEqual(self.ask(RELEASE, (0, 0))[0], 0)
        self.assertEqual(self.claim(0, handle=9)[0], RETRY, "the host has not answered")
        self.assertTrue(self.freed(0))
        self.assertEqual(self.claim(0, handle=9)[0], 0)

    def test_a_slot_that_was_left_open_is_freed_first(self):
        self.machine.write(self.machine.page(1) + 4, struct.pack("<I", 1))
        self.assertEqual(self.claim(1)[0], RETRY)
        self.assertTrue(self.freed(1))
        self.assertEqual(self.claim(1)[0], 0)

    def test_a_closed_handle_frees_its_slots(self):
        self.open_slots()
        self.assertEqual(self.ask(CLOSE)[0], 0)
        self.assertEqual([self.freed(slot) for slot in range(4)], [True, True, False, False])

    def test_the_end_of_a_virtual_machine_frees_its_slots(self):
        self.open_slots()
        self.assertTrue(self.machine.control(0x0a, ebx=701))
        self.assertEqual([self.freed(slot) for slot in range(4)], [False, False, False, True])

    def test_the_end_of_windows_and_of_the_driver_free_all(self):
        for message in (4, 0x1c):
            self.setUp()
            self.open_slots()
            self.assertTrue(self.machine.control(message))
            self.assertEqual([self.freed(slot) for slot in range(4)], [True] * 4)

    def test_messages_that_mean_nothing_here(self):
        for message in (*range(4), *range(5, 10), *range(0x0b, 0x1b), *range(0x1d, 0x23), 0xffff):
            self.assertTrue(self.machine.control(message))
        self.assertEqual(len(self.machine.mappings), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)

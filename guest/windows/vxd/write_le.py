#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A virtual device driver (LE executable) of an object that NASM made.

    write_le.py OBJECT.o NAME OUTPUT.vxd

The object has one section `.vxd`, which becomes the file's one object, locked in memory, and a global
symbol NAME_DDB, which becomes ordinal 1. The format is described in IBM's "OS/2 32-bit Linear
eXecutable Module Format"; what Windows has of its own at the end of the header stands in Microsoft's
winnt.h (IMAGE_VXD_HEADER).
"""

import pathlib
import struct
import sys

PAGE = 4096
# A dynamically loadable virtual device driver.
MODULE_FLAGS = 0x00038000
# Readable, writable, executable, preloaded, 32-bit.
OBJECT_FLAGS = 0x2047
STUB = 0x80
HEADER = 0xc4
R_386_32 = 1


class Elf:
    """As much of an ELF32 relocatable object as is needed."""

    def __init__(self, data):
        assert data[:6] == b"\x7fELF\x01\x01", "not a 32-bit little-endian ELF object"
        self.data = data
        at, = struct.unpack_from("<I", data, 32)
        size, count, names = struct.unpack_from("<HHH", data, 46)
        # Name, type, flags, address, offset, size, link, info, alignment, entry size.
        self.sections = [struct.unpack_from("<10I", data, at + i * size) for i in range(count)]
        self.names = [self.string(self.sections[names], section[0]) for section in self.sections]

    def contents(self, section):
        return self.data[section[4]:section[4] + section[5]]

    def string(self, table, offset):
        start = table[4] + offset
        return self.data[start:self.data.index(b"\0", start)].decode("ascii")

    def section(self, name):
        return self.sections[self.names.index(name)]

    def symbols(self):
        """(name, value, section's index) of each."""
        table = self.section(".symtab")
        strings = self.sections[table[6]]
        for at in range(table[4], table[4] + table[5], 16):
            name, value, _, _, _, index = struct.unpack_from("<IIIBBH", self.data, at)
            yield self.string(strings, name), value, index

    def relocations(self, name):
        """(place, what the word there becomes) of the section's, both as offsets in it."""
        index = self.names.index(name)
        code = self.contents(self.sections[index])
        symbols = list(self.symbols())
        for section in self.sections:
            if section[1] != 9 or section[7] != index:  # SHT_REL of this section
                continue
            for at in range(section[4], section[4] + section[5], 8):
                place, info = struct.unpack_from("<II", self.data, at)
                _, value, where = symbols[info >> 8]
                assert info & 0xff == R_386_32 and where == index, "a relocation that leads elsewhere"
                yield place, value + struct.unpack_from("<I", code, place)[0]


def names_table(*names):
    """Names with their ordinals."""
    table = b""
    for name, ordinal in names:
        table += bytes([len(name)]) + name.encode("ascii") + struct.pack("<H", ordinal)
    return table + b"\0"


def fixups(relocations, pages):
    """The table of pages' records and the records. A word across two pages has a record for each."""
    records = [b""] * pages
    for place, target in sorted(relocations):
        for page in {place // PAGE, (place + 3) // PAGE}:
            # A 32-bit offset at `place` in the page becomes a 32-bit offset in object 1.
            records[page] += struct.pack("<BBhBI", 7, 0x10, place - page * PAGE, 1, target)
    offsets = [sum(map(len, records[:page])) for page in range(pages + 1)]
    return struct.pack(f"<{pages + 1}I", *offsets), b"".join(records)


def align(data, size):
    return data + bytes(-len(data) % size)


def make(elf, name):
    code = elf.contents(elf.section(".vxd"))
    ddb = next(value for symbol, value, _ in elf.symbols() if symbol == f"{name}_DDB")
    pages = (len(code) + PAGE - 1) // PAGE
    page_table, records = fixups(elf.relocations(".vxd"), pages)

    # The loader's section, in the order that the header has it.
    objects = struct.pack("<IIIII4s", len(code), 0, OBJECT_FLAGS, 1, pages, b"LCOD")
    page_map = b"".join(struct.pack(">I", page << 8) for page in range(1, pages + 1))
    resident = names_table((name, 0), (f"{name}_DDB", 1))
    # One 32-bit entry, exported, in object 1.
    entries = struct.pack("<BBHBI", 1, 3, 1, 3, ddb) + b"\0"
    nonresident = names_table((f"{name} virtual device", 0))

    at_objects = HEADER
    at_map = at_objects + len(objects)
    at_resident = at_map + len(page_map)
    at_entries = at_resident + len(resident)
    at_pages = at_entries + len(entries)
    at_records = at_pages + len(page_table)
    at_imports = at_records + len(records)
    loader = objects + page_map + resident + entries
    fixup = page_table + records + b"\0"  # and the empty name of no imported procedure
    data_at = STUB + HEADER + len(loader) + len(fixup)
    data_at += -data_at % PAGE

    header = bytearray(HEADER)
    header[:2] = b"LE"
    # The words that are not 0: processor 386, system "Windows 386", and at the end the DDK's version.
    for at, value in {0x08: 2, 0x0a: 4, 0xc2: 0x400}.items():
        struct.pack_into("<H", header, at, value)
    for at, value in {
            0x10: MODULE_FLAGS, 0x14: pages, 0x28: PAGE, 0x2c: len(code) - (pages - 1) * PAGE,
            0x30: len(fixup), 0x38: len(loader), 0x40: at_objects, 0x44: 1, 0x48: at_map,
            0x50: at_resident, 0x58: at_resident, 0x5c: at_entries, 0x68: at_pages, 0x6c: at_records,
            0x70: at_imports, 0x78: at_imports, 0x80: data_at, 0x84: pages,
            0x88: data_at + len(code), 0x8c: len(nonresident)}.items():
        struct.pack_into("<I", header, at, value)
    return header, loader, fixup, code, nonresident


def stub():
    """Says under DOS that this is no program."""
    text = b"This is a driver of Windows 95.\r\n$"
    program = b"\x0e\x1f\xba\x0e\x00\xb4\x09\xcd\x21\xb8\x01\x4c\xcd\x21" + text
    header = struct.pack("<2s13H", b"MZ", STUB, 1, 0, 4, 0, 0xffff, 0, 0xb8, 0, 0, 0, 0x40, 0)
    header = header.ljust(0x3c, b"\0") + struct.pack("<I", STUB)
    return (header + program).ljust(STUB, b"\0")


def main(source, name, output):
    parts = make(Elf(pathlib.Path(source).read_bytes()), name)
    header, loader, fixup, code, nonresident = parts
    image = align(stub() + header + loader + fixup, PAGE)
    pathlib.Path(output).write_bytes(image + code + nonresident)


if __name__ == "__main__":
    main(*sys.argv[1:])

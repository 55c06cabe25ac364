# SPDX-License-Identifier: GPL-2.0-or-later
"""A reader of virtual device drivers (LE executables), which believes nothing that it does not check."""

import struct

PAGE = 4096
# Names of the header's 32-bit words by their place.
WORDS = {
    "level": 0x04, "version": 0x0c, "flags": 0x10, "pages": 0x14, "page_size": 0x28, "last_page": 0x2c,
    "fixup_bytes": 0x30, "loader_bytes": 0x38, "objects": 0x40, "object_count": 0x44, "page_map": 0x48,
    "resources": 0x50, "resource_count": 0x54, "resident": 0x58, "entries": 0x5c, "fixup_pages": 0x68,
    "fixup_records": 0x6c, "import_modules": 0x70, "import_module_count": 0x74,
    "import_procedures": 0x78, "data": 0x80, "preload": 0x84, "nonresident": 0x88,
    "nonresident_bytes": 0x8c,
}


class Broken(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Broken(what)


class LeFile:
    def __init__(self, data):
        self.data = data
        need(data[:2] == b"MZ" and struct.unpack_from("<H", data, 0x18)[0] >= 0x40, "no MZ header")
        self.at, = struct.unpack_from("<I", data, 0x3c)
        need(data[self.at:self.at + 4] == b"LE\0\0", "no little-endian LE header")
        self.cpu, self.system = struct.unpack_from("<HH", data, self.at + 8)
        self.ddk, = struct.unpack_from("<H", data, self.at + 0xc2)
        self.words = {name: struct.unpack_from("<I", data, self.at + place)[0]
                      for name, place in WORDS.items()}
        need(self.words["page_size"] == PAGE, "page size")
        self.objects = [struct.unpack_from("<IIIII4s", data, self.place("objects") + 24 * i)
                        for i in range(self.words["object_count"])]
        need(sum(entry[4] for entry in self.objects) == self.words["pages"], "pages of objects")

    def place(self, name):
        return self.at + self.words[name]

    def page(self, number):
        """The data of page `number`, counted from 1, as the page map has it."""
        entry = self.data[self.place("page_map") + 4 * (number - 1):][:4]
        need(entry[3] == 0, "a page that is not plain data")
        physical = int.from_bytes(entry[:3], "big")
        need(1 <= physical <= self.words["pages"], "a page outside of the file")
        size = self.words["last_page"] if physical == self.words["pages"] else PAGE
        start = self.words["data"] + (physical - 1) * PAGE
        need(start + size <= len(self.data), "the file is too short")
        return self.data[start:start + size].ljust(PAGE, b"\0")

    def fixups(self):
        """(page from 0, place in the page, object, offset in it), each a 32-bit offset."""
        pages = self.words["pages"]
        bounds = struct.unpack_from(f"<{pages + 1}I", self.data, self.place("fixup_pages"))
        need(bounds[0] == 0 and list(bounds) == sorted(bounds), "fixup page table")
        end = self.place("fixup_pages") + self.words["fixup_bytes"]
        need(self.place("fixup_records") + bounds[-1] <= end, "fixup records end behind their section")
        for page in range(pages):
            at = self.place("fixup_records") + bounds[page]
            while at < self.place("fixup_records") + bounds[page + 1]:
                kind, flags, place, target, offset = struct.unpack_from("<BBhBI", self.data, at)
                need((kind, flags) == (7, 0x10), "a fixup that is no 32-bit offset inside the file")
                yield page, place, target, offset
                at += 9

    def names(self, start, end):
        """[(name, ordinal)] of a table of names."""
        found = []
        while self.data[start] != 0:
            size = self.data[start]
            name = self.data[start + 1:start + 1 + size].decode("ascii")
            found.append((name, *struct.unpack_from("<H", self.data, start + 1 + size)))
            start += 3 + size
            need(start < end, "names end behind their table")
        return found

    def entries(self):
        """(ordinal, flags, object, offset) of each 32-bit entry."""
        at, ordinal = self.place("entries"), 1
        while self.data[at] != 0:
            count, kind, target = struct.unpack_from("<BBH", self.data, at)
            need(kind == 3, "an entry that is not 32-bit")
            at += 4
            for _ in range(count):
                flags, offset = struct.unpack_from("<BI", self.data, at)
                yield ordinal, flags, target, offset
                at, ordinal = at + 5, ordinal + 1

    def image(self, base):
        """The one object as it is in memory at `base`."""
        need(len(self.objects) == 1, "one object")
        size, _, _, first, pages, _ = self.objects[0]
        memory = bytearray(b"".join(self.page(first + i) for i in range(pages)))
        written = {}
        for page, place, target, offset in self.fixups():
            need(target == 1 and offset < size, "a fixup that leads out of the object")
            word = page * PAGE + place
            need(0 <= word <= size - 4, "a fixup out of the object")
            need(written.setdefault(word, offset) == offset, "two fixups of one word differ")
            struct.pack_into("<I", memory, word, base + offset)
        return bytes(memory), written

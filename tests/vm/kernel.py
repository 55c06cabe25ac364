#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes the ELF image out of an x86 Linux kernel: kernel.py VMLINUZ VMLINUX

QEMU boots that ELF through its PVH entry, and the guest need not decompress itself.
"""

import lzma
import struct
import sys


def elf_of(image):
    """Returns the payload that the boot protocol's header points to (Documentation/x86/boot.rst:
    setup_sects at 0x1f1, payload_offset at 0x248, payload_length at 0x24c)."""
    if image[0x202:0x206] != b"HdrS":
        raise ValueError("no boot protocol header")
    setup_sectors = image[0x1f1] or 4
    offset, length = struct.unpack_from("<II", image, 0x248)
    start = (setup_sectors + 1) * 512 + offset
    # The payload ends with the size of what it unpacks to, which lzma must not see.
    elf = lzma.LZMADecompressor().decompress(image[start:start + length])
    if not elf.startswith(b"\x7fELF"):
        raise ValueError("the payload is no ELF file")
    return elf


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as source:
        elf = elf_of(source.read())
    with open(sys.argv[2], "wb") as target:
        target.write(elf)


if __name__ == "__main__":
    main()

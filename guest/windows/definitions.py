#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Module definitions for the linker, from exports.txt and imports.txt.

    definitions.py exports exports.txt BITS DLL.def
    definitions.py import imports.txt BITS kernel32.dll kernel32.def
"""

import pathlib
import sys


def lines(path):
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def read_exports(path):
    """(name, bytes of arguments, function) of each export."""
    return [(words[0], int(words[1]), words[2] if len(words) > 2 else "trireme_" + words[0])
            for words in lines(path)]


def read_imports(path):
    """{DLL: {name: bytes of arguments, or None for cdecl}}"""
    dlls = {}
    for words in lines(path):
        if words[0].startswith("["):
            current = dlls[words[0].strip("[]")] = {}
        else:
            current[words[0]] = int(words[1]) if len(words) > 1 else None
    return dlls


def decorated(name, size, bits):
    return f"{name}@{size}" if bits == 32 and size is not None else name


def main(kind, source, bits, *rest):
    bits = int(bits)
    if kind == "exports":
        text = "EXPORTS\n" + "".join(f"  {name} = {decorated(function, size, bits)}\n"
                                     for name, size, function in read_exports(source))
    else:
        dll = rest[0]
        text = f"LIBRARY {dll}\nEXPORTS\n" + "".join(
            f"  {decorated(name, size, bits)}\n" for name, size in read_imports(source)[dll].items())
    pathlib.Path(rest[-1]).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The Windows DLLs as files: what they import and export, and the instructions of the 32-bit one."""

import functools
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402

SOURCE = programs.SOURCE / "guest" / "windows"
sys.path.insert(0, str(SOURCE))
import definitions  # noqa: E402

TRIPLETS = {32: "i686-w64-mingw32", 64: "x86_64-w64-mingw32"}

# Conditional moves, comparisons of the FPU into the flags, MMX and later registers, and what came
# with the processors behind the Pentium.
NEWER = re.compile(r"^(f?cmov\w+|fu?comip?|\w*fence|prefetch\w*|sysenter|sysexit|syscall|emms|fxsave"
                   r"|fxrstor|nop[wl]|pause|rdpmc|ud2|clflush|movnti|popcnt|lzcnt|tzcnt"
                   r"|xgetbv)$")
NEWER_REGISTER = re.compile(r"%([xyz]?mm[0-9]+)")


def tool(bits, name, *arguments):
    return subprocess.run([f"{TRIPLETS[bits]}-{name}", *map(str, arguments)], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


@functools.cache
def dll(bits):
    return programs.BUILD / "guest" / "windows" / f"opengl32-{bits}.dll"


@functools.cache
def headers(bits):
    return tool(bits, "objdump", "-p", dll(bits))


def imports(text):
    """{DLL: names} of `objdump -p`."""
    found = {}
    for line in text.splitlines():
        start = re.match(r"\s*DLL Name: (\S+)", line)
        entry = re.match(r"\s*[0-9a-f]+\s+\d+\s+(\w+)$", line)
        if start:
            names = found[start.group(1).lower()] = set()
        elif entry and found:
            names.add(entry.group(1))
        elif line.startswith("There is an export table"):
            break
    return found


def exports(text):
    """{name: address in the file's view} of `objdump -p`."""
    base = int(re.search(r"ImageBase\s+([0-9a-f]+)", text).group(1), 16)
    addresses = {int(index): base + int(rva, 16) for index, rva in
                 re.findall(r"\[\s*(\d+)\] \+base\[\s*\d+\] ([0-9a-f]+) Export RVA", text)}
    table = text[text.index("[Ordinal/Name Pointer] Table"):]
    names = re.findall(r"^\s*\[\s*(\d+)\] (?:\+base\[\s*\d+\]\s+[0-9a-f]+ )?(\w+)$", table, re.M)
    return {name: addresses[int(index)] for index, name in names}


def instructions(disassembly):
    """((address, name) of the function, mnemonic, operands) of `objdump -d --no-show-raw-insn`."""
    function = None
    for line in disassembly.splitlines():
        label = re.match(r"([0-9a-f]+) <(.*)>:$", line)
        code = re.match(r"\s*[0-9a-f]+:\s+(?:(?:lock|repn?z?|data16|[c-g]s)\s+)*(\S+)\s*(.*)$", line)
        if label:
            function = int(label.group(1), 16), label.group(2)
        elif code:
            yield function, code.group(1), code.group(2)


def newer_than_pentium(disassembly):
    return [f"{function[1]}: {mnemonic} {operands}"
            for function, mnemonic, operands in instructions(disassembly)
            if NEWER.match(mnemonic) or NEWER_REGISTER.search(operands)]


def disassemble(bits, path):
    return tool(bits, "objdump", "-d", "--no-show-raw-insn", path)


def microsoft_exports():
    """{name: bytes of arguments} of mingw-w64's import library of Microsoft's DLL."""
    library = pathlib.Path(tool(32, "gcc", "-print-file-name=libopengl32.a").strip())
    names = re.findall(r" T _(\w+)@(\d+)$", tool(32, "nm", library), re.M)
    return {name: int(size) for name, size in names}


class Imports(unittest.TestCase):
    def test_only_what_windows_98_has(self):
        allowed = definitions.read_imports(SOURCE / "imports.txt")
        for bits in TRIPLETS:
            found = imports(headers(bits))
            self.assertIn("GetDCEx", found["user32.dll"])
            for library, names in found.items():
                self.assertIn(library, allowed)
                self.assertLessEqual(names, set(allowed[library]), f"{library}, {bits} bits")


class Exports(unittest.TestCase):
    def test_names_are_microsofts(self):
        for bits in TRIPLETS:
            self.assertEqual(set(exports(headers(bits))), set(microsoft_exports()), f"{bits} bits")

    def test_callees_take_their_arguments_off_the_stack(self):
        """As many bytes as Microsoft's do; a function that ends in another's is that one's affair."""
        returns = {}
        for function, mnemonic, operands in instructions(disassemble(32, dll(32))):
            if mnemonic == "ret":
                size = int(operands.strip().lstrip("$"), 16) if operands.strip() else 0
                returns.setdefault(function[0], set()).add(size)
        checked = 0
        table = exports(headers(32))
        for name, size in microsoft_exports().items():
            found = returns.get(table[name])
            if found:
                self.assertEqual(found, {size}, name)
                checked += 1
        self.assertGreater(checked, len(table) * 3 // 4)


class Instructions(unittest.TestCase):
    def test_none_is_newer_than_the_pentium(self):
        self.assertEqual(newer_than_pentium(disassemble(32, dll(32)))[:20], [])

    def test_newer_ones_would_be_found(self):
        for line in ("cmovne %eax, %ecx", "fcomi %st(1), %st", "fcmovb %st(1), %st", "fucomip %st(2), %st",
                     "movss %xmm0, %xmm1", "paddd %mm0, %mm1", "sfence", "nopl (%eax)", "emms",
                     "prefetchnta (%eax)", "ud2", "rep nop"):
            with self.subTest(line), tempfile.TemporaryDirectory() as folder:
                source = pathlib.Path(folder, "line.s")
                source.write_text(f"line:\n  {line}\n", encoding="ascii")
                tool(32, "gcc", "-c", source, "-o", f"{source}.o")
                self.assertTrue(newer_than_pentium(disassemble(32, f"{source}.o")))


if __name__ == "__main__":
    unittest.main(verbosity=2)

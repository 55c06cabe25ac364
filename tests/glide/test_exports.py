#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Glide's libraries as files: exports and what they take off the stack, imports, instructions."""

import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parent / "windows"))
from support import programs  # noqa: E402
import test_dlls as dlls  # noqa: E402

GENERATOR = programs.SOURCE / "dispatch" / "glide" / "gen"
sys.path.insert(0, str(GENERATOR))
import api  # noqa: E402

FOLDER = programs.BUILD / "guest" / "glide"
DLLS = {"2.1": "glide.dll", "2.4": "glide2x.dll", "3.1": "glide3x.dll"}
LIBRARIES = {"2.4": "libglide2x.so", "3.1": "libglide3x.so"}
EXPORTS = api.read_exports(GENERATOR / "exports.txt")


def headers(name):
    return dlls.tool(32, "objdump", "-p", FOLDER / name)


def exports(text):
    """{name: address} of `objdump -p`, of decorated names."""
    base = int(re.search(r"ImageBase\s+([0-9a-f]+)", text).group(1), 16)
    addresses = {int(index): base + int(rva, 16) for index, rva in
                 re.findall(r"\[\s*(\d+)\] \+base\[\s*\d+\] ([0-9a-f]+) Export RVA", text)}
    table = text[text.index("[Ordinal/Name Pointer] Table"):]
    names = re.findall(r"^\s*\[\s*(\d+)\] (?:\+base\[\s*\d+\]\s+[0-9a-f]+ )?(\S+)$", table, re.M)
    return {name: addresses[int(index)] for index, name in names}


class Windows(unittest.TestCase):
    def test_every_export_of_the_version_and_no_other(self):
        for version, name in DLLS.items():
            wanted = {f"_{function}@{size}" for function, size in EXPORTS[version].items()}
            self.assertEqual(set(exports(headers(name))), wanted, name)

    def test_callees_take_their_arguments_off_the_stack(self):
        for version, name in DLLS.items():
            returns = {}
            for function, mnemonic, operands in dlls.instructions(dlls.disassemble(32, FOLDER / name)):
                if mnemonic == "ret":
                    size = int(operands.strip().lstrip("$"), 16) if operands.strip() else 0
                    returns.setdefault(function[0], set()).add(size)
            checked = 0
            for export, address in exports(headers(name)).items():
                if address in returns:
                    self.assertEqual(returns[address], {int(export.split("@")[1])}, export)
                    checked += 1
            self.assertGreater(checked, len(EXPORTS[version]) * 3 // 4, name)

    def test_imports_only_what_windows_98_has(self):
        allowed = dlls.definitions.read_imports(dlls.SOURCE / "imports.txt")
        for name in DLLS.values():
            found = dlls.imports(headers(name))
            self.assertIn("StretchDIBits", found["gdi32.dll"])
            for library, names in found.items():
                self.assertLessEqual(names, set(allowed.get(library, ())), f"{name}: {library}")

    def test_no_instruction_is_newer_than_the_pentium(self):
        for name in DLLS.values():
            self.assertEqual(dlls.newer_than_pentium(dlls.disassemble(32, FOLDER / name))[:20], [], name)


class Linux(unittest.TestCase):
    def test_every_export_of_the_version_and_no_other(self):
        for version, name in LIBRARIES.items():
            for path in (FOLDER / name, *FOLDER.glob(f"i386/{name}")):
                text = subprocess.run(["nm", "-D", "--defined-only", path], check=True, text=True,
                                      stdout=subprocess.PIPE).stdout
                self.assertEqual({line.split()[-1] for line in text.splitlines()}, set(EXPORTS[version]), path)


class Description(unittest.TestCase):
    def check_wrong(self, change, why):
        description = (GENERATOR / "glide.toml").read_text(encoding="utf-8")
        changed = description.replace(*change)
        self.assertNotEqual(changed, description)
        path = programs.BUILD / "glide-wrong.toml"
        path.write_text(changed, encoding="utf-8")
        with self.assertRaisesRegex(api.ApiError, why):
            api.Api(path, GENERATOR / "exports.txt")
        path.unlink()

    def test_an_export_that_is_not_described_is_named(self):
        self.check_wrong(('"void grSstIdle(void)" = "hand"\n', ""), "grSstIdle of Glide 2.1 is not described")

    def test_a_wrong_stack_size_is_named(self):
        self.check_wrong(("void grCullMode(int32_t mode)", "void grCullMode(int32_t mode, int32_t more)"), "grCullMode")

    def test_a_function_is_like_its_command(self):
        self.check_wrong(("void grDitherMode(int32_t mode)", "void grDitherMode(int32_t other)"), "grDitherMode")


if __name__ == "__main__":
    unittest.main(verbosity=2)

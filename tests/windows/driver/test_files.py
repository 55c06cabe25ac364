#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The Windows driver as files: what a kernel needs to load it, and its INF."""

import pathlib
import re
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import test_dlls as pe  # noqa: E402
from test_dlls import programs  # noqa: E402

DRIVER = programs.SOURCE / "guest" / "windows" / "driver"

# What the driver uses of ntoskrnl.exe; each is in Windows 2000, or for __C_specific_handler in the
# first Windows for x86-64.
KERNEL = """ExAllocatePoolWithTag ExFreePoolWithTag IoAcquireRemoveLockEx IoAllocateMdl
IoAttachDeviceToDeviceStack IoCreateDevice IoCreateSymbolicLink IoDeleteDevice IoDeleteSymbolicLink
IoDetachDevice IoFreeMdl IoGetCurrentProcess IoInitializeRemoveLockEx IoReleaseRemoveLockAndWaitEx
IoReleaseRemoveLockEx IofCallDriver IofCompleteRequest KeInitializeEvent KeInitializeMutex KeReleaseMutex
KeSetEvent KeStackAttachProcess KeUnstackDetachProcess KeWaitForSingleObject MmBuildMdlForNonPagedPool
MmMapIoSpace MmMapLockedPagesSpecifyCache MmUnmapIoSpace MmUnmapLockedPages ObfDereferenceObject
ObfReferenceObject PoCallDriver PoStartNextPowerIrp PsGetCurrentProcessId PsSetCreateProcessNotifyRoutine
RtlInitUnicodeString RtlUnwind __C_specific_handler memcpy memset""".split()


def path(bits):
    return programs.BUILD / "guest" / "windows" / "driver" / f"trireme-{bits}.sys"


def headers(bits):
    return pe.tool(bits, "objdump", "-p", path(bits))


def checksum(data, at):
    """Of an image, as Windows' loader counts it; `at` is where the header keeps it."""
    data = data[:at] + bytes(4) + data[at + 4:]
    total = sum(struct.unpack(f"<{len(data) // 2}H", data[:len(data) & ~1]))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total + len(data)


class Driver(unittest.TestCase):
    def test_imports_only_what_windows_2000_has(self):
        for bits in pe.TRIPLETS:
            found = pe.imports(headers(bits))
            self.assertEqual(set(found), {"ntoskrnl.exe"})
            self.assertLessEqual(found["ntoskrnl.exe"], set(KERNEL))

    def test_no_instruction_is_newer_than_the_pentium(self):
        self.assertEqual(pe.newer_than_pentium(pe.disassemble(32, path(32))), [])

    def test_no_register_that_the_kernel_does_not_save(self):
        self.assertNotRegex(pe.disassemble(64, path(64)), "%[xy]mm|%mm|%st")

    def test_is_a_native_image_that_can_be_moved(self):
        for bits in pe.TRIPLETS:
            text = headers(bits)
            self.assertRegex(text, r"Subsystem\s+00000001")
            self.assertNotIn("relocations stripped", text)
            self.assertRegex(text, r"Entry 5 [0-9a-f]+ 0*[1-9a-f][0-9a-f]* Base Relocation")

    def test_checksum(self):
        for bits in pe.TRIPLETS:
            data = path(bits).read_bytes()
            at = struct.unpack_from("<I", data, 0x3c)[0] + 24 + 64
            self.assertEqual(struct.unpack_from("<I", data, at)[0], checksum(data, at))


class Inf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = (DRIVER / "trireme.inf").read_text(encoding="ascii")
        cls.sections = {}
        for line in cls.text.splitlines():
            line = line.split(";")[0].strip()
            if line.startswith("["):
                current = cls.sections[line.strip("[]")] = []
            elif line:
                current.append(line)

    def test_names_the_device(self):
        abi = (programs.SOURCE / "ring" / "abi.h").read_text(encoding="ascii")
        vendor, device = (int(re.search(rf"TRIREME_PCI_{name} 0x(\w+)u", abi).group(1), 16)
                          for name in ("VENDOR", "DEVICE"))
        for section in ("Devices", "Devices.NTamd64"):
            self.assertEqual(self.sections[section],
                             [f"%Device% = Install,PCI\\VEN_{vendor:04X}&DEV_{device:04X}"])

    def test_every_name_leads_somewhere(self):
        strings = {line.split("=")[0].strip() for line in self.sections["Strings"]}
        self.assertLessEqual(set(re.findall(r"%([A-Za-z]+)%", self.text)), strings)
        for section in ("Install.NT", "Install.NT.Services", "Files", "Service", "SourceDisksFiles",
                        "SourceDisksFiles.amd64", "SourceDisksNames.amd64", "Class.AddReg"):
            self.assertIn(section, self.sections)
        self.assertEqual(self.sections["Files"], ["trireme.sys"])
        self.assertIn("ServiceBinary = %12%\\trireme.sys", self.sections["Service"])


if __name__ == "__main__":
    unittest.main(verbosity=2)

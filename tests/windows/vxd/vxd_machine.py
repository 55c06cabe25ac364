# SPDX-License-Identifier: GPL-2.0-or-later
"""An emulated processor with a PCI device and Windows' memory services, for a virtual device driver."""

import struct

from unicorn import UC_ARCH_X86, UC_HOOK_INSN, UC_HOOK_INTR, UC_MODE_32, Uc
from unicorn.x86_const import (UC_X86_INS_IN, UC_X86_INS_OUT, UC_X86_REG_EAX, UC_X86_REG_EBP, UC_X86_REG_EBX,
                               UC_X86_REG_ECX, UC_X86_REG_EDI, UC_X86_REG_EDX, UC_X86_REG_EFLAGS,
                               UC_X86_REG_EIP, UC_X86_REG_ESI, UC_X86_REG_ESP)

from le_file import PAGE

CODE = 0xc0100000
STACK = 0xc0800000
RETURN = 0xc0900000
PROGRAM = 0x00400000  # the program's buffers
ARENA = 0x80000000
PAGE_FREE, PAGE_RESERVE, PAGE_COMMIT_PHYS = 0x55, 0x11d, 0x128
KEPT = (UC_X86_REG_EBX, UC_X86_REG_ECX, UC_X86_REG_EDX, UC_X86_REG_ESI, UC_X86_REG_EDI, UC_X86_REG_EBP,
        UC_X86_REG_ESP)
# The device's bus, device and function, as configuration space has it.
DEVICE = 0x80000000 | 2 << 16 | 5 << 11 | 3 << 8
NOT_RUNG = 0x5a5a5a5a


class Machine:
    def __init__(self, file, slots, window, present=True, magic=0x4d525254, version=0x10001,
                 bars=None, room=2):
        self.registers_at, self.window_at = 0xfe000000, 0xe0000000
        self.memory = {self.registers_at: bytearray((1 + 256) * PAGE), self.window_at: bytearray(window)}
        self.slots, self.present = slots, present
        struct.pack_into("<5I", self.memory[self.registers_at], 0, magic, version, 1, slots, window)
        self.config = {0: 0x74721b36, 4: 0x00100000, 0x10: self.registers_at, 0x18: self.window_at | 8}
        self.config.update(bars or {})
        self.room = room  # how many pieces of memory can be mapped at once
        self.address = 0
        self.mappings, self.reserved = {}, {}  # by linear address
        self.next = ARENA

        image, _ = file.image(CODE)
        (_, _, _, descriptor), = file.entries()
        self.entry, = struct.unpack_from("<I", image, descriptor + 0x18)
        self.cpu = Uc(UC_ARCH_X86, UC_MODE_32)
        for start, size in ((CODE, len(image)), (STACK - 16 * PAGE, 16 * PAGE), (RETURN, PAGE),
                            (PROGRAM, 4 * PAGE)):
            self.cpu.mem_map(start, size)
        self.cpu.mem_write(CODE, image)
        self.cpu.hook_add(UC_HOOK_INTR, self.interrupt)
        self.cpu.hook_add(UC_HOOK_INSN, self.port_in, None, 1, 0, UC_X86_INS_IN)
        self.cpu.hook_add(UC_HOOK_INSN, self.port_out, None, 1, 0, UC_X86_INS_OUT)
        for slot in range(min(slots, 256)):
            self.take_doorbell(slot)

    # PCI

    @property
    def command(self):
        return self.config[4] & 0xffff

    def port_in(self, _cpu, port, size, _data):
        assert (port, size) == (0xcfc, 4)
        if not self.present or self.address & ~0xff != DEVICE:
            return 0xffffffff
        return self.config.get(self.address & 0xff, 0)

    def port_out(self, _cpu, port, size, value, _data):
        assert size == 4
        if port == 0xcf8:
            self.address = value
        else:
            assert port == 0xcfc and self.present and self.address == DEVICE | 4, "only the command is written"
            assert value >> 16 == 0, "ones clear what the device said of itself"
            self.config[4] = value

    # VMM

    def interrupt(self, cpu, number, _data):
        assert number == 0x20, f"interrupt {number:#x}"
        at = cpu.reg_read(UC_X86_REG_EIP)
        service, = struct.unpack("<I", cpu.mem_read(at, 4))
        stack = cpu.reg_read(UC_X86_REG_ESP)
        arguments = struct.unpack("<4I", cpu.mem_read(stack, 16))
        result = {0x10000 + PAGE_RESERVE: self.page_reserve, 0x10000 + PAGE_COMMIT_PHYS: self.page_commit_phys,
                  0x10000 + PAGE_FREE: self.page_free}[service](*arguments)
        # Services of C's calling convention keep EBX, ESI, EDI and EBP alone.
        for register, value in ((UC_X86_REG_EAX, result), (UC_X86_REG_ECX, 0xdead0001),
                                (UC_X86_REG_EDX, 0xdead0002), (UC_X86_REG_EIP, at + 4)):
            cpu.reg_write(register, value)

    def page_reserve(self, where, pages, flags, _):
        assert (where, flags) == (0x80060000, 8), "anywhere in the shared arena, fixed"
        address, self.next = self.next, self.next + (pages + 16) * PAGE
        self.reserved[address] = pages
        return address

    def page_commit_phys(self, page, pages, physical, flags):
        address, physical = page * PAGE, physical * PAGE
        assert self.reserved[address] == pages and address not in self.mappings
        if len(self.mappings) == self.room:
            return 0
        memory = self.memory[physical]
        assert pages * PAGE <= len(memory), "beyond the device's memory"
        self.cpu.mem_map(address, pages * PAGE)
        self.cpu.mem_write(address, bytes(memory[:pages * PAGE]))
        self.mappings[address] = (physical, pages, flags)
        return 1

    def page_free(self, address, flags, *_):
        assert flags == 0
        self.reserved.pop(address)
        if address in self.mappings:
            physical, pages, _ = self.mappings.pop(address)
            self.memory[physical][:pages * PAGE] = self.cpu.mem_read(address, pages * PAGE)
            self.cpu.mem_unmap(address, pages * PAGE)
        return 1

    # The device's memory, wherever it is mapped

    def linear(self, physical):
        for address, (start, pages, _) in self.mappings.items():
            if start <= physical < start + pages * PAGE:
                return address + physical - start
        return None

    def physical(self, linear):
        for address, (start, pages, _) in self.mappings.items():
            if address <= linear < address + pages * PAGE:
                return start + linear - address
        return None

    def write(self, physical, data):
        address = self.linear(physical)
        if address is not None:
            self.cpu.mem_write(address, data)
        else:
            start = self.window_at if physical < self.registers_at else self.registers_at
            self.memory[start][physical - start:physical - start + len(data)] = data

    def words(self, physical, count):
        address = self.linear(physical)
        if address is not None:
            return struct.unpack(f"<{count}I", self.cpu.mem_read(address, 4 * count))
        start = self.window_at if physical < self.registers_at else self.registers_at
        return struct.unpack_from(f"<{count}I", self.memory[start], physical - start)

    def page(self, slot):
        return self.window_at + (1 + slot) * PAGE

    def take_doorbell(self, slot):
        """Whether the slot's doorbell was rung since it was looked at."""
        register = self.registers_at + (1 + slot) * PAGE
        rung = self.words(register, 1)[0] != NOT_RUNG
        self.write(register, struct.pack("<I", NOT_RUNG))
        return rung

    # Messages

    def control(self, message, ebx=0x1111, esi=0x2222):
        """False: the driver says that it failed. It must leave the registers but EAX as they were."""
        cpu = self.cpu
        values = (ebx, 0x3333, 0x4444, esi, 0x5555, 0x6666, STACK - 64)
        for register, value in zip(KEPT, values):
            cpu.reg_write(register, value)
        cpu.mem_write(STACK - 64, struct.pack("<I", RETURN))
        cpu.reg_write(UC_X86_REG_EAX, message)
        cpu.reg_write(UC_X86_REG_EFLAGS, 0x202 | 1)
        cpu.emu_start(self.entry, RETURN)
        assert cpu.reg_read(UC_X86_REG_EIP) == RETURN
        after = tuple(cpu.reg_read(register) for register in KEPT)
        assert after == (*values[:-1], STACK - 60), [hex(value) for value in after]
        flags = cpu.reg_read(UC_X86_REG_EFLAGS)
        assert flags & 0x200, "interrupts are off"
        return not flags & 1

    def request(self, code, data, room, handle, process, vm):
        """A program's request: (error, bytes returned, what is in its buffer)."""
        where, out, returned = PROGRAM + PAGE, PROGRAM + 2 * PAGE, PROGRAM + 4 * PAGE - 4
        self.cpu.mem_write(where, data)
        self.cpu.mem_write(out, b"\xee" * (2 * PAGE))
        self.cpu.mem_write(PROGRAM, struct.pack("<12I", 0, vm, 0, code, where if data else 0, len(data),
                                                out if room else 0, room, returned, 0, handle, process))
        assert self.control(0x23, esi=PROGRAM)
        answer = bytes(self.cpu.mem_read(out, room))
        assert bytes(self.cpu.mem_read(out + room, 16)) == b"\xee" * 16, "written behind the buffer"
        return self.cpu.reg_read(UC_X86_REG_EAX), *struct.unpack("<I", self.cpu.mem_read(returned, 4)), answer

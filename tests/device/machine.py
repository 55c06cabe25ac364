# SPDX-License-Identifier: GPL-2.0-or-later
"""QEMU for the tests of the device: started, driven over QMP and the qtest protocol."""

import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support.waiting import PATIENCE, until  # noqa: E402

FAKE_SERVER = os.environ.get("TRIREME_FAKE_SERVER", "")
GUEST = os.environ.get("TRIREME_TEST_GUEST", "")

REGISTERS = 0xD8000000
WINDOW = 0xD0000000
PAGE = 4096

# enum trireme_register, enum trireme_slot_register
MAGIC, VERSION, FEATURES, SLOTS, WINDOW_SIZE, SERVER_STATE, GENERATION = range(0, 0x1C, 4)
DOORBELL, WAIT = 0x00, 0x40
# enum trireme_server_state
ABSENT, RUNNING, RESTARTING = range(3)
# struct trireme_window_header, struct trireme_slot_page
HEADER_STATE, HEADER_GENERATION, HEADER_MESSAGE = 0x40, 0x44, 0x80
PAGE_TAIL, PAGE_COMPLETIONS, PAGE_WAIT_FOR = 0x200, 0x340, 0x380


def find_qemu():
    path = os.environ.get("TRIREME_QEMU") or os.path.join(
        os.environ.get("TRIREME_BUILD", "build"), "qemu/bin/qemu-system-x86_64")
    if not os.path.exists(path):
        print(f"no QEMU at {path}; ./run build makes it", file=sys.stderr)
        sys.exit(77)
    return path


QEMU = find_qemu()


class Channel:
    """A line-based socket that QEMU connects to."""

    def __init__(self, path):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(1)
        self.stream = None

    def accept(self):
        self.listener.settimeout(PATIENCE)
        connection, _ = self.listener.accept()
        connection.settimeout(PATIENCE)
        self.stream = connection.makefile("rwb", buffering=0)
        connection.close()

    def send(self, line):
        self.stream.write(line.encode() + b"\n")

    def receive(self):
        line = self.stream.readline()
        if not line:
            raise AssertionError("QEMU closed the connection")
        return line.decode().rstrip("\n")

    def close(self):
        self.listener.close()
        if self.stream:
            self.stream.close()


class Machine:
    """A VM, stopped and cleaned up by close()."""

    def __init__(self, *arguments, machine="pc", qtest=True, fake="", server=None, environment=()):
        self.folder = tempfile.TemporaryDirectory(prefix="trireme-device-")
        self.server_log = os.path.join(self.folder.name, "server.log")
        self.guest_log = os.path.join(self.folder.name, "guest.log")
        self.messages = os.path.join(self.folder.name, "messages")
        self.qmp_channel = Channel(os.path.join(self.folder.name, "qmp"))
        self.qtest_channel = Channel(os.path.join(self.folder.name, "qtest")) if qtest else None
        command = [QEMU, "-nodefaults", "-display", "none", "-no-user-config", "-m", "128",
                   "-machine", f"{machine},accel={'qtest' if qtest else 'tcg'}",
                   "-qmp", f"unix:{self.folder.name}/qmp", "-d", "guest_errors",
                   "-debugcon", f"file:{self.guest_log}"]
        if qtest:
            command += ["-qtest", f"unix:{self.folder.name}/qtest", "-qtest-log", "/dev/null"]
        variables = dict(os.environ, TRIREME_FAKE=fake, TRIREME_FAKE_LOG=self.server_log,
                         TRIREME_SERVER=FAKE_SERVER if server is None else server)
        variables.update(environment)
        with open(self.messages, "wb") as messages:
            self.process = subprocess.Popen(command + list(arguments), env=variables,
                                            stdin=subprocess.DEVNULL, stdout=messages,
                                            stderr=messages)
        self.events = []
        try:
            if qtest:
                self.qtest_channel.accept()
            self.qmp_channel.accept()
            self.qmp_channel.receive()
            self.qmp("qmp_capabilities")
        except Exception:
            self.close()
            raise

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.qmp_channel.close()
        if self.qtest_channel:
            self.qtest_channel.close()
        self.folder.cleanup()

    # QMP

    def qmp(self, command, **arguments):
        """Returns the result; raises AssertionError with QEMU's reason."""
        self.qmp_channel.send(json.dumps({"execute": command, "arguments": arguments}))
        while True:
            answer = json.loads(self.qmp_channel.receive())
            if "event" in answer:
                self.events.append(answer)
            elif "error" in answer:
                raise AssertionError(answer["error"]["desc"])
            else:
                return answer["return"]

    def wait_event(self, name):
        while True:
            for event in self.events:
                if event["event"] == name:
                    self.events.remove(event)
                    return event
            self.events.append(json.loads(self.qmp_channel.receive()))

    # qtest

    def qtest(self, line):
        self.qtest_channel.send(line)
        while True:
            answer = self.qtest_channel.receive()
            if not answer.startswith("IRQ"):
                return answer.split()[1:]

    def out(self, port, value, width="l"):
        self.qtest(f"out{width} {port:#x} {value:#x}")

    def inb(self, port):
        return int(self.qtest(f"inb {port:#x}")[0], 0)

    def read(self, address, width="l"):
        return int(self.qtest(f"read{width} {address:#x}")[0], 0)

    def write(self, address, value, width="l"):
        self.qtest(f"write{width} {address:#x} {value:#x}")

    def read_bytes(self, address, count):
        return bytes.fromhex(self.qtest(f"read {address:#x} {count:#x}")[0][2:])

    def config_read(self, device, offset):
        self.out(0xCF8, 0x80000000 | device << 11 | offset)
        return int(self.qtest("inl 0xcfc")[0], 0)

    def config_write(self, device, offset, value):
        self.out(0xCF8, 0x80000000 | device << 11 | offset)
        self.out(0xCFC, value)

    def enable(self, device, registers=REGISTERS, window=WINDOW):
        """Maps the BARs of a device on bus 0, as firmware would."""
        self.config_write(device, 0x10, registers)
        self.config_write(device, 0x18, window)
        self.config_write(device, 0x04, 0x2)

    # The device

    def register(self, offset, registers=REGISTERS):
        return self.read(registers + offset)

    def ring(self, slot, position, registers=REGISTERS):
        self.write(registers + PAGE * (1 + slot) + DOORBELL, position)

    def slot_word(self, slot, offset, window=WINDOW):
        return self.read(window + PAGE * (1 + slot) + offset)

    def set_slot_word(self, slot, offset, value, window=WINDOW):
        self.write(window + PAGE * (1 + slot) + offset, value)

    def message(self, window=WINDOW):
        return self.read_bytes(window + HEADER_MESSAGE, 256).split(b"\0")[0].decode()

    def wait_state(self, state, registers=REGISTERS):
        until(lambda: self.register(SERVER_STATE, registers) == state, f"server state {state}")

    # What others wrote

    def server_lines(self, word):
        """The fake server's events that begin with a word."""
        try:
            with open(self.server_log, encoding="utf-8") as log:
                return [line for line in log.read().splitlines() if line.split()[0] == word]
        except FileNotFoundError:
            return []

    def wait_server_lines(self, word, count):
        return until(lambda: len(lines := self.server_lines(word)) >= count and lines,
                     f"{count} × {word} from the server")

    def kill_server(self):
        os.kill(int(self.server_lines("start")[-1].split()[1]), signal.SIGKILL)

    def output(self):
        with open(self.messages, encoding="utf-8", errors="replace") as messages:
            return messages.read()

    def guest_output(self):
        try:
            with open(self.guest_log, encoding="ascii", errors="replace") as log:
                return log.read()
        except FileNotFoundError:
            return ""

    def wait_guest(self, text):
        return until(lambda: self.process.poll() is None and text in (out := self.guest_output())
                     and out, f"{text!r} from the guest, which said {self.guest_output()!r}")

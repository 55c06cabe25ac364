#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The server's life as the device sees it: found, started, refused, lost, started again."""

import os
import shutil
import subprocess
import tempfile
import unittest

from machine import (ABSENT, FAKE_SERVER, GENERATION, PAGE_COMPLETIONS, QEMU, RESTARTING, RUNNING,
                     SERVER_STATE, Machine, until)

DEVICE = 4


class ServerTest(unittest.TestCase):
    def start(self, properties="", **keywords):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x},slots=70{properties}", **keywords)
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        return machine

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="trireme-server-")
        self.addCleanup(folder.cleanup)
        return folder.name

    def assert_absent(self, machine, *messages):
        machine.wait_state(ABSENT)
        for message in messages:
            self.assertIn(message, machine.message())
        self.assertEqual(machine.output().count("warning: trireme: "), 1, machine.output())
        self.assertIn(machine.message(), machine.output())
        self.assertEqual(machine.qmp("query-status")["status"], "running")

    def test_missing(self):
        self.assert_absent(self.start(",server=/nonexistent/trireme"),
                           "/nonexistent/trireme: No such file", "server=PATH")

    def test_no_program_anywhere(self):
        self.assert_absent(self.start(server="", environment={"PATH": "/nonexistent"}),
                           "no `trireme` program", "server=PATH")

    def test_not_executable(self):
        self.assert_absent(self.start(",server=/etc/passwd"), "cannot be started",
                           "Permission denied")

    def test_found_in_path(self):
        folder = self.folder()
        os.symlink(FAKE_SERVER, os.path.join(folder, "trireme"))
        self.start(server="", environment={"PATH": folder}).wait_state(RUNNING)

    def test_found_beside_qemu(self):
        folder = self.folder()
        shutil.copy(QEMU, os.path.join(folder, "qemu"))
        os.symlink(FAKE_SERVER, os.path.join(folder, "trireme"))
        log = os.path.join(folder, "log")
        with subprocess.Popen([os.path.join(folder, "qemu"), "-nodefaults", "-display", "none",
                               "-machine", "pc,accel=qtest", "-L",
                               os.path.join(os.path.dirname(QEMU), "../share/qemu"),
                               "-device", "trireme"], stdin=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL,
                              env={"PATH": "/nonexistent", "TRIREME_FAKE_LOG": log}) as qemu:
            until(lambda: os.path.exists(log), "the server")
            qemu.terminate()

    def test_refusal_is_told_without_control_characters(self):
        machine = self.start(fake="refuse")
        self.assert_absent(machine, "no EGL here; [31m install libegl1")
        self.assertEqual(len(machine.server_lines("start")), 1)

    def test_refusal_before_the_device_has_said_all(self):
        for _ in range(5):
            machine = self.start(fake="refuse-at-once")
            self.assert_absent(machine, "no EGL here")
            self.assertEqual(len(machine.server_lines("start")), 1)
            machine.close()

    def test_version_mismatch_names_both_versions(self):
        self.assert_absent(self.start(fake="mismatch"), "speaks version 2.", "this QEMU 1.")

    def test_garbage(self):
        self.assert_absent(self.start(fake="garbage"), "another language")

    def test_silence_is_no_obstacle(self):
        machine = self.start(fake="silent")
        machine.wait_server_lines("hello", 1)
        self.assertEqual(machine.register(SERVER_STATE), RESTARTING)
        self.assertEqual(machine.message(), "the server is starting")

    def test_killed_and_restarted(self):
        machine = self.start()
        for round_number in (1, 2):
            machine.wait_state(RUNNING)
            self.assertEqual(machine.message(), "")
            generation = machine.register(GENERATION)
            machine.kill_server()
            until(lambda: machine.register(GENERATION) == generation + 1, "a new generation")
            machine.wait_server_lines("answered", round_number + 1)
        machine.wait_state(RUNNING)
        machine.ring(69, 1)
        until(lambda: machine.slot_word(69, PAGE_COMPLETIONS) == 1, "a completion")
        self.assertEqual(machine.server_lines("bell")[-1].split()[1:3], ["69", "position=1"])
        self.assertEqual(machine.output().count("the server ended"), 2)

    def test_lost_is_told_meanwhile(self):
        folder = self.folder()
        server = os.path.join(folder, "server")
        shutil.copy(FAKE_SERVER, server)
        machine = self.start(f",server={server}")
        machine.wait_state(RUNNING)
        os.unlink(server)  # so that it stays away
        machine.kill_server()
        self.assert_absent_after_loss(machine)

    def assert_absent_after_loss(self, machine):
        until(lambda: "cannot be started" in machine.message(), "the message")
        self.assertEqual(machine.register(SERVER_STATE), ABSENT)
        self.assertEqual(machine.output().count("warning: trireme: "), 1, machine.output())

    def test_ends_with_qemu(self):
        machine = self.start()
        machine.wait_state(RUNNING)
        machine.qmp("quit")
        machine.wait_server_lines("end", 1)

    def test_no_zombies(self):
        machine = self.start()
        machine.wait_state(RUNNING)
        machine.kill_server()
        machine.wait_server_lines("answered", 2)
        pid = machine.process.pid
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
            self.assertEqual(len(children.read().split()), 1)

    def test_server_inherits_nothing_but_its_socket(self):
        machine = self.start()
        machine.wait_state(RUNNING)
        pid = int(machine.server_lines("start")[0].split()[1])
        kinds = [os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
        expected = ("/dev/null", "pipe:", "socket:", "anon_inode:[eventfd]", "/memfd:trireme-",
                    machine.messages, machine.server_log)
        self.assertEqual([kind for kind in kinds if not kind.startswith(expected)], [])
        self.assertEqual(len([kind for kind in kinds if kind.startswith("socket:")]), 1)


class SocketTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="trireme-server-")
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "socket")
        self.log = os.path.join(folder.name, "log")
        self.server = None
        self.listen()

    def listen(self):
        self.server = subprocess.Popen([FAKE_SERVER, "server", "--listen", self.path],
                                       env={"TRIREME_FAKE_LOG": self.log},
                                       start_new_session=True, stdin=subprocess.DEVNULL)
        self.addCleanup(self.end_server)
        until(lambda: os.path.exists(self.path), "the socket")

    def end_server(self):
        if self.server.poll() is None:
            os.killpg(self.server.pid, 9)
        self.server.wait()

    def test_connects_and_reconnects(self):
        machine = Machine("-device", f"trireme,addr={DEVICE:#x},server={self.path}")
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        machine.wait_state(RUNNING)
        self.end_server()
        os.unlink(self.path)
        until(lambda: "no server answers" in machine.message(), "the message")
        self.assertEqual(machine.register(SERVER_STATE), ABSENT)
        self.listen()
        machine.wait_state(RUNNING)
        machine.ring(0, 1)
        until(lambda: machine.slot_word(0, PAGE_COMPLETIONS) == 1, "a completion")

    def test_nobody_listens_yet(self):
        self.end_server()
        machine = Machine("-device", f"trireme,addr={DEVICE:#x},server={self.path}")
        self.addCleanup(machine.close)
        machine.enable(DEVICE)
        self.assertEqual(machine.register(SERVER_STATE), ABSENT)
        self.assertIn(f"trireme server --listen {self.path}", machine.message())
        os.unlink(self.path)
        self.listen()
        machine.wait_state(RUNNING)


if __name__ == "__main__":
    unittest.main()

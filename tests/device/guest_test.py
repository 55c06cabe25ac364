#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Virtual CPUs in WAIT, with the guest of guest.c under TCG."""

import re
import unittest

from machine import GUEST, Machine, until


class GuestTest(unittest.TestCase):
    def boot(self, test, cpus, properties="", machine="pc"):
        vm = Machine("-smp", str(cpus), "-kernel", GUEST, "-append", test,
                     "-device", f"trireme,id=ship,slots=8,window=4M{properties}",
                     qtest=False, machine=machine)
        self.addCleanup(vm.close)
        return vm

    def test_echo(self):
        for cpus in (1, 2):
            for ioeventfd in ("off", "on"):
                with self.subTest(cpus=cpus, ioeventfd=ioeventfd):
                    vm = self.boot("echo", cpus, f",ioeventfd={ioeventfd}")
                    vm.wait_guest("echo ok rounds=200")
                    # The server takes 3 ms, a WAIT at most 0.5: several WAITs are needed.
                    output = vm.wait_guest("echo ok rounds=20 ")
                    timeouts = int(re.search(r"rounds=20 timeouts=(\d+)", output)[1])
                    self.assertGreaterEqual(timeouts, 1)
                    wakes = [[int(number) for number in re.findall(r"=(\d+)", line)]
                             for line in vm.server_lines("wake")]
                    exits = 220 if ioeventfd == "off" else 0
                    self.assertEqual(sum(count for count, _, _ in wakes), 220)
                    self.assertEqual(wakes[-1][1], exits)
                    self.assertGreaterEqual(wakes[-1][2], 219)
                    self.assertEqual(len(vm.server_lines("bell")), exits)
                    vm.close()

    def test_echo_on_q35(self):
        self.boot("echo", 1, machine="q35").wait_guest("echo ok rounds=20 ")

    def test_wait_returns_when_nothing_happens(self):
        for cpus in (1, 2):
            with self.subTest(cpus=cpus):
                vm = self.boot("timeout", cpus)
                vm.wait_guest("timeout ok notes=10 wrong=0")

    def test_others_use_the_device_meanwhile(self):
        for ioeventfd in ("off", "on"):
            with self.subTest(ioeventfd=ioeventfd):
                vm = self.boot("beside", 2, f",ioeventfd={ioeventfd}")
                output = vm.wait_guest("completed=")
                accesses, wrong = map(int, re.search(r"accesses=(\d+) wrong=(\d+)",
                                                     output).groups())
                self.assertEqual(wrong, 0)
                # The second processor waits 200 times. With the lock kept, hardly one access would
                # begin and end within a WAIT; without, it is about ten in each.
                self.assertGreater(accesses, 200)
                self.assertNotIn("re-entrant", vm.output())

    def test_reset_during_wait(self):
        vm = self.boot("reset", 2)
        for boots in range(1, 6):
            generations = until(lambda boots=boots: len(found := re.findall(
                r"waiting generation=(\d+)\n", vm.guest_output())) == boots and found, "a boot")
            vm.qmp("system_reset")
        # The firmware resets the machine once more by itself, so the steps are not all 1.
        numbers = [int(generation) for generation in generations]
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertEqual(numbers[0], 1)

    def unplug(self, test):
        vm = self.boot(test, 2)
        vm.wait_guest("waiting")
        vm.qmp("device_del", id="ship")
        vm.wait_event("DEVICE_DELETED")
        vm.wait_guest("unplugged")
        vm.wait_server_lines("end", 1)
        vm.close()

    def test_unplug_during_wait(self):
        self.unplug("unplug")

    def test_unplug_during_access(self):
        # About every third hits an access that has begun and has not got the lock.
        for _ in range(15):
            self.unplug("unplug ringing")

    def test_server_killed_during_wait(self):
        vm = self.boot("reset", 2)
        vm.wait_guest("waiting generation=1")
        vm.kill_server()
        vm.wait_server_lines("answered", 2)
        self.assertEqual(vm.qmp("query-status")["status"], "running")


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs piglit's programs, on the host's GL or through Trireme, and reads their results.

A result is one word for the test, or for each of its subtests ("TEST@SUBTEST"): pass, warn, fail,
skip, crash or timeout.
"""

import contextlib
import json
import os
import signal
import subprocess

from support import programs

import profiles

# shader_runner opens its X connection, context and compilers once for this many files.
BATCH = 40


class Place:
    """Where programs run: an X server of their own and, for Trireme, a server that stays.

    A program that asks nothing holds `trireme run` open, and lends its environment to the tests, so
    that not every test has to start a server. The server is replaced when a program ended badly.
    """

    def __init__(self, trireme, display, timeout):
        self.trireme, self.timeout, self.lender = trireme, timeout, None
        self.host = {**os.environ, "DISPLAY": display, "PIGLIT_PLATFORM": profiles.PLATFORM,
                     "PIGLIT_SOURCE_DIR": profiles.FOLDER, "vblank_mode": "0"}
        self.environment = self.host

    def _borrow(self):
        self.lender = subprocess.Popen(
            [programs.TRIREME, "run", "--", "sh", "-c", "env -0; printf 'end\\0'; read line"],
            env=self.host, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        text = b""
        while not text.endswith(b"\0end\0"):
            piece = os.read(self.lender.stdout.fileno(), 65536)
            if not piece:
                raise RuntimeError("trireme run does not start a program")
            text += piece
        self.environment = dict(line.split("=", 1) for line in os.fsdecode(text).split("\0")
                                if "=" in line)

    def give_back(self):
        """Ends the server, if there is one."""
        if self.lender:
            self.lender.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.lender.wait(5)
            if self.lender.poll() is None:
                self.lender.terminate()
                self.lender.wait()
            self.lender.stdout.close()
            self.lender = None

    def run(self, command, patience=1, alone=False):
        """Returns (exit status, or None after `patience` time limits; standard output)."""
        if alone and self.trireme:
            command, environment = [str(programs.TRIREME), "run", "--", *command], self.host
        else:
            if self.trireme and (not self.lender or self.lender.poll() is not None):
                self.give_back()
                self._borrow()
            environment = self.environment
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   errors="replace", start_new_session=True)
        try:
            out, _ = process.communicate(timeout=self.timeout * patience)
            status = process.returncode
        except subprocess.TimeoutExpired:
            # SIGTERM first, so that the server of `trireme run` ends too.
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(3)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            out, _ = process.communicate()
            status = None
        # `trireme run` says 128 + N where a signal N ended the program.
        if status is not None and status > 128:
            status = 128 - status
        if status is None or status < 0:
            self.give_back()
        return status, out


def _reports(out):
    """The objects that a program's output has in its lines "PIGLIT: {…}"."""
    for line in out.splitlines():
        if line.startswith("PIGLIT:"):
            with contextlib.suppress(ValueError):
                yield json.loads(line[7:])


def _verdict(status, out):
    """The results of a program that ran one test: {"": word} or {subtest: word, …}."""
    result, subtests = "fail", {}
    for report in _reports(out):
        result = report.get("result", result)
        for name in report.get("enumerate subtests", []):
            subtests[name] = "notrun"
        subtests.update(report.get("subtest", {}))
    if status is None:
        result = "timeout"
    elif status < 0:
        result = "crash"
    elif status > 0:
        result = "warn" if result == "pass" else "fail"
    if result in ("crash", "timeout", "skip"):
        # The first that was not run is the one that did not end; a skip skips all that follow.
        for name in [name for name, word in subtests.items() if word == "notrun"]:
            subtests[name] = result
            if result != "skip":
                break
    results = {name: word for name, word in subtests.items() if word != "notrun"}
    # What befalls the program beside its subtests counts as a result of the test.
    return results if results and result != "timeout" and result != "crash" else {**results, "": result}


def run_alone(place, test, alone=False):
    return _verdict(*place.run(test.command, alone=alone))


def run_batch(place, tests):
    """Runs shader tests of one shader_runner; yields (test, results) for each."""
    rest = list(tests)
    while rest:
        files = [test.shader for test in rest]
        status, out = place.run([rest[0].program, *files, "-auto", "-fbo", "-report-subtests"], 4)
        number, words = 0, {}
        for line in out.splitlines():
            if line.startswith("PIGLIT TEST:"):
                number = int(line.split()[2])
            for report in _reports(line):
                # A program that gives up says so as its own result.
                for word in (*report.get("subtest", {}).values(), report.get("result")):
                    if word and number:
                        words.setdefault(number, word)
        # A program that stops early stops in the test that it announced last.
        complete = status is not None and status >= 0 and number == len(rest)
        reached = len(rest) if complete else max(number, 1)
        for index, test in enumerate(rest[:reached], 1):
            yield test, {"": words[index]} if index in words else run_alone(place, test)
        rest = rest[reached:]


def run_some(place, tests):
    """Runs tests, those of one shader_runner together; yields (test, results)."""
    if len(tests) > 1 and all(test.shader for test in tests):
        yield from run_batch(place, tests)
    else:
        for test in tests:
            yield test, run_alone(place, test)


def bundles(tests):
    """Cuts the tests into lists that one worker runs at a time."""
    pending = []
    for test in tests:
        if pending and (not test.shader or test.folder != pending[0].folder or len(pending) == BATCH):
            yield pending
            pending = []
        if test.shader:
            pending.append(test)
        else:
            yield [test]
    if pending:
        yield pending

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs piglit's desktop OpenGL tests on the host's GL and through `trireme run`, and prints what differs.

Each job has an X server of its own. What the host's GL gives is cached. A test that differs is run
again by itself on both sides, and counts with what it gives then.
"""

import argparse
import contextlib
import os
import pathlib
import queue
import re
import signal
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402

import profiles  # noqa: E402
import results  # noqa: E402
import runner  # noqa: E402

DEFAULT = ("spec@!opengl *", "spec@ext_*", "spec@arb_*", "spec@khr_*", "spec@glx*", "glx@*",
           "spec@glsl-*", "shaders@*", "object namespace pollution@*")
CONFORMANCE = programs.SOURCE / "docs" / "conformance.md"
SELECTION = pathlib.Path(__file__).with_name("selection.txt")


def explanations():
    """The patterns of docs/conformance.md: what stands between backquotes where a list item begins."""
    text = CONFORMANCE.read_text(encoding="utf-8") if CONFORMANCE.exists() else ""
    return re.findall(r"^- `([^`]+)`", text, re.MULTILINE)


def chosen_tests(arguments):
    every = list(profiles.tests(arguments.profile or profiles.PROFILES))
    if arguments.selection:
        wanted = {line for line in SELECTION.read_text(encoding="utf-8").splitlines()
                  if line and not line.startswith("#")}
        unknown = wanted - {test.name for test in every}
        if unknown:
            sys.exit(f"piglit: no such tests: {', '.join(sorted(unknown))}")
        return [test for test in every if test.name in wanted]
    matches = profiles.matcher(arguments.pattern or DEFAULT)
    return [test for test in every if matches(test.name)]


class Progress:
    """What differs, and a line every few seconds, on standard error."""

    INTERVAL = 10

    def __init__(self, total):
        self.total, self.done, self.differing, self.shown = total, 0, 0, time.monotonic()
        self.lock = threading.Lock()

    def step(self, test, before, after):
        with self.lock:
            self.done += 1
            different = list(results.differences(test.name, before, after))
            self.differing += bool(different)
            for name, host, trireme in different:
                print(f"piglit: {name}: {host} on the host's GL, {trireme} through Trireme",
                      file=sys.stderr, flush=True)
            if time.monotonic() - self.shown > self.INTERVAL or self.done == self.total:
                self.shown = time.monotonic()
                print(f"piglit: {self.done} of {self.total} tests, {self.differing} differ",
                      file=sys.stderr, flush=True)


class Job:
    """Compares tests, one bundle after the other."""

    def __init__(self, display, timeout, host_results, fresh):
        self.host = runner.Place(False, display, timeout)
        self.trireme = runner.Place(True, display, timeout)
        self.host_results, self.fresh = host_results, fresh

    def close(self):
        self.host.give_back()
        self.trireme.give_back()

    def _host(self, tests):
        missing = [test for test in tests if self.fresh or self.host_results.get(test.name) is None]
        for test, result in runner.run_some(self.host, missing):
            self.host_results.put(test.name, result)

    def compare(self, tests):
        """Yields (test, the host's results, Trireme's results)."""
        self._host(tests)
        for test, after in runner.run_some(self.trireme, tests):
            before = self.host_results.get(test.name)
            if any(results.differences(test.name, before, after)):
                after = runner.run_alone(self.trireme, test, alone=True)
                if any(results.differences(test.name, before, after)):
                    before = runner.run_alone(self.host, test)
                    self.host_results.put(test.name, before)
            yield test, before, after


def run(arguments, tests):
    host_results = results.HostResults()
    matches = profiles.matcher(explanations())
    comparison, progress = results.Comparison(matches), Progress(len(tests))
    bundles, lock, failures = queue.SimpleQueue(), threading.Lock(), []
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    for bundle in runner.bundles(tests):
        bundles.put(bundle)

    def work(job):
        try:
            while not stop.is_set():
                for test, before, after in job.compare(bundles.get_nowait()):
                    with lock:
                        comparison.add(test.name, before, after)
                    progress.step(test, before, after)
        except queue.Empty:
            pass
        except Exception as error:  # pylint: disable=broad-except # raised again by the main thread
            failures.append(error)
            stop.set()

    with contextlib.ExitStack() as stack:
        jobs = []
        for _ in range(arguments.jobs):
            stack.enter_context(programs.x_server())
            job = Job(os.environ["DISPLAY"], arguments.timeout, host_results, arguments.fresh)
            stack.callback(job.close)
            jobs.append(job)
        threads = [threading.Thread(target=work, args=[job]) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        host_results.save()
    if failures:
        raise failures[0]
    return comparison, progress.done


def main():
    parser = argparse.ArgumentParser(
        prog="./run piglit", description=__doc__.splitlines()[0],
        epilog="Ends with 1 if a test that passes on the host's GL does not pass through Trireme, and "
               "docs/conformance.md does not explain it. Default patterns: " + ", ".join(DEFAULT))
    parser.add_argument("pattern", nargs="*", metavar="PATTERN",
                        help="names of tests, with * and ?, such as 'spec@!opengl 1.1@*'")
    parser.add_argument("--selection", action="store_true", help="the tests of tests/piglit/selection.txt")
    parser.add_argument("--profile", action="append", metavar="NAME",
                        help=f"piglit's profile (default: {' and '.join(profiles.PROFILES)})")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N",
                        help="so many tests at a time (default: %(default)s)")
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS",
                        help="limit of a test (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="run the host's GL again, too")
    parser.add_argument("--list", action="store_true", help="only name the tests")
    parser.add_argument("--output", metavar="FILE", help="what is printed at the end goes there, too")
    arguments = parser.parse_args()

    tests = chosen_tests(arguments)
    if arguments.list:
        print("\n".join(test.name for test in tests))
        return 0
    if not tests:
        sys.exit("piglit: no test has such a name")
    started = time.monotonic()
    comparison, done = run(arguments, tests)
    lines = [*comparison.lines(),
             f"{done} of {len(tests)} tests in {time.monotonic() - started:.0f} s, their subtests counted each"]
    print("\n".join(lines))
    if arguments.output:
        pathlib.Path(arguments.output).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if comparison.counts["regression"] or done < len(tests) else 0


if __name__ == "__main__":
    sys.exit(main())

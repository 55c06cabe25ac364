# SPDX-License-Identifier: GPL-2.0-or-later
"""What a program's frames cost in exits and round trips: the server writes its statistics while the
program runs, and what it counted in the later part of the frames is told, as programs load their
pictures in the earlier one."""

import contextlib
import json
import os
import pathlib
import re
import signal
import threading
import time

from errors import BenchError

PAUSE = 0.5  # seconds between two looks
PATIENCE = 30


def servers_of(parent, executable):
    """The children of a process that run this executable and take the signal that asks for
    statistics, which would end one that does not take it yet."""
    found = []
    for child in pathlib.Path(f"/proc/{parent}/task").glob("*/children"):
        for process in child.read_text(encoding="ascii").split():
            status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii",
                                                                       errors="replace")
            caught = int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16)
            if caught >> (signal.SIGUSR1 - 1) & 1 and \
                    os.path.samefile(f"/proc/{process}/exe", executable):
                found.append(int(process))
    return found


def ask(place):
    """Lets the servers of a place append what they counted so far of the contexts that run."""
    for parent in place.parents():
        # Whoever is looked at may end meanwhile.
        with contextlib.suppress(OSError):
            for server in servers_of(parent, place.build / "trireme"):
                os.kill(server, signal.SIGUSR1)


def read(place):
    """What the servers of a place wrote, in order."""
    try:
        with open(place.statistics, encoding="utf-8", errors="replace") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return []


def key(entry):
    return entry["program"], entry["process"], entry["slot"]


def by_context(entries, earlier=()):
    """[[entries of a context], …] of contexts that drew and are not among the earlier entries."""
    known = {key(entry) for entry in earlier}
    found = {}
    for entry in entries:
        if key(entry) not in known and entry["frames"]:
            found.setdefault(key(entry), []).append(entry)
    return list(found.values())


def cost(contexts, skip=0):
    """(exits, round trips) of a frame, of the context that made most of the frames, from its
    first look on that came after half of them, or after `skip`. None: nobody drew."""
    context = max(contexts, key=lambda entries: entries[-1]["frames"], default=None)
    if not context:
        return None
    last = context[-1]
    begin = next((entry for entry in context
                  if max(skip, last["frames"] / 2) <= entry["frames"] < last["frames"]),
                 dict.fromkeys(last, 0))
    frames = last["frames"] - begin["frames"]
    exits, trips = (sum(last[name] - begin[name] for name in names)
                    for names in (("doorbells", "waits"), ("round_trips",)))
    return exits / frames, trips / frames


def look(place):
    """The server's latest words about the context that runs and drew."""
    before = len(read(place))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ask(place)
        time.sleep(0.1)
        contexts = [entry for entry in read(place)[before:] if entry["running"] and entry["frames"]]
        if contexts:
            return contexts[-1]
    raise BenchError(f"the server in {place.name} said nothing of a program that runs")


def wait_for_end(place, before):
    """The entries since, when a context that drew is written that has ended or was looked at by
    now. A program of the guest that was ended hard leaves its context to the next one."""
    at_end = len(read(place))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ask(place)
        time.sleep(0.1)
        entries = read(place)
        if any(not context[-1]["running"] for context in by_context(entries[before:],
                                                                    entries[:before])) \
                or by_context(entries[at_end:], entries[:before]):
            return by_context(entries[before:], entries[:before])
    raise BenchError(f"the server in {place.name} said nothing of a program that ended")


@contextlib.contextmanager
def looked_at(place):
    """Has the servers asked again and again while a program runs. Gives a list, in which the
    program's contexts are at the end."""
    before, stop, contexts = len(read(place)), threading.Event(), []

    def look():
        while not stop.wait(PAUSE):
            ask(place)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield contexts
    finally:
        stop.set()
        thread.join()
    contexts.extend(wait_for_end(place, before))

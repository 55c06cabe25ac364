# SPDX-License-Identifier: GPL-2.0-or-later
"""What a call costs in things that can be counted, from the server's statistics.

Each case is made by two programs, the one with more steps than the other. The difference is what
the steps cost; setting up and ending, which both do, drops out. Records, bytes and round trips
repeat exactly. Doorbells, waits and wake-ups depend on whether the render thread happened to be
asleep; with a great `spin` it never is.
"""

import json
import re
import shutil
import time

import places
from errors import BenchError

FEW, MANY = 3, 23  # steps
NAMES = ("records", "bytes", "round_trips", "doorbells", "waits", "wakes")
KEYS = {"records": "commands"}  # where the statistics call it otherwise
PATIENCE = 30


def read_lines(path, program):
    """The statistics of that program's contexts (None: all) that ended and made calls."""
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            entries = [json.loads(line) for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return []
    return [entry for entry in entries
            if program in (None, entry["program"]) and entry["commands"] > 0
            and not entry["running"]]


def lines_so_far(place, program):
    return len(read_lines(place.statistics, program))


def wait_for_lines(place, before, program, enough=bool):
    """What the server says of programs that ended since there were `before` lines, when that is
    enough."""
    deadline = time.monotonic() + PATIENCE
    while True:
        new = read_lines(place.statistics, program)[before:]
        if enough(new):
            return new
        if time.monotonic() > deadline:
            raise BenchError(f"the server in {place.name} said nothing of a program that ended")
        time.sleep(0.02)


def one_program(place, case, steps):
    """The statistics of one gl_calls that makes so many steps."""
    before = lines_so_far(place, place.file.name)
    place.output(case, steps)
    return wait_for_lines(place, before, place.file.name)[-1]


def difference(few, many, calls):
    """What each of `calls` cost, by name."""
    return {name: (many[KEYS.get(name, name)] - few[KEYS.get(name, name)]) / calls
            for name in NAMES}


def of_case(place, case, calls_of_step):
    few, many = (one_program(place, case, steps) for steps in (FEW, MANY))
    return difference(few, many, calls_of_step * (MANY - FEW))


INSTRUCTION_STEPS = 20, 220


def instructions(place, case, calls_of_step):
    """Instructions of the program for a call, as callgrind counts them in the local transport;
    what it spins while it waits is among them. None: no valgrind here."""
    if not shutil.which("valgrind"):
        return None
    totals = []
    for steps in INSTRUCTION_STEPS:
        said = place.output(case, steps, wrapper=["valgrind", "--tool=callgrind",
                                                  "--callgrind-out-file=/dev/null"])
        found = re.search(r"Collected : (\d+)", said)
        if not found:
            raise BenchError(f"callgrind said nothing about {case}:\n{said[-500:]}")
        totals.append(int(found.group(1)))
    few, many = INSTRUCTION_STEPS
    return (totals[1] - totals[0]) / (calls_of_step * (many - few))


def guest_instructions(place, cases, progress=places.say):
    """{case: instructions of the i386 program for a call}, in a VM whose time stamp is the number
    of instructions so far (the setting icount). The fewest of many batches of steps, which nothing
    interrupted, so that they repeat."""
    found = {}
    for case, calls_of_step in cases.items():
        progress(f"counting instructions in vm: {case}")
        said = place.output("--instructions", case)
        try:
            ticks, steps = map(int, said.split())
        except ValueError:
            raise BenchError(f"{case}: the program answered {said!r}") from None
        found[case] = ticks / (steps * calls_of_step)
    return found


def measure(opened, cases, with_instructions, progress=places.say):
    """{case: {place: {name: per call}}} for the places that have a server."""
    counts = {case: {} for case in cases}
    for name, place in opened.items():
        if name == "native":
            continue
        progress(f"counting in {name}")
        for case, calls_of_step in cases.items():
            counts[case][name] = of_case(place, case, calls_of_step)
            if with_instructions and name == "local":
                counts[case][name]["instructions"] = instructions(place, case, calls_of_step)
    if with_instructions and "vm" in opened:
        with places.opened(["vm"], {"icount": True}, programs=0) as counting:
            for case, count in guest_instructions(counting["vm"], cases, progress).items():
                counts[case]["vm"]["instructions"] = count
    return counts

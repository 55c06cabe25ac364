# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures what Glide programs do, a second, as the program sees it: triangles, bytes of textures,
locks of the frame buffer, changes of settings, frames. Natively the program is linked with the
renderer, whose commands it calls itself; in the other places with libglide3x.so, through Trireme
without a VM and in the VM (TCG, one vCPU, an i386 program).

Places take turns case by case, as in `bench calls`. Rates are medians; ± is half the range in which
the middle half of the runs lies; a ratio is the median of the runs' ratios to native. Each
measurement ends when everything has been drawn.
"""

import contextlib
import os
import shutil
import subprocess

import arguments
import calls
import counts
import places
import plot
import results
import table
from errors import BenchError

SUMMARY = "triangles, texture bytes, locks and settings of Glide a second"


def program(name="glide_calls"):
    path = places.build() / "bench" / name
    if not path.exists():
        raise BenchError(f"{path} is missing; run ./run build")
    return path


class Native(places.Native):
    """The renderer, without a ring."""

    def __enter__(self):
        file = program("glide_calls_native")
        super().__enter__()
        self.file = file
        return self


class Local(places.Local):
    """Through `trireme run`."""

    def __enter__(self):
        file = program()
        super().__enter__()
        self.file = file
        return self

    def environment(self):
        return {**super().environment(), "LD_LIBRARY_PATH": str(self.build / "guest" / "glide")}


class Guest(places.Guest):
    """In the VM, whose loader finds the library."""

    def __enter__(self):
        file = program("glide_calls32")
        super().__enter__()
        self.file = file
        shutil.copy(self.file, self.folder)
        return self


CLASSES = {place.name: place for place in (Native, Local, Guest)}


@contextlib.contextmanager
def opened(names, waiting=True):
    """The places of these names, in a dictionary; `waiting`: each with a program that waits."""
    places.check_guest(names)
    program()
    found = {}
    with contextlib.ExitStack() as stack:
        for name in names:
            places.say(f"starting {name}" + (" (boots the guest)" if name == "vm" else ""))
            place = stack.enter_context(CLASSES[name]({}, places.build(), False))
            if waiting:
                place.start()
            found[name] = place
        yield found


def all_cases():
    """{name: (what is counted in a step, what that is called)}"""
    said = subprocess.run([program(), "--list"], capture_output=True, text=True, check=True)
    lines = [line.split() for line in said.stdout.splitlines()]
    return {name: (int(units), unit) for name, units, unit in lines}


def chosen_cases(names):
    known = all_cases()
    for name in names:
        if name not in known:
            raise BenchError(f"there is no case {name}; --list names them")
    return {name: known[name] for name in names} if names else known


def add_arguments(parser):
    arguments.add_common(parser, 5, 200)
    parser.add_argument("--counts", action="store_true",
                        help="count records, bytes, round trips, doorbells, waits and wake-ups of a "
                        "step; with --runs 0 nothing else")
    parser.add_argument("--list", action="store_true", help="print the cases' names and end")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="default: all")


def of_glide(samples, units):
    """The table: a line for each case."""
    rows = []
    for name, case in samples.items():
        row = [name, units[name]]
        for place in case:
            row += [table.rate(results.median(case[place])), f"{results.spread(case[place]):.0%}"]
            if place != "native" and "native" in case:
                row.append(f"{results.ratio(case, place):.3f}")
        rows.append(row)
    header = ["case", "what"]
    names = list(next(iter(samples.values())))
    for place in names:
        header += [f"{place} 1/s", "±"]
        if place != "native" and "native" in names:
            header.append(f"{place}/native")
    return table.lines(header, rows)


def run(options):
    if options.list:
        print("\n".join(all_cases()))
        return 0
    if options.runs == 0 and (not options.counts or options.plot):
        raise BenchError("--runs 0 measures nothing; it is for --counts")
    cases = chosen_cases(options.cases)
    plot.check(options.plot)
    results.check_writable(options.json)
    units = {name: unit for name, (_, unit) in cases.items()}
    result = results.new("glide", runs=options.runs, milliseconds=options.time)
    result["units"] = units
    with opened(options.places, waiting=options.runs > 0) as where:
        if options.runs > 0:
            result["cases"] = calls.measure(where, list(cases), options.runs, options.time)
        if options.counts:
            result["counts"] = counts.measure(where, dict.fromkeys(cases, 1), False)
    if options.runs:
        print("\n".join(of_glide(result["cases"], units)))
    if options.counts:
        print("\nPer step:\n" + "\n".join(table.of_counts(
            {f"{name} ({cases[name][0]} {units[name]})": of_case
             for name, of_case in result["counts"].items()})))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, "Glide", "", "a second",
                  {place: [(name, results.median(case[place]))
                           for name, case in result["cases"].items()]
                   for place in options.places})
    return 0

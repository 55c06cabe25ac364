# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures OpenGL calls a second as the program sees them, the closing glFinish included: on the
host's own GL, through Trireme without a VM, and in the VM (TCG, one vCPU, an i386 program).

Places take turns case by case, and all cases are measured several times, so that ratios stay
right while the machine has other work. Rates are medians; ± is half the range in which the middle
half of the runs lies; a ratio is the median of the runs' ratios to native.
"""

import subprocess

import arguments
import counts
import places
import plot
import results
import sweep
import table
from errors import BenchError

SUMMARY = "OpenGL calls a second, natively, through Trireme, and in the VM"


def add_arguments(parser):
    arguments.add_common(parser, 5, 200)
    parser.add_argument("--counts", action="store_true",
                        help="count records, bytes, round trips, doorbells, waits and wake-ups; "
                        "with --runs 0 nothing else")
    parser.add_argument("--instructions", action="store_true",
                        help="count the program's instructions, too: in local with valgrind, in the VM "
                        "with another VM that counts them")
    parser.add_argument("--compare", metavar="OLD.json",
                        help="show the ratios (without native: rates) of an older result beside")
    parser.add_argument("--against", metavar="BUILD",
                        help="measure libraries and server of another build folder, too, in turns "
                        "with this one's")
    parser.add_argument("--sweep", type=arguments.parse_sweep, metavar="NAME=FROM..TO",
                        help="measure with each value: ring-size=16K..16M, publish=64..64K (bytes "
                        "that a program writes before it shows them to the reader), spin=1..1000 (µs "
                        "that a render thread looks before it sleeps), contexts=1..16 (programs at once, the "
                        "sum of their calls), ioeventfd=on,off; the knee is where nine tenths of "
                        "the best are reached first")
    parser.add_argument("--list", action="store_true", help="print the cases' names and end")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="default: all")


def all_cases():
    """The names that gl_calls has, with the calls that one step of each makes."""
    said = subprocess.run([places.gl_calls(), "--list"], capture_output=True, text=True, check=True)
    return {line.split()[0]: int(line.split()[1]) for line in said.stdout.splitlines()}


def chosen_cases(names):
    known = all_cases()
    for name in names:
        if name not in known:
            raise BenchError(f"there is no case {name}; --list names them")
    return {name: known[name] for name in names} if names else \
        {name: calls for name, calls in known.items() if name != "nothing"}


def measure(opened, names, runs, milliseconds, progress=places.say):
    """{case: {place: [calls/s, …]}}"""
    samples = {name: {place: [] for place in opened} for name in names}
    for number in range(runs):
        progress(f"run {number + 1} of {runs}")
        for name in names:
            for place, where in opened.items():
                calls, seconds = where.measure(name, milliseconds)
                samples[name][place].append(calls / seconds)
    return samples


def run(options):
    if options.list:
        print("\n".join(all_cases()))
        return 0
    counting = options.counts or options.instructions
    if options.runs == 0 and (not counting or options.plot or options.sweep):
        raise BenchError("--runs 0 measures nothing; it is for --counts")
    if options.sweep and (counting or options.compare or options.against):
        raise BenchError("--sweep goes with none of --counts, --instructions, --compare, --against")
    plot.check(options.plot)
    names = chosen_cases(options.cases)
    old = results.load(options.compare, "calls") if options.compare else None
    against = places.other_build(options.against) if options.against else None
    results.check_writable(options.json)
    result = results.new("calls", runs=options.runs, milliseconds=options.time)
    if options.sweep:
        return sweep.run(options, names, result)
    with places.opened(options.places, None, against) as opened:
        if options.runs:
            result["cases"] = measure(opened, names, options.runs, options.time)
        if counting:
            result["counts"] = counts.measure(opened, names, options.instructions)
    if options.runs:
        print("\n".join(table.of_calls(result, options.places, old, bool(against))))
    if counting:
        print("\nPer call:\n" + "\n".join(table.of_counts(result["counts"])))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, "OpenGL calls", "", "calls/s",
                  {place: [(name, results.median(case[place]))
                           for name, case in result["cases"].items()]
                   for place in options.places})
    return 0

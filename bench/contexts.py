# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures several programs that make the same calls at the same time, each in a context of its
own and with one server for all: the sum of their calls a second, and the smallest share of that sum
which one of them got, as a part of an equal share (1: all got the same)."""

import argparse

import arguments
import calls
import places
import plot
import results
import table
from errors import BenchError

SUMMARY = "several contexts at once: the sum of their calls a second, and how fair it is"
DEFAULT = [1, 2, 4, 8, 16]


def sweep(text):
    """The values of contexts=…, the only setting that this verb sweeps."""
    name, values = arguments.parse_sweep(text)
    if name != "contexts":
        raise argparse.ArgumentTypeError(f"{text}: bench contexts sweeps contexts=1..16; "
                                         "bench calls the others")
    return values


def add_arguments(parser):
    arguments.add_common(parser, 3, 300)
    parser.add_argument("--sweep", type=sweep, default=DEFAULT, metavar="contexts=FROM..TO",
                        help="how many at once (default: contexts=1..16)")
    parser.add_argument("case", nargs="?", default="bind-uniform-draw", metavar="CASE",
                        help="a case of `bench calls` (default: bind-uniform-draw)")


def parse(text, count):
    """The rates of the programs, from what gl_calls prints."""
    try:
        rates = [int(calls_made) / (int(ns) / 1e9)
                 for calls_made, ns in (line.split() for line in text.split("\n") if line.strip())]
    except (ValueError, ZeroDivisionError):
        rates = []
    if len(rates) != count:
        raise BenchError(f"{count} contexts: the program answered {text!r}")
    return rates


def fairness(rates):
    return min(rates) * len(rates) / sum(rates)


def measure(opened, case, numbers, runs, milliseconds, progress=places.say):
    """{"N contexts": {place: [sum of each run], "PLACE fairness": […]}}"""
    samples = {}
    for number in range(runs):
        for count in numbers:
            progress(f"run {number + 1} of {runs}: {count} at once")
            found = samples.setdefault(str(count), {})
            for name, place in opened.items():
                rates = parse(place.output("--contexts", count, case, milliseconds), count)
                found.setdefault(name, []).append(sum(rates))
                found.setdefault(name + " fairness", []).append(fairness(rates))
    return samples


def of_contexts(samples, names):
    header = ["at once"]
    for name in names:
        header += [f"{name} sum", "±", "fairness"]
    rows = []
    for count, found in samples.items():
        row = [count]
        for name in names:
            row += [table.rate(results.median(found[name])), f"{results.spread(found[name]):.0%}",
                    f"{results.median(found[name + ' fairness']):.2f}"]
        rows.append(row)
    return table.lines(header, rows)


def run(options):
    if options.runs < 1:
        raise BenchError("--runs 0 measures nothing")
    calls.chosen_cases([options.case])
    plot.check(options.plot)
    results.check_writable(options.json)
    result = results.new("contexts", runs=options.runs, milliseconds=options.time,
                         case=options.case)
    with places.opened(options.places, programs=0) as opened:
        result["cases"] = measure(opened, options.case, options.sweep, options.runs,
                                  options.time)
    print("\n".join(of_contexts(result["cases"], options.places)))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, f"{options.case}, contexts at once", "contexts", "calls/s, sum",
                  {name: [(int(count), results.median(found[name]))
                          for count, found in result["cases"].items()]
                   for name in options.places}, log_x=True, knees=True)
    return 0

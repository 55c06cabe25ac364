# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures how long a call takes that waits for its answer, one by one, and prints the distribution:
one after the other, where the render thread is still awake, and after pauses, where it sleeps and
must be rung. Below each stand its parts, from a timeline that the server writes meanwhile: from the
doorbell to where the render thread picks the command up, until the answer is ready, and until the
program goes on. A part that did not happen has no line: an awake thread is not rung, and a program
that finds its answer at its first look does not wait."""

import arguments
import calls
import counts
import places
import plot
import results
import table
import timeline
from errors import BenchError

SUMMARY = "how long calls take that wait for their answer: a histogram"
PERCENTS = (1, 10, 25, 50, 75, 90, 99)


def add_arguments(parser):
    arguments.add_common(parser, 3, 0)
    parser.add_argument("--samples", type=arguments.positive, default=500, metavar="N",
                        help="calls of each run (default: 500)")
    parser.add_argument("--pause", type=arguments.positive, default=2000, metavar="US",
                        help="the pause before each call of a sleeping reader (default: 2000)")
    parser.add_argument("case", nargs="?", default="finish", metavar="CASE",
                        help="a case of `bench calls` (default: finish); what is timed is a step")


def parse(text, samples):
    try:
        found = [int(line) for line in text.split()]
    except ValueError:
        found = []
    if len(found) != samples:
        raise BenchError(f"the program answered {text[:200]!r}")
    return found


def percentile(ordered, percent):
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def parts(place, before):
    """The parts of the round trips of the program that just ended."""
    counts.wait_for_lines(place, before, place.file.name)  # behind what the server writes of a context's end
    return timeline.parts_of(timeline.contexts(timeline.read(place.trace))[-1])


def measure(opened, case, samples, pause, runs, progress=places.say):
    """({"awake": {place: [ns, …]}, "asleep": …}, {"awake": {place: {part: [µs, …]}}, …})"""
    times, split = {}, {}
    for number in range(runs):
        progress(f"run {number + 1} of {runs}")
        for state, microseconds in (("awake", 0), ("asleep", pause)):
            for name, place in opened.items():
                before = 0 if name == "native" else counts.lines_so_far(place, place.file.name)
                said = place.output("--times", case, samples, microseconds)
                times.setdefault(state, {}).setdefault(name, []).extend(parse(said, samples))
                if name != "native":
                    into = split.setdefault(state, {}).setdefault(name, {})
                    for part, microseconds_of in parts(place, before).items():
                        into.setdefault(part, []).extend(microseconds_of)
    return times, split


def row(name, microseconds):
    ordered = sorted(microseconds)
    return ([name] + [f"{percentile(ordered, percent):.1f}" for percent in PERCENTS]
            + [f"{ordered[-1]:.1f}"])


def of_sync(times, split):
    rows = []
    for state, by_place in times.items():
        for name, samples in by_place.items():
            rows.append(row(f"{name}, {state}", [ns / 1e3 for ns in samples]))
            rows += [row("  " + part, found)
                     for part, found in split.get(state, {}).get(name, {}).items() if found]
    return table.lines(["µs"] + [f"{percent} %" for percent in PERCENTS] + ["worst"], rows)


def histogram(samples):
    """[(µs, how many)]: classes that grow by a fifth of an octave."""
    classes = {}
    for ns in samples:
        upper = 1.0
        while upper * 1000 < ns:
            upper *= 2 ** 0.2
        classes[upper] = classes.get(upper, 0) + 1
    return sorted(classes.items())


def run(options):
    calls.chosen_cases([options.case])
    plot.check(options.plot)
    results.check_writable(options.json)
    result = results.new("sync", runs=options.runs, samples=options.samples, case=options.case,
                         pause_us=options.pause)
    with places.opened(options.places, programs=0, traced=True) as opened:
        result["cases"], result["parts"] = measure(opened, options.case, options.samples,
                                                   options.pause, options.runs)
    print("\n".join(of_sync(result["cases"], result["parts"])))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, f"{options.case}: one call", "µs", "calls",
                  {f"{name}, {state}": histogram(samples)
                   for state, by_place in result["cases"].items()
                   for name, samples in by_place.items()}, log_x=True, log_y=False)
    return 0

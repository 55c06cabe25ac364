# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures how long a call takes that waits for its answer, one by one, and prints the distribution:
one after the other, where the render thread is still awake, and after pauses, where it sleeps and
must be rung. Where the device notes the time of doorbells (in the VM), the way from the doorbell to
the render thread's picking it up is told, too, as the server counts it: mean and worst."""

import arguments
import calls
import counts
import places
import plot
import results
import table
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


def wake(place, before):
    """(mean, worst) in µs of the way from doorbell to render thread of the program that just ended;
    None where nobody notes the time."""
    entries = counts.wait_for_lines(place, before)
    return None if not entries or not entries[-1]["worst_wake_us"] else \
        (entries[-1]["wake_us"], entries[-1]["worst_wake_us"])


def measure(opened, case, samples, pause, runs, progress=places.say):
    """({"awake": {place: [ns, …]}, "asleep": …}, {"asleep": {place: [(mean, worst), …]}, …})"""
    times, wakes = {}, {}
    for number in range(runs):
        progress(f"run {number + 1} of {runs}")
        for state, microseconds in (("awake", 0), ("asleep", pause)):
            for name, place in opened.items():
                before = 0 if name == "native" else counts.lines_so_far(place)
                said = place.output("--times", case, samples, microseconds)
                times.setdefault(state, {}).setdefault(name, []).extend(parse(said, samples))
                found = None if name == "native" else wake(place, before)
                if found:
                    wakes.setdefault(state, {}).setdefault(name, []).append(found)
    return times, wakes


def of_sync(times, wakes):
    rows = []
    for state, by_place in times.items():
        for name, samples in by_place.items():
            ordered = sorted(samples)
            told = wakes.get(state, {}).get(name)
            rows.append([f"{name}, {state}"]
                        + [f"{percentile(ordered, percent) / 1e3:.1f}" for percent in PERCENTS]
                        + [f"{ordered[-1] / 1e3:.1f}"]
                        + ([f"{results.median([mean for mean, _ in told]):.0f}",
                            f"{max(worst for _, worst in told):.0f}"] if told else ["-", "-"]))
    return table.lines(["µs"] + [f"{percent} %" for percent in PERCENTS]
                       + ["worst", "rung to awake", "worst"], rows)


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
    with places.opened(options.places, programs=0) as opened:
        result["cases"], result["wakes"] = measure(opened, options.case, options.samples,
                                                   options.pause, options.runs)
    print("\n".join(of_sync(result["cases"], result["wakes"])))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, f"{options.case}: one call", "µs", "calls",
                  {f"{name}, {state}": histogram(samples)
                   for state, by_place in result["cases"].items()
                   for name, samples in by_place.items()}, log_x=True, log_y=False)
    return 0

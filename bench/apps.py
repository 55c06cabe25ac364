# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures the frames a second that real programs report: scenes of glmark2, and a recorded game of
OpenArena played as fast as it goes. Places take turns program by program, and all is repeated.
Exits (registers that the guest wrote or read; of local programs, doorbells that woke the render
thread) and round trips of a frame are the server's count.

The guest's programs are amd64, as Debian has them, and its image has no OpenArena."""

import os
import re
import shutil
from dataclasses import dataclass

import arguments
import counts
import goals
import places
import plot
import results
import table
from errors import BenchError

SUMMARY = "frames a second of real programs"
SCENES = ("build", "texture", "shading", "buffer", "ideas")


@dataclass(frozen=True)
class App:
    command: tuple
    rate: str  # a pattern; its last match in what the program says is the frames a second
    places: tuple = places.NAMES
    environment: tuple = ()


def openarena():
    settings = {"com_hunkmegs": 512, "s_initsound": 0, "r_fullscreen": 0, "r_mode": -1,
                "r_customwidth": 320, "r_customheight": 240, "com_introplayed": 1, "timedemo": 1,
                "nextdemo": "quit"}
    words = [word for name, value in settings.items() for word in ("+set", name, str(value))]
    return App(("openarena", *words, "+demo", "demo088-test1"),
               r"frames,? [\d.]+ seconds:? ([\d.]+) fps", ("native", "local"),
               (("SDL_AUDIODRIVER", "dummy"), ("ALSOFT_DRIVERS", "null")))


def apps(seconds):
    """By name."""
    found = {f"glmark2-{scene}": App(("glmark2", "-s", "320x240", "-b",
                                      f"{scene}:duration={seconds}"), r"FPS: ([\d.]+)")
             for scene in SCENES}
    return {**found, "openarena": openarena()}


def add_arguments(parser):
    arguments.add_common(parser, 3, 0)
    parser.add_argument("--seconds", type=arguments.positive, default=3, metavar="S",
                        help="how long each scene of glmark2 lasts (default: 3)")
    parser.add_argument("--compare", metavar="OLD.json",
                        help="show the ratios (without native: rates) of an older result beside")
    parser.add_argument("--list", action="store_true", help="print the programs' names and end")
    parser.add_argument("apps", nargs="*", metavar="PROGRAM", help="default: all")


def chosen_apps(names, seconds):
    known = apps(seconds)
    for name in names:
        if name not in known:
            raise BenchError(f"there is no program {name}; --list names them")
    return {name: known[name] for name in names or known}


def check_installed(chosen, wanted):
    """Before anything is measured. The guest's image has what it has."""
    for app in chosen.values():
        here = set(app.places) & set(wanted) & {"native", "local"}
        if here and not shutil.which(app.command[0], path=os.environ["PATH"] + ":/usr/games"):
            raise BenchError(f"{app.command[0]} is missing; ./run bench apps installs it")


def rate(app, said):
    found = re.findall(app.rate, said)
    if not found or not float(found[-1]):
        raise BenchError(f"{app.command[0]} said nothing of its frames a second:\n{said[-500:]}")
    return float(found[-1])


def per_frame(entries):
    """(exits, round trips) of a frame, of the context that made most of the frames; None: none."""
    entry = max(entries, key=lambda entry: entry["frames"], default=None)
    if not entry or not entry["frames"]:
        return None
    return ((entry["doorbells"] + entry["waits"]) / entry["frames"],
            entry["round_trips"] / entry["frames"])


def one(place, app):
    """(frames a second, per_frame() or None) of one program from its start to its end."""
    with_server = place.name != "native"
    before = counts.lines_so_far(place, None) if with_server else 0
    value = rate(app, place.execute(app.command, dict(app.environment)))
    if not with_server:
        return value, None
    # A program may have contexts that draw nothing, and end first.
    return value, per_frame(counts.wait_for_lines(place, before, None, per_frame))


def measure(opened, chosen, runs, progress=places.say):
    """({app: {place: [frames/s, …]}}, {app: {place: [[exits, round trips], …]}})"""
    samples = {name: {} for name in chosen}
    frames = {name: {} for name in chosen}
    for number in range(runs):
        for name, app in chosen.items():
            for place, where in opened.items():
                if place in app.places:
                    progress(f"run {number + 1} of {runs}: {name} in {place}")
                    value, counted = one(where, app)
                    samples[name].setdefault(place, []).append(value)
                    if counted:
                        frames[name].setdefault(place, []).append(counted)
    return samples, frames


def of_apps(samples, frames, wanted, old=None):
    header = ["program"]
    for place in wanted:
        header += [f"{place} frames/s", "±"]
        header += [] if place == "native" else ["exits/frame", "round trips/frame"]
        header += [f"{place}/native", "goal"] if place != "native" and "native" in wanted else []
        header += ["was"] if old else []
    rows = []
    for name, case in samples.items():
        row = [name]
        for place in wanted:
            found = case.get(place)
            row += [f"{results.median(found):.1f}", f"{results.spread(found):.0%}"] if found \
                else ["-", ""]
            if place != "native":
                counted = frames[name].get(place)
                row += [f"{results.median(list(column)):.2f}" for column in zip(*counted)] \
                    if counted else ["-", "-"]
            if place != "native" and "native" in wanted:
                ratio = results.ratio(case, place)
                row += ["-", ""] if ratio is None else \
                    [f"{ratio:.3f}", table.verdict(ratio, goals.goal(place, name))]
            row += [table.before(old, name, place)] if old else []
        rows.append(row)
    return table.lines(header, rows)


def run(options):
    if options.list:
        print("\n".join(apps(options.seconds)))
        return 0
    chosen = chosen_apps(options.apps, options.seconds)
    check_installed(chosen, options.places)
    plot.check(options.plot)
    old = results.load(options.compare, "apps") if options.compare else None
    results.check_writable(options.json)
    result = results.new("apps", runs=options.runs, seconds=options.seconds)
    with places.opened(options.places, programs=0) as opened:
        result["cases"], result["frames"] = measure(opened, chosen, options.runs)
    print("\n".join(of_apps(result["cases"], result["frames"], options.places, old)))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, "Programs", "", "frames/s",
                  {place: [(name, results.median(case[place]))
                           for name, case in result["cases"].items() if place in case]
                   for place in options.places}, log_y=False)
    return 0

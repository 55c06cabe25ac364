# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures the frames a second of real programs: scenes of glmark2, a recorded game of OpenArena
played as fast as it goes, a race of Extreme Tux Racer's, and Neverball's title. Places take turns
program by program, and all is repeated. Exits (registers that the guest wrote or read; of local
programs, doorbells that woke the render thread) and round trips of a frame are the server's count,
in the later half of a program's frames.

The guest's programs are amd64, as Debian has them; games are this machine's, which the guest gets
to see. With --together several of each run at once, against one alone."""

import os
import re
import shutil
from dataclasses import dataclass

import arguments
import frames
import goals
import places
import plot
import results
import table
import together
from errors import BenchError

SUMMARY = "frames a second of real programs"
SCENES = ("build", "texture", "shading", "buffer", "ideas")
SILENT = (("SDL_AUDIODRIVER", "dummy"), ("ALSOFT_DRIVERS", "null"))


@dataclass(frozen=True)
class App:
    command: tuple
    rate: str = r"FPS: ([\d.]+)"  # its last match in what the program says: the frames a second
    environment: tuple = ()
    skip: int = 0  # frames before those that count; not 0: frame_count.c counts
    keys: str = ""  # what frame_count.c presses meanwhile
    needs: tuple = ()  # programs besides


def openarena():
    settings = {"com_hunkmegs": 256, "s_initsound": 0, "r_fullscreen": 0, "r_mode": -1,
                "r_customwidth": 320, "r_customheight": 240, "com_introplayed": 1, "timedemo": 1,
                "nextdemo": "quit"}
    words = [word for name, value in settings.items() for word in ("+set", name, str(value))]
    return App(("openarena", *words, "+demo", "demo088-test1"),
               r"frames,? [\d.]+ seconds:? ([\d.]+) fps", SILENT)


def apps(seconds):
    """By name."""
    found = {f"glmark2-{scene}": App(("glmark2", "-s", "320x240", "-b",
                                      f"{scene}:duration={seconds}")) for scene in SCENES}
    return {**found,
            "extremetuxracer": App(("etr",), environment=SILENT, skip=120, keys="Return:10",
                                   needs=("xdotool",)),
            "neverball": App(("neverball",), environment=SILENT, skip=30),
            "openarena": openarena()}


def add_arguments(parser):
    arguments.add_common(parser, 3, 0)
    parser.add_argument("--seconds", type=arguments.positive, default=3, metavar="S",
                        help="how long a program is measured that goes on for ever (default: 3)")
    parser.add_argument("--together", type=arguments.positive, metavar="N",
                        help="run N of each program at once, and one alone, in turns")
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
        for program in (app.command[0], *app.needs):
            if set(wanted) & {"native", "local"} and \
                    not shutil.which(program, path=os.environ["PATH"] + ":/usr/games"):
                raise BenchError(f"{program} is missing; ./run bench apps installs it")


def rate(app, said):
    found = re.findall(app.rate, said)
    if not found or not float(found[-1]):
        raise BenchError(f"{app.command[0]} said nothing of its frames a second:\n{said[-500:]}")
    return float(found[-1])


def command_in(place, app, seconds):
    """The program, where it does not say its frames with the library that does."""
    if not app.skip:
        return app.command
    return ("env", f"LD_PRELOAD={place.libraries / 'libframe_count.so'}",
            f"FRAME_COUNT_SKIP={app.skip}", f"FRAME_COUNT_SECONDS={seconds}",
            f"FRAME_COUNT_KEYS={app.keys}", *app.command)


def rates(place, app, seconds, count=1):
    """Frames a second of so many of a program at once."""
    return [rate(app, said)
            for said in place.execute_all(command_in(place, app, seconds), count, app.environment)]


def one(place, app, seconds):
    """(frames a second, frames.cost() or None) of one program from its start to its end."""
    if place.name == "native":
        return rates(place, app, seconds)[0], None
    with frames.looked_at(place) as contexts:
        value = rates(place, app, seconds)[0]
    return value, frames.cost(contexts, app.skip)


def measure(opened, chosen, runs, seconds, progress=places.say):
    """({app: {place: [frames/s, …]}}, {app: {place: [[exits, round trips], …]}})"""
    samples = {name: {} for name in chosen}
    costs = {name: {} for name in chosen}
    for number in range(runs):
        for name, app in chosen.items():
            for place, where in opened.items():
                progress(f"run {number + 1} of {runs}: {name} in {place}")
                value, counted = one(where, app, seconds)
                samples[name].setdefault(place, []).append(value)
                if counted:
                    costs[name].setdefault(place, []).append(counted)
    return samples, costs


def of_costs(counted):
    """Exits and round trips of a frame; those above their limit say so."""
    if not counted:
        return ["-", "-"]
    medians = [results.median(list(column)) for column in zip(*counted)]
    limits = (goals.EXITS_OF_A_FRAME, goals.ROUND_TRIPS_OF_A_FRAME)
    return [f"{value:.2f}" + (" too many" if value > limit else "")
            for value, limit in zip(medians, limits)]


def of_apps(samples, costs, wanted, old=None):
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
                row += of_costs(costs[name].get(place))
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
    if options.together and (options.compare or options.plot):
        raise BenchError("--together goes with neither --compare nor --plot")
    chosen = chosen_apps(options.apps, options.seconds)
    check_installed(chosen, options.places)
    plot.check(options.plot)
    old = results.load(options.compare, "apps") if options.compare else None
    results.check_writable(options.json)
    result = results.new("apps", runs=options.runs, seconds=options.seconds)
    with places.opened(options.places, programs=0) as opened:
        if options.together:
            result["together"] = together.measure(opened, chosen, options.together, options.runs,
                                                  options.seconds)
        else:
            result["cases"], result["frames"] = measure(opened, chosen, options.runs,
                                                        options.seconds)
    print("\n".join(together.of_together(result["together"]) if options.together else
                    of_apps(result["cases"], result["frames"], options.places, old)))
    if options.json:
        results.save(result, options.json)
    if options.plot:
        plot.draw(options.plot, "Programs", "", "frames/s",
                  {place: [(name, results.median(case[place]))
                           for name, case in result["cases"].items() if place in case]
                   for place in options.places}, log_y=False)
    return 0

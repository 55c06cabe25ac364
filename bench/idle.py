# SPDX-License-Identifier: GPL-2.0-or-later
"""Measures what a program costs the host that has drawn and does nothing: doorbells, waits and
wake-ups, how often threads of the server ran, and the processor time of the server and, in the VM,
of QEMU, whose own time without the program stands beside."""

import pathlib
import time

import arguments
import frames
import places
import results
import table
from errors import BenchError

SUMMARY = "what a program costs that does nothing"
NAMES = ("doorbells", "waits", "wakes")


def add_arguments(parser):
    parser.add_argument("--in", dest="places", type=arguments.place_names, default=["local", "vm"],
                        metavar="PLACES", help="local,vm (default) or one of these")
    parser.add_argument("--seconds", type=arguments.positive, default=10, metavar="S",
                        help="for how long it is watched (default: 10)")
    parser.add_argument("--json", metavar="FILE", help="write the result to FILE")


def threads(process):
    """{thread: (times that it went to sleep, ns on a processor)}"""
    found = {}
    for task in pathlib.Path(f"/proc/{process}/task").iterdir():
        status = (task / "status").read_text(encoding="ascii", errors="replace")
        slept = int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])
        found[task.name] = slept, int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return found


def watch(process, seconds):
    """(times that its threads ran, part of a processor that they took)"""
    before = threads(process)
    time.sleep(seconds)
    changes = [(slept - before.get(name, (0, 0))[0], ns - before.get(name, (0, 0))[1])
               for name, (slept, ns) in threads(process).items()]
    return sum(runs for runs, _ in changes), sum(ns for _, ns in changes) / 1e9 / seconds


def measure(place, seconds, settle=3, progress=places.say):
    """{"doorbells": …, "waits": …, "wakes": …, "runs": …, "server": …, "qemu": …, "qemu alone": …}"""
    found = {}
    if place.name == "vm":
        progress("the VM without the program")
        found["qemu alone"] = watch(place.vm.process.pid, seconds)[1]
    progress(f"a program in {place.name}")
    place.start()
    place.measure("clear-swap", 1)
    # Its last frame is shown, and the threads sleep longer each time.
    time.sleep(settle)
    before = frames.look(place)
    server, = frames.servers_of(place.parents()[0], place.build / "trireme")
    found["runs"], found["server"] = watch(server, seconds)
    if place.name == "vm":
        found["qemu"] = watch(place.vm.process.pid, seconds)[1]
    after = frames.look(place)
    return {**found, **{name: after[name] - before[name] for name in NAMES}}


def of_idle(found):
    header = ["in", *(name.replace("wakes", "wake-ups") for name in NAMES), "threads ran", "server",
              "QEMU", "without the program"]
    return table.lines(header, [
        [place, *(str(values[name]) for name in ("doorbells", "waits", "wakes", "runs")),
         *(f"{values[name]:.2%}" if name in values else "-"
           for name in ("server", "qemu", "qemu alone"))] for place, values in found.items()])


def run(options):
    if "native" in options.places:
        raise BenchError("without a server there is nothing to watch; places are local and vm")
    results.check_writable(options.json)
    result = results.new("idle", seconds=options.seconds)
    with places.opened(options.places, programs=0) as opened:
        result["cases"] = {name: measure(place, options.seconds) for name, place in opened.items()}
    print("\n".join(of_idle(result["cases"])))
    if options.json:
        results.save(result, options.json)
    return 0

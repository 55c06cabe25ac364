#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Two unmodified programs draw at the same time in one guest, through the device.

Boots the VM with Xorg on its standard VGA and `-device trireme`, runs glxgears and glmark2's
texture scene side by side, takes screenshots of the VM's display (build/demo/demo.png), prints
what each context did, then stops each program at a certain frame and compares what the display
shows with the same frame of the same program on the host's own GL. Exits with 1 if the windows do
not move, or if one pixel differs.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "vm")]
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from vm import Vm  # noqa: E402


class Program:
    """A program, where its window stands on the display, and which frame is compared."""

    def __init__(self, name, command, x, y, width, height, frame):
        self.name, self.command = name, command
        self.x, self.y, self.width, self.height, self.frame = x, y, width, height, frame

    def window(self, display):
        return display.crop(self.x, self.y, self.width, self.height)


PROGRAMS = [
    Program("glxgears", ["glxgears", "-geometry", "400x400+560+40"], 560, 40, 400, 400, 30),
    Program("glmark2", ["glmark2", "-s", "500x400", "-b", "texture:duration=1000"],
            0, 0, 500, 400, 20),
]
CAPTURE_IN_GUEST = "/trireme/tests/programs/libframe_capture.so"


def say(text):
    print(f"demo: {text}", flush=True)


class Display:
    def __init__(self, vm, folder):
        self.vm, self.folder = vm, folder

    def picture(self):
        path = os.path.join(self.folder, "display.ppm")
        self.vm.screendump(path)
        return Picture.read(path)


def start(vm, program, env=()):
    """Starts the program in the guest's background and returns its process id."""
    words = " ".join(["env", *env, *program.command])
    return int(vm.check(f"{words} >/run/{program.name}.log 2>&1 </dev/null & echo $!", timeout=30))


def stop(vm, process):
    vm.check(f"kill {process}; while kill -0 {process}; do sleep 0.1; done 2>/dev/null", timeout=60)


def wait_until_drawn(display, program, timeout=90):
    deadline = time.monotonic() + timeout
    while program.window(display.picture()).colours() < 20:
        if time.monotonic() > deadline:
            log = display.vm.run(f"cat /run/{program.name}.log")[1].decode(errors="replace")
            raise SystemExit(f"demo: {program.name} shows nothing after {timeout} s\n{log}")
        time.sleep(0.5)


def side_by_side(vm, display, folder, seconds):
    """Both programs at once; returns whether both windows move."""
    processes = [start(vm, program) for program in PROGRAMS]
    for program in PROGRAMS:
        wait_until_drawn(display, program)
    say(f"both programs draw; letting them run for {seconds} s")
    time.sleep(seconds)
    first = display.picture()
    time.sleep(1.5)
    second = display.picture()
    second.write_png(os.path.join(folder, "demo.png"))
    for process in processes:
        stop(vm, process)
    moving = True
    for program in PROGRAMS:
        changed = program.window(first).differing_pixels(program.window(second))
        say(f"{program.name}: {changed} pixels changed between two screenshots")
        moving = moving and changed > 0
    return moving


def still_frames(vm, display, native):
    """Stops each program at its frame; returns whether the display shows the native frame."""
    equal = True
    for program in PROGRAMS:
        process = start(vm, program, [f"LD_PRELOAD={CAPTURE_IN_GUEST}", "CAPTURE_THEN=hold",
                                      f"CAPTURE_FRAME={program.frame}"])
        deadline = time.monotonic() + 120
        differing = None
        while differing != 0 and time.monotonic() < deadline:
            time.sleep(1)
            differing = program.window(display.picture()).differing_pixels(native[program.name])
        say(f"{program.name}: frame {program.frame} differs from the host's own GL in "
            f"{differing} of {program.width * program.height} pixels")
        if differing:
            program.window(display.picture()).write_png(f"{display.folder}/{program.name}-vm.png")
        equal = equal and differing == 0
        stop(vm, process)
    return equal


def print_statistics(path):
    """One line for each context that drew; the server wrote them as JSON, one a line."""
    print(f"{'program':12} {'frames':>7} {'calls/s':>10} {'bytes/s':>12} {'exits/frame':>12} "
          f"{'round trips/frame':>18}")
    with open(path) as lines:
        contexts = [json.loads(line) for line in lines]
    shown = 0
    for context in contexts:
        frames = context["frames"]
        if frames == 0:
            continue
        seconds = context["seconds"]
        exits = context["doorbells"] + context["waits"]
        print(f"{context['program']:12} {frames:7} {context['commands'] / seconds:10.0f} "
              f"{context['bytes'] / seconds:12.0f} {exits / frames:12.2f} "
              f"{context['round_trips'] / frames:18.2f}", flush=True)
        shown += 1
    return shown >= len(PROGRAMS)


def main():
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10,
                        help="how long both programs draw before the screenshots (default: 10)")
    options = parser.parse_args()

    folder = programs.BUILD / "demo"
    folder.mkdir(exist_ok=True)
    statistics = folder / "statistics.json"
    statistics.unlink(missing_ok=True)

    with tempfile.TemporaryDirectory() as scratch:
        native = {}
        with programs.x_server():
            for program in PROGRAMS:
                say(f"{program.name} on the host's own GL, frame {program.frame}")
                native[program.name] = programs.captured_frame(
                    program.command, program.frame, f"{scratch}/{program.name}.ppm", False)
        say("booting the guest")
        with Vm(server=str(programs.TRIREME),
                env={"TRIREME_STATS": "1", "TRIREME_STATS_FILE": str(statistics)}) as vm:
            say(f"up after {vm.boot_seconds:.1f} s; starting Xorg")
            vm.start_x()
            display = Display(vm, str(folder))
            moving = side_by_side(vm, display, str(folder), options.seconds)
            # Who opens the device next has the slots of ended programs freed, which counts them up.
            vm.run("glxinfo -B >/dev/null 2>&1", timeout=60)
            time.sleep(1)
            counted = print_statistics(statistics)
            equal = still_frames(vm, display, native)
    (folder / "display.ppm").unlink(missing_ok=True)
    say(f"wrote {os.path.relpath(folder / 'demo.png')}")
    for good, complaint in ((moving, "a window does not move"), (counted, "statistics are missing"),
                            (equal, "a frame differs from the host's own GL")):
        if not good:
            say(f"FAILED: {complaint}")
    return 0 if moving and counted and equal else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The test programs of 3dfx's Glide SDK, run under Wine with our DLLs: with the local transport, and
with --vm in the Wine guest of a VM as well, through the device.

    ./run glide-sdk [--vm] [--out FOLDER] [--frames N] [NAME …]

Names are 2-00 … 2-29 and 3-00 … 3-49; default: all. FOLDER (build/glide-sdk) gets the frame that each
program showed last (2-00.png …; 2-00-vm.png of the VM), contact.png with all of them, and results.md.
"""

import argparse
import contextlib
import dataclasses
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import typing

HERE = pathlib.Path(__file__).resolve().parent
for folder in (HERE.parents[1], HERE.parents[1] / "vm"):
    sys.path.insert(0, str(folder))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.wine import WINE, unix_path  # noqa: E402
from contact_sheet import contact_sheet  # noqa: E402
from sdk_programs import build, fetch, find_programs  # noqa: E402
from watched_guest import Guest  # noqa: E402

TIMEOUT = 60  # seconds, of one program
TIMEOUT_IN_VM = 180
CRASHED = (3, 5, 139)  # exit statuses: abort(), an access violation, a segmentation fault


@dataclasses.dataclass
class Outcome:
    """What became of a program."""
    frame: typing.Optional[Picture]  # that it showed last
    wrong: str = ""


def judge(frame, text, status):
    """The outcome of a program that ended by itself; `frame` is the file that it wrote."""
    picture = Picture.read(frame) if frame.exists() else None
    if "Unhandled exception" in text or "page fault" in text or status in CRASHED:
        return Outcome(picture, "crashed")
    if not picture:
        return Outcome(None, "showed nothing: " + (text.strip().splitlines() or ["no output"])[-1])
    return Outcome(picture)


def end_programs(folder):
    """Those that run in the folder."""
    for link in pathlib.Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if os.readlink(link) == str(folder):
                os.kill(int(link.parent.name), signal.SIGKILL)


def run(program, work, frames):
    """Runs it under Wine on this machine, in its folder."""
    folder = work / program.glide
    frame = folder / f"{program.name}.ppm"
    command = [str(WINE), "cmd", "/c", f"cd /d {unix_path(folder)} && {program.command(frames)}"]
    watchdog = threading.Timer(TIMEOUT, end_programs, [folder])
    watchdog.start()
    result = programs.run(command, trireme=True, timeout=2 * TIMEOUT, options=["--files"], check=False,
                          env={"SDK_FRAME": unix_path(frame)})
    late = not watchdog.is_alive()
    watchdog.cancel()
    if late:
        return Outcome(None, f"did not end in {TIMEOUT} s")
    return judge(frame, result.stdout + result.stderr, result.returncode)


def run_in_vm(program, guest, frames):
    """Runs it in a guest with Wine whose folder has the programs."""
    frame = pathlib.Path(guest.folder) / program.glide / f"{program.name}.ppm"
    frame.unlink(missing_ok=True)
    status, output = guest.run(
        f"cd /share/{program.glide} && SDK_FRAME='Z:\\share\\{program.glide}\\{frame.name}' "
        f"timeout -s KILL {TIMEOUT_IN_VM} wine {program.command(frames)}", 2 * TIMEOUT_IN_VM)
    if status == 137:
        return Outcome(None, f"did not end in {TIMEOUT_IN_VM} s")
    return judge(frame, output.decode(errors="replace"), status)


@contextlib.contextmanager
def programs_at(chosen, sdk):
    """Builds them in /tmp, which the Debian with Wine shares with this machine."""
    subprocess.run([WINE, "--build"], check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="trireme-sdk-") as work, programs.x_server(1280, 1024):
        work = pathlib.Path(work)
        build(chosen, sdk, work)
        try:
            yield work
        finally:
            for folder in work.iterdir():
                end_programs(folder)


def result_in_vm(there, here):
    """What the VM's outcome is, beside the local one."""
    if there.wrong or here.frame is None:
        return there.wrong or "ran"
    pixels = there.frame.differing_pixels(here.frame)
    return f"ran, {pixels} pixels differ" if pixels else "ran, the same picture"


def run_all(chosen, args):
    """The local outcomes and the lines that tell of all."""
    outcomes, lines = [], []
    with contextlib.ExitStack() as stack:
        work = stack.enter_context(programs_at(chosen, fetch()))
        guest = stack.enter_context(Guest(str(work), wine=True)) if args.vm else None
        for program in chosen:
            here = Outcome(None, program.wrong) if program.wrong else run(program, work, args.frames)
            outcomes.append(here)
            results = [here.wrong or "ran"]
            if here.frame:
                here.frame.write_png(args.out / f"{program.name}.png")
            if guest and not program.wrong:
                there = run_in_vm(program, guest, args.frames)
                results.append(result_in_vm(there, here))
                if there.frame:
                    there.frame.write_png(args.out / f"{program.name}-vm.png")
                here.wrong = here.wrong or there.wrong
            print("  ".join([program.name, *results]), flush=True)
            lines.append(f"| {' | '.join([program.name, program.purpose, *results])} |")
    return outcomes, lines


def main():
    parser = argparse.ArgumentParser(prog="./run glide-sdk", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vm", action="store_true", help="in the Wine guest of a VM, too")
    parser.add_argument("--out", type=pathlib.Path, default=programs.BUILD / "glide-sdk")
    parser.add_argument("--frames", type=int, default=6)
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    chosen = [p for p in find_programs(fetch()) if not args.names or p.name in args.names]
    args.out.mkdir(parents=True, exist_ok=True)
    outcomes, lines = run_all(chosen, args)
    contact_sheet([outcome.frame for outcome in outcomes], args.out / "contact.png")
    columns = ["program", "what it says of itself", "local transport", *(["VM"] if args.vm else [])]
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|", *lines]
    (args.out / "results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs run on the host's own GL and through Trireme's local transport, under one Xvfb."""

import contextlib
import os
import pathlib
import subprocess

from support.pictures import Picture

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("TRIREME_BUILD", SOURCE / "build"))
TRIREME = BUILD / "trireme"
CAPTURE = BUILD / "tests" / "programs" / "libframe_capture.so"
GAMES = "/usr/games"
# Plays a recorded game as fast as it can, and ends.
OPENARENA = ["openarena", "+set", "com_hunkmegs", "512", "+set", "s_initsound", "0",
             "+set", "r_fullscreen", "0", "+set", "r_mode", "-1", "+set", "r_customwidth", "320",
             "+set", "r_customheight", "240", "+set", "com_introplayed", "1",
             "+set", "timedemo", "1", "+set", "nextdemo", "quit", "+demo", "demo088-test1"]

# Sound that needs no device. Without one, OpenAL's programs may wait for their music for ever.
SILENT = {"SDL_AUDIODRIVER": "dummy", "ALSOFT_DRIVERS": "null"}

# The guest's processor has no FMA, and glibc's sine may differ in its last bit with it.
PLAIN_PROCESSOR = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"}


@contextlib.contextmanager
def x_server(width=1024, height=768, depth=24):
    """An Xvfb of its own; sets DISPLAY for this process."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x{depth}",
                               "-nolisten", "tcp", "-noreset"], pass_fds=[write],
                              stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise RuntimeError("Xvfb did not start")
    before = os.environ.get("DISPLAY")
    os.environ["DISPLAY"] = ":" + number
    try:
        yield
    finally:
        if before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = before
        server.terminate()
        server.wait()


def run(command, trireme, timeout=300, env=None, options=(), check=True):
    """Runs `command` (a list) and returns the CompletedProcess with its output as text."""
    full = [str(TRIREME), "run", *options, "--", *command] if trireme else list(command)
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:{GAMES}", **(env or {})}
    # A program that hangs is given SIGTERM first, so that the server of `trireme run` ends too.
    process = subprocess.Popen(full, env=environment, text=True, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, errors="replace")
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            out, err = process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        raise AssertionError(f"{' '.join(map(str, full))} did not end in {timeout} s\n{out}\n{err}")
    if check and process.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, full))} ended with {process.returncode}\n{out}\n{err}")
    return subprocess.CompletedProcess(full, process.returncode, out, err)


def captured_frame(command, frame, path, trireme, timeout=300):
    """The back buffer of `command` just before its swap number `frame`, with a repeatable clock."""
    # By way of env, so that only the program gets the library, not `trireme run` and its server.
    settings = {**PLAIN_PROCESSOR, "LD_PRELOAD": CAPTURE, "CAPTURE_FRAME": frame, "CAPTURE_FILE": path}
    run(["env", *(f"{name}={value}" for name, value in settings.items()), *command], trireme, timeout)
    return Picture.read(path)

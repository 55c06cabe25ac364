# SPDX-License-Identifier: GPL-2.0-or-later
"""A VM for tests: programs in it, what its display shows, and its device's server."""

import json
import os
import pathlib
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import programs  # noqa: E402
from support.pictures import Picture  # noqa: E402
from support.waiting import PATIENCE, until  # noqa: E402
from vm import Vm  # noqa: E402

BUILD = str(programs.BUILD)
IN_GUEST = "/trireme/tests/programs"
FRAME = 20


def parent_of(process):
    """The process id of a process's parent; None: it has ended."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            state, parent = file.read().rsplit(")", 1)[1].split()[:2]
    except (OSError, IndexError):
        return None
    return None if state == "Z" else int(parent)


class Guest(Vm):
    """A VM with Xorg and a folder of its own, in which the device's server is watched."""

    def __init__(self, folder, **keywords):
        self.folder = folder
        self.statistics_file = os.path.join(folder, "statistics.json")
        self.configuration = os.path.join(folder, "trireme", "trireme.conf")
        super().__init__(build=BUILD, share=folder, log=os.path.join(folder, "log"), env={
            "TRIREME_STATS_FILE": self.statistics_file, "XDG_CONFIG_HOME": folder}, **keywords)

    def start(self):
        super().start()
        self.guest_env["__GLX_VENDOR_LIBRARY_NAME"] = "trireme"
        self.start_x()
        if self.wine:
            self.launch("exec wine /trireme/tests/windows/desktop.exe", "desktop")
            self.until_said("desktop", "ready")

    def stop(self):
        """The server, which writes into the folder, ends after QEMU."""
        server = self.process and self.server_process()
        super().stop()
        if server:
            until(lambda: parent_of(server) is None, "the server's end")

    # Programs

    def launch(self, command, name):
        """Starts a program in the background and returns its process id; its output goes to
        /run/NAME.log, its status to /run/NAME.status when it ends."""
        line = command if isinstance(command, str) else " ".join(command)
        return int(self.check(
            f"rm -f /run/{name}.*; ({line} >/run/{name}.log 2>&1 </dev/null & echo $! "
            f">/run/{name}.pid; wait $!; echo $? >/run/{name}.status) >/dev/null 2>&1 &\n"
            f"until [ -s /run/{name}.pid ]; do sleep 0.05; done; cat /run/{name}.pid", PATIENCE))

    def status(self, name):
        """How the program ended; None: it runs."""
        text = self.run(f"cat /run/{name}.status 2>/dev/null", PATIENCE)[1]
        return int(text) if text else None

    def log_of(self, name):
        return self.check(f"cat /run/{name}.log", PATIENCE).decode(errors="replace")

    def until_said(self, name, words):
        """Waits in the guest until the program has said that: the Wine guest empties its caches at
        each command, which a program that starts would feel."""
        self.check("now() { cut -d. -f1 /proc/uptime; }\n"
                   f"end=$(($(now) + {PATIENCE}))\n"
                   "while :; do\n"
                   f"    ended=$(cat /run/{name}.status 2>/dev/null)\n"
                   f"    grep -q '{words}' /run/{name}.log && exit 0\n"
                   "    [ -z \"$ended\" ] && [ $(now) -lt $end ] || break\n"
                   "    sleep 0.1\n"
                   "done\n"
                   f"echo \"status: $ended\"; cat /run/{name}.log; exit 1", PATIENCE + 30)

    def kill(self, process, name):
        self.check(f"kill -KILL {process}; until [ -s /run/{name}.status ]; do sleep 0.05; done",
                   PATIENCE)

    def until_file(self, path):
        self.check(f"for i in $(seq {PATIENCE * 10}); do [ -e {path} ] && exit 0; sleep 0.1; done;"
                   "exit 1", PATIENCE + 10)

    def frame(self, command, number=FRAME, library="libframe_capture.so"):
        """A program's back buffer before its swap of that number, as its glReadPixels sees it."""
        self.check(f"rm -f /share/frame.ppm; LD_PRELOAD={IN_GUEST}/{library} "
                   f"CAPTURE_FRAME={number} CAPTURE_FILE=/share/frame.ppm {' '.join(command)}",
                   PATIENCE)
        return Picture.read(os.path.join(self.folder, "frame.ppm"))

    def display(self, width, height):
        """The upper left corner of what the VM's display shows."""
        path = os.path.join(self.folder, "display.ppm")
        self.screendump(path)
        return Picture.read(path).crop(0, 0, width, height)

    # The server

    def server_process(self):
        """The process id of the server, a child of QEMU; None: there is none."""
        for entry in os.listdir("/proc"):
            if entry.isdigit() and parent_of(int(entry)) == self.process.pid:
                return int(entry)
        return None

    def kill_server(self):
        """Kills the server and waits until its successor runs."""
        old = self.server_process()
        os.kill(old, signal.SIGKILL)
        return until(lambda: (new := self.server_process()) != old and new, "another server")

    def configure(self, text):
        """Lets a server with that configuration take over."""
        os.makedirs(os.path.dirname(self.configuration), exist_ok=True)
        with open(self.configuration, "w", encoding="ascii") as file:
            file.write(text)
        self.kill_server()

    def statistics(self, program):
        """What the server noted of contexts of that program that ended and had frames."""
        try:
            with open(self.statistics_file, encoding="ascii") as file:
                contexts = [json.loads(line) for line in file]
        except FileNotFoundError:
            return []
        return [context for context in contexts
                if context["program"] == program and context["frames"] > 0]

    def trace(self, enable):
        for event in ("trireme_doorbell", "trireme_wait"):
            self.qmp("trace-event-set-state", name=event, enable=enable)

    def traced(self, event):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return sum(f"{event} " in line for line in log)


def boot(test_class, **keywords):
    folder = tempfile.TemporaryDirectory(prefix="trireme-drawing-")
    test_class.addClassCleanup(folder.cleanup)
    guest = Guest(folder.name, **keywords)
    guest.start()
    test_class.addClassCleanup(guest.stop)
    return guest

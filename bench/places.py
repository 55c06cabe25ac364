# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a program makes its OpenGL calls: on the host's own GL, through `trireme run`, in the VM.

All places of a run live at the same time, each with its X server and with one gl_calls that waits
for its turn, so that two measurements of the same case lie less than a second apart.
"""

import contextlib
import os
import pathlib
import select
import shlex
import shutil
import subprocess
import sys
import tempfile

from errors import BenchError

SOURCE = pathlib.Path(__file__).resolve().parents[1]
NAMES = ("native", "local", "vm")
ANSWER_SECONDS = 90
PROGRAM_SECONDS = 600  # of one that is no gl_calls


def executable():
    path = os.environ.get("TRIREME_EXECUTABLE")
    return pathlib.Path(path) if path else SOURCE / "build" / "trireme"


def build():
    return executable().parent


def gl_calls(name="gl_calls"):
    """The same program for all places, whatever build their libraries and servers are of."""
    path = build() / "bench" / name
    if not path.exists():
        raise BenchError(f"{path} is missing; run ./run build")
    return path


def say(text):
    print(text, file=sys.stderr, flush=True)


def temporary_folder():
    """A server may write its last statistics there while it is removed."""
    return tempfile.TemporaryDirectory(prefix="trireme-bench-", ignore_cleanup_errors=True)


class XServer(contextlib.AbstractContextManager):
    """An Xvfb for the programs of this machine."""

    def __enter__(self):
        read, write = os.pipe()
        try:
            self.process = subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten",
                 "tcp", "-noreset"], pass_fds=[write], stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            raise BenchError("Xvfb is missing; install the package xvfb") from None
        finally:
            os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise BenchError("Xvfb did not start")
        self.display = ":" + number
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def parse_answer(line, case):
    """(calls, seconds) of a line of gl_calls."""
    words = line.split()
    if len(words) != 3 or words[0] != case or not int(words[2]):
        raise BenchError(f"{case}: the program answered {line!r}")
    return int(words[1]), int(words[2]) / 1e9


class Program:
    """A gl_calls of this machine, started by `command`, that answers on a pipe."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(
            [str(word) for word in command], env={**os.environ, **environment},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            if self.read() != "ready":
                raise BenchError(f"{command[0]} did not get ready")
        except BaseException:
            self.close()
            raise

    def read(self):
        if not select.select([self.process.stdout], [], [], ANSWER_SECONDS)[0]:
            raise BenchError(f"no answer in {ANSWER_SECONDS} s from {self.process.args[0]}")
        line = self.process.stdout.readline().decode().strip()
        if not line:
            raise BenchError(f"{self.process.args[0]} ended with status {self.process.wait()}")
        return line

    def ask(self, case, milliseconds):
        self.process.stdin.write(f"{case} {milliseconds}\n".encode())
        self.process.stdin.flush()
        return self.read()

    def close(self):
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait()


class Running:
    """A program of this machine that runs to its end, for `with`."""

    def __init__(self, command, environment):
        self.command = command
        self.said = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [str(word) for word in command], env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stdout=self.said, stderr=subprocess.STDOUT)

    def output(self):
        """What it said, when it has ended."""
        status = self.process.wait()
        self.said.seek(0)
        said = self.said.read().decode(errors="replace")
        if status:
            raise BenchError(f"{' '.join(map(str, self.command))} ended with status {status}: "
                             f"{said[-500:]}")
        return said

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self.said.close()


class Place(contextlib.AbstractContextManager):
    """Programs that wait for their turn, programs[0] and so on. Subclasses have start(), which
    starts one more, output(), which runs another to its end and returns what it said, and
    execute_all(), which does that with several of any program at once."""

    def __init__(self, settings, build, traced):
        self.settings = settings  # by name, as --sweep gives them
        self.build = build  # the folder of libraries and server
        self.traced = traced  # servers write a timeline into self.trace
        self.programs = []

    @property
    def statistics(self):
        return os.path.join(self.folder, "statistics.json")

    @property
    def trace(self):
        return os.path.join(self.folder, "trace.json")

    def guest_environment(self):
        return {"TRIREME_PUBLISH": str(self.settings["publish"])} \
            if "publish" in self.settings else {}

    def execute(self, command, environment=()):
        return self.execute_all(command, 1, environment)[0]

    def server_environment(self):
        return {"TRIREME_STATS_FILE": self.statistics,
                **({"TRIREME_TRACE": self.trace} if self.traced else {})}

    def __exit__(self, *_):
        for program in self.programs:
            program.close()

    def measure(self, case, milliseconds, program=0):
        return parse_answer(self.programs[program].ask(case, milliseconds), case)


class OfThisMachine(Place):
    running = ()  # what execute_all() runs

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            self.file = gl_calls()
            self.x = stack.enter_context(XServer())
            self.folder = stack.enter_context(temporary_folder())
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *arguments):
        super().__exit__(*arguments)
        self.stack.close()

    def start(self):
        self.programs.append(Program([*self.prefix(), self.file], self.environment()))

    def execute_all(self, command, count, environment=()):
        with contextlib.ExitStack() as stack:
            variables = {**self.environment(), "HOME": self.folder, **dict(environment),
                         "PATH": os.environ["PATH"] + ":/usr/games"}
            self.running = [stack.enter_context(Running([*self.prefix(), *command], variables))
                            for _ in range(count)]
            return [program.output() for program in self.running]

    def output(self, *arguments, wrapper=()):
        with Running([*self.prefix(), *wrapper, self.file, *arguments],
                     self.environment()) as program:
            return program.output()

    @property
    def libraries(self):
        """The folder with what programs preload."""
        return build() / "bench"


class Native(OfThisMachine):
    """The host's own GL, under an Xvfb."""

    name = "native"

    def prefix(self):
        return []

    def environment(self):
        return {"DISPLAY": self.x.display, "__GLX_VENDOR_LIBRARY_NAME": "mesa"}


class Local(OfThisMachine):
    """Through `trireme run`, under an Xvfb; each program has a server of its own."""

    name = "local"

    def parents(self):
        """The processes whose children the servers are."""
        return [program.process.pid for program in [*self.running, *self.programs]]

    def prefix(self):
        return [self.build / "trireme", "run", *settings_options(self.settings, self.folder), "--"]

    def environment(self):
        return {"DISPLAY": self.x.display, **self.guest_environment(),
                **self.server_environment()}


def configuration(settings):
    """The lines of trireme.conf for the settings of a place."""
    lines = []
    if "ring-size" in settings:
        lines.append(f"ring-size = {settings['ring-size']}\n")
    if "spin" in settings:
        lines.append(f"spin-us = {settings['spin']}\n")
    return "[rings]\n" + "".join(lines) if lines else ""


def settings_options(settings, folder):
    path = os.path.join(folder, "trireme.conf")
    with open(path, "w", encoding="ascii") as file:
        file.write(configuration(settings))
    return ["--config", path]


class GuestProgram:
    """A gl_calls of the guest, which reads and answers on two pipes with names."""

    def __init__(self, vm, program, number):
        self.vm, self.pipes = vm, f"/run/bench{number}"
        # Opened for both directions, so that neither side ever sees an end.
        vm.check(f"mkfifo {self.pipes}.in {self.pipes}.out\n"
                 f"{program} <>{self.pipes}.in 1<>{self.pipes}.out 2>{self.pipes}.err &\n"
                 f"echo $! >{self.pipes}.pid", 60)
        if self.answer() != "ready":
            raise BenchError("gl_calls in the guest did not get ready: "
                             + vm.check(f"cat {self.pipes}.err").decode(errors="replace"))

    def answer(self, before=""):
        return self.vm.check(f"{before}read -r line <>{self.pipes}.out; "
                             'echo "$line"', ANSWER_SECONDS).decode().strip()

    def ask(self, case, milliseconds):
        return self.answer(f"echo {case} {milliseconds} >{self.pipes}.in; ")

    def close(self):
        """It goes with the VM."""


class Guest(Place):
    """In the VM: one vCPU of TCG, an i386 program, Xorg on the VM's display."""

    name = "vm"

    def __enter__(self):
        sys.path.insert(0, str(SOURCE / "tests" / "vm"))
        import vm  # needs the source tree, as the other places do not
        with contextlib.ExitStack() as stack:
            self.folder = stack.enter_context(temporary_folder())
            self.file = gl_calls("gl_calls32")
            shutil.copy(self.file, self.folder)
            os.mkdir(os.path.join(self.folder, "trireme"))
            with open(os.path.join(self.folder, "trireme", "trireme.conf"), "w",
                      encoding="ascii") as file:
                file.write(configuration(self.settings))
            properties = [f"ioeventfd={self.settings['ioeventfd']}"] \
                if "ioeventfd" in self.settings else []
            try:
                self.vm = stack.enter_context(vm.Vm(
                    build=str(self.build), device=",".join(properties), share=self.folder,
                    games=True,
                    qemu_args=["-icount", "shift=0,sleep=off"] if "icount" in self.settings else [],
                    log=os.path.join(self.folder, "log"),
                    env={"XDG_CONFIG_HOME": self.folder, **self.server_environment()}))
                self.vm.start_x()
                self.vm.guest_env.update(self.guest_environment())
            except vm.VmError as error:
                raise BenchError(error) from None
            self.error = vm.VmError
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *arguments):
        super().__exit__(*arguments)
        self.stack.close()

    @property
    def program(self):
        return "/share/" + self.file.name

    def start(self):
        try:
            self.programs.append(GuestProgram(self.vm, self.program, len(self.programs)))
        except self.error as error:
            raise BenchError(error) from None

    def parents(self):
        return [self.vm.process.pid]

    def execute_all(self, command, count, environment=(), seconds=PROGRAM_SECONDS):
        variables = [f"{name}={value}" for name, value in dict(environment).items()]
        line = shlex.join(["env", *variables, *map(str, command)])
        files = [f"/run/said{number}" for number in range(count)]
        try:
            self.vm.check("".join(f"{line} >{file} 2>&1 & programs=\"$programs $!\"\n"
                                  for file in files)
                          + "for program in $programs; do\n"
                          f"    wait $program || {{ tail -n 20 {' '.join(files)}; exit 1; }}\n"
                          "done", seconds)
            return [self.vm.check(["cat", file], ANSWER_SECONDS).decode(errors="replace")
                    for file in files]
        except self.error as error:
            raise BenchError(error) from None

    def output(self, *arguments):
        return self.execute([self.program, *arguments])

    @property
    def libraries(self):
        return pathlib.Path("/trireme/bench")

    def measure(self, case, milliseconds, program=0):
        try:
            return super().measure(case, milliseconds, program)
        except self.error as error:
            raise BenchError(error) from None


CLASSES = {place.name: place for place in (Native, Local, Guest)}


def parse_names(text):
    """The value of --in, in the order of NAMES."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in NAMES]
    if unknown or not names:
        raise ValueError(f"{', '.join(unknown) or 'nothing'}: places are {', '.join(NAMES)}")
    return [name for name in NAMES if name in names]


def check_guest(names):
    """Says what is missing before anything is started."""
    if "vm" not in names:
        return
    for variable, path in (("TRIREME_QEMU", build() / "qemu" / "bin" / "qemu-system-x86_64"),
                           ("TRIREME_GUEST_IMAGE", build() / "guest-image" / "vmlinux")):
        if variable not in os.environ and not path.exists():
            raise BenchError(f"{path} is missing, which --in vm needs: ./run build makes QEMU and "
                             "./run vm the guest's image; or say --in native,local")


def other_build(path):
    """The folder that --against names."""
    if not os.access(os.path.join(path, "trireme"), os.X_OK):
        raise BenchError(f"{path} is no build folder: there is no trireme in it")
    return pathlib.Path(path).resolve()


AGAINST = "-against"


@contextlib.contextmanager
def opened(names, settings=None, against=None, programs=1, traced=False):
    """The places of these names, each with so many programs that wait. A dictionary in their order;
    with `against`, a build folder, each but native is followed by NAME-against, which has that
    build's libraries and server. `traced`: their servers write timelines."""
    check_guest(names)
    gl_calls()
    places = {}
    with contextlib.ExitStack() as stack:
        def start(name, key, folder):
            say(f"starting {key}" + (" (boots the guest)" if name == "vm" else ""))
            place = stack.enter_context(CLASSES[name](settings or {}, folder, traced))
            for _ in range(programs):
                place.start()
            places[key] = place

        for name in names:
            start(name, name, build())
            if against and name != "native":
                start(name, name + AGAINST, against)
        yield places

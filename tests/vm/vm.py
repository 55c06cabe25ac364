#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Boots the Linux guest, or the one with Wine, and runs commands in it.

As a module, for tests and the demo (one Vm, used from one thread):

    with Vm(smp=2, share="/tmp/files") as vm:
        vm.start_x()
        status, output = vm.run("glxinfo -B", timeout=60)
        vm.screendump("frame.png")
        vm.qmp("device_del", id="trireme0")

As a program it is what `./run vm` runs; see --help there.
"""

import argparse
import base64
import ctypes
import json
import os
import secrets
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time

import initrd

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

BOOT_SECONDS = 180


class VmError(Exception):
    """The VM could not do what was asked; the message says why and what to do."""


class GuestTimeout(VmError):
    """A command did not end in time. The VM is of no use afterwards but for stop()."""


class Port:
    """A socket to QEMU from which messages are cut at a delimiter."""

    def __init__(self, name, vm):
        self.ours, self.theirs = socket.socketpair()
        self.name = name
        self.vm = vm
        self.pending = b""

    def close(self):
        self.ours.close()

    def send(self, data):
        try:
            self.ours.sendall(data)
        except OSError:
            raise VmError(self.vm.obituary()) from None

    def receive(self, deadline):
        """Returns what came next, or b"" when the deadline (None: never) has passed."""
        if self.pending:
            data, self.pending = self.pending, b""
            return data
        remaining = None if deadline is None else max(0, deadline - time.monotonic())
        if not select.select([self.ours], [], [], remaining)[0]:
            return b""
        try:
            data = self.ours.recv(65536)
        except OSError:
            data = b""
        if not data:
            raise VmError(self.vm.obituary())
        return data

    def until(self, end, deadline, on_data=lambda data: None):
        """Returns the line that begins with the bytes `end`, less these, or None after the
        deadline. What comes before it goes to on_data as soon as it cannot be part of it."""
        held = b""
        while True:
            at = held.find(end)
            if at >= 0 and b"\n" in held[at:]:
                line, self.pending = held[at + len(end):].split(b"\n", 1)
                on_data(held[:at])
                return line
            if at < 0:
                # The beginning of `end` may be the last thing that came.
                keep = next((n for n in range(min(len(end) - 1, len(held)), 0, -1)
                             if held.endswith(end[:n])), 0)
                if len(held) > keep:
                    on_data(held[:len(held) - keep])
                    held = held[len(held) - keep:]
            data = self.receive(deadline)
            if not data:
                on_data(held)
                return None
            held += data


class Vm:
    """A guest: booted by start() (or `with`), gone after stop().

    smp        vCPUs. One vCPU runs as -smp 1,maxcpus=2, as TCG makes the guest's locked
               instructions non-atomic for host threads where only one vCPU is possible.
    share      a host folder that appears, writable, at /share
    device     properties of -device trireme ("" for the defaults), None for no such device
    server     the device's server property; build/trireme serves where none is given
    qemu_args  further arguments for QEMU
    env        further environment of QEMU, and so of the server
    console    a file for what the guest's kernel and init print, gone after stop() if None
    log        a file for what QEMU and the server print, gone after stop() if None
    games      let the guest run the games that this machine has in /usr/games
    wine       the guest with 32-bit Wine, where start_x() lets `wine PROGRAM.exe` draw
    shell      put a shell on this process's standard input and output instead of the agent
    """

    def __init__(self, smp=1, memory=1024, accel="tcg", share=None, device="", server=None,
                 qemu_args=(), env=None, build=None, console=None,
                 log=None, games=False, wine=False, shell=False):
        self.build = os.path.abspath(build or os.path.join(ROOT, "build"))
        self.smp, self.memory, self.accel = smp, memory, accel
        self.share = share and os.path.abspath(share)
        self.device, self.server = device, server
        self.qemu_args, self.env, self.shell = list(qemu_args), dict(env or {}), shell
        self.console, self.log, self.games, self.wine = console, log, games, wine
        self.process = None
        self.directory = None
        self.agent_port = self.qmp_port = None
        self.guest_env = {}
        self.boot_seconds = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Boots, and returns when the agent answers (with shell=True: when QEMU runs)."""
        qemu = self._find("TRIREME_QEMU", "qemu", "bin/qemu-system-x86_64")
        variable, link = (("TRIREME_WINE_IMAGE", "wine-image") if self.wine
                          else ("TRIREME_GUEST_IMAGE", "guest-image"))
        image = self._find(variable, link, "vmlinux")[:-len("/vmlinux")]
        if self.share and not os.path.isdir(self.share):
            raise VmError(f"{self.share} is no folder that could be shared")
        open_standard_input()
        self.directory = tempfile.TemporaryDirectory(prefix="trireme-vm-")
        self.console = self.console or os.path.join(self.directory.name, "console")
        self.log = self.log or os.path.join(self.directory.name, "log")
        server = os.path.join(self.build, "trireme")
        environment = {"TRIREME_SERVER": server} if os.path.exists(server) else {}
        self.agent_port, self.qmp_port = Port("agent", self), Port("qmp", self)
        started = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                self._arguments(qemu, image), env={**environment, **os.environ, **self.env},
                stdin=None if self.shell else subprocess.DEVNULL,
                stdout=None if self.shell else log, stderr=log,
                pass_fds=[self.agent_port.theirs.fileno(), self.qmp_port.theirs.fileno()],
                preexec_fn=die_with_parent)
        self.agent_port.theirs.close()
        self.qmp_port.theirs.close()
        try:
            self._greet_qmp()
            if not self.shell:
                if self.agent_port.until(b"\x1eready", started + BOOT_SECONDS) is None:
                    raise VmError(f"the guest did not come up in {BOOT_SECONDS} s\n"
                                  + self._console_tail())
                self.boot_seconds = time.monotonic() - started
        except BaseException:
            self.stop()
            raise

    def run(self, command, timeout=None, on_output=None, env=None):
        """Runs a command with the guest's sh; returns (exit status, output).

        The command is a string, or a list of arguments. The output is bytes: standard output
        and standard error as they came, which on_output gets as they come. Raises GuestTimeout.
        """
        if not isinstance(command, str):
            command = shlex.join(command)
        variables = {**self.guest_env, **(env or {})}
        exports = "".join(f"export {name}={shlex.quote(value)}\n"
                          for name, value in variables.items())
        token = secrets.token_hex(8)
        output = []

        def collect(data):
            output.append(data)
            if on_output and data:
                on_output(data)

        text = base64.b64encode((exports + command + "\n").encode())
        self.agent_port.send(token.encode() + b" " + text + b"\n")
        deadline = None if timeout is None else time.monotonic() + timeout
        status = self.agent_port.until(b"\x1e" + token.encode(), deadline, collect)
        if status is None:
            raise GuestTimeout(f"no end after {timeout} s: {command}")
        return int(status), b"".join(output)

    def check(self, command, timeout=None):
        """Runs a command that must succeed, and returns its output."""
        status, output = self.run(command, timeout)
        if status:
            raise VmError(f"{command} in the guest: status {status}\n"
                          + output.decode(errors="replace"))
        return output

    def start_x(self):
        """Starts Xorg on the VM's display, 1024×768 at depth 24; later commands have DISPLAY."""
        self.check("Xorg :0 -config /run/xorg.conf -nolisten tcp -noreset vt1 "
                   "</dev/null >/run/Xorg.out 2>&1 &\n"
                   "for try in $(seq 600); do\n"
                   "    [ -S /tmp/.X11-unix/X0 ] && DISPLAY=:0 xset s off -dpms && exit 0\n"
                   "    kill -0 $! || break\n"
                   "    sleep 0.1\n"
                   "done 2>/dev/null\n"
                   "cat /run/Xorg.out; exit 1", timeout=120)
        self.guest_env["DISPLAY"] = ":0"

    def qmp(self, command, **arguments):
        """Runs a QMP command and returns its result; names with dashes go in as arguments
        with underscores. Events are passed over."""
        arguments = {name.replace("_", "-"): value for name, value in arguments.items()}
        self._send_qmp({"execute": command, "arguments": arguments})
        while True:
            answer = self._read_qmp()
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise VmError(f"{command}: {answer['error']['desc']}")

    def wait_event(self, name, timeout):
        """Waits for the QMP event of that name and returns it."""
        deadline = time.monotonic() + timeout
        while True:
            event = self._read_qmp(deadline)
            if event is None:
                raise VmError(f"no {name} within {timeout} s")
            if event.get("event") == name:
                return event

    def screendump(self, path):
        """Writes what the VM's display shows; the suffix .ppm or .png decides on the format."""
        picture_format = "ppm" if path.endswith(".ppm") else "png"
        self.qmp("screendump", filename=os.path.abspath(path), format=picture_format)

    def wait(self):
        """Waits for QEMU to end by itself, as it does after the shell of shell=True."""
        self.process.wait()

    def stop(self):
        """Ends QEMU without ceremony: nothing in the guest is worth keeping."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None
        for port in (self.agent_port, self.qmp_port):
            if port:
                port.close()
        if self.directory:
            self.directory.cleanup()
            self.directory = None

    def obituary(self):
        """Says why QEMU is not there any more."""
        try:
            status = self.process.wait(5)
        except subprocess.TimeoutExpired:
            return "QEMU closed its end of a port"
        with open(self.log, errors="replace") as log:
            said = log.read().strip()
        return f"QEMU ended with status {status}: {said}\n{self._console_tail()}"

    def _console_tail(self):
        try:
            with open(self.console, errors="replace") as console:
                return "the end of the guest's console:\n" + "".join(console.readlines()[-15:])
        except OSError:
            return ""

    def _find(self, variable, link, inside):
        path = os.environ.get(variable) or os.path.join(self.build, link)
        if variable == "TRIREME_QEMU" and os.path.isfile(path):
            return path
        path = os.path.join(path, inside)
        if not os.path.exists(path):
            raise VmError(f"{path} is missing; run ./run build")
        return path

    def _arguments(self, qemu, image):
        directory = self.directory.name
        archive = os.path.join(directory, "initrd")
        initrd.write(archive, os.path.join(image, "initrd"), {
            "init": os.path.join(HERE, "init"), "xorg.conf": os.path.join(HERE, "xorg.conf"),
            "60-trireme.rules": os.path.join(ROOT, "guest", "linux", "60-trireme.rules")})
        append = "console=ttyS0 quiet panic=-1 tsc=reliable mitigations=off random.trust_cpu=on"
        device = self._device_arguments(qemu)
        if any("trireme" in argument for argument in device + self.qemu_args):
            # The kernel gives this to init, and so to every program of the guest.
            append += " __GLX_VENDOR_LIBRARY_NAME=trireme"
        if self.shell:
            append += " trireme.shell"
            console = ["-chardev", "stdio,id=console,signal=off"]
        else:
            console = ["-chardev", f"file,id=console,path={quote(self.console)}"]
        arguments = [
            qemu, "-M", "q35", "-accel", self.accel,
            "-cpu", "qemu64" if self.accel.startswith("tcg") else "host",
            "-smp", f"{self.smp},maxcpus={max(self.smp, 2)}", "-m", str(self.memory),
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            "-kernel", os.path.join(image, "vmlinux"), "-initrd", archive, "-append", append,
            "-drive", f"if=none,id=root,format=raw,cache=unsafe,snapshot=on,"
                      f"file={quote(os.path.join(image, 'root.img'))}",
            "-device", "virtio-blk-pci,drive=root", "-device", "VGA",
            *console, "-serial", "chardev:console",
            "-chardev", f"socket,id=agent,fd={self.agent_port.theirs.fileno()}",
            "-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,name=agent",
            "-chardev", f"socket,id=qmp,fd={self.qmp_port.theirs.fileno()}",
            "-mon", "chardev=qmp,mode=control"]
        if os.path.isdir(self.build):
            arguments += shared_folder("trireme", self.build, "readonly=on")
        if self.share:
            arguments += shared_folder("share", self.share, "readonly=off")
        if self.games:
            arguments += shared_folder("games", "/usr", "readonly=on")
        return arguments + device + self.qemu_args

    def _device_arguments(self, qemu):
        if self.device is None:
            return []
        listing = subprocess.run([qemu, "-device", "help"], stdin=subprocess.DEVNULL,
                                 capture_output=True, text=True, check=False).stdout
        if 'name "trireme"' not in listing:
            raise VmError(f"{qemu} has no trireme device; run ./run build, or do without it")
        properties = [part for part in ("trireme", "id=trireme0", self.device) if part]
        if self.server:
            properties.append(f"server={quote(os.path.abspath(self.server))}")
        return ["-device", ",".join(properties)]

    def _greet_qmp(self):
        self._read_qmp()
        self.qmp("qmp_capabilities")

    def _send_qmp(self, message):
        self.qmp_port.send(json.dumps(message).encode() + b"\n")

    def _read_qmp(self, deadline=None):
        line = self.qmp_port.until(b"{", deadline)
        return None if line is None else json.loads(b"{" + line)


def quote(path):
    """A path as the value of an option of QEMU."""
    return path.replace(",", ",,")


def shared_folder(tag, path, access):
    """QEMU's arguments for a folder that the guest's init mounts at /TAG."""
    return ["-fsdev", f"local,id={tag},path={quote(path)},security_model=none,{access}",
            "-device", f"virtio-9p-pci,fsdev={tag},mount_tag={tag}"]


def open_standard_input():
    """With standard input closed, a port would become file 0, which QEMU's own input replaces."""
    try:
        os.fstat(0)
    except OSError:
        os.open("/dev/null", os.O_RDONLY)


def die_with_parent():
    """Lets the kernel end QEMU when the thread that started it ends, however that happens."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def main():
    parser = argparse.ArgumentParser(
        prog="./run vm", usage="./run vm [OPTION]… [-- COMMAND…]",
        description="Boots the Linux guest, runs COMMAND in it, prints its output and exits with "
                    "its status. One word of COMMAND is a line for sh, several are a program and "
                    "its arguments. Without COMMAND: a shell on the terminal, or, where standard "
                    "input is none, the script that it holds. The build folder is at /trireme.")
    parser.add_argument("--share", metavar="DIR", help="make DIR visible, writable, at /share")
    parser.add_argument("--screenshot", metavar="FILE.png",
                        help="write what the VM's display shows at the end")
    parser.add_argument("--x", action="store_true", help="start Xorg on the VM's display first")
    parser.add_argument("--wine", action="store_true",
                        help="boot the guest with 32-bit Wine, start Xorg, and let "
                             "`wine PROGRAM.exe` find Trireme's opengl32.dll")
    parser.add_argument("--smp", type=int, default=1, metavar="N", help="vCPUs (default: 1)")
    parser.add_argument("--memory", type=int, default=1024, metavar="MB")
    parser.add_argument("--accel", default="tcg", help="tcg (default) or kvm")
    parser.add_argument("--timeout", type=float, metavar="SECONDS",
                        help="give up on COMMAND after that time")
    parser.add_argument("--device", default="", metavar="PROPERTIES",
                        help="properties for -device trireme")
    parser.add_argument("--no-device", action="store_true", help="boot without -device trireme")
    parser.add_argument("--server", metavar="PATH", help="the device's server property")
    parser.add_argument("--console", metavar="FILE", help="keep what the guest's kernel prints")
    parser.add_argument("--log", metavar="FILE", help="keep what QEMU and the server print")
    parser.add_argument("--qemu-arg", action="append", default=[], metavar="ARG",
                        help="pass ARG on to QEMU; may be given often")
    parser.add_argument("--build", help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()

    interactive = not options.command and sys.stdin is not None and sys.stdin.isatty()
    if len(options.command) > 1:
        command = shlex.join(options.command)
    elif options.command:
        command = options.command[0]
    else:
        command = "" if interactive or sys.stdin is None else sys.stdin.read()

    def show(data):
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    vm = Vm(smp=options.smp, memory=options.memory, accel=options.accel, share=options.share,
            device=None if options.no_device else options.device, server=options.server,
            qemu_args=options.qemu_arg, build=options.build, console=options.console,
            log=options.log, wine=options.wine, shell=interactive)
    try:
        with vm:
            if interactive:
                vm.wait()
                return 0
            if options.x or options.wine:
                vm.start_x()
            try:
                status, _ = vm.run(command, timeout=options.timeout, on_output=show)
            finally:
                # What is on the screen of a program that hangs is of interest, too.
                if options.screenshot and vm.process.poll() is None:
                    vm.screendump(options.screenshot)
            return status
    except VmError as error:
        print(f"vm: {error}", file=sys.stderr)
        return 125
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

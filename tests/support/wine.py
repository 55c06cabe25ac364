# SPDX-License-Identifier: GPL-2.0-or-later
"""Windows programs under Wine on this machine: 32-bit ones in a Debian of their own, x86-64 ones
under the machine's own Wine."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support import programs

WINDOWS = pathlib.Path(__file__).resolve().parents[1] / "windows"
WINE = WINDOWS / "wine.sh"
WINE64 = WINDOWS / "wine64.sh"


def unix_path(path):
    """A path of this machine's, as a Windows program names it."""
    return "Z:" + str(path).replace("/", "\\")


def has_mount_namespaces():
    """Whether wine.sh may have one: containers often may not."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-E"]
    return subprocess.run([*as_root, "unshare", "-m", "true"], check=False,
                          stdin=subprocess.DEVNULL).returncode == 0


class WineTest(unittest.TestCase):
    """A display and a folder with Windows programs, for the tests of a class."""

    script = WINE
    files = {}  # what lies in the folder: its name there → the file of the build

    @classmethod
    def setUpClass(cls):
        if cls.script == WINE and not has_mount_namespaces():
            raise unittest.SkipTest("wine.sh needs a mount namespace, and this machine gives none")
        cls.stack = contextlib.ExitStack()
        cls.addClassCleanup(cls.stack.close)
        # A host that somebody else runs is none for these.
        cls.stack.callback(os.environ.update,
                           {name: os.environ.pop(name) for name in ["TRIREME_DEVICE"] if name in os.environ})
        cls.root = pathlib.Path(subprocess.run([cls.script, "--build"], check=True, text=True,
                                               stdout=subprocess.PIPE).stdout.strip())
        cls.stack.enter_context(programs.x_server())
        # In /tmp, which the Debian with Wine shares with this machine.
        cls.folder = pathlib.Path(cls.stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp")))
        for name, source in cls.files.items():
            shutil.copy(programs.BUILD / source, cls.folder / name)

    def wine(self, program, *arguments, trireme=True, options=(), env=None, timeout=180, check=True):
        """Runs a program of the folder; `options` are of `trireme run`."""
        command = [self.script, self.folder / f"{program}.exe", *arguments]
        return programs.run(command, trireme, timeout=timeout, options=["--files", *options],
                            env=env, check=check)

# SPDX-License-Identifier: GPL-2.0-or-later
"""Windows programs under 32-bit Wine on this machine."""

import os
import pathlib
import subprocess

WINE = pathlib.Path(__file__).resolve().parents[1] / "windows" / "wine.sh"


def unix_path(path):
    """A path of this machine's, as a Windows program names it."""
    return "Z:" + str(path).replace("/", "\\")


def has_mount_namespaces():
    """Whether wine.sh may have one: containers often may not."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-E"]
    return subprocess.run([*as_root, "unshare", "-m", "true"], check=False,
                          stdin=subprocess.DEVNULL).returncode == 0

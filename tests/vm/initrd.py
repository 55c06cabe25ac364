# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs the guest's initrd, an uncompressed cpio archive in the "newc" format
(Documentation/driver-api/early-userspace/buffer-format.rst of the kernel)."""

import os

DIRECTORY, PROGRAM = 0o040755, 0o100755


def write(path, folder, extra):
    """Writes the archive: all of a folder, the files {name in the archive: path} of extra, and
    empty folders to mount things on. Every file may be run."""
    entries = [(name, None) for name in ("dev", "proc", "root")]
    for directory, _, files in sorted(os.walk(folder)):
        inside = os.path.relpath(directory, folder)
        if inside != ".":
            entries.append((inside, None))
        entries += [(os.path.normpath(os.path.join(inside, name)), os.path.join(directory, name))
                    for name in sorted(files)]
    entries += sorted(extra.items())
    with open(path, "wb") as archive:
        for number, (name, source) in enumerate(entries, 1):
            data = b""
            if source:
                with open(source, "rb") as file:
                    data = file.read()
            archive.write(_entry(number, name, PROGRAM if source else DIRECTORY, data))
        archive.write(_entry(0, "TRAILER!!!", 0, b""))


def _entry(number, name, mode, data):
    # magic, ino, mode, uid, gid, nlink, mtime, filesize, dev, dev, rdev, rdev, namesize, check
    fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
    header = b"070701" + b"".join(b"%08x" % field for field in fields)
    return _padded(header + name.encode() + b"\0") + _padded(data)


def _padded(data):
    return data + bytes(-len(data) % 4)

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the Wine guest: the i386 Debian with Wine of tests/windows/wine.sh, and the kernel of the
# Linux guest (image.sh).
#
#     wine_image.sh            builds what is missing, prints the image's folder
#     wine_image.sh --find     prints that folder if it exists already, else fails
#
# The folder has the files of image.sh's. It is cached beside that by the hash of all that makes it.

set -eu
PATH=$PATH:/usr/sbin:/sbin # mke2fs

here=$(cd "$(dirname "$0")" && pwd)
wine=$here/../windows/wine.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/trireme
hash=$(cat "$0" "$here/image.sh" "$here/kernel.py" "$wine" | sha256sum | cut -c 1-16)
finished=$cache/guest-wine-$hash

say() { echo "Wine guest: $*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

build() {
    root=$(sh "$wine" --build)
    linux=$(sh "$here/image.sh")
    new=$finished.new
    exec 9>"$cache/guest.lock"
    flock -n 9 || { say "waiting for another build"; flock 9; }
    [ ! -d "$finished" ] || return 0
    say "writing the file system"
    as_root rm -rf "$new"
    mkdir -p "$new"
    # Where vm.py's shares are mounted.
    as_root mkdir -p "$root/share" "$root/trireme"
    size=$(($(as_root du -sm "$root" | cut -f 1) + 256))
    as_root mke2fs -q -F -t ext4 -O ^has_journal -m 0 -d "$root" "$new/root.img" "${size}M" \
        >/dev/null
    as_root chown "$(id -u):$(id -g)" "$new/root.img"
    cp -al "$linux/vmlinux" "$linux/initrd" "$new"
    mv "$new" "$finished"
}

if [ "${1:-}" = --find ]; then
    [ -d "$finished" ] || exit 1
elif [ ! -d "$finished" ]; then
    build
fi
echo "$finished"

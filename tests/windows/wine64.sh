#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs an x86-64 Windows program under this machine's own Wine (Debian's wine64), where wine.sh has
# a Debian for 32-bit ones. The same arguments:
#
#     wine64.sh --build             makes Wine's folder of Windows if it is missing, prints it
#     wine64.sh PROGRAM ARGUMENT…   WINE_OPENGL32=n, the default, takes the opengl32.dll beside the
#                                   program, =b Wine's own
#
# The folder is cached under ${XDG_CACHE_HOME:-~/.cache}/trireme by the hash of this script and Wine's
# version.

set -eu

wine=/usr/lib/wine/wine64
[ -x $wine ] || { echo "wine64: no $wine: ./run deps installs it" >&2; exit 1; }
cache=${XDG_CACHE_HOME:-$HOME/.cache}/trireme
hash=$({ cat "$0"; $wine --version; } | sha256sum | cut -c 1-16)
finished=$cache/wine64-$hash

build() {
    work=$finished.work
    rm -rf "$cache"/wine64-*
    mkdir -p "$work"
    WINEPREFIX=$work WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' \
        $wine wineboot --init >&2 </dev/null
    WINEPREFIX=$work /usr/lib/wine/wineserver64 --wait
    # Most of that folder are copies of Wine's DLLs, half a gigabyte.
    for dll in /usr/lib/x86_64-linux-gnu/wine/x86_64-windows/*; do
        copy=$work/drive_c/windows/system32/${dll##*/}
        ! cmp -s "$dll" "$copy" || ln -sf "$dll" "$copy"
    done
    mv "$work" "$finished"
}

if [ ! -d "$finished" ]; then
    mkdir -p "$cache"
    exec 9>"$cache/wine64.lock"
    flock 9
    [ -d "$finished" ] || build 9>&-
    exec 9>&-
fi
if [ "${1:-}" = --build ]; then
    echo "$finished"
    exit 0
fi
# Without Windows' services, which a program needs none of, it starts in a second.
export WINEPREFIX="$finished" WINEDEBUG=-all
export WINEDLLOVERRIDES="mscoree,mshtml=;wineboot.exe=d;opengl32=${WINE_OPENGL32:-n}"
exec $wine "$@"

#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs a Windows program under Wine on this machine, in an i386 Debian of its own, which shares
# /proc, /dev and /tmp with this machine.
#
#     wine.sh --build             builds the Debian if it is missing, prints its folder
#     wine.sh PROGRAM ARGUMENT…   paths as Wine has them: Z: is the Debian's root; an opengl32.dll
#                                 beside the program is taken
#
# It is cached under ${XDG_CACHE_HOME:-~/.cache}/trireme by the hash of this script. Needs root.

set -eu
PATH=$PATH:/usr/sbin:/sbin

cache=${XDG_CACHE_HOME:-$HOME/.cache}/trireme
hash=$(sha256sum "$0" | cut -c 1-16)
finished=$cache/wine-$hash

say() { echo "wine: $*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -E "$@"; fi
}

# A command in the Debian at $1.
inside() {
    root=$1
    shift
    # shellcheck disable=SC2016
    as_root env WINE_ROOT="$root" unshare -m sh -c '
        mount --make-rprivate /
        for folder in proc dev tmp; do mount --rbind "/$folder" "$WINE_ROOT/$folder"; done
        exec chroot "$WINE_ROOT" env -u LD_LIBRARY_PATH HOME=/root PATH=/usr/bin:/bin \
            WINEPREFIX=/prefix WINEDEBUG=-all "$@"' sh "$@"
}

# The main suite alone: its i386 part is complete where that of others need not be.
build() {
    work=$finished.work
    as_root rm -rf "$cache"/wine-*.work
    find "$cache" -maxdepth 1 -name 'wine-*' -type d -mtime +30 -exec rm -rf {} +
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' \
        "Codename: $codename" | head -n 1)
    [ -n "$uri" ] || { say "apt has no main suite of $codename"; return 1; }
    say "installing an i386 Debian with Wine, which takes about two minutes"
    as_root mmdebstrap --skip=check/qemu --variant=essential --architectures=i386 \
        --aptopt='APT::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --include=wine32,wine,fonts-dejavu-core "$codename" "$work" "deb $uri $codename main" \
        2>&1 </dev/null | sed -u 's/^I: /wine: /' >&2
    [ -x "$work/usr/lib/wine/wine" ] || { say "mmdebstrap failed"; return 1; }
    say "making Wine's folder of Windows"
    inside "$work" env WINEDLLOVERRIDES='mscoree,mshtml=' wine wineboot --init >&2 </dev/null
    inside "$work" wineserver --wait
    mv "$work" "$finished"
}

if [ ! -d "$finished" ]; then
    mkdir -p "$cache"
    exec 9>"$cache/wine.lock"
    flock -n 9 || { say "waiting for another build"; flock 9; }
    [ -d "$finished" ] || build
fi
if [ "${1:-}" = --build ]; then
    echo "$finished"
    exit 0
fi
# Without Windows' services, which a program needs none of, it starts in a second.
inside "$finished" env WINEDLLOVERRIDES='mscoree,mshtml=;wineboot.exe=d;opengl32=n' wine "$@"

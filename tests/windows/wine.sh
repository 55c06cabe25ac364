#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Runs a Windows program under Wine on this machine, in an i386 Debian of its own, which shares
# /proc, /dev and /tmp with this machine. tests/vm/wine_image.sh makes a guest of the same Debian.
#
#     wine.sh --build             builds the Debian if it is missing, prints its folder
#     wine.sh PROGRAM ARGUMENT…   paths as Wine has them: Z: is the Debian's root. WINE_OPENGL32=n,
#                                 the default, takes the opengl32.dll beside the program, =b Wine's
#                                 own, which draws with this machine's GL
#
# It is cached under ${XDG_CACHE_HOME:-~/.cache}/trireme by the hash of this script. Needs root; to
# run a program, a mount namespace, too, which the building does without where there is none.

set -eu
PATH=$PATH:/usr/sbin:/sbin

cache=${XDG_CACHE_HOME:-$HOME/.cache}/trireme
hash=$(sha256sum "$0" | cut -c 1-16)
finished=$cache/wine-$hash

# Wine, the GL that its own opengl32.dll draws with, and what the guest needs beyond that.
packages=wine32,wine,fonts-dejavu-core,libgl1,libgl1-mesa-dri
packages=$packages,busybox-static,kmod,udev,xserver-xorg-core,x11-xserver-utils

say() { echo "wine: $*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -E "$@"; fi
}

# A command in the Debian at $1. Containers often may have no mount namespace: this machine's
# folders do not appear in it then, and of /proc Wine gets the one file that it does not start without.
inside() {
    root=$1
    shift
    set -- chroot "$root" env -u LD_LIBRARY_PATH HOME=/root PATH=/usr/bin:/bin \
        WINEPREFIX=/prefix WINEDEBUG=-all "$@"
    if as_root unshare -m true 2>/dev/null; then
        # shellcheck disable=SC2016
        as_root env WINE_ROOT="$root" unshare -m sh -c '
            mount --make-rprivate /
            for folder in proc dev tmp; do mount --rbind "/$folder" "$WINE_ROOT/$folder"; done
            exec "$@"' sh "$@"
    else
        as_root mkdir -p "$root/proc/self"
        as_root ln -sfn /usr/lib/wine/wine "$root/proc/self/exe"
        as_root "$@"
    fi
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
        --include="$packages" "$codename" "$work" "deb $uri $codename main" \
        2>&1 </dev/null | sed -u 's/^I: /wine: /' >&2
    [ -x "$work/usr/lib/wine/wine" ] || { say "mmdebstrap failed"; return 1; }
    say "making Wine's folder of Windows"
    inside "$work" env WINEDLLOVERRIDES='mscoree,mshtml=' wine wineboot --init >&2 </dev/null
    inside "$work" wineserver --wait
    # Most of that folder are copies of Wine's DLLs, half a gigabyte.
    as_root sh -c 'cd "$1" && for dll in usr/lib/i386-linux-gnu/wine/i386-windows/*; do
        copy=prefix/drive_c/windows/system32/${dll##*/}
        ! cmp -s "$dll" "$copy" || ln -f "$dll" "$copy"
    done' sh "$work"
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
inside "$finished" env \
    WINEDLLOVERRIDES="mscoree,mshtml=;wineboot.exe=d;opengl32=${WINE_OPENGL32:-n}" wine "$@"

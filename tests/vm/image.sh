#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the Linux guest: an amd64 Debian that runs i386 programs, too, with Xorg and a few OpenGL
# programs.
#
#     image.sh            builds what is missing, prints the image's folder
#     image.sh --find     prints that folder if it exists already, else fails
#
# The folder holds root.img (ext4), vmlinux (uncompressed: saves 8 s of a boot under TCG) and
# initrd/ (busybox and the modules in the order to load them; vm.py packs it with init). It is
# cached under ${XDG_CACHE_HOME:-~/.cache}/trireme by the hash of this script and kernel.py.

set -eu
PATH=$PATH:/usr/sbin:/sbin # depmod, mke2fs

here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/trireme

packages=busybox-static,kmod,xserver-xorg-core,x11-utils,x11-xserver-utils,xdotool
packages=$packages,mesa-utils,glmark2-x11,libx11-xcb1,libxcb-shm0
packages=$packages,mesa-utils-bin:i386,libx11-xcb1:i386,libxcb-shm0:i386,libxext6:i386
# What the games of `trireme bench apps` need; they themselves are the host's (vm.py's games=True).
packages=$packages,libcurl3-gnutls,libglu1-mesa,libjpeg62-turbo,libopenal1,libopenhmd0,libopusfile0
packages=$packages,libsdl2-2.0-0,libsdl2-ttf-2.0-0,libsfml-audio2.5,libsfml-graphics2.5,libvorbisfile3

# The block device and its file system, 9p shares, the agent's port, and the VGA's display.
modules="virtio_pci virtio_blk ext4 9p 9pnet_virtio virtio_console bochs"

say() { echo "guest image: $*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The main suite alone: it carries i386 and amd64 in equal versions, which is what multi-arch
# needs. Mesa's driver stays for amd64, as Xorg offers GLX only where it can draw itself, and
# programs ask for GLX; an i386 program has only Trireme.
make_root() {
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' \
        "Codename: $codename" | head -n 1)
    [ -n "$uri" ] || { say "apt has no main suite of $codename"; return 1; }
    as_root mmdebstrap --skip=check/qemu --variant=essential --architectures=amd64,i386 \
        --aptopt='APT::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/lib/i386-linux-gnu/dri/*' \
        --dpkgopt='path-exclude=/usr/lib/i386-linux-gnu/libLLVM*' \
        --dpkgopt='path-exclude=/usr/lib/i386-linux-gnu/libz3.so*' \
        --dpkgopt='path-exclude=/usr/lib/gcc/*' --dpkgopt='path-exclude=/usr/lib/udev/hwdb.d/*' \
        --include="$packages" "$codename" "$1" "deb $uri $codename main" 2>&1 </dev/null |
        sed -u 's/^I: /guest image: /' >&2
    [ -x "$1/usr/bin/Xorg" ] || { say "mmdebstrap failed"; return 1; }
    # Where vm.py's shares are mounted.
    as_root mkdir -p "$1/share" "$1/trireme" "$1/games"
}

make_image() {
    size=$(($(as_root du -sm "$1" | cut -f 1) + 256))
    as_root mke2fs -q -F -t ext4 -O ^has_journal -m 0 -d "$1" "$2" "${size}M" >/dev/null
    as_root chown "$(id -u):$(id -g)" "$2"
}

# The kernel is only unpacked: nothing in the guest's root needs to know about it.
make_kernel() {
    package=$(apt-cache depends linux-image-amd64 |
        sed -n 's/.*Depends: \(linux-image-[0-9][^ ]*\).*/\1/p' | head -n 1)
    (cd "$1" && apt-get -q -o APT::Sandbox::User=root download "$package") >&2 </dev/null
    dpkg -x "$1"/linux-image-*.deb "$1/kernel"
    python3 "$here/kernel.py" "$1"/kernel/boot/vmlinuz-* "$2/vmlinux"

    release=$(basename "$1"/kernel/lib/modules/*)
    depmod -b "$1/kernel" "$release"
    mkdir -p "$2/initrd/modules" "$2/initrd/bin"
    cp /bin/busybox "$2/initrd/bin/"
    for module in $modules; do
        modprobe -d "$1/kernel" -S "$release" --show-depends --ignore-install "$module"
    done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' |
        while read -r path; do
            cp "$path" "$2/initrd/modules/"
            basename "$path"
        done >"$2/initrd/modules/order"
}

hash=$(cat "$here/image.sh" "$here/kernel.py" | sha256sum | cut -c 1-16)
finished=$cache/guest-$hash

if [ "${1:-}" = --find ]; then
    [ -d "$finished" ] || exit 1
elif [ ! -d "$finished" ]; then
    mkdir -p "$cache"
    exec 9>"$cache/guest.lock"
    flock -n 9 || { say "waiting for another build"; flock 9; }
    if [ ! -d "$finished" ]; then
        work=$finished.work
        # Whatever another build left behind when it was cut off, and images nobody used lately.
        as_root rm -rf "$cache"/guest-*.work "$cache"/guest-*.new
        find "$cache" -maxdepth 1 -name 'guest-*' -type d -mtime +30 -exec rm -rf {} +
        mkdir -p "$work" "$finished.new"
        say "fetching the kernel"
        make_kernel "$work" "$finished.new"
        say "installing Debian, which takes about two minutes"
        make_root "$work/root"
        say "writing the file system"
        make_image "$work/root" "$finished.new/root.img"
        as_root rm -rf "$work"
        mv "$finished.new" "$finished"
    fi
fi
echo "$finished"

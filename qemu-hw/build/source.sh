#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes a configured QEMU tree out of Debian's source package.
#
#     source.sh VERSION DIR      DIR/tree and DIR/build come into being, DIR/configured at the end
#
# The only change to QEMU's own files is the four lines that register hw/trireme with its build
# system; the folder itself is filled by qemu.sh. Everything that decides what the tree and its
# configuration look like is in this file, whose hash therefore names the cached tree.

set -eu

version=$1
dir=$2
extra_flags=${TRIREME_QEMU_CONFIGURE:-}

say() { echo "qemu: $*" >&2; }

# What the device needs to be useful: x86 machines, TCG and KVM, 9p shares, PNG screen dumps, a
# display for people (VNC) and user networking. No tools, no documentation, no user mode.
configure_flags="--target-list=x86_64-softmmu --without-default-features --enable-system
    --disable-user --disable-docs --disable-tools --disable-guest-agent --disable-werror
    --disable-install-blobs --disable-debug-info --enable-tcg --enable-kvm
    --enable-fdt=system --enable-virtfs --enable-attr --enable-cap-ng --enable-png --enable-vnc
    --enable-slirp --enable-vhost-kernel --enable-vhost-user"

# The source entries are derived from the binary entries that apt uses already, and live in a
# folder of our own: the user's apt configuration stays as it is.
fetch() {
    mkdir -p "$dir/apt/parts" "$dir/apt/lists/partial" "$dir/apt/cache" "$dir/download"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' | sort -u |
        while read -r uri release component; do
            echo "deb-src [signed-by=$keyring] $uri $release $component"
        done >"$dir/apt/parts/source.list"
    set -- -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$dir/apt/parts" \
        -o "Dir::State::lists=$dir/apt/lists" -o "Dir::Cache=$dir/apt/cache" \
        -o APT::Sandbox::User=root
    apt-get "$@" update
    (cd "$dir/download" && apt-get "$@" source --download-only "qemu=$version")
}

# insert FILE AFTER LINE: puts LINE after the first line that is AFTER, and fails where none is.
insert() {
    awk -v after="$2" -v line="$3" '
        { print }
        !done && $0 == after { print line; done = 1 }
        END { exit !done }' "$1" >"$1.new" || { say "$1 has no line \"$2\""; exit 1; }
    mv "$1.new" "$1"
}

register_device() {
    insert "$dir/tree/hw/meson.build" "subdir('tpm')" "subdir('trireme')"
    insert "$dir/tree/hw/Kconfig" "source tpm/Kconfig" "source trireme/Kconfig"
    insert "$dir/tree/meson.build" "    'hw/tpm'," "    'hw/trireme',"
    # Empty until qemu.sh copies the device's own: QEMU builds without the device, too.
    mkdir -p "$dir/tree/hw/trireme"
    touch "$dir/tree/hw/trireme/meson.build" "$dir/tree/hw/trireme/Kconfig" \
        "$dir/tree/hw/trireme/trace-events"
}

rm -rf "$dir/tree" "$dir/build" "$dir/configured"
mkdir -p "$dir/build"

say "fetching the source of $version"
fetch >"$dir/fetch.log" 2>&1 || { tail -n 20 "$dir/fetch.log" >&2; exit 1; }
say "unpacking"
dpkg-source --no-check -x "$dir"/download/*.dsc "$dir/tree" >"$dir/unpack.log" 2>&1 ||
    { tail -n 20 "$dir/unpack.log" >&2; exit 1; }
register_device
say "configuring"
# ring/ lies below hw/trireme, and its headers include each other as "ring/…".
# shellcheck disable=SC2086 # the flags are words
(cd "$dir/build" && ../tree/configure $configure_flags $extra_flags \
    --extra-cflags="-iquote $dir/tree/hw/trireme") >"$dir/configure.log" 2>&1 </dev/null ||
    { tail -n 20 "$dir/configure.log" >&2; exit 1; }
rm -rf "$dir/apt" "$dir/download"
touch "$dir/configured"

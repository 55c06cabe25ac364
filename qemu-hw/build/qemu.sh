#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Builds QEMU from Debian's source package with the device of qemu-hw/ in it.
#
#     qemu.sh            builds what is missing, prints the folder with bin/qemu-system-x86_64
#     qemu.sh --find     prints that folder if it exists already, else fails
#
# Two things are cached under ${XDG_CACHE_HOME:-~/.cache}/trireme: the configured tree with its
# objects, named by Debian's version and source.sh, and the finished programs, named by all inputs.
# So a change of the device compiles the device and links. TRIREME_QEMU_CONFIGURE holds further
# arguments for QEMU's configure, such as --enable-gtk.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
device=$(dirname "$here")
ring=$(dirname "$device")/ring
cache=${XDG_CACHE_HOME:-$HOME/.cache}/trireme

say() { echo "qemu: $*" >&2; }

short_hash() { sha256sum | cut -c 1-16; }

# The version that apt would install; the source package has the same one, less a rebuild's "+bN".
debian_version() {
    apt-cache show --no-all-versions qemu-system-data |
        sed -n 's/^Version: //p' | sed 's/+b[0-9]*$//' | head -n 1
}

# The device as it is laid out below hw/trireme: one "SOURCE DESTINATION" per line.
device_files() {
    for file in "$device"/*.c "$device"/*.h "$device/meson.build" "$device/Kconfig" \
        "$device/trace-events"; do
        if [ -f "$file" ]; then echo "$file ${file##*/}"; fi
    done
    for file in "$ring"/*.c "$ring"/*.h; do
        if [ -f "$file" ]; then echo "$file ring/${file##*/}"; fi
    done
}

# Copies what differs, so that time stamps tell ninja the truth, and removes what is gone.
sync_device() {
    target=$1/hw/trireme
    mkdir -p "$target/ring"
    device_files >"$target/.files"
    while read -r from to; do
        cmp -s "$from" "$target/$to" || cp "$from" "$target/$to"
    done <"$target/.files"
    (cd "$target" && find . -type f ! -name .files ! -name '.keep*') | sed 's,^\./,,' |
        while read -r present; do
            grep -q " $present\$" "$target/.files" && continue
            case $present in
            meson.build | Kconfig | trace-events) : >"$target/$present" ;;
            *) rm "$target/$present" ;;
            esac
        done
}

# One line that moves on a terminal, one line for every tenth of the way elsewhere. ninja's lines
# look like "% 42% Compiling …".
progress() {
    last=0
    while IFS= read -r line; do
        case $line in %*) ;; *) continue ;; esac
        percent=${line#%}
        percent=${percent%%%*}
        percent=$((percent))
        if [ -t 2 ]; then
            printf '\rqemu: compiling %s%% ' "$percent" >&2
        elif [ $((percent / 10)) -gt "$last" ]; then
            last=$((percent / 10))
            say "compiling $((last * 10))%"
        fi
    done
    if [ -t 2 ]; then echo >&2; fi
}

compile() {
    log=$1/compile.log
    {
        NINJA_STATUS='%%%p ' ninja -C "$1/build" qemu-system-x86_64 2>&1 &&
            make -C "$1/build/pc-bios/optionrom" 2>&1 && touch "$1/compiled"
    } </dev/null | tee "$log" | progress
    if [ ! -e "$1/compiled" ]; then
        grep -v '^%' "$log" | tail -n 60 >&2
        say "the build failed; the whole log is $log"
        return 1
    fi
    # What the compiler said about the device is for us to see; QEMU's own warnings are not.
    grep -A 6 'hw/trireme.*\(warning\|note\):' "$log" >&2 || :
}

# bin/ and share/qemu/ stand to each other as QEMU's own lookup of its firmware wants it.
install_into() {
    rm -rf "$2.new"
    mkdir -p "$2.new/bin" "$2.new/share/qemu"
    cp "$1/build/qemu-system-x86_64" "$2.new/bin/"
    cp "$1"/build/pc-bios/optionrom/*.bin "$2.new/share/qemu/"
    cp /usr/share/seabios/*.bin /usr/lib/ipxe/qemu/*.rom "$2.new/share/qemu/"
    cp -r "$1/tree/pc-bios/keymaps" "$2.new/share/qemu/"
    mv "$2.new" "$2"
}

# Nobody misses a link of last month's, and each is 60 MB.
drop_old() {
    find "$cache" -maxdepth 1 -name 'qemu-[0-9a-f]*' -mtime +30 ! -path "$1" ! -path "$2" \
        -exec rm -rf {} +
}

version=$(debian_version)
[ -n "$version" ] || { say "apt knows no qemu-system-data; run apt-get update"; exit 1; }
tree_hash=$({ echo "$version ${TRIREME_QEMU_CONFIGURE:-}"; cat "$here/source.sh"; } | short_hash)
input_hash=$({
    echo "$tree_hash"
    device_files | while read -r from to; do echo "$to"; cat "$from"; done
} | short_hash)
tree_dir=$cache/qemu-tree-$tree_hash
finished=$cache/qemu-$input_hash

if [ "${1:-}" = --find ]; then
    [ -d "$finished" ] || exit 1
elif [ ! -d "$finished" ]; then
    mkdir -p "$tree_dir"
    exec 9>"$cache/qemu.lock"
    flock -n 9 || { say "waiting for another build"; flock 9; }
    if [ ! -d "$finished" ]; then
        [ -e "$tree_dir/configured" ] || sh "$here/source.sh" "$version" "$tree_dir" 9>&-
        sync_device "$tree_dir/tree"
        rm -f "$tree_dir/compiled"
        compile "$tree_dir" 9>&-
        install_into "$tree_dir" "$finished"
        touch "$tree_dir"
        drop_old "$tree_dir" "$finished"
    fi
fi
echo "$finished"

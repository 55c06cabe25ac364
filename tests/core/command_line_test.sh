#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The `trireme` program's verbs, options and exit statuses. Usage: command_line_test.sh TRIREME
set -u
trireme=$1
failed=0
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
XDG_CONFIG_HOME=$directory
export XDG_CONFIG_HOME

# expect STATUS WORDS COMMAND…: it ends with that status and says these words.
expect() {
    status=$1 words=$2
    shift 2
    said=$("$@" 2>&1)
    got=$?
    if [ "$got" -ne "$status" ]; then
        echo "FAIL: $*: status $got instead of $status: $said"
        failed=1
    elif [ -n "$words" ] && ! printf %s "$said" | grep -qF -e "$words"; then
        echo "FAIL: $*: \"$words\" is not in: $said"
        failed=1
    fi
}

expect 0 "Usage: trireme" "$trireme" --help
expect 2 "Usage: trireme" "$trireme"
expect 2 'no verb "row"' "$trireme" row
expect 0 "trireme 0." "$trireme" --version
expect 0 "--listen" "$trireme" server --help
expect 0 "--ring-size" "$trireme" run --help
expect 0 "ring" "$trireme" bench --help
expect 0 "--once" "$trireme" top --help
expect 2 "bench VERB" "$trireme" bench

expect 2 "either --listen PATH or --fd N" "$trireme" server
expect 2 "either --listen PATH or --fd N" "$trireme" server --listen "$directory/a" --fd 0
expect 1 "not a SOCK_SEQPACKET" "$trireme" server --fd 0
expect 2 "64K" "$trireme" server --listen "$directory/a" --ring-size lots
expect 1 "nonexistent" "$trireme" server --listen "$directory/a" --config /nonexistent
expect 1 "cannot listen" "$trireme" server --listen /nonexistent/socket

expect 0 "TRIREME_SOCKET=/" "$trireme" run -- env
expect 0 "__GLX_VENDOR_LIBRARY_NAME=trireme" "$trireme" run env
expect 5 "" "$trireme" run -- sh -c 'exit 5'
expect 137 "" "$trireme" run -- sh -c 'kill -KILL $$'
expect 127 "no-such-program" "$trireme" run -- no-such-program
expect 2 "which program" "$trireme" run
expect 2 "64K" "$trireme" run --ring-size lots -- true

# What is made for the program goes when it ends.
folder=$("$trireme" run --files -- sh -c 'test -p "$TRIREME_DEVICE/doorbell" &&
    test "$(wc -c <"$TRIREME_DEVICE/resource2")" -ge 4194304 && echo "$TRIREME_DEVICE"')
if [ -z "$folder" ] || [ -e "$folder" ]; then
    echo "FAIL: the files of run --files: '$folder'"
    failed=1
fi

socket=$("$trireme" run -- sh -c 'test -S "$TRIREME_SOCKET" && echo "$TRIREME_SOCKET"')
if [ -z "$socket" ] || [ -e "${socket%/*}" ]; then
    echo "FAIL: trireme run: its socket \"$socket\" is missing, or stays"
    failed=1
fi

# wait_for COMMAND…: until it succeeds; some seconds at most.
wait_for() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ]; then
            echo "FAIL: not within 20 s: $*"
            failed=1
            return
        fi
        sleep 0.1
    done
}

"$trireme" server --listen "$directory/socket" &
server=$!
wait_for test -S "$directory/socket"
expect 1 "listens at" "$trireme" server --listen "$directory/socket"

# One that died leaves a socket behind, which the next one replaces.
kill -KILL "$server"
wait "$server" 2>/dev/null
ln "$directory/socket" "$directory/left"
is_replaced() {
    test -S "$directory/socket" && ! test "$directory/socket" -ef "$directory/left"
}
"$trireme" server --listen "$directory/socket" &
server=$!
wait_for is_replaced
kill -TERM "$server"
wait "$server"
status=$?
if [ "$status" -ne 0 ] || [ -e "$directory/socket" ]; then
    echo "FAIL: after SIGTERM: status $status, or the socket is still there"
    failed=1
fi

# A signal may come as soon as there is a socket.
for _ in 1 2 3 4 5 6 7 8 9 10; do
    "$trireme" server --listen "$directory/socket" &
    server=$!
    while kill -0 "$server" && ! test -S "$directory/socket"; do :; done
    kill -TERM "$server"
    wait "$server"
    status=$?
    if [ "$status" -ne 0 ] || [ -e "$directory/socket" ]; then
        echo "FAIL: SIGTERM to a server that starts: status $status, or the socket is still there"
        failed=1
    fi
done
exit $failed

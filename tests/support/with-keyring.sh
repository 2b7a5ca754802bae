#!/bin/bash
# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# with-keyring.sh [--unlocked|--locked|--no-service|--no-bus] COMMAND [ARGUMENT...]
#
# Runs a command with a home, a runtime folder, a session bus and a keyring of its own, so that nobody's real keyring is
# touched, and takes all of it down. What cannot start is an error. The case stands in TRUSTWALK_KEYRING for the command.
set -euo pipefail

login=/org/freedesktop/secrets/collection/login

fail() { echo "with-keyring: $*" >&2; exit 1; }

secret_service() { # PATH METHOD ARGUMENT...
    local path=$1 method=$2
    shift 2
    dbus-send --session --print-reply --reply-timeout=10000 --dest=org.freedesktop.secrets "$path" "$method" "$@"
}

is_unlocked() {
    secret_service "$login" org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked 2> /dev/null |
        grep -q 'boolean false'
}

# A login collection is made with this password, which opens nothing but this scratch home's keyring.
start_keyring() {
    gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf scratch) &> "$HOME/keyring.log" &
    keyring=$!
    trap 'kill "$keyring" 2> /dev/null || true; wait "$keyring" 2> /dev/null || true' EXIT
    for ((i = 0; i < 200; ++i)); do
        is_unlocked && return
        kill -0 "$keyring" 2> /dev/null || break
        sleep 0.05
    done
    cat "$HOME/keyring.log" >&2
    fail "gnome-keyring did not start"
}

lock_keyring() {
    secret_service /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock "array:objpath:$login" > /dev/null ||
        fail "the collection could not be locked"
}

# Second stage: on the private bus.
if [ "${1:-}" = --inside ]; then
    shift
    case $TRUSTWALK_KEYRING in
        unlocked) start_keyring ;;
        locked) start_keyring; lock_keyring ;;
    esac
    status=0
    "$@" || status=$?
    exit "$status"
fi

TRUSTWALK_KEYRING=unlocked
case ${1:-} in
    --unlocked | --locked | --no-service | --no-bus) TRUSTWALK_KEYRING=${1#--}; shift ;;
esac
[ $# -gt 0 ] || fail "no command"
for tool in dbus-run-session dbus-send gnome-keyring-daemon; do
    command -v "$tool" > /dev/null || fail "$tool is not installed"
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -m 700 "$scratch/home" "$scratch/run"
export TRUSTWALK_KEYRING HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/run
export XDG_DATA_HOME=$HOME/.local/share XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL SSH_AUTH_SOCK

if [ "$TRUSTWALK_KEYRING" = no-bus ]; then
    "$@"
    exit
fi
# No service folders: what is not started here does not start by itself.
cat > "$scratch/bus.conf" << END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$XDG_RUNTIME_DIR</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
dbus-run-session --config-file="$scratch/bus.conf" -- "$BASH" "$0" --inside "$@"

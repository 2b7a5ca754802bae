# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: an X display of one's own. start_display FOLDER sets DISPLAY; stop_display takes it down.

display_server=

# Xvfb picks a free number itself and writes it when it is ready, so there is nothing to guess and nothing to wait for.
start_display() {
    local folder=$1 number
    mkfifo "$folder/display"
    Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3> "$folder/display" > "$folder/xvfb.log" 2>&1 &
    display_server=$!
    read -r -t 60 number < "$folder/display" || return 1
    export DISPLAY=:$number
}

stop_display() {
    [ -n "$display_server" ] || return 0
    kill "$display_server" 2> /dev/null || true
    wait "$display_server" 2> /dev/null || true
    display_server=
}

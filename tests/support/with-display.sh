#!/bin/bash
# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# with-display.sh COMMAND [ARGUMENT...]: runs a command on an X display of its own and takes that down.
set -euo pipefail

. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/display.sh"
scratch=$(mktemp -d)
trap 'stop_display; rm -rf "$scratch"' EXIT
start_display "$scratch" || { echo "with-display: Xvfb did not start: $(cat "$scratch/xvfb.log")" >&2; exit 1; }
status=0
"$@" || status=$?
exit "$status"

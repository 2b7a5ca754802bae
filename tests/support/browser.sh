#!/bin/bash
# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# Stands as $BROWSER: hands the address to the test that waits for it. The file appears complete or not at all.
set -euo pipefail
printf '%s' "$1" > "$TRUSTWALK_TEST_ADDRESS.part"
mv "$TRUSTWALK_TEST_ADDRESS.part" "$TRUSTWALK_TEST_ADDRESS"

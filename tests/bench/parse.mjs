// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// parse.mjs FILE: what node needs to have a HAR's entries as a list.

import { readFileSync } from 'node:fs';

if (JSON.parse(readFileSync(process.argv[2], 'utf8')).log.entries.length === 0) process.exit(1);

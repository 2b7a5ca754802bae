// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// decode.mjs FILE PASSES: tokens per second that npm jose decodes, without verifying. The anchor of P2.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const packages = createRequire(new URL('../npm/package.json', import.meta.url));
const { decodeJwt, decodeProtectedHeader } = await import(pathToFileURL(packages.resolve('jose')));
const tokens = readFileSync(process.argv[2], 'utf8').trim().split('\n');
const passes = Number(process.argv[3]);
let decoded = 0;
const start = process.hrtime.bigint();
for (let pass = 0; pass < passes; ++pass)
  for (const token of tokens) if (decodeProtectedHeader(token).alg && decodeJwt(token).exp) decoded += 1;
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
if (decoded !== passes * tokens.length) throw new Error('a token did not decode');
console.log((decoded / seconds).toFixed(0));

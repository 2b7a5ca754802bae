// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Walks for other scripts: whatever comes of one, its JSON fits the schema.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, requirePackage, sourceFolder } from './lib.mjs';

const Ajv = requirePackage('ajv/dist/2020').default;
const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(sourceFolder, 'resources/schema/run.schema.json'), 'utf8')));

export const { document: { samples } } = await json(['samples']);
export const { document: { faults } } = await json(['faults']);

export async function walk(sample, flow, ...more) {
  const { status, document, stderr } = await json(['walk', sample, '--flow', flow, '--sign-in', 'alice', ...more]);
  const wrong = validate(document) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
  assert.deepEqual(wrong, [], 'the JSON fits the schema');
  return { status, document, stderr };
}

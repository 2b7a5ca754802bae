// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// What people meet, as they meet it: a published text, or a token and a contract, with its source beside each row, and
// the cause and the fix that have to be named. tests/data/failures/failures.json is the table.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder, testsFolder } from './lib.mjs';

const { failures } = JSON.parse(readFileSync(join(testsFolder, 'data', 'failures', 'failures.json'), 'utf8'));
const folder = scratchFolder();

const part = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const tokenOf = (claims) => [part({ alg: 'RS256', typ: 'JWT', kid: 'key-1' }), part(claims), part('a signature that is not looked at')].join('.');
const saved = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** The cause and the fix, in the words of the program, hold what the row wants. */
function assertSays(what, pattern, texts) {
  assert.match(texts.join(' | '), new RegExp(pattern), `${what} does not say ${pattern}`);
}

async function inspected(row) {
  const { status, document } = await json(['inspect', saved(`${row.id}.txt`, row.artefact)]);
  assert.equal(document.schema, 'inspection');
  const items = document.items.filter((item) => !row.expect.code || item.error?.code === row.expect.code);
  assert.ok(items.length > 0, `no item with the code ${row.expect.code}: ${JSON.stringify(document.items.map((i) => i.error?.code ?? i.label))}`);
  const { code, rule, check, near, cause, fix } = row.expect;
  if (code) assert.equal(status, 1, 'a refusal ends with 1');
  if (code) assert.ok(items[0].error.known && items[0].error.source, 'known, with a source');
  if (rule) assert.ok(document.findings.some((finding) => finding.rule === rule), `no finding ${rule}: ${document.findings.map((f) => f.rule)}`);
  const checks = items.flatMap((item) => item.checks);
  if (check) assert.ok(checks.some((each) => each.id === check), `no check ${check}: ${checks.map((c) => c.id)}`);
  if (near) assert.ok(checks.some((each) => each.near?.kind === near), `no near miss ${near}`);
  const all = document.items.flatMap((item) => [...item.causes, ...item.wrong]);
  assertSays('the cause', cause, all);
  assertSays('the fix', fix, document.items.map((item) => item.fix ?? ''));
}

async function matched(row) {
  const files = [saved(`${row.id}.jwt`, tokenOf(row.token)), saved(`${row.id}.json`, JSON.stringify(row.contract))];
  const { status, document } = await json(['match', ...files, '--now', row.now]);
  assert.equal(document.outcome, 'refuse');
  assert.equal(status, 1);
  const failing = document.checks.filter((each) => each.outcome === 'fail');
  const { check, near, cause, fix } = row.expect;
  assert.ok(failing.some((each) => each.id === check), `${check} does not fail: ${failing.map((c) => c.id)}`);
  if (near) assert.ok(failing.some((each) => each.near?.kind === near), `no near miss ${near}: ${failing.map((c) => c.near?.kind)}`);
  assertSays('the cause', cause, failing.flatMap((each) => [each.near?.text ?? '', each.relation ?? '', each.presented]));
  assertSays('the fix', fix, failing.map((each) => each.fix ?? ''));
  if (!document.corrected) return;
  const corrected = saved(`${row.id}.corrected.json`, JSON.stringify(document.corrected));
  const again = await json(['match', files[0], corrected, '--now', row.now]);
  assert.equal(again.document.outcome, 'accept', `the corrected contract accepts: ${JSON.stringify(again.document.checks.filter((c) => c.outcome === 'fail'))}`);
}

const kinds = new Set(failures.map((row) => row.failure.replace(/[:,].*/, '')));
await run({
  'the table has all rows, each with its source': () => {
    assert.ok(kinds.size >= 25, `${kinds.size} kinds of failure`);
    for (const row of failures) assert.match(row.source, /^https:\/\//, row.id);
  },
  ...Object.fromEntries(failures.map((row) => [`${row.id}: ${row.failure}`, () => (row.token ? matched(row) : inspected(row))])),
});

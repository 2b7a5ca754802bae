// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Every flow of every sample walks to accepted.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratchFolder, sourceFolder } from './lib.mjs';
import { samples, walk } from './walks.mjs';

const tests = { 'there are samples': () => assert.ok(samples.length >= 6) };
for (const sample of samples)
  for (const flow of sample.flows)
    tests[`${sample.id} ${flow} is accepted`] = async () => {
      const { status, document, stderr } = await walk(sample.id, flow);
      assert.equal(document.result, 'accepted', stderr);
      // A fallback that was not needed is skipped.
      assert.deepEqual(document.steps.filter((step) => !['accepted', 'skipped'].includes(step.state)).map((step) => step.id), []);
      assert.equal(status, 0, JSON.stringify(document.findings.filter((f) => f.severity === 'error'), null, 1));
    };

tests['every place that was tried is on record'] = async () => {
  const { document } = await walk('mcp-server', 'mcp-client-document');
  const places = document.steps.filter((step) => step.id.includes('-metadata')).map((step) => [step.id, step.state, step.response?.status]);
  assert.deepEqual(places, [
    ['mcp-resource-metadata', 'skipped', undefined], // the challenge names no address
    ['mcp-resource-metadata-2', 'accepted', 404],
    ['mcp-resource-metadata-3', 'accepted', 200],
    ['mcp-server-metadata', 'accepted', 404],
    ['mcp-server-metadata-2', 'accepted', 404],
    ['mcp-server-metadata-3', 'accepted', 200],
  ]);
};

/** where Anthropic is told to take the issuer's keys from, what comes of it, and what the prediction says without having asked there */
const tenant = '3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815';
const addresses = [
  ['the issuer\'s own', `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`, 'accepted', 'accept'],
  ['no such document', `https://login.microsoftonline.com/${tenant}/discovery/v3.0/keys`, 'refused', 'notEvaluated'],
  ['nobody plays it', 'https://keys.harbour.example/jwks.json', 'failed', 'notEvaluated'], // what is there, nobody knows
];
for (const [name, url, result, predicted] of addresses)
  tests[`keys of type explicit_url: ${name}`] = async () => {
    const setup = JSON.parse(readFileSync(join(sourceFolder, 'resources/samples/federated-agent.json'), 'utf8'));
    setup.targets.find((t) => t.kind === 'anthropic').issuer.jwks = { type: 'explicit_url', url };
    const file = join(scratchFolder(), 'explicit.json');
    writeFileSync(file, JSON.stringify(setup, null, 2));
    const { document } = await walk(file, 'agent-to-claude');
    assert.equal(document.result, result);
    const step = document.steps.find((s) => s.id === 'exchange-at-anthropic');
    assert.equal(step.predicted.outcome, predicted);
    const from = step.predicted.checks.find((c) => c.id === 'signature').expectedFrom;
    assert.ok(from.startsWith('keys fetched from ') && from.endsWith(new URL(url).pathname), from);
  };

await run(tests);

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Every flow of every sample walks to accepted.

import assert from 'node:assert/strict';
import { run } from './lib.mjs';
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

await run(tests);

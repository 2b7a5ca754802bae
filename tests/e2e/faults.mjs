// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Every fault is refused and produces the finding it names, in every sample it shows in. Where several flows of a sample show it,
// one is walked, another one for each fault: all flows have their turn.

import assert from 'node:assert/strict';
import { run } from './lib.mjs';
import { faults, samples, walk } from './walks.mjs';

const refused = 1;
const surroundings = 3;

const tests = { 'there are faults': () => assert.ok(faults.length > 0) };
for (const [turn, fault] of faults.entries()) {
  const places = samples.flatMap((sample) => {
    const flows = sample.flows.filter((id) => fault.flows.includes(id));
    return flows.length > 0 ? [[sample.id, flows[turn % flows.length]]] : [];
  });
  tests[`${fault.id} shows somewhere`] = () => assert.ok(places.length > 0, `${fault.flows} are in no sample`);
  for (const [sample, flow] of places)
    tests[`${fault.id} in ${sample} ${flow} gives ${fault.finding}`] = async () => {
      const { status, document } = await walk(sample, flow, '--fault', fault.id);
      const rules = document.findings.map((finding) => finding.rule);
      assert.ok(rules.includes(fault.finding), `findings: ${rules.join(', ') || 'none'}; result ${document.result}`);
      assert.ok([refused, surroundings].includes(status), `exit ${status}`);
      assert.notEqual(document.result, 'accepted');
    };
}

await run(tests, { atOnce: 2 });

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Every flow of every sample walks to accepted; every fault is refused and produces the finding it names, wherever it shows.
// Whatever comes of a walk, its JSON fits the schema.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, requirePackage, run, sourceFolder } from './lib.mjs';

const Ajv = requirePackage('ajv/dist/2020').default;
const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(sourceFolder, 'resources/schema/run.schema.json'), 'utf8')));

const refused = 1;
const surroundings = 3;

async function walk(sample, flow, ...more) {
  const { status, document, stderr } = await json(['walk', sample, '--flow', flow, '--sign-in', 'alice', ...more]);
  const wrong = validate(document) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
  assert.deepEqual(wrong, [], 'the JSON fits the schema');
  return { status, document, stderr };
}

const { document: { samples } } = await json(['samples']);
const { document: { faults } } = await json(['faults']);

function testsOfSamples() {
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
  return tests;
}

function testsOfFaults() {
  const tests = { 'there are faults': () => assert.ok(faults.length > 0) };
  for (const fault of faults) {
    const places = samples.flatMap((sample) => sample.flows.filter((id) => fault.flows.includes(id)).map((flow) => [sample.id, flow]));
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
  return tests;
}

await run({ ...testsOfSamples(), ...testsOfFaults() });

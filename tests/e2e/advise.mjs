// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The advisor: questions without answers, a flow that walks with them, a reason where there is none.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { json, run, scratchFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const asked = (acts, data, runs, target) => ['--acts', acts, '--data', data, '--runs', runs, '--target', target];

const walks = [['agent', 'own', 'azure', 'anthropic'], ['agent', 'user', 'laptop', 'entra-api'], ['workload', 'own', 'kubernetes', 'entra-api'], ['agent', 'own', 'aws', 'aws'],
  ['workload', 'own', 'azure', 'vault']];

const tests = {};
for (const answers of walks)
  tests[`${answers.join(', ')} walks`] = async () => {
    const file = join(folder, `${answers.join('-')}.json`);
    const { status, document } = await json(['advise', ...asked(...answers), '-o', file]);
    assert.equal(status, 0);
    const walk = await json(['walk', file, '--sign-in', 'alice']);
    assert.equal(walk.document.result, 'accepted');
    assert.equal(walk.document.flow, document.flow);
  };

await run({
  ...tests,

  'without answers the questions are listed': async () => {
    const { document } = await json(['advise']);
    assert.deepEqual(document.questions.map((question) => question.id), ['acts', 'data', 'runs', 'target']);
    assert.ok(document.questions.every((question) => question.choices.length >= 2));
  },

  'where nothing fits, a reason is given': async () => {
    const { status, document } = await json(['advise', ...asked('workload', 'user', 'azure', 'entra-api')]);
    assert.equal(status, 1);
    assert.equal(document.flow, undefined);
    assert.match(document.reason, /no person/);
  },

  'a wrong answer names the choices': async () => {
    const { status, stderr } = await trustwalk(['advise', ...asked('robot', 'own', 'azure', 'aws')]);
    assert.equal(status, 2);
    assert.match(stderr, /--acts takes one of user, service, agent, workload/);
  },
});

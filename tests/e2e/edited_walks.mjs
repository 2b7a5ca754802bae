// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Samples with something changed in them, walked in the lab: what a receiver's configuration leaves open is named and never guessed,
// and what is wrong at two places is found at both.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder, sourceFolder } from './lib.mjs';
import { walk } from './walks.mjs';

const folder = scratchFolder();
let files = 0;

const named = (list, name) => list.find((each) => each.name === name);
const target = (setup, name) => named(setup.targets, name);
const conditionOf = (setup) => target(setup, 'aws').trustPolicy.Statement[0].Condition;
const entra = 'login.microsoftonline.com/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/v2.0';
const agent = 'a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae';
const github = (setup, value) => Object.assign(
  named(setup.apps, 'claims-batch').credentials.find((each) => each.source?.name === 'github'),
  { subject: null, claimsMatchingExpression: { value, languageVersion: 1 } });

/** The sample, changed, as a file of its own. */
function edited(sample, change) {
  const setup = JSON.parse(readFileSync(join(sourceFolder, 'resources/samples', `${sample}.json`), 'utf8'));
  change(setup);
  const file = join(folder, `setup${(files += 1)}.json`);
  writeFileSync(file, JSON.stringify(setup));
  return file;
}

// sample, flow, the change, the step that stays open, and what names the part
const open = [
  ['aws-agent', 'agent-to-aws', (s) => { conditionOf(s).DateLessThan = { 'aws:CurrentTime': '2030-01-01T00:00:00Z' }; }, 'assume-role', 'DateLessThan'],
  ['aws-agent', 'agent-to-aws', (s) => { conditionOf(s).StringEquals[`${entra}:sub`] = '${aws:username}'; }, 'assume-role', '${aws:username}'],
  ['federated-agent', 'agent-to-claude', (s) => { target(s, 'anthropic').rule.match.condition = 'claims.sub.foo()'; }, 'exchange-at-anthropic', 'foo()'],
  ['federated-agent', 'agent-to-claude', (s) => { delete target(s, 'anthropic').rule.match.audience; }, 'exchange-at-anthropic', 'audience'],
  ['federated-agent', 'agent-to-claude', (s) => { target(s, 'anthropic').issuer.jwks = { type: 'explicit_url', url: 'https://keys.harbour.example/keys' }; },
    'exchange-at-anthropic', 'Signature'],
  ['workload-federation', 'from-github', (s) => github(s, "claims['sub'] matches 'repo:harbour/*' or claims['sub'] eq 'x'"), 'token-as-app', 'or claims'],
  ['workload-federation', 'from-github', (s) => github(s, "claims['repository'] eq 'x'"), 'token-as-app', 'repository'],
  ['google-agent', 'agent-as-account', (s) => {
    target(s, 'gcp-agents').settings.serviceAccountPolicy.bindings[0].condition = { title: 'x', expression: 'false' };
  }, 'impersonate-account', 'condition of its own'],
  ['google-agent', 'agent-direct', (s) => { target(s, 'gcp-agents').provider.attributeCondition = "assertion.sub.substring(0,4) == 'a90f'"; },
    'exchange-at-google', 'substring()'],
  ['vault', 'read-secret', (s) => { for (const each of target(s, 'vault').roleAssignments) each.role = 'Custom Role'; }, 'read-secret', 'Custom Role'],
];

const tests = {};
for (const [sample, flow, change, step, part] of open)
  tests[`${sample} ${flow}: ${part} is left open by name`] = async () => {
    const { document } = await walk(edited(sample, change), flow);
    const at = document.steps.find((each) => each.id === step);
    assert.equal(at.state, 'failed', 'neither accepted nor refused');
    assert.equal(at.observed.status, 501);
    assert.match(at.observed.text, /^The lab cannot decide this\. /);
    const here = document.findings.filter((each) => each.place.step === step);
    assert.equal(here.length, 1, JSON.stringify(document.findings));
    assert.ok(['RUN-LEFT-OPEN', 'TR-CONDITION-OPEN'].includes(here[0].rule), here[0].rule);
    assert.ok(here[0].text.includes(part), here[0].text);
  };

for (const key of [`${entra}:Sub`, `${entra}:sub`.toUpperCase(), `Login.MicrosoftOnline.com${entra.slice(25)}:sub`])
  tests[`the condition key ${key} is the provider's, whatever its case`] = async () => {
    const file = edited('aws-agent', (s) => { target(s, 'aws').trustPolicy.Statement[0].Condition = { StringEquals: { [key]: agent } }; });
    const { document } = await walk(file, 'agent-to-aws');
    assert.equal(document.result, 'accepted', JSON.stringify(document.findings));
    const { document: checked } = await json(['check', file]);
    assert.deepEqual(checked.findings.filter((each) => each.severity === 'error'), []);
  };

// an attribute condition that does not hold, and what the finding says of it
const agents = (setup) => target(setup, 'gcp-agents').provider;
for (const [condition, text] of [
  ['false && foo(1)', 'The condition is false for this token.'],
  ['assertion.sub', 'The condition gives neither true nor false. It looked at assertion.sub'],
  ["assertion.sub[0] == 'a'", 'There is no such element in assertion.sub.'],
  ["assertion.nope == 'x'", 'The token has no claim nope.'],
  [`assertion.sub == '${agent.toUpperCase()}'`, 'assertion.sub: Same 36 characters, 13 differ in case.'],
])
  tests[`what is wrong with ${condition} is said`] = async () => {
    const { document } = await walk(edited('google-agent', (s) => { agents(s).attributeCondition = condition; }), 'agent-direct');
    const found = document.findings.filter((each) => each.rule === 'TR-RULE-SUBJECT');
    assert.equal(found.length, 1, JSON.stringify(document.findings));
    assert.ok(found[0].text.startsWith(text), found[0].text);
  };

await run({
  ...tests,

  'a length that was seen is said in place of the one that was expected': async () => {
    const { document } = await walk('federated-agent', 'agent-to-claude', '--fault', 'issuer-lifetime-short');
    const { findings: [finding] } = document;
    const check = document.steps.find((each) => each.id === 'exchange-at-anthropic').truth.checks.find((each) => each.id === 'lifetime');
    assert.equal(finding.rule, 'X-MI-24H');
    assert.ok(finding.text.includes(`lives ${check.presented},`), `${finding.text} (${check.presented})`);
    assert.equal(finding.place.pointer, '/targets/0/issuer/max_jwt_lifetime_seconds');
  },

  'keys that cannot be had are no word on the signature': async () => {
    const { document } = await walk(edited('federated-agent', (s) => {
      const { issuer } = target(s, 'anthropic');
      issuer.jwks = { type: 'explicit_url', url: issuer.issuer_url.replace('v2.0', 'discovery/v3.0/keys') };
    }), 'agent-to-claude');
    assert.deepEqual(document.findings.map((each) => each.text), ['The keys of the issuer cannot be had.']);
  },

  'a provider named as the audience is': async () => {
    const { document } = await walk(edited('google-agent', (s) => { agents(s).name = `//iam.googleapis.com/${agents(s).name}`; }), 'agent-direct');
    assert.deepEqual(document.findings.map((each) => [each.rule, each.place.pointer]), [['TR-PROVIDER-NAME', '/targets/1/provider/name']]);
    assert.ok(document.findings[0].text.includes('begins with //iam.googleapis.com/'), document.findings[0].text);
  },

  'before a walk the length is told from shortest to longest': async () => {
    const { document } = await json(['check', edited('federated-agent', (s) => { target(s, 'anthropic').issuer.max_jwt_lifetime_seconds = 4000; })]);
    const finding = document.findings.find((each) => each.rule === 'X-MI-24H');
    assert.ok(finding.text.includes('3900 to 5700 s'), finding.text);
  },

  'another tenant at Entra is not explained by the rule at Anthropic': async () => {
    const { document } = await walk(edited('agent-estate', (s) => { named(s.apps, 'agent').tenant = 'fjord'; }), 'customer-fjord');
    const wrong = document.findings.filter((each) => each.rule === 'ID-WRONG-TENANT');
    const seen = wrong.find((each) => each.place.step === 'token-as-agent');
    assert.ok(!seen.title.includes('Federation rule') && !seen.place.pointer, JSON.stringify(seen));
    assert.deepEqual(wrong.filter((each) => each !== seen).map((each) => each.place), [{ pointer: '/targets/2/issuer/issuer_url' }]);
  },

  'two members of a rule that do not fit are two findings': async () => {
    const { document } = await walk(edited('agent-estate', (s) => {
      const { match } = target(s, 'anthropic').rule;
      match.subject_prefix = agent.toUpperCase();
      match.claims.azp = 'nope';
    }), 'customer-fjord');
    const places = document.findings.filter((each) => each.rule === 'TR-RULE-SUBJECT').map((each) => each.place.pointer);
    assert.deepEqual(places, ['/targets/2/rule/match/subject_prefix', '/targets/2/rule/match/claims/azp']);
  },
}, { atOnce: 2 });

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// "Entra Agent ID across clouds" (article series, parts 1 to 5): what it says an inspector has to show, a row at a time, each with
// the sample it is walked in.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder, sourceFolder } from './lib.mjs';
import { walk } from './walks.mjs';

const setupOf = (name) => JSON.parse(readFileSync(join(sourceFolder, 'resources', 'samples', `${name}.json`), 'utf8'));
const document = async (...args) => (await walk(...args)).document;
const step = (run, id) => run.steps.find((each) => each.id === id) ?? assert.fail(`no step ${id}`);
const token = (run, slot) => run.steps.flatMap((each) => each.tokens).find((each) => each.slot === slot) ?? assert.fail(`no token ${slot}`);
const presents = (run, slot) => run.steps.filter((each) => each.presents.some((p) => p.slot === slot)).map((each) => each.id);
const states = (run, prefix = '') => [...new Set(run.steps.filter(({ id }) => id.startsWith(prefix)).map((each) => each.state))];
const principal = (run, target) => run.auditPrincipals.find((each) => each.target === target)?.principal;
const rules = (run) => run.findings.map((each) => each.rule);
const exchange = 'fb60f99c-7a34-4190-8149-302f77469936';

await run({
  '1 both federations from one seed token, and where they part': async () => {
    const host = await document('agent-estate', 'option-1');
    assert.deepEqual(presents(host, 'T0'), ['exchange-as-blueprint', 'exchange-at-anthropic'], 'the host’s token itself goes both ways');
    const agent = await document('agent-estate', 'option-2');
    assert.deepEqual([presents(agent, 'T0'), presents(agent, 'T1')], [['exchange-as-blueprint'], ['token-as-agent', 'token-for-cloud']], 'the blueprint’s does');
    for (const { steps } of [host, agent]) assert.deepEqual(states({ steps }), ['accepted']);
  },
  '2 secret or managed identity: one block of the sidecar’s settings changes': async () => {
    const { document: { changes } } = await json(['settings', 'sidecar', '--diff']);
    const changed = changes.filter(({ change }) => change !== 'same').map(({ key }) => key);
    assert.ok(changed.length >= 3 && changed.every((key) => key.startsWith('AzureAd__ClientCredentials__0__')), changed.join(' '));
    assert.ok(changes.some(({ change, key }) => change === 'same' && key.startsWith('DownstreamApis__')));
  },
  '3 option 1 or 2: what each cloud will record': async () => {
    const recorded = async (sample, flow, target) => principal(await document(sample, flow), target);
    const [one, two] = [await recorded('agent-estate', 'option-1', 'Anthropic (host)'), await recorded('agent-estate', 'option-2', 'Anthropic')];
    assert.ok(one && two && one !== two);
    const targets = (name) => Object.fromEntries(setupOf(name).targets.map((t) => [t.name, t.displayName ?? t.name]));
    const aws = targets('aws-agent'), google = targets('google-agent');
    const [shared, own] = [await recorded('aws-agent', 'identity-to-aws', aws['aws-shared']), await recorded('aws-agent', 'agent-to-aws', aws.aws)];
    assert.match(shared, /^arn:aws:sts::\d{12}:assumed-role\//);
    assert.match(own, /^arn:aws:sts::\d{12}:assumed-role\//);
    assert.notEqual(shared, own);
    const [host, agent] = [await recorded('google-agent', 'identity-direct', google.gcp), await recorded('google-agent', 'agent-direct', google['gcp-agents'])];
    const setup = setupOf('google-agent');
    assert.ok(host.startsWith('principal://iam.googleapis.com/') && host.endsWith(`/subject/${setup.managedIdentities[0].objectId}`), host);
    assert.ok(agent.startsWith('principal://iam.googleapis.com/') && agent.endsWith(`/subject/${setup.apps.find((a) => a.name === 'agent').objectId}`), agent);
  },
  '4 whose object filled sub, azp, oid and xms_par_app_azp': async () => {
    const setup = setupOf('agent-for-user');
    const [blueprint, agent] = ['blueprint', 'agent'].map((name) => setup.apps.find((a) => a.name === name));
    const run = await document('agent-for-user', 'agent-for-user');
    const [forUser] = step(run, 'agent-for-user-anthropic-api').tokens;
    assert.deepEqual([forUser.claims.oid, forUser.claims.azp, forUser.claims.xms_par_app_azp], [setup.users[0].objectId, agent.clientId, blueprint.clientId]);
    const alone = token(await document('federated-agent', 'agent-to-claude'), 'T2');
    assert.deepEqual([alone.claims.sub, alone.claims.oid, alone.claims.azp, alone.claims.xms_par_app_azp], [agent.objectId, agent.objectId, agent.clientId, blueprint.clientId]);
    assert.match(token(run, 'T1').claims.sub, /^\/eid1\/c\/pub\/t\//, 'that of the blueprint is a path with the agent at its end');
  },
  '5 the resource that was asked for and the audience that came, against one value and against both': async () => {
    const run = await document('agent-estate', 'option-2');
    const row = run.audiences.find((each) => each.slot === 'T2');
    assert.match(row.asked, /^api:\/\/.*\/\.default$/);
    assert.deepEqual([row.accepted.length, row.accepted.includes(row.issued), row.outcome], [2, true, 'pass']);
    const one = await document('sign-in-api', 'sign-in-api', '--fault', 'api-audience-uri-only');
    assert.ok(rules(one).includes('TR-AUD-ONE-OF-TWO'));
    assert.equal(one.audiences.find((each) => each.outcome === 'fail').accepted.length, 1);
    assert.equal(token(run, 'T0').claims.aud, exchange, 'api://AzureADTokenExchange comes as its client id');
  },
  '6 a credential for each customer on one blueprint, and the wrong tenant': async () => {
    const issuers = [];
    for (const flow of ['customer-fjord', 'customer-nord']) {
      const run = await document('agent-estate', flow);
      assert.equal(run.result, 'accepted');
      issuers.push(token(run, 'T0').claims.iss);
      assert.equal(token(run, 'T2').claims.azp, setupOf('agent-estate').apps.find((a) => a.name === 'agent').clientId);
    }
    assert.notEqual(issuers[0], issuers[1]);
    const wrong = await document('agent-estate', 'customer-fjord', '--fault', 'wrong-tenant');
    assert.equal(step(wrong, 'exchange-as-blueprint').observed.code, 'AADSTS700016');
    assert.ok(rules(wrong).includes('ID-WRONG-TENANT'));
  },
  '7 on behalf of a user or not: the same agent; an application at a user’s data is told': async () => {
    const [user, alone] = [await document('agent-for-user', 'agent-for-user'), await document('federated-agent', 'agent-to-claude')];
    const sent = (run) => step(run, 'exchange-as-blueprint').request.fields?.map(({ name }) => name) ?? Object.keys(step(run, 'exchange-as-blueprint').request);
    assert.deepEqual(sent(user), sent(alone), 'how the blueprint proves itself does not change');
    const setup = setupOf('vault');
    const check = async (facts) => {
      setup.targets.find(({ name }) => name === 'vault').facts = facts;
      const file = join(scratchFolder(), 'user-data.json');
      writeFileSync(file, JSON.stringify(setup));
      return (await json(['check', file])).document.findings.filter(({ rule }) => rule === 'DEL-MI-FOR-USER-DATA').length;
    };
    assert.deepEqual([await check({ userData: true }) > 0, await check({ userData: false })], [true, 0]);
  },
  '8 deployed again: the system-assigned identity is refused, the user-assigned is not': async () => {
    const { document: { faults } } = await json(['faults']);
    assert.deepEqual(faults.find(({ id }) => id === 'redeploy').flows, ['host-system-assigned']);
    const system = await document('agent-estate', 'host-system-assigned', '--fault', 'redeploy');
    assert.deepEqual([system.result, rules(system)], ['refused', ['ID-SAMI']]);
    const assigned = await document('agent-estate', 'host-user-assigned', '--fault', 'redeploy');
    assert.equal(assigned.result, 'accepted');
  },
  '9 several identities on a host, and nobody pins one: another is taken': async () => {
    const pinned = token(await document('federated-agent', 'agent-to-claude'), 'T0').claims.oid;
    const open = await document('federated-agent', 'agent-to-claude', '--fault', 'client-id-unpinned');
    assert.notEqual(token(open, 'T0').claims.oid, pinned);
    assert.deepEqual([step(open, 'exchange-as-blueprint').observed.code, rules(open)], ['AADSTS700213', ['ID-CLIENT-ID-UNPINNED']]);
  },
  '10 no metadata endpoint on a laptop: explained': async () => {
    const { status, document: laptop } = await walk('federated-agent', 'agent-to-claude', '--fault', 'no-metadata');
    assert.deepEqual([status, laptop.result, step(laptop, 'managed-identity').state], [3, 'failed', 'failed']);
    const said = laptop.findings.find((each) => each.rule === 'PAT-LAPTOP-FEDERATED');
    assert.deepEqual([said.severity, said.fix.length > 0], ['info', true]);
  },
  '11 a secret at the blueprint: the same to the cloud, another root': async () => {
    const [secret, attested] = [await document('two-patterns', 'pattern-secret'), await document('two-patterns', 'pattern-federated')];
    assert.deepEqual([secret.chain.root, attested.chain.root], ['diskSecret', 'attested']);
    const seen = (run) => Object.fromEntries(Object.entries(token(run, 'T2').claims).filter(([name]) => !['iat', 'nbf', 'exp', 'uti', 'rh', 'aio', 'iss', 'xms_ftd'].includes(name)));
    assert.deepEqual(Object.keys(seen(secret)), Object.keys(seen(attested)));
    for (const claim of ['sub', 'oid', 'azp', 'aud', 'xms_par_app_azp']) assert.equal(token(secret, 'T2').claims[claim], token(attested, 'T2').claims[claim], claim);
    assert.deepEqual(secret.auditPrincipals.map((each) => each.principal), attested.auditPrincipals.map((each) => each.principal));
    assert.ok(rules(secret).includes('PAT-BLUEPRINT-SECRET-VARIANT') && !rules(attested).includes('PAT-BLUEPRINT-SECRET-VARIANT'));
  },
  '12 one agent disabled, one rule archived: its sibling goes on': async () => {
    for (const [fault, at, code] of [['agent-disabled', 'b-token-as-agent', 'AADSTS7000112'], ['one-rule-archived', 'b-exchange-at-anthropic', 'authentication_error']]) {
      const run = await document('agent-estate', 'siblings-one-blueprint', '--fault', fault);
      assert.deepEqual([states(run, 'a-'), step(run, at).state, step(run, at).observed.code], [['accepted'], 'refused', code], fault);
    }
  },
});

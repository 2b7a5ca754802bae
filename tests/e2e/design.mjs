// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk inventory` and `trustwalk review`: every answer has evidence that is really there, unknown is said as unknown,
// findings lower answers, and the review is one page that runs nothing.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './chromium.mjs';
import { json, run, scratchFolder, sourceFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const sample = (name) => JSON.parse(readFileSync(join(sourceFolder, 'resources', 'samples', `${name}.json`), 'utf8'));
const names = ['agent-estate', 'agent-for-user', 'aws-agent', 'federated-agent', 'google-agent', 'on-behalf-of', 'secret-agent', 'sidecar', 'token-exchange', 'vault', 'workload-federation'];
/** RFC 6901 */
const at = (document, pointer) => pointer.split('/').slice(1).reduce((value, part) => value?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const changed = (name, change) => {
  const setup = sample(name);
  change(setup);
  const path = join(folder, `${name}-${Math.random().toString(36).slice(2)}.json`);
  writeFileSync(path, JSON.stringify(setup));
  return path;
};
const now = ['--now', '2026-11-26T12:00:00Z'];
const answers = (document) => Object.fromEntries(document.questions.map((q) => [q.id, q.answer]));
const inventory = async (...args) => (await json(['inventory', ...args, ...now])).document;
const review = async (...args) => (await json(['review', ...args, ...now])).document;

await run({
  'evidence is there, in every sample': async () => {
    for (const name of names) {
      const setup = sample(name);
      const rests = [
        ...(await inventory(name)).agents.flatMap((agent) => ['owners', 'invokers', 'reaches', 'credentials', 'dormant', 'tooWide'].flatMap((q) => agent[q].values)),
        ...(await review(name)).questions.flatMap((q) => q.evidence),
      ];
      assert.ok(rests.length > 2, name);
      for (const { text, pointer } of rests) {
        assert.ok(text, name);
        assert.notEqual(at(setup, pointer), undefined, `${name} ${pointer}: ${text}`);
      }
    }
  },
  'an agent: owner, reach, what it can broker; unknown is unknown': async () => {
    const { agents } = await inventory('agent-estate');
    assert.deepEqual(agents.map((a) => [a.title, a.kind]), [['claims-desk', 'agentIdentity'], ['claims-triage', 'agentIdentity'], ['Claims Desk agent', 'agentUser'],
      ['mi-agents-prod', 'managedIdentity'], ['ca-agents-weu', 'managedIdentity'], ['srv-harbour-07', 'managedIdentity']]);
    const [desk, triage] = agents;
    assert.deepEqual(desk.owners, { known: true, values: [{ text: 'alice', pointer: '/apps/3/owners/0' }] });
    assert.deepEqual(desk.dormant, { known: false, values: [] });
    assert.ok(desk.reaches.values.some((v) => v.text === 'Claims API'));
    assert.ok(!desk.reaches.values.some((v) => v.text === 'Anthropic (triage)'), 'that is its sibling’s');
    assert.ok(triage.credentials.values.some((v) => v.text.includes('Anthropic (triage)')));
    assert.match(desk.tooWide.values[0].text, /^TR-OPTION1-FLAT/);
  },
  'dormant by its last sign-in, and not when a run shows it': async () => {
    const setup = changed('federated-agent', (s) => Object.assign(s.apps.find((a) => a.name === 'agent'), { lastSignIn: '2026-06-01T00:00:00Z', invokers: ['claims-team'], owners: [] }));
    const [agent] = (await inventory(setup)).agents;
    assert.equal(agent.dormant.values[0].text, 'since 2026-06-01T00:00:00Z');
    assert.deepEqual([agent.owners.known, agent.owners.values], [true, []]);
    assert.deepEqual(agent.invokers.values.map((v) => v.text), ['claims-team']);
    const recorded = join(folder, 'run.json');
    writeFileSync(recorded, (await trustwalk(['walk', setup, '--json'])).stdout);
    const [seen] = (await inventory(setup, '--run', recorded)).agents;
    assert.deepEqual(seen.dormant, { known: true, values: [] });
    const document = JSON.parse(readFileSync(recorded, 'utf8'));
    const steps = seen.reaches.values.filter((v) => v.run);
    assert.ok(steps.length > 0 && steps.every((v) => at(document, v.run).state === 'accepted'));
    const other = await trustwalk(['inventory', 'vault', '--run', recorded]);
    assert.deepEqual([other.status, /is a run of federated-agent, not of vault/.test(other.stderr)], [2, true]);
  },
  'a vault role that reaches too far is the agent’s own': async () => {
    const setup = changed('vault', (s) => { s.targets[0].roleAssignments.find((r) => r.principal === 'agent').scope = '/'; });
    const { agents } = await inventory(setup);
    assert.deepEqual(agents.filter((a) => a.tooWide.values.some((v) => v.text.startsWith('SEC-VAULT-SCOPE'))).map((a) => a.name), ['agent']);
  },
  'six questions, answered': async () => {
    assert.deepEqual(answers(await review('federated-agent')), { identity: 'yes', credentials: 'yes', rights: 'unknown', records: 'unknown', elsewhere: 'yes', secrets: 'yes' });
    assert.deepEqual(answers(await review('secret-agent')), { identity: 'yes', credentials: 'no', rights: 'unknown', records: 'unknown', elsewhere: 'yes', secrets: 'no' });
    assert.equal(answers(await review('on-behalf-of')).rights, 'yes');
    assert.equal(answers(await review('workload-federation')).elsewhere, 'yes');
  },
  'facts and findings change the answers': async () => {
    const records = (fields) => changed('federated-agent', (s) => { s.targets[0].facts = { auditFields: fields }; });
    assert.equal(answers(await review(records(['agent', 'workload', 'user', 'tenant', 'decision']))).records, 'yes');
    const gap = await review(records(['agent']));
    assert.equal(answers(gap).records, 'partly');
    assert.ok(gap.questions[3].findings.some((f) => f.rule === 'AUD-CHAIN-BROKEN'));
    assert.equal(answers(await review(changed('federated-agent', (s) => { s.apps.find((a) => a.name === 'agent').owners = []; }))).identity, 'partly');
    assert.equal(answers(await review(changed('federated-agent', (s) => { s.targets[0].rule.match = { audience: s.targets[0].rule.match.audience, subject_prefix: '*' }; }))).credentials, 'no');
    assert.equal(answers(await review(changed('vault', (s) => { s.targets[0].facts = { userData: true }; }))).rights, 'no');
  },
  'one page of HTML that runs nothing and echoes no markup': async () => {
    const setup = changed('agent-estate', (s) => { s.title = '<img src=x onerror=alert(1)>'; s.apps.find((a) => a.name === 'agent').displayName = '<script>1</script>'; });
    const file = join(folder, 'review.html');
    await trustwalk(['review', setup, '--as', 'html', '-o', file, ...now]);
    const html = readFileSync(file, 'utf8');
    assert.match(html, /default-src 'none'/);
    assert.ok(!/<script|<img|<link|https?:\/\/(?!login|oidc)/.test(html), 'nothing to run, nothing to load');
    const page = await openBrowser(pathToFileURL(file).href);
    await page.goto(pathToFileURL(file).href);
    assert.equal(await page.locator('section').count(), 6);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length, 1);
  },
  'the inventory as a page: a line for each agent, and no markup of a name': async () => {
    const setup = changed('agent-estate', (s) => { s.apps.find((a) => a.name === 'agent').displayName = '<script>1</script>'; });
    const file = join(folder, 'inventory.html');
    await trustwalk(['inventory', setup, '--as', 'html', '-o', file, ...now]);
    assert.ok(!/<script|<img|<link/.test(readFileSync(file, 'utf8')));
    const page = await openBrowser(pathToFileURL(file).href);
    await page.goto(pathToFileURL(file).href);
    const { agents } = await inventory(setup);
    assert.equal(await page.locator('tbody tr').count(), agents.length);
    assert.equal(await page.locator('td.unknown').count(), agents.flatMap(Object.values).filter((answer) => answer.known === false).length);
  },
  'text and Markdown': async () => {
    assert.match((await trustwalk(['review', 'vault', ...now])).stdout, /partly {4}Have secrets been removed/);
    const { stdout } = await trustwalk(['review', 'vault', '--as', 'md', ...now]);
    assert.equal(stdout.split('\n').filter((line) => line.startsWith('## ')).length, 6);
    assert.match((await trustwalk(['review', 'vault', '--as', 'pdf'])).stderr, /--as takes/);
    assert.match((await trustwalk(['inventory', 'sign-in-api'])).stdout, /has no agent/);
    assert.match((await trustwalk(['inventory', 'agent-estate', '--as', 'md', ...now])).stdout, /^# Agents: /);
  },
});

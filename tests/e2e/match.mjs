// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// One token against one contract: every near miss by its name, only the comparison that does not hold fails, the
// corrected contract accepts, and what cannot be read is one line with its place.

import assert from 'node:assert/strict';
import { json, part, run, scratchFiles, trustwalk } from './lib.mjs';

const saved = scratchFiles();
const tokenOf = (claims, header = { alg: 'RS256', typ: 'JWT', kid: 'key-1' }) => [part(header), part(claims), part('not looked at')].join('.');

const now = '2026-11-25T12:00:00Z';
const at = Date.parse(now) / 1000;
const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43';
const other = '11111111-9b52-4d8e-8c60-2f5e1d9b7a43';
const v2 = `https://login.microsoftonline.com/${tenant}/v2.0`;
const v1 = `https://sts.windows.net/${tenant}/`;
const api = '0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19';
const oid = '3e1d7a90-1111-4a52-9d63-7e0f4b8a2d19';
const client = '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19';
const exchange = 'fb60f99c-7a34-4190-8149-302f77469936';
const subject = 'project_path:tailspin/toys:ref_type:branch:ref:main';

const outside = (claims = {}) => ({ iss: 'https://gitlab.com', sub: subject, aud: 'api://AzureADTokenExchange', iat: at - 60, nbf: at - 60, exp: at + 3000, ...claims });
const entra = (claims = {}) => outside({ iss: v2, sub: oid, oid, azp: client, tid: tenant, ver: '2.0', aud: api, ...claims });
const identity = (claims = {}) => entra({ aud: exchange, idtyp: 'app', xms_mirid: '/subscriptions/s/resourcegroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi', ...claims });
const credential = (members = {}) => ({ name: 'one', issuer: 'https://gitlab.com', subject, audiences: ['api://AzureADTokenExchange'], ...members });
const rule = (match, issuer = {}) => ({
  issuer: { id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', issuer_url: 'https://gitlab.com', max_jwt_lifetime_seconds: 3600, ...issuer },
  rule: { id: 'fdrl_01ZyXwVuTsRqPnMkJhGfEdCb', issuer_id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', match: { audience: 'https://api.anthropic.com', ...match }, archived_at: null },
});
const forAnthropic = (claims = {}) => outside({ aud: 'https://api.anthropic.com', ...claims });
const github = 'https://token.actions.githubusercontent.com';

/** near miss, the check that fails with it, token, contract */
const nearMisses = [
  ['case', 'subject', outside(), credential({ subject: subject.replace('tailspin', 'Tailspin') })],
  ['case', 'subject', forAnthropic(), rule({ subject_prefix: 'project_path:Tailspin/toys:*' })],
  ['trailingSlash', 'issuer', outside(), credential({ issuer: 'https://gitlab.com/' })],
  ['doubleSlash', 'issuer', outside({ iss: 'https://id.example/a/b' }), credential({ issuer: 'https://id.example/a//b' })],
  ['doubleSlash', 'issuer', outside({ iss: 'https://id.example/c/' }), credential({ issuer: 'https://id.example/c//' })],
  ['whitespace', 'subject', outside(), credential({ subject: `${subject} ` })],
  ['whitespace', 'audience', outside(), credential({ audiences: ['api://AzureADTokenExchange\u00a0'] })],
  ['guidUriTwin', 'audience', identity(), credential({ issuer: v2, subject: oid, audiences: [exchange] })],
  ['v1v2Issuer', 'issuer', identity(), credential({ issuer: v1, subject: oid })],
  ['v1v2Issuer', 'issuer', outside({ iss: v1, aud: `api://${api}`, tid: tenant }), { validAudiences: [`api://${api}`], validIssuers: [v2] }],
  ['scheme', 'issuer', outside(), credential({ issuer: 'http://gitlab.com' })],
  ['scheme', 'issuer', outside(), credential({ issuer: 'gitlab.com' })],
  ['port', 'issuer', outside({ iss: 'https://id.example:8443' }), credential({ issuer: 'https://id.example' })],
  ['wildcardLiteral', 'subject', outside(), credential({ subject: 'project_path:tailspin/toys:*' })],
  ['immutableSubject', 'subject', outside({ iss: github, sub: 'repo:o@12/r@34:ref:refs/heads/main' }), credential({ issuer: github, subject: 'repo:o/r:ref:refs/heads/main' })],
  ['immutableSubject', 'subject', outside({ iss: github, sub: 'repo:o/r:ref:refs/heads/main' }), credential({ issuer: github, subject: 'repo:o@12/r@34:ref:refs/heads/main' })],
  ['immutableSubject', 'subject', forAnthropic({ iss: github, sub: 'repo:o@12/r@34:ref:refs/heads/main' }), rule({ subject_prefix: 'repo:o/r:*' }, { issuer_url: github })],
  ['immutableSubject', 'subject', outside({ iss: github, sub: 'repo:o@12/r@34:ref:refs/heads/main' }), credential({ issuer: github, subject: null, claimsMatchingExpression: { value: "claims['sub'] matches 'repo:o/r:*'", languageVersion: 1 } })],
  ['prefixOnly', 'subject', outside(), credential({ subject: 'project_path:tailspin/toys' })],
  ['clientIdForObjectId', 'subject', identity(), credential({ issuer: v2, subject: client })],
  ['clientIdForObjectId', 'claims.oid', entra(), rule({ audience: api, claims: { oid: client } }, { issuer_url: v2 })],
  ['objectIdForClientId', 'claims.azp', entra(), rule({ audience: api, claims: { azp: oid } }, { issuer_url: v2 })],
  ['azpNotAud', 'audience', entra(), { validAudiences: [client] }],
  ['azpNotAud', 'audience', entra(), rule({ audience: client, subject_prefix: oid }, { issuer_url: v2 })],
  ['oneOfTwo', 'audience', entra(), { validAudiences: [`api://${api}`] }],
  ['oneOfTwo', 'audience', entra({ aud: `api://${api}` }), { validAudiences: [api, 'https://else.example'] }],
  ['oneOfTwo', 'audience', identity(), { validAudiences: ['api://AzureADTokenExchange'] }],
  ['oneOfTwo', 'audience', entra(), { validAudiences: ['api://tailspin.example/toys'] }],
  ['wrongTenant', 'issuer', identity(), credential({ issuer: v2.replace(tenant, other), subject: oid })],
  ['wrongTenant', 'issuer', identity(), credential({ issuer: v1.replace(tenant, other), subject: oid })],
  ['clockSkew', 'lifetime.nbf', outside({ nbf: at + 400, iat: at + 400 }), credential()],
  ['clockSkew', 'lifetime.exp', outside({ exp: at - 400 }), credential()],
  ['clockSkew', 'lifetime.iat', forAnthropic({ nbf: undefined, iat: at + 90 }), rule({ subject_prefix: 'project_path:tailspin/*' })],
  ['encoding', 'subject', outside(), credential({ subject: subject.replace('/', '%2F') })],
  ['encoding', 'subject', outside({ sub: 'project_path:caf\u00e9/toys' }), credential({ subject: 'project_path:cafe\u0301/toys' })],
  ['lookalike', 'subject', outside(), credential({ subject: subject.replace('a', '\u0430') })],
  ['lookalike', 'subject', outside(), credential({ subject: subject.replace('spin', '\u200bspin') })],
  ['cloudVariant', 'issuer', identity(), credential({ issuer: v2.replace('.com', '.us'), subject: oid })],
  ['cloudVariant', 'audience', outside({ aud: 'api://AzureADTokenExchangeUSGov' }), credential()],
];

const judged = (token, contract, more = []) => json(['match', saved(typeof token === 'string' ? token : tokenOf(token)), saved(contract), '--now', now, ...more]);

async function isNear([near, check, token, contract]) {
  const { status, document } = await judged(token, contract);
  const failing = document.checks.filter((each) => each.outcome === 'fail');
  assert.deepEqual(failing.map((each) => each.id), [check], 'only that comparison fails');
  assert.equal(failing[0].near?.kind, near);
  assert.ok(failing[0].near.text && failing[0].fix && failing[0].source);
  assert.equal(status, 1);
  assert.equal(document.outcome, 'refuse');
  if (!document.corrected) return;
  assert.equal((await judged(token, document.corrected)).document.outcome, 'accept', 'the corrected contract accepts');
}

const accepted = [
  ['credential', outside(), credential()],
  ['a managed identity by the exchange audience', identity(), credential({ issuer: v2, subject: oid })],
  ['one of a list', outside(), { value: [credential({ name: 'a', issuer: 'https://x.example' }), credential({ name: 'b' })] }],
  ['a bare list', outside(), [credential({ name: 'a', issuer: 'https://x.example' }), credential({ name: 'b' })]],
  ['a flexible credential', outside(), credential({ subject: null, claimsMatchingExpression: { value: "claims['sub'] matches 'project_path:tailspin/toys:ref_type:branch:*'", languageVersion: 1 } })],
  ['a rule', forAnthropic({ namespace_path: 'tailspin', pipeline_source: 'push' }), rule({ subject_prefix: 'project_path:tailspin/toys:*', claims: { namespace_path: 'tailspin' }, condition: 'claims.pipeline_source == "push"' })],
  ['an audience list', entra(), { validAudiences: ['api://x', api], validIssuers: [v2] }],
  ['a token behind Bearer', `Bearer ${tokenOf(outside())}\n`, credential()],
  ['a token in a header', `Authorization: Bearer ${tokenOf(outside())}`, credential()],
];

/** token, contract, what the one line says */
const unreadable = [
  [tokenOf(outside()), '{"issuer": "x",\n "audiences": [}', /:2:\d+/],
  [tokenOf(outside()), '', /:1:1/],
  [tokenOf(outside()), '5', /\//],
  [tokenOf(outside()), '{"a":1}', /no contract of a known kind/],
  [tokenOf(outside()), JSON.stringify(credential({ issuer: 5 })), /\/issuer/],
  [tokenOf(outside()), JSON.stringify(credential({ audiences: [] })), /\/audiences/],
  [tokenOf(outside()), JSON.stringify([credential(), { ...credential(), subject: null }]), /\/1/],
  [tokenOf(outside()), JSON.stringify({ rule: { match: {} } }), /issuer/],
  ['hello', JSON.stringify(credential()), /holds no JWT/],
  ['', JSON.stringify(credential()), /is empty/],
  [`${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`, JSON.stringify(credential()), /encrypted/],
];

await run({
  ...Object.fromEntries(nearMisses.map((row, i) => [`near ${row[0]} (${i})`, () => isNear(row)])),
  ...Object.fromEntries(accepted.map(([name, token, contract]) => [`accepts ${name}`, async () => {
    const { status, document } = await judged(token, contract);
    assert.deepEqual([document.outcome, status], ['accept', 0], JSON.stringify(document.checks.filter((c) => c.outcome === 'fail')));
    assert.ok(['certain', 'likely'].includes(document.confidence));
    assert.equal(document.corrected, undefined);
  }])),
  'the closest of several is named': async () => {
    const { document } = await judged(outside(), { value: [credential({ name: 'a', issuer: 'https://x.example' }), credential({ name: 'b', subject: subject.replace('main', 'dev') }), credential({ name: 'c', subject: 'other' })] });
    assert.equal(document.closest, 'b');
    assert.deepEqual(document.checks.filter((c) => c.outcome === 'fail').map((c) => c.id), ['subject']);
  },
  'an expression shows its parts, each with its value': async () => {
    const { document } = await judged(outside(), credential({ subject: null, claimsMatchingExpression: { value: "claims['sub'] matches 'project_path:*' and claims['iss'] eq 'https://x.example'", languageVersion: 1 } }));
    const { condition } = document.checks.find((c) => c.id === 'subject');
    assert.equal(condition.word, 'all of');
    assert.deepEqual(condition.parts.map((p) => p.outcome), ['pass', 'fail']);
    assert.ok(condition.parts[1].values[0].includes('https://gitlab.com'));
  },
  'what cannot be evaluated says so by name': async () => {
    const strange = { subject: null, claimsMatchingExpression: { value: "claims['sub'] startsWith 'x'", languageVersion: 1 } };
    const { status, document } = await judged(outside(), credential(strange));
    assert.deepEqual([document.outcome, document.confidence, status], ['notEvaluated', 'unknown', 1]);
    assert.match(document.checks.find((c) => c.outcome === 'notEvaluated').relation, /startsWith/);
    const failing = await judged(outside(), credential({ ...strange, issuer: 'https://x.example' }));
    assert.equal(failing.document.outcome, 'refuse');
  },
  'a correction is the vendor\'s JSON and a command': async () => {
    const { document } = await judged(outside(), { value: [credential({ name: 'a', subject: subject.toUpperCase() })] });
    assert.equal(document.corrected.value[0].subject, subject);
    assert.match(document.command, /az ad app federated-credential update .*--federated-credential-id 'a'/);
  },
  ...Object.fromEntries(unreadable.map(([token, contract, says], i) => [`one line for what cannot be read (${i})`, async () => {
    const { status, stdout, stderr } = await trustwalk(['match', saved(token), saved(contract), '--json']);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.equal(stderr.trim().split('\n').length, 1);
    assert.match(stderr, says);
  }])),
  'standard input is either of the two, not both': async () => {
    const path = saved(credential());
    assert.equal((await trustwalk(['match', '-', path, '--now', now], { input: tokenOf(outside()) })).status, 0);
    assert.equal((await trustwalk(['match', '-', '-'], { input: '' })).status, 2);
  },
});

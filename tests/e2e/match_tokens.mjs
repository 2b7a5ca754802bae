// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk match` on tokens that no receiver takes, whatever its contract says: not signed, damaged, bound to a key, of claims
// that are no texts. And what cannot be checked without keys is never certain.

import assert from 'node:assert/strict';
import { json, part, run, scratchFiles } from './lib.mjs';

const saved = scratchFiles();
const now = '2026-11-25T12:00:00Z', at = Date.parse(now) / 1000, day = 86400;
const signature = Buffer.alloc(256, 7).toString('base64url');
const usual = { alg: 'RS256', typ: 'JWT', kid: 'k' };
const tokenOf = (claims, header = usual) => `${part(header)}.${part(claims)}.${signature}`;

const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43', other = '11111111-9b52-4d8e-8c60-2f5e1d9b7a43';
const v1 = `https://sts.windows.net/${tenant}/`, v2 = `https://login.microsoftonline.com/${tenant}/v2.0`;
const anyTenant = 'https://login.microsoftonline.com/{tenantid}/v2.0';
const exchange = 'fb60f99c-7a34-4190-8149-302f77469936', uri = 'api://AzureADTokenExchange';
const subject = 'project_path:tailspin/toys:ref_type:branch:ref:main';
const times = { iat: at - 60, nbf: at - 60, exp: at + 3000 };
const claims = (more) => ({ iss: 'https://gitlab.com', sub: subject, aud: uri, ...times, ...more });
const identity = (more) => claims({ iss: v2, sub: 'o', oid: 'o', azp: 'c', tid: tenant, ver: '2.0', aud: exchange, idtyp: 'app', xms_mirid: '/subscriptions/s/providers/mi', ...more });

const credential = (more) => ({ name: 'one', issuer: 'https://gitlab.com', subject, audiences: [uri], ...more });
const list = (more) => ({ validAudiences: [uri], validIssuers: ['https://gitlab.com'], ...more });
const resource = { resource: uri, authorization_servers: ['https://gitlab.com'] };
const rule = (match) => ({ issuer: { id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', issuer_url: 'https://gitlab.com' }, rule: { id: 'fdrl_01ZyXwVuTsRqPnMkJhGfEdCb', match: { audience: uri, subject_prefix: subject, ...match } } });
const kinds = { credential: credential(), list: list(), resource, rule: rule() };

/** what is the case, token, the only contracts, the checks that fail */
const refused = [
  ['no signature', `${part({ alg: 'none' })}.${part(claims())}.`, ['list', 'resource'], ['form']],
  ['no signature, in another case', `${part({ alg: 'NoNe' })}.${part(claims())}.`, ['list', 'resource'], ['form']],
  ['no algorithm', tokenOf(claims(), { typ: 'JWT', kid: 'k' }), ['list', 'resource'], ['form']],
  ['no signature, where algorithms are listed', `${part({ alg: 'none', kid: 'k' })}.${part(claims())}.`, ['credential', 'rule'], ['algorithm']],
  ['a critical member', tokenOf(claims(), { ...usual, crit: ['x'], x: 1 }), ['credential', 'list', 'resource', 'rule'], ['form']],
  ['a fourth part', `${tokenOf(claims())}.x`, ['credential', 'list', 'resource', 'rule'], ['form']],
  ['a fourth part, in a line of text', `token ${tokenOf(claims())}.x`, ['credential', 'list'], ['form']],
  ['a claim twice', `${part(usual)}.${part(JSON.stringify(claims()).replace('{', '{"aud":"x",'))}.${signature}`, ['list'], ['form', 'audience']],
  ['something behind the payload', `${part(usual)}.${part(`${JSON.stringify(claims())}}`)}.${signature}`, ['list', 'resource'], ['form']],
];

/** claims that are no texts: which, the check that fails, how it is shown, what is said of it */
const strange = [
  [{ sub: 5 }, 'subject', '5', /a number, not a text/, ['credential', 'rule']],
  [{ iss: ['https://gitlab.com'] }, 'issuer', '["https://gitlab.com"]', /a list, not a text/, ['credential', 'rule', 'list', 'resource']],
  [{ aud: [[uri]] }, 'audience', `[["${uri}"]]`, /not a text or a list of texts/, ['credential', 'rule', 'list', 'resource']],
  [{ aud: {} }, 'audience', '{}', /an object/, ['credential', 'rule', 'list', 'resource']],
];

const judged = (token, contract) => json(['match', saved(token), saved(contract), '--now', now]);
const failing = (document) => document.checks.filter((c) => c.outcome === 'fail').map((c) => c.id);
const outcome = ({ status, document }) => [document.outcome, document.confidence, status];

const tests = {};
for (const [name, token, only, checks] of refused)
  for (const kind of only)
    tests[`refuses ${name} (${kind})`] = async () => {
      const { status, document } = await judged(token, kinds[kind]);
      assert.deepEqual([document.outcome, failing(document).filter((id) => id === 'form' || id === 'algorithm' || checks.includes(id)), status], ['refuse', checks, 1], JSON.stringify(document.checks));
    };
for (const [more, id, shown, says, only] of strange)
  for (const kind of only)
    tests[`shows ${shown} as it stands (${kind})`] = async () => {
      const { document } = await judged(tokenOf(claims(more)), kinds[kind]);
      const check = document.checks.find((c) => c.id === id);
      assert.deepEqual([check.outcome, check.presented, check.near], ['fail', shown, undefined]);
      assert.match(check.relation, says);
      assert.match(check.fix, /Let the issuer write/);
      assert.equal(document.corrected, undefined);
    };

await run({
  ...tests,
  'a list is never certain without keys, and says what the API will say': async () => {
    const right = await judged(tokenOf(claims()), list());
    assert.deepEqual(outcome(right), ['accept', 'likely', 0]);
    assert.equal(right.document.checks.find((c) => c.id === 'signature').outcome, 'warning');
    for (const [more, id] of [[{ exp: at - 400 * day }, 'lifetime.exp'], [{ nbf: at + 400 * day }, 'lifetime.nbf']]) {
      const { document } = await judged(tokenOf(claims(more)), list());
      assert.deepEqual([document.confidence, document.checks.find((c) => c.id === id)?.outcome], ['likely', 'warning']);
    }
  },
  'a token that is bound to a key is nobody\'s bearer token': async () => {
    for (const contract of [list(), resource]) {
      const { status, document } = await judged(tokenOf(claims({ cnf: { 'x5t#S256': 'abc' } })), contract);
      assert.deepEqual([document.outcome, status], ['notEvaluated', 1]);
      assert.match(document.checks.find((c) => c.id === 'binding').relation, /As a bearer token it has to be refused/);
    }
  },
  'a token without its signature is whole for the comparison, and said to be none': async () => {
    const { document } = await judged(`${tokenOf(claims()).split('.').slice(0, 2).join('.')}.`, credential());
    assert.match(document.checks.find((c) => c.id === 'signature').relation, /carries no signature/);
    assert.equal(document.confidence, 'likely');
  },
  'the issuer of several tenants is the token\'s own': async () => {
    const valid = { validAudiences: [exchange], validIssuers: [anyTenant] };
    assert.equal((await judged(tokenOf(identity()), valid)).document.outcome, 'accept');
    for (const more of [{ tid: other }, { tid: undefined }, { iss: v1 }])
      assert.deepEqual(failing((await judged(tokenOf(identity(more)), valid)).document), ['issuer'], JSON.stringify(more));
  },
  'the one of a list that fits is found behind one that cannot be evaluated': async () => {
    const open = credential({ name: 'open', subject: null, claimsMatchingExpression: { value: "claims['sub'] regex 'a'", languageVersion: 1 } });
    for (const value of [[open, credential()], [credential(), open]])
      assert.equal((await judged(tokenOf(claims()), { value })).document.outcome, 'accept');
    const { document } = await judged(tokenOf(claims()), { value: [credential({ subject: 'x' }), open] });
    assert.deepEqual([document.outcome, document.closest], ['notEvaluated', 'open']);
    const ended = await judged(tokenOf(claims({ exp: at - day })), { value: [credential({ name: 'a', subject: 'x' }), credential()] });
    assert.deepEqual([ended.document.outcome, ended.document.closest], ['refuse', 'one']);
  },
  'an expression shows a claim that is no text': async () => {
    const flexible = credential({ subject: null, claimsMatchingExpression: { value: "claims['sub'] eq '5'", languageVersion: 1 } });
    const { document } = await judged(tokenOf(claims({ sub: 5 })), flexible);
    assert.deepEqual([document.outcome, document.checks.find((c) => c.id === 'subject').presented], ['refuse', 'sub = 5']);
  },
  'Entra takes no token of version 1 as a credential (700227)': async () => {
    const { document } = await judged(tokenOf(identity({ iss: v1, ver: '1.0' })), credential({ issuer: v1, subject: 'o' }));
    assert.deepEqual([document.outcome, failing(document)], ['refuse', ['issuer']]);
    assert.match(document.checks.find((c) => c.id === 'issuer').relation, /issuer form/);
  },
  'the exchange audience of another cloud': async () => {
    const { document } = await judged(tokenOf(identity()), credential({ issuer: v2, subject: 'o', audiences: ['api://AzureADTokenExchangeUSGov'] }));
    const check = document.checks.find((c) => c.id === 'audience');
    assert.deepEqual([failing(document), check.near?.kind], [['audience'], 'cloudVariant']);
    assert.match(check.fix, /Use the names of one cloud/);
    assert.equal((await judged(tokenOf(identity()), document.corrected)).document.outcome, 'accept');
  },
  'an assertion is 16 KiB at most': async () => {
    const { document } = await judged(tokenOf(claims({ filler: 'x'.repeat(16 * 1024) })), rule());
    assert.deepEqual([document.outcome, failing(document)], ['refuse', ['assertion']]);
    assert.equal((await judged(tokenOf(claims({ filler: 'x'.repeat(8 * 1024) })), rule())).document.outcome, 'accept');
  },
});

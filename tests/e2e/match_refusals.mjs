// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk match` on contracts that no receiver would hold or that mean something else than they look like, and what is said to
// mend them: a fix that cannot be made, or that opens a door, is worse than none.

import assert from 'node:assert/strict';
import { json, part, run, scratchFiles, trustwalk } from './lib.mjs';

const saved = scratchFiles();
const at = Date.parse('2026-11-25T12:00:00Z') / 1000;
const token = (claims) => `${part({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${part({ iat: at - 60, nbf: at - 60, exp: at + 3000, ...claims })}.${Buffer.alloc(256, 7).toString('base64url')}`;

const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43';
const v2 = `https://login.microsoftonline.com/${tenant}/v2.0`, v1 = `https://sts.windows.net/${tenant}/`;
const exchange = 'fb60f99c-7a34-4190-8149-302f77469936';
const github = { iss: 'https://token.actions.githubusercontent.com', sub: 'repo:tailspin/toys:ref:refs/heads/main', aud: 'api://AzureADTokenExchange' };
const flexible = (issuer, value, languageVersion = 1) => ({ name: 'c', issuer, audiences: ['api://AzureADTokenExchange'], claimsMatchingExpression: { value, languageVersion } });
const rule = (match, issuer) => ({ issuer: { id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', issuer_url: issuer, max_jwt_lifetime_seconds: 86400 },
  rule: { id: 'fdrl_01ZyXwVuTsRqPnMkJhGfEdCb', issuer_id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', match: { audience: 'https://api.anthropic.com', ...match }, archived_at: null } });
const forAnthropic = (claims) => ({ ...github, aud: 'https://api.anthropic.com', ...claims });
const aws = (principal, provider, list = ['sts.amazonaws.com']) => ({ ...(provider ? { provider: { Url: provider, ClientIDList: list } } : {}),
  trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: principal }, Action: 'sts:AssumeRoleWithWebIdentity' }] } });
const arn = (url) => `arn:aws:iam::111122223333:oidc-provider/${url}`;
const withAction = (Action) => ({ Role: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Federated: arn('id.example') }, Action }] } } });
const withKeys = (Condition, provider = 'id.example') => ({ provider: { Url: provider, ClientIDList: ['sts.amazonaws.com'] }, trustPolicy: { Statement: [{ Effect: 'Allow', Principal: { Federated: arn(provider) }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }] } });
const archived = (both) => ({ ...both, issuer: { ...both.issuer, archived_at: '2026-01-31T00:00:00Z' } });
const entra = { iss: v2, ver: '2.0', tid: tenant, sub: '3e1d7a90-1111-4a52-9d63-7e0f4b8a2d19', oid: '3e1d7a90-1111-4a52-9d63-7e0f4b8a2d19', azp: '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19', aud: 'https://api.anthropic.com' };
const provider = (attributeCondition) => ({ name: 'projects/1/locations/global/workloadIdentityPools/p/providers/x', state: 'ACTIVE', attributeMapping: { 'google.subject': 'assertion.sub' }, attributeCondition,
  oidc: { issuerUri: v2, allowedAudiences: ['https://api.anthropic.com'] } });
const google = { iss: 'https://accounts.google.com', sub: '1234567890', aud: 'sts.amazonaws.com' };

/** what is the case, claims, contract, outcome, the check that tells, what is said of it (relation and fix), what is not */
const cases = [
  ['flexible, GitHub', github, flexible(github.iss, "claims['sub'] matches 'repo:tailspin/*'"), 'accept'],
  ['flexible, an issuer that Entra holds no expressions for', { ...github, iss: 'https://accounts.google.com' }, flexible('https://accounts.google.com', "claims['sub'] matches '*'"), 'notEvaluated', 'subject', /GitHub, GitLab and Terraform Cloud alone/],
  ['flexible, a claim that Entra does not compare', { ...github, actor: 'bob' }, flexible(github.iss, "claims['actor'] eq 'bob'"), 'notEvaluated', 'subject', /not actor/],
  ['a condition that is the same for every token', forAnthropic(), rule({ condition: 'true' }, github.iss), 'refuse', 'match', /the condition true/],
  ['a shared issuer without whose', forAnthropic({ event_name: 'push' }), rule({ claims: { event_name: 'push' } }, github.iss), 'refuse', 'match.tenant', /Pin the organisation/],
  ['a shared issuer, the prefix names nobody', forAnthropic(), rule({ subject_prefix: 'repo:*' }, github.iss), 'refuse', 'match.tenant', /repo:\*.*Pin the organisation/],
  ['GitLab, the prefix names nobody', forAnthropic({ iss: 'https://gitlab.com', sub: 'project_path:tailspin/toys' }), rule({ subject_prefix: 'project_path:*' }, 'https://gitlab.com'), 'refuse', 'match.tenant', /Pin the organisation/],
  ['a shared issuer, the prefix names whose', forAnthropic(), rule({ subject_prefix: 'repo:tailspin/*' }, github.iss), 'accept'],
  ['an issuer of one\'s own needs no tenant', forAnthropic({ iss: 'https://id.example', sub: 'repo:x' }), rule({ subject_prefix: 'repo:*' }, 'https://id.example'), 'accept'],
  ['an issuer that was archived', forAnthropic(), archived(rule({ subject_prefix: 'repo:tailspin/*' }, github.iss)), 'refuse', 'state.issuer', /archived at 2026-01-31/],
  ['a condition with the client id for the object id', entra, rule({ condition: "claims.oid == '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19'" }, v2), 'refuse', 'condition', /client id of the caller/],
  ['a condition on appid, and the token is of version 2', entra, rule({ condition: "claims.appid == '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19'" }, v2), 'refuse', 'condition', /Match on azp: a v2.0 token/],
  ['a Google condition on appid, and the token is of version 2', entra, provider("assertion.appid == '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19'"), 'refuse', 'condition', /Match on azp: a v2.0 token/],
  ['a shared issuer with whose', forAnthropic({ repository_owner: 'tailspin' }), rule({ claims: { repository_owner: 'tailspin' } }, github.iss), 'accept'],
  ['appid in a v2 token', { iss: v2, ver: '2.0', tid: tenant, sub: 's', oid: 's', azp: 'c', aud: 'https://api.anthropic.com' }, rule({ claims: { appid: 'c' } }, v2), 'refuse', 'claims.appid', /Match on azp/],
  ['an agent facet that is not there', { iss: v2, ver: '2.0', tid: tenant, sub: 's', oid: 's', azp: 'c', aud: 'https://api.anthropic.com' }, rule({ claims: { xms_par_app_azp: 'b' } }, v2), 'refuse', 'claims.xms_par_app_azp', /optional claim/],
  ['Google is built in at AWS', google, aws('accounts.google.com'), 'accept'],
  ['Google is built in at AWS, with its provider beside', google, aws('accounts.google.com', 'accounts.google.com'), 'accept'],
  ['a role as the command line prints it', { ...google, iss: 'https://id.example' }, { Role: { RoleName: 'r', AssumeRolePolicyDocument: aws(arn('id.example')).trustPolicy } }, 'notEvaluated', 'audience', /Only the provider knows/],
  ['a role of another issuer', { ...google, iss: 'https://id.example/' }, { Role: { RoleName: 'r', AssumeRolePolicyDocument: aws(arn('id.example')).trustPolicy } }, 'refuse', 'issuer', /ends with a slash/],
  ['AWS takes no token of its own issuer', { ...google, iss: 'https://0a1b2c3d-1111-2222-3333-444455556666.tokens.sts.global.api.aws' }, aws(arn('0a1b2c3d-1111-2222-3333-444455556666.tokens.sts.global.api.aws'), '0a1b2c3d-1111-2222-3333-444455556666.tokens.sts.global.api.aws'), 'refuse', 'outbound', /AssumeRole/],
  ['the provider has the slash, the statement and the token have not', { ...google, iss: 'https://id.example' }, aws(arn('id.example'), 'id.example/'), 'refuse', 'principal', /The provider ends with a slash.*names the token's issuer already/],
  ['a provider of SAML', { ...google, iss: 'https://id.example' }, aws('arn:aws:iam::111122223333:saml-provider/x', 'id.example'), 'refuse', 'principal', /by its ARN/, /the first/],
  ['a principal that is no ARN', { ...google, iss: 'https://id.example' }, aws('id.example', 'id.example'), 'refuse', 'principal', /by its ARN/, /the first/],
  ['a principal that is no ARN, and no provider', { ...google, iss: 'https://id.example' }, aws('id.example'), 'refuse', 'issuer', /by its ARN/, /the first/],
  ['a principal that is no ARN, and an issuer without a host', { ...google, iss: 'https://' }, aws('x'), 'refuse', 'issuer', /by its ARN/],
  ['another action of STS', { ...google, iss: 'https://id.example' }, withAction('sts:AssumeRole'), 'refuse', 'action', /Let the statement allow/, /the first/],
  ['an action that is cut off', { ...google, iss: 'https://id.example' }, withAction('sts:AssumeRoleWithWeb'), 'refuse', 'action', /the first/],
  ['the provider has the slash, its keys have not', { ...google, iss: 'https://id.example/' }, withKeys({ StringEquals: { 'id.example:aud': 'sts.amazonaws.com' } }, 'id.example/'), 'refuse', 'condition.StringEquals.aud', /The provider ends with a slash.*Name the key id\.example\/:aud/, /The token/],
  ['a token without sub', { ...google, iss: 'https://id.example', sub: undefined }, withKeys({ StringEquals: { 'id.example:sub': 'x' } }), 'refuse', 'condition.StringEquals.sub', /that this token brings: aud\./],
  ['a key without its provider', { ...google, iss: 'https://id.example' }, withKeys({ StringEquals: { sub: 'x' } }), 'refuse', 'condition.StringEquals.sub', /Name the key id\.example:sub/, /the first/],
  ['a token for Graph at an API of one\'s own', { iss: v1, ver: '1.0', tid: tenant, sub: 's', aud: 'https://graph.microsoft.com' }, { validAudiences: ['api://toys'], validIssuers: [v1] }, 'refuse', 'audience', /Ask for a token of this receiver/, /exactly as the token carries it/],
  ['the exchange audience has one version', { iss: v2, ver: '2.0', tid: tenant, sub: 'o', oid: 'o', aud: exchange }, { name: 'c', issuer: v1, subject: 'o', audiences: ['api://AzureADTokenExchange'] }, 'refuse', 'issuer', /exactly as the token carries it/, /requestedAccessTokenVersion/],
  ['a host that only begins like Entra\'s', { iss: `https://login.microsoftonline.com.evil.example/${tenant}/v2.0`, ver: '2.0', tid: tenant, sub: 's', oid: 's', azp: 'c', aud: exchange }, { name: 'c', issuer: `https://login.microsoftonline.com.evil.example/${tenant}/v2.0`, subject: 's', audiences: ['api://AzureADTokenExchange'] }, 'refuse', 'audience', /Ask for a token whose audience is the exchange audience/],
];

const tests = Object.fromEntries(cases.map(([name, claims, contract, outcome, id, says, not]) => [name, async () => {
  const { status, document } = await json(['match', saved(token(claims)), saved(contract), '--now', '2026-11-25T12:00:00Z']);
  assert.equal(document.outcome, outcome, JSON.stringify(document.checks.filter((c) => c.outcome !== 'pass'), null, 1));
  assert.equal(status, outcome === 'accept' ? 0 : 1);
  if (!id) return;
  const check = document.checks.find((c) => c.id === id);
  const said = [check?.presented, check?.near?.text, check?.relation, check?.fix].join(' ');
  assert.match(said, says);
  if (not) assert.doesNotMatch(said, not);
}]));
tests['an expression in a language that Entra has not'] = async () => {
  const { status, stderr } = await json(['match', saved(token(github)), saved(flexible(github.iss, "claims['sub'] eq 'x'", 9))]).catch((error) => ({ status: 2, stderr: String(error) }));
  assert.equal(status, 2, stderr);
};
for (const [name, text, says] of [
  ['two tokens', `${token(github)}\n${token({ ...github, sub: 'x' })}\n`, /more than one token/],
  ['a token that is too large', token({ ...github, more: 'a'.repeat(900000) }), /token of \d+ bytes.*at most 1048576/],
  ['no token', 'hello', /no JWT/],
  ['an encrypted token', `${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.aaaa.bbbb.cccc.dddd`, /encrypted token/],
])
  tests[`what is said of ${name}`] = async () => {
    const { status, stderr } = await trustwalk(['match', saved(text), saved(flexible(github.iss, "claims['sub'] eq 'x'"))]);
    assert.equal(status, 2);
    assert.match(stderr, says);
  };

/** A member of another type is none the Admin API stores; read as absent it would let in what it was meant to keep out. */
const malformed = [
  [{ subject_prefix: ['nope:*'] }, '/rule/match/subject_prefix'], [{ subject_prefix: 5 }, '/rule/match/subject_prefix'],
  [{ audience: ['https://nope'] }, '/rule/match/audience'], [{ condition: ["claims.sub == 'x'"] }, '/rule/match/condition'], [{ condition: {} }, '/rule/match/condition'],
  [{ claims: 'x' }, '/rule/match/claims'], [{ claims: { a: 5 } }, '/rule/match/claims/a'],
];
const places = [...malformed.map(([match, place]) => [rule({ subject_prefix: 'repo:tailspin/*', ...match }, github.iss), place]),
  ...[['issuer', 'max_jwt_lifetime_seconds', '60'], ['issuer', 'check_jti', 'no'], ['issuer', 'archived_at', false], ['rule', 'issuer_id', 5], ['rule', 'archived_at', false], ['rule', 'token_lifetime_seconds', '60']]
    .map(([part, member, value]) => { const both = rule({ subject_prefix: 'repo:tailspin/*' }, github.iss); return [{ ...both, [part]: { ...both[part], [member]: value } }, `/${part}/${member}`]; })];
for (const [contract, place] of places)
  tests[`a member of another type: ${place} ${JSON.stringify(contract.rule.match)}`] = async () => {
    const { status, stdout, stderr } = await trustwalk(['match', saved(token(forAnthropic())), saved(contract), '--json', '--now', '2026-11-25T12:00:00Z']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.ok(stderr.includes(`:${place}`) && stderr.trim().split('\n').length === 1, stderr);
  };
tests['a condition that nearly holds is corrected'] = async () => {
  for (const condition of ["claims.oid == '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19'", "claims.appid == '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19'"]) {
    const path = saved(token(entra));
    const { document } = await json(['match', path, saved(rule({ condition }, v2)), '--now', '2026-11-25T12:00:00Z']);
    assert.equal((await json(['match', path, saved(document.corrected), '--now', '2026-11-25T12:00:00Z'])).document.outcome, 'accept');
  }
};

await run(tests);

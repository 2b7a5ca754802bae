// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// What an archive's exchanges become: steps, repeats, hidden ones; in their order, counted, and judged by what the file holds.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archive, entry, now, token } from './harfile.mjs';
import { json, run, scratchFolder, sourceFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const tenant = '6a2f0c1e-1111-4222-8333-0123456789ab';
const authority = `https://login.microsoftonline.com/${tenant}`;
const tokenPlace = `${authority}/oauth2/v2.0/token`;
const client = '11112222-5c1e-4a52-9d63-7e0f4b8a2d19', otherClient = '33332222-5c1e-4a52-9d63-7e0f4b8a2d19';
const api = '0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19';
const issued = (claims) => token({ iss: `${authority}/v2.0`, tid: tenant, ver: '2.0', iat: now, nbf: now, exp: now + 3600, ...claims });
const withJson = (e, body) => ({ ...e, request: { ...e.request, postData: { mimeType: 'application/json', text: JSON.stringify(body) } } });
const bearer = (value) => ({ Authorization: `Bearer ${value}` });
const aadsts = (error, code, text) => ({ error, error_description: `AADSTS${code}: ${text} Trace ID: ${crypto.randomUUID()} Timestamp: 2026-11-28 12:00:00Z`, error_codes: [code] });

/** A sign-in of one client, and its redemption. */
const way = (id, state, { place = 'https://app.contoso.example/cb', prompt } = {}) => {
  const asked = { client_id: id, response_type: 'code', redirect_uri: place, scope: `api://${api}/access`, state, nonce: `n${state}`, code_challenge: 'c', code_challenge_method: 'S256', ...(prompt ? { prompt } : {}) };
  const address = `${authority}/oauth2/v2.0/authorize?${new URLSearchParams(asked)}`;
  const user = issued({ aud: api, oid: `o${state}`, sub: `s${state}`, azp: id, scp: 'access' });
  const back = `${place}?code=code-${state}&state=${state}`;
  return {
    user,
    page: (at) => entry('GET', address, 200, { at, body: '<html>', type: 'text/html' }),
    refused: (at, error, more = `&state=${state}`) => entry('GET', address, 302, { at, answer: { Location: `${place}?error=${error}${more}` } }),
    login: (at, location = back) => entry('POST', `${authority}/login`, 302, { at, answer: { Location: location } }),
    callback: (at) => entry('GET', back, 200, { at, body: 'ok', type: 'text/html' }),
    redeem: (at, more = {}) => entry('POST', tokenPlace, 200, { at, form: { grant_type: 'authorization_code', client_id: id, code: `code-${state}`, code_verifier: 'v' },
      body: { access_token: user, id_token: issued({ aud: id, sub: `s${state}`, nonce: `n${state}` }), token_type: 'Bearer', expires_in: 3600 }, ...more }),
  };
};
const a = way(client, 'A'), b = way(client, 'B'), other = way(otherClient, 'C', { place: 'https://other.contoso.example/cb' });
const call = (at, more = {}) => entry('GET', 'https://api.contoso.example/items', 200, { at, headers: bearer(a.user), body: '[]', ...more });
const credentials = (at, status, body, more = {}) => entry('POST', tokenPlace, status, { at, form: { grant_type: 'client_credentials', client_id: client, client_secret: 'PLANTED8Q~abcdefghijklmnopqrstuvw', scope: 'api://y/.default', ...more }, body });
const appToken = (jti) => issued({ aud: 'api://y', oid: 'p', sub: 'p', idtyp: 'app', azp: client, uti: jti });
const granted = (jti) => ({ access_token: appToken(jti), token_type: 'Bearer', expires_in: 3600 });
const device = (at, status, body) => entry('POST', tokenPlace, status, { at, form: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: client, device_code: 'PLANTEDDEVICE' }, body });
const anthropic = (at, status, rule, jti) => withJson(entry('POST', 'https://api.anthropic.com/v1/oauth/token', status, { at, headers: { 'Content-Type': 'application/json' },
  body: status === 200 ? { access_token: `sk-ant-oat01-abcdefghijkl${at}`, token_type: 'bearer', expires_in: 600 } : { type: 'error', error: { type: 'authentication_error', message: 'x' } } }),
{ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: issued({ aud: 'https://api.anthropic.com', sub: 'p', jti }), federation_rule_id: rule, organization_id: 'o' });
const mcpToken = issued({ aud: 'https://mcp.example/mcp', sub: 'p', scp: 'x' });
const mcp = (at, method, params, status, body) => withJson(entry('POST', 'https://mcp.example/mcp', status, { at, headers: bearer(mcpToken), body }), { jsonrpc: '2.0', id: at, method, ...params });
const place = (path, at, status, body = '') => entry('GET', `https://mcp.example${path}`, status, { at, body });
const arc = (at, status, headers, more) => entry('GET', 'http://127.0.0.1:40342/metadata/identity/oauth2/token?api-version=2020-06-01&resource=api%3A%2F%2Fy', status, { at, headers: { Metadata: 'true', ...headers }, ...more });
/** As recorders write an answer whose content they left out. */
const emptied = (e, content = { size: 900, mimeType: 'application/json' }) => ({ ...e, response: { ...e.response, content } });
const at = (e, headers) => ({ ...e, response: { ...e.response, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) } });

const tests = {};
const save = (name, content) => {
  const file = join(folder, name);
  writeFileSync(file, Array.isArray(content) ? archive(content) : content);
  return file;
};
const inspect = async (content, ...more) => json(['inspect', save('recorded.har', content), ...more]);
const counted = ({ counts }) => assert.equal(counts.steps + counts.repeats + counts.hidden, counts.entries);
const errorsOf = ({ findings }) => findings.filter((f) => f.severity === 'error').map((f) => f.rule);

/** what is the case, the exchanges, the steps with their states, rules of the errors */
const accepted = 'accepted', refused = 'refused', failed = 'failed';
const cases = [
  ['a sign-in that was loaded again', [a.page(0), b.page(30), b.login(40), b.redeem(41)], [['sign-in-2', accepted], ['redeem', accepted]], []],
  ['the same sign-in twice is one', [a.page(0), a.page(1), a.login(4), a.callback(5), a.redeem(6)], [['sign-in', accepted], ['redeem', accepted]], []],
  ['two windows', [a.page(0), b.page(1), b.login(2), b.callback(3), a.login(4), a.callback(5), a.redeem(6), b.redeem(7)],
    [['sign-in-2', accepted], ['sign-in', accepted], ['redeem', accepted], ['redeem-2', accepted]], []],
  ['two clients', [a.page(0), other.page(1), a.login(2), other.login(3), a.redeem(4), other.redeem(5)],
    [['sign-in', accepted], ['sign-in-2', accepted], ['redeem', accepted], ['redeem-2', accepted]], []],
  ['a forged answer after a reload', [a.page(0), b.page(1), b.login(2, 'https://app.contoso.example/cb?code=x&state=forged')], [['sign-in-2', refused]], ['RUN-ANSWER-MISMATCH']],
  ['an answer without a state', [a.page(0), b.refused(1, 'temporarily_unavailable', ''), a.login(2), a.redeem(3)], [['sign-in-2', refused], ['sign-in', accepted], ['redeem', accepted]], null],
  ['a sign-in that ended without an answer', [a.page(0), a.login(1), b.page(9)], [['sign-in', accepted], ['sign-in-2', failed]], ['NET-NO-ANSWER']],
  ['another error the second time', [credentials(0, 401, aadsts('invalid_client', 7000222, 'expired.')), credentials(60, 401, aadsts('invalid_client', 7000215, 'Invalid.'), { client_secret: '7a40d6e3-b815-4c9f-a2e7-5d1f09c8b362' })],
    [['client-credentials', refused], ['client-credentials-2', refused]], ['SEC-EXPIRED', 'SEC-ID-NOT-VALUE']],
  ['the same error again', [credentials(0, 401, aadsts('invalid_client', 7000222, 'expired.')), credentials(60, 401, aadsts('invalid_client', 7000222, 'expired.'))], [['client-credentials', refused]], ['SEC-EXPIRED']],
  ['another token the second time', [credentials(0, 200, granted('1')), credentials(9, 200, granted('2')), entry('GET', 'https://y.contoso.example/a', 200, { at: 10, headers: bearer(appToken('2')), body: '[]' })],
    [['client-credentials', accepted], ['client-credentials-2', accepted], ['call', accepted]], []],
  ['the same token again', [credentials(0, 200, granted('1')), credentials(9, 200, granted('1'))], [['client-credentials', accepted]], []],
  ['a call of a token from elsewhere, again', [call(0), call(1), call(2)], [['call', accepted]], []],
  ['a device code that ends', [device(1, 400, aadsts('authorization_pending', 70016, 'x')), device(2, 400, aadsts('authorization_pending', 70016, 'x')), device(3, 400, aadsts('expired_token', 70020, 'x'))],
    [['token-request', accepted], ['token-request-2', refused]], null],
  ['two federation rules', [anthropic(0, 401, 'fdrl_A', 'j'), anthropic(5, 401, 'fdrl_B', 'j')], [['exchange-at-anthropic', refused], ['exchange-at-anthropic-2', refused]], ['RUN-REFUSED', 'X-JTI-REPLAY']],
  ['an assertion with a jti taken twice', [anthropic(0, 200, 'fdrl_A', 'j'), anthropic(5, 200, 'fdrl_A', 'j')], [['exchange-at-anthropic', accepted], ['exchange-at-anthropic-2', accepted]], ['X-JTI-REPLAY']],
  ['an assertion without one', [anthropic(0, 200, 'fdrl_A'), anthropic(5, 200, 'fdrl_A')], [['exchange-at-anthropic', accepted], ['exchange-at-anthropic-2', accepted]], []],
  ['methods of MCP', [mcp(1, 'initialize', {}, 200, { jsonrpc: '2.0', id: 1, result: {} }), mcp(2, 'notifications/initialized', {}, 202, ''), mcp(3, 'tools/call', { params: { name: 'whoami' } }, 200, { jsonrpc: '2.0', id: 3, result: {} }),
    mcp(4, 'tools/call', { params: { name: 'whoami' } }, 200, { jsonrpc: '2.0', id: 4, result: {} })], [['call', accepted], ['call-2', accepted], ['call-3', accepted]], []],
  ['contents that the recorder left out', [a.page(0), a.login(1), emptied(a.redeem(2)), emptied(call(3))], [['sign-in', accepted], ['redeem', accepted], ['call', accepted]], []],
  ['no content at all', [a.page(0), a.login(1), emptied(a.redeem(2), undefined)], [['sign-in', accepted], ['redeem', accepted]], []],
  ['a token answer that is empty', [a.page(0), a.login(1), a.redeem(2, { body: '' })], [['sign-in', accepted], ['redeem', failed]], ['NET-BAD-ANSWER']],
  ['answers without a body', [a.page(0), a.login(1), a.redeem(2), call(3, { body: '' }), ...[204, 304, 101].map((status, i) => call(4 + i, { body: '' , status }))].map((e, i) => (i < 4 ? e : { ...e, response: { ...e.response, status: [204, 304, 101][i - 4] } })),
    [['sign-in', accepted], ['redeem', accepted], ['call', accepted], ['call-2', accepted], ['call-3', accepted], ['call-4', accepted]], []],
  ['half an answer of a call', [call(0, { body: '[{' })], [['call', failed]], ['NET-BAD-ANSWER']],
  ['a document at the second place', [place('/.well-known/oauth-protected-resource/mcp', 0, 404), place('/.well-known/oauth-protected-resource', 1, 200, { resource: 'https://mcp.example/mcp' })], [['resource-metadata', accepted], ['resource-metadata-2', accepted]], []],
  ['a document nowhere', [place('/.well-known/oauth-protected-resource/mcp', 0, 404), place('/.well-known/oauth-protected-resource', 1, 404)], [['resource-metadata', refused], ['resource-metadata-2', refused]], ['RUN-REFUSED', 'RUN-REFUSED']],
  ['a challenge of Azure Arc', [arc(0, 401, {}, { answer: { 'WWW-Authenticate': 'Basic realm=/var/opt/azcmagent/tokens/1.key' } }), arc(1, 200, { Authorization: 'Basic UExBTlRFRA==' }, { body: granted('1') })], [['managed-identity', accepted], ['managed-identity-2', accepted]], []],
  ['a challenge of Azure Arc that nobody answers', [arc(0, 401, {}, { answer: { 'WWW-Authenticate': 'Basic realm=/var/opt/azcmagent/tokens/1.key' } })], [['managed-identity', refused]], ['RUN-REFUSED']],
  ['a sign-in without a page before the one with it', [way(client, 'S', { prompt: 'none' }).refused(0, 'login_required'), b.page(1), b.login(2), b.redeem(3)], [['sign-in', accepted], ['sign-in-2', accepted], ['redeem', accepted]], []],
  ['a sign-in without a page and nothing after it', [way(client, 'S', { prompt: 'none' }).refused(0, 'login_required')], [['sign-in', refused]], ['RUN-REFUSED']],
  ['a call that was let in with more', [a.page(0), a.login(1), a.redeem(2), call(3), b.page(4), b.login(5), b.redeem(6), entry('GET', 'https://api.contoso.example/items', 200, { at: 7, headers: bearer(b.user), body: '[]' })].map((e, i) => (i === 3 ? at({ ...e, response: { ...e.response, status: 403 } }, { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="more"' }) : e)),
    [['sign-in', accepted], ['redeem', accepted], ['call', accepted], ['sign-in-2', accepted], ['redeem-2', accepted], ['call-2', accepted]], []],
  ['a call that was not', [at(entry('GET', 'https://api.contoso.example/items', 403, { at: 3, headers: bearer(a.user) }), { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="more"' })], [['call', refused]], ['TR-SCOPE-MISSING']],
  ['an assertion refused twice', [anthropic(0, 401, 'fdrl_A'), anthropic(5, 401, 'fdrl_B')], [['exchange-at-anthropic', refused], ['exchange-at-anthropic-2', refused]], ['RUN-REFUSED', 'RUN-REFUSED']],
  ['a refresh whose id token has no nonce', [a.page(0), a.login(1), a.redeem(2), entry('POST', tokenPlace, 200, { at: 3, form: { grant_type: 'refresh_token', client_id: client, refresh_token: 'r' }, body: { access_token: issued({ aud: api, sub: 'sA', uti: 'x', azp: client, scp: 'access' }), id_token: issued({ aud: client, sub: 'sA' }) } })],
    [['sign-in', accepted], ['redeem', accepted], ['refresh', accepted]], []],
];
for (const [name, entries, steps, errors] of cases)
  for (const order of ['as it was', 'newest first'])
    tests[`${name}: ${order}`] = async () => {
      const { document } = await inspect(order === 'as it was' ? entries : entries.toReversed());
      // Who was named first differs; what it was does not.
      const shape = ([id, state]) => `${id.replace(/-\d$/, '')} ${state}`;
      assert.deepEqual(document.run.steps.map((s) => [s.id, s.state]).map(shape), steps.map(shape));
      if (order === 'as it was') assert.deepEqual(document.run.steps.map((s) => [s.id, s.state]), steps);
      if (errors) assert.deepEqual(errorsOf(document), errors, JSON.stringify(document.findings, null, 1));
      assert.equal(document.counts.entries, entries.length);
      counted(document);
      assert.ok(!JSON.stringify(document).includes('PLANTED'));
    };

tests['of renewals without end only so many are steps, and what they brought is known'] = async () => {
  const renewals = Array.from({ length: 250 }, (_, i) => credentials(i, 200, granted(`r${i}`)));
  const { document } = await inspect([...renewals, ...['r0', 'r199', 'r249'].map((jti, i) => entry('GET', `https://y.contoso.example/${i}`, 200, { at: 300 + i, headers: bearer(appToken(jti)), body: '[]' }))]);
  assert.deepEqual([document.counts.steps, document.counts.repeats], [203, 50]);
  assert.ok(document.run.steps.slice(200).every((s) => s.tokens.length === 0), 'no token of a call comes from elsewhere');
  assert.ok(document.items[0].problems.some((p) => p.includes('50 requests are like')));
};

tests['the order of the file changes neither steps nor counts'] = async () => {
  const entries = [a.page(0), entry('GET', `${authority}/logo.svg`, 200, { at: 1, body: 'x', type: 'image/svg+xml' }), a.login(2), a.callback(3), a.redeem(4), call(5), call(6), entry('GET', 'https://cdn.example/x.js', 200, { at: 7, body: 'x', type: 'text/javascript' })];
  const seen = async (list) => {
    const { document } = await inspect(list);
    return { counts: document.counts, steps: document.run.steps.map((s) => [s.id, s.state, s.tokens.map((t) => t.slot)]), root: document.run.chain.root };
  };
  const whole = await seen(entries);
  assert.deepEqual(await seen(entries.toReversed()), whole);
  assert.deepEqual(await seen([...entries.slice(4), ...entries.slice(0, 4)]), whole);
  const { document } = await inspect(entries.toReversed());
  assert.ok(document.items[0].problems.some((p) => p.includes('order of their times')));
};

tests['a server is one, however its address is written; and no password of it is shown'] = async () => {
  const to = (url, at) => entry('GET', url, 200, { at, headers: bearer(a.user), body: '[]' });
  const file = save('ports.har', [a.page(0), a.login(1), a.redeem(2), to('https://api.corp.example/a', 3), to('https://API.corp.example:443/b', 4), to('https://svc:PLANTEDpass@api.corp.example/c', 5)]);
  const { document } = await json(['inspect', file]);
  assert.deepEqual(errorsOf(document), []);
  assert.deepEqual([...new Set(document.run.steps.slice(2).map((s) => s.to))], ['api.corp.example']);
  for (const form of ['html', 'json', 'md', 'mermaid', 'sarif', 'svg']) assert.ok(!(await trustwalk(['report', file, '--as', form])).stdout.includes('PLANTED'), form);
  const apart = await inspect([a.page(0), a.login(1), a.redeem(2), to('https://api.corp.example/a', 3), to('https://api.corp.example:8443/b', 4)]);
  assert.deepEqual(errorsOf(apart.document), ['DEL-PASSTHROUGH']);
};

tests['what is left out is said'] = async () => {
  const { document } = await inspect([a.page(0), a.login(1), emptied(a.redeem(2))]);
  assert.ok(document.items[0].problems.some((p) => p.includes('900')));
  assert.ok(document.ask.some((q) => q.includes('access_token')), JSON.stringify(document.ask));
  const check = document.run.steps[1].clientChecks.find((c) => c.outcome === 'notEvaluated');
  assert.match(check.relation, /does not hold/);
};

/** what stands in the file, what becomes of it: entries, hidden ones, a note */
const good = [a.page(0), a.login(1), a.redeem(2), call(3)];
const odd = [
  ['one that is null', [good[0], null, ...good.slice(1)], 5, 1, /1 entry is no exchange.*entry 2 is null/],
  ['a text, a number, lists', [5, good[0], 'x', [1, [2]], ...good.slice(1), true], 8, 4, /4 entries are no exchange/],
  ['an object without a request', [{}, ...good], 5, 1, /entry 1 has no request/],
  ['more than fit a line', [...Array(9).fill(null), ...good], 13, 9, /9 entries are no exchange.*\.\.\./],
  ['a status as text', good.map((e) => ({ ...e, response: { ...e.response, status: String(e.response.status) } })), 4, 0],
  ['times that cannot be read', good.map((e) => ({ ...at(e, { Date: new Date(now * 1000).toUTCString(), Location: e.response.headers.find((h) => h.name === 'Location')?.value ?? '' }), startedDateTime: 'yesterday' })), 4, 0, /4 exchanges have no time/],
  ['no times', good.map(({ startedDateTime, ...e }) => e), 4, 0, /4 exchanges have no time/],
];
for (const [name, entries, count, hidden, note] of odd)
  tests[`odd entries are counted: ${name}`] = async () => {
    const { document } = await inspect(entries);
    assert.deepEqual([document.counts.entries, document.counts.hidden, document.counts.steps], [count, hidden, 3]);
    counted(document);
    assert.deepEqual(document.findings.filter((f) => f.severity !== 'info').map((f) => f.rule), []);
    const notes = document.items[0].problems.join(' ');
    if (note) assert.match(notes, note);
    else assert.equal(notes, '');
  };

for (const [name, text] of [['a byte order mark', `\ufeff${archive(good)}`], ['another member first', archive(good).replace('{', '{"$schema":"x","about":{"log":1},')]])
  tests[`an archive is one with ${name}`] = async () => {
    const { status, document } = await inspect(text);
    assert.deepEqual([status, document.counts?.entries, document.counts?.steps], [0, 4, 3]);
  };

/** what is recorded, rule, setup: faults that a call shows by itself */
const key = 'sk-ant-api03-PLANTEDxxxxxxxxxxxxxxxxxxxxxxxx';
const message = (headers) => withJson(entry('POST', 'https://api.anthropic.com/v1/messages', 200, { headers, body: { id: 'm' } }), { model: 'x' });
const descope = (credential) => withJson(entry('POST', 'https://api.descope.com/v1/mgmt/outbound/app/user/token/latest', 200, { headers: bearer(`P2abcDEFghiJKLmnoPQRstuVWxy:${credential}`), body: { token: { accessToken: 'gho_PLANTEDaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } } }), { appId: 'github', userId: 'U1' });
const exchangeToken = issued({ aud: 'fb60f99c-7a34-4190-8149-302f77469936', sub: '/eid1/c/pub/t/x/a/y/z' });
const blueprint = (proof) => [
  entry('POST', tokenPlace, 200, { at: 0, form: { grant_type: 'client_credentials', client_id: client, ...proof, scope: 'api://AzureADTokenExchange/.default', fmi_path: otherClient }, body: { access_token: exchangeToken } }),
  entry('POST', tokenPlace, 200, { at: 1, form: { grant_type: 'client_credentials', client_id: otherClient, client_assertion: exchangeToken, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', scope: 'api://y/.default' }, body: granted('1') }),
  withJson(entry('POST', 'https://api.anthropic.com/v1/oauth/token', 200, { at: 2, headers: { 'Content-Type': 'application/json' }, body: { access_token: 'sk-ant-oat01-abcdefghijkl', expires_in: 600 } }),
    { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: appToken('1'), federation_rule_id: 'fdrl_x', organization_id: 'o' })];
const signed = { client_assertion: issued({ iss: client, sub: client, aud: authority }), client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
const grant = (form) => [entry('POST', tokenPlace, 400, { form: { client_id: client, scope: 'api://y/.default', ...form }, body: aadsts('invalid_client', 7000218, 'must contain client_assertion or client_secret.') })];
const shown = [
  ['a management key', [descope('K2mgmtPLANTEDabcdefghijklmnop')], 'X-DESCOPE-MGMT-KEY', true],
  ['a token in its place', [descope(mcpToken)], 'X-DESCOPE-MGMT-KEY', false],
  ['a static key where federation is set up', [message(bearer(key))], 'SEC-STATIC-KEY', true, 'federated-agent'],
  ['a static key in its own header', [message({ 'x-api-key': key })], 'SEC-STATIC-KEY', true, 'federated-agent'],
  ['a federated token', [message(bearer('sk-ant-oat01-PLANTEDxxxxxxxxxxxxx'))], 'SEC-STATIC-KEY', false, 'federated-agent'],
  ['a client\'s proof in the place of a grant', grant({ grant_type: 'client_credentials', assertion: a.user }), 'X-GRANT-CONFUSION', true],
  ['a grant in the place of a client\'s proof', grant({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_assertion: a.user, client_assertion_type: 'x' }), 'X-GRANT-CONFUSION', true],
  ['a secret at the root of a federated agent', blueprint({ client_secret: 'PLANTED8Q~abcdefghijklmnopqrstuvw' }), 'PAT-BLUEPRINT-SECRET-VARIANT', true],
  ['an attested agent', blueprint(signed), 'PAT-BLUEPRINT-SECRET-VARIANT', false],
];
for (const [name, entries, rule, holds, setup] of shown)
  tests[`a recording shows it: ${name}`] = async () => {
    const { document } = await inspect(entries, ...(setup ? ['--setup', join(sourceFolder, `resources/samples/${setup}.json`)] : []));
    assert.equal(document.counts.hidden, 0);
    assert.equal(document.findings.some((f) => f.rule === rule), holds, JSON.stringify(document.findings, null, 1));
    assert.ok(!JSON.stringify(document).includes('PLANTED'));
  };

await run(tests);

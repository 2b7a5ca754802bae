// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Recorded files on the command line: an archive becomes a run, runs are compared, reported, bundled and opened again.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archive, entry, now, token } from './harfile.mjs';
import { json, run, scratchFolder, sourceFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const tenant = '6a2f0c1e-1111-4222-8333-0123456789ab';
const authority = `https://login.microsoftonline.com/${tenant}`;
const userToken = token({ iss: `${authority}/v2.0`, aud: '0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19', oid: 'o', sub: 's', tid: tenant, ver: '2.0', scp: 'access',
  name: 'Alice Adams', preferred_username: 'alice@contoso.example', iat: now, nbf: now, exp: now + 3600 });

const client = '11112222-5c1e-4a52-9d63-7e0f4b8a2d19';
const authorize = (mode) => `${authority}/oauth2/v2.0/authorize?${new URLSearchParams({ client_id: client, response_type: 'code', redirect_uri: 'https://app.contoso.example/cb',
  scope: 'api://x/access', state: 'st', code_challenge: 'c', code_challenge_method: 'S256', ...(mode ? { response_mode: mode } : {}) })}`;
const redeem = (at) => entry('POST', `${authority}/oauth2/v2.0/token`, 200, { at, form: { grant_type: 'authorization_code', client_id: client, code: '0.PLANTEDCODE', code_verifier: 'PLANTEDVERIFIER' },
  body: { access_token: userToken, token_type: 'Bearer', expires_in: 3600 } });
const page = (at) => entry('GET', authorize(), 200, { at, body: '<html>', type: 'text/html' });

const signIns = {
  'a redirect after the login page': [page(1), entry('POST', `${authority}/login`, 302, { at: 5, answer: { Location: 'https://app.contoso.example/cb?code=0.PLANTEDCODE&state=st' } })],
  'a redirect at once': [entry('GET', authorize(), 302, { at: 1, answer: { Location: 'https://app.contoso.example/cb?code=0.PLANTEDCODE&state=st' } })],
  'a fragment': [entry('GET', authorize('fragment'), 302, { at: 1, answer: { Location: 'https://app.contoso.example/cb#code=0.PLANTEDCODE&state=st' } })],
  'a posted form': [page(1), entry('POST', 'https://app.contoso.example/cb', 200, { at: 5, form: { code: '0.PLANTEDCODE', state: 'st' }, body: 'ok', type: 'text/html' })],
  'the callback alone': [page(1), entry('GET', 'https://app.contoso.example/cb?code=0.PLANTEDCODE&state=st', 200, { at: 5, body: 'ok', type: 'text/html' })],
};

function save(name, entries) {
  const file = join(folder, name);
  writeFileSync(file, archive(entries));
  return file;
}

const noise = (count) => Array.from({ length: count }, (_, i) => entry('GET', `https://cdn.contoso.example/${i}.js`, 200, { body: 'x', type: 'text/javascript' }));
const refusedObo = entry('POST', `${authority}/oauth2/v2.0/token`, 400, { at: 8,
  form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of', client_id: '99992222-5c1e-4a52-9d63-7e0f4b8a2d19', client_secret: 'PLANTED8Q~abcdefghijklmnopqrstuvw', assertion: userToken, scope: 'https://graph.microsoft.com/.default' },
  body: { error: 'invalid_grant', error_description: 'AADSTS50013: Assertion failed signature validation.', error_codes: [50013] } });
const call = (status, at) => entry('GET', 'https://api.contoso.example/items', status, { at, headers: { Authorization: `Bearer ${userToken}` }, body: '[]' });

const tests = {};
for (const [name, entries] of Object.entries(signIns))
  tests[`a sign-in is one step: ${name}`] = async () => {
    const all = [...noise(2), ...entries, redeem(7)];
    const { document } = await json(['inspect', save('signin.har', all)]);
    assert.deepEqual(document.run.steps.map((s) => [s.id, s.state]), [['sign-in', 'accepted'], ['redeem', 'accepted']]);
    assert.equal(document.counts.entries, all.length);
    assert.equal(document.counts.recognised + document.counts.hidden, all.length);
    assert.equal(document.run.steps[1].tokens[0].principal, 'user');
  };

tests['a refusal is named with its causes, and nothing secret is printed'] = async () => {
  const { status, document } = await json(['inspect', save('obo.har', [page(1), signIns['the callback alone'][1], redeem(7), refusedObo, call(200, 9), call(200, 10), call(403, 11)])]);
  assert.equal(status, 1);
  assert.deepEqual(document.run.steps.map((s) => s.state), ['accepted', 'accepted', 'refused', 'accepted', 'refused']);
  const error = document.items.find((item) => item.kind === 'error');
  assert.equal(error.error.code, 'AADSTS50013');
  assert.ok(error.error.causes.length > 0 && error.error.fix);
  assert.equal(document.counts.repeats, 2); // the callback, and one call again
  const text = JSON.stringify(document);
  for (const planted of ['PLANTEDCODE', 'PLANTEDVERIFIER', 'PLANTED8Q', userToken, userToken.split('.')[2]]) assert.ok(!text.includes(planted), planted);
};

/** what is the case, the exchanges, the ids of the steps of each flow */
const other = '33332222-5c1e-4a52-9d63-7e0f4b8a2d19';
const appToken = token({ iss: `${authority}/v2.0`, aud: 'api://y', oid: 'p', sub: 'p', tid: tenant, ver: '2.0', idtyp: 'app', azp: other, iat: now, nbf: now, exp: now + 3600 });
const credentials = (at, status = 200, id = other) => entry('POST', `${authority}/oauth2/v2.0/token`, status, { at, form: { grant_type: 'client_credentials', client_id: id, client_secret: 'PLANTED8Q~abcdefghijklmnopqrstuvw', scope: 'api://y/.default' },
  body: status === 200 ? { access_token: appToken, token_type: 'Bearer', expires_in: 3600 } : { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.', error_codes: [7000215] } });
const appCall = (at) => entry('GET', 'https://y.contoso.example/items', 200, { at, headers: { Authorization: `Bearer ${appToken}` }, body: '[]' });
const metadata = (at) => entry('GET', `${authority}/v2.0/.well-known/openid-configuration`, 200, { at, body: { issuer: `${authority}/v2.0`, token_endpoint: `${authority}/oauth2/v2.0/token`, jwks_uri: `${authority}/discovery/v2.0/keys` } });
const signedIn = [...signIns['a redirect at once'], redeem(7), call(200, 9)];
const flows = [
  ['one flow has no list', signedIn, undefined],
  ['a user and a service', [...signedIn, credentials(20), appCall(21)], [3, 2]],
  ['the same, mixed', [signedIn[0], credentials(3), signedIn[1], appCall(8), signedIn[2]], [3, 2]],
  ['a document belongs to what follows', [metadata(0), ...signedIn, credentials(20), appCall(21)], [4, 2]],
  ['a secret that was refused, then put right', [...signedIn, credentials(18, 401), credentials(20), appCall(21)], [3, 3]],
  ['two services that are refused', [credentials(1, 401), credentials(2, 401, '44442222-5c1e-4a52-9d63-7e0f4b8a2d19')], [1, 1]],
];
for (const [name, entries, sizes] of flows)
  tests[`flows of a file: ${name}`] = async () => {
    const file = save('flows.har', [...noise(3), ...entries]);
    const { document } = await json(['inspect', file]);
    assert.deepEqual(document.flows?.map((f) => f.steps.length), sizes, JSON.stringify(document.flows));
    assert.equal(document.counts.recognised + document.counts.hidden, document.counts.entries);
    const all = document.run.steps.map((s) => s.id);
    assert.equal(document.counts.steps, all.length);
    assert.deepEqual((document.flows ?? []).flatMap((f) => f.steps).sort(), document.flows ? [...all].sort() : []);
    for (const flow of document.flows ?? []) {
      const one = await json(['inspect', file, '--flow', flow.id]);
      assert.deepEqual(one.document.run.steps.map((s) => s.id), flow.steps);
      assert.equal(one.document.flow, flow.id);
      assert.deepEqual(one.document.counts, document.counts);
      assert.equal(one.status === 0, flow.result === 'accepted' && !one.document.findings.some((f) => f.severity === 'error'));
    }
    const unknown = await trustwalk(['inspect', file, '--flow', 'flow-99']);
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /flow-99/);
  };

/** what is the case, the exchanges, rule of the finding, what it says: told by the file alone, without a setup */
const idToken = (claims) => token({ iss: `${authority}/v2.0`, aud: client, sub: 's', tid: tenant, ver: '2.0', nonce: 'n1', iat: now, exp: now + 3600, ...claims });
const authorizeWith = (more) => `${authorize()}&${new URLSearchParams(more)}`;
const answered = (location, more = {}) => entry('GET', authorizeWith(more), 302, { at: 1, answer: { Location: `https://app.contoso.example/cb?${location}` } });
const redeemed = (id) => entry('POST', `${authority}/oauth2/v2.0/token`, 200, { at: 7, form: { grant_type: 'authorization_code', client_id: client, code: '0.PLANTEDCODE', code_verifier: 'PLANTEDVERIFIER' },
  body: { access_token: userToken, id_token: id, token_type: 'Bearer', expires_in: 3600 } });
const idp = 'https://idp.example';
const idpMetadata = (issuer) => entry('GET', `${idp}/.well-known/oauth-authorization-server`, 200, { at: 0, body: { issuer, authorization_endpoint: `${idp}/authorize`, token_endpoint: `${idp}/token` } });
const idpAnswer = (iss) => entry('GET', `${idp}/authorize?${new URLSearchParams({ client_id: client, response_type: 'code', redirect_uri: 'https://app.contoso.example/cb', state: 'st', code_challenge: 'c', code_challenge_method: 'S256' })}`, 302,
  { at: 1, answer: { Location: `https://app.contoso.example/cb?code=c&state=st&iss=${encodeURIComponent(iss)}` } });
const anthropic = (status, at) => entry('POST', 'https://api.anthropic.com/v1/oauth/token', status, { at, headers: { 'Content-Type': 'application/json' }, body: status === 200 ? { access_token: 'sk-ant-oat01-abcdefghijkl', token_type: 'bearer', expires_in: 600 } : { type: 'error', error: { type: 'authentication_error', message: 'x' } } });
const withJson = (e, body) => ({ ...e, request: { ...e.request, postData: { mimeType: 'application/json', text: JSON.stringify(body) } } });
const assertion = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: appToken, federation_rule_id: 'fdrl_x', organization_id: 'o' };
const over = token({ iss: `${authority}/v2.0`, aud: 'api://x', sub: 's', tid: tenant, ver: '2.0', exp: now - 5000 });
const t1 = token({ iss: `${authority}/v2.0`, aud: 'fb60f99c-7a34-4190-8149-302f77469936', sub: '/eid1/c/pub/t/x/a/y/z', tid: tenant, ver: '2.0', exp: now + 3600 });
/** A sign-in for an MCP server that names its authorization server: with the words of MCP, and with these parameters more. */
const mcp = 'https://mcp.example';
const mcpSignIn = (more, words = { jsonrpc: '2.0', id: 1, method: 'initialize' }) => [
  withJson(entry('POST', `${mcp}/mcp`, 401, { at: 0, headers: { 'Content-Type': 'application/json' }, answer: { 'WWW-Authenticate': `Bearer resource_metadata="${mcp}/.well-known/oauth-protected-resource/mcp"` } }), words),
  entry('GET', `${mcp}/.well-known/oauth-protected-resource/mcp`, 200, { at: 0, body: { resource: `${mcp}/mcp`, authorization_servers: [idp] } }), idpMetadata(idp),
  ((e) => ({ ...e, request: { ...e.request, url: `${e.request.url}${more}` } }))(idpAnswer(idp)),
];
const alone = [
  ['an MCP sign-in that names no server', mcpSignIn(''), 'X-MCP-RESOURCE', /named nowhere/],
  ['an MCP sign-in that names another', mcpSignIn('&resource=https%3A%2F%2Fother.example'), 'X-MCP-RESOURCE', /other\.example/],
  ['an MCP sign-in that names its server', mcpSignIn('&resource=https%3A%2F%2Fmcp.example%2Fmcp')],
  ['a sign-in for a resource that does not speak MCP', mcpSignIn('', { hello: 1 })],
  ['another state in the address', [answered('code=0.PLANTEDCODE&state=other'), redeem(7)], 'RUN-ANSWER-MISMATCH', /State/],
  ['another state in a posted form', [page(1), entry('POST', 'https://app.contoso.example/cb', 200, { at: 5, form: { code: '0.PLANTEDCODE', state: 'other' }, body: 'ok', type: 'text/html' })], 'RUN-ANSWER-MISMATCH', /State/],
  ['another nonce', [answered('code=0.PLANTEDCODE&state=st', { nonce: 'n2' }), redeemed(idToken())], 'RUN-ANSWER-MISMATCH', /Nonce/],
  ['an id token for another client', [answered('code=0.PLANTEDCODE&state=st', { nonce: 'n1' }), redeemed(idToken({ aud: 'x' }))], 'RUN-ANSWER-MISMATCH', /Audience of the id token/],
  ['all of it fits', [answered('code=0.PLANTEDCODE&state=st', { nonce: 'n1' }), redeemed(idToken())], null],
  ['metadata of another issuer', [idpMetadata(`${idp}/`)], 'RUN-ANSWER-MISMATCH', /Issuer of the metadata/],
  ['an answer of another issuer', [idpMetadata(idp), idpAnswer('https://evil.example')], 'RUN-ANSWER-MISMATCH', /Issuer of the answer/],
  ['an assertion twice', [withJson(anthropic(200, 1), assertion), withJson(anthropic(401, 2), assertion)], 'X-JTI-REPLAY', /presented before/],
  ['a token that was over', [entry('GET', 'https://api.contoso.example/items', 401, { at: 1, headers: { Authorization: `Bearer ${over}` } })], 'X-CLOCK-SKEW', /ended .* before it was presented/],
  ['the API names the audience', [entry('GET', 'https://api.contoso.example/items', 401, { at: 1, headers: { Authorization: `Bearer ${userToken}` }, answer: { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="The audience 'https://graph.microsoft.com' is invalid"` } })], 'TR-AUD-MISMATCH', /another audience/],
  ['the grants are confused', [entry('POST', `${authority}/oauth2/v2.0/token`, 401, { at: 1, form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: client, assertion: t1, scope: 'https://graph.microsoft.com/.default' },
    body: { error: 'invalid_client', error_description: 'AADSTS7000218: The request body must contain client_assertion or client_secret.', error_codes: [7000218] } })], 'X-GRANT-CONFUSION', /exchange token is sent as assertion/],
];
for (const [name, entries, rule, says] of alone)
  tests[`told by the file alone: ${name}`] = async () => {
    const { status, document } = await json(['inspect', save('alone.har', entries)]);
    const errors = document.findings.filter((f) => f.severity === 'error');
    if (!rule) return assert.deepEqual(errors.map((f) => [f.rule, f.title]), []);
    const found = errors.find((f) => f.rule === rule);
    assert.ok(found, JSON.stringify(document.findings, null, 1));
    assert.match(`${found.title} ${found.text}`, says);
    assert.equal(status, 1);
  };

tests['a body that the recorder left out is said'] = async () => {
  const left = { ...redeem(7) };
  left.response = { ...left.response, content: { size: 1500, mimeType: 'application/json' } };
  const { document } = await json(['inspect', save('missing.har', [...signIns['a redirect at once'], left])]);
  assert.ok(document.items[0].problems.some((p) => p.includes('1500')), JSON.stringify(document.items[0].problems));
  assert.ok(document.ask.length > 0);
};

tests['a server clock that differs is said'] = async () => {
  const late = redeem(7);
  late.response.headers.push({ name: 'Date', value: new Date((now + 7 + 3600) * 1000).toUTCString() });
  const { document } = await json(['inspect', save('clock.har', [...signIns['a redirect at once'], late])]);
  assert.ok(document.items[0].problems.some((p) => p.includes('ahead of')), JSON.stringify(document.items[0].problems));
};

tests['a broken archive keeps what came before'] = async () => {
  const file = save('broken.har', [...signIns['a redirect at once'], redeem(7)]);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -40));
  const { document } = await json(['inspect', file]);
  assert.equal(document.run.steps.length, 1);
  assert.ok(document.items[0].problems.some((p) => p.includes('byte')));
};

tests['standard input and a file in UTF-16 are read like the file'] = async () => {
  const file = save('ways.har', [page(1), ...signIns['a redirect at once'], redeem(7)]);
  const text = readFileSync(file);
  const wide = join(folder, 'wide.har');
  writeFileSync(wide, Buffer.from(`\ufeff${text}`, 'utf16le'));
  const { status, document } = await json(['inspect', file]);
  const steps = ({ run: { steps }, counts }) => [counts, steps.map((s) => [s.id, s.state])];
  assert.ok(document.run.steps.length > 1);
  for (const [args, input] of [[['inspect', '-'], text], [['inspect'], text], [['inspect', wide], '']]) {
    const other = await json(args, { input });
    assert.deepEqual([other.status, ...steps(other.document)], [status, ...steps(document)], args.join(' '));
  }
};

tests['walks are compared: the same, and broken by a fault'] = async () => {
  const file = (name, text) => { writeFileSync(join(folder, name), text); return join(folder, name); };
  const walk = async (...more) => (await trustwalk(['walk', 'federated-agent', '--json', ...more])).stdout;
  const [good, again, bad] = [file('good.json', await walk()), file('again.json', await walk()), file('bad.json', await walk('--fault', 'fic-subject-case'))];
  const same = await json(['diff', good, again]);
  assert.equal(same.status, 0, same.document.first);
  const { status, document } = await json(['diff', good, bad]);
  assert.equal(status, 1);
  assert.match(document.first, /subject/i);
  assert.equal(document.steps.filter((s) => s.outcome === 'same').length, 1);
};

/** Whatever is made anew in each walk says nothing; a fault is named by the comparison that failed. */
const walkOf = async (name, setup, flow, ...more) => {
  const file = join(folder, name);
  writeFileSync(file, (await trustwalk(['walk', setup, '--flow', flow, '--sign-in', 'alice', '--json', ...more])).stdout);
  return file;
};
for (const [setup, flow, faults] of [
  ['agent-estate', 'agent-user', []],
  ['agent-estate', 'host-azure-arc', []],
  ['mcp-server', 'mcp-register', [['mcp-audience-slash', /check audience passes .* fails/]]],
  ['federated-agent', 'agent-to-claude', [['fic-issuer-slash', /check issuer passes .* fails/], ['rule-tenant-wrong', /check issuer passes .* fails/]]],
  ['workload-federation', 'from-kubernetes', [['kubernetes-issuer-slash', /check issuer passes .* fails/]]],
  ['token-exchange', 'jwt-grant', [['grant-confusion', /check assertion\.place .* fails/]]],
])
  tests[`walks of ${flow} are compared by what stays`] = async () => {
    const good = await walkOf('one.json', setup, flow, '--seed', 'a'), again = await walkOf('two.json', setup, flow, '--seed', 'b', '--now', '2027-03-01T08:00:00Z');
    const same = await json(['diff', good, again]);
    assert.equal(same.status, 0, same.document.first);
    for (const [fault, says] of faults) {
      const { document } = await json(['diff', good, await walkOf('bad.json', setup, flow, '--seed', 'c', '--fault', fault)]);
      assert.match(document.first, says);
      assert.match(document.explain.why, /This decided/);
    }
  };

tests['a report has every form, and a bundle opens again'] = async () => {
  const file = save('report.har', [...signIns['a redirect at once'], redeem(7), refusedObo]);
  for (const [form, sign] of [['html', /<!doctype html>/], ['md', /^# /], ['mermaid', /sequenceDiagram/], ['svg', /^<svg /], ['json', /"schema"/], ['sarif', /"2\.1\.0"/], ['bundle', /"receipt"/]]) {
    const target = join(folder, `out.${form}`);
    const { status, stderr } = await trustwalk(['report', file, '--as', form, '-o', target]);
    assert.equal(status, 0, stderr);
    const text = readFileSync(target, 'utf8');
    assert.match(text, sign);
    assert.ok(!text.includes('PLANTED'), form);
  }
  const bundle = join(folder, 'out.bundle');
  const text = readFileSync(bundle, 'utf8');
  assert.ok(!text.includes('lice'), 'no names in a bundle');
  assert.ok(!text.includes(userToken.split('.')[1]), 'nor in the payload of a token on the wire');
  const { receipt, counts } = JSON.parse(text);
  assert.equal(receipt.hiddenValues, text.split('[hidden, ').length - 1);
  assert.ok(receipt.hiddenValues > 0);
  assert.equal(counts.stepsIn, counts.stepsOut);
  assert.equal((await json(['diff', bundle, bundle])).status, 0);
};

/** Whatever a walk was told to reveal, a report of it hides; on demand it does not. */
for (const [setup, more, planted] of [
  ['aws-agent', ['--flow', 'agent-to-aws'], [/<SecretAccessKey>[A-Za-z0-9+/]/, /Signature=[0-9a-f]{16}/]],
  ['secret-agent', [], [/client_secret=[A-Za-z0-9]/, /sk-ant-oat01-[A-Za-z0-9]/]],
])
  tests[`a report of a revealed walk is redacted: ${setup}`] = async () => {
    const walked = await trustwalk(['walk', setup, ...more, '--json', '--reveal']);
    const file = join(folder, `${setup}.revealed.json`);
    writeFileSync(file, walked.stdout);
    for (const pattern of planted) assert.match(walked.stdout, pattern);
    const tokens = JSON.parse(walked.stdout).steps.flatMap((s) => s.tokens).map((t) => t.value);
    const secrets = tokens.filter(Boolean).map((t) => (t.split('.').length === 3 ? t.split('.')[2] : t));
    assert.ok(secrets.length > 0);
    for (const form of ['html', 'md', 'mermaid', 'svg', 'json', 'sarif', 'bundle']) {
      const { status, stdout } = await trustwalk(['report', file, '--as', form]);
      assert.equal(status, 0);
      for (const pattern of planted) assert.doesNotMatch(stdout, pattern, form);
      for (const secret of secrets) assert.ok(!stdout.includes(secret), form);
    }
    const hidden = JSON.parse((await trustwalk(['report', file, '--as', 'bundle'])).stdout).receipt;
    assert.ok(hidden.hiddenValues > 0 && hidden.removed.includes('signatures of tokens'), JSON.stringify(hidden));
    const shown = (await trustwalk(['report', file, '--as', 'bundle', '--reveal'])).stdout;
    assert.match((await trustwalk(['report', file, '--as', 'html', '--reveal'])).stdout, /Revealed on purpose/);
    assert.match((await trustwalk(['report', file, '--as', 'html'])).stdout, /Redacted: signatures/);
    for (const secret of secrets) assert.ok(shown.includes(secret));
    const { receipt } = JSON.parse(shown);
    assert.deepEqual([receipt.hiddenValues, receipt.removed], [0, []]);
    assert.match(receipt.kept.join(), /whole tokens/);
    assert.doesNotMatch((await trustwalk(['diff', file, join(folder, 'good.json'), '--json'])).stdout, planted[0]);
  };

/** Somebody may be called by a word that the run is written in. */
for (const name of ['state', 'step', 'steps', 'user', 'token', 'accepted', 'admin', 'read', 'claims'])
  tests[`a bundle of somebody called "${name}" is the same run`] = async () => {
    const called = token({ ...JSON.parse(Buffer.from(userToken.split('.')[1], 'base64url')), preferred_username: name, scp: 'access_as_user read' });
    const named = redeem(7);
    named.response.content = { mimeType: 'application/json', text: JSON.stringify({ access_token: called, token_type: 'Bearer', scope: 'access_as_user read' }) };
    const file = save(`called-${name}.har`, [...signIns['a redirect at once'], named, entry('GET', 'https://api.contoso.example/items', 200, { at: 9, headers: { Authorization: `Bearer ${called}` }, body: '[]' })]);
    const target = join(folder, `called-${name}.bundle`);
    assert.equal((await trustwalk(['report', file, '--as', 'bundle', '-o', target])).status, 0);
    const before = (await json(['inspect', file])).document.run, { run: after, receipt } = JSON.parse(readFileSync(target, 'utf8'));
    const shape = (r) => r.steps.map((s) => [s.id, s.title, s.state, s.request.url.split('?')[0], s.tokens.map((t) => [t.use, t.principal, t.claims.scp, t.claims.aud])]);
    assert.deepEqual(shape(after), shape(before));
    assert.match(after.steps[1].tokens[0].claims.preferred_username, /^person-\d+$/);
    assert.ok(receipt.peoplePseudonyms >= 2);
    assert.equal((await json(['diff', file, target])).status, 0);
    assert.equal((await json(['inspect', target])).status, (await json(['inspect', file])).status);
  };

tests['a bundle finds a name in a body that was cut'] = async () => {
  const body = JSON.stringify({ value: [{ displayName: 'Otherperson Canary', givenName: 'Otherperson', surname: 'Canary' }, { displayName: 'Cut' }] }).slice(0, -12);
  const file = save('cut.har', [...signIns['a redirect at once'], redeem(7), entry('GET', 'https://api.contoso.example/users', 200, { at: 9, headers: { Authorization: `Bearer ${userToken}` }, body })]);
  assert.doesNotMatch((await trustwalk(['report', file, '--as', 'bundle'])).stdout, /Otherperson|Canary/);
};

tests['a bundle finds a name however it is written'] = async () => {
  const called = token({ ...JSON.parse(Buffer.from(userToken.split('.')[1], 'base64url')), name: 'J\u00f6rg M\u00fcller', preferred_username: 'jmueller' });
  const named = redeem(7);
  named.response.content = { mimeType: 'application/json', text: JSON.stringify({ access_token: called, token_type: 'Bearer' }) };
  const body = '{"note":"J\\u00f6rg M\\u00fcller","at":"users/jmueller","nested":"{\\"who\\":\\"jmueller\\"}"}';
  const file = save('written.har', [...signIns['a redirect at once'], named, entry('GET', 'https://api.contoso.example/users/jmueller?q=J%C3%B6rg%20M%C3%BCller&r=J%C3%B6rg+M%C3%BCller&jmueller2=1', 200, { at: 9, headers: { Authorization: `Bearer ${called}` }, body })]);
  const text = (await trustwalk(['report', file, '--as', 'bundle'])).stdout;
  for (const left of [/M\u00fcller/, /M%C3%BCller/, /u00fcller/, /jmueller\b/]) assert.doesNotMatch(text, left);
  assert.match(text, /jmueller2/, 'a longer word is another');
};

tests['a bundle hides the people of a directory\'s answer, and where they sit'] = async () => {
  const person = { '@odata.context': 'users', displayName: 'Otherperson Canary', givenName: 'Otherperson', surname: 'Canary', mobilePhone: '+41791234567', businessPhones: ['+41441112233'], employeeId: 'E-4711-X', streetAddress: 'Canary Lane 5',
    manager: { '@odata.type': '#microsoft.graph.user', displayName: 'Bossname Quoted "B"' } };
  const principal = Buffer.from(JSON.stringify({ claims: [{ typ: 'name', val: 'Alice Canaryname' }] })).toString('base64');
  const file = save('people.har', [...signIns['a redirect at once'], redeem(7), { ...entry('GET', 'https://api.contoso.example/me', 200, { at: 9, body: person,
    headers: { Authorization: `Bearer ${userToken}`, 'X-Forwarded-For': '203.0.113.77', 'X-MS-CLIENT-PRINCIPAL': principal } }) }]);
  const target = join(folder, 'people.bundle');
  assert.equal((await trustwalk(['report', file, '--as', 'bundle', '-o', target])).status, 0);
  const text = readFileSync(target, 'utf8');
  for (const hidden of ['Otherperson', 'Bossname', '+41791234567', '+41441112233', 'E-4711-X', 'Canary Lane', '203.0.113.77', principal]) assert.ok(!text.includes(hidden), hidden);
  const { counts, run: { steps } } = JSON.parse(text);
  assert.deepEqual([counts.stepsIn, counts.stepsOut], [steps.length, steps.length]);
};

tests['a bundle of an archive counts what the archive held, also on the other side'] = async () => {
  const file = save('counted.har', [...noise(3), ...signIns['a redirect at once'], redeem(7)]);
  const inspected = (await json(['inspect', file])).document.counts;
  assert.ok(inspected.hidden >= 3);
  const made = join(folder, 'counted.bundle'), again = join(folder, 'again.bundle');
  for (const [from, to] of [[file, made], [made, again]]) {
    assert.equal((await trustwalk(['report', from, '--as', 'bundle', '-o', to])).status, 0);
    const { counts, run } = JSON.parse(readFileSync(to, 'utf8'));
    assert.deepEqual([counts.exchangesIn, counts.exchangesRecognised, counts.exchangesHidden], [inspected.entries, inspected.recognised, inspected.hidden]);
    assert.deepEqual(run.counts, inspected);
  }
};

tests['a bundle of a walk names nobody, and its parts still belong together'] = async () => {
  const run = join(folder, 'signed-in.json'), bundle = join(folder, 'signed-in.bundle');
  writeFileSync(run, (await trustwalk(['walk', 'on-behalf-of', '--sign-in', 'alice', '--json'])).stdout);
  assert.ok(readFileSync(run, 'utf8').includes('"alice"'), 'the walk itself does');
  assert.equal((await trustwalk(['report', run, '--as', 'bundle', '-o', bundle])).status, 0);
  const text = readFileSync(bundle, 'utf8');
  for (const name of [/alice/i, /reyes/i]) assert.ok(!name.test(text), `${name}`);
  const { chain, cast } = JSON.parse(text).run;
  const parties = new Set(chain.parties.map((p) => p.id));
  for (const link of chain.links) assert.ok(parties.has(link.from) && parties.has(link.to), JSON.stringify(link));
  const user = chain.parties.find((p) => p.kind === 'user');
  assert.match(user.id, /^person-\d+$/);
  assert.ok(cast.some((c) => c.kind === 'user' && c.name === user.id));
  assert.equal((await json(['diff', bundle, bundle])).status, 0);
};

tests['check: SARIF, a recorded run, a baseline'] = async () => {
  const sarif = join(folder, 'check.sarif'), baseline = join(folder, 'baseline.json'), faulty = join(folder, 'faulty.json');
  const setup = JSON.parse(readFileSync(join(sourceFolder, 'resources/samples/federated-agent.json'), 'utf8'));
  const credential = setup.apps.flatMap((a) => a.credentials ?? []).find((c) => c.type === 'federated');
  credential.subject = credential.subject.toUpperCase();
  writeFileSync(faulty, JSON.stringify(setup, null, 2));
  const before = await json(['check', faulty, '--sarif', sarif]);
  assert.equal(before.status, 1);
  const log = JSON.parse(readFileSync(sarif, 'utf8'));
  assert.equal(log.runs[0].results.length, before.document.findings.length);
  assert.ok(log.runs[0].results.every((r) => log.runs[0].tool.driver.rules.some((rule) => rule.id === r.ruleId)));
  assert.ok(log.runs[0].results.every((r) => r.locations[0].physicalLocation.region.startLine >= 1));
  assert.equal((await trustwalk(['check', faulty, '--write-baseline', baseline])).status, 0);
  const after = await json(['check', faulty, '--baseline', baseline]);
  assert.equal(after.status, 0);
  assert.deepEqual(after.document.findings, []);
  assert.equal(after.document.inBaseline, before.document.findings.length);
};

await run(tests);

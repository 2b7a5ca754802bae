// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// One blob in, recognised parts out: tokens of every workload issuer by shape, opaque and encrypted ones, answers, error
// texts of vendors and libraries, log lines, pages, secrets (never echoed), and garbage, which ends in a finding.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate, createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { json, part, program, run, scratchFiles, scratchFolder, sourceFolder, trustwalk } from './lib.mjs';

const saved = scratchFiles();
const tokenOf = (claims, header = { alg: 'RS256', typ: 'JWT', kid: 'key-1' }) => [part(header), part(claims), part('not looked at, but long enough')].join('.');
const inspected = (text, ...more) => json(['inspect', saved(text), '--now', '2026-11-25T12:00:00Z', ...more]);
const at = Date.parse('2026-11-25T12:00:00Z') / 1000;
const times = { iat: at - 60, nbf: at - 60, exp: at + 3000 };
const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43';
const v2 = { iss: `https://login.microsoftonline.com/${tenant}/v2.0`, tid: tenant, ver: '2.0', aud: '0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19', ...times };
const own = { sub: 'o-1', oid: 'o-1', azp: 'c-1' };

/** A GUID as Entra's exchange subjects hold it: bytes in .NET's order. */
const mixed = (guid) => {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  return Buffer.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((i) => bytes[i])).toString('base64url');
};
/** claims, what the label says, whom it speaks for (downstream sheet, section 7; entra sheet, section 9) */
const shapes = [
  [{ iss: 'https://token.actions.githubusercontent.com', sub: 'repo:o/r:ref:refs/heads/main', aud: 'x' }, /GitHub Actions/, 'externalWorkload'],
  [{ iss: 'https://ghe.example/_services/token', sub: 'repo:o/r:pull_request', aud: 'x' }, /Enterprise Server/, 'externalWorkload'],
  [{ iss: 'https://gitlab.com', sub: 'project_path:g/p:ref_type:branch:ref:main', aud: 'x' }, /GitLab/, 'externalWorkload'],
  [{ iss: 'https://git.example', sub: 'project_path:g/p:ref_type:branch:ref:main', aud: 'x' }, /GitLab/, 'externalWorkload'],
  [{ iss: 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC', sub: 'system:serviceaccount:a:b', aud: ['sts.amazonaws.com'] }, /EKS/, 'externalWorkload'],
  [{ iss: 'https://westeurope.oic.prod-aks.azure.com/t/c/', sub: 'system:serviceaccount:a:b', aud: ['x'] }, /AKS/, 'externalWorkload'],
  [{ iss: 'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c', sub: 'system:serviceaccount:a:b', aud: 'x' }, /GKE/, 'externalWorkload'],
  [{ iss: 'https://kubernetes.default.svc', sub: 'system:serviceaccount:a:b', aud: 'x', 'kubernetes.io': { namespace: 'a' } }, /Kubernetes/, 'externalWorkload'],
  [{ iss: 'https://accounts.google.com', sub: '1234567890', aud: 'x', azp: '1234567890' }, /Google/, 'externalWorkload'],
  [{ iss: 'https://0a1b2c3d-1111-2222-3333-444455556666.tokens.sts.global.api.aws', sub: 'arn:aws:iam::111122223333:role/x', aud: 'x' }, /AWS/, 'externalWorkload'],
  [{ iss: 'https://spire.example', sub: 'spiffe://example.org/agent', aud: 'x' }, /SPIFFE/, 'externalWorkload'],
  [{ iss: 'https://vstoken.dev.azure.com/abc', sub: 'sc://org/project/connection', aud: 'x' }, /Azure DevOps/, 'externalWorkload'],
  [{ iss: 'https://app.terraform.io', sub: 'organization:o:project:p:workspace:w:run_phase:plan', aud: 'x' }, /Terraform/, 'externalWorkload'],
  [{ ...v2, ...own, idtyp: 'app' }, /Entra, v2/, 'app'],
  [{ ...v2, ...own, iss: `https://sts.windows.net/${tenant}/`, ver: '1.0', idtyp: 'app', azp: undefined, appid: 'c-1' }, /Entra, v1/, 'app'],
  [{ ...v2, ...own, idtyp: 'app', xms_mirid: '/subscriptions/s/resourcegroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mi' }, /Entra/, 'managedIdentity'],
  [{ ...v2, sub: '/eid1/c/pub/t/v4j5cvGGr0GRqy180BHbRw/a/9ExAW52n_ky4ZiS_jhpJIQ/7e307b14-2a27-4f66-ada8-ec6400eb4977', azp: 'c-1' }, /exchange token/, 'blueprint'],
  [{ ...v2, ...own, idtyp: 'app', xms_sub_fct: '11', xms_par_app_azp: 'p-1' }, /Entra/, 'agentIdentity'],
  [{ ...v2, sub: 's-1', oid: 'o-2', azp: 'c-1', scp: 'User.Read', idtyp: 'user', xms_sub_fct: '13' }, /Entra/, 'agentUser'],
  [{ ...v2, sub: 's-1', oid: 'o-2', azp: 'c-1', scp: 'User.Read', preferred_username: 'a@example.org' }, /Entra/, 'user'],
  [{ ...v2, ...own, iss: `https://login.microsoftonline.com.evil.example/${tenant}/v2.0` }, /an issuer that is not known here/, 'externalWorkload'],
  [{ ...v2, ...own, iss: 'https://evil.example/' }, /an issuer that is not known here/, 'externalWorkload'],
  [{ ...v2, ...own, iss: `https://login.microsoftonline.us/${tenant}/v2.0`, idtyp: 'app' }, /Entra, v2/, 'app'],
  [{ ...v2, ...own, iss: `https://${tenant}.ciamlogin.com/${tenant}/v2.0`, idtyp: 'user' }, /External ID/, 'user'],
  [{ ...v2, ...own, iss: `https://127.0.0.1:8443/entra/${tenant}/v2.0`, idtyp: 'app' }, /Entra, v2/, 'app'],
  [{ ...v2, sub: `/eid1/c/pub/t/${mixed(tenant)}/a/${mixed('499b84ac-1321-427f-aa17-267ca6975798')}/sc/0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19/7e307b14-2a27-4f66-ada8-ec6400eb4977`, azp: '499b84ac-1321-427f-aa17-267ca6975798', idtyp: 'app' }, /Azure DevOps \(Entra issuer\)/, 'externalWorkload'],
  [{ iss: 'https://accounts.google.com', sub: '1234567890', aud: 'x.apps.googleusercontent.com', azp: 'x.apps.googleusercontent.com', email: 'a@gmail.com', email_verified: true }, /Google sign-in/, 'user'],
  [{ ...v2, iss: 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0', tid: '9188040d-6c67-4c5b-b112-36a304b66dad', sub: 's-1' }, /Entra, v2/, 'user'],
];

const entraSecret = `abc8Q~${'Zy9xWvUtSrQpOnMlKjIhGfEdCbA0123456'}`;
/** text, kind, what the label says, what must not be echoed */
const values = [
  [`sk-ant-oat01-${'a1B2'.repeat(10)}`, 'opaqueToken', /Anthropic/, null],
  [`sk-ant-api03-${'a1B2'.repeat(10)}`, 'secret', /Anthropic API key/, 'a1B2a1B2'],
  ['AKIAIOSFODNN7EXAMPLE', 'secret', /AWS/, 'IOSFODNN7'],
  ['ASIAIOSFODNN7EXAMPLE', 'opaqueToken', /temporary/, null],
  [`ghp_${'a1B2'.repeat(9)}`, 'secret', /GitHub/, 'a1B2a1B2'],
  [`ya29.${'a1B2'.repeat(9)}`, 'opaqueToken', /Google/, null],
  [entraSecret, 'secret', /Entra client secret/, entraSecret],
  [`client_secret=${entraSecret}`, 'secret', /secret/i, entraSecret],
  [`https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=${entraSecret}&response_type=code`, 'secret', /Entra client secret/, entraSecret],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n', 'secret', /Private key/, 'MIIEvQ'],
  ['Authorization: Basic dXNlcjpwYXNzd29yZDEyMw==', 'secret', /Basic/, 'dXNlcjpwYXNz'],
  [`${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.aaaa.bbbb.cccc.dddd`, 'jwe', /Encrypted/, null],
  ['http://127.0.0.1:3000/cb?code=0.AbCdEfGhIjKlMnOp&state=xyz', 'url', /code/, 'AbCdEfGhIjKl'],
  [JSON.stringify({ type: 'service_account', private_key: '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n' }), 'secret', /service account/, 'MIIEvQ'],
  [JSON.stringify({ log: { version: '1.2', entries: [{}, {}] } }), 'har', /2 exchanges/, null],
  ['50011', 'error', /Microsoft Entra/, null],
  ['Sign-in error code 50105 for the app', 'error', /not assigned/, null],
  [`The client 'a@b' with object id 'x' does not have authorization to perform action 'Microsoft.KeyVault/vaults/read' over scope '/subscriptions/s'`, 'error', /no role for this action/, null],
  [Buffer.from(`<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.example</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status></samlp:Response>`).toString('base64'), 'response', /SAML Response of https:\/\/idp\.example/, null],
  ['<html><head><title>Blocked by proxy</title></head><body>no</body></html>', 'response', /Blocked by proxy/, null],
  [JSON.stringify({ oidc: { issuerUri: 'https://id.example', jwksJson: JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'aVeryPrivateNumber' }] }) } }), 'secret', /Private key/, 'aVeryPrivateNumber'],
  [JSON.stringify({ keys: [{ kty: 'RSA', kid: 'a', n: 'x', e: 'AQAB' }] }), 'response', /Key set/, null],
  [JSON.stringify({ keys: [{ kty: 'RSA', kid: 'a', n: 'x', e: 'AQAB' }, { kty: 'RSA', kid: 'b', n: 'x', e: 'AQAB', p: 'aVeryPrivateNumber' }] }), 'secret', /Private key/, 'aVeryPrivateNumber'],
  [JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'aVeryPrivateNumber' }), 'secret', /Private key \(JWK\)/, 'aVeryPrivateNumber'],
  [JSON.stringify({ kty: 'oct', k: 'aVeryPrivateNumber' }), 'secret', /Symmetric key/, 'aVeryPrivateNumber'],
  [JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'x' }), 'response', /Public key/, null],
  [tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', ...times }, { alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'aVeryPrivateNumber' } }), 'secret', /header of a token/, 'aVeryPrivateNumber'],
  [tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', cnf: { jwk: { kty: 'oct', k: 'aVeryPrivateNumber' } }, ...times }), 'secret', /claims of a token/, 'aVeryPrivateNumber'],
];

const refreshToken = `0.AXkAZGVtbzEyMzQ1Njc4.AgABAwEAAADW6jl31mB3T7ug${'aB3d'.repeat(20)}`;
const apiKey = `sk-ant-api03-${'z1Y2'.repeat(15)}`;
const logged = tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', ...times });
/** Where a secret stands in what is quoted: what holds it, and the text. */
const quoted = {
  'the title of a page': [apiKey, `<html><title>Bad key ${apiKey}</title></html>`],
  'an address in a title': ['AXkAZGVtbz', `<html><title>https://app.example/cb?code=${refreshToken}</title></html>`],
  'a pair in a title': ['plainsecretvalue12345', '<html><title>client_secret=plainsecretvalue12345</title></html>'],
  'the words of an error': ['AgABAwEAAADW6jl', JSON.stringify({ error: 'invalid_grant', error_description: `The refresh token ${refreshToken} was revoked` })],
  'a pair behind a code': ['hunter2hunter2', 'AADSTS50126: password=hunter2hunter2 wrong'],
  'a value behind its name': ['plainsecretvalue12345', JSON.stringify({ error: 'invalid_client', error_description: 'client_secret plainsecretvalue12345 invalid' })],
  'a token in a claim': ['gho_16C7e42F292c6912', tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', idp_access_token: 'gho_16C7e42F292c6912E7710c838347Ae178B4a', ...times })],
  'the signature of a token in a claim': [`${logged.split('.')[2]}`, `${part({ alg: 'RS256', kid: 'k' })}.${part({ iss: 'https://gitlab.com', sub: 's', aud: 'x', id_token_hint: logged, ...times })}.${part('another signature that is long')}`],
  'a client id': [entraSecret, `https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=${entraSecret}&response_type=code`],
  'a code of an error': [entraSecret, JSON.stringify({ error: entraSecret })],
  'a token with blanks around its dots': [logged.split('.')[2], `IDX10503: Signature validation failed. token: '${logged.replaceAll('.', ' . ')}'.`],
};
/** What is needed to find the cause, and looks a little like a secret. */
const shown = ['subject \'repo:octo/token:ref:refs/heads/main\'', 'Trace ID: 5a0e6c1d-0f52-4a61-9d0b-7be1c2a44100', 'arn:aws:iam::111122223333:role/secret', 'client_id=fb60f99c-7a34-4190-8149-302f77469936'];

/** One setup: two apps with a federated credential each, an API, and an API that nobody here asks for. */
const receivers = (() => {
  const exchange = ['api://AzureADTokenExchange'];
  const credential = (name, subject) => ({ name, type: 'federated', issuer: 'https://gitlab.com', subject, audiences: exchange });
  const app = (name, id, credentials) => ({ name, kind: 'confidential', displayName: name, clientId: id, objectId: id.replace(/^./, 'f'), credentials });
  const api = (name, audience, resource) => ({ name, kind: 'api', displayName: name, url: `https://${name}.tailspin.example`, resource, validAudiences: [audience], validIssuers: ['https://id.tailspin.example'] });
  return (more) => saved(JSON.stringify({
    schema: 'setup', version: 1, id: 'receivers', title: 'Receivers', environment: 'lower',
    tenants: [{ name: 'home', id: tenant, domain: 'tailspin.example', displayName: 'Tailspin', authority: 'https://login.microsoftonline.com', v1Issuer: 'https://sts.windows.net' }],
    apps: [
      app('builder', '1f2e3d4c-0000-4000-8000-000000000001', [credential('main', 'project_path:g/p:ref_type:branch:ref:main')]),
      ...(more.apps ?? []).map((subject, i) => app(`other${i}`, `1f2e3d4c-0000-4000-8000-00000000001${i}`, [credential('other', subject)])),
      { name: 'orders', kind: 'resource', displayName: 'Orders', clientId: '1f2e3d4c-0000-4000-8000-000000000002', objectId: 'ff2e3d4c-0000-4000-8000-000000000002', identifierUris: ['api://tailspin.example/orders'] },
    ],
    targets: [api('orders-api', 'api://tailspin.example/orders', 'orders'), api('stock-api', 'api://tailspin.example/stock', 'orders')],
  }));
})();
const build = { iss: 'https://gitlab.com', sub: 'project_path:g/p:ref_type:branch:ref:main', aud: 'api://AzureADTokenExchange', ...times };
const order = { iss: 'https://id.tailspin.example', sub: 'alice', aud: 'api://tailspin.example/orders', ...times };
/** what is the case, the token, more of the setup, the exit, how many judge it, how many are not asked (cli.md: 0 when every receiver accepted) */
const exits = [
  ['every receiver that it is for accepts', build, {}, 0, ['accept'], 2],
  ['one of two that it is for refuses', build, { apps: ['project_path:g/q:ref_type:branch:ref:main'] }, 1, ['accept', 'refuse'], 2],
  ['both that it is for accept', build, { apps: ['project_path:g/p:ref_type:branch:ref:main'] }, 0, ['accept', 'accept'], 2],
  ['one API of two', order, {}, 0, ['accept'], 2],
  ['a near miss in the audience is no other audience', { ...order, aud: 'api://tailspin.example/orders/' }, {}, 1, ['refuse'], 2],
  ['another issuer refuses', { ...order, iss: 'https://id2.tailspin.example' }, {}, 1, ['refuse'], 2],
  ['addressed to nobody here: all of them refuse', { ...order, aud: 'https://elsewhere.example' }, {}, 1, ['refuse', 'refuse', 'refuse'], 0],
  ['no audience at all', { ...order, aud: undefined }, {}, 1, ['refuse', 'refuse', 'refuse'], 0],
];

await run({
  ...Object.fromEntries(exits.map(([name, claims, more, status, outcomes, elsewhere]) => [`exit: ${name}`, async () => {
    const setup = receivers(more);
    const { status: given, document } = await inspected(tokenOf(claims), '--setup', setup);
    const [item] = document.items;
    assert.deepEqual(item.verdicts.map((v) => v.outcome), outcomes, JSON.stringify(item.verdicts, null, 1));
    assert.equal(item.elsewhere?.length ?? 0, elsewhere);
    assert.equal(given, status);
    assert.equal((await trustwalk(['inspect', saved(tokenOf(claims)), '--now', '2026-11-25T12:00:00Z', '--setup', setup])).status, status);
  }])),
  'exit: an API of a sample takes what its registration says': async () => {
    const home = '3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815';
    const graph = { iss: `https://sts.windows.net/${home}/`, tid: home, ver: '1.0', aud: 'https://graph.microsoft.com', sub: 's', oid: 'o', appid: 'c', scp: 'User.Read', ...times };
    const { status, document } = await inspected(tokenOf(graph), '--setup', 'agent-estate');
    assert.deepEqual(document.items[0].verdicts.map((v) => [v.receiver, v.outcome]), [['Microsoft Graph', 'accept']]);
    assert.ok(document.items[0].elsewhere.length > 5);
    assert.equal(status, 0);
    assert.equal((await inspected(tokenOf({ ...graph, iss: `https://sts.windows.net/${tenant}/`, tid: tenant }), '--setup', 'agent-estate')).status, 1);
  },
  'exit: a contract beside it whose condition nobody can evaluate': async () => {
    const contract = { issuer: 'https://gitlab.com', audiences: [build.aud], name: 'c', claimsMatchingExpression: { value: "claims['sub'] startsWith 'project'", languageVersion: 1 } };
    const { status, document } = await inspected(`${tokenOf(build)}\n\n${JSON.stringify(contract)}\n`);
    assert.equal(document.items.find((i) => i.kind === 'jwt').verdicts[0].outcome, 'notEvaluated');
    assert.equal(status, 1);
  },
  ...Object.fromEntries(shapes.map(([claims, label, principal], i) => [`token by shape: ${label} ${principal} (${i})`, async () => {
    const { document } = await inspected(tokenOf({ ...times, ...claims }));
    assert.equal(document.items.length, 1);
    const [item] = document.items;
    assert.equal(item.kind, 'jwt');
    assert.match(item.label, label);
    assert.equal(item.token.principal, principal);
    assert.equal(item.token.verified, 'notChecked');
    assert.equal(item.token.issuedBy, claims.iss);
    assert.equal(item.token.claims.sub, claims.sub);
    assert.ok(item.token.lifetime);
  }])),
  'claims that contradict each other are a finding': async () => {
    const v1 = `https://sts.windows.net/${tenant}/`;
    for (const [claims, severity, says] of [
      [{ tid: '9188040d-6c67-4c5b-b112-36a304b66dad' }, 'error', /tid names the tenant/],
      [{ ver: '1.0', azp: undefined, appid: 'c-1' }, 'warning', /ver says 1\.0/],
      [{ iss: v1 }, 'warning', /ver says 2\.0/],
      [{ appid: 'c-1' }, 'warning', /carries appid/],
      [{ appid: 'c-1', azp: undefined }, 'warning', /does not find it/],
      [{ iss: v1, ver: '1.0' }, 'warning', /carries azp/],
      [{}, null], [{ iss: v1, ver: '1.0', azp: undefined, appid: 'c-1' }, null], [{ iss: 'https://id.example', ver: '1.0' }, null],
    ]) {
      const { status, document } = await inspected(tokenOf({ ...v2, ...own, ...claims }));
      assert.deepEqual(document.findings.map((f) => [f.rule, f.severity]), severity ? [['TOK-REFUSED', severity]] : [], JSON.stringify(claims));
      if (severity) assert.match(document.items[0].token.problems.join(' '), says);
      assert.equal(status, severity === 'error' ? 1 : 0);
    }
  },
  'an issuer that is no text is nobody': async () => {
    for (const claims of [{ iss: 5, sub: 6, aud: 'x' }, { iss: ['https://gitlab.com'], sub: 's', aud: 'x' }])
      assert.equal((await inspected(tokenOf({ ...claims, ...times }))).document.items[0].token.principal, 'unknown');
  },
  ...Object.fromEntries(values.map(([text, kind, label, hidden], i) => [`value: ${kind} ${label} (${i})`, async () => {
    for (const more of [['--json'], []]) {
      const { stdout } = await trustwalk(['inspect', saved(text), ...more]);
      if (hidden) assert.ok(!stdout.includes(hidden), 'a secret was echoed');
    }
    const { document } = await inspected(text);
    const item = document.items.find((each) => each.kind === kind);
    assert.ok(item, JSON.stringify(document.items.map((each) => [each.kind, each.label])));
    assert.match(item.label, label);
    if (kind === 'secret') assert.ok(document.findings.some((f) => f.rule === 'SEC-IN-CHANNEL'));
  }])),
  ...Object.fromEntries(Object.entries(quoted).map(([name, [hidden, text]]) => [`never echoed: ${name}`, async () => {
    for (const more of [['--json'], []]) {
      const { stdout, stderr } = await trustwalk(['inspect', saved(text), ...more]);
      assert.ok(!(stdout + stderr).includes(hidden), 'a secret was echoed');
      assert.match(stdout, /\[hidden, \d+ characters/);
    }
  }])),
  'what is needed to find a cause stays': async () => {
    const { document } = await inspected(`AADSTS700213: No matching federated identity record found for presented assertion ${shown.join(' ')}`);
    for (const each of shown) assert.ok(document.items[0].error.said.includes(each), document.items[0].error.said);
    const claims = { iss: 'https://gitlab.com', sub: 'project_path:g/token:ref_type:branch:ref:main', aud: 'x', sid: 'aB3dE5fG7hI9jK1lM3nO5pQ7', uti: 'hKQVn1cF2E6xCn3sWQ4BAA', rh: '0.AVYAd_ghpUJKo0OuYMfOXLHRwe0fUPRVU7NBpBHZJrAuMGxWAFQ.', ...times };
    const { document: { items: [item] } } = await inspected(tokenOf(claims));
    assert.deepEqual(item.token.claims, claims);
    assert.ok(item.label.endsWith(claims.sub));
  },
  'log lines: several parts, in order, each with its line': async () => {
    const token = tokenOf({ iss: 'https://gitlab.com', sub: 'project_path:g/p:ref_type:branch:ref:main', aud: 'x', ...times });
    const { status, document } = await inspected([
      '2026-11-25T11:59:58Z INFO exchanging token', `2026-11-25T11:59:59Z DEBUG assertion=${token}`,
      "2026-11-25T12:00:00Z ERROR AADSTS700213: No matching federated identity record found for presented assertion subject 'a:b'. Trace ID: x",
      'again AADSTS999999: something new',
    ].join('\n'));
    assert.deepEqual(document.items.map((i) => [i.kind, i.line]), [['jwt', 2], ['error', 3], ['error', 4]]);
    assert.equal(document.items[1].error.code, 'AADSTS700213');
    assert.equal(document.items[2].error.known, false);
    assert.ok(document.findings.some((f) => f.rule === 'AUD-TOKEN-LOGGED'));
    assert.ok(document.ask.length > 1);
    assert.equal(status, 1);
  },
  'a Graph token says why its signature holds for nobody else': async () => {
    const { document } = await inspected(tokenOf({ ...v2, ...own, aud: '00000003-0000-0000-c000-000000000000', scp: 'User.Read' }, { alg: 'RS256', typ: 'JWT', kid: 'k', nonce: 'n' }));
    assert.match(document.items[0].note, /nonce/);
  },
  'an expired token says so': async () => {
    const { document } = await inspected(tokenOf({ iss: 'https://gitlab.com', sub: 'project_path:g/p', aud: 'x', iat: at - 9000, exp: at - 5400 }));
    assert.match(document.items[0].wrong.join(), /ended 90 min ago/);
  },
  'a token response is a response and its tokens': async () => {
    const { document } = await inspected(JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: tokenOf({ ...v2, ...own }), refresh_token: '0.AAAA-not-a-real-refresh-token' }));
    assert.deepEqual(document.items.map((i) => i.kind), ['response', 'jwt', 'opaqueToken']);
  },
  'a token and a contract in one blob are held against each other': async () => {
    const contract = { issuer: 'https://gitlab.com', subject: 'project_path:g/P', audiences: ['x'], name: 'c' };
    const { status, document } = await inspected(`${tokenOf({ iss: 'https://gitlab.com', sub: 'project_path:g/p', aud: 'x', ...times })}\n\n${JSON.stringify(contract)}\n`);
    const [verdict] = document.items.find((i) => i.kind === 'jwt').verdicts;
    assert.equal(verdict.outcome, 'refuse');
    assert.ok(verdict.checks.some((c) => c.near?.kind === 'case'));
    assert.equal(status, 1);
  },
  'a setup\'s receivers judge the token': async () => {
    const { document } = await inspected(tokenOf({ iss: 'https://gitlab.com', sub: 'project_path:g/p', aud: 'x', ...times }), '--setup', 'federated-agent');
    assert.ok(document.items[0].verdicts.length > 1);
    for (const verdict of document.items[0].verdicts) assert.equal(verdict.outcome, 'refuse');
  },
  'a certificate says how long it lasts and what it is called in assertions': async () => {
    const [file, another] = ['claims-batch', 'another'].map((name) => {
      const path = join(scratchFolder(), `${name}.pem`);
      const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${path}.key`, '-out', path, '-days', '3', '-subj', `/CN=${name}`], { encoding: 'utf8' });
      assert.equal(made.status, 0, made.stderr);
      return path;
    });
    const certificate = new X509Certificate(readFileSync(file));
    const x5t = createHash('sha1').update(certificate.raw).digest('base64url'), x5tS256 = createHash('sha256').update(certificate.raw).digest('base64url');
    const near = new Date(Date.parse(certificate.validFrom) + 3600_000).toISOString().replace(/\.\d+/, ''), far = new Date(Date.parse(certificate.validTo) + 3600_000).toISOString().replace(/\.\d+/, '');
    const [fresh, over] = [await json(['inspect', file, '--now', near]), await json(['inspect', file, '--now', far])];
    const [item] = fresh.document.items;
    assert.equal(item.label, 'Certificate of CN=claims-batch');
    for (const name of [certificate.fingerprint.replaceAll(':', ''), x5t, x5tS256]) assert.ok(item.note.includes(name), `${name} in ${item.note}`);
    assert.equal(fresh.status, 0);
    assert.deepEqual(over.document.findings.map((f) => f.rule), ['SEC-CERT-EXPIRED']);
    const setup = JSON.parse(readFileSync(join(sourceFolder, 'resources/samples/workload-federation.json'), 'utf8'));
    setup.apps.flatMap((a) => a.credentials ?? []).find((c) => c.type === 'certificate').certificate = readFileSync(file, 'utf8');
    const withIt = saved(JSON.stringify(setup));
    const registered = await json(['inspect', file, '--now', near, '--setup', withIt]), foreign = await json(['inspect', another, '--now', near, '--setup', withIt]);
    assert.match(registered.document.items[0].note, /registered as claims-batch-cert/);
    assert.deepEqual(registered.document.findings, []);
    assert.deepEqual(foreign.document.findings.map((f) => f.rule), ['SEC-CERT-NOT-REGISTERED']);
  },
  'a claims challenge says what is wanted, in a header and in an answer': async () => {
    const wanted = { access_token: { nbf: { essential: true, value: '1604106651' }, acrs: { essential: true, values: ['c1'] } } };
    const header = `WWW-Authenticate: Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${Buffer.from(JSON.stringify(wanted)).toString('base64')}"`;
    const answer = JSON.stringify({ error: 'interaction_required', error_description: 'AADSTS50076: second factor', claims: JSON.stringify(wanted) });
    for (const text of [header, answer]) {
      const [item] = (await inspected(text)).document.items;
      const said = item.wrong.join(' ');
      assert.match(said, /issued after 2020-10-31T01:10:51Z/);
      assert.match(said, /authentication context c1/);
    }
  },
  'a private key among the keys to verify with leaked, a shared secret is what HS256 needs (V15)': async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const [key, leaked] of [[privateKey.export({ format: 'jwk' }), true], [publicKey.export({ format: 'jwk' }), false], [{ kty: 'oct', k: part('a shared secret of 32 bytes here') }, false]]) {
      const { document } = await inspected(tokenOf(order), '--keys', saved(JSON.stringify(key)));
      assert.equal(document.findings.some((f) => f.rule === 'SEC-IN-CHANNEL'), leaked, JSON.stringify(key.kty));
      if (leaked) assert.ok(!JSON.stringify(document).includes(key.d));
    }
  },
  'keys that are given decide for the receivers too': async () => {
    const [own, other] = [0, 1].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
    const input = tokenOf(order).split('.').slice(0, 2).join('.');
    const token = `${input}.${sign('sha256', Buffer.from(input), own.privateKey).toString('base64url')}`;
    const keySet = ({ publicKey }) => saved(JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' }] }));
    const setup = receivers({});
    for (const [keys, outcome, signature, exit] of [[[], 'accept', 'warning', 0], [['--keys', keySet(own)], 'accept', 'pass', 0], [['--keys', keySet(other)], 'refuse', 'fail', 1]]) {
      const { status, document } = await inspected(token, '--setup', setup, ...keys);
      const [verdict] = document.items[0].verdicts;
      assert.deepEqual([verdict.receiver, verdict.outcome, verdict.checks.find((c) => c.id === 'signature')?.outcome, status], ['orders-api', outcome, signature, exit]);
    }
  },
  'a key signs for the issuer it is published for, and for no other': async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signed = (claims) => { const input = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${part(claims)}`; return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`; };
    const of = (issuer) => saved({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', issuer }] });
    const any = 'https://login.microsoftonline.com/{tenantid}/v2.0', consumers = any.replace('{tenantid}', '9188040d-6c67-4c5b-b112-36a304b66dad'), v1 = `https://sts.windows.net/${tenant}/`;
    for (const [issuer, claims, verified] of [[v2.iss, v2, 'verified'], [any, v2, 'verified'], [any, { ...v2, iss: v1 }, 'verified'], [undefined, v2, 'verified'], [consumers, v2, 'refused'],
      [consumers, { ...v2, iss: v1 }, 'refused'], [any, { ...v2, tid: '11111111-9b52-4d8e-8c60-2f5e1d9b7a43' }, 'refused'], [any, { ...v2, iss: v1, tid: '11111111-9b52-4d8e-8c60-2f5e1d9b7a43' }, 'refused']]) {
      const { status, document } = await inspected(signed(claims), '--keys', of(issuer), '--issuer', claims.iss, '--audience', v2.aud);
      assert.deepEqual([document.items[0].token.verified, status], [verified, verified === 'verified' ? 0 : 1], `${issuer} for ${claims.iss}`);
    }
    const whole = signed(v2);
    const { status, document } = await inspected(`${whole}.x`, '--keys', of(v2.iss));
    assert.deepEqual([status, document.items[0].token.verified, document.findings.find((f) => f.rule === 'TOK-REFUSED')?.severity], [1, 'refused', 'error']);
  },
  'keys that are no keys verify nothing': async () => {
    for (const keys of [{ keys: [] }, { keys: [{ kty: 'RSA', kid: 'k', n: '', e: 'AQAB' }] }]) {
      const { status, stdout, stderr } = await trustwalk(['inspect', saved(tokenOf(order)), '--keys', saved(keys), '--json']);
      assert.deepEqual([status, stdout, stderr.trim().split('\n').length], [2, '', 1], stderr);
      assert.match(stderr, /no key/i);
    }
  },
  'garbage ends in a finding, never in silence or a crash': async () => {
    for (const text of ['hello world', randomBytes(4000), '{', '{"a":', '[[[[[[', 'eyJ', 'eyJhbGciOiJSUzI1NiJ9.', '<xml', '%%%%=&&&', '\u0000\u0001', 'A'.repeat(200000), `{"a":${'['.repeat(2000)}`]) {
      const { status, document } = await inspected(text);
      assert.ok([0, 1].includes(status), `exit ${status}`);
      assert.ok(document.items.length > 0 && (document.findings.length > 0 || document.items[0].kind !== 'unknown'));
    }
    const empty = await trustwalk(['inspect', saved('\n \n')]);
    assert.equal(empty.status, 2);
    assert.equal(empty.stderr.trim().split('\n').length, 1);
  },
  'a file in UTF-16, as Windows PowerShell writes it, reads like any other': async () => {
    const token = tokenOf({ iss: 'https://gitlab.com', sub: 'project_path:g/p', aud: 'x', ...times });
    for (const text of [Buffer.from(`\ufeff${token}\r\n`, 'utf16le'), Buffer.from(`\ufeff${token}`, 'utf16le').swap16()]) {
      const { document } = await inspected(text);
      assert.equal(document.items[0].kind, 'jwt');
      assert.equal(document.items[0].token.claims.sub, 'project_path:g/p');
    }
  },
  'too little memory ends in words (X25)': async () => {
    const path = saved('');
    truncateSync(path, 2 ** 31); // takes no room on the disk
    const { status, stderr } = spawnSync('prlimit', ['--as=1500000000', program, 'inspect', path], { encoding: 'utf8' });
    assert.equal(status, 3, stderr);
    assert.match(stderr, /not enough memory/);
  },
  'much input is bounded in time': async () => {
    const line = '2026-11-25T12:00:00Z INFO request {"id":1,"user":"x"} done https://example.org/a?b=c\n';
    const began = Date.now();
    const { document } = await inspected(`${line.repeat(60000)}AADSTS65001: consent\n`);
    assert.ok(document.items.some((i) => i.error?.code === 'AADSTS65001'));
    assert.ok(Date.now() - began < 60000, `${Date.now() - began} ms`);
  },
});

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// What `trustwalk inspect` says is the cause: that the text itself speaks for it, that a request's own mistake is named before any
// receiver answers, and that nothing is accused that is as it has to be.

import assert from 'node:assert/strict';
import { json, part, run, scratchFiles, trustwalk } from './lib.mjs';

const saved = scratchFiles();
const now = '2026-11-25T12:00:00Z', at = Date.parse(now) / 1000;
const token = (claims, header = {}, signature = 256) => `${part({ alg: 'RS256', typ: 'JWT', kid: 'k', ...header })}.${part({ iat: at - 60, nbf: at - 60, exp: at + 3000, ...claims })}.${Buffer.alloc(signature, 7).toString('base64url')}`;
const inspected = (text, ...more) => json(['inspect', saved(text), '--now', now, ...more]);

const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43', client = '5b2c8f44-2222-4a52-9d63-7e0f4b8a2d19';
const endpoint = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`;
const graph = token({ iss: `https://sts.windows.net/${tenant}/`, tid: tenant, ver: '1.0', aud: 'https://graph.microsoft.com', sub: 's' });
const mine = token({ iss: `https://login.microsoftonline.com/${tenant}/v2.0`, tid: tenant, ver: '2.0', aud: client, sub: 's', scp: 'access' });
const t1 = token({ iss: `https://login.microsoftonline.com/${tenant}/v2.0`, tid: tenant, ver: '2.0', aud: 'fb60f99c-7a34-4190-8149-302f77469936', sub: `/eid1/c/pub/t/v4j5cvGGr0GRqy180BHbRw/a/9ExAW52n_ky4ZiS_jhpJIQ/${client}` });
const bearerType = 'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const jwtBearer = 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer';

/** text, exit, the rule of a finding, what is said first (wrong and causes), what is not said */
const texts = [
  [`An error occurred (AccessDenied) when calling the ListBuckets operation: User: arn:aws:sts::111122223333:assumed-role/deploy/s is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`, /own permissions do not allow/, /trust policy/],
  ['An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity', /trust policy/],
  [`anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', 'message': 'Authentication failed'}, 'request_id': 'req_1'}`, /Anthropic denied/],
  ['ExpiredTokenException: Token expired: current date/time 1795440000 must be before the expiration date/time 1795430000', /web identity token ended/],
  ['caused by: ExpiredTokenException: Token expired', /web identity token ended/],
  ['The size of mapped attribute google.subject exceeds the 127 bytes limit.', /127 bytes/],
  [JSON.stringify({ error: 'invalid_request', error_description: 'The size of mapped attribute google.subject exceeds the 127 bytes limit.' }), /127 bytes/],
  ['AADSTS90038: Request for tenant redirected', /another cloud/],
  ['AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.', /sign in again/],
  ['AADSTS1002012: The provided value for scope is not valid.', /\/\.default/],
  ['{"error":{"code":"AgentIdentity_CredentialsNotSupported","message":"x"}}', /no credentials of its own/],
  ["AADSTS700213: No matching federated identity record found for presented assertion subject 'repo:contoso@12345/app@998877:ref:refs/heads/main'.", /Subject presented: repo:contoso@12345[^ ]* GitHub's immutable subject/, /managed identity belongs/],
  ["AADSTS700213: No matching federated identity record found for presented assertion subject '7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7'.", /b38d20c4e1f7 A client id stands/, /GitHub/],
  ["AADSTS700212: No matching federated identity record found for presented assertion audience 'fb60f99c-7a34-4190-8149-302f77469936'.", /7469936 The GUID of the exchange audience/, /was asked for another audience/],
  ['{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired."}}', /has ended/, /audience is Graph/],
  [`WWW-Authenticate: Bearer error="invalid_token", error_description="The audience 'https://graph.microsoft.com' is invalid"`, /another audience/],
  [`('Error code invalid_grant: The issuer in ID Token https://gitlab.com/ does not match the expected ones: https://gitlab.com', '{}')`, /./, /gitlab\.com'/],
];

/** a curl line, what is wrong with it; null: nothing is */
const calls = [
  [`curl '${endpoint}?fmi_path=${client}' -d 'grant_type=client_credentials&client_id=${client}&scope=api://AzureADTokenExchange/.default&client_secret=x'`, /fmi_path stands in the address/],
  [`curl ${endpoint} -d '${jwtBearer}&requested_token_use=on_behalf_of&client_id=${client}&client_secret=x&scope=https://graph.microsoft.com/.default&assertion=${graph}'`, /for a Microsoft API/],
  [`curl ${endpoint} -d '${jwtBearer}&requested_token_use=on_behalf_of&client_id=${client}&client_secret=x&scope=https://graph.microsoft.com/.default&assertion=${mine}'`, null],
  [`curl ${endpoint} -d '${jwtBearer}&client_id=${client}&scope=https://graph.microsoft.com/.default&assertion=${t1}'`, /exchange token is sent as assertion/],
  [`curl ${endpoint} -d 'grant_type=client_credentials&client_id=${client}&scope=api://AzureADTokenExchange/.default&${bearerType}&client_assertion=${t1}'`, null],
  [`curl ${endpoint} -d 'grant_type=client_credentials&client_id=${client}&scope=api://AzureADTokenExchange/.default&client_secret=x'`, /without fmi_path/],
  [`curl -H 'Authorization: Bearer ${graph}' https://kv.vault.azure.net/secrets/db`, /meant for another resource/],
  [`curl 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net'`, /Metadata: true/],
  [`curl -H 'Metadata: true' 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://vault.azure.net'`, null],
  [`curl https://api.anthropic.com/v1/oauth/token -d '${jwtBearer}&assertion=${mine}'`, /takes a JSON body/],
];

const said = (item) => [...item.wrong ?? [], ...item.error?.causes ?? [], item.error?.fix].join(' ');
const tests = {};
for (const [i, [text, says, not]] of texts.entries())
  tests[`text ${i}: ${text.slice(0, 60)}`] = async () => {
    const { status, document } = await inspected(text);
    const errors = document.items.filter((item) => item.kind === 'error');
    assert.equal(errors.length, 1, JSON.stringify(document.items.map((item) => item.label)));
    assert.match(said(errors[0]), says);
    if (not) assert.doesNotMatch(said(errors[0]) + JSON.stringify(errors[0].checks ?? []), not);
    assert.equal(status, 1);
  };
for (const [i, [text, says]] of calls.entries())
  tests[`call ${i}: ${says ?? 'nothing is wrong'}`] = async () => {
    const { document } = await inspected(text);
    const item = document.items.find((each) => each.kind === 'url');
    if (says) assert.match((item.wrong ?? []).join(' '), says);
    else assert.deepEqual(item.wrong ?? [], []);
  };

tests['two tokens are two tokens, however they are parted'] = async () => {
  const [a, b] = ['a', 'b'].map((aud) => token({ iss: 'https://gitlab.com', sub: aud, aud }));
  for (const gap of ['\n', ' ', '\r\n', '\n\n']) {
    const { document } = await inspected(a + gap + b);
    assert.deepEqual(document.items.map((item) => [item.kind, item.token.claims.sub]), [['jwt', 'a'], ['jwt', 'b']]);
    assert.ok(!document.findings.some((f) => f.rule === 'AUD-TOKEN-LOGGED'));
  }
};
tests['an expectation by name counts without keys too'] = async () => {
  const text = token({ iss: 'https://gitlab.com', sub: 's', aud: 'a' });
  for (const [more, exit] of [[[], 0], [['--issuer', 'https://gitlab.com'], 0], [['--issuer', 'https://x'], 1], [['--audience', 'b'], 1], [['--alg', 'ES256'], 1]]) {
    const { status, document } = await inspected(text, ...more);
    assert.equal(status, exit, more.join(' '));
    assert.equal(document.findings.some((f) => f.rule === 'TOK-REFUSED'), exit === 1);
  }
  assert.equal((await trustwalk(['inspect', saved(text), '--alg', 'FOO'])).status, 2);
};
tests['an identity assertion is named, and its type is its own'] = async () => {
  const { document } = await inspected(token({ iss: 'https://idp.example', sub: 'u', aud: 'https://as.mcp.example', resource: 'https://mcp.example/mcp', client_id: 'c', jti: '1' }, { typ: 'oauth-id-jag+jwt' }));
  const [item] = document.items;
  assert.match(item.label, /ID-JAG/);
  assert.equal(item.token.principal, 'user');
  assert.ok(!item.checks.some((c) => c.id === 'type' && c.outcome === 'fail'));
};
tests['of an encrypted token nothing is refused'] = async () => {
  const { document } = await inspected(`${part({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.${part('k'.repeat(40))}.${part('iv')}.${part('text')}.${part('tag')}`);
  assert.equal(document.items[0].kind, 'jwe');
  assert.ok(!(document.items[0].checks ?? []).some((c) => c.outcome === 'fail'));
};
tests['a JWT-SVID may leave its issuer out'] = async () => {
  const { document } = await inspected(token({ sub: 'spiffe://td.example/ns/a/sa/b', aud: ['x'] }, { alg: 'ES256' }, 64));
  assert.equal(document.items[0].token.principal, 'externalWorkload');
};
tests['tid and the tenant of iss have to agree'] = async () => {
  const { document } = await inspected(token({ iss: `https://login.microsoftonline.com/${tenant}/v2.0`, tid: client, ver: '2.0', aud: 'x', sub: 's' }));
  assert.match(document.items[0].wrong.join(' '), /tid names the tenant/);
};
tests['a signature that was cut'] = async () => {
  const { document } = await inspected(token({ iss: 'https://gitlab.com', sub: 's', aud: 'a' }, {}, 234));
  assert.match(document.items[0].note, /234 bytes/);
};

await run(tests);

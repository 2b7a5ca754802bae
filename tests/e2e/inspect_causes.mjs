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

const at205 = (presented, expected) => `IDX10205: Issuer validation failed. Issuer: '${presented}'. Did not match: validationParameters.ValidIssuer: '${expected}' or validationParameters.ValidIssuers: 'null'.`;
const inMetadata = (code, inner) => `azure.core.exceptions.HttpResponseError: (${code}) Operation is not allowed.\nCode: ${code}\nMessage: Operation is not allowed.\nInner error: {\n    "code": "${inner}"\n}`;
const oauth = (error, error_description) => JSON.stringify({ error, error_description });
const attribute = 'The given credential is rejected by the attribute condition.', bytes = 'The size of mapped attribute exceeds the 127 bytes limit.';
/** a text, the code that is named, the vendor, the rule, and what is not said */
const told = [
  ['An error occurred (AccessDenied) when calling the ListBuckets operation: Access Denied', 'AccessDenied', 'AWS', 'RUN-REFUSED', /token is good|trust policy/],
  ['<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>', 'AccessDenied', 'AWS', 'RUN-REFUSED', /token is good|trust policy/],
  ['operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: a, api error AccessDenied: denied', 'AccessDenied', 'AWS', 'TR-RULE-SUBJECT'],
  ['An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Access denied', 'AccessDenied', 'AWS', 'TR-RULE-SUBJECT'],
  ['<Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.</Message></Error>', 'AuthenticationFailed', '', 'X-UNKNOWN-CODE', /AWS/],
  ['<Error><Code>NoSuchKey</Code><Message>x</Message><RequestId>1</RequestId><HostId>h</HostId></Error>', 'NoSuchKey', 'AWS', 'X-UNKNOWN-CODE'],
  ['{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}', 'invalid_api_key', '', 'X-UNKNOWN-CODE', /Anthropic|fdrl_/],
  ['{"error":{"message":"x","type":"invalid_request_error","param":null,"code":null}}', 'invalid_request_error', '', 'X-UNKNOWN-CODE', /Anthropic|fdrl_/],
  ['{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: field required"}}', 'invalid_request_error', 'Anthropic', 'RUN-REFUSED', /fdrl_/],
  ['{"error":{"type":"authentication_error","message":"x"}}', 'authentication_error', 'Anthropic', 'RUN-REFUSED'],
  ['{"error":{"code":"Forbidden","message":"nope"}}', 'Forbidden', 'HTTP', 'RUN-REFUSED', /vault/i],
  ['{"error":{"code":"Forbidden","message":"nope","innererror":{"code":"Other"}}}', 'Forbidden', 'Azure Key Vault', 'RUN-REFUSED'],
  [at205('https://evil.example/', 'https://id.tailspin.example'), 'IDX10205', 'Microsoft.IdentityModel', 'RUN-REFUSED', /v1 token meets|requestedAccessTokenVersion/],
  [at205('https://id.tailspin.example/', 'https://id.tailspin.example'), 'IDX10205', 'Microsoft.IdentityModel', 'X-ISS-SLASH'],
  [at205(`https://login.microsoftonline.com/${client}/v2.0`, `https://login.microsoftonline.com/${tenant}/v2.0`), 'IDX10205', 'Microsoft.IdentityModel', 'ID-WRONG-TENANT', /requestedAccessTokenVersion/],
  [at205(`https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/v2.0`), 'IDX10205', 'Microsoft.IdentityModel', 'ID-RESOURCE-APP-V1'],
  ['AADSTS50013: Assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]', 'AADSTS50013', 'Microsoft Entra', 'RUN-REFUSED', /issuer is not this tenant/],
  ['An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com', 'InvalidIdentityToken', 'AWS', 'RUN-REFUSED'],
  ['Sign-in error code\n50105', 'AADSTS50105', 'Microsoft Entra', 'RUN-REFUSED'],
  ['"error_codes":[65001]', 'AADSTS65001', 'Microsoft Entra', 'DEL-CONSENT-MISSING'],
  [inMetadata('Forbidden', 'ForbiddenByRbac'), 'ForbiddenByRbac', 'Azure Key Vault', 'TR-SCOPE-MISSING'],
  [inMetadata('Forbidden', 'SecretDisabled'), 'SecretDisabled', 'Azure Key Vault', 'RUN-REFUSED'],
  ['azure.core.exceptions.ResourceNotFoundError: (SecretNotFound) A secret with (name/id) x was not found in this key vault.\nCode: SecretNotFound', 'SecretNotFound', 'Azure Key Vault', 'RUN-REFUSED'],
  ['\u001b[31mAADSTS65001\u001b[0m: The user or administrator has not consented', 'AADSTS65001', 'Microsoft Entra', 'DEL-CONSENT-MISSING'],
  [bytes, 'google.subject too long', 'Google', 'TR-RULE-SUBJECT'],
  [oauth('invalid_request', bytes), 'invalid_request', 'Google', 'TR-RULE-SUBJECT', /lacks a parameter/],
  [oauth('invalid_grant', bytes), 'invalid_grant', 'Google', 'TR-RULE-SUBJECT'],
  [`Error code unauthorized_client: ${attribute}\n    at x`, 'unauthorized_client', 'Google', 'TR-RULE-SUBJECT'],
  [attribute, 'unauthorized_client', 'Google', 'TR-RULE-SUBJECT'],
];
/** Other programs count their errors too. */
const foreign = ['kernel: error code 50011 in module', 'process exited, error code 65001', 'HTTP error code: 90014', 'az login ok\nE: error code 50013 at sector'];

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
for (const [i, [text, code, vendor, rule, not]] of told.entries())
  tests[`told ${i}: ${code} of ${vendor || 'nobody known'}, ${rule}`] = async () => {
    const { document } = await inspected(text);
    const errors = document.items.filter((item) => item.kind === 'error');
    assert.deepEqual(errors.map((item) => [item.error.code, item.error.vendor]), [[code, vendor]]);
    assert.deepEqual(document.findings.map((f) => f.rule), [rule]);
    if (not) assert.doesNotMatch(errors[0].label + said(errors[0]) + document.findings[0].text, not);
  };
for (const text of foreign)
  tests[`no error of an identity provider: ${text}`] = async () => {
    const { document } = await inspected(text);
    assert.deepEqual(document.items.map((item) => item.kind), ['unknown']);
  };
tests['a secret out of a vault is one'] = async () => {
  const secret = { value: 'Winter2026horse', id: 'https://contoso.vault.azure.net/secrets/db/0123456789', attributes: { enabled: true } };
  const { document } = await inspected(JSON.stringify(secret));
  assert.deepEqual(document.items.map((item) => [item.kind, item.label]), [['secret', 'Secret out of Azure Key Vault: db']]);
  assert.deepEqual(document.findings.map((f) => f.rule), ['SEC-IN-CHANNEL']);
  assert.ok(!JSON.stringify(document).includes(secret.value));
  const { document: other } = await inspected(JSON.stringify({ value: 'x-1234567', id: 'https://api.contoso.example/secrets/db' }));
  assert.ok(!other.items.some((item) => item.kind === 'secret'));
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

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// One archive with a secret in every place where recorders keep them: none comes out of a view or a report again (checklist
// S07, S08). The exchanges themselves do, so that what is not found is hidden and not left out.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const tenant = '6a2f0c1e-1111-4222-8333-0123456789ab';
const authority = `https://login.microsoftonline.com/${tenant}`;
const now = 1764000000;
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { iss: `${authority}/v2.0`, aud: 'api://x', oid: 'o', sub: 's', tid: tenant, ver: '2.0', scp: 'access', iat: now, nbf: now, exp: now + 3600 };
const signed = (header, signature) => `${encode({ alg: 'RS256', typ: 'JWT', kid: 'k', ...header })}.${encode(claims)}.${signature}`;
const claimed = (more) => `${encode({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${encode({ ...claims, ...more })}.c2lnbmF0dXJl`;
const token = signed({}, Buffer.alloc(64, 7).toString('base64url'));
const list = (object) => Object.entries(object).map(([name, value]) => ({ name, value }));

let canaries = 0;
/** Looks like nothing that is known by its shape: what hides it is the place. */
const canary = () => `planted${(canaries += 1)}horse`;

/** place, what stands there of request and response */
const places = [
  ['cookie of a request', (c) => ({ headers: { Cookie: `a=1; sid=${c}` } })],
  ['cookie of a response', (c) => ({ answer: { 'Set-Cookie': `sid=${c}; Path=/; HttpOnly` } })],
  ['second cookie behind a line break', (c) => ({ answer: { 'Set-Cookie': `a=1\nsid=${c}; Path=/` } })],
  ['second cookie behind a comma', (c) => ({ answer: { 'Set-Cookie': `a=1; Path=/, sid=${c}; Path=/` } })],
  ['key of an API', (c) => ({ headers: { 'x-api-key': c } })],
  ['signature of an address', (c) => ({ query: `?sv=1&sig=${c}` })],
  ['password of an address', (c) => ({ answer: { Location: `https://me:${c}@h.example/` } })],
  ['name in an address', (c) => ({ answer: { Location: `https://${c}@h.example/` } })],
  ['code in a fragment', (c) => ({ answer: { Location: `https://app.example/cb#code=${c}&state=s` } })],
  ['form', (c) => ({ sent: ['application/x-www-form-urlencoded', `client_secret=${c}&a=b`] })],
  ['form of several parts', (c) => ({ sent: ['multipart/form-data; boundary=X', `--X\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${c}\r\n--X--\r\n`] })],
  ['member', (c) => ({ body: { refresh_token: c } })],
  ['secret that Graph has made', (c) => ({ body: { secretText: c, hint: 'pla' } })],
  ['secret that AWS keeps', (c) => ({ body: { Name: 'db', SecretString: c } })],
  ['credentials of AWS', (c) => ({ body: { Credentials: { SecretAccessKey: c } } })],
  ['code for a device', (c) => ({ body: { user_code: c, interval: 5 } })],
  ['object in a list of secrets', (c) => ({ body: { client_secret: ['x', { a: c }] } })],
  ['list of tokens', (c) => ({ body: { tokens: [c], max_tokens: 5 } })],
  ['map of secrets', (c) => ({ body: { secrets: { db: c } } })],
  ['setting of a name and a value', (c) => ({ body: [{ name: 'AZURE_CLIENT_SECRET', value: c, slotSetting: false }] })],
  ['key of an account', (c) => ({ body: { keys: [{ keyName: 'key1', value: `aB3${c}9xY7zW5`, permissions: 'FULL' }] } })],
  ['text field of a page', (c) => ({ text: ['text/html', `<form><textarea name=access_token>${c}</textarea></form>`] })],
  ['variable of a shell', (c) => ({ text: ['text/plain', `$env:CLIENT_SECRET = "${c}"\n`] })],
  ['option of a command', (c) => ({ text: ['text/plain', `az login --client-secret ${c} --tenant t\n`] })],
  ['token in a claim', (c) => ({ body: { access_token: claimed({ idp_access_token: c }) } })],
  ['JSON in a text', (c) => ({ body: { body: JSON.stringify({ password: c }) } })],
  ['XML', (c) => ({ text: ['text/xml', `<r><SecretAccessKey>${c}</SecretAccessKey></r>`] })],
  ['character data of XML', (c) => ({ text: ['text/xml', `<r><client_secret><![CDATA[${c}]]></client_secret></r>`] })],
  ['attribute of XML', (c) => ({ text: ['text/xml', `<r><b name="client_secret" value="${c}"/></r>`] })],
  ['hidden field of a page', (c) => ({ text: ['text/html', `<form><input type="hidden" name="SAMLResponse" value="${c}"/></form>`] })],
  ['private key of a key set', (c) => ({ body: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: c }] } })],
  ['signature of a token', (c) => ({ body: { x: signed({}, c) } })],
  ['private key in the header of a token', (c) => ({ body: { access_token: signed({ jwk: { kty: 'oct', k: c } }, 'c2lnbmF0dXJl') } })],
].map(([name, make]) => {
  const value = canary();
  return { name, value, ...make(value) };
});

const entries = places.map(({ headers = {}, answer = {}, query = '', sent, body, text }, i) => ({
  startedDateTime: new Date((now + i) * 1000).toISOString(), time: 10, cache: {}, timings: { send: 0, wait: 9, receive: 1 },
  request: { method: sent ? 'POST' : 'GET', url: `https://api.contoso.example/items/${i}${query}`, httpVersion: 'HTTP/2', headers: list({ Authorization: `Bearer ${token}`, ...headers }),
    queryString: [], cookies: [], headersSize: -1, bodySize: 0, ...(sent ? { postData: { mimeType: sent[0], text: sent[1] } } : {}) },
  response: { status: 200, statusText: '', httpVersion: 'HTTP/2', headers: list(answer), cookies: [], redirectURL: '', headersSize: -1, bodySize: -1,
    content: { size: 100, mimeType: text?.[0] ?? 'application/json', text: text?.[1] ?? JSON.stringify(body ?? {}) } },
}));
const file = join(folder, 'planted.har');
writeFileSync(file, JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, entries } }));

function assertNowhere(text, where) {
  const spellings = (value) => [value, Buffer.from(value).toString('base64').replace(/=+$/, ''), Buffer.from(value).toString('hex')];
  const found = places.filter(({ value }) => spellings(value).some((spelling) => text.includes(spelling))).map(({ name }) => name);
  assert.deepEqual(found, [], where);
  for (const [, ...parts] of text.matchAll(/(eyJ[\w-]+)\.([\w-]+)\./g))
    for (const part of parts) assertNowhere(Buffer.from(part, 'base64url').toString(), `a token in ${where}`);
}

const tests = {
  'every exchange is looked at': async () => {
    const { document } = await json(['inspect', file]);
    assert.equal(document.run.steps.length, places.length);
    assertNowhere(JSON.stringify(document), 'inspect --json');
  },
  'inspect, in words': async () => assertNowhere((await trustwalk(['inspect', file])).stdout, 'inspect'),
};
for (const form of ['html', 'md', 'mermaid', 'svg', 'json', 'sarif', 'bundle'])
  tests[`report --as ${form}`] = async () => {
    const target = join(folder, `out.${form}`);
    const { status, stderr } = await trustwalk(['report', file, '--as', form, '-o', target]);
    assert.equal(status, 0, stderr);
    assertNowhere(readFileSync(target, 'utf8'), form);
  };

await run(tests);

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk match` on protected-resource metadata as it is served (RFC 9728): each near miss by its name, and the exit code.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, requirePackage, run, scratchFolder, trustwalk } from './lib.mjs';

const { SignJWT, generateSecret } = requirePackage('jose');
const key = await generateSecret('HS256');
const folder = scratchFolder();
const now = '2026-11-25T12:00:00Z';
const seconds = Date.parse(now) / 1000;

const metadata = {
  resource: 'https://toys.tailspin.example/tools', authorization_servers: ['https://id.tailspin.example'],
  scopes_supported: ['toys.read'], bearer_methods_supported: ['header'],
};
const good = { iss: 'https://id.tailspin.example', aud: metadata.resource, sub: 'alice', scope: 'toys.read', iat: seconds - 10, exp: seconds + 600 };

let count = 0;
function file(text) {
  const path = join(folder, `file-${++count}`);
  writeFileSync(path, text);
  return path;
}

async function match(claims, contract = metadata) {
  const token = await new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'k' }).sign(key);
  return json(['match', file(token), file(JSON.stringify(contract)), '--now', now]);
}

/** claims that differ, what fails, the near miss: RFC 8707 2 and RFC 9728 3.3 compare letter by letter. */
const rows = {
  'a closing slash': [{ aud: `${metadata.resource}/` }, 'audience', 'trailingSlash'],
  'http for https': [{ aud: 'http://toys.tailspin.example/tools' }, 'audience', 'scheme'],
  'a port': [{ aud: 'https://toys.tailspin.example:8443/tools' }, 'audience', 'port'],
  'another case': [{ aud: 'https://toys.tailspin.example/Tools' }, 'audience', 'case'],
  'the origin alone': [{ aud: 'https://toys.tailspin.example' }, 'audience', 'prefixOnly'],
  'two slashes': [{ aud: 'https://toys.tailspin.example//tools' }, 'audience', 'doubleSlash'],
  'a blank': [{ aud: `${metadata.resource} ` }, 'audience', 'whitespace'],
  'another audience': [{ aud: 'api://elsewhere' }, 'audience', undefined],
  'an issuer with a slash': [{ iss: 'https://id.tailspin.example/' }, 'issuer', 'trailingSlash'],
  'another issuer': [{ iss: 'https://id.elsewhere.example' }, 'issuer', undefined],
  'an ended token': [{ exp: seconds - 4000 }, 'lifetime.exp', undefined],
};

const tests = {
  'what fits is accepted': async () => {
    const { status, document } = await match({});
    assert.equal(document.outcome, 'accept', JSON.stringify(document));
    assert.equal(status, 0);
  },

  'a GUID where the URI made of it is the resource': async () => {
    const guid = '0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19';
    const { document } = await match({ aud: guid }, { ...metadata, resource: `api://${guid}` });
    const [failed] = document.checks.filter((check) => check.outcome === 'fail');
    assert.equal(failed.near.kind, 'guidUriTwin');
  },

  'version 1 and version 2 of a tenant': async () => {
    const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43';
    const { document } = await match({ iss: `https://sts.windows.net/${tenant}/`, tid: tenant },
      { ...metadata, authorization_servers: [`https://login.microsoftonline.com/${tenant}/v2.0`] });
    const [failed] = document.checks.filter((check) => check.outcome === 'fail');
    assert.equal(failed.id, 'issuer');
    assert.equal(failed.near.kind, 'v1v2Issuer');
  },

  'a file that cannot be read says where': async () => {
    const { status, stderr } = await trustwalk(['match', file('eyJhbGciOiJub25lIn0.e30.'), file('{"resource": "x", "authorization_servers": [3]}')]);
    assert.equal(status, 2);
    assert.match(stderr, /authorization_servers\/0/);
  },
};
for (const [name, [claims, failing, near]] of Object.entries(rows))
  tests[name] = async () => {
    const { status, document } = await match(claims);
    assert.equal(status, 1);
    assert.equal(document.outcome, 'refuse');
    const failed = document.checks.filter((check) => check.outcome === 'fail');
    assert.deepEqual(failed.map((check) => check.id), [failing]);
    assert.equal(failed[0].near?.kind, near);
    assert.ok(failed[0].fix, 'says what to do');
  };

await run(tests);

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Live, against a provider that signs in well and then answers with something else than it has to: id tokens (checklist V06, X22),
// token answers (X06, V08), keys (V04, V13, X02), answers in the browser (C09, C13) and addresses (C17). Near each stands what is
// right all the same.

import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { addressCatcher } from './chromium.mjs';
import { later, part, run, scratchFiles, start, testsFolder } from './lib.mjs';

const scratch = scratchFiles();
const setup = JSON.parse(readFileSync(join(testsFolder, 'data/setups/any-issuer.json'), 'utf8'));
const client = setup.providers[0].clientId;
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const own = newKey(), foreign = newKey();
const jwk = (kid) => ({ ...own.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });

function signed(claims, { key = own, kid = 'k1' } = {}) {
  const input = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}
const now = () => Math.floor(Date.now() / 1000);
const without = (object, ...names) => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/**
 * What a case changes: `claims` of the id token, its `key` and `kid`, `answer(text, members)` of the token endpoint, `jwks(response)`,
 * `metadata`, `callback` parameters, the browser's `host`, and `edit` of the setup.
 */
function provider(change) {
  let nonce = '';
  const seen = { requests: [] };
  const server = http.createServer((request, response) => {
    const issuer = `http://127.0.0.1:${server.address().port}`;
    const path = new URL(request.url, issuer).pathname;
    seen.requests.push({ path, authorization: request.headers.authorization });
    const json = (body, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
    if (path === '/.well-known/openid-configuration')
      return json({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, ...change.metadata?.(issuer) });
    if (path === '/jwks') return change.jwks ? change.jwks(response, json) : json({ keys: [jwk('k1')] });
    if (path === '/token') {
      const claims = { iss: issuer, aud: client, sub: 'u', iat: now(), exp: now() + 600, nonce };
      const members = {
        access_token: signed({ iss: issuer, aud: 'api', sub: 'u', iat: now(), exp: now() + 600 }), token_type: 'Bearer', expires_in: 600,
        id_token: signed(change.claims?.(claims) ?? claims, change),
      };
      return json(change.answer?.(members) ?? members);
    }
    return json({ ok: true });
  });
  later(() => { server.close(); server.closeAllConnections(); });
  return { server, seen, note: (value) => (nonce = value) };
}

/** What the person's browser does: it comes back to the address of the request. */
function comesBack(address, { callback = (good) => good, host }) {
  const asked = new URL(address).searchParams;
  const back = new URL(asked.get('redirect_uri'));
  back.search = new URLSearchParams(callback({ code: 'c', state: asked.get('state') }));
  return new Promise((resolve, reject) => {
    const headers = host ? { host: host(back.port) } : {};
    http.get({ host: '127.0.0.1', port: back.port, path: back.pathname + back.search, headers }, (response) => response.resume().on('end', () => resolve(response.statusCode))).on('error', reject);
  });
}

async function walked(change) {
  const { server, seen, note } = provider(change);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const walk = structuredClone(setup);
  walk.providers[0].issuer = `http://127.0.0.1:${server.address().port}`;
  change.edit?.(walk, walk.providers[0].issuer);
  const catcher = addressCatcher();
  const program = start(['walk', scratch(walk), '--against', 'live', '--json', '--wait', change.wait ?? '60'], { input: '', env: catcher.env });
  if (!change.unopened) {
    const address = await catcher.address(program);
    note(new URL(address).searchParams.get('nonce'));
    await comesBack(address, change);
  }
  const { status, stdout, stderr } = await program.done;
  const document = JSON.parse(stdout);
  const said = JSON.stringify([document.steps.map(({ error, clientChecks }) => [error, clientChecks]), document.findings]).replaceAll('\\"', '"');
  return { status, document, said, stderr, seen };
}

const claims = (change) => ({ claims: (good) => ({ ...good, ...change }) });
const lacking = (...names) => ({ claims: (good) => without(good, ...names) });
const answers = (change) => ({ answer: (good) => ({ ...good, ...change }) });
const replies = (body, status) => ({ jwks: (response, json) => json(body, status) });
const cut = {
  jwks: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(JSON.stringify({ keys: [jwk('k1')] }), () => response.destroy());
  },
};
const twice = (good) => JSON.stringify(good).replace('{', '{"access_token":"first",');
/** An API behind the sign-in, of which the setup knows the audience alone. */
const callsApi = (audience) => (walk, issuer) => {
  walk.targets = [{ name: 'api', kind: 'api', displayName: 'API', url: issuer, validAudiences: [audience] }];
  walk.flows[0].target = 'api';
};

/** name: what is changed, exit status, rule and words of a finding */
const cases = {
  // id tokens
  'nothing is wrong': [{}, 0],
  'aud is a list of one': [claims({ aud: [client] }), 0],
  'aud is a list of two, azp is the client': [claims({ aud: [client, 'x'], azp: client }), 0],
  'aud is a list of two without azp': [claims({ aud: [client, 'x'] }), 1, 'RUN-ANSWER-MISMATCH', /Authorized party/],
  'aud is another': [claims({ aud: ['x'] }), 1, 'RUN-ANSWER-MISMATCH', /Audience of the id token/],
  'azp is another': [claims({ azp: 'other' }), 1, 'RUN-ANSWER-MISMATCH', /Authorized party/],
  'the id token ended': [claims({ exp: 1000 }), 1, 'X-CLOCK-SKEW', /End of the id token/],
  'the id token never ends': [lacking('exp'), 1, 'RUN-ANSWER-MISMATCH', /End of the id token/],
  'exp is a text': [claims({ exp: String(now() + 900) }), 1, 'RUN-ANSWER-MISMATCH', /End of the id token/],
  'nbf is to come': [claims({ nbf: now() + 9999 }), 1, 'X-CLOCK-SKEW', /Begin of the id token/],
  'iat is to come': [claims({ iat: now() + 9999, exp: now() + 19999 }), 1, 'X-CLOCK-SKEW', /Issue of the id token/],
  'nobody is its subject': [lacking('sub'), 1, 'RUN-ANSWER-MISMATCH', /Subject of the id token/],
  // token answers
  'a number for a token': [answers({ access_token: 5 }), 1, 'RUN-ANSWER-MISMATCH', /a number/],
  'two access tokens': [{ answer: twice }, 1, 'RUN-ANSWER-MISMATCH', /2 of them/],
  'no token_type': [{ answer: (good) => without(good, 'token_type') }, 1, 'RUN-ANSWER-MISMATCH', /Type of the token/],
  'token_type DPoP': [answers({ token_type: 'DPoP' }), 1, 'RUN-ANSWER-MISMATCH', /Type of the token/],
  'token_type in lower case': [answers({ token_type: 'bearer' }), 0],
  'a token and an error': [answers({ error: 'x' }), 1, 'RUN-ANSWER-MISMATCH', /a token and an error/],
  // keys
  'signed by somebody else': [{ key: foreign }, 1, 'TOK-SIGNATURE', /does not hold/],
  'a key that is not published': [{ kid: 'zz' }, 1, 'TOK-SIGNATURE', /no such key/],
  'no keys: 404': [replies('{}', 404), 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: 500': [replies('{}', 500), 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: a page': [replies('<html>'), 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: an empty set': [replies({ keys: [] }), 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: garbage': [replies({ keys: [1, null, { kty: 'RSA' }] }), 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: half a set': [cut, 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: an address that is not asked': [{ metadata: () => ({ jwks_uri: 'http://evil.test/j' }) }, 1, 'TOK-SIGNATURE', /could not be checked/],
  'no keys: a file': [{ metadata: () => ({ jwks_uri: 'file:///etc/passwd' }) }, 1, 'TOK-SIGNATURE', /could not be checked/],
  // the browser's answer
  'another state': [{ wait: '3', callback: (good) => ({ ...good, state: 'x' }) }, 1, 'RUN-NOT-SENT', /state` is not the one sent/],
  'no state': [{ wait: '3', callback: (good) => without(good, 'state') }, 1, 'RUN-NOT-SENT', /has no `state`/],
  'a code and an error': [{ wait: '3', callback: (good) => ({ ...good, error: 'e' }) }, 1, 'RUN-NOT-SENT', /a code and an error at once/],
  'by another name of this computer': [{ wait: '3', host: (port) => `localhost:${port}` }, 1, 'RUN-NOT-SENT', /No answer came/],
  // addresses
  'a fragment in the sign-in address': [{ unopened: true, metadata: (issuer) => ({ authorization_endpoint: `${issuer}/authorize#x` }) }, 1, 'RUN-NOT-SENT', /fragment/],
  'a name in the sign-in address': [{ unopened: true, metadata: (issuer) => ({ authorization_endpoint: issuer.replace('//', '//a:b@') }) }, 1, 'RUN-NOT-SENT', /name before its host/],
  // predictions of what the setup does not know
  'an API without a list of issuers': [{ edit: callsApi('api') }, 0],
  'an opaque token for an API': [{ edit: callsApi('api'), ...answers({ access_token: 'ory_at_Xq1Zb3vC8nM2kL5pR7sT' }) }, 0],
};

const tests = {};
for (const [name, [change, exit, rule, words]] of Object.entries(cases)) {
  tests[name] = async () => {
    const { status, document, said, stderr } = await walked(change);
    assert.equal(status, exit, `${said}\n${stderr}`);
    if (!rule) {
      assert.deepEqual(document.findings.filter(({ severity }) => severity !== 'info'), [], said);
      return assert.equal(document.result, 'accepted');
    }
    const found = document.findings.find((finding) => finding.rule === rule) ?? assert.fail(`no ${rule}: ${said}`);
    assert.equal(found.severity, 'error');
    assert.match(`${found.title}\n${found.text}`, words);
    assert.ok(!said.includes('a:b@'), 'no name and password of an address');
  };
}
await run(tests, { atOnce: 2 });

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Live, against providers that are broken in one way each (checklist X01 to X08, C06, C17 to C19, C21): every walk ends by itself,
// says what failed and whose side it is on, and uses nothing of an answer that is none.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { json, later, run, scratchFolder, testsFolder } from './lib.mjs';
import { makeCertificates } from './provider.mjs';

const good = makeCertificates();
const setup = JSON.parse(readFileSync(join(testsFolder, 'data/setups/any-issuer.json'), 'utf8'));

async function listening(server) {
  server.on('error', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(() => { server.close(); server.closeAllConnections?.(); });
  return server.address().port;
}

/** Walks against whatever listens there; gives exit status, run document and how often it was asked. */
async function walked(port, caFile) {
  const own = structuredClone(setup);
  own.providers[0].issuer = `https://127.0.0.1:${port}`;
  const file = join(scratchFolder(), 'setup.json');
  writeFileSync(file, JSON.stringify(own));
  return json(['walk', file, '--against', 'live', '--ca', caFile, '--wait', '5']);
}

/** A provider over TLS that answers every request with `answer(request, response, issuer)`. */
async function provider(answer, certificates = good, options = {}, trusted = certificates.caFile) {
  const seen = { requests: 0 };
  const server = https.createServer({ ...certificates, ...options }, (request, response) => {
    seen.requests += 1;
    answer(request, response, `https://127.0.0.1:${server.address().port}`);
  });
  return { ...(await walked(await listening(server), trusted)), seen };
}
const sends = (body, status = 200, headers = {}) => (request, response) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
const metadata = (change) => (request, response, issuer) =>
  sends(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t`, jwks_uri: `${issuer}/k`, ...change(issuer) }))(request, response);
/** Bytes that are written once a client has spoken, with or without TLS below them. */
async function raw(bytes, secure) {
  const speak = (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  };
  return walked(await listening(secure ? tls.createServer(good, speak) : net.createServer(speak)), good.caFile);
}
function endless(request, response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = Buffer.alloc(1 << 16, 32);
  const go = () => { while (response.write(more)); response.once('drain', go); };
  go();
}

/** name: [walk, exit status, what is said, requests that arrived] */
const cases = {
  'nobody listens': [() => walked(1, good.caFile), 3, /Nothing listens on 127\.0\.0\.1:1/],
  'the certificate is of nobody known': [() => provider(sends('{}'), makeCertificates(), {}, good.caFile), 3, /comes from "Test authority", which this computer does not trust/, 0],
  'the certificate has ended': [() => provider(sends('{}'), makeCertificates({ days: '-1' })), 3, /the certificate of 127\.0\.0\.1 ended on/, 0],
  'the certificate is made for another name': [() => provider(sends('{}'), makeCertificates({ names: 'DNS:other.example' })), 3, /made for other\.example, and not for 127\.0\.0\.1/, 0],
  'TLS 1.1 is all it speaks': [() => provider(sends('{}'), good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }), 3, /no TLS version and cipher in common/, 0],
  'the handshake is cut off': [() => raw('', false), 3, /broke off while TLS was being set up/],
  'it speaks no TLS': [() => raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', false), 3, /answers without TLS/],
  'an empty answer': [() => provider(sends('')), 1, /not a JSON object/, 1],
  'a page instead of JSON': [() => provider(sends('<html>sign in here</html>', 200, { 'content-type': 'text/html' })), 1, /not a JSON object/, 1],
  'a list instead of an object': [() => provider(sends('[1,2]')), 1, /not a JSON object/, 1],
  'less than was announced': [() => raw('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"issuer":"https://127.0.0.1', true), 3, /ended in the middle/],
  'an answer without end': [() => provider(endless), 3, /longer than the limit/, 1],
  'a redirect to itself': [() => provider((request, response) => response.writeHead(302, { location: request.url }).end()), 1, /answered 302 and points to .*is not sent on/, 1],
  'busy, and again, and again': [() => provider(sends('{}', 503, { 'retry-after': '0' })), 1, /answered 503: the fault is on its side/, 3],
  'busy for an hour': [() => provider(sends('{}', 503, { 'retry-after': '3600' })), 1, /answered 503: the fault is on its side/, 1],
  'another issuer, by a slash': [() => provider(metadata((issuer) => ({ issuer: `${issuer}/` }))), 1, /Issuer of the metadata/, 1],
  'PKCE by plain alone': [() => provider(metadata(() => ({ code_challenge_methods_supported: ['plain'] }))), 1, /PKCE with S256/, 1],
  'a script for a sign-in address': [() => provider(metadata(() => ({ authorization_endpoint: 'javascript:alert(1)' }))), 1, /not https\. It is not opened/, 1],
};

const tests = {};
for (const [name, [walk, exit, words, requests]] of Object.entries(cases)) {
  tests[name] = async () => {
    const { status, document, seen } = await walk();
    assert.equal(status, exit);
    const said = JSON.stringify([document.steps.map(({ error, observed, clientChecks }) => [error, observed, clientChecks]), document.findings]).replaceAll('\\"', '"');
    assert.match(said, words);
    if (requests !== undefined) assert.equal(seen.requests, requests, 'requests');
    assert.ok(!document.steps.some(({ tokens }) => tokens.length), 'no token of an answer that is none');
    // What could not be read is not said to hold a wrong value as well.
    if (/JSON object|middle|limit/.test(words.source)) assert.doesNotMatch(said, /RUN-ANSWER-MISMATCH/);
  };
}
await run(tests);

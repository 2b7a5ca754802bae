// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// genhar.mjs FOLDER [huge]: HAR files for the import goals. Entries look like a browser's: about 10 kB each, most of them pages, scripts and
// pictures, every fifth a call with a bearer token. Built piece by piece; no file is held in memory.
//
//   tokens.har   100 MB   as described          plain.har   100 MB   the same, with opaque bearers of equal length
//   big.har      500 MB   as tokens.har         body.har    one entry whose answer is 400 MB of base64
//   small.har    ten entries: what a process needs anyway
//   refresh.har  1,000 token requests with three tokens each
//   huge.har     2 GB, as tokens.har; this one alone, and only when asked for

import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

const [folder, kind] = process.argv.slice(2);
const hex = (text) => createHash('sha256').update(text).digest('hex');
const filler = (seed, length) => hex(String(seed)).repeat(Math.ceil(length / 64)).slice(0, length);
const b64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

const mark = 'signatur'; // what makes one token another
function token(i) {
  const claims = { iss: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0', aud: 'api://orders',
    sub: filler(`s${i}`, 36), oid: filler(`o${i}`, 36), tid: '11111111-1111-4111-8111-111111111111', azp: filler(`a${i}`, 36),
    ver: '2.0', iat: 1796000000, nbf: 1796000000, exp: 1796003600, roles: ['Orders.Read', 'Orders.Write'], uti: filler(`u${i}`, 22) };
  return `${b64({ alg: 'RS256', typ: 'JWT', kid: 'k1' })}.${b64(claims)}.${mark}${Buffer.from(filler(`g${i}`, 256)).toString('base64url')}`;
}

const kinds = [
  ['text/html; charset=utf-8', 9000], ['application/javascript', 14000], ['image/png', 12000], ['text/css', 6000],
  ['application/json', 3000],
];

/** Full of escapes, as such texts are. */
function textOf(mime, i, lines) {
  const line = `{"line":"${filler(`c${i}`, 40)}\\n"}`;
  return mime === 'application/json' ? `{"lines":[${Array(lines).fill(line).join(',')}]}` : line.repeat(lines);
}

function entry(i, withToken) {
  const [mime, size] = kinds[i % kinds.length];
  const headers = ['accept', 'accept-encoding', 'accept-language', 'cache-control', 'referer', 'user-agent', 'sec-fetch-mode', 'cookie']
    .map((name) => ({ name, value: filler(name + i, 60) }));
  if (i % 5 === 4) {
    const bearer = token(i);
    headers.push({ name: 'Authorization', value: `Bearer ${withToken ? bearer : filler(`b${i}`, bearer.length)}` });
  }
  return {
    startedDateTime: new Date(1796000000000 + i * 37).toISOString(), time: 20 + (i % 90),
    request: { method: 'GET', url: `https://shop.example/${mime.split('/')[0]}/${i}?v=${filler(i, 12)}`, httpVersion: 'HTTP/2', cookies: [],
      headers, queryString: [{ name: 'v', value: filler(i, 12) }], headersSize: -1, bodySize: 0 },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/2', cookies: [],
      headers: [{ name: 'Content-Type', value: mime }, { name: 'Date', value: 'Wed, 25 Nov 2026 10:00:00 GMT' }], redirectURL: '',
      content: { size, mimeType: mime, text: textOf(mime, i, Math.floor(size / 52)) }, headersSize: -1, bodySize: size },
    cache: {}, timings: { send: 1, wait: 15, receive: 4 },
  };
}

function write(name, pieces) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, '{"log":{"version":"1.2","creator":{"name":"genhar","version":"1"},"pages":[],"entries":[\n');
  let first = true;
  for (const piece of pieces) {
    writeSync(file, (first ? '' : ',\n') + piece);
    first = false;
  }
  writeSync(file, ']}}\n');
  closeSync(file);
  return statSync(path).size;
}

function* entries(bytes, withToken, block = 400) {
  // A block of entries is made once and written again with another address and signature: making them must not take minutes.
  const made = Array.from({ length: block }, (_, i) => JSON.stringify(entry(i, withToken)));
  let written = 0;
  for (let i = 0; written < bytes; ++i) {
    const text = made[i % block].replace('?v=', `?n=${i}&v=`).replace(mark, i.toString(36).padStart(mark.length, '0'));
    written += text.length + 2;
    yield text;
  }
}

function* hugeBody() {
  const shell = JSON.stringify({ ...entry(0, false), response: { ...entry(0, false).response,
    content: { size: 300e6, mimeType: 'application/octet-stream', encoding: 'base64', text: '@' } } });
  const [before, after] = shell.split('@');
  const chunk = Buffer.from(filler('body', 1e6)).toString('base64').slice(0, 1e6);
  yield before + chunk.repeat(400) + after;
}

/** A refresh by a client with an assertion: three tokens an exchange. */
function* refreshes(count) {
  const headers = (type) => [{ name: 'Content-Type', value: type }];
  for (let i = 0; i < count; ++i) {
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: filler(`a${i}`, 36), refresh_token: `1.AX.${filler(`r${i}`, 300)}`,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: token(3 * i), scope: 'api://orders/.default openid' });
    yield JSON.stringify({
      startedDateTime: new Date(1796000000000 + i * 900).toISOString(), time: 40,
      request: { method: 'POST', url: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/oauth2/v2.0/token', httpVersion: 'HTTP/1.1', cookies: [],
        headers: headers('application/x-www-form-urlencoded'), queryString: [], headersSize: -1, bodySize: -1,
        postData: { mimeType: 'application/x-www-form-urlencoded', text: form.toString() } },
      response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', cookies: [], headers: headers('application/json; charset=utf-8'), redirectURL: '',
        content: { size: 3000, mimeType: 'application/json', text: JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: token(3 * i + 1), id_token: token(3 * i + 2) }) },
        headersSize: -1, bodySize: -1 },
      cache: {}, timings: { send: 1, wait: 35, receive: 4 },
    });
  }
}

if (kind === 'huge') {
  write('huge.har', entries(2e9, true));
} else {
  write('refresh.har', refreshes(1000));
  write('small.har', entries(1e5, true, 10));
  write('tokens.har', entries(100e6, true));
  write('plain.har', entries(100e6, false));
  write('big.har', entries(500e6, true));
  write('body.har', hugeBody());
}

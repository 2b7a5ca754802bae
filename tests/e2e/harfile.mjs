// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// HTTP archives for tests, entry by entry.

export const now = 1764000000;
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const token = (claims) => `${encode({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${encode(claims)}.${Buffer.alloc(64, 7).toString('base64url')}`;

export function entry(method, url, status, { form, body = '', headers = {}, answer = {}, type = 'application/json', at = 0, size } = {}) {
  const list = (object) => Object.entries(object).map(([name, value]) => ({ name, value }));
  const request = { method, url, httpVersion: 'HTTP/2', headers: list(headers), queryString: [], cookies: [], headersSize: -1, bodySize: 0 };
  if (form) request.postData = { mimeType: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const content = { size: size ?? text.length, mimeType: type, ...(text ? { text } : {}) };
  return { startedDateTime: new Date((now + at) * 1000).toISOString(), time: 10, request, cache: {}, timings: { send: 0, wait: 9, receive: 1 },
    response: { status, statusText: '', httpVersion: 'HTTP/2', headers: list(answer), cookies: [], content, redirectURL: '', headersSize: -1, bodySize: -1 } };
}

export const archive = (entries, more = {}) => JSON.stringify({ log: { version: '1.2', creator: { name: 'test', version: '1' }, ...more, entries } });

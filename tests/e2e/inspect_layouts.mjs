// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Tokens as others lay them out, wrap them and paste them, and keys that cannot be used.

import assert from 'node:assert/strict';
import { json, part, run, scratchFiles, trustwalk } from './lib.mjs';

const saved = scratchFiles();
const now = '2026-11-25T12:00:00Z';
const at = Date.parse(now) / 1000;
const times = { iat: at - 60, nbf: at - 60, exp: at + 3000 };
const inspected = (text, ...more) => json(['inspect', saved(text), '--now', now, ...more]);
const tokenOf = (claims) => [part({ alg: 'RS256', kid: 'k' }), part(claims), part('a signature that is not looked at')].join('.');

// How a header may be laid out (RFC 7515, 4); the token begins with other letters then.
const layouts = ['{\r\n  "alg": "RS256"\r\n}', '{\n\t"alg": "RS256"}', '{ "alg": "RS256", "kid": "k" }', '{\t"alg":"RS256","kid":"key-of-today"}'];
const wordsWithDots = ['ewrnetwork-core-router-01.corp.contoso.example', 'ewokvillagebuildingcompany.forest.endor.example'];

await run({
  'a token with a header of any layout is read, wherever it stands': async () => {
    for (const header of layouts) {
      const token = [part(header), part({ iss: 'https://gitlab.com', sub: 's', aud: 'x', ...times }), part('sig')].join('.');
      for (const text of [token, `Authorization: Bearer ${token}`, JSON.stringify({ access_token: token, token_type: 'Bearer' }), `failed with ${token} at last`]) {
        const { document } = await inspected(text);
        const [item] = document.items.filter((each) => each.kind === 'jwt');
        assert.ok(item, `${text}: ${document.items.map((each) => `${each.kind} ${each.label}`)}`);
        assert.equal(item.token.claims.iss, 'https://gitlab.com');
      }
    }
    for (const word of wordsWithDots) {
      const { document } = await inspected(`host ${word} is down`);
      assert.ok(document.items.every((each) => each.kind !== 'jwt'), word);
    }
  },

  'bytes that are no UTF-8 are said, and the answer is one JSON document': async () => {
    const payload = Buffer.concat([Buffer.from('{"iss":"https://a'), Buffer.from([0xff]), Buffer.from(`.example","exp":${times.exp}}`)]).toString('base64url');
    const { stdout } = await trustwalk(['inspect', saved([part({ alg: 'RS256' }), payload, part('s')].join('.')), '--json', '--now', now]);
    assert.ok(!stdout.includes('\ufffd\ufffd'));
    const { token } = JSON.parse(stdout).items[0];
    assert.equal(token.claims.iss, 'https://a\ufffd.example');
    assert.ok(token.problems.length > 0);
  },

  'a key that could not be read is named where it is missed': async () => {
    const token = saved(tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', ...times }));
    const keys = saved(JSON.stringify({ keys: [{ kty: 'EC', crv: 'secp256k1', kid: 'k', x: 'x', y: 'y' }, { kty: 'RSA', kid: 'other', n: Buffer.alloc(256, 0xaf).toString('base64url'), e: 'AQAB' }] }));
    const { status, document } = await json(['inspect', token, '--keys', keys, '--now', now]);
    assert.equal(status, 1);
    const check = document.items[0].checks.find((each) => each.id === 'key');
    assert.match(check.relation, /no such key.*Key 1 is left out/);
  },

  'white space within a token is taken out and said': async () => {
    const token = tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', ...times });
    const { document } = await inspected(`${token.slice(0, 40)} ${token.slice(40, 80)}\n${token.slice(80)}`);
    assert.match(document.items[0].token.problems.join(), /2 blanks or line breaks/);
    assert.deepEqual((await inspected(token)).document.items[0].token.problems, []);
  },

  'of very many tokens as many are read as are listed': async () => {
    const many = Array.from({ length: 20000 }, (_, i) => [part({ alg: 'RS256' }), part({ a: i }), 'AAAA'].join('.')).join('\n');
    const { document } = await inspected(many);
    assert.ok(document.items.length <= 1001, `${document.items.length}`);
    assert.ok(document.findings.some((f) => f.rule === 'X-INPUT-CUT'));
  },

  'who gives keys is told when none of them could be used': async () => {
    const token = saved(tokenOf({ iss: 'https://gitlab.com', sub: 's', aud: 'x', ...times }));
    for (const [text, keys] of [[token, { keys: [] }], [token, { keys: [{ kty: 'EC', crv: 'secp256k1', x: 'x', y: 'y' }] }], [saved('milk and bread'), { keys: [{ kty: 'RSA', n: 'x', e: 'AQAB' }] }]]) {
      const { status } = await trustwalk(['inspect', text, '--keys', saved(JSON.stringify(keys))]);
      assert.ok(status === 1 || status === 2, `${status}`);
    }
  },
});

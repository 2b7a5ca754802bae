// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Writes cross.json: tokens signed by another implementation (node's own crypto), good ones for every algorithm and ones
// that only a careless verifier accepts. Run once; the result is checked in:  node make.mjs > cross.json

import crypto from 'node:crypto';

const b64 = (x) => Buffer.from(x).toString('base64url');
const claims = { iss: 'https://issuer.test', aud: 'api://trustwalk', iat: 1700000000, nbf: 1700000000, exp: 1900000000 };
const input = (alg) => `${b64(JSON.stringify({ alg, typ: 'JWT' }))}.${b64(JSON.stringify(claims))}`;
const pss = (saltLength) => ({ padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength });
const raw = { dsaEncoding: 'ieee-p1363' };
const bits = (alg) => `sha${alg.slice(2)}`;

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaSmall = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const rsaThree = crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
const ec = (namedCurve) => crypto.generateKeyPairSync('ec', { namedCurve });
const curves = { ES256: ec('P-256'), ES384: ec('P-384'), ES512: ec('P-521') };
const ed = { Ed25519: crypto.generateKeyPairSync('ed25519'), Ed448: crypto.generateKeyPairSync('ed448') };

const rows = [];
const add = (name, alg, pair, signature, verified, reason = '') => rows.push({
  name, alg, verified, reason,
  jwk: pair.publicKey.export({ format: 'jwk' }),
  pem: pair.publicKey.export({ format: 'pem', type: 'spki' }),
  token: `${input(alg)}.${b64(signature)}`,
});
const sign = (alg, pair, options = {}) =>
  crypto.sign(alg === 'EdDSA' ? null : bits(alg), Buffer.from(input(alg)), { key: pair.privateKey, ...options });

for (const n of [256, 384, 512]) {
  add(`RS${n}`, `RS${n}`, rsa, sign(`RS${n}`, rsa), true);
  add(`PS${n}`, `PS${n}`, rsa, sign(`PS${n}`, rsa, pss(n / 8)), true);
  add(`ES${n}`, `ES${n}`, curves[`ES${n}`], sign(`ES${n}`, curves[`ES${n}`], raw), true);
  add(`PS${n}, salt empty`, `PS${n}`, rsa, sign(`PS${n}`, rsa, pss(0)), false, 'signature');
  add(`PS${n}, salt too short`, `PS${n}`, rsa, sign(`PS${n}`, rsa, pss(n / 8 - 1)), false, 'signature');
  add(`PS${n}, longest salt`, `PS${n}`, rsa, sign(`PS${n}`, rsa, pss(crypto.constants.RSA_PSS_SALTLEN_MAX_SIGN)), false, 'signature');
  add(`ES${n}, DER`, `ES${n}`, curves[`ES${n}`], sign(`ES${n}`, curves[`ES${n}`]), false, 'signature');
  add(`RS${n}, PSS padding`, `RS${n}`, rsa, sign(`RS${n}`, rsa, pss(n / 8)), false, 'signature');
  add(`PS${n}, PKCS1 padding`, `PS${n}`, rsa, sign(`PS${n}`, rsa), false, 'signature');
}
add('EdDSA, Ed25519', 'EdDSA', ed.Ed25519, sign('EdDSA', ed.Ed25519), true);
add('EdDSA, Ed448', 'EdDSA', ed.Ed448, sign('EdDSA', ed.Ed448), true);
add('RSA with 1024 bits', 'RS256', rsaSmall, sign('RS256', rsaSmall), false, 'key');
add('RSA with exponent 3', 'RS256', rsaThree, sign('RS256', rsaThree), false, 'key');
add('RS256 with the digest of RS384', 'RS256', rsa, crypto.sign('sha384', Buffer.from(input('RS256')), rsa.privateKey), false, 'signature');
add('ES256 signed on P-384', 'ES256', curves.ES384, crypto.sign('sha256', Buffer.from(input('ES256')), { key: curves.ES384.privateKey, ...raw }), false, 'algorithm');

console.log(JSON.stringify(rows, null, 1));

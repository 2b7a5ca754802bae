// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Makes the tokens that the bench measures with: node gentok.mjs FOLDER [COUNT]
// 2,000 distinct tokens per algorithm, about 1.1 kB each, with the claims a cloud provider puts into them.

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
const count = Number(process.argv[3] ?? 2000);
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const file = (name, text) => fs.writeFileSync(path.join(folder, name), text);
const now = Math.floor(Date.now() / 1000);

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = crypto.generateKeyPairSync('ed25519');
const secret = crypto.randomBytes(32).toString('hex');
const pss = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };

const algorithms = {
  RS256: { pair: rsa, sign: (input) => crypto.sign('sha256', input, rsa.privateKey) },
  PS256: { pair: rsa, sign: (input) => crypto.sign('sha256', input, { key: rsa.privateKey, ...pss }) },
  ES256: { pair: ec, sign: (input) => crypto.sign('sha256', input, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }) },
  EdDSA: { pair: ed, sign: (input) => crypto.sign(null, input, ed.privateKey) },
  HS256: { sign: (input) => crypto.createHmac('sha256', secret).update(input).digest() },
};

const claims = (n) => ({
  aud: 'fb60f99c-7a34-4190-8149-302f77469936',
  iss: 'https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111/v2.0',
  iat: now - 60,
  nbf: now - 60,
  exp: now + 86400 * 30,
  aio: crypto.randomBytes(48).toString('base64'),
  azp: crypto.randomUUID(),
  azpacr: '2',
  idtyp: 'app',
  oid: crypto.randomUUID(),
  rh: '0.' + crypto.randomBytes(30).toString('base64url'),
  roles: ['Reader', 'Inference.Call'],
  sub: crypto.randomUUID(),
  tid: '11111111-1111-4111-8111-111111111111',
  uti: crypto.randomBytes(16).toString('base64url'),
  ver: '2.0',
  xms_par_app_azp: crypto.randomUUID(),
  n,
});

file('hs.key', secret);
for (const [alg, { pair, sign }] of Object.entries(algorithms)) {
  const lines = [];
  for (let n = 0; n < count; n++) {
    const input = b64(JSON.stringify({ alg, typ: 'JWT', kid: 'k-' + alg })) + '.' + b64(JSON.stringify(claims(n)));
    lines.push(input + '.' + b64(sign(Buffer.from(input))));
  }
  file(`tokens-${alg}.txt`, lines.join('\n') + '\n');
  if (pair) {
    file(`${alg}.pub.pem`, pair.publicKey.export({ type: 'spki', format: 'pem' }));
    file(`${alg}.key.pem`, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
}

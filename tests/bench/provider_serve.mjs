// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// provider_serve.mjs RS256|ES256: npm oidc-provider with client credentials and JWT answers over plain http. Prints the
// token URL and a ready form body, one line each, then serves until standard input ends. The anchor of P10 and P11.

import crypto from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const packages = createRequire(new URL('../npm/package.json', import.meta.url));
const { default: Provider } = await import(pathToFileURL(packages.resolve('oidc-provider')));
const alg = process.argv[2];
const { privateKey } = alg === 'RS256'
  ? crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }) : crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const secret = 's'.repeat(32);

let handler;
const server = http.createServer((request, response) => handler(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const jwtAnswers = { scope: 'read', audience: 'urn:api', accessTokenFormat: 'jwt', jwt: { sign: { alg } } };
handler = new Provider(origin, {
  clients: [{
    client_id: 'c', client_secret: secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [],
    token_endpoint_auth_method: 'client_secret_post', id_token_signed_response_alg: alg,
  }],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: 'k', alg }] },
  features: {
    clientCredentials: { enabled: true }, devInteractions: { enabled: false },
    resourceIndicators: { enabled: true, defaultResource: () => 'urn:api', getResourceServerInfo: () => jwtAnswers },
  },
  cookies: { keys: ['for this bench alone'] },
}).callback();
console.log(`${origin}/token\ngrant_type=client_credentials&client_id=c&client_secret=${secret}&scope=read`);
process.stdin.resume().once('end', () => process.exit(0));

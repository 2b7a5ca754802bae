// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// An OpenID-certified provider (npm oidc-provider) on loopback https, with an authority made for this one test.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { importPackage, later, scratchFolder } from './lib.mjs';

const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc'];

/** An authority and a server certificate, by the openssl command: for loopback and two days unless told otherwise. */
export function makeCertificates({ names = 'DNS:localhost,IP:127.0.0.1', days = '2' } = {}) {
  const folder = scratchFolder();
  const at = (name) => join(folder, name);
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=Test authority', '-keyout', at('ca.key'), '-out', at('ca.pem'),
    '-addext', 'basicConstraints=critical,CA:TRUE,pathlen:0', '-addext', 'keyUsage=critical,keyCertSign');
  openssl('req', '-new', ...newKey, '-subj', '/CN=localhost', '-keyout', at('leaf.key'), '-out', at('leaf.csr'));
  writeFileSync(at('leaf.ext'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n`);
  openssl('x509', '-req', '-in', at('leaf.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', days,
    '-extfile', at('leaf.ext'), '-out', at('leaf.pem'));
  return { caFile: at('ca.pem'), key: readFileSync(at('leaf.key')), cert: readFileSync(at('leaf.pem')) };
}

/** Starts the provider with one public client; gives issuer, authority, and what went over the wire so far. */
export async function startProvider(clientId) {
  const { caFile, key, cert } = makeCertificates();
  const { default: Provider } = await importPackage('oidc-provider');
  let handler = (request, response) => response.writeHead(503).end();
  const server = https.createServer({ key, cert }, (request, response) => handler(request, response));
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  later(() => { server.close(); server.closeAllConnections(); });
  const issuer = `https://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: clientId, application_type: 'native', token_endpoint_auth_method: 'none', grant_types: ['authorization_code'],
      redirect_uris: ['http://127.0.0.1/callback'],
    }],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the test`, email: `${id}@provider.example` }) }),
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['for this test alone'] },
  });
  const seen = [];
  provider.use(async (context, next) => {
    await next();
    seen.push({ path: context.path, parameters: { ...context.oidc?.params, ...context.oidc?.body }, reply: context.body });
  });
  handler = provider.callback();
  return { issuer, caFile, seen };
}

/** Does what a person does on the provider's own pages. */
export async function signInAtProvider(page, address) {
  await page.goto(address);
  await page.locator('input[name=login]').fill('alice');
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

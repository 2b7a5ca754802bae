// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// @azure/identity, Microsoft's own credential library, unmodified, against the lab: it knows the manifest and nothing else.

import assert from 'node:assert/strict';
import { createPrivateKey, createSign, randomUUID } from 'node:crypto';
import { claims, requirePackage, runWithLab } from './lib.mjs';

const { ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential } = requirePackage('@azure/identity');

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the outside issuer, signed with the key that the manifest hands out. */
function outsideToken(lab, { subject, audiences, source }, changes = {}) {
  const issuer = lab.named('issuers', source.name);
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: issuer.issuer, sub: subject, aud: audiences[0], iat: now, nbf: now, exp: now + 300, jti: randomUUID(), ...changes };
  const input = `${base64url({ alg: issuer.algorithm, typ: 'JWT', kid: issuer.keyId })}.${base64url(payload)}`;
  return `${input}.${createSign('sha256').update(input).sign(createPrivateKey(lab.text(issuer.keyFile))).toString('base64url')}`;
}

await runWithLab((lab) => {
  const app = lab.app('web-api');
  const tenant = lab.manifest.tenant.id;
  const options = { authorityHost: lab.url('entra'), disableInstanceDiscovery: true };
  const scope = `${lab.app('key-vault').identifierUris[0]}/.default`;
  const federated = lab.credential('web-api', 'federated');

  const brings = async (credential) => {
    const { token } = await credential.getToken(scope);
    const payload = claims(token);
    assert.equal(payload.iss, `${lab.authority}/v2.0`);
    assert.equal(payload.oid, app.objectId);
    assert.equal(payload.idtyp, 'app');
    return payload;
  };
  const certificate = (file, more = {}) =>
    new ClientCertificateCredential(tenant, app.clientId, { certificate: lab.text(file.certificateFile) + lab.text(file.keyFile) }, { ...options, ...more });

  return {
    'a client secret': async () => {
      const payload = await brings(new ClientSecretCredential(tenant, app.clientId, lab.credential('web-api', 'secret').value, options));
      assert.equal(payload.azpacr ?? payload.appidacr, '1');
    },

    'a certificate and its key': async () => {
      const payload = await brings(certificate(lab.credential('web-api', 'certificate')));
      assert.equal(payload.azpacr ?? payload.appidacr, '2');
    },

    'a certificate that goes along in x5c': () =>
      brings(certificate(lab.credential('web-api', 'certificate'), { sendCertificateChain: true })),

    'an assertion of the outside issuer': async () => {
      const payload = await brings(new ClientAssertionCredential(tenant, app.clientId, async () => outsideToken(lab, federated), options));
      assert.equal(payload.azpacr ?? payload.appidacr, '2');
    },

    'an assertion of another subject is refused as Entra refuses it': () =>
      assert.rejects(
        new ClientAssertionCredential(tenant, app.clientId, async () => outsideToken(lab, federated, { sub: `${federated.subject}x` }), options).getToken(scope),
        /AADSTS700213/),

    'an assertion for another audience is refused as Entra refuses it': () =>
      assert.rejects(
        new ClientAssertionCredential(tenant, app.clientId, async () => outsideToken(lab, federated, { aud: 'https://github.com/lab' }), options).getToken(scope),
        /AADSTS700212/),

    'an assertion that is over is refused as Entra refuses it': () => {
      const past = Math.floor(Date.now() / 1000) - 3600;
      return assert.rejects(
        new ClientAssertionCredential(tenant, app.clientId, async () => outsideToken(lab, federated, { iat: past, nbf: past, exp: past + 300 }), options).getToken(scope),
        /AADSTS700024/);
    },
  };
});

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The official Key Vault and Azure Identity clients, unmodified, against the lab of a manifest: the challenge, the token the
// vault asks for, reading, versions, rotation, a disabled version.

import assert from 'node:assert/strict';
import { claims, requirePackage, runWithLab } from './lib.mjs';

const { ClientSecretCredential, ClientCertificateCredential, ManagedIdentityCredential } = requirePackage('@azure/identity');
const { SecretClient } = requirePackage('@azure/keyvault-secrets');

await runWithLab((lab) => {
  const vault = lab.url('key-vault');
  const tenant = lab.manifest.tenant.id;
  const known = lab.named('vaultSecrets', 'db-password');
  // The resource in the challenge is the real one, and the lab's host is no name below it.
  const options = { disableChallengeResourceVerification: true, retryOptions: { maxRetries: 0 } };
  const authority = { authorityHost: lab.url('entra'), disableInstanceDiscovery: true };
  const secretOf = (app) => new ClientSecretCredential(tenant, lab.app(app).clientId, lab.credential(app, 'secret').value, authority);
  const clientOf = (credential) => new SecretClient(vault, credential, options);
  const client = clientOf(secretOf('web-api'));

  const refusal = async (promise) => {
    try {
      await promise;
    } catch (error) {
      return { status: error.statusCode, code: error.code, inner: error.details?.error?.innererror?.code ?? error.details?.innererror?.code, text: error.message };
    }
    return assert.fail('nothing was refused');
  };

  return {
    'the challenge is the real one': async () => {
      const reply = await fetch(`${vault}/secrets/db-password?api-version=2025-07-01`);
      assert.equal(reply.status, 401);
      assert.equal(reply.headers.get('www-authenticate'), `Bearer authorization="${lab.authority}", resource="https://vault.azure.net"`);
      assert.match((await reply.json()).error.message, /^AKV10000:/);
    },

    'a client secret reads a secret, by name and by version': async () => {
      const secret = await client.getSecret('db-password');
      assert.equal(secret.value, known.value);
      assert.match(secret.properties.id, new RegExp(`^${vault}/secrets/db-password/[0-9a-f]{32}$`));
      assert.equal(secret.properties.enabled, true);
      assert.ok(secret.properties.createdOn instanceof Date);
      assert.equal((await client.getSecret('db-password', { version: secret.properties.version })).value, known.value);
    },

    'every secret of the manifest is there': async () => {
      for (const { name, value } of lab.manifest.vaultSecrets) assert.equal((await client.getSecret(name)).value, value);
    },

    'a certificate gets in too': async () => {
      const { certificateFile, keyFile } = lab.credential('web-api', 'certificate');
      const certificate = `${lab.text(keyFile)}\n${lab.text(certificateFile)}`;
      const credential = new ClientCertificateCredential(tenant, lab.app('web-api').clientId, { certificate }, authority);
      assert.equal((await clientOf(credential).getSecret('db-password')).value, known.value);
    },

    'a managed identity reads through the App Service endpoint': async () => {
      const endpoint = lab.named('endpoints', 'app-service');
      process.env.IDENTITY_ENDPOINT = endpoint.url;
      process.env.IDENTITY_HEADER = endpoint.header;
      try {
        const credential = new ManagedIdentityCredential({ clientId: lab.named('managedIdentities', 'uami').clientId });
        const { token } = await credential.getToken('https://vault.azure.net/.default');
        assert.equal(claims(token).oid, lab.named('managedIdentities', 'uami').objectId);
        assert.equal((await clientOf(credential).getSecret('db-password')).value, known.value);
      } finally {
        delete process.env.IDENTITY_ENDPOINT;
        delete process.env.IDENTITY_HEADER;
      }
    },

    'rotation: a new version, the old one disabled': async () => {
      const name = 'made-by-the-test';
      const first = await client.setSecret(name, 'blue', { contentType: 'test', tags: { made: 'here' } });
      const second = await client.setSecret(name, 'green');
      assert.notEqual(first.properties.version, second.properties.version);
      assert.equal((await client.getSecret(name)).value, 'green');
      const updated = await client.updateSecretProperties(name, first.properties.version, { enabled: false });
      assert.equal(updated.enabled, false);
      const refused = await refusal(client.getSecret(name, { version: first.properties.version }));
      assert.equal(refused.status, 403);
      assert.match(refused.text, /disabled/);
      const versions = [];
      for await (const each of client.listPropertiesOfSecretVersions(name)) versions.push([each.version, each.enabled]);
      assert.deepEqual(new Map(versions), new Map([[first.properties.version, false], [second.properties.version, true]]));
      const names = [];
      for await (const each of client.listPropertiesOfSecrets()) names.push(each.name);
      assert.ok(names.includes(name) && names.includes('db-password'), names.join(' '));
    },

    'a deleted secret can be recovered, and is gone when it is purged': async () => {
      const name = 'deleted-by-the-test';
      await client.setSecret(name, 'once');
      const deletion = await client.beginDeleteSecret(name, { intervalInMs: 20 });
      const deleted = await deletion.pollUntilDone();
      assert.equal(deleted.name, name);
      assert.ok(deleted.scheduledPurgeDate > deleted.deletedOn);
      assert.equal((await refusal(client.getSecret(name))).status, 404);
      assert.equal((await refusal(client.setSecret(name, 'twice'))).status, 409);
      const names = [];
      for await (const each of client.listDeletedSecrets()) names.push(each.name);
      assert.deepEqual(names, [name]);
      const recovery = await client.beginRecoverDeletedSecret(name, { intervalInMs: 20 });
      await recovery.pollUntilDone();
      assert.equal((await client.getSecret(name)).value, 'once');
      await (await client.beginDeleteSecret(name, { intervalInMs: 20 })).pollUntilDone();
      await client.purgeDeletedSecret(name);
      assert.equal((await refusal(client.getDeletedSecret(name))).status, 404);
      assert.equal((await client.setSecret(name, 'new')).value, 'new');
    },

    'an unknown name is SecretNotFound': async () => {
      const refused = await refusal(client.getSecret('no-such-secret'));
      assert.equal(refused.status, 404);
      assert.equal(refused.code, 'SecretNotFound');
    },

    'a token for another resource is refused': async () => {
      const { token } = await secretOf('web-api').getToken('https://graph.microsoft.com/.default');
      const reply = await fetch(`${vault}/secrets/db-password?api%2Dversion=2025-07-01`, { headers: { Authorization: `Bearer ${token}` } });
      assert.equal(reply.status, 401);
      assert.match((await reply.json()).error.message, /^AKV10022:/);
    },

    'a caller without a role is refused by RBAC': async () => {
      const credential = secretOf('other-blueprint');
      const { token } = await credential.getToken('https://vault.azure.net/.default').catch(() => ({}));
      if (!token) return; // a blueprint may not ask as itself; then there is nothing to refuse here
      assert.equal((await refusal(clientOf(credential).getSecret('db-password'))).status, 403);
    },
  };
});

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Google's own auth library, unmodified, goes from the lab's metadata service to the model. It gets one credential
// configuration file (type external_account), as in production.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirePackage, runWithLab, scratchFolder } from './lib.mjs';

const { GoogleAuth } = requirePackage('google-auth-library');
const cloud = 'https://www.googleapis.com/auth/cloud-platform';

await runWithLab((lab) => {
  const { principal, scope, settings } = lab.named('trusts', 'gcp');
  const resource = scope.replace(/\/\.default$/, '');
  const identity = lab.named('managedIdentities', principal.name);
  process.env.GOOGLE_CLOUD_PROJECT = 'harbour-ai';

  const metadataUrl = (selector, asked = resource) =>
    `${lab.url('imds')}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${asked}${selector}`;
  const impersonation = (account = settings.serviceAccount) =>
    `${lab.url('gcp-iamcredentials')}/v1/projects/-/serviceAccounts/${account}:generateAccessToken`;
  const byUrl = (url) => ({
    url, headers: { Metadata: 'True' }, format: { type: 'json', subject_token_field_name: 'access_token' },
  });

  /** The file, and a client that reads it. */
  const client = (changes = {}) => {
    const file = join(scratchFolder(), 'google.json');
    writeFileSync(file, JSON.stringify({
      type: 'external_account', audience: settings.audience, subject_token_type: settings.subjectTokenType,
      token_url: lab.url('gcp-sts'), credential_source: byUrl(metadataUrl(`&client_id=${identity.clientId}`)), ...changes,
    }));
    return new GoogleAuth({ keyFilename: file, scopes: [cloud] }).getClient();
  };
  const ask = async (auth) => (await auth.request({
    url: `${lab.url('gcp')}/v1/projects/harbour-ai/locations/europe-west1/publishers/google/models/gemini-2.5-flash:generateContent`,
    method: 'POST', data: { contents: [{ role: 'user', parts: [{ text: 'Say hello.' }] }] },
  })).data;
  const refused = (auth, pattern) => assert.rejects(auth.then((a) => a.getAccessToken()), pattern);

  return {
    'direct access': async () => {
      const auth = await client();
      const answer = await ask(auth);
      assert.match(answer.candidates[0].content.parts[0].text, /principal:\/\/iam\.googleapis\.com\/.*\/subject\//);
    },

    'impersonation, a token of half an hour': async () => {
      const auth = await client({
        service_account_impersonation_url: impersonation(), service_account_impersonation: { token_lifetime_seconds: 1800 },
      });
      const before = Date.now();
      const { token } = await auth.getAccessToken();
      const seconds = (auth.credentials.expiry_date - before) / 1000;
      assert.ok(token && Math.abs(seconds - 1800) < 30, `${seconds} s`);
      const answer = await ask(auth);
      assert.match(answer.candidates[0].content.parts[0].text, new RegExp(`serviceAccount:${settings.serviceAccount}`));
    },

    'a token in a file': async () => {
      const reply = await fetch(metadataUrl(`&client_id=${identity.clientId}`), { headers: { Metadata: 'true' } });
      const file = join(scratchFolder(), 'token');
      writeFileSync(file, (await reply.json()).access_token);
      await ask(await client({ credential_source: { file } }));
    },

    'an unknown account is 403': () =>
      refused(client({ service_account_impersonation_url: impersonation('nobody@harbour-ai.iam.gserviceaccount.com') }), /403|PERMISSION_DENIED|denied/),

    'another identity is rejected by the condition': () =>
      refused(client({ credential_source: byUrl(metadataUrl('')) }), /unauthorized_client.*attribute condition/),

    'another audience of the same identity is refused': () =>
      refused(client({ credential_source: byUrl(metadataUrl(`&client_id=${identity.clientId}`, 'api://AzureADTokenExchange')) }),
        /invalid_grant.*audience/),

    'an unknown provider is invalid_target': () =>
      refused(client({ audience: settings.audience.replace(/[^/]+$/, 'nobody') }), /invalid_target/),

    'a project id for the number is invalid_request': () =>
      refused(client({ audience: settings.audience.replace(/projects\/\d+/, 'projects/harbour-ai') }), /invalid_request/),

    'the exchange takes JSON in camel case too': async () => {
      const reply = await fetch(metadataUrl(`&client_id=${identity.clientId}`), { headers: { Metadata: 'true' } });
      const exchanged = await fetch(lab.url('gcp-sts'), {
        method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          grantType: 'urn:ietf:params:oauth:grant-type:token-exchange', audience: settings.audience, scope: cloud,
          requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token', subjectTokenType: settings.subjectTokenType,
          subjectToken: (await reply.json()).access_token,
        }),
      });
      const body = await exchanged.json();
      assert.equal(exchanged.status, 200, JSON.stringify(body));
      assert.equal(body.token_type, 'Bearer');
      assert.equal(body.issued_token_type, 'urn:ietf:params:oauth:token-type:access_token');
      assert.ok(body.access_token && body.expires_in > 0);
    },
  };
});

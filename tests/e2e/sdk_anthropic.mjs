// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Anthropic's own SDK, unmodified, takes the agent's Entra token to the lab by workload identity federation. It gets
// everything from the environment, as in production. The agent's token comes by the blueprint's federated credential.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claims, requirePackage, runWithLab, scratchFolder } from './lib.mjs';

const Anthropic = requirePackage('@anthropic-ai/sdk').default;

async function post(url, form) {
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const body = await reply.json();
  assert.equal(reply.status, 200, JSON.stringify(body));
  return body.access_token;
}

/** Managed identity -> blueprint's token for the child agent -> the agent's token for the scope. */
async function agentToken(lab, scope) {
  const exchange = 'api://AzureADTokenExchange';
  const identity = lab.named('managedIdentities', 'uami');
  const metadata = await fetch(
    `${lab.url('imds')}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${exchange}&client_id=${identity.clientId}`,
    { headers: { Metadata: 'true' } });
  assert.equal(metadata.status, 200);
  const common = {
    grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  };
  const token = `${lab.authority}/oauth2/v2.0/token`;
  const agent = lab.app('agent').clientId;
  const blueprint = await post(token, {
    ...common, client_id: lab.app('blueprint').clientId, client_assertion: (await metadata.json()).access_token,
    scope: `${exchange}/.default`, fmi_path: agent,
  });
  return post(token, { ...common, client_id: agent, client_assertion: blueprint, scope });
}

await runWithLab((lab) => {
  const { scope, settings } = lab.named('trusts', 'anthropic');
  const message = { model: settings.model, max_tokens: 64, messages: [{ role: 'user', content: 'Say hello.' }] };

  const client = (token, changes = {}) => {
    const folder = scratchFolder();
    const file = join(folder, 'token');
    writeFileSync(file, token, { mode: 0o600 });
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('ANTHROPIC_'))) delete process.env[name];
    mkdirSync(join(folder, 'config'));
    Object.assign(process.env, {
      ANTHROPIC_CONFIG_DIR: join(folder, 'config'), ANTHROPIC_BASE_URL: lab.url('anthropic'), ANTHROPIC_IDENTITY_TOKEN_FILE: file,
      ANTHROPIC_FEDERATION_RULE_ID: settings.federationRuleId, ANTHROPIC_ORGANIZATION_ID: settings.organizationId,
      ANTHROPIC_SERVICE_ACCOUNT_ID: settings.serviceAccountId,
      ...(settings.workspaceId ? { ANTHROPIC_WORKSPACE_ID: settings.workspaceId } : {}), ...changes,
    });
    return new Anthropic({ maxRetries: 0 });
  };

  return {
    'the agent sends a message': async () => {
      const token = await agentToken(lab, scope);
      assert.equal(claims(token).azp ?? claims(token).appid, lab.app('agent').clientId);
      const reply = await client(token).messages.create(message);
      assert.equal(reply.type, 'message');
      assert.equal(reply.model, settings.model);
      assert.ok(reply.content[0].text.length > 0);
    },

    'the same agent with a token for another audience is refused': async () => {
      const token = await agentToken(lab, `${lab.app('key-vault').identifierUris[0]}/.default`);
      await assert.rejects(client(token).messages.create(message), /4\d\d|exchange|invalid|denied/i);
    },

    'another rule is refused': async () => {
      const token = await agentToken(lab, scope);
      await assert.rejects(client(token, { ANTHROPIC_FEDERATION_RULE_ID: 'fdrl_another' }).messages.create(message));
    },
  };
});

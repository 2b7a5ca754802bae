// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Descope's own SDK, unmodified, fetches Alice's connection token at the lab's broker with the management key; the agent's
// platform token fetches the same by plain HTTP, and GitHub, as the lab plays it, takes what comes.

import assert from 'node:assert/strict';
import { claims, requirePackage, runWithLab } from './lib.mjs';

const descope = requirePackage('@descope/node-sdk');
const DescopeClient = descope.default ?? descope;

async function post(url, body, headers = {}) {
  const form = body instanceof URLSearchParams;
  const reply = await fetch(url, {
    method: 'POST', body: form ? body : JSON.stringify(body), headers: form ? headers : { 'content-type': 'application/json', ...headers },
  });
  return { status: reply.status, body: await reply.json() };
}

await runWithLab((lab) => {
  const { settings, scope, principal } = lab.named('trusts', 'hub');
  const hub = lab.url('hub');
  const token = `${hub}/oauth2/v1/apps/token`;

  /** Managed identity -> blueprint -> agent, for the broker's own resource. */
  const workloadToken = async () => {
    const identity = lab.named('managedIdentities', 'uami');
    const metadata = await fetch(
      `${lab.url('imds')}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=api://AzureADTokenExchange&client_id=${identity.clientId}`,
      { headers: { Metadata: 'true' } });
    const common = {
      grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    };
    const entra = `${lab.authority}/oauth2/v2.0/token`;
    const agent = lab.app(principal.name);
    const blueprint = await post(entra, new URLSearchParams({
      ...common, client_id: lab.app(agent.parent).clientId, client_assertion: (await metadata.json()).access_token,
      scope: 'api://AzureADTokenExchange/.default', fmi_path: agent.clientId,
    }));
    const own = await post(entra, new URLSearchParams({ ...common, client_id: agent.clientId, client_assertion: blueprint.body.access_token, scope }));
    return own.body.access_token;
  };

  const inbound = async () => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: settings.clientId, scope: settings.scope, assertion: await workloadToken(),
  });

  const connection = (bearer, changes = {}) => post(`${hub}/v1/mgmt/outbound/app/user/token`,
    { appId: settings.appId, userId: settings.userId, scopes: ['read:user'], options: {}, ...changes },
    { authorization: `Bearer ${settings.projectId}:${bearer}` });

  const whoAtGitHub = async (bearer) => (await fetch(`${lab.url('github')}/user`, { headers: { authorization: `Bearer ${bearer}` } })).status;

  return {
    'the SDK fetches a connection token with the management key': async () => {
      const client = DescopeClient({ projectId: settings.projectId, managementKey: settings.managementKey, baseUrl: hub });
      const reply = await client.management.outboundApplication.fetchTokenByScopes(settings.appId, settings.userId, ['read:user'], { withRefreshToken: false });
      assert.ok(reply.ok, JSON.stringify(reply.error ?? reply));
      const found = reply.data.token ?? reply.data;
      assert.equal(found.appId, settings.appId);
      assert.equal(await whoAtGitHub(found.accessToken), 200);
    },

    'a wrong management key is refused': async () => {
      const client = DescopeClient({ projectId: settings.projectId, managementKey: 'not-the-key', baseUrl: hub });
      const reply = await client.management.outboundApplication.fetchTokenByScopes(settings.appId, settings.userId, ['read:user']);
      assert.equal(reply.ok, false);
    },

    'workload token to platform token to connection token, in JSON and as a form': async () => {
      for (const wrap of [(body) => body, (body) => new URLSearchParams(body)]) {
        const platform = await post(token, wrap(await inbound()));
        assert.equal(platform.status, 200, JSON.stringify(platform.body));
        assert.equal(claims(platform.body.access_token).iss, hub);
        const narrow = await post(token, wrap({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', client_id: settings.clientId, scope: 'outbound.token.fetch',
          subject_token: platform.body.access_token, subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', audience: settings.projectId,
        }));
        assert.equal(narrow.status, 200, JSON.stringify(narrow.body));
        assert.equal(narrow.body.issued_token_type, 'urn:ietf:params:oauth:token-type:access_token');
        const fetched = await connection(narrow.body.access_token);
        assert.equal(fetched.status, 200, JSON.stringify(fetched.body));
        assert.equal(await whoAtGitHub(fetched.body.token.accessToken), 200);
      }
    },

    'a workload token is no platform token, and a platform token no workload token': async () => {
      assert.equal((await connection(await workloadToken())).status, 401);
      const platform = await post(token, await inbound());
      assert.equal((await post(token, { ...(await inbound()), assertion: platform.body.access_token })).status, 400);
    },

    'without outbound.token.fetch nothing is fetched': async () => {
      const platform = await post(token, { ...(await inbound()), scope: 'agent.run' });
      assert.equal(platform.status, 200, JSON.stringify(platform.body));
      assert.equal((await connection(platform.body.access_token)).status, 403);
    },
  };
}, 'credential-broker');

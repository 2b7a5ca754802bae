// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The lab's manifest, read as other programs read it: every entry that version 1 requires, member by member, and what the
// entries promise beyond what the vendors' own clients test.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { claims, runWithLab } from './lib.mjs';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// ---- what has to be there, as data ----

const endpoints = {
  entra: { scheme: 'https', path: false }, imds: { scheme: 'http', path: false }, 'app-service': { scheme: 'http', path: true, more: ['header'] },
  graph: { scheme: 'https?', path: null }, 'key-vault': { scheme: 'https', path: false }, anthropic: { scheme: 'https?', path: null },
  'aws-sts': { scheme: 'https?', path: false, more: ['region'] }, 'gcp-sts': { scheme: 'https?', path: true },
  'gcp-iamcredentials': { scheme: 'https?', path: null }, 'token-exchange': { scheme: 'https?', path: null }, mcp: { scheme: 'https', path: true },
};

const apps = {
  'public-client': { kind: 'public', credentials: [], redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'] },
  'web-api': { kind: 'confidential', credentials: ['secret', 'certificate', 'federated', 'federated'], scopes: true },
  blueprint: { kind: 'blueprint', credentials: ['secret', 'federated'], scopes: true },
  agent: { kind: 'agent', credentials: [], parent: 'blueprint' },
  'other-blueprint': { kind: 'blueprint', credentials: ['secret'] },
  graph: { kind: 'resource', uri: 'https://graph.microsoft.com', scope: 'User.Read' },
  'key-vault': { kind: 'resource', uri: 'https://vault.azure.net' },
  'token-exchange': { kind: 'resource', uri: 'api://AzureADTokenExchange', clientId: 'fb60f99c-7a34-4190-8149-302f77469936' },
  'anthropic-api': { kind: 'resource' }, 'aws-api': { kind: 'resource' }, 'gcp-api': { kind: 'resource' },
  mcp: { kind: 'resource', scopes: true },
};

const trusts = {
  anthropic: { service: 'anthropic', principal: { type: 'agent', name: 'agent' }, app: 'anthropic-api',
    settings: { federationRuleId: /^fdrl_/, organizationId: guid, serviceAccountId: /^svac_/, model: /./ } },
  aws: { service: 'aws', principal: { type: 'agent', name: 'agent' }, app: 'aws-api', settings: { roleArn: /^arn:aws:iam::\d{12}:role\//, region: /^[a-z]{2}-/ } },
  gcp: { service: 'gcp', principal: { type: 'managed-identity', name: 'uami' }, app: 'gcp-api',
    settings: { audience: /^\/\/iam\.googleapis\.com\/projects\/.*\/workloadIdentityPools\/.*\/providers\//, subjectTokenType: /^urn:ietf:params:oauth:token-type:/, serviceAccount: /@/ } },
  'token-exchange': { service: 'token-exchange', principal: { type: 'user', name: 'alice', via: 'public-client' },
    settings: { clientId: /./, clientSecret: /./, audience: /./, scope: /./ }, actor: true },
};

await runWithLab((lab) => {
  const { manifest } = lab;
  const token = `${lab.authority}/oauth2/v2.0/token`;
  const secretOf = (app) => lab.credential(app, 'secret').value;

  const post = async (form, headers = {}) => {
    const reply = await fetch(token, { method: 'POST', body: new URLSearchParams(form), headers });
    return { status: reply.status, body: await reply.json() };
  };
  const appToken = (app, scope, more = {}) => post({ grant_type: 'client_credentials', client_id: lab.app(app).clientId, client_secret: secretOf(app), scope, ...more });
  const refused = async (form, error, code, headers) => {
    const { status, body } = await post(form, headers);
    assert.ok(status === 400 || status === 401, `status ${status}`);
    assert.equal(body.error, error, JSON.stringify(body));
    assert.ok(body.error_codes.some((each) => [code].flat().includes(each)), JSON.stringify(body.error_codes));
    assert.match(body.error_description, /^AADSTS\d+:/);
    for (const member of ['timestamp', 'trace_id', 'correlation_id']) assert.ok(body[member], member);
  };
  const identity = async (query, headers = { Metadata: 'true' }, path = '/metadata/identity/oauth2/token') => {
    const reply = await fetch(`${lab.url('imds')}${path}?${new URLSearchParams(query)}`, { headers });
    return { status: reply.status, body: await reply.json() };
  };

  const tests = {
    'the head': () => {
      assert.equal(manifest.schema, 'lab-manifest');
      assert.equal(manifest.version, 1);
      assert.match(manifest.tenant.id, guid);
      assert.ok(manifest.tenant.domain);
      const hosts = new Set(manifest.endpoints.map(({ url }) => new URL(url).hostname));
      assert.equal(hosts.size, 1, 'one spelling of the host');
      for (const list of ['endpoints', 'issuers', 'apps', 'managedIdentities', 'users', 'trusts', 'vaultSecrets']) {
        const names = manifest[list].map(({ name }) => name);
        assert.equal(new Set(names).size, names.length, `${list}: ${names}`);
      }
    },
    'identities, users, issuers': () => {
      assert.equal(lab.named('managedIdentities', 'system').type, 'systemAssigned');
      const uami = lab.named('managedIdentities', 'uami');
      assert.equal(uami.type, 'userAssigned');
      assert.match(uami.resourceId, /^\/subscriptions\//);
      for (const each of manifest.managedIdentities) for (const member of ['clientId', 'objectId']) assert.match(each[member], guid);
      const alice = lab.named('users', 'alice');
      for (const member of ['username', 'password', 'displayName']) assert.ok(alice[member]);
      assert.match(alice.objectId, guid);
      const outside = lab.named('issuers', 'outside');
      assert.ok(outside.keyId && outside.algorithm);
      assert.equal(statSync(lab.path(outside.keyFile)).mode & 0o077, 0, 'the key is its owner\'s alone');
      assert.match(lab.text(outside.keyFile), /^-----BEGIN PRIVATE KEY-----/);
    },
    'the sign-in pages': () => {
      const credentials = lab.manifest.signIn.pages.find(({ name }) => name === 'credentials');
      assert.deepEqual(credentials.fields.map(({ value }) => value).sort(), ['password', 'username']);
      for (const page of lab.manifest.signIn.pages) assert.ok(page.formId && page.submit.name && page.submit.value && page.submit.label, page.name);
      assert.deepEqual(lab.manifest.signIn.pages.find(({ name }) => name === 'consent').fields, []);
    },
    'the vault has a password': () => {
      assert.ok(lab.named('vaultSecrets', 'db-password').value);
    },
  };

  for (const [name, wanted] of Object.entries(endpoints))
    tests[`endpoint ${name}`] = () => {
      const entry = lab.named('endpoints', name);
      assert.match(entry.url, new RegExp(`^${wanted.scheme}://`));
      assert.ok(!entry.url.endsWith('/'), entry.url);
      if (wanted.path !== null) assert.equal(new URL(entry.url).pathname !== '/', wanted.path, entry.url);
      for (const member of wanted.more ?? []) assert.ok(entry[member], member);
    };

  for (const [name, wanted] of Object.entries(apps))
    tests[`app ${name}`] = () => {
      const app = lab.app(name);
      assert.equal(app.kind, wanted.kind);
      assert.match(app.clientId, guid);
      assert.match(app.objectId, guid);
      for (const list of ['identifierUris', 'redirectUris', 'delegatedScopes', 'credentials']) assert.ok(Array.isArray(app[list]), list);
      if (wanted.credentials) assert.deepEqual(app.credentials.map(({ type }) => type).sort(), [...wanted.credentials].sort());
      if (wanted.redirectUris) assert.deepEqual(app.redirectUris, wanted.redirectUris);
      if (wanted.scopes) assert.ok(app.delegatedScopes.length && app.identifierUris.length);
      if (wanted.scope) assert.ok(app.delegatedScopes.includes(wanted.scope));
      if (wanted.uri) assert.equal(app.identifierUris[0], wanted.uri);
      if (wanted.clientId) assert.equal(app.clientId, wanted.clientId);
      if (wanted.kind === 'resource') assert.ok(app.identifierUris.length, 'an identifier URI');
      assert.equal(app.parent, wanted.parent);
      for (const each of app.credentials.filter(({ type }) => type === 'federated')) {
        assert.ok(each.name && each.issuer && each.subject && each.audiences.length === 1);
        lab.named(each.source.type === 'issuer' ? 'issuers' : 'managedIdentities', each.source.name);
      }
    };
  tests['the MCP app is named by its endpoint'] = () => assert.equal(lab.app('mcp').identifierUris[0], lab.url('mcp'));

  for (const [name, wanted] of Object.entries(trusts))
    tests[`trust ${name}`] = () => {
      const trust = lab.named('trusts', name);
      assert.equal(trust.service, wanted.service);
      assert.deepEqual(trust.principal, wanted.principal);
      if (wanted.app) assert.equal(trust.scope, `${lab.app(wanted.app).identifierUris[0]}/.default`);
      else assert.ok(!trust.scope.endsWith('/.default'), 'a delegated scope');
      for (const [member, form] of Object.entries(wanted.settings)) assert.match(String(trust.settings[member] ?? ''), form, member);
      if (wanted.actor) assert.ok(trust.actor.principal && trust.actor.scope);
    };

  // ---- what the entries promise ----

  Object.assign(tests, {
    'discovery names the lab alone': async () => {
      const discovery = await (await fetch(`${lab.authority}/v2.0/.well-known/openid-configuration`)).json();
      assert.equal(discovery.issuer, `${lab.authority}/v2.0`);
      assert.equal(discovery.token_endpoint, token);
      assert.equal(discovery.authorization_endpoint, `${lab.authority}/oauth2/v2.0/authorize`);
      assert.equal(discovery.jwks_uri, `${lab.authority}/discovery/v2.0/keys`);
      for (const value of Object.values(discovery))
        if (typeof value === 'string' && value.startsWith('http')) assert.equal(new URL(value).hostname, new URL(lab.authority).hostname, value);
      assert.equal((await fetch(`${lab.url('entra')}/.well-known/nothing-of-the-kind`)).status, 404);
    },
    'keys are public, for signing, and told apart': async () => {
      const { keys } = await (await fetch(`${lab.authority}/discovery/v2.0/keys`)).json();
      assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length);
      for (const key of keys) {
        assert.equal(key.use, 'sig');
        for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi']) assert.ok(!(member in key), member);
      }
    },
    'an app\'s token': async () => {
      const { body } = await appToken('web-api', 'https://graph.microsoft.com/.default');
      const read = claims(body.access_token);
      for (const claim of ['iss', 'aud', 'sub', 'oid', 'tid', 'ver', 'iat', 'nbf', 'exp', 'uti']) assert.ok(claim in read, claim);
      assert.equal(read.iss, `${lab.authority}/v2.0`);
      assert.equal(read.ver, '2.0');
      assert.equal(read.idtyp, 'app');
      assert.equal(read.sub, read.oid);
      assert.equal(read.azp ?? read.appid, lab.app('web-api').clientId);
      assert.ok(!('scp' in read));
      assert.ok(read.exp - read.iat <= 86400 + 300 && read.exp > Date.now() / 1000);
      assert.ok([lab.app('graph').clientId, 'https://graph.microsoft.com'].includes(read.aud));
      const again = claims((await appToken('web-api', 'https://graph.microsoft.com/.default')).body.access_token);
      assert.notEqual(again.uti, read.uti);
      const header = JSON.parse(Buffer.from(body.access_token.split('.')[0], 'base64url'));
      assert.equal(header.alg, 'RS256');
      assert.equal(header.typ, 'JWT');
    },
    'errors have their numbers': async () => {
      const base = { grant_type: 'client_credentials', client_id: lab.app('web-api').clientId, scope: 'https://graph.microsoft.com/.default' };
      await refused({ ...base, client_secret: 'wrong' }, 'invalid_client', 7000215);
      await refused({ ...base, client_secret: secretOf('web-api'), scope: 'api://nobody/.default' }, 'invalid_resource', [500011, 70011]).catch(() =>
        refused({ ...base, client_secret: secretOf('web-api'), scope: 'api://nobody/.default' }, 'invalid_scope', [500011, 70011]));
      await refused({ grant_type: 'authorization_code', client_id: lab.app('public-client').clientId, code: 'spent', redirect_uri: 'http://127.0.0.1/callback', code_verifier: 'x'.repeat(43) }, 'invalid_grant', [70000, 70008, 9002313, 54005]);
      await refused({ grant_type: 'refresh_token', client_id: lab.app('public-client').clientId, refresh_token: 'bad' }, 'invalid_grant', [70000, 70008, 700082, 9002313]);
    },
    'Basic authentication takes form-encoded halves': async () => {
      const half = (text) => encodeURIComponent(text).replace(/%20/g, '+');
      const basic = Buffer.from(`${half(lab.app('web-api').clientId)}:${half(secretOf('web-api'))}`).toString('base64');
      const { status } = await post({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' }, { Authorization: `Basic ${basic}` });
      assert.equal(status, 200);
    },
    'an agent takes no secret and no other assertion': async () => {
      const agent = lab.app('agent').clientId;
      const scope = 'https://graph.microsoft.com/.default';
      assert.notEqual((await post({ grant_type: 'client_credentials', client_id: agent, client_secret: secretOf('blueprint'), scope })).status, 200);
      const t0 = (await identity({ 'api-version': '2018-02-01', resource: 'api://AzureADTokenExchange', client_id: lab.named('managedIdentities', 'uami').clientId })).body.access_token;
      const assertion = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' };
      assert.notEqual((await post({ grant_type: 'client_credentials', client_id: agent, scope, ...assertion, client_assertion: t0 })).status, 200);
      const foreign = await appToken('other-blueprint', 'api://AzureADTokenExchange/.default', { fmi_path: agent });
      if (foreign.status === 200)
        assert.notEqual((await post({ grant_type: 'client_credentials', client_id: agent, scope, ...assertion, client_assertion: foreign.body.access_token })).status, 200);
      const own = await appToken('blueprint', 'api://AzureADTokenExchange/.default', { fmi_path: agent });
      const t2 = await post({ grant_type: 'client_credentials', client_id: agent, scope, ...assertion, client_assertion: own.body.access_token });
      assert.equal(t2.status, 200, JSON.stringify(t2.body));
      const read = claims(t2.body.access_token);
      assert.equal(read.azp ?? read.appid, agent);
      assert.equal(read.xms_par_app_azp, lab.app('blueprint').clientId);
      assert.equal(read.oid, lab.app('agent').objectId);
    },
    'the metadata service': async () => {
      const asked = { 'api-version': '2018-02-01', resource: 'https://vault.azure.net' };
      for (const [path, header] of [['/metadata/identity/oauth2/token', 'true'], ['/metadata/identity/oauth2/token/', 'True'], ['/metadata/identity/oauth2/token', 'TRUE']]) {
        const { status, body } = await identity(asked, { Metadata: header }, path);
        assert.equal(status, 200, `${path} ${header}`);
        for (const member of ['access_token', 'expires_on', 'expires_in', 'resource', 'token_type']) assert.ok(body[member], member);
        assert.ok(Number(body.expires_on) > Date.now() / 1000);
        assert.equal(claims(body.access_token).oid, lab.named('managedIdentities', 'system').objectId, 'no selector means system');
        assert.equal(claims(body.access_token).iss, `${lab.authority}/v2.0`);
      }
      const without = await identity(asked, {});
      assert.equal(without.status, 400);
      assert.ok(without.body.error);
      assert.equal((await identity({ ...asked, client_id: '00000000-1111-4222-8333-444444444444' })).status, 400);
      const uami = lab.named('managedIdentities', 'uami');
      for (const selector of [{ client_id: uami.clientId }, { object_id: uami.objectId }, { msi_res_id: uami.resourceId }])
        assert.equal(claims((await identity({ ...asked, ...selector })).body.access_token).oid, uami.objectId, JSON.stringify(selector));
      assert.equal((await identity({ ...asked, client_id: uami.clientId, object_id: uami.objectId })).status, 400, 'at most one selector');
      const exchange = await identity({ ...asked, resource: 'api://AzureADTokenExchange' });
      assert.equal(claims(exchange.body.access_token).aud, 'fb60f99c-7a34-4190-8149-302f77469936');
    },
    'the App Service endpoint': async () => {
      const { url, header } = lab.named('endpoints', 'app-service');
      const uami = lab.named('managedIdentities', 'uami');
      const get = (query, headers) => fetch(`${url}?${new URLSearchParams({ 'api-version': '2019-08-01', resource: 'https://vault.azure.net', ...query })}`, { headers });
      const right = { 'X-IDENTITY-HEADER': header };
      for (const selector of [{ client_id: uami.clientId }, { object_id: uami.objectId }, { mi_res_id: uami.resourceId }, { msi_res_id: uami.resourceId }]) {
        const reply = await get(selector, right);
        assert.equal(reply.status, 200, JSON.stringify(selector));
        const body = await reply.json();
        assert.equal(claims(body.access_token).oid, uami.objectId);
        for (const member of ['expires_on', 'resource', 'token_type']) assert.ok(body[member], member);
      }
      for (const headers of [{}, { 'X-IDENTITY-HEADER': 'wrong' }]) {
        const { status } = await get({}, headers);
        assert.ok(status >= 400 && status < 500, `status ${status}`);
      }
      assert.equal((await get({ client_id: '00000000-1111-4222-8333-444444444444' }, right)).status, 400);
    },
    'an unknown client and a foreign redirect get a page, never a redirect': async () => {
      const query = (changes) => new URLSearchParams({ client_id: lab.app('public-client').clientId, response_type: 'code', redirect_uri: 'http://127.0.0.1:4711/callback',
        scope: 'openid', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', state: 'a b&<"', ...changes });
      const ask = (changes) => fetch(`${lab.authority}/oauth2/v2.0/authorize?${query(changes)}`, { redirect: 'manual' });
      for (const changes of [{ client_id: '00000000-1111-4222-8333-444444444444' }, { redirect_uri: 'http://127.0.0.1:4711/elsewhere' }, { redirect_uri: 'https://evil.example/callback' }]) {
        const reply = await ask(changes);
        assert.ok(reply.status >= 400 && reply.status < 500, `${reply.status} for ${JSON.stringify(changes)}`);
        assert.equal(reply.headers.get('location'), null);
      }
      assert.equal((await ask({})).status, 200);
    },
    'Graph answers users alone': async () => {
      const me = (bearer) => fetch(`${lab.url('graph')}/v1.0/me`, { headers: { Authorization: `Bearer ${bearer}` } });
      const app = await me((await appToken('web-api', 'https://graph.microsoft.com/.default')).body.access_token);
      assert.ok([400, 403].includes(app.status), `status ${app.status}`);
      const other = await me((await appToken('web-api', 'https://vault.azure.net/.default')).body.access_token);
      assert.equal(other.status, 401);
      assert.equal((await other.json()).error.code, 'InvalidAuthenticationToken');
    },
    'a web API may ask for the vault as itself': async () => {
      const { body } = await appToken('web-api', 'https://vault.azure.net/.default');
      const reply = await fetch(`${lab.url('key-vault')}/secrets/db-password?api-version=7.4`, { headers: { Authorization: `Bearer ${body.access_token}` } });
      assert.equal((await reply.json()).value, lab.named('vaultSecrets', 'db-password').value);
    },
    'the token exchange\'s metadata stands before its path': async () => {
      const issuer = new URL(lab.url('token-exchange'));
      const path = issuer.pathname === '/' ? '' : issuer.pathname;
      const reply = await fetch(`${issuer.origin}/.well-known/oauth-authorization-server${path}`);
      assert.equal(reply.status, 200);
      const metadata = await reply.json();
      assert.equal(metadata.issuer, lab.url('token-exchange'));
      assert.ok(metadata.token_endpoint && metadata.jwks_uri);
    },
    'the MCP endpoint challenges with its metadata': async () => {
      const reply = await fetch(lab.url('mcp'), { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
      assert.equal(reply.status, 401);
      const document = /resource_metadata="([^"]+)"/.exec(reply.headers.get('www-authenticate'))?.[1];
      const mcp = new URL(lab.url('mcp'));
      assert.equal(document, `${mcp.origin}/.well-known/oauth-protected-resource${mcp.pathname}`);
      const metadata = await (await fetch(document)).json();
      assert.equal(metadata.resource, lab.url('mcp'));
      assert.equal(metadata.authorization_servers[0], `${lab.authority}/v2.0`);
      assert.ok(metadata.scopes_supported.includes('offline_access'));
    },
  });
  return tests;
});

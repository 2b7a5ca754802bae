// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Existing configuration becomes a setup that loads, is checked, and walks on the lab where the files say enough. What was not
// understood is listed; a secret stays where it is.

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder, sourceFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const at = (name) => join(sourceFolder, 'tests/data/import', name);

/** What the files become, and the setup written to a file of its own. */
async function imported(...names) {
  const file = join(folder, 'setup.json');
  const { status, document, stderr } = await json(['import', ...names.map(at), '-o', file]);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), document.setup);
  return { status, document, file, stderr };
}

// files, the flow they are enough for, and what stands in the setup
const cases = [
  [['blueprint.json', 'credentials.json', 'agent.json', 'managed-identity.json', 'anthropic.json'], 'quotes-agent-to-anthropic'],
  [['aws.json'], 'workload-to-aws'],
  [['google-provider.json', 'managed-identity.json'], 'identity-to-google'],
  [['github.json', 'api.json'], 'workload-to-api'],
  [['sidecar.env', 'api.json'], 'sidecar-toys-api'],
  [['sidecar-secret.env', 'api.json'], 'sidecar-toys-api'],
];

// a file, with keys given inline, and where they stand in the setup
const inlined = [
  ['google-provider.json', (file, keys) => ({ ...file, oidc: { ...file.oidc, jwksJson: JSON.stringify({ keys }) } }),
    (setup) => JSON.parse(setup.targets[0].provider.oidc.jwksJson).keys],
  ['anthropic.json', (file, keys) => ({ ...file, issuer: { ...file.issuer, jwks: { type: 'inline', keys } } }),
    (setup) => setup.targets[0].issuer.jwks.keys],
];

const tenant = '3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815', blueprint = 'b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52';
const provider = (project, name, pool = 'p') => ({ name: `projects/${project}/locations/global/workloadIdentityPools/${pool}/providers/${name}`, state: 'ACTIVE',
  attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: `https://sts.windows.net/${tenant}/`, allowedAudiences: ['api://x'] } });

/** A file of that name with that text, or with that value as JSON. */
function written(name, content) {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const tests = {};
for (const [files, flow] of cases)
  tests[`${files.join(' + ')} walks`] = async () => {
    const { file } = await imported(...files);
    const walk = await json(['walk', file, '--flow', flow]);
    assert.equal(walk.document.result, 'accepted', JSON.stringify(walk.document.steps.map((s) => [s.id, s.observed])));
  };

await run({
  ...tests,

  'a role that trusts another issuer than Entra gets no identity that nobody has': async () => {
    const role = join(folder, 'role.json'), file = join(folder, 'role-setup.json');
    writeFileSync(role, JSON.stringify({ Role: { RoleName: 'deploy', Arn: 'arn:aws:iam::111122223333:role/deploy', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' }, Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:contoso/app:ref:refs/heads/main' } } }] } } }));
    const { document } = await json(['import', role, '-o', file]);
    assert.deepEqual(document.setup.managedIdentities ?? [], []);
    assert.ok(document.notUnderstood.some((n) => n.text.includes('token.actions.githubusercontent.com')), JSON.stringify(document.notUnderstood));
    const { document: checked } = await json(['check', file]);
    assert.deepEqual(checked.findings.filter((f) => f.severity === 'error').map((f) => [f.rule, f.title]), []);
  },
  'objects of several files are one': async () => {
    const { document } = await imported('blueprint.json', 'credentials.json', 'agent.json', 'managed-identity.json');
    const { setup } = document;
    assert.equal(setup.tenants[0].domain, 'tailspin.example');
    const blueprint = setup.apps.find((app) => app.kind === 'blueprint');
    assert.equal(blueprint.credentials.length, 1);
    assert.deepEqual(blueprint.credentials[0].source, { type: 'managed-identity', name: setup.managedIdentities[0].name });
    assert.equal(setup.managedIdentities.length, 1);
    assert.equal(setup.managedIdentities[0].clientId, '3c7a9e52-b180-4d6f-a274-95f0d1c8e7b6');
    assert.equal(setup.apps.find((app) => app.kind === 'agent').parent, blueprint.name);
  },

  'keys given inline are kept': async () => {
    for (const [name, keysIn, of] of inlined) {
      const given = JSON.parse(readFileSync(at(name), 'utf8'));
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      for (const key of [publicKey, privateKey]) {
        const jwk = { ...key.export({ format: 'jwk' }), kid: 'k1' };
        const file = join(folder, name);
        writeFileSync(file, JSON.stringify(keysIn(given, [jwk])));
        const { document } = await json(['import', file]);
        const { d, ...open } = jwk;
        assert.deepEqual(of(document.setup).map(({ use, alg, ...rest }) => rest), [open]);
        const leaks = document.findings.filter((finding) => finding.rule === 'SEC-IN-ENV');
        assert.equal(leaks.length, d ? 1 : 0, JSON.stringify(document.findings));
        assert.ok(!d || !JSON.stringify(document).includes(d));
      }
    }
  },

  'the portal manifest is an application': async () => {
    const { document, status } = await imported('manifest-portal.json');
    const app = document.setup.apps[0];
    assert.equal(app.displayName, 'Toys build');
    assert.equal(app.credentials[0].secretId, '5e1c8f30-a9b4-4d27-8c6e-02f7d9b1a543');
    assert.ok(document.findings.some((finding) => finding.rule === 'SEC-EXPIRED'), JSON.stringify(document.findings));
    assert.equal(status, 1);
  },

  'what is not understood is listed with its place': async () => {
    const { document } = await imported('blueprint.json', 'sidecar.env', 'external-account.json');
    const places = document.notUnderstood.map((gap) => `${gap.file.split('/').pop()} ${gap.place}`);
    assert.ok(places.includes('blueprint.json /tags'), places.join(', '));
    assert.ok(places.includes('sidecar.env line 11'), places.join(', '));
    assert.ok(places.some((place) => place.endsWith('/targets/google/provider')), places.join(', '));
    assert.ok(document.madeUp.length > 0);
  },

  'a client\'s file of Google\'s says where the token comes from and what it is for, and nothing of what the provider demands': async () => {
    const given = JSON.parse(readFileSync(at('external-account.json'), 'utf8'));
    const client = 'b7d0c1a2-3e4f-4a5b-8c6d-7e8f90a1b2c3', file = join(folder, 'client.json'), out = join(folder, 'client-setup.json');
    const url = `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent('api://quotes-google')}&client_id=${client}`;
    writeFileSync(file, JSON.stringify({ ...given, credential_source: { url, headers: { Metadata: 'True' }, format: { type: 'json', subject_token_field_name: 'access_token' } } }));
    const { document } = await json(['import', file, '-o', out]);
    assert.equal(document.setup.managedIdentities[0].clientId, client);
    assert.ok(document.setup.apps.some((app) => app.identifierUris?.includes('api://quotes-google')));
    const { document: checked } = await json(['check', out]);
    assert.deepEqual(checked.findings.filter((f) => f.severity !== 'info'), []);
    const { document: walked } = await json(['walk', out]);
    const exchange = walked.steps.find((step) => step.predicted?.checks.some((check) => check.group?.startsWith('Provider ')));
    const issuer = exchange.predicted.checks.find((check) => check.id === 'issuer');
    assert.equal(issuer.outcome, 'notEvaluated', JSON.stringify(issuer));
    assert.equal(exchange.predicted.outcome, 'notEvaluated');
  },

  'a secret is reported and not taken over': async () => {
    const { document, file, stderr, status } = await imported('sidecar-secret.env');
    assert.equal(status, 1);
    const finding = document.findings.find((each) => each.rule === 'SEC-IN-ENV');
    assert.match(finding.text, /line 4/);
    assert.match(finding.fix, /trustwalk secret set/);
    for (const text of [readFileSync(file, 'utf8'), JSON.stringify(document), stderr]) assert.ok(!text.includes('planted'), text);
  },

  'a service account key is told from a pointer': async () => {
    const key = join(folder, 'key.json');
    writeFileSync(key, JSON.stringify({ type: 'service_account', client_email: 'a@b.iam.gserviceaccount.com', private_key: '-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----\n' }));
    const { document, stdout } = await json(['import', key]);
    assert.ok(document.findings.some((finding) => finding.rule === 'SEC-IN-ENV'));
    assert.ok(!(stdout ?? JSON.stringify(document)).includes('planted'));
  },

  'a list of several answers is read one by one': async () => {
    const list = join(folder, 'list.json');
    writeFileSync(list, JSON.stringify({ value: ['agent.json', 'managed-identity.json'].map((name) => JSON.parse(readFileSync(at(name), 'utf8'))) }));
    const { document } = await json(['import', list]);
    assert.deepEqual(document.read.map((each) => each.kind), ['agent identity', 'managed identity']);
  },

  'appsettings.json is taken as .NET takes it': async () => {
    const settings = JSON.stringify({ AzureAd: { TenantId: tenant, ClientId: blueprint, ClientCredentials: [{ SourceType: 'ClientSecret' }] },
      DownstreamApis: { 'claude-api': { BaseUrl: 'https://api.anthropic.com', Scopes: ['api://anthropic-wif/.default'] } } });
    for (const text of [`\ufeff${settings}`, `// the agent\n${settings}`, settings.replace('],', '/* one */, ],'), `\ufeff${settings.replace(/}$/, ',}')}`]) {
      const { document } = await json(['import', written('appsettings.json', text)]);
      assert.deepEqual(document.read.map((each) => each.what), [`blueprint ${blueprint}, 1 APIs`]);
    }
    const { status, stderr } = await trustwalk(['import', written('provider.json', `{ // c\n"Url": "sts.windows.net/${tenant}/", "ClientIDList": [] }`)]);
    assert.equal(status, 2, 'what an API answers has no comments');
    assert.match(stderr, /provider\.json.*1:/);
  },

  'a comment in a .env is no part of the value, and an id that is none is listed': async () => {
    const lines = (id) => `AzureAd__TenantId=${tenant}\nAzureAd__ClientId=${id}\nAzureAd__ClientCredentials__0__SourceType=ClientSecret\nDownstreamApis__x__BaseUrl=https://x.example\n`;
    const { document } = await json(['import', written('a.env', lines(`${blueprint} # blueprint`))]);
    assert.deepEqual(document.read.map((each) => each.kind), ['sidecar settings']);
    const { document: none } = await json(['import', written('a.env', lines('blueprint'))]);
    const places = none.notUnderstood.map((gap) => gap.place);
    for (const place of ['AzureAd__ClientId', 'ClientCredentials 0', 'DownstreamApis x']) assert.ok(places.includes(place), places.join(', '));
  },

  'a trust policy alone names the tenant': async () => {
    const provider = `sts.windows.net/${tenant}/`;
    const { document } = await json(['import', written('policy.json', { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${provider}` },
      Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${provider}:aud`]: 'api://x', [`${provider}:sub`]: blueprint } } } })]);
    assert.equal(document.setup.tenants[0].id, tenant);
    assert.deepEqual(document.findings.filter((each) => each.severity === 'error'), []);
  },

  'nothing is said of what was made up': async () => {
    const given = JSON.parse(readFileSync(at('anthropic.json'), 'utf8'));
    const agent = 'b7d20e94-6c1f-4a85-8f3e-d94a07c5e218';
    const rule = { ...given.rule, match: { audience: 'api://x', subject_prefix: agent, claims: { tid: tenant } } };
    const settings = readFileSync(at('sidecar.env'), 'utf8').replace(/TenantId=.*/, 'TenantId=common');
    const { document } = await json(['import', written('rule.json', { rule }), written('s.env', settings)]);
    assert.ok(document.madeUp.some((made) => made.text.startsWith("The tenant's id")));
    for (const finding of document.findings) assert.ok(!finding.text.includes(document.setup.tenants[0].id), finding.text);
  },

  'of several providers each that is not read is listed': async () => {
    const { document } = await json(['import', written('providers.json', [provider('1', 'q'), { ...provider('1', 'r'), oidc: undefined, saml: {} }, { ...provider('1', 's'), oidc: undefined, aws: {} }, provider('1', 't'), 1])]);
    assert.deepEqual(document.setup.targets.map((each) => each.provider.name), [provider('1', 'q').name, provider('1', 't').name]);
    assert.deepEqual(document.notUnderstood.map((gap) => gap.place).filter((place) => place !== '/flows'), ['/1', '/2', '/4']);
  },

  'a client\'s file and the provider of another project stay apart': async () => {
    const given = JSON.parse(readFileSync(at('external-account.json'), 'utf8'));
    const { document } = await json(['import', written('client.json', { ...given, service_account_impersonation: { token_lifetime_seconds: 2800 } }), written('provider.json', provider('1', 'entra'))]);
    assert.deepEqual(document.setup.targets.map((each) => each.provider.name), ['projects/100200300400/locations/global/workloadIdentityPools/quotes/providers/entra', provider('1', 'entra').name]);
    const places = document.notUnderstood.map((gap) => gap.place);
    for (const place of ['/targets/google/provider', '/credential_source', '/service_account_impersonation/token_lifetime_seconds']) assert.ok(places.includes(place), places.join(', '));
    const { document: one } = await json(['import', at('external-account.json'), written('provider.json', provider('100200300400', 'entra', 'quotes'))]);
    assert.equal(one.setup.targets.length, 1);
  },

  'a client\'s file that names an account acts as it': async () => {
    const given = JSON.parse(readFileSync(at('external-account.json'), 'utf8'));
    const source = { credential_source: { url: 'http://169.254.169.254/metadata/identity/oauth2/token?resource=api%3A%2F%2Fx', format: { type: 'json', subject_token_field_name: 'access_token' } } };
    const recipes = async (file) => (await json(['import', written('client.json', { ...given, ...source, ...file })])).document.setup.flows.map((flow) => flow.recipe);
    assert.deepEqual(await recipes({}), ['google-impersonation']);
    assert.deepEqual(await recipes({ service_account_impersonation_url: undefined }), ['google-direct']);
  },

  'one page of a list is told, and a disabled scope is not taken over': async () => {
    const page = { value: JSON.parse(readFileSync(at('credentials.json'), 'utf8')).value ?? [JSON.parse(readFileSync(at('credentials.json'), 'utf8'))], '@odata.nextLink': 'https://graph.microsoft.com/next' };
    const { document } = await json(['import', written('page.json', page)]);
    assert.ok(document.notUnderstood.some((gap) => gap.place === '/@odata.nextLink'), JSON.stringify(document.notUnderstood));
    const manifest = JSON.parse(readFileSync(at('manifest-portal.json'), 'utf8'));
    const scope = (value, isEnabled) => ({ id: tenant, value, isEnabled, type: 'User' });
    const { document: portal } = await json(['import', written('manifest.json', { ...manifest, oauth2Permissions: [scope('used', true), scope('old', false)] })]);
    assert.deepEqual(portal.setup.apps[0].delegatedScopes, ['used']);
    assert.ok(portal.notUnderstood.some((gap) => gap.place === '/oauth2Permissions/1'), JSON.stringify(portal.notUnderstood));
  },

  'a second trust policy is listed': async () => {
    const policy = (sub) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/sts.windows.net/${tenant}/` },
      Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`sts.windows.net/${tenant}/:sub`]: sub } } }] });
    const { document } = await json(['import', written('one.json', policy(blueprint)), written('two.json', policy(tenant))]);
    assert.deepEqual(document.setup.targets.map((each) => each.trustPolicy), [policy(blueprint)]);
    assert.deepEqual(document.notUnderstood.map((gap) => gap.file.split('/').pop()), ['two.json']);
  },

  'a file that is nothing known is an error': async () => {
    const file = join(folder, 'shopping.txt');
    writeFileSync(file, 'milk\nbread\n');
    const { status, stderr } = await trustwalk(['import', file]);
    assert.equal(status, 2);
    assert.match(stderr, /shopping\.txt/);
  },

  'a broken file says where': async () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{\n  "appId": "x",,\n}\n');
    const { status, stderr } = await trustwalk(['import', file]);
    assert.equal(status, 2);
    assert.match(stderr, /broken\.json.*2:/);
  },
});

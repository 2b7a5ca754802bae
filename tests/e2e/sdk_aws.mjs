// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// AWS's own SDK, unmodified, takes the agent's Entra token to the lab: the web-identity provider reads the token from a file and
// the role from the environment, as in production, then signs a call with what it got. Over https and over http.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirePackage, runWithLab, scratchFolder, sourceFolder } from './lib.mjs';

const { STSClient, GetCallerIdentityCommand, AssumeRoleWithWebIdentityCommand } = requirePackage('@aws-sdk/client-sts');
const { fromTokenFile } = requirePackage('@aws-sdk/credential-provider-web-identity');

async function post(url, form) {
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const body = await reply.json();
  assert.equal(reply.status, 200, JSON.stringify(body));
  return body.access_token;
}

const exchange = 'api://AzureADTokenExchange';
const bearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const tokenEndpoint = (lab) => `${lab.authority}/oauth2/v2.0/token`;

/** Managed identity -> blueprint's token for the child agent -> the agent's token for the scope. */
async function agentToken(lab, scope) {
  const identity = lab.named('managedIdentities', 'uami');
  const metadata = await fetch(
    `${lab.url('imds')}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${exchange}&client_id=${identity.clientId}`,
    { headers: { Metadata: 'true' } });
  assert.equal(metadata.status, 200);
  const common = { grant_type: 'client_credentials', client_assertion_type: bearer };
  const agent = lab.app('agent').clientId;
  const blueprint = await post(tokenEndpoint(lab), {
    ...common, client_id: lab.app('blueprint').clientId, client_assertion: (await metadata.json()).access_token,
    scope: `${exchange}/.default`, fmi_path: agent,
  });
  return post(tokenEndpoint(lab), { ...common, client_id: agent, client_assertion: blueprint, scope });
}

const appToken = (lab, app, scope) => post(tokenEndpoint(lab), {
  grant_type: 'client_credentials', client_id: lab.app(app).clientId, client_secret: lab.credential(app, 'secret').value, scope,
});

/** A setup that adds the same role behind http; everything else is what the manifest promises. */
function withPlainRole() {
  const base = JSON.parse(readFileSync(join(sourceFolder, 'resources/lab/base.json'), 'utf8'));
  const role = base.targets.find((target) => target.kind === 'aws');
  const file = join(scratchFolder(), 'plain.json');
  const { resource: _, ...rest } = { ...role, name: 'aws-plain', url: role.url.replace('https:', 'http:') };
  writeFileSync(file, JSON.stringify({
    schema: 'setup', version: 1, id: 'plain', title: 'Plain', environment: 'lower', tenants: base.tenants, targets: [rest],
  }));
  return file;
}

await runWithLab((lab) => {
  const { scope, settings } = lab.named('trusts', 'aws');
  const endpoint = lab.named('endpoints', 'aws-sts');
  assert.equal(endpoint.region, settings.region);

  /** What the SDK finds around it: role, token file, endpoint. Keys in the environment would win over federation. */
  function around(token, { url = endpoint.url, role = settings.roleArn, session = 'claims-desk' } = {}) {
    const file = join(scratchFolder(), 'token');
    writeFileSync(file, token, { mode: 0o600 });
    for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) delete process.env[name];
    Object.assign(process.env, {
      AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_SESSION_NAME: session, AWS_REGION: settings.region,
      AWS_ENDPOINT_URL_STS: url, AWS_EC2_METADATA_DISABLED: 'true',
    });
    return { credentials: fromTokenFile({ clientConfig: { region: settings.region } }), region: settings.region, maxAttempts: 1 };
  }

  const refused = (name, status) => (error) => {
    assert.equal(error.name, name, `${error.name}: ${error.message}`);
    assert.equal(error.$metadata.httpStatusCode, status);
    assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
    return true;
  };

  return {
    'the agent assumes the role and is told who it is': async () => {
      const client = new STSClient(around(await agentToken(lab, scope)));
      const { Arn, UserId, Account } = await client.send(new GetCallerIdentityCommand({}));
      const [account, role] = [settings.roleArn.split(':')[4], settings.roleArn.split('/').at(-1)];
      assert.equal(Arn, `arn:aws:sts::${account}:assumed-role/${role}/claims-desk`);
      assert.equal(Account, account);
      assert.match(UserId, /^AROA[A-Z2-7]{17}:claims-desk$/);
    },

    'the same over http': async () => {
      const { url } = lab.named('endpoints', 'aws-plain');
      assert.match(url, /^http:/);
      const { Arn } = await new STSClient(around(await agentToken(lab, scope), { url })).send(new GetCallerIdentityCommand({}));
      assert.ok(Arn.endsWith('/claims-desk'));
    },

    'the answer of the exchange is complete': async () => {
      const token = await agentToken(lab, scope);
      around(token);
      const reply = await new STSClient({ region: settings.region }).send(new AssumeRoleWithWebIdentityCommand({
        RoleArn: settings.roleArn, RoleSessionName: 's1', WebIdentityToken: token, DurationSeconds: 900,
      }));
      assert.match(reply.Credentials.AccessKeyId, /^ASIA[A-Z2-7]{16}$/);
      assert.ok(reply.Credentials.SecretAccessKey && reply.Credentials.SessionToken);
      const left = reply.Credentials.Expiration - Date.now();
      assert.ok(left > 880_000 && left <= 900_000, `${left}`);
      const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
      assert.equal(reply.SubjectFromWebIdentityToken, claims.sub);
      assert.equal(reply.Provider, claims.iss);
      assert.ok(reply.AssumedRoleUser.Arn.endsWith('/s1'));
    },

    'the same agent with a token for another audience is refused': async () => {
      const other = await agentToken(lab, `${lab.app('key-vault').identifierUris[0]}/.default`);
      await assert.rejects(new STSClient(around(other)).send(new GetCallerIdentityCommand({})), refused('InvalidIdentityTokenException', 400));
    },

    'another principal with the same audience is refused': async () => {
      const other = await appToken(lab, 'web-api', scope);
      await assert.rejects(new STSClient(around(other)).send(new GetCallerIdentityCommand({})), refused('AccessDenied', 403));
    },

    'another role is refused': async () => {
      const token = await agentToken(lab, scope);
      const client = new STSClient(around(token, { role: 'arn:aws:iam::123456789012:role/nobody' }));
      await assert.rejects(client.send(new GetCallerIdentityCommand({})), refused('AccessDenied', 403));
    },

    'a token of an issuer without a provider is refused': async () => {
      await assert.rejects(new STSClient(around('eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL3guZXhhbXBsZSJ9.AA')).send(new GetCallerIdentityCommand({})),
        refused('InvalidIdentityTokenException', 400));
    },

    'another secret key, another session token, an unknown key': async () => {
      const { credentials } = around(await agentToken(lab, scope));
      const good = await credentials();
      const as = (changes) => new STSClient({ region: settings.region, maxAttempts: 1, credentials: { ...good, ...changes } }).send(new GetCallerIdentityCommand({}));
      await as({});
      await assert.rejects(as({ secretAccessKey: `${good.secretAccessKey}x` }), refused('SignatureDoesNotMatch', 403));
      await assert.rejects(as({ sessionToken: `${good.sessionToken}x` }), refused('InvalidClientTokenId', 403));
      await assert.rejects(as({ sessionToken: undefined }), refused('InvalidClientTokenId', 403));
      await assert.rejects(as({ accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' }), refused('InvalidClientTokenId', 403));
    },
  };
}, withPlainRole());

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk match` on AWS contract files as they are saved from the command line: decision, what fails, and the near miss by its name.
// Shapes of tokens and policies: HashiCorp "Dynamic credentials with the AWS provider", GitHub Docs "Configuring OpenID Connect in Amazon
// Web Services", GitLab Docs "Configure OpenID Connect in AWS", microsoft/entra-agentid-samples "v1 token exchange".

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder } from './lib.mjs';

const folder = scratchFolder();
const part = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
const now = '2027-01-15T08:00:00Z';
const seconds = Date.parse(now) / 1000;

function token(claims) {
  const times = { iat: seconds - 60, nbf: seconds - 60, exp: seconds + 3000 };
  return `${part({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${part({ ...times, ...claims })}.c2ln`;
}

const terraform = { iss: 'https://app.terraform.io', aud: 'aws.workload.identity', sub: 'organization:tailspin:project:toys:workspace:web:run_phase:apply' };
const github = { iss: 'https://token.actions.githubusercontent.com', aud: 'sts.amazonaws.com', sub: 'repo:tailspin@7001/toys@9001:ref:refs/heads/main' };
const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43';
const entraV1 = { iss: `https://sts.windows.net/${tenant}/`, aud: 'api://4c8e1a70-95d3-4b2f-8e67-b1f0d9a3c582', sub: 'd25f9b08-3e74-4c61-a9b8-6f0e2c7d1a94', ver: '1.0' };

/** Provider and policy of one statement; `more` replaces members of the statement. */
function contract(url, list, condition, more = {}) {
  return {
    provider: { Url: url, ClientIDList: list, ThumbprintList: [] },
    trustPolicy: { Version: '2012-10-17', Statement: [{
      Effect: 'Allow', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${url.replace('https://', '')}` },
      Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition, ...more,
    }] },
  };
}
const ofTerraform = (condition, list = ['aws.workload.identity']) => contract('app.terraform.io', list, condition);
const subject = (value, op = 'StringEquals') => ofTerraform({ [op]: { 'app.terraform.io:sub': value } });
const ofEntra = (url, condition) => contract(url, [entraV1.aud], condition);

// name, claims, contract, outcome, id of the one check that fails, near.kind
const table = [
  ['accepted', terraform, ofTerraform({ StringEquals: { 'app.terraform.io:aud': terraform.aud }, StringLike: { 'app.terraform.io:sub': 'organization:tailspin:project:toys:workspace:*' } }), 'accept'],
  ['Url with its scheme', terraform, contract('https://app.terraform.io', [terraform.aud], {}), 'accept'],
  ...['aws-us-gov', 'aws-cn'].map((partition) => [`partition ${partition}`, terraform, contract('app.terraform.io', [terraform.aud], {}, { Principal: { Federated: `arn:${partition}:iam::111122223333:oidc-provider/app.terraform.io` } }), 'accept']),
  ['case', terraform, subject(terraform.sub.replace('toys', 'Toys')), 'refuse', 'condition.StringEquals.sub', 'case'],
  ['case in a pattern', terraform, subject('organization:Tailspin:*', 'StringLike'), 'refuse', 'condition.StringLike.sub', 'case'],
  ['wildcard in StringEquals', terraform, subject('organization:tailspin:project:toys:*'), 'refuse', 'condition.StringEquals.sub', 'wildcardLiteral'],
  ['prefix', terraform, subject('organization:tailspin:project:toys:workspace:web'), 'refuse', 'condition.StringEquals.sub', 'prefixOnly'],
  ['blank', terraform, subject(`${terraform.sub} `), 'refuse', 'condition.StringEquals.sub', 'whitespace'],
  ['look-alike', terraform, subject(terraform.sub.replace('toys', 't\u043eys')), 'refuse', 'condition.StringEquals.sub', 'lookalike'],
  ['percent signs', terraform, subject(terraform.sub.replaceAll(':', '%3A')), 'refuse', 'condition.StringEquals.sub', 'encoding'],
  ['audience, case', { ...terraform, aud: 'AWS.workload.identity' }, ofTerraform({}), 'refuse', 'audience', 'case'],
  ['audience, GUID for URI', { ...terraform, aud: '0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19' }, ofTerraform({}, ['api://0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19']), 'refuse', 'audience', 'oneOfTwo'],
  ['immutable subject', github, contract('token.actions.githubusercontent.com', ['sts.amazonaws.com'], { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:tailspin/toys:*' } }), 'refuse', 'condition.StringLike.sub', 'immutableSubject'],
  ['issuer slash', entraV1, ofEntra(`sts.windows.net/${tenant}`, {}), 'refuse', 'issuer', 'trailingSlash'],
  ['issuer version', entraV1, ofEntra(`login.microsoftonline.com/${tenant}/v2.0`, {}), 'refuse', 'issuer', 'v1v2Issuer'],
  ['issuer port', { ...terraform, iss: 'https://app.terraform.io:8443' }, ofTerraform({}), 'refuse', 'issuer', 'port'],
  ['issuer scheme', { ...terraform, iss: 'http://app.terraform.io' }, ofTerraform({}), 'refuse', 'issuer', 'scheme'],
  ['another tenant', { ...entraV1, iss: 'https://sts.windows.net/11111111-2222-4333-8444-555555555555/' }, ofEntra(`sts.windows.net/${tenant}/`, {}), 'refuse', 'issuer', 'wrongTenant'],
  ['key without the slash', entraV1, ofEntra(`sts.windows.net/${tenant}/`, { StringEquals: { [`sts.windows.net/${tenant}:sub`]: entraV1.sub } }), 'refuse', 'condition.StringEquals.sub', 'trailingSlash'],
  ['aud listed, azp compared', { ...terraform, azp: 'caller' }, ofTerraform({}), 'refuse', 'audience', 'azpNotAud'],
  ['ended a moment ago', { ...terraform, exp: seconds - 330 }, ofTerraform({}), 'refuse', 'lifetime.exp', 'clockSkew'],
  ['Bool of a text', terraform, ofTerraform({ Bool: { 'app.terraform.io:sub': terraform.sub } }), 'notEvaluated'],
  ['Null of a text', terraform, ofTerraform({ Null: { 'app.terraform.io:sub': terraform.sub } }), 'notEvaluated'],
  ['unknown operator', terraform, ofTerraform({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), 'notEvaluated'],
];

const tests = {};
for (const [name, claims, document, outcome, failing, near] of table)
  tests[`${name}: ${outcome}${near ? `, ${near}` : ''}`] = async () => {
    const file = (kind, text) => { const path = join(folder, `${name.replaceAll(/\W/g, '-')}.${kind}`); writeFileSync(path, text); return path; };
    const { status, document: verdict } = await json(['match', file('jwt', token(claims)), file('json', JSON.stringify(document)), '--now', now]);
    assert.equal(verdict.outcome, outcome, JSON.stringify(verdict, null, 1));
    assert.equal(status, outcome === 'accept' ? 0 : 1);
    const failed = verdict.checks.filter((check) => check.outcome === 'fail');
    assert.deepEqual(failed.map((check) => check.id), failing ? [failing] : []);
    if (near) {
      assert.equal(failed[0].near?.kind, near);
      assert.ok(failed[0].fix, 'says what to do');
    }
  };

tests['a policy alone'] = async () => {
  const { provider: _, ...alone } = ofTerraform({ StringEquals: { 'app.terraform.io:aud': terraform.aud } });
  writeFileSync(join(folder, 'alone.jwt'), token(terraform));
  writeFileSync(join(folder, 'alone.json'), JSON.stringify(alone));
  const { status, document } = await json(['match', join(folder, 'alone.jwt'), join(folder, 'alone.json'), '--now', now]);
  assert.equal(status, 1);
  assert.deepEqual(document.checks.filter((check) => check.outcome === 'notEvaluated').map((check) => check.id), ['audience']);
  assert.ok(!document.checks.some((check) => check.outcome === 'fail'));
};

await run(tests);

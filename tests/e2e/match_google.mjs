// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk match --json` on provider objects as the IAM API writes them. Tokens are shaped like those of the issuers that
// Google documents; the source stands beside each row.

import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder } from './lib.mjs';

const now = 1800000000; // 2027-01-15T08:00:00Z
const folder = scratchFolder();
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims, header = {}) =>
  `${part({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header })}.${part({ iat: now - 60, exp: now + 3600, ...claims })}.${'A'.repeat(342)}`;

const name = 'projects/100200300400/locations/global/workloadIdentityPools/toys/providers/ci';
const provider = (issuerUri, allowedAudiences, attributeMapping, attributeCondition, more = {}) =>
  ({ name, state: 'ACTIVE', attributeMapping, ...(attributeCondition ? { attributeCondition } : {}), oidc: { issuerUri, ...(allowedAudiences ? { allowedAudiences } : {}) }, ...more });

const github = {
  iss: 'https://token.actions.githubusercontent.com', sub: 'repo:tailspin/toys:ref:refs/heads/main', aud: `https://iam.googleapis.com/${name}`,
  repository: 'tailspin/toys', repository_owner: 'tailspin', repository_owner_id: '4211', ref: 'refs/heads/main',
};
const atGithub = (condition, mapping = { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' }, audiences, more) =>
  provider(github.iss, audiences, mapping, condition, more);
const gitlab = {
  iss: 'https://gitlab.com', sub: 'project_path:tailspin/toys:ref_type:branch:ref:main', aud: 'https://toys.tailspin.example',
  project_path: 'tailspin/toys', namespace_id: '72',
};
const kubernetes = {
  iss: 'https://cluster.example', sub: 'system:serviceaccount:web:front', aud: [`//iam.googleapis.com/${name}`],
  'kubernetes.io': { namespace: 'web', serviceaccount: { name: 'front', uid: 'u' } },
};
const tenant = '3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815';
const entra = {
  iss: `https://login.microsoftonline.com/${tenant}/v2.0`, aud: '83a5d9e2-0c76-4f1b-9d48-b6e2f7031ca5', sub: '7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7',
  oid: '7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7', azp: '5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3', tid: tenant, ver: '2.0',
};
const atEntra = (issuer, audiences, condition) => provider(issuer, audiences, { 'google.subject': 'assertion.sub' }, condition);
const exchange = 'fb60f99c-7a34-4190-8149-302f77469936';

// [name, token, contract, outcome, failing check ids, near kind]
const wif = 'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines';
const other = 'https://cloud.google.com/iam/docs/workload-identity-federation-with-other-providers';
const azure = 'https://cloud.google.com/iam/docs/workload-identity-federation-with-other-clouds';
const kube = 'https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes';
const rest = 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers';
const trouble = 'https://github.com/google-github-actions/auth/blob/main/docs/TROUBLESHOOTING.md';
const rows = [
  [wif, 'GitHub, owner', github, atGithub("assertion.repository_owner_id == '4211'"), 'accept'],
  [wif, 'GitHub, owner and branch', github, atGithub("assertion.repository_owner=='tailspin' && assertion.ref=='refs/heads/main'"), 'accept'],
  [wif, 'GitHub, another branch', { ...github, ref: 'refs/heads/dev' }, atGithub("assertion.ref == 'refs/heads/main'"), 'refuse', ['condition']],
  [trouble, 'GitHub, case', { ...github, repository_owner: 'TailSpin' }, atGithub("assertion.repository_owner == 'tailspin'"), 'refuse', ['condition'], 'case'],
  [trouble, 'GitHub Enterprise issuer', { ...github, iss: 'https://github.tailspin.example/_services/token' }, atGithub('true'), 'refuse', ['issuer']],
  [trouble, 'subject over 127 bytes', { ...github, sub: `repo:tailspin/toys:ref:refs/heads/${'long-'.repeat(25)}` }, atGithub('true'), 'refuse', ['subject']],
  ['https://github.com/google-github-actions/auth/issues/423', 'a shorter subject', { ...github, sub: `repo:tailspin/toys:ref:refs/heads/${'long-'.repeat(25)}` },
    atGithub('true', { 'google.subject': "assertion.sub.split(':')[1]" }), 'accept'],
  ['https://github.com/google-github-actions/auth/issues/378', 'a comparison as subject', github,
    atGithub('true', { 'google.subject': "(assertion.sub == 'repo:tailspin/toys:ref:refs/heads/main')" }), 'refuse', ['subject']],
  [wif, 'GitLab', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub', 'attribute.project': 'assertion.project_path' }, "attribute.project == 'tailspin/toys'"), 'accept'],
  [wif, 'GitLab, namespace', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, "assertion.namespace_id == '72'"), 'accept'],
  [other, 'default audience, no scheme', { ...gitlab, aud: `//iam.googleapis.com/${name}` }, provider(gitlab.iss, null, { 'google.subject': 'assertion.sub' }, 'true'), 'accept'],
  [other, 'default audience, https', { ...gitlab, aud: `https://iam.googleapis.com/${name}` }, provider(gitlab.iss, [], { 'google.subject': 'assertion.sub' }, 'true'), 'accept'],
  [other, 'default audience, another provider', { ...gitlab, aud: `https://iam.googleapis.com/${name}2` }, provider(gitlab.iss, [], { 'google.subject': 'assertion.sub' }, 'true'), 'refuse', ['audience'], 'prefixOnly'],
  [other, 'audience with a slash', { ...gitlab, aud: `${gitlab.aud}/` }, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true'), 'refuse', ['audience'], 'trailingSlash'],
  [kube, 'Kubernetes, nested claims', kubernetes, provider(kubernetes.iss, null, { 'google.subject': "assertion['kubernetes.io']['namespace'] + '::' + assertion['kubernetes.io']['serviceaccount']['name']" },
    "assertion['kubernetes.io']['namespace'] in ['backend', 'web']"), 'accept'],
  [kube, 'Kubernetes, another namespace', kubernetes, provider(kubernetes.iss, null, { 'google.subject': 'assertion.sub' }, "assertion['kubernetes.io']['namespace'] == 'Web'"), 'refuse', ['condition'], 'case'],
  [azure, 'Entra v2, object id', entra, atEntra(entra.iss, [entra.aud], `assertion.sub == '${entra.oid}'`), 'accept'],
  [azure, 'Entra, client id for object id', entra, atEntra(entra.iss, [entra.aud], `assertion.sub == '${entra.azp}'`), 'refuse', ['condition'], 'clientIdForObjectId'],
  [azure, 'Entra, v1 issuer', entra, atEntra(`https://sts.windows.net/${tenant}/`, [entra.aud], 'true'), 'refuse', ['issuer'], 'v1v2Issuer'],
  [azure, 'Entra v1, the slash', { ...entra, iss: `https://sts.windows.net/${tenant}/` }, atEntra(`https://sts.windows.net/${tenant}`, [entra.aud], 'true'), 'refuse', ['issuer'], 'trailingSlash'],
  [azure, 'Entra, the caller listed', entra, atEntra(entra.iss, [entra.azp], 'true'), 'refuse', ['audience'], 'azpNotAud'],
  ['series: list both names of the exchange audience', 'Entra, one of two', { ...entra, aud: exchange }, atEntra(entra.iss, ['api://AzureADTokenExchange'], 'true'), 'refuse', ['audience'], 'oneOfTwo'],
  ['series: list both names of the exchange audience', 'Entra, both', { ...entra, aud: exchange }, atEntra(entra.iss, ['api://AzureADTokenExchange', exchange], 'true'), 'accept'],
  [rest, 'disabled', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true', { disabled: true }), 'refuse', ['state']],
  [rest, 'deleted', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true', { state: 'DELETED' }), 'refuse', ['state']],
  [rest, 'no condition', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }), 'accept'],
  [rest, 'no subject mapped', gitlab, provider(gitlab.iss, [gitlab.aud], { 'attribute.x': 'assertion.sub' }, 'true'), 'refuse', ['subject']],
  [rest, 'a claim that is not there', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.email' }, 'true'), 'refuse', ['subject']],
  ['https://cloud.google.com/iam/docs/conditions-attribute-reference', 'a function that is not known', gitlab,
    provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, "assertion.sub.substring(2) == 'x'"), 'notEvaluated', []],
  ['https://github.com/google/cel-spec', 'no expression', gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'assertion.sub =='), 'notEvaluated', []],
  ['https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token', 'lives two days', { ...gitlab, iat: now - 60, exp: now + 48 * 3600 }, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true'), 'refuse', ['lifetime']],
  ['https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token', 'ended', { ...gitlab, iat: now - 7200, exp: now - 3600 }, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true'), 'refuse', ['lifetime.exp']],
];

async function match(claims, contract, header) {
  const jwt = join(folder, 'token.jwt'), file = join(folder, 'contract.json');
  writeFileSync(jwt, token(claims, header));
  writeFileSync(file, JSON.stringify(contract));
  return json(['match', jwt, file, '--now', '2027-01-15T08:00:00Z']);
}

const tests = {};
for (const [source, title, claims, contract, outcome, failing = [], near] of rows)
  tests[`${title} (${source})`] = async () => {
    const { status, document } = await match(claims, contract);
    const failed = document.checks.filter((check) => check.outcome === 'fail');
    assert.equal(document.outcome, outcome, JSON.stringify(failed, null, 1));
    assert.equal(status, outcome === 'accept' ? 0 : 1);
    assert.deepEqual(failed.map((check) => check.id), failing);
    assert.equal(failed[0]?.near?.kind, near);
    for (const check of failed) assert.ok(check.fix, `${check.id} has a fix`);
  };

tests['what is not known is named'] = async () => {
  const { document } = await match(gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, "assertion.sub.substring(2) == 'x'"));
  const open = document.checks.find((check) => check.id === 'condition');
  assert.equal(open.outcome, 'notEvaluated');
  assert.match(JSON.stringify(open), /substring\(\)/);
};

tests['other algorithms are refused'] = async () => {
  for (const alg of ['HS256', 'none', 'PS256', 'ES384']) {
    const { document } = await match(gitlab, provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true'), { alg });
    assert.equal(document.outcome, 'refuse', alg);
  }
};

tests['keys in the provider verify'] = async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const head = part({ alg: 'RS256', kid: 'k1', typ: 'JWT' }) + '.' + part({ iat: now - 60, exp: now + 3600, ...gitlab });
  const jwt = join(folder, 'signed.jwt'), file = join(folder, 'inline.json');
  writeFileSync(jwt, `${head}.${sign('sha256', Buffer.from(head), privateKey).toString('base64url')}`);
  const contract = provider(gitlab.iss, [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true');
  const judge = async (kid, key) => {
    contract.oidc.jwksJson = JSON.stringify({ keys: [{ ...key.export({ format: 'jwk' }), kid }] });
    writeFileSync(file, JSON.stringify(contract));
    return (await json(['match', jwt, file, '--now', '2027-01-15T08:00:00Z'])).document;
  };
  const right = await judge('k1', publicKey);
  assert.equal(right.outcome, 'accept');
  assert.equal(right.confidence, 'certain');
  assert.match(right.checks.find((check) => check.id === 'signature').expectedFrom, /given inline/);
  const stale = await judge('k0', publicKey);
  assert.equal(stale.outcome, 'refuse');
  assert.deepEqual(stale.checks.filter((check) => check.outcome === 'fail').map((check) => check.id), ['signature']);
  const leaked = await judge('k1', privateKey);
  assert.equal(leaked.checks.find((check) => check.id === 'keys.private').outcome, 'warning');
};

tests['the slash is shown as unconfirmed'] = async () => {
  const { document } = await match({ ...gitlab, iss: 'https://gitlab.com/' }, provider('https://gitlab.com', [gitlab.aud], { 'google.subject': 'assertion.sub' }, 'true'));
  assert.equal(document.confidence, 'likely');
  assert.match(JSON.stringify(document.checks.find((check) => check.id === 'issuer')), /not confirmed/);
};

tests['a member of another type is named by its place'] = async () => {
  const jwt = join(folder, 'token.jwt'), file = join(folder, 'broken.json');
  writeFileSync(jwt, token(gitlab));
  writeFileSync(file, JSON.stringify({ ...provider(gitlab.iss, [gitlab.aud], { 'google.subject': 5 }) }));
  const { trustwalk } = await import('./lib.mjs');
  const { status, stderr } = await trustwalk(['match', jwt, file]);
  assert.equal(status, 2);
  assert.match(stderr, /\/attributeMapping\/google\.subject/);
};

await run(tests);

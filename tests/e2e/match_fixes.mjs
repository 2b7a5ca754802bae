// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// What `trustwalk match` offers as the corrected contract lets the token in, or says what it leaves open; and the commands beside
// it make that contract out of the old one: what differs is written, and nothing else.

import assert from 'node:assert/strict';
import { json, part, run, scratchFiles, trustwalk } from './lib.mjs';

const saved = scratchFiles();
const at = Date.parse('2026-11-25T12:00:00Z') / 1000;
const token = (claims) => `${part({ alg: 'RS256', typ: 'JWT', kid: 'k' })}.${part({ iat: at - 60, nbf: at - 60, exp: at + 3000, ...claims })}.${Buffer.alloc(256, 7).toString('base64url')}`;
const match = (claims, contract) => json(['match', saved(token(claims)), saved(contract), '--now', '2026-11-25T12:00:00Z']);

const tenant = '7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43';
const v2 = `https://login.microsoftonline.com/${tenant}/v2.0`, v1 = `https://sts.windows.net/${tenant}/`;
const exchange = 'fb60f99c-7a34-4190-8149-302f77469936';
const terraform = { iss: 'https://app.terraform.io', sub: 'organization:tailspin:workspace:web', aud: 'aws.workload.identity' };
const P = 'app.terraform.io';
const arn = (url, partition = 'aws') => `arn:${partition}:iam::111122223333:oidc-provider/${url}`;
const aws = (url, list, condition, principal = arn(url)) => ({ provider: { Url: url, ClientIDList: list }, trustPolicy: { Version: '2012-10-17', Statement: [{
  Effect: 'Allow', Principal: { Federated: principal }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition }] } });
const equals = (url, claims) => ({ StringEquals: { [`${url}:aud`]: claims.aud, [`${url}:sub`]: claims.sub } });
const entraV1 = { iss: v1, ver: '1.0', tid: tenant, sub: 's', oid: 's', appid: 'c', aud: 'api://toys' };

const gitlab = { iss: 'https://gitlab.com', sub: 'project_path:tailspin/toys:ref_type:branch:ref:main', aud: 'https://toys.tailspin.example' };
const name = 'projects/100200300400/locations/global/workloadIdentityPools/toys/providers/ci';
const google = (oidc, more = {}) => ({ name, state: 'ACTIVE', attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: gitlab.iss, ...oidc }, ...more });
const listing = { allowedAudiences: [gitlab.aud] };
const where = "ci --project=100200300400 --location=global --workload-identity-pool=toys";

const forAnthropic = { ...gitlab, aud: 'https://api.anthropic.com' };
const rule = (issuer_url, subject_prefix) => ({ issuer: { id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', issuer_url, max_jwt_lifetime_seconds: 3600 },
  rule: { id: 'fdrl_01ZyXwVuTsRqPnMkJhGfEdCb', issuer_id: 'fdis_01AbCdEfGhJkLmNpQrStUvWx', match: { audience: forAnthropic.aud, subject_prefix }, archived_at: null } });
const credential = (members) => ({ name: 'c', issuer: gitlab.iss, subject: gitlab.sub, audiences: ['api://AzureADTokenExchange'], ...members });
const outside = { ...gitlab, aud: 'api://AzureADTokenExchange' };
const curl = (list, id, body) => `curl https://api.anthropic.com/v1/organizations/${list}/${id} -H "Authorization: Bearer $ORG_ADMIN_TOKEN" -H 'content-type: application/json' -d '${JSON.stringify(body).replaceAll('":', '": ')}'`;
const policyOf = (contract) => `aws iam update-assume-role-policy --role-name <role> --policy-document '${JSON.stringify(contract.trustPolicy)}'`;
const spaceless = (text) => text.replaceAll(/(["\]}[{,:]) (?=["[{\]}])/g, '$1');

/** what is wrong, claims, contract, the contract as it is put right (part of it), the commands */
const mended = [
  ['AWS, the slash is lost everywhere', entraV1, aws(v1.slice(8, -1), ['api://toys'], equals(v1.slice(8, -1), entraV1)), aws(v1.slice(8), ['api://toys'], equals(v1.slice(8), entraV1)),
    [`aws iam create-open-id-connect-provider --url '${v1}' --client-id-list 'api://toys'`, policyOf(aws(v1.slice(8), [], equals(v1.slice(8), entraV1)))]],
  ['AWS, v2 everywhere and a v1 token', entraV1, aws(v2.slice(8), ['api://toys'], equals(v2.slice(8), entraV1)), aws(v1.slice(8), ['api://toys'], equals(v1.slice(8), entraV1))],
  ['AWS, the provider alone has a slash', terraform, aws(`${P}/`, [terraform.aud], equals(P, terraform), arn(P)), aws(P, [terraform.aud], equals(P, terraform)),
    [`aws iam create-open-id-connect-provider --url 'https://${P}' --client-id-list '${terraform.aud}'`]],
  ['AWS, keys with a scheme', terraform, aws(P, [terraform.aud], equals(`https://${P}`, terraform)), aws(P, [terraform.aud], equals(P, terraform)), [policyOf(aws(P, [], equals(P, terraform)))]],
  ['AWS, a key without its provider', terraform, aws(P, [terraform.aud], { StringEquals: { sub: terraform.sub } }), aws(P, [terraform.aud], { StringEquals: { [`${P}:sub`]: terraform.sub } })],
  ['AWS, client id and policy', terraform, aws(P, ['x'], equals(P, { ...terraform, sub: 'y' })), aws(P, ['x', terraform.aud], equals(P, terraform)),
    [`aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn <provider ARN> --client-id '${terraform.aud}'`, policyOf(aws(P, [], equals(P, terraform)))]],
  ['AWS, another action', terraform, { ...aws(P, [terraform.aud], {}), trustPolicy: { Statement: [{ Effect: 'Allow', Principal: { Federated: arn(P) }, Action: ['sts:TagSession'] }] } },
    { trustPolicy: { Statement: [{ Effect: 'Allow', Principal: { Federated: arn(P) }, Action: ['sts:TagSession', 'sts:AssumeRoleWithWebIdentity'] }] } }],
  ['AWS, another provider beside those that are listed', terraform, aws(P, [terraform.aud], {}, [arn('gitlab.com')]), aws(P, [terraform.aud], {}, [arn('gitlab.com'), arn(P)])],
  ['AWS, the partition stays', terraform, aws(P, [terraform.aud], {}, arn(`${P}/`, 'aws-us-gov')), aws(P, [terraform.aud], {}, arn(P, 'aws-us-gov'))],
  ['AWS, one client id as a text', terraform, aws(P, 'x', {}), aws(P, ['x', terraform.aud], {})],
  ['Google, no audience listed', gitlab, google({}), google(listing), [`gcloud iam workload-identity-pools providers update-oidc ${where} --allowed-audiences='${gitlab.aud}'`]],
  ['Google, an empty list of audiences', gitlab, google({ allowedAudiences: [] }), google(listing)],
  ['Google, another audience as a text', gitlab, google({ allowedAudiences: 'https://x.example' }), google({ allowedAudiences: ['https://x.example', gitlab.aud] })],
  ['Google, deleted', gitlab, google(listing, { state: 'DELETED' }), google(listing), [`gcloud iam workload-identity-pools providers undelete ${where}`]],
  ['Google, disabled', gitlab, google(listing, { disabled: true }), google(listing, { disabled: false }), [`gcloud iam workload-identity-pools providers update-oidc ${where} --no-disabled`]],
  ['Google, deleted and disabled and with a slash', gitlab, google({ ...listing, issuerUri: 'https://gitlab.com/' }, { state: 'DELETED', disabled: true }), google(listing, { disabled: false }),
    [`gcloud iam workload-identity-pools providers undelete ${where}`, `gcloud iam workload-identity-pools providers update-oidc ${where} --issuer-uri='https://gitlab.com' --no-disabled`]],
  ['Google, no subject mapped', gitlab, google(listing, { attributeMapping: { 'attribute.x': "assertion.sub.split(',')[0]" } }), google(listing, { attributeMapping: { 'attribute.x': "assertion.sub.split(',')[0]", 'google.subject': 'assertion.sub' } }),
    [`gcloud iam workload-identity-pools providers update-oidc ${where} --attribute-mapping='^|^attribute.x=assertion.sub.split('\\'','\\'')[0]|google.subject=assertion.sub'`]],
  ['Google, nothing mapped', gitlab, google(listing, { attributeMapping: undefined }), google(listing)],
  ['Google, the condition', { ...gitlab, ref: 'main' }, google(listing, { attributeCondition: "assertion.ref == 'Main'" }), google(listing, { attributeCondition: "assertion.ref == 'main'" }),
    [`gcloud iam workload-identity-pools providers update-oidc ${where} --attribute-condition='assertion.ref == '\\''main'\\'''`]],
  ['Anthropic, issuer and rule', forAnthropic, rule('https://gitlab.com/', 'project_path:Tailspin/toys:*'), rule('https://gitlab.com', 'project_path:tailspin/toys:*'),
    [curl('federation_issuers', 'fdis_01AbCdEfGhJkLmNpQrStUvWx', { issuer_url: 'https://gitlab.com' }), curl('federation_rules', 'fdrl_01ZyXwVuTsRqPnMkJhGfEdCb', { match: { audience: forAnthropic.aud, subject_prefix: 'project_path:tailspin/toys:*' } })]],
  ['metadata with one server as a text', { iss: 'https://id.example', sub: 's', aud: 'https://toys.example' }, { resource: 'https://toys.example', authorization_servers: 'https://id.example/' },
    { resource: 'https://toys.example', authorization_servers: ['https://id.example/', 'https://id.example'] }],
];

/** a document of which this is a part */
function isPart(whole, wanted, path = '') {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return assert.deepEqual(whole, wanted, path);
  for (const [key, value] of Object.entries(wanted)) if (value !== undefined) isPart(whole?.[key], value, `${path}/${key}`);
}

const user = { iss: v2, ver: '2.0', tid: tenant, sub: 'pairwise', oid: 'o', scp: 'access_as_user', name: 'Kim', preferred_username: 'kim@x.example', azp: 'c', aud: exchange };
/** no contract mends these */
const beyond = [
  ['a user\'s token at a federated credential', user, credential({ issuer: v2, subject: 'o' }), 'kind'],
  ['the exchange GUID at AWS', { iss: v2, ver: '2.0', tid: tenant, sub: 'o', oid: 'o', aud: exchange }, aws(v2.slice(8), ['x'], { StringEquals: { [`${v2.slice(8)}:sub`]: 'o' } }), 'audience.exchange'],
  ['a principal that is no ARN', terraform, aws(P, [terraform.aud], {}, P), 'principal'],
  ['a key of a claim that the token has not', { ...terraform, email: undefined }, aws(P, ['x'], { StringEquals: { [`${P}:email`]: 'k@x.example' } }), 'condition.StringEquals.email'],
  ['the right key is there already', terraform, aws(P, [terraform.aud], { StringEquals: { [`${P}/:sub`]: 'x', [`${P}:sub`]: terraform.sub } }), 'condition.StringEquals.sub'],
  ['another tenant', { ...entraV1, iss: v1.replace('7a1f', '8b20') }, aws(v1.slice(8), ['x'], {}), 'issuer'],
];

/** let in as they are, though a list is a text */
const lists = [
  ['Google, the audience as a text', gitlab, google({ allowedAudiences: gitlab.aud })],
  ['metadata, the server as a text', { iss: 'https://id.example', sub: 's', aud: 'https://toys.example' }, { resource: 'https://toys.example', authorization_servers: 'https://id.example' }],
];

/** a contract in which a name stands twice, and where */
const twice = [
  [JSON.stringify(credential({})).replace('"subject"', '"subject":"S","subject"'), /stands twice/, '/subject'],
  [JSON.stringify([credential({}), credential({})]).replace(/"issuer"(?!.*"issuer")/, '"issuer":"https://x.example","issuer"'), /stands twice/, '/1/issuer'],
  [JSON.stringify(aws(P, [terraform.aud], equals(P, terraform))).replace('"StringEquals":{', '"StringEquals":{"app.terraform.io:sub":"*",'), /stands twice/, '/trustPolicy/Statement/0/Condition/StringEquals/app.terraform.io:sub'],
];

const packed = aws(P, [terraform.aud], equals(P, terraform));
packed.trustPolicy = encodeURIComponent(JSON.stringify(packed.trustPolicy).replace('"Effect"', '"Effect":"Deny","Effect"'));
twice.push([JSON.stringify(packed), /stands twice/, '/trustPolicy']);

await run({
  ...Object.fromEntries(mended.map(([title, claims, contract, wanted, commands]) => [title, async () => {
    const { document } = await match(claims, contract);
    assert.equal(document.outcome, 'refuse');
    assert.ok(document.corrected, JSON.stringify(document.checks.filter((c) => c.outcome !== 'pass'), null, 1));
    isPart(document.corrected, wanted);
    assert.equal((await match(claims, document.corrected)).document.outcome, 'accept');
    assert.equal(document.correctedNote, undefined);
    if (commands) assert.deepEqual(document.command.split('\n').map(spaceless), commands.map(spaceless));
  }])),
  ...Object.fromEntries(beyond.map(([title, claims, contract, failing]) => [`no correction: ${title}`, async () => {
    const { document } = await match(claims, contract);
    assert.equal(document.outcome, 'refuse');
    assert.ok(document.checks.some((c) => c.id === failing && c.outcome === 'fail'), JSON.stringify(document.checks, null, 1));
    assert.deepEqual([document.corrected, document.command], [undefined, undefined]);
  }])),
  'a part says what it leaves: a fresh token': async () => {
    const { document } = await match({ ...outside, exp: at - 4000, iat: at - 8000, nbf: at - 8000 }, credential({ subject: gitlab.sub.toUpperCase() }));
    assert.equal(document.corrected.subject, gitlab.sub);
    assert.match(document.correctedNote, /a part alone.*fresh token/);
  },
  'a part says what it leaves: what is not evaluated': async () => {
    const { provider: _, ...alone } = aws(P, [], equals(P, { ...terraform, sub: terraform.sub.toUpperCase() }));
    const { document } = await match(terraform, alone);
    assert.deepEqual(document.corrected.trustPolicy.Statement[0].Condition, equals(P, terraform));
    assert.match(document.correctedNote, /not known here.*Audience/);
    const text = await trustwalk(['match', saved(token(terraform)), saved(alone), '--now', '2026-11-25T12:00:00Z']);
    assert.match(text.stdout, /Not evaluated: Audience/);
  },
  ...Object.fromEntries(lists.map(([title, claims, contract]) => [title, async () => {
    const { document } = await match(claims, contract);
    assert.equal(document.outcome, 'accept', JSON.stringify(document.checks.filter((c) => c.outcome !== 'pass'), null, 1));
  }])),
  ...Object.fromEntries(twice.map(([contract, says, place]) => [`a name that stands twice: ${place}`, async () => {
    const { status, stdout, stderr } = await trustwalk(['match', saved(token(outside)), saved(contract), '--json']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, says);
    assert.ok(stderr.includes(`:${place}`), stderr);
  }])),
});

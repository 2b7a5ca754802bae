// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// MSAL Node, Microsoft's own client library, unmodified, against the lab: it knows the manifest and nothing else.

import assert from 'node:assert/strict';
import { createPrivateKey, createSign, randomUUID, X509Certificate } from 'node:crypto';
import { claims, requirePackage, runWithLab } from './lib.mjs';
import { signIn } from './pages.mjs';

const { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } = requirePackage('@azure/msal-node');

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the outside issuer, signed with the key that the manifest hands out. */
function outsideToken(lab, { subject, audiences, source }, changes = {}) {
  const issuer = lab.named('issuers', source.name);
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: issuer.issuer, sub: subject, aud: audiences[0], iat: now, nbf: now, exp: now + 300, jti: randomUUID(), ...changes };
  const input = `${base64url({ alg: issuer.algorithm, typ: 'JWT', kid: issuer.keyId })}.${base64url(payload)}`;
  const signature = createSign('sha256').update(input).sign(createPrivateKey(lab.text(issuer.keyFile)));
  return `${input}.${signature.toString('base64url')}`;
}

await runWithLab((lab) => {
  const auth = (name) => ({ clientId: lab.app(name).clientId, authority: lab.authority, knownAuthorities: [new URL(lab.authority).host] });
  const webApi = (credential) => new ConfidentialClientApplication({ auth: { ...auth('web-api'), ...credential } });
  const withSecret = () => webApi({ clientSecret: lab.credential('web-api', 'secret').value });
  const vault = { scopes: [`${lab.app('key-vault').identifierUris[0]}/.default`] };
  const graphScope = `${lab.app('graph').identifierUris[0]}/User.Read`;
  const apiScope = `${lab.app('web-api').identifierUris[0]}/${lab.app('web-api').delegatedScopes[0]}`;
  const alice = lab.named('users', 'alice');
  const redirectUri = 'http://localhost:53124/callback';
  let publicClient;
  let signedIn;

  const getsAppToken = async (client) => {
    const { accessToken } = await client.acquireTokenByClientCredential(vault);
    const payload = claims(accessToken);
    assert.equal(payload.iss, `${lab.authority}/v2.0`);
    assert.equal(payload.oid, lab.app('web-api').objectId);
    assert.equal(payload.idtyp, 'app');
    assert.equal(payload.scp, undefined);
  };

  return {
    'client credentials with a secret': () => getsAppToken(withSecret()),

    'client credentials with a certificate': () => {
      const { certificateFile, keyFile } = lab.credential('web-api', 'certificate');
      const certificate = new X509Certificate(lab.text(certificateFile));
      const thumbprintSha256 = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
      return getsAppToken(webApi({ clientCertificate: { thumbprintSha256, privateKey: lab.text(keyFile) } }));
    },

    'client credentials with a federated assertion': () => {
      const credential = lab.credential('web-api', 'federated');
      return getsAppToken(webApi({ clientAssertion: async () => outsideToken(lab, credential) }));
    },

    'a federated assertion of another subject is refused as Entra refuses it': async () => {
      const credential = lab.credential('web-api', 'federated');
      const token = outsideToken(lab, credential, { sub: `${credential.subject}x` });
      await assert.rejects(webApi({ clientAssertion: token }).acquireTokenByClientCredential(vault), /AADSTS700213/);
    },

    'a wrong secret is refused as Entra refuses it': () =>
      assert.rejects(webApi({ clientSecret: 'not-the-secret' }).acquireTokenByClientCredential(vault), /AADSTS7000215/),

    'a public client signs in with a code and PKCE': async () => {
      publicClient = new PublicClientApplication({ auth: auth('public-client') });
      const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
      const request = { scopes: [apiScope], redirectUri, state: randomUUID() };
      const address = await publicClient.getAuthCodeUrl({ ...request, codeChallenge: challenge, codeChallengeMethod: 'S256' });
      const answer = await signIn(address, lab.manifest, alice);
      assert.equal(`${answer.origin}${answer.pathname}`, redirectUri);
      assert.equal(answer.searchParams.get('state'), request.state);
      signedIn = await publicClient.acquireTokenByCode({ ...request, code: answer.searchParams.get('code'), codeVerifier: verifier });
      assert.equal(signedIn.account.username, alice.username);
      assert.equal(claims(signedIn.accessToken).oid, alice.objectId);
      assert.equal(claims(signedIn.accessToken).scp, lab.app('web-api').delegatedScopes[0]);
    },

    'the refresh token brings a token for another resource': async () => {
      const graph = await publicClient.acquireTokenSilent({ account: signedIn.account, scopes: [graphScope], forceRefresh: true });
      const me = await fetch(`${lab.url('graph')}/v1.0/me`, { headers: { authorization: `Bearer ${graph.accessToken}` } });
      assert.equal(me.status, 200);
      assert.equal((await me.json()).userPrincipalName, alice.username);
    },

    'the middle tier exchanges the token on behalf of the user': async () => {
      const graph = await withSecret().acquireTokenOnBehalfOf({ oboAssertion: signedIn.accessToken, scopes: [graphScope] });
      const payload = claims(graph.accessToken);
      assert.equal(payload.oid, alice.objectId);
      assert.equal(payload.azp ?? payload.appid, lab.app('web-api').clientId);
      const me = await fetch(`${lab.url('graph')}/v1.0/me`, { headers: { authorization: `Bearer ${graph.accessToken}` } });
      assert.equal((await me.json()).id, alice.objectId);
    },
  };
});

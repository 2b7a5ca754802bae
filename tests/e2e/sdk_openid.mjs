// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// openid-client, a library that was not written here, exchanges tokens at the lab: it reads the metadata (RFC 8414), signs
// Alice in by code and PKCE, and asks by RFC 8693 with and without an actor.

import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { claims, requirePackage, runWithLab } from './lib.mjs';
import { signIn } from './pages.mjs';

const { Issuer, generators } = requirePackage('openid-client');

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const accessToken = 'urn:ietf:params:oauth:token-type:access_token';

/** The well-known part stands before the issuer's path. */
function metadataUrl(issuer) {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname}`;
}

async function post(url, form) {
  const reply = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const body = await reply.json();
  assert.equal(reply.status, 200, JSON.stringify(body));
  return body.access_token;
}

await runWithLab((lab) => {
  const trust = lab.named('trusts', 'token-exchange');
  const { clientId, clientSecret, audience, scope } = trust.settings;
  const alice = lab.named('users', trust.principal.name);
  const redirect = 'http://127.0.0.1:53125/callback';
  const issuer = lab.url('token-exchange');

  const server = async (changes = {}) => {
    const found = await Issuer.discover(metadataUrl(issuer));
    return new found.Client({ client_id: clientId, client_secret: clientSecret, ...changes });
  };

  /** Alice's token for a delegated scope, by code and PKCE at the authority. */
  const userToken = async (wanted = trust.scope, client = trust.principal.via) => {
    const authority = await Issuer.discover(`${lab.authority}/v2.0`);
    const app = new authority.Client({ client_id: lab.app(client).clientId, token_endpoint_auth_method: 'none', redirect_uris: [redirect] });
    const verifier = generators.codeVerifier();
    const state = generators.state();
    const address = app.authorizationUrl({
      scope: `openid ${wanted}`, state, code_challenge: generators.codeChallenge(verifier), code_challenge_method: 'S256',
    });
    const back = await signIn(address, lab.manifest, alice);
    const tokens = await app.callback(redirect, app.callbackParams(back.href), { state, code_verifier: verifier, response_type: 'code' });
    return tokens.access_token;
  };

  /** The agent's token: its blueprint vouches with a secret. */
  const agentToken = async (wanted = trust.actor.scope) => {
    const { name } = trust.actor.principal;
    const { clientId: agent, parent } = lab.app(name);
    const token = `${lab.authority}/oauth2/v2.0/token`;
    const blueprint = await post(token, {
      grant_type: 'client_credentials', client_id: lab.app(parent).clientId, client_secret: lab.credential(parent, 'secret').value,
      scope: 'api://AzureADTokenExchange/.default', fmi_path: agent,
    });
    return post(token, {
      grant_type: 'client_credentials', client_id: agent, client_assertion: blueprint, scope: wanted,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
  };

  const exchange = async (changes, client) => (client ?? await server()).grant({
    grant_type: exchangeGrant, subject_token: await userToken(), subject_token_type: accessToken, audience, scope, ...changes,
  });

  const refusedWith = (error) => (thrown) => thrown.error === error || assert.fail(`${thrown.error}: ${thrown.message}`);

  return {
    'the metadata names the issuer and its endpoints': async () => {
      const found = await Issuer.discover(metadataUrl(issuer));
      assert.equal(found.issuer, issuer);
      assert.ok(found.token_endpoint.startsWith(`${issuer}/`));
      assert.ok(found.metadata.grant_types_supported.includes(exchangeGrant));
      assert.equal((await fetch(`${issuer}/.well-known/openid-configuration`)).status, 404);
    },

    'impersonation: the subject alone': async () => {
      const tokens = await exchange({});
      const payload = claims(tokens.access_token);
      assert.equal(tokens.issued_token_type, accessToken);
      assert.equal(payload.iss, issuer);
      assert.equal(payload.aud, audience);
      assert.equal(payload.sub, alice.objectId);
      assert.equal(payload.act, undefined);
      assert.ok(tokens.expires_at > Date.now() / 1000);
    },

    'delegation: subject and actor': async () => {
      const tokens = await exchange({ actor_token: await agentToken(), actor_token_type: accessToken });
      const payload = claims(tokens.access_token);
      assert.equal(payload.sub, alice.objectId);
      assert.equal(payload.act.sub, lab.app(trust.actor.principal.name).objectId);
    },

    'the token is signed with a published key': async () => {
      const found = await Issuer.discover(metadataUrl(issuer));
      const { keys } = await (await fetch(found.metadata.jwks_uri)).json();
      const { access_token: token } = await exchange({});
      const [head, body, signature] = token.split('.');
      const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'));
      const key = keys.find((each) => each.kid === kid) ?? assert.fail('no such key');
      assert.equal(alg, 'RS256');
      assert.ok(verify('sha256', `${head}.${body}`, createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url')));
    },

    'the client in the body is as good as in the header': async () => {
      const tokens = await exchange({}, await server({ token_endpoint_auth_method: 'client_secret_post' }));
      assert.equal(claims(tokens.access_token).sub, alice.objectId);
    },

    'a wrong secret is invalid_client': async () =>
      assert.rejects(exchange({}, await server({ client_secret: 'not-the-secret' })), refusedWith('invalid_client')),

    'an audience that is not offered is invalid_target': () =>
      assert.rejects(exchange({ audience: 'https://elsewhere.example' }), refusedWith('invalid_target')),

    'a resource that is not offered is invalid_target': () =>
      assert.rejects(exchange({ audience: undefined, resource: 'https://elsewhere.example' }), refusedWith('invalid_target')),

    'a token that does not verify is invalid_request': async () => {
      const token = await userToken();
      const forged = `${token.slice(0, -8)}AAAAAAAA`;
      await assert.rejects(exchange({ subject_token: forged }), refusedWith('invalid_request'));
      await assert.rejects(exchange({ actor_token: forged, actor_token_type: accessToken }), refusedWith('invalid_request'));
    },

    'a token for another audience, or of somebody else, is invalid_request': async () => {
      const graph = `${lab.app('graph').identifierUris[0]}/User.Read`;
      await assert.rejects(exchange({ subject_token: await userToken(graph) }), refusedWith('invalid_request'));
      await assert.rejects(exchange({ subject_token: await agentToken() }), refusedWith('invalid_request'));
      const other = await agentToken(`${lab.app('key-vault').identifierUris[0]}/.default`);
      await assert.rejects(exchange({ actor_token: other, actor_token_type: accessToken }), refusedWith('invalid_request'));
    },

    'the agent\'s own token is a grant (RFC 7523)': async () => {
      const tokens = await (await server()).grant({ grant_type: jwtGrant, assertion: await agentToken(), audience, scope });
      assert.equal(claims(tokens.access_token).sub, lab.app(trust.actor.principal.name).objectId);
      await assert.rejects((await server()).grant({ grant_type: jwtGrant, assertion: await userToken(), scope }), refusedWith('invalid_grant'));
    },
  };
});

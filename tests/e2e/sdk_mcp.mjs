// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The official MCP client SDK, unmodified, against the lab: it gets the URL of the server and an OAuth provider that keeps what
// it is given, and finds everything else by itself. Once with Entra and a client that is registered there, once with the
// server's own authorization server, where the SDK registers itself.

import assert from 'node:assert/strict';
import { claims, importPackage, runWithLab } from './lib.mjs';
import { signIn } from './pages.mjs';

const { Client } = await importPackage('@modelcontextprotocol/sdk/client/index.js');
const { StreamableHTTPClientTransport } = await importPackage('@modelcontextprotocol/sdk/client/streamableHttp.js');
const { UnauthorizedError } = await importPackage('@modelcontextprotocol/sdk/client/auth.js');

/** Keeps what the SDK hands over, word for word, and remembers where it wanted to send the browser. */
class Keeper {
  constructor(redirectUrl, known) {
    this.redirectUrl = redirectUrl;
    this.information = known;
    this.registrations = 0;
  }
  get clientMetadata() {
    return {
      client_name: 'SDK under test', redirect_uris: [this.redirectUrl], grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'], token_endpoint_auth_method: 'none', application_type: 'native',
    };
  }
  state() { return 'state-of-the-test'; }
  clientInformation() { return this.information; }
  saveClientInformation(information) {
    this.registrations += 1;
    this.information = information;
  }
  tokens() { return this.kept; }
  saveTokens(tokens) { this.kept = tokens; }
  redirectToAuthorization(url) { this.address = url; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  codeVerifier() { return this.verifier; }
}

await runWithLab((lab) => {
  const redirect = 'http://127.0.0.1:53127/callback';
  const alice = lab.named('users', 'alice');

  /** One try to connect; the client, or nothing when the SDK asks for a sign-in. */
  async function connect(url, keeper) {
    const client = new Client({ name: 'sdk-under-test', version: '1.0.0' });
    const transport = new StreamableHTTPClientTransport(new URL(url), { authProvider: keeper });
    try {
      await client.connect(transport);
      return { client, transport };
    } catch (error) {
      assert.ok(error instanceof UnauthorizedError, error.stack);
      return { transport };
    }
  }

  async function finish(transport, keeper) {
    const answer = await signIn(keeper.address.href, lab.manifest, alice);
    assert.equal(answer.searchParams.get('state'), 'state-of-the-test');
    assert.ok(answer.searchParams.get('iss'), 'the answer names its issuer (RFC 9207)');
    await transport.finishAuth(answer.searchParams.get('code'));
    return answer;
  }

  async function signedIn(url, keeper) {
    const { client, transport } = await connect(url, keeper);
    assert.equal(client, undefined, 'without a token the server does not let anybody in');
    await finish(transport, keeper);
    const second = await connect(url, keeper);
    assert.ok(second.client, 'with a token it does');
    return second;
  }

  const whoami = async (client) => JSON.parse((await client.callTool({ name: 'whoami', arguments: {} })).content[0].text);
  const atEntra = () => new Keeper(redirect, { client_id: lab.app('public-client').clientId });

  return {
    'the challenge and the metadata are those of the manifest': async () => {
      const url = lab.url('mcp');
      const reply = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
      assert.equal(reply.status, 401);
      const [, address] = /^Bearer resource_metadata="([^"]+)"$/.exec(reply.headers.get('www-authenticate'));
      const { origin, pathname } = new URL(url);
      assert.equal(address, `${origin}/.well-known/oauth-protected-resource${pathname}`);
      const document = await (await fetch(address)).json();
      assert.equal(document.resource, url);
      assert.equal(document.resource, lab.app('mcp').identifierUris[0]);
      assert.equal(document.authorization_servers[0], `${lab.authority}/v2.0`);
      assert.ok(document.scopes_supported.includes(`${url}/${lab.app('mcp').delegatedScopes[0]}`));
      assert.ok(document.scopes_supported.includes('offline_access'));
    },

    'Entra, with a client that is registered there': async () => {
      const keeper = atEntra();
      const { client } = await signedIn(lab.url('mcp'), keeper);
      assert.equal(keeper.address.searchParams.get('resource'), lab.url('mcp'));
      assert.ok((await client.listTools()).tools.some((tool) => tool.name === 'whoami'));
      await client.ping();
      const me = await whoami(client);
      assert.equal(me.oid, alice.objectId);
      assert.equal(me.azp ?? me.appid, lab.app('public-client').clientId);
      assert.ok(me.scp.split(' ').includes(lab.app('mcp').delegatedScopes[0]));
      assert.equal(claims(keeper.kept.access_token).aud, lab.app('mcp').clientId);
      await client.close();
    },

    'the refresh token brings the next token': async () => {
      const keeper = atEntra();
      await (await signedIn(lab.url('mcp'), keeper)).client.close();
      const before = keeper.kept;
      assert.ok(before.refresh_token, 'offline_access brought one');
      keeper.kept = { ...before, access_token: 'not-a-token-any-more' };
      const { client } = await connect(lab.url('mcp'), keeper);
      assert.equal((await whoami(client)).oid, alice.objectId);
      assert.notEqual(keeper.kept.access_token, before.access_token);
      await client.close();
    },

    'a tool that needs more makes the SDK ask again': async () => {
      const keeper = atEntra();
      const narrow = `${lab.url('mcp')}/tools.use`;
      const { transport } = await connect(lab.url('mcp'), keeper);
      keeper.address.searchParams.set('scope', narrow); // a person who grants less than was asked for
      await finish(transport, keeper);
      const second = await connect(lab.url('mcp'), keeper);
      assert.equal((await whoami(second.client)).scp, 'tools.use');
      keeper.kept = { ...keeper.kept, refresh_token: undefined };
      await assert.rejects(second.client.callTool({ name: 'close_claim', arguments: {} }), UnauthorizedError);
      const asked = keeper.address.searchParams.get('scope').split(' ');
      assert.deepEqual(asked, [narrow, `${lab.url('mcp')}/claims.close`], 'the union of old and new');
      await finish(second.transport, keeper);
      const third = await connect(lab.url('mcp'), keeper);
      assert.equal((await third.client.callTool({ name: 'close_claim', arguments: {} })).isError, false);
      await third.client.close();
    },

    'its own authorization server, where the SDK registers itself': async () => {
      const url = lab.url('mcp-open');
      const keeper = new Keeper(redirect);
      const { client } = await signedIn(url, keeper);
      assert.equal(keeper.registrations, 1);
      assert.equal((await whoami(client)).oid, alice.objectId);
      const token = claims(keeper.kept.access_token);
      assert.equal(token.aud, url);
      assert.equal(token.client_id, keeper.information.client_id);
      await client.close();
    },

    'there a refresh token is good once': async () => {
      const url = lab.url('mcp-open');
      const keeper = new Keeper(redirect);
      await (await signedIn(url, keeper)).client.close();
      const first = keeper.kept;
      keeper.kept = { ...first, access_token: 'gone' };
      await (await connect(url, keeper)).client.close();
      assert.notEqual(keeper.kept.refresh_token, first.refresh_token);
      keeper.kept = { ...first, access_token: 'gone' };
      await assert.rejects(connect(url, keeper).then(({ client }) => assert.ok(client)));
    },

    'a token for one server is nothing at the other': async () => {
      const keeper = new Keeper(redirect);
      await (await signedIn(lab.url('mcp-open'), keeper)).client.close();
      const reply = await fetch(lab.url('mcp'), {
        method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${keeper.kept.access_token}` },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
      });
      assert.equal(reply.status, 401);
      assert.match(reply.headers.get('www-authenticate'), /error="invalid_token"/);
    },
  };
});

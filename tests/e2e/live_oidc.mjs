// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Live, without the lab: discovery, PKCE sign-in and the tokens of a provider that was not written here.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressCatcher, openBrowser } from './chromium.mjs';
import { run, scratchFolder, start, testsFolder, trustwalk } from './lib.mjs';
import { signInAtProvider, startProvider } from './provider.mjs';

const setup = JSON.parse(readFileSync(join(testsFolder, 'data/setups/any-issuer.json'), 'utf8'));
const [configured] = setup.providers;
const { issuer, caFile } = await startProvider(configured.clientId);
configured.issuer = issuer;
const setupFile = join(scratchFolder(), 'provider.json');
writeFileSync(setupFile, JSON.stringify(setup, null, 2));

await run({
  'a sign-in by discovery ends accepted': async () => {
    const catcher = addressCatcher();
    const walk = start(['walk', setupFile, '--against', 'live', '--ca', caFile, '--json', '--wait', '90'], { input: '', env: catcher.env });
    const address = await catcher.address(walk);
    assert.ok(address.startsWith(`${issuer}/auth?`), address);
    await signInAtProvider(await openBrowser(address), address);
    const { status, stdout, stderr } = await walk.done;
    assert.equal(status, 0, `${stderr}\n${stdout.slice(0, 4000)}`);
    const { result, against, steps } = JSON.parse(stdout);
    assert.equal(result, 'accepted');
    assert.equal(against, 'live');
    const tokens = steps.flatMap((step) => step.tokens).filter((token) => token.claims);
    assert.ok(tokens.some(({ claims }) => claims.iss === issuer && claims.sub === 'alice' && claims.aud === configured.clientId), stdout);
  },

  'without its authority the provider is not trusted': async () => {
    const { status, stderr, stdout } = await trustwalk(['walk', setupFile, '--against', 'live', '--wait', '5']);
    assert.ok([1, 3].includes(status), `exit ${status}: ${stderr}`);
    assert.match(stderr + stdout, /certificate|authority|TLS/i);
  },
});

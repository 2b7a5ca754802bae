// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// Plants values that open something and searches for them afterwards wherever a program leaves traces: output, errors,
// reports, every file of home, runtime folder and scratch folder, command line, environment (checklist S01, S04 to S07, S10). Runs under with-keyring.sh.

import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addressCatcher, openBrowser } from './chromium.mjs';
import { run, scratchFolder, sourceFolder, start, startLab, testsFolder, trustwalk } from './lib.mjs';
import { signInAtProvider, startProvider } from './provider.mjs';

/** Folders in which everything the program writes must end up, and nobody else writes. */
const traces = scratchFolder();
const places = { TMPDIR: join(traces, 'tmp'), XDG_CONFIG_HOME: join(traces, 'config'), XDG_CACHE_HOME: join(traces, 'cache'), XDG_STATE_HOME: join(traces, 'state') };
for (const folder of Object.values(places)) mkdirSync(folder);
const searched = [traces, process.env.HOME, process.env.XDG_RUNTIME_DIR];

function* filesUnder(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = lstatSync(path);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

/** The ways a value can be written down. */
const spellings = (value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, ''), Buffer.from(value).toString('hex')];
const findsIn = (text, canaries) =>
  Object.entries(canaries).filter(([, value]) => spellings(value).some((spelling) => text.includes(spelling))).map(([name]) => name);

/** Fails when a canary is in one of the texts or in any file of the searched folders. */
function assertNowhere(canaries, texts) {
  for (const [name, value] of Object.entries(canaries)) assert.ok(value?.length >= 20, `${name} is no canary: ${value}`);
  const found = [];
  for (const [where, text] of Object.entries(texts)) found.push(...findsIn(text, canaries).map((name) => `${name} in ${where}`));
  for (const folder of searched)
    for (const path of filesUnder(folder)) found.push(...findsIn(readFileSync(path, 'latin1'), canaries).map((name) => `${name} in ${path}`));
  assert.deepEqual(found, []);
}

/** What everybody on the machine, or a crash, could get at while the program runs. */
function inspectProcess({ child }) {
  const of = (name) => readFileSync(`/proc/${child.pid}/${name}`, 'latin1');
  assert.match(of('limits'), /Max core file size\s+0\s+0\s/, 'no core dumps');
  return { cmdline: of('cmdline'), environ: of('environ') };
}

const report = () => join(traces, `report-${Math.random()}.html`);

/** The sample, pointed at the lab as if that were the live services. */
function liveSetup(lab) {
  const setup = JSON.parse(readFileSync(join(sourceFolder, 'resources/samples/secret-agent.json'), 'utf8'));
  setup.id = 'planted';
  for (const tenant of setup.tenants) tenant.authority = lab.url('entra');
  for (const target of setup.targets ?? []) if (target.kind === 'anthropic') target.url = lab.url('anthropic');
  const file = join(traces, 'planted.json');
  writeFileSync(file, JSON.stringify(setup, null, 2));
  return file;
}

const lab = await startLab('secret-agent');
const provider = await startProvider('trustwalk-desktop');
const secret = { 'client secret': lab.credential('blueprint', 'secret').value };

await run({
  'a client secret goes into the keychain from standard input': async () => {
    const setup = liveSetup(lab);
    const set = start(['secret', 'set', setup], { env: places });
    set.child.stdin.end(`${secret['client secret']}\n`);
    const { status, stdout, stderr } = await set.done;
    assert.equal(status, 0, stderr);
    assertNowhere(secret, { stdout, stderr });
  },

  'a walk with that secret gets through and leaves it nowhere': async () => {
    for (const form of [[], ['--json']]) {
      const file = report();
      const walk = await trustwalk(['walk', join(traces, 'planted.json'), '--against', 'live', '--ca', lab.caFile, '--report', file, ...form], { env: places });
      assert.doesNotMatch(walk.stdout + walk.stderr, /AADSTS7000215/, 'the secret came out of the keychain as it went in');
      assert.match(walk.stdout, form.length ? /"result": "accepted"/ : /accepted/, walk.stdout + walk.stderr);
      assert.ok(existsSync(file));
      assertNowhere(secret, { stdout: walk.stdout, stderr: walk.stderr });
    }
  },

  'a refused secret is not in the message either': async () => {
    const wrong = { 'wrong secret': 'wrong8Q~planted-value-that-opens-nothing' };
    const set = await trustwalk(['secret', 'set', join(traces, 'planted.json')], { env: places, input: `${wrong['wrong secret']}\n` });
    assert.equal(set.status, 0, set.stderr);
    const walk = await trustwalk(['walk', join(traces, 'planted.json'), '--against', 'live', '--ca', lab.caFile, '--report', report(), '--json'], { env: places });
    assert.equal(walk.status, 1, walk.stderr);
    assert.match(walk.stdout, /AADSTS7000215/);
    assertNowhere({ ...secret, ...wrong }, { stdout: walk.stdout, stderr: walk.stderr });
  },

  'the entries of a setup can be taken out of the keychain at once': async () => {
    const setup = join(traces, 'planted.json');
    const stored = async () => JSON.parse((await trustwalk(['secret', 'list', setup, '--json'], { env: places })).stdout).secrets.filter((each) => each.stored).length;
    assert.equal(await stored(), 1);
    assert.equal((await trustwalk(['secret', 'set', setup, '--all'], { env: places })).status, 2);
    const gone = await trustwalk(['secret', 'delete', setup, '--all'], { env: places });
    assert.equal(gone.status, 0, gone.stderr);
    assert.match(gone.stdout, /1 entry/m);
    assert.equal(await stored(), 0);
  },

  'code, verifier and tokens of a sign-in are left nowhere': async () => {
    const setup = JSON.parse(readFileSync(join(testsFolder, 'data/setups/any-issuer.json'), 'utf8'));
    setup.providers[0].issuer = provider.issuer;
    const file = join(traces, 'provider.json');
    writeFileSync(file, JSON.stringify(setup));
    const walkOnce = async (...more) => {
      const catcher = addressCatcher();
      provider.seen.length = 0;
      const walk = start(['walk', file, '--against', 'live', '--ca', provider.caFile, '--json', '--wait', '60', ...more],
        { input: '', env: { ...places, ...catcher.env } });
      const address = await catcher.address(walk);
      const process = inspectProcess(walk);
      await signInAtProvider(await openBrowser(address), address);
      const { status, stdout, stderr } = await walk.done;
      assert.equal(status, 0, stderr);
      const { parameters, reply } = provider.seen.find(({ path }) => path === '/token');
      const canaries = { code: parameters.code, verifier: parameters.code_verifier, 'access token': reply.access_token, 'id token': reply.id_token, 'signature of the id token': reply.id_token.split('.')[2] };
      return { canaries, texts: { stdout, stderr, ...process } };
    };
    const { canaries, texts } = await walkOnce('--report', report());
    assertNowhere(canaries, texts);
    // The search itself works: shown on purpose, they are found.
    const shown = await walkOnce('--reveal');
    assert.deepEqual(findsIn(shown.texts.stdout, shown.canaries).sort(), Object.keys(shown.canaries).sort());
    const { stdout, ...others } = shown.texts;
    assertNowhere(shown.canaries, others);
  },
});

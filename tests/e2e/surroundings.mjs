// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// What the surroundings do to the command line: streams that are full or closed, signals, files that stand in the way, options
// that came out empty. Each ends with the exit that the contract names, and leaves nothing behind.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { later, part, program, run, scratchFolder, sourceFolder, start, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const shell = (command) => {
  const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`, 'bash', program], { encoding: 'utf8' });
  return { status, stderr };
};

// a command, its exit, what it says
const streams = [
  ['"$1" samples > /dev/full', 3, /Standard output cannot be written: No space left/],
  ['"$1" walk federated-agent --json > /dev/full', 3, /No space left/],
  ['"$1" check federated-agent > /dev/full', 3, /No space left/],
  ['"$1" --help > /dev/full', 3, /No space left/],
  ['"$1" samples >&-', 3, /Standard output cannot be written/],
  ['"$1" walk federated-agent --json >&- <&-', 3, /Standard output cannot be written/],
  ['"$1" samples 2>&- > /dev/null', 0, /^$/],
];

// arguments, what is said; all of them are usage
const usage = [
  [['inspect', '-', '--issuer', ''], /--issuer is empty/],
  [['inspect', '-', '--audience', ' '], /--audience is empty/],
  [['inspect', '-', '--alg', ','], /--alg is empty/],
  [['walk', 'sign-in-api', '--sign-in', 'nobody'], /no user nobody\. It has alice/],
  [['walk', 'sign-in-api', '--sign-in', 'Alice'], /no user Alice/],
  [['walk', 'sign-in-api', '--wait', '0'], /--wait takes seconds/],
  [['walk', 'sign-in-api', '--wait', '-1'], /--wait takes seconds/],
];

const tests = {};
for (const [command, status, said] of streams)
  tests[`${command} ends with ${status}`] = () => {
    const done = shell(command);
    assert.equal(done.status, status, done.stderr);
    assert.match(done.stderr, said);
  };

for (const [args, said] of usage)
  tests[`${args.map((each) => each || "''").join(' ')} is refused`] = async () => {
    const { status, stderr } = await trustwalk(args, { input: 'x' });
    assert.equal(status, 2, stderr);
    assert.match(stderr, said);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  };

for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])
  tests[`a walk that waits for a browser ends with ${signal}, and nothing of its lab stays`] = async () => {
    const own = join(folder, signal);
    mkdirSync(own);
    const browser = join(own, 'browser');
    writeFileSync(browser, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const walk = start(['walk', 'sign-in-api'], { input: '', env: { TMPDIR: own, BROWSER: browser } });
    await new Promise((resolve, reject) => {
      walk.child.stderr.on('data', () => /Waiting for your browser/.test(walk.text.stderr) && resolve());
      walk.done.then((end) => reject(new Error(`it ended: ${end.stderr}`)));
    });
    assert.equal(readdirSync(own).length, 2, 'the browser, and the folder of the lab');
    walk.child.kill(signal);
    assert.equal((await walk.done).status, status);
    assert.deepEqual(readdirSync(own), ['browser']);
  };

// what stands where the manifest shall be, and whether the lab may have the place
const places = {
  'a text': [(path) => writeFileSync(path, 'precious\n'), false],
  'another JSON document': [(path) => writeFileSync(path, '{"schema":"run"}'), false],
  'a link': [(path) => symlinkSync(join(sourceFolder, 'README.md'), path), false],
  'a folder': [(path) => mkdirSync(path), false],
  'an empty file': [(path) => writeFileSync(path, ''), true],
  'the manifest of an earlier lab': [(path) => writeFileSync(path, '{"schema":"lab-manifest","version":1}'), true],
};
for (const [name, [put, free]] of Object.entries(places))
  tests[`${name} in place of the manifest ${free ? 'is replaced' : 'stays as it is'}`] = async () => {
    const path = join(scratchFolder(), 'place.json');
    put(path);
    const lab = start(['lab', 'sign-in-api', '--manifest', path, '--quit-with-stdin']);
    const ready = new Promise((resolve) => lab.child.stdout.on('data', () => resolve()));
    if (free) {
      await ready;
      assert.equal(JSON.parse(readFileSync(path, 'utf8')).tenant.id.length, 36);
      lab.child.stdin.end();
      assert.equal((await lab.done).status, 0);
      assert.ok(!existsSync(path));
      return;
    }
    const { status, stderr } = await lab.done;
    assert.equal(status, 3, stderr);
    assert.match(stderr, /no manifest of a lab\. It was left as it is/);
    assert.ok(existsSync(path));
    if (name === 'a text') assert.equal(readFileSync(path, 'utf8'), 'precious\n');
  };

tests['a manifest that cannot be written is the surroundings\' fault'] = async () => {
  writeFileSync(join(folder, 'no-folder'), '');
  const { status, stderr } = await start(['lab', 'sign-in-api', '--manifest', join(folder, 'no-folder', 'lab.json'), '--quit-with-stdin']).done;
  assert.equal(status, 3, stderr);
};

// how a key set's address answers, and what is said of it
const keySets = {
  '/cut': [(answer) => { answer.writeHead(200, { 'Content-Length': 100000 }); answer.write('{"keys":[]}'); setImmediate(() => answer.destroy()); }, /./],
  '/missing': [(answer) => answer.writeHead(404).end(), /HTTP 404/],
  '/moved': [(answer) => answer.writeHead(302, { Location: '/missing' }).end(), /HTTP (302|404)/],
};
tests['keys that were not fetched whole are not used, and the reason is said'] = async () => {
  const server = createServer((request, answer) => keySets[request.url][0](answer));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(() => server.close());
  const token = [part({ alg: 'RS256', kid: 'k' }), part({ iss: 'https://id.example', exp: 4102444800 }), part('x')].join('.');
  for (const [path, [, said]] of Object.entries(keySets)) {
    const { status, stderr, stdout } = await trustwalk(['inspect', '-', '--keys', `http://127.0.0.1:${server.address().port}${path}`], { input: token });
    assert.equal(status, 3, stdout + stderr);
    assert.match(stderr, said);
  }
};

tests['a flow that cannot be planned is a finding of the setup, and one line of a walk'] = async () => {
  const setup = JSON.parse(readFileSync(join(sourceFolder, 'resources/samples/sign-in-api.json'), 'utf8'));
  setup.flows[0].recipe = 'nix';
  const file = join(folder, 'nix.json');
  writeFileSync(file, JSON.stringify(setup));
  const checked = await trustwalk(['check', file]);
  assert.equal(checked.status, 1);
  assert.match(checked.stdout, /RUN-FLOW-UNPLANNED[^]*asks for the recipe nix/);
  for (const flow of [[], ['--flow', setup.flows[0].id]]) {
    const walked = await trustwalk(['walk', file, ...flow]);
    assert.equal(walked.status, 2);
    assert.match(walked.stderr, /^[^\n]*recipe nix[^\n]*\n$/);
  }
};

await run(tests);

// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// A window that is told to end from outside (log-out, a closed terminal, kill) ends in order. Whatever ends it, a lost display and
// SIGKILL too, what it had walked is kept, redacted, for the next start (checklist X24, X26).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { json, later, run, scratchFolder, start } from './lib.mjs';

/** Resolves when the folder holds a file whose name fits. */
async function appears(folder, name) {
  const there = () => readdirSync(folder).find((file) => name.test(file));
  const watcher = watch(folder);
  try {
    while (!there()) await new Promise((resolve) => watcher.once('change', resolve));
    return join(folder, there());
  } finally {
    watcher.close();
  }
}

const settings = (folder) => ['--settings', join(folder, 'settings.ini')];

/** Walks in a window, ends it by `end(process)` once the run is kept, and gives the folder of its settings. */
async function ended(env, end, wanted) {
  const folder = scratchFolder();
  const pictures = scratchFolder();
  mkdirSync(join(folder, 'drafts'), { mode: 0o700 });
  const window = start(['secret-agent', ...settings(folder), '--screenshots', pictures, '--run-all'], { env, input: '' });
  await appears(pictures, /-match\.png$/); // the last of the tabs, after the last step
  await appears(join(folder, 'drafts'), /\.run\.json$/);
  end(window.child);
  const { status, stderr } = await window.done;
  assert.equal(status, wanted, stderr);
  return folder;
}

/** The next start has the run, for its owner alone and without secrets, as the newest of the recent files. */
async function assertKept(folder) {
  const next = await start([...settings(folder), '--quit-after-first-paint'], { env: { QT_QPA_PLATFORM: 'offscreen' }, input: '' }).done;
  assert.equal(next.status, 0, next.stderr);
  const drafts = join(folder, 'drafts');
  const [name, ...more] = readdirSync(drafts).filter((file) => file.includes('run'));
  assert.ok(name?.startsWith('run-') && more.length === 0, readdirSync(drafts).join(' '));
  const file = join(drafts, name);
  assert.equal(statSync(file).mode & 0o077, 0);
  assert.equal(statSync(drafts).mode & 0o077, 0);
  assert.match(readFileSync(join(folder, 'settings.ini'), 'utf8'), new RegExp(`recentSetups=.*${name}`), 'one of the recent files');
  const { document } = await json(['inspect', file]);
  assert.equal(document.run.result, 'accepted');
  assert.doesNotMatch(readFileSync(file, 'utf8'), /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20}/, 'no whole token');
}

/** A display of its own: its name, and what ends it. */
async function display() {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  later(() => server.kill('SIGKILL'));
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.stdout.setEncoding('utf8').once('data', (text) => resolve(text.trim()));
  });
  return { name: `:${number}`, lose: () => server.kill('SIGKILL') };
}

const offscreen = { QT_QPA_PLATFORM: 'offscreen' };
const tests = {
  'a display that is lost loses no run': async () => {
    const { name, lose } = await display();
    await assertKept(await ended({ QT_QPA_PLATFORM: 'xcb', DISPLAY: name }, lose, 1));
  },
  'closed in order, nothing is left': async () => {
    const folder = scratchFolder();
    const { status } = await start(['secret-agent', ...settings(folder), '--run-all', '--quit-when-done'], { env: offscreen, input: '' }).done;
    assert.equal(status, 0);
    assert.deepEqual(readdirSync(join(folder, 'drafts')).filter((file) => file.includes('run')), []);
  },
};
for (const [signal, status] of [['SIGTERM', 0], ['SIGHUP', 0], ['SIGINT', 0], ['SIGKILL', 'SIGKILL']])
  tests[`after ${signal} the run is kept`] = async () => assertKept(await ended(offscreen, (child) => child.kill(signal), status));
await run(tests);

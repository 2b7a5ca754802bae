// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// A window that is told to end from outside (log-out, a closed terminal, kill) ends in order, and what it had walked is kept,
// redacted, for the next start (checklist X26).

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { json, run, scratchFolder, start } from './lib.mjs';

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

async function endedBy(signal) {
  const folder = scratchFolder();
  const pictures = scratchFolder();
  const window = start(['secret-agent', '--settings', join(folder, 'settings.ini'), '--screenshots', pictures, '--run-all'],
    { env: { QT_QPA_PLATFORM: 'offscreen' }, input: '' });
  await appears(pictures, /-match\.png$/); // the last of the tabs, after the last step
  window.child.kill(signal);
  const { status, stderr } = await window.done;
  assert.equal(status, 0, stderr);
  return folder;
}

const tests = {};
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
  tests[`after ${signal} the run is kept, for its owner alone and without secrets`] = async () => {
    const folder = await endedBy(signal);
    const drafts = join(folder, 'drafts');
    const [name, ...more] = readdirSync(drafts).filter((file) => file.startsWith('run-'));
    assert.ok(name && more.length === 0, readdirSync(drafts).join(' '));
    const file = join(drafts, name);
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.equal(statSync(drafts).mode & 0o077, 0);
    assert.match(readFileSync(join(folder, 'settings.ini'), 'utf8'), new RegExp(`recentSetups=.*${name}`), 'the newest of the recent files');
    const { document } = await json(['inspect', file]);
    assert.equal(document.run.result, 'accepted');
    assert.doesNotMatch(readFileSync(file, 'utf8'), /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20}/, 'no whole token');
  };
}
await run(tests);

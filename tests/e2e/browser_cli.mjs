// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The command line hands the sign-in address to the system's browser; a real one signs in there, and the walk goes on.

import assert from 'node:assert/strict';
import { accept, addressCatcher, signInByHand } from './chromium.mjs';
import { run, start } from './lib.mjs';

await run({
  'a walk waits for the browser and ends accepted': async () => {
    const catcher = addressCatcher();
    const walk = start(['walk', 'on-behalf-of', '--json', '--wait', '90'], { input: '', env: catcher.env });
    const page = await signInByHand(await catcher.address(walk));
    assert.match(await accept(page), /trustwalk/i, 'the browser ends on a page of the program');
    const { status, stdout, stderr } = await walk.done;
    assert.equal(status, 0, stderr);
    const { result, steps } = JSON.parse(stdout);
    assert.equal(result, 'accepted');
    assert.deepEqual(steps.map((step) => step.state), steps.map(() => 'accepted'));
  },

  'denied consent ends the walk and says so': async () => {
    const catcher = addressCatcher();
    const walk = start(['walk', 'on-behalf-of', '--json', '--wait', '90'], { input: '', env: catcher.env });
    const page = await signInByHand(await catcher.address(walk));
    await page.getByRole('button', { name: 'Cancel' }).click({ noWaitAfter: true });
    const { status, stdout } = await walk.done;
    assert.equal(status, 1);
    const [signIn] = JSON.parse(stdout).steps;
    assert.notEqual(signIn.state, 'accepted');
    assert.match(JSON.stringify(signIn), /access_denied/);
  },
});

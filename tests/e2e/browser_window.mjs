// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The window on a real X display hands the sign-in address to the system's browser; a real one signs in there, and the
// window goes on to the end.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { accept, addressCatcher, signInByHand } from './chromium.mjs';
import { run, scratchFolder, start } from './lib.mjs';

await run({
  'there is a display': () => assert.ok(process.env.DISPLAY, 'DISPLAY is not set: run under tests/support/with-display.sh'),

  'the window waits for the browser and ends accepted': async () => {
    const catcher = addressCatcher();
    const settings = join(scratchFolder(), 'settings.ini');
    const env = { ...catcher.env, QT_QPA_PLATFORM: 'xcb' };
    const window = start(['--run-all', '--quit-when-done', '--settings', settings, 'on-behalf-of'], { input: '', env });
    await accept(await signInByHand(await catcher.address(window)));
    const { status, stderr } = await window.done;
    assert.equal(status, 0, stderr);
  },
});

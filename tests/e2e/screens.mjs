// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The window walks every sample to its end on a real X display and leaves a picture of every tab in a folder, to be looked
// at: $TRUSTWALK_SCREENS, else beside the program. Small, scaled and with large type too.

import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { program, run, scratchFolder, start } from './lib.mjs';

const screens = process.env.TRUSTWALK_SCREENS ?? join(dirname(program), 'screens');
const samples = JSON.parse((await start(['samples', '--json'], { input: '' }).done).stdout).samples;

/** Drives the window; every picture has to be there and hold something. */
async function pictured(name, args, expected, env = {}) {
  const folder = join(screens, name);
  rmSync(folder, { recursive: true, force: true });
  const settings = join(scratchFolder(), 'settings.ini');
  const drive = ['--run-all', '--quit-when-done', '--sign-in', 'alice', '--settings', settings, '--screenshots', folder];
  const { status, stderr } = await start([...drive, ...args], { input: '', env: { QT_QPA_PLATFORM: 'xcb', ...env } }).done;
  assert.equal(status, expected, stderr);
  const pictures = readdirSync(folder).filter((file) => file.endsWith('.png'));
  assert.equal(pictures.length, 6, `opened, end and four tabs: ${pictures.join(', ')}`);
  for (const file of pictures) assert.ok(statSync(join(folder, file)).size > 5000, `${file} holds next to nothing`);
}

await run({
  'there is a display': () => assert.ok(process.env.DISPLAY, 'DISPLAY is not set: run under tests/support/with-display.sh'),
  ...Object.fromEntries(samples.map(({ id }) => [`${id} walks to accepted`, () => pictured(id, [id], 0)])),
  'a refused hop': () => pictured('refused', ['--fault', 'fic-subject-case', 'federated-agent'], 1),
  'refused at 1024x700': () => pictured('refused-1024x700', ['--size', '1024x700', '--fault', 'fic-subject-case', 'federated-agent'], 1),
  'accepted at scale 2': () => pictured('scale-2', ['federated-agent'], 0, { QT_SCALE_FACTOR: '2' }),
  // With its scaling off, Qt takes a higher resolution for larger type and not for a larger picture.
  'accepted with 18 point type': () => pictured('large-type', ['federated-agent'], 0, { QT_FONT_DPI: '173', QT_ENABLE_HIGHDPI_SCALING: '0' }),
});

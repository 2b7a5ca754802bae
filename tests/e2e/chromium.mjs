// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// A real, headless Chromium that stands for the person: it gets the address which the program hands to the system's browser.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import tls from 'node:tls';
import { later, requirePackage, scratchFolder, testsFolder } from './lib.mjs';

const { chromium } = requirePackage('playwright-core');
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** What makes the program hand its address to this test: an environment for it, and the address when it comes. */
export function addressCatcher() {
  const file = join(scratchFolder(), 'address');
  return {
    env: { BROWSER: join(testsFolder, 'support', 'browser.sh'), TRUSTWALK_TEST_ADDRESS: file },
    async address(program, seconds = 60) {
      let ended;
      program.done.then((end) => (ended = end), (error) => (ended = error));
      for (const limit = Date.now() + seconds * 1000; !existsSync(file); await pause(50)) {
        assert.ok(!ended, `the program ended before it opened the browser: ${JSON.stringify(ended)}`);
        assert.ok(Date.now() < limit, `no address after ${seconds} s: ${JSON.stringify(program.text)}`);
      }
      return readFileSync(file, 'utf8');
    },
  };
}

/** The one key the browser shall trust beside the system's: SHA-256 of what the server at `origin` shows. */
async function keyOf(origin) {
  const { hostname, port } = new URL(origin);
  const socket = tls.connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const { publicKey } = socket.getPeerX509Certificate();
  socket.destroy();
  return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
}

/** A page of a browser with a profile of its own. */
export async function openBrowser(address) {
  assert.ok(executablePath, 'Chromium is not installed');
  const context = await chromium.launchPersistentContext(scratchFolder(), {
    executablePath, headless: true, chromiumSandbox: process.getuid() !== 0,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', ...(address.startsWith('https:') ? [`--ignore-certificate-errors-spki-list=${await keyOf(new URL(address).origin)}`] : [])],
  });
  later(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  return page;
}

/** The lab says on its page who can sign in; a person reads that and types it. */
async function credentialsOn(page) {
  const [username, password] = await page.locator('.hint code').allTextContents();
  return { username, password };
}

/** Opens the address, types user and password, and presses the button. Ends where the user is asked for consent. */
export async function signInByHand(address) {
  const page = await openBrowser(address);
  await page.goto(address);
  const { username, password } = await credentialsOn(page);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').pressSequentially(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Accept' }).waitFor();
  return page;
}

/** Goes on from the consent page to the program's own page. */
export async function accept(page) {
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL((url) => url.protocol === 'http:' && url.hostname === '127.0.0.1');
  return page.locator('body').innerText();
}

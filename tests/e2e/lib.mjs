// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// What the end-to-end tests share: the program, the lab, scratch folders, and an orderly end.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const testsFolder = dirname(dirname(fileURLToPath(import.meta.url)));
export const sourceFolder = dirname(testsFolder);
export const program = process.env.TRUSTWALK ?? assert.fail('TRUSTWALK names the program under test');
/** Packages live beside their lock file in tests/npm. */
export const requirePackage = createRequire(join(testsFolder, 'npm', 'package.json'));
/** The same for packages that are modules only, which Node.js 18 does not `require`. */
export const importPackage = (name) => import(pathToFileURL(requirePackage.resolve(name)));

const atEnd = [];
/** Runs `undo` when the test ends, last registered first. */
export const later = (undo) => atEnd.push(undo);

export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'trustwalk-e2e-'));
  later(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Writes texts and bytes, or values as JSON, into files of a scratch folder of its own: content in, path out. */
export function scratchFiles() {
  const folder = scratchFolder();
  let files = 0;
  return (content) => {
    const path = join(folder, `f${(files += 1)}`);
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    return path;
  };
}

/** One part of a compact token, of a text or of a value as JSON. */
export const part = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/**
 * Runs the tests of one file in order, tidies up whatever comes, and sets the exit code. Tests that share nothing may run `atOnce`:
 * a program that waits for its own lab leaves a core to another.
 */
export async function run(tests, { atOnce = 1 } = {}) {
  let failed = 0;
  const left = Object.entries(tests)[Symbol.iterator]();
  const work = async () => {
    for (const [name, body] of left) {
      try {
        await body();
        console.log(`ok      ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}\n${error?.stack ?? error}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
  return end(failed ? 1 : 0);
}

async function end(status) {
  for (const undo of atEnd.reverse()) await undo();
  process.exit(status);
}

/** Starts the program; `done` gives { status, stdout, stderr } when it has ended. */
export function start(args, { env = {}, input, folder } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    child[stream].setEncoding('utf8');
    child[stream].on('data', (part) => (text[stream] += part));
  }
  // A program that has no use for its input may end before it is written; what it says is judged, not the pipe.
  child.stdin.on('error', (error) => { if (error.code !== 'EPIPE') throw error; });
  if (input !== undefined) child.stdin.end(input);
  const done = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status: status ?? signal, ...text }));
  });
  later(() => child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'));
  return { child, done, text };
}

export const trustwalk = (args, options) => start(args, { input: '', ...options }).done;

/** One command with --json: its exit status and its document. */
export async function json(args, options) {
  const { status, stdout, stderr } = await trustwalk([...args, '--json'], options);
  try {
    return { status, document: JSON.parse(stdout), stderr };
  } catch {
    assert.fail(`${args.join(' ')} printed no JSON (exit ${status}).\n${stdout.slice(0, 2000)}\n${stderr}`);
  }
}

/** What a manifest says, and how to look things up in it. */
function openManifest(file) {
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const named = (list, name) => manifest[list].find((entry) => entry.name === name) ?? assert.fail(`no ${name} in ${list}`);
  const path = (relative) => join(dirname(file), relative);
  const url = (name) => named('endpoints', name).url;
  const app = (name) => named('apps', name);
  return {
    file, manifest, named, url, app, path,
    text: (relative) => readFileSync(path(relative), 'utf8'),
    caFile: path(manifest.tls.caFile),
    authority: `${url('entra')}/${manifest.tenant.id}`,
    credential: (name, type) => app(name).credentials.find((c) => c.type === type) ?? assert.fail(`${name} has no ${type}`),
  };
}

/** A lab of its own that stops with this process. */
export async function startLab(...args) {
  const file = join(scratchFolder(), 'lab.json');
  const { child, done } = start(['lab', '--manifest', file, '--quit-with-stdin', ...args]);
  const ready = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const line = await Promise.race([ready, done.then((end) => assert.fail(`the lab ended: ${end.stderr}`))]);
  assert.equal(line, `lab ready ${file}`);
  later(async () => {
    child.stdin.end();
    const { status, stderr } = await done;
    if (status !== 0) throw new Error(`the lab stopped with ${status}: ${stderr}`);
  });
  return openManifest(file);
}

/**
 * Runs `tests(lab)` with a lab whose authority node trusts. node reads extra authorities only when it starts, and the lab
 * makes a new one each time: so this process keeps the lab and a second one runs the tests. `args` go to the lab.
 */
export async function runWithLab(tests, ...args) {
  if (process.env.LAB_MANIFEST) return run(tests(openManifest(process.env.LAB_MANIFEST)));
  const lab = await startLab(...args);
  const child = spawn(process.execPath, process.argv.slice(1), {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: lab.caFile, LAB_MANIFEST: lab.file }, stdio: 'inherit',
  });
  const status = await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  return end(status);
}

/** The claims of a JWT, not verified. */
export const claims = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString('utf8'));

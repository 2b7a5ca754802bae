// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// bench.mjs BUILD-FOLDER SCRATCH-FOLDER [GOAL...]: one line a goal. Anchor and product take turns, five rounds; the verdict
// is on the ratio of the medians, so that a slow or busy machine slows both. When the anchor itself spreads over 1.5 the
// line is measured once more and, if it still spreads, says "noisy".

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const [build, scratch, ...wanted] = process.argv.slice(2);
const here = fileURLToPath(new URL('.', import.meta.url));
const program = join(build, 'app/trustwalk');
const tool = (name) => join(build, 'tests/bench', name);
const rounds = 5;

const run = (command, args, env = {}) =>
  execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

// -- what is measured with what ------------------------------------------------------------------------------------

const jose = (alg, mode, passes) => () => Number(run(tool('jose_bench'), [alg, mode, String(passes), scratch]));
const nodeDecode = () => Number(run(process.execPath, [join(here, 'decode.mjs'), join(scratch, 'tokens-RS256.txt'), '20']));

/** Wall time in ms (0) or largest resident set in MB (1) of a whole process. */
const process_ = (what, runs, env, command, ...args) => () => {
  const [wall, memory] = run(tool('stopwatch'), [String(runs), command, ...args], env).trim().split(' ').map(Number);
  return what === 'ms' ? wall : memory / 1024;
};
const offscreen = { QT_QPA_PLATFORM: 'offscreen' };
const xcb = { QT_QPA_PLATFORM: 'xcb' };
const window = (what, env) => process_(what, 9, env, program, '--settings', join(scratch, 'settings.ini'), '--quit-after-first-paint');
const empty = (what, env) => process_(what, 9, env, tool('emptywindow'));

/** One token and its signature for openssl, so that both sides check the same bytes. */
function oneToken() {
  const token = readFileSync(join(scratch, 'tokens-RS256.txt'), 'utf8').split('\n')[0];
  const at = (name) => join(scratch, name);
  writeFileSync(at('one.jwt'), token);
  writeFileSync(at('one.input'), token.slice(0, token.lastIndexOf('.')));
  writeFileSync(at('one.signature'), Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url'));
  return { token: at('one.jwt'), input: at('one.input'), signature: at('one.signature'), key: at('RS256.pub.pem') };
}

/** Requests per second (rate) or 99th percentile in ms (p99) of a token endpoint under 16 connections. */
async function load(what, command, ...args) {
  const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, NODE_ENV: 'production' } });
  try {
    const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
    const url = (await lines.next()).value;
    const body = (await lines.next()).value;
    if (!url || !body) throw new Error(`${command} did not start`);
    const script = join(scratch, `${createHash('sha256').update(body).digest('hex').slice(0, 16)}.lua`);
    writeFileSync(script, `wrk.method = "POST"\nwrk.body = ${JSON.stringify(body)}\nwrk.headers["Content-Type"] = "application/x-www-form-urlencoded"\n`);
    const report = run('wrk', ['-t1', '-c16', '-d4s', '--latency', '-s', script, url]);
    if (/Non-2xx/.test(report)) throw new Error(`${url} refuses: ${report}`);
    const [, number, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(report);
    return what === 'rate' ? Number(/Requests\/sec:\s+([\d.]+)/.exec(report)[1]) : Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
  } finally {
    server.stdin.end();
    if (server.exitCode === null) await once(server, 'exit');
  }
}
const lab = (what, alg, threads = 2) => () => load(what, tool('lab_serve'), '--signing', alg, '--threads', String(threads));
/** RSA-2048 signatures a second that OpenSSL itself makes on one core. */
const opensslSigning = () => Number(/^rsa 2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(run('openssl', ['speed', '-seconds', '2', 'rsa2048']))[1]);
const provider = (what, alg) => () => load(what, process.execPath, join(here, 'provider_serve.mjs'), alg);

// -- goals: the ratio is product / anchor; `least` wants it at least that, `most` at most ----------------------------

const verify = () => {
  const one = oneToken();
  return {
    product: process_('ms', 30, {}, program, 'inspect', one.token, '--keys', one.key),
    anchor: process_('ms', 30, {}, 'openssl', 'dgst', '-sha256', '-verify', one.key, '-signature', one.signature, one.input),
  };
};
/** The HAR files are large and only some goals want them, so they are made when the first one does. */
let hars = false;
const har = (name) => {
  if (name === 'huge.har' && !existsSync(join(scratch, name))) run(process.execPath, [join(here, 'genhar.mjs'), scratch, 'huge']);
  else if (!hars) run(process.execPath, [join(here, 'genhar.mjs'), scratch]);
  hars ||= name !== 'huge.har';
  return join(scratch, name);
};
const readHar = (what, name, runs = 1) => process_(what, runs, {}, program, 'inspect', har(name), '--json');
const nodeParse = (name) => process_('ms', 1, {}, process.execPath, '--max-old-space-size=8000', join(here, 'parse.mjs'), har(name));
/** What reading a file takes beyond what the process takes for a small one. */
const rise = (name) => () => readHar('MB', name)() - readHar('MB', 'small.har')();
const fixed = (value) => () => value;
/** ms in the window, offscreen: to the first rows of a file, or to a free window after Cancel. */
const opening = (what, name) => () => Number(run(tool('recording_bench'), [what, har(name)], offscreen));
/** A run of 1,000 exchanges and 3,000 tokens. */
const longRun = () => {
  const runFile = join(scratch, 'refresh.run.json');
  if (!existsSync(runFile)) {
    const seen = spawnSync(program, ['inspect', har('refresh.har'), '--json'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
    const { run: recorded } = JSON.parse(seen.stdout);
    if (recorded.steps.length !== 1000) throw new Error(`${recorded.steps.length} steps where 1000 were recorded`);
    writeFileSync(runFile, JSON.stringify(recorded));
  }
  return runFile;
};
/** MB/s of that run, as a report or merely escaped. */
const reporting = (how) => () => Number(run(tool('report_bench'), [how, longRun(), join(scratch, 'refresh.html')]));
/** ms for that run on pages, or for a table of its length. */
const printing = (how) => () => Number(run(tool('pdf_bench'), [how, longRun(), join(scratch, 'refresh.pdf')], offscreen));

const goals = [
  { id: 'P1', name: 'verify RS256, strict', unit: '/s', least: 0.8, product: jose('RS256', 'full', 10), anchor: jose('RS256', 'raw', 10), by: 'raw EVP' },
  { id: 'P1', name: 'verify ES256, strict', unit: '/s', least: 0.9, product: jose('ES256', 'full', 4), anchor: jose('ES256', 'raw', 4), by: 'raw EVP' },
  { id: 'P1', name: 'verify EdDSA, strict', unit: '/s', least: 0.9, product: jose('EdDSA', 'full', 3), anchor: jose('EdDSA', 'raw', 3), by: 'raw EVP' },
  { id: 'P2', name: 'decode', unit: '/s', least: 1.3, product: jose('RS256', 'decode', 60), anchor: nodeDecode, by: 'npm jose decodeJwt' },
  { id: 'P5', name: 'inspect one token', unit: 'ms', most: 2.5, make: verify, by: 'openssl dgst -verify' },
  { id: 'P6', name: 'first paint, offscreen', unit: 'ms', most: 2.5, product: window('ms', offscreen), anchor: empty('ms', offscreen), by: 'empty window' },
  { id: 'P6', name: 'first paint, X11', unit: 'ms', most: 2.5, product: window('ms', xcb), anchor: empty('ms', xcb), by: 'empty window' },
  { id: 'P7', name: 'memory, offscreen', unit: 'MB', most: 2, product: window('MB', offscreen), anchor: empty('MB', offscreen), by: 'empty window' },
  { id: 'P7', name: 'memory, X11', unit: 'MB', most: 2, product: window('MB', xcb), anchor: empty('MB', xcb), by: 'empty window' },
  { id: 'P10', name: 'lab tokens, ES256', unit: '/s', least: 4.6, product: lab('rate', 'ES256'), anchor: provider('rate', 'ES256'), by: 'oidc-provider' },
  { id: 'P10', name: 'lab 99th percentile, ES256', unit: 'ms', most: 0.128, product: lab('p99', 'ES256'), anchor: provider('p99', 'ES256'), by: 'oidc-provider' },
  { id: 'P11', name: 'lab tokens, RS256', unit: '/s', least: 2, product: lab('rate', 'RS256'), anchor: provider('rate', 'RS256'), by: 'oidc-provider' },
  { id: 'P11', name: 'lab tokens, RS256, one core', unit: '/s', least: 0.5, product: lab('rate', 'RS256', 1), anchor: opensslSigning, by: 'openssl speed rsa2048' },
  { id: 'P11', name: 'lab 99th percentile, RS256', unit: 'ms', most: 0.428, product: lab('p99', 'RS256'), anchor: provider('p99', 'RS256'), by: 'oidc-provider' },
  { id: 'P14', name: 'HAR of 500 MB, inspected', unit: 'ms', most: 0.43, make: () => ({ product: readHar('ms', 'big.har'), anchor: nodeParse('big.har') }), by: 'node JSON.parse' },
  { id: 'P14', name: 'HAR of 500 MB, memory rise', unit: 'MB', most: 1, make: () => ({ product: rise('big.har'), anchor: fixed(150) }), by: 'limit' },
  { id: 'P15', name: 'first rows of 500 MB', unit: 'ms', most: 1, make: () => ({ product: opening('rows', 'big.har'), anchor: fixed(100) }), by: 'limit' },
  { id: 'P15', name: 'cancel within 500 MB', unit: 'ms', most: 1, make: () => ({ product: opening('cancel', 'big.har'), anchor: fixed(200) }), by: 'limit' },
  { id: 'P16', name: 'HAR of 2 GB, memory rise', unit: 'MB', most: 1, make: () => ({ product: rise('huge.har'), anchor: fixed(150) }), by: 'limit' },
  { id: 'P17', name: 'one body of 400 MB, rise', unit: 'MB', most: 1, make: () => ({ product: rise('body.har'), anchor: fixed(64) }), by: 'limit' },
  { id: 'P18', name: 'every token in 100 MB', unit: 'ms', most: 1.25, make: () => ({ product: readHar('ms', 'tokens.har'), anchor: readHar('ms', 'plain.har') }), by: 'the same without tokens' },
  { id: 'P23', name: 'HTML of 1,000 exchanges', unit: 'MB/s', least: 0.7, make: () => ({ product: reporting('html'), anchor: reporting('plain') }), by: 'escape and save' },
  { id: 'P24', name: 'PDF of 1,000 exchanges', unit: 'ms', most: 1.2, make: () => ({ product: printing('report'), anchor: printing('document') }), by: 'QTextDocument, five cells each' },
];

// -- measuring -----------------------------------------------------------------------------------------------------

async function measure({ product, anchor }) {
  const values = { anchor: [], product: [] };
  for (let round = 0; round < rounds; ++round) {
    values.anchor.push(await anchor());
    values.product.push(await product());
  }
  return {
    value: median(values.product), anchor: median(values.anchor), spread: Math.max(...values.anchor) / Math.min(...values.anchor),
  };
}

function verdict(goal, { value, anchor, spread }) {
  const ratio = value / anchor;
  const met = goal.least ? ratio >= goal.least : ratio <= goal.most;
  return { ratio, word: met ? 'pass' : spread > 1.5 ? 'noisy' : 'fail' };
}

const shown = (value, unit) => `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`;
const line = (...cells) => console.log(cells.map((cell, i) => String(cell).padEnd([5, 28, 11, 16, 36, 8, 6][i])).join(' ').trimEnd());

run(process.execPath, [join(here, 'gentok.mjs'), scratch]);
line('goal', 'what', 'wanted', 'value', 'anchor', 'ratio', 'verdict');
let failed = 0;
for (const goal of goals.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const limit = goal.least ? `>= ${goal.least}` : `<= ${goal.most}`;
  try {
    const sides = goal.make ? goal.make() : goal;
    let result = await measure(sides);
    if (result.spread > 1.5) result = await measure(sides);
    const { ratio, word } = verdict(goal, result);
    failed += word === 'fail';
    line(goal.id, goal.name, limit, shown(result.value, goal.unit), `${goal.by} ${shown(result.anchor, goal.unit)}`, ratio.toFixed(2), word);
  } catch (error) {
    failed += 1;
    line(goal.id, goal.name, limit, '-', goal.by, '-', `fail: ${String(error.stderr || error.message).trim().split('\n')[0]}`);
  }
}
process.exit(failed ? 1 : 0);

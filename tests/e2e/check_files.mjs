// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// `trustwalk check SETUP FILE...`: files and folders beside a setup, with what their repository says of them; JSON, SARIF
// and the baseline work for them, and no secret is echoed. `trustwalk inspect FILE` tells the same of one file.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { json, run, scratchFolder, trustwalk } from './lib.mjs';

const folder = scratchFolder();
const secret = `abc8Q~${'Zy9xWvUtSrQpOnMlKjIhGfEdCbA0123456'}`;
const key = `sk-ant-api03-${'a1B2'.repeat(10)}`;
const put = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
put('.env', `AZURE_CLIENT_SECRET=${secret}\nTENANT_ID=7a1f0c3e-9b52-4d8e-8c60-2f5e1d9b7a43\n`);
put('.env.example', 'AZURE_CLIENT_SECRET=<your secret>\n');
put('Dockerfile', `FROM python:3.12\nENV API_KEY=${key}\nCOPY . /app\n`);
put('deploy/pod.yaml', 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n        - name: DB_PASSWORD\n          value: hunter2hunter2\n');
put('.github/workflows/ci.yml', 'on: push\nenv:\n  TOKEN: ${{ secrets.TOKEN }}\n');
put('src/agent.py', `# an agent\nclient = Anthropic(api_key="${key}")\n`);
put('wif/client-config.json', JSON.stringify({ type: 'external_account', audience: '//iam.googleapis.com/x' }));
put('node_modules/x/index.js', `const apiKey = "${key}";\n`);
put('infra/policy.json', JSON.stringify({ Version: '2012-10-17', Statement: [{ Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:org/*' } } }] }));
put('.gitignore', 'node_modules/\nwif/\n.env\n');

/** A git index (Documentation/gitformat-index): version 2 pads entries to eight bytes, 4 shares beginnings of names. */
const index = (version, names) => {
  const parts = [Buffer.from('DIRC\0\0\0\0\0\0\0\0', 'latin1')];
  parts[0].writeUInt32BE(version, 4);
  parts[0].writeUInt32BE(names.length, 8);
  let before = '';
  for (const name of [...names].sort()) {
    const fixed = Buffer.alloc(62);
    fixed.writeUInt16BE(name.length, 60);
    let common = 0;
    while (common < before.length && before[common] === name[common]) common += 1;
    const text = version === 4 ? Buffer.concat([Buffer.from([before.length - common]), Buffer.from(`${name.slice(common)}\0`)]) : Buffer.from(name);
    parts.push(fixed, text);
    if (version !== 4) parts.push(Buffer.alloc(8 - ((62 + name.length) % 8)));
    before = name;
  }
  return Buffer.concat([...parts, Buffer.alloc(20)]);
};

const checked = (...more) => json(['check', 'federated-agent', '.', ...more], { folder });
const at = (document, rule) => document.findings.filter((f) => f.rule === rule).map((f) => `${f.place.file}:${f.place.line}`);

await run({
  'files of a folder, each finding with file and line': async () => {
    const { status, document } = await checked();
    assert.equal(status, 1);
    assert.deepEqual(at(document, 'SEC-IN-ENV'), ['.env:1', 'deploy/pod.yaml:8']);
    assert.deepEqual(at(document, 'SEC-IN-IMAGE'), ['Dockerfile:2', 'Dockerfile:3']);
    assert.deepEqual(at(document, 'SEC-IN-CODE'), ['src/agent.py:2']);
    assert.deepEqual(at(document, 'TR-NS-UNPINNED'), ['infra/policy.json:1']);
    assert.ok(!JSON.stringify(document).includes('node_modules'), 'what is ignored as a folder is not read');
    assert.ok(document.files >= 8);
  },
  'without a repository ignore rules alone decide': async () => {
    const { document } = await checked();
    assert.deepEqual(at(document, 'SEC-IN-GIT'), [], 'the rule .env keeps it out');
    put('.gitignore', 'node_modules/\nwif/\n');
    assert.deepEqual(at((await checked()).document, 'SEC-IN-GIT'), ['.env:1']);
    put('.gitignore', 'node_modules/\nwif/\n.env\n');
  },
  'the index says what is tracked, whatever the ignore rules say': async () => {
    put('.git/HEAD', 'ref: refs/heads/main\n');
    for (const version of [2, 3, 4]) {
      put('.git/index', index(version, ['Dockerfile', 'src/agent.py']));
      assert.deepEqual(at((await checked()).document, 'SEC-IN-GIT'), [], `version ${version}`);
      put('.git/index', index(version, ['.env', '.env.example', 'Dockerfile', 'src/agent.py']));
      const { document } = await checked();
      assert.deepEqual(at(document, 'SEC-IN-GIT'), ['.env:1'], `version ${version}`);
      assert.match(document.findings.find((f) => f.rule === 'SEC-IN-GIT').text, /tracked/);
    }
  },
  'a pointer that is kept out of the repository': async () => {
    const { document } = await json(['check', 'federated-agent', 'wif/client-config.json'], { folder });
    assert.deepEqual(at(document, 'PAT-CONFIG-NOT-TRACKED'), ['wif/client-config.json:1']);
  },
  'a folder that is kept out is read when it is named': async () => {
    const { document } = await json(['check', 'federated-agent', 'node_modules'], { folder });
    assert.deepEqual(at(document, 'SEC-IN-CODE'), ['node_modules/x/index.js:1']);
  },
  'no secret is echoed, in any form': async () => {
    for (const more of [[], ['--json'], ['--sarif', '-']]) {
      const { stdout, stderr } = await trustwalk(['check', 'federated-agent', '.', ...more], { folder });
      for (const value of [secret, key, 'hunter2']) assert.ok(!(stdout + stderr).includes(value), `${more}: ${value.slice(0, 6)}`);
    }
  },
  'SARIF 2.1.0 places each in its own file': async () => {
    const { stdout, status } = await trustwalk(['check', 'federated-agent', '.', '--sarif', '-'], { folder });
    assert.equal(status, 1);
    const log = JSON.parse(stdout);
    assert.equal(log.version, '2.1.0');
    const result = log.runs[0].results.find((r) => r.ruleId === 'SEC-IN-CODE');
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.deepEqual([artifactLocation.uri, region.startLine], ['src/agent.py', 2]);
    const rules = new Set(log.runs[0].tool.driver.rules.map((r) => r.id));
    assert.ok(log.runs[0].results.every((r) => rules.has(r.ruleId) && r.partialFingerprints['trustwalkFinding/v1']));
  },
  'a baseline accepts them, also when lines move': async () => {
    const file = join(scratchFolder(), 'baseline.json');
    assert.equal((await trustwalk(['check', 'federated-agent', '.', '--write-baseline', file], { folder })).status, 0);
    assert.ok(!readFileSync(file, 'utf8').includes(secret));
    put('src/agent.py', `# an agent\n# that grew\nclient = Anthropic(api_key="${key}")\n`);
    const { status, document } = await checked('--baseline', file);
    assert.deepEqual([status, document.findings], [0, []]);
    put('src/agent.py', `client = Anthropic(api_key="${key}")\nother = Anthropic(api_key="${key}")\n`);
    assert.deepEqual(at((await checked('--baseline', file)).document, 'SEC-IN-CODE'), ['src/agent.py:2'], 'the same once more is new');
    put('src/agent.py', `client = Anthropic(api_key="${key}")\n`);
    put('src/other.py', `password = "correct4horse"\n`);
    assert.deepEqual(at((await checked('--baseline', file)).document, 'SEC-IN-CODE'), ['src/other.py:1']);
  },
  'a baseline accepts one secret, not the next at its place': async () => {
    const place = scratchFolder(), file = join(scratchFolder(), 'baseline.json'), other = `sk-ant-api03-${'c3D4'.repeat(10)}`;
    const pem = (body) => `-----BEGIN PRIVATE KEY-----\n${body.repeat(16)}\n-----END PRIVATE KEY-----\n`;
    const check = (...more) => json(['check', 'federated-agent', '.', ...more], { folder: place });
    const keep = (texts) => Object.entries(texts).forEach(([name, text]) => writeFileSync(join(place, name), text));
    const first = { 'a.py': `k = "${key}"\n`, '.env': `CLIENT_SECRET=${secret}\nA=1\n`, 'pod.yaml': 'apiVersion: v1\nspec:\n  containers:\n    - env:\n        - name: DB_PASSWORD\n          value: hunter2hunter2\n', 'tls.key': pem('MIIE'), '.gitignore': 'dist/\n' };
    keep(first);
    assert.equal((await trustwalk(['check', 'federated-agent', '.', '--write-baseline', file], { folder: place })).status, 0);
    for (const value of [key, secret, 'hunter2', 'MIIE']) assert.ok(!readFileSync(file, 'utf8').includes(value));
    assert.deepEqual((await check('--baseline', file)).document.findings, []);
    for (const [name, text, rule, line] of [['a.py', `k = "${other}"\n`, 'SEC-IN-CODE', 1], ['.env', `CLIENT_SECRET=${secret.replace('Zy9', 'Ab1')}\nA=1\n`, 'SEC-IN-ENV', 1], ['pod.yaml', first['pod.yaml'].replace('hunter2hunter2', 'hunter3hunter3'), 'SEC-IN-ENV', 6], ['tls.key', pem('MIIF'), 'SEC-IN-GIT', 1]]) {
      keep({ ...first, [name]: text });
      const { status, document } = await check('--baseline', file);
      assert.equal(status, 1, name);
      assert.ok(at(document, rule).includes(`${name}:${line}`), `${name}: ${JSON.stringify(document.findings)}`);
    }
    keep({ ...first, '.env': `A=2\n\nCLIENT_SECRET=${secret}\n` });
    assert.deepEqual(at((await check('--baseline', file)).document, 'SEC-IN-ENV'), [], 'the same value at another line is the same');
  },
  'a trust contract is placed in its file, and told once': async () => {
    const place = scratchFolder();
    const credential = (name, audience) => ({ id: name, name, issuer: 'https://gitlab.com', subject: `project_path:a/${name}:ref_type:branch:ref:main`, audiences: [audience] });
    writeFileSync(join(place, 'fics.json'), JSON.stringify({ value: [credential('a', 'api://AzureADTokenExchange'), credential('b', 'fb60f99c-7a34-4190-8149-302f77469936')] }, null, 1));
    const { status, document } = await json(['check', 'sign-in-api', 'fics.json'], { folder: place });
    const line = readFileSync(join(place, 'fics.json'), 'utf8').split('\n').findIndex((l) => l.includes('fb60f99c')) + 1;
    assert.equal(status, 1);
    assert.deepEqual(at(document, 'ID-FIC-AUDIENCE').map((p) => p.split(':')[0]), ['fics.json']);
    assert.ok(Math.abs(Number(at(document, 'ID-FIC-AUDIENCE')[0].split(':')[1]) - line) <= 1, JSON.stringify(at(document, 'ID-FIC-AUDIENCE')));
    assert.deepEqual(document.findings.map((f) => f.rule), (await json(['inspect', 'fics.json'], { folder: place })).document.findings.map((f) => f.rule));
  },
  'a file that is not there ends in one line': async () => {
    const { status, stderr } = await trustwalk(['check', 'federated-agent', 'nowhere'], { folder });
    assert.equal(status, 2);
    assert.match(stderr, /nowhere is not there/);
    assert.equal(stderr.trim().split('\n').length, 1);
  },
  'inspect tells the same of one file': async () => {
    for (const [file, rule, kind] of [['Dockerfile', 'SEC-IN-IMAGE', 'secret'], ['.env', 'SEC-IN-ENV', 'secret'], ['deploy/pod.yaml', 'SEC-IN-ENV', 'response'], ['infra/policy.json', 'TR-NS-UNPINNED', 'response']]) {
      const { status, document } = await json(['inspect', file], { folder });
      assert.equal(status, 1, file);
      assert.ok(document.findings.some((f) => f.rule === rule && f.place.file === file && f.place.line > 0), file);
      assert.ok(document.items.every((item) => ['secret', 'response', 'url', 'opaqueToken'].includes(item.kind)), file);
      assert.equal(document.items[0].kind, kind, file);
      assert.ok(!JSON.stringify(document).includes(secret) && !JSON.stringify(document).includes(key));
    }
  },
});

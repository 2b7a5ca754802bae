// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0
//
// The files that were built: what the program is linked to, how both are hardened (checklist P02), and from where it takes
// its libraries (P04): beside its own file, however it is called, and from nowhere else.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { program, run, scratchFolder } from './lib.mjs';

const libraries = ['trustwalk-online', 'trustwalk-window'].map((name) => join(dirname(program), `${name}.so`));
const readelf = (...args) => execFileSync('readelf', ['--wide', ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
const needed = (file) => [...readelf('--dynamic', file).matchAll(/Shared library: \[([^\]]+)\]/g)].map(([, name]) => name);
const call = (file, args, options = {}) => spawnSync(file, args, { encoding: 'utf8', ...options });
const sanitized = needed(program).some((name) => name.startsWith('libasan'));

run({
  'the program starts with QtCore and libcrypto, nothing of Qt or TLS beside them'() {
    const names = needed(program).filter((name) => /^lib(Qt|qt|ssl|crypto|dbus)/.test(name));
    assert.deepEqual(names.sort(), ['libQt6Core.so.6', 'libcrypto.so.3']);
    assert.ok(!needed(libraries[0]).some((name) => /Widgets|Gui|Svg/.test(name)), 'a walk loads no widgets');
  },

  'program and libraries are bound at start, position independent, with no writable code and no search path (P02)'() {
    for (const file of [program, ...libraries]) {
      const dynamic = readelf('--dynamic', file);
      assert.match(dynamic, /BIND_NOW|\bNOW\b/, `${file} binds late`);
      assert.doesNotMatch(dynamic, /RPATH|RUNPATH/, `${file} has a search path of its own`);
      const segments = readelf('--program-headers', file);
      assert.match(segments, /GNU_RELRO/, file);
      assert.match(segments, /GNU_STACK\s+\S+ \S+ \S+ \S+ \S+ RW\s/, `${file} has an executable stack`);
      assert.doesNotMatch(segments, /LOAD.*RWE/, file);
      assert.match(readelf('--file-header', file), /Type:\s+DYN/, file);
      if (!sanitized) assert.match(readelf('--symbols', '--dyn-syms', file), /__stack_chk_fail/, file);
    }
  },

  'the bill of materials names every library with the version it was built with (P08)'() {
    const { packages, relationships } = JSON.parse(readFileSync(join(dirname(dirname(program)), 'trustwalk.spdx.json'), 'utf8'));
    for (const { name, versionInfo } of packages) assert.match(versionInfo, /^\d+(\.\d+)+/, `${name} has no version`);
    assert.deepEqual(packages.map(({ name }) => name), ['trustwalk', 'Qt', 'QtKeychain', 'OpenSSL', 'Boost', 'RapidJSON', 'expected']);
    assert.equal(relationships.length, packages.length);
  },

  'a library shows its entry and nothing else'() {
    if (sanitized) return;
    for (const file of libraries) {
      const shown = readelf('--dyn-syms', file).split('\n').filter((line) => /\b(GLOBAL|WEAK|UNIQUE)\b/.test(line) && !/\bUND\b/.test(line));
      assert.deepEqual(shown.map((line) => line.trim().split(/\s+/).at(-1)), ['trustwalkModule']);
    }
  },

  'through a link and from another folder it finds its libraries'() {
    const folder = scratchFolder();
    symlinkSync(program, join(folder, 'tw'));
    const walked = call(join(folder, 'tw'), ['walk', 'federated-agent', '--json'], { cwd: '/' });
    assert.equal(walked.status, 0, walked.stderr);
    assert.equal(JSON.parse(walked.stdout).result, 'accepted');
  },

  'alone it still inspects, and names what is missing when it needs more'() {
    const folder = join(scratchFolder(), 'bin');
    mkdirSync(folder);
    const alone = join(folder, 'trustwalk');
    copyFileSync(program, alone);
    assert.equal(call(alone, ['samples']).status, 0);
    const walked = call(alone, ['walk', 'federated-agent']);
    assert.equal(walked.status, 3, walked.stderr);
    assert.match(walked.stderr, /trustwalk-online/);
  },

  'a library in the working folder or on a search path is not taken (P04)'() {
    const folder = scratchFolder();
    const decoy = join(folder, 'trustwalk-online.so');
    writeFileSync(decoy, readFileSync(libraries[0]).subarray(0, 4096)); // were it loaded, the walk could not succeed
    const walked = call(program, ['walk', 'federated-agent', '--json'], { cwd: folder, env: { ...process.env, QT_PLUGIN_PATH: folder } });
    assert.equal(walked.status, 0, walked.stderr);
  },
});

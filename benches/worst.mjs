// What one fiche can cost: the time to check the worst file of 1 MiB of each kind, and what the worst fiche that is
// not refused makes a build write.
//
// `RETEX=/path/to/retex node benches/worst.mjs`, one to two minutes: a line for each kind, the worst ones last.

import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fiche, generators, layGenerated } from '../tests/browser/support/generators.js';
import { program } from '../tests/browser/support/program.js';

const MEBIBYTE = 2 ** 20;
/** What a text may be at most; a header may be half of it. */
const BODY = 99_000;

const bytesOf = (made) => Buffer.byteLength(made[fiche]);

/** How many of a thing make a fiche of about `bytes`, never more. */
function howMany(make, n, bytes) {
  const each = (bytesOf(make(n)) - bytesOf(make(1))) / (n - 1);
  let many = Math.max(1, Math.floor((bytes - bytesOf(make(1))) / each));
  while (many > 1 && bytesOf(make(many)) > bytes) many = Math.floor(many * 0.95);
  return many;
}

function run(folder, ...args) {
  const begun = process.hrtime.bigint();
  const { status, signal } = spawnSync(program(), args, { cwd: folder, encoding: 'utf8', maxBuffer: Infinity, timeout: 120_000 });
  return { status, signal, seconds: Number(process.hrtime.bigint() - begun) / 1e9 };
}

function weight(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** What a build writes; 0 where it refuses. */
function written(name, files) {
  const folder = layGenerated(name, files);
  const { status } = run(folder, 'build', '--sortie', 'output');
  const bytes = status === 0 ? weight(join(folder, 'output')) : 0;
  rmSync(folder, { recursive: true });
  return bytes;
}

const plain = written('plain', generators.zeros[0](1));
const found = [];
for (const [name, [make, n]] of Object.entries(generators)) {
  const made = make(n);
  // Kinds that grow elsewhere, in an image or a table, make no larger fiche.
  if (!made[fiche] || bytesOf(made) === bytesOf(make(1))) continue;
  const large = howMany(make, n, MEBIBYTE);
  const folder = layGenerated(name, make(large));
  const { seconds, signal } = run(folder, 'check', '--format', 'json');
  rmSync(folder, { recursive: true });
  // A kind may be refused beyond a number of things: fewer of them are tried until a fiche is published.
  let many = howMany(make, n, BODY);
  let more = 0;
  while (many >= 1 && (more = written(name, make(many)) - plain) < 0) many = Math.floor(many / 2);
  found.push({ name, seconds: signal ? Infinity : seconds, more: Math.max(more, 0), many });
  console.log(`${name}: ${seconds.toFixed(2)} s for ${large}; ${many} of them write ${(more / 1e3).toFixed(0)} kB more`);
}
const worst = (key) => found.toSorted((a, b) => b[key] - a[key]).slice(0, 3);
for (const { name, seconds } of worst('seconds')) console.log(`slowest: ${name}, ${seconds.toFixed(2)} s`);
for (const { name, more } of worst('more')) console.log(`heaviest: ${name}, ${(more / 1e6).toFixed(2)} MB`);

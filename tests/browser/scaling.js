// Ten times the input is at most fifteen times the work, for each kind of input that could hold a check.
//
// The work is counted in instructions, by valgrind, not in seconds: a busy machine counts the same.
// To try one kind: `RETEX=/path/to/retex node --test --test-name-pattern='^stars$' scaling.js`.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { generators, layGenerated } from './support/generators.js';
import { program } from './support/program.js';

const MORE = 10;
const MOST = 15;
/** Instructions that two runs of the same may differ by, in millions. */
const NOISE = 5;
const COUNTED = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];
const LONGEST = 300_000;

const run = promisify(execFile);

/** Instructions that a check takes, in millions. */
async function work(name, files) {
  const folder = layGenerated(name, files);
  const options = { cwd: folder, env: { ...process.env, RAYON_NUM_THREADS: '1' }, maxBuffer: Infinity, timeout: LONGEST };
  const checked = run('valgrind', [...COUNTED, program(), 'check', '--format', 'json'], options);
  // What is refused is counted like what is not.
  const { stderr, killed } = await checked.catch((error) => error);
  assert.ok(!killed, `${name}: more than ${LONGEST / 1000} s`);
  const count = stderr?.match(/I +refs: +([\d,]+)/)?.[1] ?? assert.fail(`${name}: valgrind counts nothing: ${stderr?.slice(-500)}`);
  assert.doesNotMatch(stderr, /panicked|Process terminating/, name);
  rmSync(folder, { recursive: true });
  return Number(count.replaceAll(',', '')) / 1e6;
}

describe('the work of a check', { concurrency: availableParallelism() }, () => {
  for (const [name, [make, n]] of Object.entries(generators)) {
    test(name, async (t) => {
      // What a check takes for one thing is that of a start.
      const start = await work(`${name} 1`, make(1));
      const few = Math.max(await work(`${name} ${n}`, make(n)) - start, 0);
      const many = Math.max(await work(`${name} ${n * MORE}`, make(n * MORE)) - start, 0);
      const factor = many / Math.max(few, NOISE);
      const said = `${n} then ${n * MORE}: ${few.toFixed(1)} then ${many.toFixed(1)} million instructions, × ${factor.toFixed(1)}`;
      t.diagnostic(`${name}, ${said}`);
      assert.ok(factor <= MOST, said);
    });
  }
});

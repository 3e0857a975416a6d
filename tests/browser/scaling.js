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
import { generators, layGenerated, oneWord } from './support/generators.js';
import { program } from './support/program.js';

const MORE = 10;
const MOST = 15;
/** Instructions that two runs of the same may differ by, in millions. */
const NOISE = 5;
// What valgrind takes at a start, it takes to translate code: blocks that do not follow jumps are quicker to translate.
const COUNTED = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null', '--vex-guest-chase=no'];
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

/** How many times the work of few that of many is, without what a start takes. */
const growth = (start, few, many) => Math.max(many - start, 0) / Math.max(few - start, NOISE);

const once = (make) => {
  let made;
  return () => (made ??= make());
};
/** The least that a start takes, a site without the fiche, and what it takes with a fiche of one word. */
const least = once(() => work('nothing', {}));
const ordinary = once(() => work('one word', oneWord));
/**
 * The kinds whose start takes more: a syntax is loaded, however many things there are. One long line of code has it loaded
 * too, but many have not: the line is refused.
 */
const dearer = ['lines of code', 'tabs'];

// A run is mostly valgrind starting: what cannot change the answer is not run.
describe('the work of a check', { concurrency: availableParallelism() }, () => {
  for (const [name, [make, n]] of Object.entries(generators)) {
    const counted = (count) => work(`${name} ${count}`, make(count));
    test(name, async (t) => {
      const many = await counted(n * MORE);
      // So little that few would be taken for noise.
      if (growth(await least(), 0, many) <= MOST) return t.diagnostic(`${name}, ${n * MORE}: ${many.toFixed(1)} million instructions in all`);
      const few = await counted(n);
      // Of all starts up to the greatest, the one that makes the growth greatest: where it is enough, so is that of the kind.
      const most = dearer.includes(name) ? Infinity : await ordinary();
      const worst = Math.min(most, few - NOISE);
      // What a check takes for one thing is that of a start.
      const enough = growth(worst, few, many) <= MOST;
      const start = enough ? worst : Math.min(await counted(1), most);
      const factor = growth(start, few, many);
      const said = `${n} then ${n * MORE}: ${(few - start).toFixed(1)} then ${(many - start).toFixed(1)} million instructions, ${enough ? 'at most ' : ''}× ${factor.toFixed(1)}`;
      t.diagnostic(`${name}, ${said}`);
      assert.ok(factor <= MOST, said);
    });
  }
});

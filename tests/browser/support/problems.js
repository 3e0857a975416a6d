// A failure that reads as a list of problems, one a line.

import assert from 'node:assert/strict';

const SHOWN = 30;

/** Fails with all the problems at once, or the first ones of a long list. */
export function none(problems) {
  if (problems.length === 0) return;
  const rest = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  assert.fail([`${problems.length} problem(s)`, ...problems.slice(0, SHOWN), ...rest].join('\n  - '));
}

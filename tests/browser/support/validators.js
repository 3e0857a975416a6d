// Two validators that do not agree by chance: the Nu checker, which knows the standard, and html-validate, which knows
// good habits. Each gives one text for each thing that it has to say.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HtmlValidate } from 'html-validate';

const vnu = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

/** The Nu checker on a page, or on every page of a folder. */
export function nu(path) {
  const { stderr, error } = spawnSync('java', ['-jar', vnu, '--skip-non-html', '--format', 'json', path],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error) throw new Error(`java is missing: run apt-get install default-jre-headless (${error.message})`);
  const { messages, version } = JSON.parse(stderr);
  if (!version) throw new Error(stderr);
  return messages.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`);
}

/** html-validate on pages of a folder. */
export async function htmlValidate(folder, pages) {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended'],
    rules: {
      // A title of the synthesis is never cut.
      'long-title': 'off',
      // A fingerprint makes a browser refuse the file when the page is opened from a disk.
      'require-sri': 'off',
      // The scrolling box of a table is a region without a heading: the Nu checker wants a div.
      'prefer-native-element': ['error', { exclude: ['region'] }],
    },
  });
  const problems = [];
  for (const page of pages) {
    const { results } = await validator.validateFile(join(folder, page));
    for (const { messages } of results) {
      problems.push(...messages.map(({ line, ruleId, message }) => `${page}:${line}: ${ruleId}: ${message}`));
    }
  }
  return problems;
}

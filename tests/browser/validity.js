// Valid HTML, by two validators that do not agree by chance: the Nu checker, which knows the standard, and
// html-validate, which knows good habits. No error and no warning, on every page.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { none } from './support/problems.js';
import { pages, site } from './support/site.js';

const vnu = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

describe('validity', () => {
  test('the Nu checker has nothing to say', () => {
    const { stderr, error } = spawnSync('java', ['-jar', vnu, '--skip-non-html', '--format', 'json', site],
      { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (error) throw new Error(`java is missing: run apt-get install default-jre-headless (${error.message})`);
    const { messages, version } = JSON.parse(stderr);
    assert.ok(version, stderr);
    none(messages.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`));
  });

  test('html-validate has nothing to say', async () => {
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
      const { results } = await validator.validateFile(join(site, page));
      for (const { messages } of results) {
        problems.push(...messages.map(({ line, ruleId, message }) => `${page}:${line}: ${ruleId}: ${message}`));
      }
    }
    none(problems);
  });
});

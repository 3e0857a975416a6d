// Valid HTML: no error and no warning, on every page.

import { describe, test } from 'node:test';
import { none } from './support/problems.js';
import { pages, site } from './support/site.js';
import { htmlValidate, nu } from './support/validators.js';

describe('validity', () => {
  test('the Nu checker has nothing to say', () => none(nu(site)));
  test('html-validate has nothing to say', async () => none(await htmlValidate(site, pages)));
});

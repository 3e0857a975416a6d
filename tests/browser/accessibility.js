// No violation of WCAG 2.0 to 2.2, A and AA, nor of best practice, that axe can see: on each kind of page,
// light and dark, on a phone and on a desktop.

import { describe, test } from 'node:test';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { kinds } from './support/site.js';
import { home } from './support/visit.js';

describe('accessibility: axe finds nothing', { concurrency: 2 }, () => {
  for (const { name, page: path } of kinds) {
    test(name, () => withPage({ script: axe }, async (page) => {
      await page.goto(home + path);
      none(await everywhere(page));
    }));
  }
});

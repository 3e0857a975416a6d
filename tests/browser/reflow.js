// At 320 px, the width of WCAG 1.4.10, no page scrolls sideways, nor when the reader spaces the text out
// as WCAG 1.4.12 lets them; and no box then cuts its text. A table scrolls inside its own box.

import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { narrow } from './support/narrow.js';
import { kinds } from './support/site.js';
import { home } from './support/visit.js';

describe('reflow: no sideways scroll at 320 px, even with text spacing', { concurrency: 2 }, () => {
  for (const { name, page: path } of kinds) {
    test(name, () => withPage({ viewport: { width: 320, height: 800 } }, async (page) => {
      await page.goto(home + path);
      none(await narrow(page));
    }));
  }
});

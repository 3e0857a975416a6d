// A reader without JavaScript reads the same text, on each kind of page.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { kinds } from './support/site.js';
import { home } from './support/visit.js';

/** The text of a page as it is seen, but for the tools that need JavaScript and what is said of them. */
const text = (path, javaScriptEnabled) => withPage({ javaScriptEnabled }, async (page) => {
  await page.goto(home + path);
  return page.evaluate(() => {
    for (const element of document.querySelectorAll('noscript, .outils, .touche, #recherche--sans-script, #recherche--filtres')) element.remove();
    return document.body.innerText;
  });
});

describe('without JavaScript: the same text', { concurrency: 2 }, () => {
  for (const { name, page } of kinds) {
    test(name, async () => {
      const plain = await text(page, false);
      assert.ok(plain.length > 100, `only ${plain.length} characters`);
      assert.equal(plain, await text(page, true));
    });
  }
});

// A fiche: its points forts beside its irritants as soon as there is room for both; alone, one has all of it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { fiches } from './support/site.js';
import { home } from './support/visit.js';

/** The boxes of both parts, of the article, and whether each part has a list. */
const parts = (page) => page.evaluate(() => {
  const part = (name) => {
    const heading = [...document.querySelectorAll('h3')].find((h3) => h3.textContent === name);
    const section = heading.closest('section');
    const { left, right, top, bottom, width } = section.getBoundingClientRect();
    return { left, right, top, bottom, width, some: section.querySelector('ul') !== null };
  };
  const article = document.querySelector('article').getBoundingClientRect().width;
  return { forts: part('Points forts'), irritants: part('Irritants'), article };
});

const beside = ({ forts, irritants }) => forts.right < irritants.left && Math.abs(forts.top - irritants.top) < 1;

describe('fiches: points forts and irritants', () => {
  for (const path of fiches) {
    test(path, () => withPage({ viewport: { width: 768, height: 800 } }, async (page) => {
      await page.goto(home + path);
      for (const width of [320, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: 800 });
        const found = await parts(page);
        const both = found.forts.some && found.irritants.some;
        assert.equal(beside(found), both && width > 320, `${width} px: ${JSON.stringify(found)}`);
        if (!both) assert.equal(found.forts.width, found.article);
      }
      await page.setViewportSize({ width: 690, height: 900 });
      await page.emulateMedia({ media: 'print' });
      const found = await parts(page);
      assert.equal(beside(found), found.forts.some && found.irritants.some, 'print');
      await page.emulateMedia({ media: null });
    }));
  }
});

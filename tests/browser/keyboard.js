// The keyboard alone: skip link, menu, and a focus that is always seen.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { isBare, kinds } from './support/site.js';
import { home } from './support/visit.js';

/** What has the focus: its text, where it leads, and whether a reader sees it. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: element.tagName,
    text: element.textContent.trim().replaceAll('’', "'"),
    href: element.getAttribute('href'),
    region: element.closest('main') ? 'main' : element.closest('header') ? 'header' : 'other',
    outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0,
    inView: box.width > 1 && box.height > 1 && box.top >= 0 && box.left >= 0
      && box.bottom <= innerHeight && box.right <= innerWidth,
  };
});

describe('keyboard', () => {
  test('the first Tab reaches the skip link, which leads to main, on each kind of page', async () => {
    const problems = [];
    for (const { name, page: path } of kinds.filter(({ page }) => !isBare(page))) {
      await withPage({}, async (page) => {
        await page.goto(home + path);
        await page.keyboard.press('Tab');
        const skip = await focused(page);
        if (!skip.href?.startsWith('#')) problems.push(`${name}: the first Tab reaches « ${skip.text} »`);
        if (!skip.inView || !skip.outlined) problems.push(`${name}: the skip link is not seen when it has the focus`);
        await page.keyboard.press('Enter');
        const arrived = await focused(page);
        if (arrived.tag !== 'MAIN') problems.push(`${name}: Enter on the skip link leads to ${arrived.tag}`);
      });
    }
    none(problems);
  });

  for (const width of [320, 1280]) {
    test(`from the home page, Tab reaches « Expériences » and Enter opens it, at ${width} px`, () =>
      withPage({ viewport: { width, height: 800 } }, async (page) => {
        await page.goto(`${home}index.html`);
        for (let presses = 0; presses < 12; presses++) {
          await page.keyboard.press('Tab');
          const { text, region, href } = await focused(page);
          if (region === 'header' && text === 'Expériences') {
            assert.equal(href, 'retex/index.html');
            await Promise.all([page.waitForURL(`${home}retex/index.html`), page.keyboard.press('Enter')]);
            return;
          }
        }
        assert.fail('not reached in 12 presses of Tab');
      }));

    test(`the focus is seen on all that the header holds, at ${width} px`, () =>
      withPage({ viewport: { width, height: 800 } }, async (page) => {
        await page.goto(`${home}index.html`);
        const problems = [];
        let inHeader = 0;
        for (let presses = 0; ; presses++) {
          assert.ok(presses < 40, 'Tab never reaches main');
          await page.keyboard.press('Tab');
          const { text, region, outlined, inView } = await focused(page);
          if (region === 'main') break;
          if (region === 'header') inHeader++;
          if (!outlined) problems.push(`« ${text} » has no outline`);
          if (!inView) problems.push(`« ${text} » is out of view`);
        }
        assert.ok(inHeader >= 5, `only ${inHeader} elements of the header take the focus`);
        none(problems);
      }));
  }
});

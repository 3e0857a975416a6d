// At 320 px, the width of WCAG 1.4.10, no page scrolls sideways, nor when the reader spaces the text out
// as WCAG 1.4.12 lets them; and no box then cuts its text. A table scrolls inside its own box.

import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { kinds } from './support/site.js';
import { home } from './support/visit.js';

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }`;

/** Runs in the page: what makes it scroll sideways, and what cuts its text. */
function overflows() {
  const name = (element) => element.tagName.toLowerCase() + (element.id && `#${element.id}`)
    + [...element.classList].map((word) => `.${word}`).join('');
  const problems = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > 320) {
    const wide = [...document.body.querySelectorAll('*')].filter((element) =>
      element.getBoundingClientRect().right > 320 && !element.closest('.defilant, pre'));
    problems.push(`the page is ${scrollWidth} px wide; too far right: ${wide.slice(0, 5).map(name).join(', ')}`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const { clientWidth, clientHeight } = element;
    const hidden = clientWidth <= 1 && clientHeight <= 1;
    const cut = (overflowX === 'hidden' || overflowX === 'clip') && element.scrollWidth > clientWidth + 1
      || (overflowY === 'hidden' || overflowY === 'clip') && element.scrollHeight > clientHeight + 1;
    if (cut && !hidden) problems.push(`${name(element)} cuts its text`);
  }
  return problems;
}

describe('reflow: no sideways scroll at 320 px, even with text spacing', { concurrency: 2 }, () => {
  for (const { name, page: path } of kinds) {
    test(name, () => withPage({ viewport: { width: 320, height: 800 } }, async (page) => {
      await page.goto(home + path);
      const problems = await page.evaluate(overflows);
      await page.evaluate((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
      }, SPACING);
      problems.push(...(await page.evaluate(overflows)).map((problem) => `with text spacing: ${problem}`));
      none(problems);
    }));
  }
});

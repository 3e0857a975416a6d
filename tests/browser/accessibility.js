// No violation of WCAG 2.0 to 2.2, A and AA, nor of best practice, that axe can see: on each kind of page,
// light and dark, on a phone and on a desktop.

import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { kinds } from './support/site.js';
import { home } from './support/visit.js';

const axe = { path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The violations on the open page, one text for each element. */
async function violations(page) {
  const found = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then((r) => r.violations),
    TAGS,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${help}): ${target.join(' ')}\n      ${failureSummary.replaceAll('\n', '\n      ')}`));
}

describe('accessibility: axe finds nothing', { concurrency: 2 }, () => {
  for (const { name, page: path } of kinds) {
    test(name, () => withPage({ script: axe }, async (page) => {
      await page.goto(home + path);
      const where = new Map(); // violation → the settings where it shows
      for (const width of [320, 1280]) {
        for (const colorScheme of ['light', 'dark']) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          for (const violation of await violations(page)) {
            where.set(violation, [...(where.get(violation) ?? []), `${width} px ${colorScheme}`]);
          }
        }
      }
      none([...where].map(([violation, settings]) => `${violation}\n      at ${settings.join(', ')}`));
    }));
  }
});

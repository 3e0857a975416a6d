// axe on an open page: WCAG 2.0 to 2.2, A and AA, and best practice, light and dark, phone and desktop.

import { createRequire } from 'node:module';

/** The script that a page needs at the start of each document. */
export const axe = { path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The violations on the open page as it stands, one text for each element. */
async function violations(page) {
  const found = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then((r) => r.violations),
    TAGS,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${help}): ${target.join(' ')}\n      ${failureSummary.replaceAll('\n', '\n      ')}`));
}

/** The violations in every setting, each with those where it shows. */
export async function everywhere(page) {
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
  return [...where].map(([violation, settings]) => `${violation}\n      at ${settings.join(', ')}`);
}

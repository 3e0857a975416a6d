// Screenshots of each kind of page for a person to look at, in the folder that RETEX_CAPTURES names.

import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { kinds } from './support/site.js';
import { home } from './support/visit.js';

const folder = process.env.RETEX_CAPTURES;

if (folder) {
  describe(`captures, in ${resolve(folder)}`, { concurrency: 2 }, () => {
    for (const { name, page: path } of kinds) {
      test(name, () => withPage({}, async (page) => {
        await page.goto(home + path);
        for (const width of [320, 768, 1280]) {
          for (const colorScheme of ['light', 'dark']) {
            await page.setViewportSize({ width, height: 800 });
            await page.emulateMedia({ colorScheme });
            await page.screenshot({ path: join(folder, `${name.replaceAll('/', '-')}-${width}-${colorScheme}.png`), fullPage: true });
          }
        }
      }));
    }
  });
}

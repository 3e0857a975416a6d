// Screenshots of each kind of page for a person to look at, in the folder that RETEX_CAPTURES names.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { kinds, project } from './support/site.js';
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

// The two pictures of README: taken again when asked, always there.
test('the pictures of README', () => withPage({ deviceScaleFactor: 0.5 }, async (page) => {
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  for (const [name, path] of [['accueil', 'index.html'], ['thematique', 'thematiques/enseigner-apprendre/index.html']]) {
    const picture = join(project, `docs/${name}.png`);
    assert.ok(readme.includes(`docs/${name}.png`));
    if (process.env.RETEX_MAJ) {
      await page.setViewportSize({ width: 1280, height: 1000 });
      await page.goto(home + path);
      await page.screenshot({ path: picture });
    }
    assert.ok(existsSync(picture), `${picture}: RETEX_MAJ=1 takes it`);
  }
}));

// The preview as an editor sees it: the page follows each save and stays where it was read, a style changes in
// place, errors come over the page in the words of `check` and go.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { withPreview } from './support/preview.js';
import { none } from './support/problems.js';

const fiche = 'content/syntheses/loire-atlantique-2020/retex/rosa-parks.md';
const settings = { viewport: { width: 1280, height: 500 }, script: axe };

const panel = '#retex-apercu';

/** Fails if the policy of the site refused anything, or a script failed. */
async function withoutProblem(page, use) {
  const problems = [];
  page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.includes('status of 404')) problems.push(`console: ${text}`);
  });
  await use();
  none(problems);
}

const onPreview = (use) => withPreview((preview) =>
  withPage(settings, (page) => withoutProblem(page, () => use(page, preview))));

describe('preview', () => {
  test('a save reloads the page, which stays where it was read', () => onPreview(async (page, { base, edit }) => {
    await page.goto(`${base}provenance/`);
    await page.evaluate(() => scrollTo(0, 400));
    assert.equal(await page.evaluate(() => scrollY), 400);
    await page.evaluate(() => { window.before = true; });
    edit('content/site.toml', "Retours d'expérience du numérique", "Retours d'essai du numérique");
    await page.waitForFunction(() => !window.before && document.title.includes('essai'));
    await page.waitForFunction(() => scrollY === 400);
  }));

  test('a style takes the place of the other without a reload', () => onPreview(async (page, { base, write }) => {
    const spaced = (width) =>
      page.waitForFunction((w) => getComputedStyle(document.querySelector('h1')).letterSpacing === w, width);
    await page.goto(base);
    write('themes/local/static/charte.css', 'h1 { letter-spacing: 1px }');
    await spaced('1px');
    await page.evaluate(() => { window.before = 'still here'; });
    for (const width of ['7px', '9px']) {
      write('themes/local/static/charte.css', `h1 { letter-spacing: ${width} }`);
      await spaced(width);
    }
    assert.equal(await page.evaluate(() => window.before), 'still here');
    await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 2);
  }));

  test('an error comes over the page in the words of check, and goes', () => onPreview(async (page, { base, edit }) => {
    await page.goto(`${base}retex/loire-atlantique-2020/rosa-parks/`);
    await page.evaluate(() => { window.before = true; });
    edit(fiche, 'thematique =', 'thematque =');
    await page.waitForSelector(`${panel} pre`);
    const said = await page.locator(`${panel} pre`).first().textContent();
    assert.match(said, /^erreur\[cle-inconnue\]: la clé «\s?thematque\s?» n’existe pas\n/);
    assert.match(said, /rosa-parks\.md:\d+:1/);
    assert.match(said, /━━━━━━━━━/);
    assert.match(await page.locator('[role=alert]').textContent(), /^1\s?erreur/);
    assert.ok(await page.evaluate(() => window.before), 'the page is not reloaded');
    none(await everywhere(page));

    // Folded by Escape, it leaves the page to be read; a button brings it back.
    await page.keyboard.press('Escape');
    assert.equal(await page.locator(`${panel} pre`).first().isVisible(), false);
    none(await everywhere(page));
    await page.locator(`${panel} button`).click();
    assert.ok(await page.locator(`${panel} pre`).first().isVisible());

    // It follows the reader from page to page, and is there for an address that leads nowhere.
    await page.goto(`${base}nulle/part/`);
    await page.waitForSelector(`${panel} pre`);

    edit(fiche, 'thematque =', 'thematique =');
    await page.waitForSelector(panel, { state: 'detached' });
  }));

  test('a site in error from the start shows why, and itself once mended', () => withPreview(
    ({ base, edit }) => withPage(settings, async (page) => {
      await page.goto(base);
      await page.waitForSelector('.retex-page pre');
      assert.match(await page.textContent('h1'), /^1\s?erreur/);
      none(await everywhere(page));
      edit(fiche, 'thematque =', 'autre =');
      await page.waitForFunction(() => [...document.querySelectorAll('pre')].some((said) => said.textContent.includes('autre')));
      edit(fiche, 'autre =', 'thematique =');
      await page.waitForSelector('#page--contenu');
    }),
    ({ edit }) => edit(fiche, 'thematique =', 'thematque ='),
  ));
});

// The preview as an editor sees it: the page follows each save and stays where it was read, a style changes in
// place, errors come over the page in the words of `check` and go.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
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

/** Serves to `use` a page, and a script that any page may have, from a port of their own. */
async function withStranger(use) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/libre.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? 'window.free = true;' : '<!doctype html><title>Ailleurs</title><p>Ailleurs.</p>');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    await use(server.address().port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** In a page of another origin: what it gets of these addresses, in each way that asks nobody's leave. */
async function taken({ files, pages, news }) {
  const loaded = (name, properties) => new Promise((done) => {
    const element = Object.assign(document.createElement(name), properties);
    element.onload = () => done(true);
    element.onerror = () => done(false);
    document.body.append(element);
  });
  const told = () => new Promise((done) => {
    const stream = new EventSource(news);
    const end = (got) => {
      stream.close();
      done(got);
    };
    stream.onopen = () => end(true);
    stream.onerror = () => end(false);
  });
  const got = [];
  const keep = (how, url, is) => is && got.push(`${how} ${url}`);
  for (const url of [...files, ...pages]) {
    keep('script', url, await loaded('script', { src: url }));
    keep('style', url, await loaded('link', { rel: 'stylesheet', href: url }));
    keep('image', url, await loaded('img', { src: url }));
    keep('fetch', url, await fetch(url, { mode: 'no-cors' }).then(() => true, () => false));
    keep('cors', url, await fetch(url).then(() => true, () => false));
  }
  keep('news', news, await told());
  for (const url of pages) await loaded('iframe', { src: url });
  return got;
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

  test('a page of another origin gets nothing, and may lead there', () => withStranger((port) => withPreview(
    ({ base, edit }) => withPage(settings, async (page) => {
      const { port: own } = new URL(base);
      const name = 'Retours d';
      for (const stranger of ['127.0.0.1', 'localhost']) {
        for (const preview of [`http://127.0.0.1:${own}/`, `http://localhost:${own}/`]) {
          await page.goto(`http://${stranger}:${port}/`);
          // Another origin may be read where it lets itself be.
          const other = stranger === 'localhost' ? '127.0.0.1' : 'localhost';
          const free = await page.evaluate(taken, { files: [`http://${other}:${port}/libre.js`], pages: [], news: preview });
          assert.ok(free.some((got) => got.startsWith('script ')), free.join());
          const files = ['recherche/index.js', 'recherche/cartes-0.js', 'assets/icone.svg', 'assets/style.css', '.retex/messages.json'];
          const got = await page.evaluate(taken, {
            files: files.map((file) => preview + file),
            pages: [preview, `${preview}provenance/`],
            news: `${preview}.retex/nouvelles?version=0&messages=0`,
          });
          none(got);
          for (const frame of page.frames().slice(1)) {
            // A frame that is refused is empty for a moment, on a busy machine.
            for (let n = 0; n < 100 && frame.url() === ''; n += 1) await page.waitForTimeout(50);
            assert.match(frame.url(), /^chrome-error:/);
            assert.equal(await frame.locator('#page--contenu').count(), 0);
            assert.ok(!(await frame.content()).includes(name));
          }
          assert.equal(page.frames().length, 3);
        }
      }

      // The preview itself works under both names, come to by a link of that page, and follows what is saved.
      for (const [n, preview] of [`http://127.0.0.1:${own}/`, `http://localhost:${own}/`].entries()) {
        await page.goto(`http://127.0.0.1:${port}/`);
        await page.evaluate((href) => document.body.append(Object.assign(document.createElement('a'), { href, textContent: 'Aperçu' })), preview);
        await page.click('a');
        await page.waitForSelector('#page--contenu');
        assert.ok((await page.title()).includes(name));
        await page.evaluate(() => { window.before = true; });
        edit('content/site.toml', 'Retours d', `Retours ${n} d`);
        await page.waitForFunction((word) => !window.before && document.title.includes(word), `Retours ${n} d`);
        edit('content/site.toml', `Retours ${n} d`, 'Retours d');
        await page.waitForFunction((word) => !document.title.includes(word), `Retours ${n} d`);
        // Its own scripts, styles and index are not those of a stranger.
        await page.goto(`${preview}recherche/?q=rosa`);
        await page.waitForSelector('#recherche--resultats a');
      }
    }),
  )));

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

// Light and without a trace: few requests, few bytes, few elements, no cookie, nothing stored.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { none } from './support/problems.js';
import { fiches, kinds, read, site } from './support/site.js';
import { withPage } from './support/browser.js';
import { everyPage, home, visitAll } from './support/visit.js';

const visits = () => visitAll(everyPage);

/** The figures of the eco-design statement, as numbers; kilobytes for weights. */
async function figures() {
  return withPage({}, async (page) => {
    await page.goto(`${home}ecoconception/index.html`);
    const shown = await page.evaluate(() => {
      const list = [...document.querySelectorAll('dl.faits dd')];
      const link = document.querySelector('dl.faits a').getAttribute('href');
      return { texts: list.map((dd) => dd.textContent), link };
    });
    const numbers = shown.texts.map((text) => [...text.matchAll(/\d[\d\u202f]*(,\d+)?/g)]
      .map(([number]) => Number(number.replaceAll('\u202f', '').replace(',', '.'))));
    const [[accueil, requetes_accueil], [requetes], [mediane, elements], [pages, poids], [index]] = numbers;
    const plus_longue = shown.link.replace('../', '');
    return { accueil, requetes_accueil, requetes, mediane, elements, pages, poids, index, plus_longue };
  });
}

/** How many elements Chromium makes of each page but that one, when no script runs. */
async function elementsWithoutScript() {
  const all = readdirSync(site, { recursive: true }).map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.html') && path !== 'ecoconception/index.html');
  return withPage({}, async (page) => {
    await page.goto(home);
    const count = (html) => new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*').length;
    const counts = [];
    for (const path of all) counts.push([path, await page.evaluate(count, read(path))]);
    return new Map(counts);
  });
}

describe('weight', () => {
  test('no cookie, and nothing in the web storage', async () => {
    none((await visits()).flatMap(({ page, cookies, stored }) => [
      ...cookies.map(({ name }) => `${page}: cookie ${name}`),
      ...stored.map((key) => `${page}: stores ${key}`),
    ]));
  });

  test('at most 5 requests a page, 4 on the home page; one more for the index on the search page', async () => {
    const most = { 'index.html': 4, 'recherche/index.html': 6 };
    // Each address once: the browser asks for the icon in its own time, and again when a visit cut it short.
    none((await visits()).map(({ page, requests }) => ({ page, asked: [...new Set(requests)] }))
      .filter(({ page, asked }) => asked.length > (most[page] ?? 5))
      .map(({ page, asked }) => `${page}: ${asked.length} requests: ${asked.join(' ')}`));
  });

  test('the home page weighs at most 20 kB, HTML and CSS compressed', async (t) => {
    const html = read('index.html');
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((match) => match[1]);
    assert.ok(sheets.length > 0, 'no stylesheet found');
    const bytes = [html, ...sheets.map((sheet) => readFileSync(join(site, sheet)))]
      .reduce((sum, text) => sum + gzipSync(text).length, 0);
    t.diagnostic(`home page: ${bytes} bytes compressed`);
    assert.ok(bytes <= 20_000, `${bytes} bytes`);
  });

  test('the eco-design statement says what the browser sees', async () => {
    const said = await figures();
    const seen = (await visits()).filter(({ page }) => page !== 'ecoconception/index.html');
    const asked = (page) => new Set(seen.find((visit) => visit.page === page).requests).size;
    assert.equal(said.requetes_accueil, asked('index.html'), 'requests of the home page');
    assert.equal(said.requetes, Math.max(...seen.map(({ page }) => asked(page))), 'most requests of a page');

    const counts = await elementsWithoutScript();
    const sorted = [...counts.values()].sort((a, b) => a - b);
    assert.equal(said.pages, counts.size, 'pages');
    assert.equal(said.mediane, sorted[Math.floor(sorted.length / 2)], 'elements of the median page');
    assert.equal(said.elements, sorted.at(-1), 'most elements of a page');
    assert.equal(counts.get(said.plus_longue), said.elements, `elements of ${said.plus_longue}`);

    const loaded = seen.find(({ page }) => page === 'index.html').requests.map((url) => url.slice(home.length));
    const gzip = [...new Set(loaded)].reduce((sum, file) => sum + gzipSync(readFileSync(join(site, file))).length, 0);
    // Two programs compress alike, not the same.
    assert.ok(Math.abs(said.accueil - gzip / 1000) <= 0.02 * said.accueil + 0.05, `home: ${said.accueil} kB said, ${gzip} bytes seen`);

    const files = readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== '.retex-manifeste')
      .map((entry) => join(entry.parentPath, entry.name));
    const weight = (kept) => files.filter(kept).reduce((sum, file) => sum + statSync(file).size, 0) / 1000;
    const mine = join(site, 'ecoconception', 'index.html');
    assert.ok(Math.abs(said.poids - weight((file) => file !== mine)) <= 0.05, `site: ${said.poids} kB`);
    assert.ok(Math.abs(said.index - weight((file) => file.startsWith(join(site, 'recherche')) && file.endsWith('.js'))) <= 0.05);
  });

  test('at most 300 elements on the home page and on a fiche', async (t) => {
    const count = new Map((await visits()).map(({ page, elements }) => [page, elements]));
    t.diagnostic(`elements: ${kinds.map(({ name, page }) => `${name} ${count.get(page)}`).join(', ')}`);
    none(['index.html', ...fiches].filter((page) => count.get(page) > 300)
      .map((page) => `${page}: ${count.get(page)} elements`));
  });
});

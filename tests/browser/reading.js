// What the redesign promises to those who read: a light page whose first screen says something, and the four tasks of four
// readers, each with its count of clicks.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { withPage } from './support/browser.js';
import { ecoindex } from './support/ecoindex.js';
import { none } from './support/problems.js';
import { isBare, kinds, pages, read, tables } from './support/site.js';
import { everyPage, home, visitAll } from './support/visit.js';

const PHONE = { viewport: { width: 375, height: 812 }, hasTouch: true };
const SYNTHESE = 'syntheses/loire-atlantique-2020';
const SUBJECT = 'thematiques/enseigner-apprendre/index.html';
// What a page asks for besides itself: more than any page asks, but the index of the search page.
const STYLE = gzipSync(read('assets/style.css')).length;
const SCRIPTS = 2000;
const height = (page) => page.evaluate(() => document.documentElement.scrollHeight);

/** A page that gives each text of a table, or its citation: as long as the table is. */
const ofATable = (path) => tables.some(({ page }) => path === page || path === page.replace('index.html', 'citer/index.html'));

describe('a page is read in a glance', () => {
  test('a thématique is one reading path', async () => {
    for (const [width, most] of [[1280, 4500], [375, 8500]]) {
      await withPage({ viewport: { width, height: 812 } }, async (page) => {
        await page.goto(home + SUBJECT);
        const seen = await height(page);
        assert.ok(seen <= most, `${seen} px at ${width}`);
      });
    }
  });

  test('the header leaves the screen to the page, and its entries stay where they are', () => withPage(PHONE, async (page) => {
    const places = new Set();
    const tall = [];
    for (const { name, page: path } of kinds.filter(({ page }) => !isBare(page))) {
      await page.goto(home + path);
      const found = await page.evaluate(() => ({
        header: document.querySelector('.entete').offsetHeight,
        entries: [...document.querySelectorAll('.menu a')].map((a) => Math.round(a.getBoundingClientRect().left)).join(' '),
        links: document.querySelectorAll('.entete a').length,
      }));
      if (found.header > 80) tall.push(`${name}: ${found.header} px`);
      if (found.links > 12) tall.push(`${name}: ${found.links} links`);
      places.add(found.entries);
    }
    none(tall);
    assert.deepEqual(places.size, 1, [...places].join(' | '));
  }));

  test('the first screen of the home page names an experience', () => withPage(PHONE, async (page) => {
    await page.goto(`${home}index.html`);
    const { bottom } = await page.locator('.carte h3').first().evaluate((title) => title.getBoundingClientRect());
    assert.ok(bottom <= 812, `its title ends at ${bottom} px`);
  }));

  test('every page but the tables is light: at most 600 elements, EcoIndex A', async () => {
    const problems = [];
    for (const { page, requests } of await visitAll(everyPage)) {
      if (ofATable(page)) continue;
      const asked = [...new Set(requests)];
      const html = read(page);
      const elements = (html.match(/<[a-z]/g) ?? []).length;
      const kilobytes = (gzipSync(html).length + STYLE + SCRIPTS) / 1000;
      const { score, grade } = ecoindex({ elements, requests: asked.length, kilobytes });
      if (elements > 600 || grade !== 'A') problems.push(`${page}: ${elements} elements, ${score.toFixed(1)} ${grade}`);
    }
    none(problems);
  });

  test('the style sheet weighs at most 8 kB', () => {
    const bytes = gzipSync(read('assets/style.css'), { level: 9 }).length;
    assert.ok(bytes <= 8192, `${bytes} bytes`);
  });

  test('no page speaks the words of the tool', () => {
    none(pages.filter((path) => /rapprochement proposé|¶|irritants retenus|RETEX cité sans/u.test(read(path))));
  });
});

describe('four readers', () => {
  test('a teacher on a phone finds a resource from her own words', async () => {
    for (const query of ['enregistrement audio', 'webradio']) {
      await withPage(PHONE, async (page) => {
        await page.goto(`${home}index.html`);
        await page.fill('#accueil--mots', query);
        await page.tap('button[type="submit"]'); // 1
        const found = page.locator('#recherche--resultats a', { hasText: 'Webradio en maternelle' }).first();
        await found.waitFor();
        const { bottom } = await found.evaluate((link) => link.getBoundingClientRect());
        assert.ok(bottom <= 812, `« ${query} »: the result ends at ${bottom} px`);
        await Promise.all([page.waitForURL(/webradio-maternelle/), found.tap()]); // 2
        const link = page.locator('a.bouton').first(); // 3
        const box = await link.evaluate((a) => a.getBoundingClientRect());
        assert.ok(box.bottom <= 812, `the link ends at ${box.bottom} px`);
        assert.match(await link.textContent(), /^Lire l’article sur /u);
      });
    }
  });

  test('who does what in a thématique is answered, or said to be unanswered, in two clicks', () => withPage({}, async (page) => {
    await page.goto(`${home}index.html`);
    await page.getByRole('link', { name: 'Lire le plan d’action' }).click(); // 1
    await page.getByRole('link', { name: /^2\. Enseigner et apprendre/u }).click(); // 2, on the page
    const part = page.locator('section', { has: page.locator('#partie--enseigner-apprendre') });
    assert.match((await part.locator('.avis').textContent()).normalize('NFKC'),
      /^La synthèse donne .*9 actions, 4 acteurs, 3 temporalités et 5 indicateurs, sans dire lesquels vont ensemble/u);
  }));

  test('the home page says what the workshop said, in two screens', () => withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await page.goto(`${home}index.html`);
    const { top } = await page.locator('.voix .recu').first().evaluate((text) => text.getBoundingClientRect());
    assert.ok(top < 1800, `its first words are at ${top} px`);
    assert.ok(await page.locator('.voix .recu').count() >= 9);
  }));

  test('a journalist has a ready citation in three clicks from a table', () => withPage({}, async (page) => {
    await page.goto(`${home}${SYNTHESE}/plan-action/index.html`);
    await page.getByRole('link', { name: 'Citer un passage' }).click(); // 1
    const cited = page.locator('.cite', { hasText: 'Généraliser PIX' });
    assert.match((await cited.textContent()).normalize('NFKC'), /« Généraliser PIX », .*Loire-Atlantique, 2020.*, ligne 108 du document reçu\./u);
  }));
});

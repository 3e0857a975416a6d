// The criteria of the list, driven as a person would: from a disk and over HTTP, by pointer, finger and keyboard. What
// JavaScript shows is what the pages without it show, and what one touches stays where it is.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { home, places } from './support/visit.js';

const links = (page) => page.locator('.resultats .carte a').evaluateAll((all) => all.map((link) => link.href));
const chip = (page, value) => page.locator('.criteres label', { has: page.locator(`input[value="${value}"]`) });
const count = async (page, value) => Number(await chip(page, value).locator('small').textContent());
const said = async (page) => (await page.innerText('#liste--compte')).normalize('NFKC').replace(/\s+/g, ' ').trim();
const number = (page, n) => page.waitForFunction((n) => document.querySelectorAll('.resultats .carte').length === n, n);

async function open(page, base = home, query = '') {
  await page.goto(`${base}retex/index.html${query}`);
  await page.waitForSelector('.criteres input', { state: 'attached' });
}

for (const { name, base } of places) {
  test(`criteria: combined, counted, kept in the address, ${name}`, () => withPage({}, async (page) => {
    await open(page, base);
    const all = await links(page);
    assert.equal(await said(page), `${all.length} expériences`);
    const college = await count(page, 'college');
    await chip(page, 'college').click();
    await number(page, college);
    const some = await links(page);
    assert.equal(await said(page), `${some.length} expériences sur ${all.length} — Collège : retirer ce critère`);
    const still = await withPage({}, async (other) => {
      await other.goto(`${base}retex/par/niveau/college/index.html`);
      return { links: await links(other), said: await said(other) };
    });
    assert.deepEqual(some, still.links);
    assert.equal(await said(page), still.said);

    const both = await count(page, 'egal-acces');
    assert.ok(both > 0 && both < some.length, `${both} of ${some.length}`);
    await chip(page, 'egal-acces').click();
    await number(page, both);
    const fewer = await links(page);
    assert.ok(fewer.every((link) => some.includes(link)));
    assert.match(page.url(), /niveau=college&thematique=egal-acces/);
    await page.reload();
    await number(page, fewer.length);
    await page.goBack();
    await number(page, some.length);
    await page.goForward();
    await number(page, fewer.length);

    await page.locator('#liste--compte a', { hasText: 'Égal accès' }).click();
    await number(page, some.length);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'liste--compte');
    await chip(page, 'egal-acces').click();
    await number(page, fewer.length);
    await page.locator('#liste--compte a', { hasText: 'Tout effacer' }).click();
    await number(page, all.length);
    assert.deepEqual(await links(page), all);
    assert.equal(await said(page), `${all.length} expériences`);
    assert.doesNotMatch(page.url(), /\?/);
  }));
}

// The page is scrolled so that the chip stands at several heights of the screen: with eight cards fewer, a browser
// left to itself would scroll to the end of what is left.
for (const [width, height] of [[375, 667], [768, 1024]]) {
  test(`criteria: what a finger touches stays where it is, at ${width} px`, () => withPage(
    { viewport: { width, height }, hasTouch: true, isMobile: true },
    async (page) => {
      const moved = [];
      for (const [value, folded] of [['maternelle', false], ['gouvernance-anticipation', false], ['confinement', true]]) {
        for (const at of [40, 300, 600]) {
          await open(page);
          const all = (await links(page)).length;
          if (folded) await page.locator('.criteres summary').tap();
          const wanted = chip(page, value);
          await wanted.evaluate((e, y) => scrollBy({ top: e.getBoundingClientRect().top - y, behavior: 'instant' }), at);
          const top = () => wanted.evaluate((e) => e.getBoundingClientRect().top);
          const before = await top();
          assert.ok(before >= 0 && before < height, `${value} is out of sight: ${before}`);
          const left = await count(page, value);
          for (const n of [left, all]) {
            await wanted.tap();
            await number(page, n);
            await page.waitForTimeout(50);
            const after = await top();
            if (Math.abs(after - before) > 1) moved.push(`${value}: ${before} → ${after}, ${n} cards`);
          }
        }
      }
      none(moved);
    },
  ));
}

test('criteria: the cards are those of the page without JavaScript', () => withPage({}, async (page) => {
  const html = () => page.locator('.resultats .carte').evaluateAll((items) => items.map((item) => {
    for (const link of item.querySelectorAll('a')) link.setAttribute('href', link.href);
    return item.outerHTML.replace(/>\s+/g, '>').replace(/\s+</g, '<');
  }));
  await open(page);
  const still = await html();
  const values = await page.locator('ul[data-critere=thematique] input').evaluateAll((all) => all.map((input) => input.value));
  for (const value of values) await chip(page, value).click();
  await page.waitForFunction((n) => location.search.split('+').length === n
    && document.querySelectorAll('#liste--compte a').length === n + 1, values.length);
  await number(page, still.length);
  assert.deepEqual(await html(), still);
  assert.ok(still.some((card) => card.includes('class="bas"')) && still.some((card) => card.includes('class="sur"')));
}));

test('criteria: without JavaScript each is a link, and counts what its page shows', () => withPage(
  { javaScriptEnabled: false },
  async (page) => {
    await page.goto(`${home}retex/index.html`);
    const all = (await links(page)).length;
    const values = await page.locator('.criteres .puces a').evaluateAll((them) => them.map((link) =>
      ({ href: link.href, n: Number(link.querySelector('small').textContent), free: /\/(niveau|thematique)\//.test(link.href) })));
    assert.ok(values.length > 8);
    for (const { href, n, free } of values) {
      assert.ok(free || (n > 1 && n < all), `${href} does not divide the list`);
      await page.goto(href);
      assert.equal((await links(page)).length, n, href);
    }
  },
));

test('criteria: a folded one that the address names is in sight', () => withPage({}, async (page) => {
  await open(page, home, '?mot-cle=confinement');
  await page.waitForSelector('.criteres details[open] label:has(:checked)');
}));

test('criteria: by keyboard to a fiche', () => withPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
  await open(page);
  const press = async (key, until, what) => {
    for (let presses = 0; ; presses++) {
      assert.ok(presses < 60, `${what} is not reached`);
      await page.keyboard.press(key);
      if (await page.evaluate(until)) break;
    }
  };
  await press('Tab', () => document.activeElement.value === 'maternelle', 'the box of « Maternelle »');
  const outline = await chip(page, 'maternelle').evaluate((e) => getComputedStyle(e).outlineWidth);
  assert.equal(outline, '3px');
  await page.keyboard.press('Space');
  await number(page, 1);
  assert.equal(await page.evaluate(() => document.activeElement.value), 'maternelle');
  await press('Tab', () => document.activeElement.closest('.carte') !== null, 'the fiche');
  await Promise.all([page.waitForURL(/webradio-maternelle/), page.keyboard.press('Enter')]);
}));

describe('criteria: axe finds nothing', () => {
  for (const query of ['?niveau=college', '?niveau=college&thematique=egal-acces&mot-cle=confinement']) {
    test(query, () => withPage({ script: axe }, async (page) => {
      await open(page, home, query);
      await page.waitForSelector('#liste--compte a');
      none(await everywhere(page));
    }));
  }
});

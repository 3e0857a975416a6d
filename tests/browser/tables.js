// The tables as people use them: read on a phone row by row, filtered, sorted, cited.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { tables } from './support/site.js';
import { home } from './support/visit.js';

const shown = (page) => page.locator('tbody tr:visible');

describe('tables', { concurrency: 2 }, () => {
  for (const { name, page: path } of tables) {
    test(`${name}: on a phone nothing is wider than the screen, and each cell has the name of its column`, () =>
      withPage({ viewport: { width: 320, height: 800 } }, async (page) => {
        await page.goto(home + path);
        const found = await page.evaluate(() => {
          const cells = [...document.querySelectorAll('.entier tbody td')].filter((cell) => cell.textContent.trim());
          return {
            wide: [...document.querySelectorAll('.entier *')]
              .filter((e) => !e.closest('thead') && e.getBoundingClientRect().right > 321).map((e) => e.outerHTML.slice(0, 80)),
            unnamed: cells.filter((cell) => {
              const { content } = getComputedStyle(cell, '::before');
              return content === 'none' || content === 'normal' || content.length < 3;
            }).length,
            cells: cells.length,
            scrolls: document.querySelector('.entier').scrollWidth > document.querySelector('.entier').clientWidth,
          };
        });
        assert.deepEqual(found.wide, []);
        assert.equal(found.scrolls, false);
        assert.ok(found.cells > 4);
        assert.equal(found.unnamed, 0);
      }));

    test(`${name}: from a tablet up, a row reads as a card, or the headings stay in view above it`, () =>
      withPage({ viewport: { width: 768, height: 700 } }, async (page) => {
        await page.goto(home + path);
        const ways = new Set();
        for (const width of [768, 1000, 1119, 1120, 1280, 1920]) {
          await page.setViewportSize({ width, height: 700 });
          const found = await page.evaluate(() => {
            const heading = document.querySelector('.entier thead th');
            document.querySelector('.entier tbody tr:last-child').scrollIntoView({ behavior: 'instant' });
            const box = heading.getBoundingClientRect();
            return {
              wide: document.documentElement.scrollWidth - innerWidth,
              table: getComputedStyle(document.querySelector('.entier table')).display === 'table',
              inView: box.top >= 0 && box.bottom < innerHeight / 2,
              unnamed: [...document.querySelectorAll('.entier tbody td')].filter((cell) => cell.textContent.trim()
                && getComputedStyle(cell, '::before').content.length < 7).length,
            };
          });
          assert.ok(found.wide <= 0, `${width} px: ${found.wide} px too wide`);
          assert.ok(found.table ? found.inView : found.unnamed === 0, `${width} px: ${JSON.stringify(found)}`);
          ways.add(found.table);
        }
        assert.equal(ways.size, 2);
      }));

    test(`${name}: every text has its ready citation, which leads to it`, () => withPage({}, async (page) => {
      await page.goto(home + path);
      const blocs = await page.locator('.entier tbody').evaluateAll((bodies) => bodies.flatMap((body) =>
        [...body.querySelectorAll('.recu[id]')]).map((element) => [element.id, element.textContent.replace(/\s+/g, ' ').trim()]));
      await page.getByRole('link', { name: 'Citer un passage' }).click();
      const cited = await page.locator('.liste > li').evaluateAll((items) => items.map((item) => [
        decodeURIComponent(new URL(item.querySelector('small a').href).hash.slice(1)),
        item.querySelector('.recu').textContent.replace(/\s+/g, ' ').trim(),
        item.querySelector('.cite').textContent]));
      assert.ok(cited.length > 10);
      for (const [id, text, whole] of cited) {
        assert.ok(blocs.some(([own, said]) => own === id && said === text), `${id}: ${text}`);
        assert.match(whole, /^« .+ », .+, 2020, ligne.+ du document reçu\./su);
      }
    }));
  }

  test('filter with the keyboard, and back', () => withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await page.goto(home + tables.find(({ name }) => name === 'plan-action').page);
    const before = await shown(page).count();
    const order = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.className));
    await page.getByLabel('Ne montrer que les textes qui contiennent').focus();
    await page.keyboard.type('FORMATION');
    const status = page.locator('.outils [role=status]');
    assert.match(await status.textContent(), /^\d+ textes? sur \d+, dans \d+ thématiques?\.$/);
    const texts = await page.locator('tbody td .liste > li:visible').allTextContents();
    assert.ok(texts.length > 0 && texts.every((text) => text.toLowerCase().includes('formation')), texts.join('\n'));
    await page.keyboard.type(' zzz');
    assert.match(await status.textContent(), /^Aucun/);
    assert.equal(await shown(page).count(), 0);
    await page.keyboard.press('Escape');
    assert.equal(await shown(page).count(), before);
    assert.equal(await status.textContent(), '');

    assert.equal(await page.getByLabel('Ranger selon').count(), 0, 'two rows need no order');
    assert.deepEqual(await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.className)), order);
  }));

  test('the filter goes by the beginnings of words', () => withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const box = page.getByLabel('Ne montrer que les textes qui contiennent');
    for (const { page: path } of tables) {
      await page.goto(home + path);
      const kept = async (typed) => {
        await box.fill(typed);
        return page.evaluate(() => [...document.querySelectorAll('.entier tbody td')]
          .flatMap((cell) => {
            const items = [...cell.querySelectorAll('.liste > li')];
            return items.length > 0 ? items : cell.querySelector('.recu') ? [cell] : [];
          })
          .filter((text) => !text.closest('.filtre'))
          .map((text) => text.textContent));
      };
      const all = await kept('');
      // Not « équipement », nor « entre ».
      assert.deepEqual(await kept('ENT'), all.filter((text) => /(?<!\p{L})ENT(?!\p{L})/u.test(text)), `${path}: ENT`);
      assert.deepEqual(await kept('l’ENT'), await kept('ENT'));
      const begun = await kept('equip');
      assert.deepEqual(begun, all.filter((text) => /(?<!\p{L})[ée]quip/iu.test(text)), `${path}: equip`);
      assert.deepEqual(await kept('ÉQUIP'), begun);
      assert.deepEqual(await kept('quipement'), []);
    }
  }));

  test('without JavaScript there is no control that does nothing', () => withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(home + tables[0].page);
    assert.equal(await page.locator('main :is(input, select, button)').count(), 0);
  }));

  test('a filtered table prints whole', () => withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await page.goto(home + tables[0].page);
    const all = await page.locator('tbody tr').count();
    await page.getByLabel('Ne montrer que les textes qui contiennent').fill('zzz');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await shown(page).count(), all);
    await page.emulateMedia({ media: 'screen' });
  }));
});

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

    test(`${name}: every énoncé has its link, which leads to it alone`, () => withPage({}, async (page) => {
      await page.goto(home + path);
      const wrong = await page.evaluate(() => [...document.querySelectorAll('.entier .permanent')].filter((link) => {
        const target = document.getElementById(decodeURIComponent(new URL(link.href).hash.slice(1)));
        return !target || !link.getAttribute('aria-label').includes('ien vers cet énoncé')
          || target.closest('td, th') !== link.closest('td, th');
      }).length);
      const links = await page.locator('.entier .permanent').count();
      const blocs = await page.locator('.entier [id].recu:not(.enonces), .entier .enonces > [id]').count();
      assert.equal(wrong, 0);
      assert.ok(links > 10);
      assert.equal(links, blocs - (await page.locator('.entier thead [id]').count()));
    }));
  }

  test('filter and sort with the keyboard, and back', () => withPage({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await page.goto(home + tables.find(({ name }) => name === 'plan-action').page);
    const before = await shown(page).count();
    const order = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.className));
    await page.getByLabel('Ne montrer que les textes qui contiennent').focus();
    await page.keyboard.type('FORMATION');
    const status = page.locator('.outils [role=status]');
    assert.match(await status.textContent(), /^\d+ textes? sur \d+, dans \d+ thématiques?\.$/);
    const texts = await page.locator('tbody td li:visible').allTextContents();
    assert.ok(texts.length > 0 && texts.every((text) => text.toLowerCase().includes('formation')), texts.join('\n'));
    await page.keyboard.type(' zzz');
    assert.match(await status.textContent(), /^Aucun/);
    assert.equal(await shown(page).count(), 0);
    await page.keyboard.press('Escape');
    assert.equal(await shown(page).count(), before);
    assert.equal(await status.textContent(), '');

    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('th[aria-sort]').count(), 1);
    const column = Number(await page.getByLabel('Ranger selon').inputValue());
    const counts = await page.locator('tbody tr').evaluateAll((rows, at) => rows.map((row) => {
      const cell = row.cells[at];
      return cell.querySelectorAll('.blocs > li').length || (cell.querySelector('.recu') ? 1 : 0);
    }), column);
    assert.deepEqual(counts, [...counts].sort((a, b) => b - a));
    await page.getByLabel('Ranger selon').selectOption('0');
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
            const items = [...cell.querySelectorAll('.blocs > li')];
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

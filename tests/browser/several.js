// Search on a site of two syntheses: the filters by thématique, territory and year keep what they say, alone and together.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { build, project, temporary } from './support/site.js';

const FIRST = 'loire-atlantique-2020';
const SECOND = 'vendee-2021';
const WIDE = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true };
const summary = '#recherche--bilan';

/** The published site, and its workshop again, elsewhere and another year, with some words of its own. */
function two() {
  const folder = join(temporary, 'two');
  const own = join(folder, 'content/syntheses', SECOND);
  cpSync(join(project, 'content'), join(folder, 'content'), { recursive: true });
  cpSync(join(folder, 'content/syntheses', FIRST), own, { recursive: true });
  for (const path of readdirSync(own, { recursive: true }).filter((name) => /\.(md|toml|txt)$/.test(name))) {
    let text = readFileSync(join(own, path), 'utf8').replaceAll(FIRST, SECOND)
      .replaceAll('numérique', 'informatique').replaceAll('podcasts', 'balados');
    if (path === 'synthese.toml') {
      const kept = text.split('\n').filter((line) => !/^(sha256|territoire|annee)/.test(line));
      text = `territoire = "Vendée"\nannee = 2021\n${kept.join('\n')}`;
    }
    mkdirSync(join(own, path, '..'), { recursive: true });
    writeFileSync(join(own, path), text);
  }
  return build('two-site', { cwd: folder });
}

const address = (query = '') => `${pathToFileURL(join(two.site ??= two(), 'recherche/index.html')).href}${query}`;

/** What is said and found once `change` has been made, every « Montrer la suite » opened. */
async function after(page, change) {
  await page.evaluate((at) => { document.querySelector(at).textContent = ''; }, summary);
  await change();
  await page.waitForFunction((at) => document.querySelector(at).textContent !== '', summary);
  for (let more; (more = page.locator('#recherche--resultats button:visible').first()), await more.count();) {
    const before = await page.locator('.trouves > li').count();
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll('.trouves > li').length > n, before);
  }
  return page.evaluate(() => ({
    said: document.querySelector('#recherche--bilan').textContent.normalize('NFKC'),
    links: [...document.querySelectorAll('.trouves > li > a')].map((link) => link.href),
    counts: [...document.querySelectorAll('#recherche--resultats section')].map((part) => ({
      said: Number(/\((\d+)\)$/.exec(part.querySelector('h2').textContent)?.[1] ?? part.querySelectorAll('li').length),
      shown: part.querySelectorAll('.trouves > li').length,
    })),
    asked: Object.fromEntries(new URLSearchParams(location.search)),
  }));
}

/** Fails unless the counts said are those of what is shown. */
function counted({ said, links, counts }) {
  if (links.length > 0) assert.equal(Number(/^\d+/.exec(said)[0]), links.length, said);
  for (const { said: n, shown } of counts) assert.equal(n, shown, said);
}

const typed = (page, query) => after(page, () => page.fill('#recherche--mots', query));
const lieu = (page, value) => after(page, () => page.selectOption('select[name="lieu"]', value));
const annee = (page, value) => after(page, () => page.selectOption('select[name="annee"]', value));
const sujet = (page, n) => after(page, () => page.locator(`#recherche--filtres label:has([value="${n}"])`).click());
const of = (links, workshop) => links.filter((link) => link.includes(`/${workshop}/`));

for (const [where, options] of [['on a desktop', WIDE], ['on a phone', PHONE]]) {
  describe(`search among two syntheses, ${where}`, () => {
    const onPage = (use) => withPage(options, async (page) => {
      await page.goto(address());
      await use(page);
    });

    test('a territory, a year keep what is theirs, and all of it', () => onPage(async (page) => {
      const all = await typed(page, 'formation');
      counted(all);
      assert.ok(of(all.links, FIRST).length > 5 && of(all.links, SECOND).length > 5);
      for (const [choose, value, none, workshop] of [[lieu, 'Vendée', '', SECOND], [annee, '2020', '', FIRST]]) {
        const kept = await choose(page, value);
        counted(kept);
        assert.deepEqual(new Set(kept.links), new Set(of(all.links, workshop)), value);
        const again = await choose(page, none);
        assert.deepEqual(again.links, all.links, `without ${value}`);
      }
    }));

    test('filters combine, and their state is in the address', () => onPage(async (page) => {
      const all = await typed(page, 'formation');
      const there = await lieu(page, 'Vendée');
      const both = await annee(page, '2021');
      assert.deepEqual(both.links, there.links);
      const three = await sujet(page, 2);
      counted(three);
      assert.ok(three.links.length > 0 && three.links.length < both.links.length);
      assert.ok(three.links.every((link) => there.links.includes(link)));
      assert.deepEqual(three.asked, { q: 'formation', t: '2', lieu: 'Vendée', annee: '2021' });
      const back = await after(page, () => page.reload());
      assert.deepEqual(back.links, three.links, 'the address gives the same');
      assert.ok(all.links.length > three.links.length);
    }));

    test('nothing left is said, with how much there is without the filters', () => onPage(async (page) => {
      await typed(page, 'balados');
      const none = await lieu(page, 'Loire-Atlantique');
      assert.equal(none.links.length, 0);
      assert.match(none.said, /^Aucun résultat pour « balados » avec ces choix ; \d+ sans eux\.$/);
      const other = await annee(page, '2021');
      assert.match(other.said, /^Aucun résultat/);
      const found = await lieu(page, 'Vendée');
      assert.ok(found.links.length > 0 && found.links.every((link) => link.includes(SECOND)));
    }));
  });
}

describe('filters of the search', () => {
  test('by keyboard', () => withPage(WIDE, async (page) => {
    await page.goto(address('?q=formation'));
    await page.waitForSelector('.trouves a');
    await page.focus('#recherche--mots');
    for (const [name, key, value] of [['t', 'ArrowRight', '1'], ['lieu', 'V', 'Vendée'], ['annee', '2', '2020']]) {
      for (let presses = 0; ; presses++) {
        assert.ok(presses < 12, `« ${name} » is not reached`);
        await page.keyboard.press('Tab');
        if (await page.evaluate((name) => document.activeElement.name === name, name)) break;
      }
      const { asked } = await after(page, () => page.keyboard.press(key));
      assert.equal(asked[name], value, name);
      assert.equal(await page.evaluate(() => document.activeElement.name), name, 'the focus stays');
    }
  }));

  test('an address with a value that is not there shows everything', () => withPage(WIDE, async (page) => {
    await page.goto(address('?q=formation&lieu=Nulle+part&annee=1900'));
    await page.waitForSelector('.trouves a');
    assert.equal(await page.$eval('select[name="lieu"]', (select) => select.selectedOptions[0]?.textContent), 'Tous');
  }));

  test('they are hidden without JavaScript, and both workshops are a link away', () =>
    withPage({ javaScriptEnabled: false, ...WIDE }, async (page) => {
      await page.goto(address());
      assert.ok(await page.locator('#recherche--filtres').isHidden());
      for (const id of ['territoire/loire-atlantique', 'territoire/vendee', 'annee/2020', 'annee/2021']) {
        assert.ok(await page.locator(`#recherche--reperes a[href*="/${id}/"]`).isVisible(), id);
      }
    }));

  test('axe finds nothing', () => withPage({ script: axe }, async (page) => {
    await page.goto(address('?q=formation&lieu=Vend%C3%A9e'));
    await page.waitForSelector('.trouves a');
    none(await everywhere(page));
  }));
});

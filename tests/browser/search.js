// Search, driven as a person would: from a disk and over HTTP, by words and by keyboard, with what is said when there
// is nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { fiches, pages, project } from './support/site.js';
import { home, places } from './support/visit.js';

const summary = '#recherche--bilan';

/** Types a query and gives what is said and found, every « Montrer la suite » opened. */
async function find(page, query) {
  await page.fill('#recherche--mots', '');
  await page.waitForFunction((at) => document.querySelector(at).textContent === '', summary);
  await page.fill('#recherche--mots', query);
  await page.waitForFunction((at) => document.querySelector(at).textContent !== '', summary);
  for (let more; (more = page.locator('#recherche--resultats button:visible').first()), await more.count();) {
    const before = await page.locator('#recherche--resultats li').count();
    await more.click();
    await page.waitForFunction((n) => document.querySelectorAll('#recherche--resultats li').length > n, before);
  }
  return page.evaluate(() => ({
    said: document.querySelector('#recherche--bilan').textContent,
    links: [...document.querySelectorAll('#recherche--resultats a')].map((link) => link.href),
    titles: [...document.querySelectorAll('#recherche--resultats a')].map((link) => link.textContent),
    marked: [...document.querySelectorAll('#recherche--resultats mark')].map((mark) => mark.textContent),
    unmarked: [...document.querySelectorAll('#recherche--resultats li')].filter((item) => !item.querySelector('mark'))
      .map((item) => item.querySelector('a').href),
    groups: [...document.querySelectorAll('#recherche--resultats h2')].map((title) => title.textContent),
  }));
}

for (const { name, base } of places.filter((place) => place.name !== 'at the root of a host')) {
  describe(`search, ${name}`, () => {
    const onPage = (use) => withPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${base}recherche/index.html`);
      await use(page, (query) => find(page, query));
    });

    test('« ENT » finds every fiche and every énoncé that says « l’ENT »', () => onPage(async (page, search) => {
      const { links, marked } = await search('ENT');
      assert.ok(marked.includes('ENT'));
      const expected = [];
      for (const path of [
        ...fiches,
        ...['diagnostic', 'projections', 'plan-action'].map((t) => `syntheses/loire-atlantique-2020/${t}/index.html`),
      ]) {
        await page.goto(base + path);
        expected.push(...await page.evaluate(() => {
          const says = (element) => /[lL][’']ENT\b/.test(element.textContent);
          // Of a fiche, its own words: what its page quotes of the tables is found there.
          const own = [...document.querySelectorAll('#page--texte, .fiche #page--titre')];
          if (own.length > 0) return own.some(says) ? [location.href] : [];
          // The element that bears the anchor of an énoncé; a bloc of several bears another.
          const texts = [...document.querySelectorAll('table .recu[id]:not(.enonces), table .enonces > [id]')];
          return texts.filter(says).map((text) => `${location.href}#${text.id}`);
        }));
      }
      assert.ok(expected.length > 5, `only ${expected.length}`);
      none(expected.filter((link) => !links.includes(link)).map((link) => `« ENT » does not find ${link}`));
    }));

    // Excluded, because they are made of cards of fiches, which are found themselves: the lists of /retex/, and the
    // cards of near fiches at the foot of a fiche. Redirections, 404 and the search page are not found either.
    test('« ENT » finds every page whose main text shows the word', () => onPage(async (page, search) => {
      const { links } = await search('ENT');
      const found = new Set(links.map((link) => link.split('#')[0]));
      const expected = [];
      for (const path of pages.filter((path) => !/^(404\.html|recherche\/|retex\/index|retex\/page|retex\/par\/)/.test(path))) {
        await page.goto(base + path);
        const says = await page.evaluate(() => {
          const main = document.querySelector('main');
          for (const near of main.querySelectorAll('.fiche .cartes')) near.remove();
          return /(?<![\p{L}\p{N}])ENT(?![\p{L}\p{N}])/u.test(main.innerText);
        });
        if (says) expected.push(base + path);
      }
      assert.ok(expected.length > 14, `only ${expected.length}`);
      none(expected.filter((url) => !found.has(url)).map((url) => `« ENT » does not find ${url}`));
      // Nor does it claim a page that does not show it.
      none([...found].filter((url) => !expected.includes(url)).map((url) => `« ENT » finds ${url}, which does not say it`));
    }));

    test('every result shows one of the words asked for, marked', () => onPage(async (page, search) => {
      for (const query of ['ENT', 'formation', 'equipement', 'institut médico-éducatif', 'inspectrice', '1er degré e-primo',
        'Trignac', 'padlet', 'escapegame', 'chef d’établissement', 'coopération', 'CSV', 'numérique', 'retour d’expérience']) {
        const { unmarked, links } = await search(query);
        assert.ok(links.length > 0, query);
        none(unmarked.map((link) => `« ${query} »: nothing is marked for ${link}`));
      }
    }));

    test('ordinals, however they are written', () => onPage(async (page, search) => {
      const first = await search('1er');
      assert.ok(first.links.some((link) => link.endsWith('/ime-clemence-royer/index.html')));
      assert.ok(first.marked.includes('1er') && first.marked.includes('premier'));
      for (const other of ['1re', 'premier', '1ère']) assert.deepEqual((await search(other)).links, first.links, other);
      const fifth = await search('5e');
      assert.ok(fifth.links.some((link) => link.includes('#plan-action-cinquieme-parcours')));
      for (const other of ['5ème', '5eme', 'cinquième']) assert.deepEqual((await search(other)).links, fifth.links, other);
      const { links, titles } = await search('1er degré e-primo');
      assert.match(titles[0], /^IME Clémence Royer/);
      assert.ok(links.length > 1);
    }));

    test('number and gender do not count, and a family is not a word', () => onPage(async (page, search) => {
      for (const forms of [['coordonnateur', 'coordonnatrice', 'coordonnateurs'], ['local', 'locaux', 'locale', 'locales'],
        ['jeu', 'jeux'], ['ENT', 'ENTs'], ['éducatif', 'éducative', 'educatives'], ['inspecteur', 'inspectrice'],
        ['états généraux', 'état généraux', 'etat general'], ['chefs d’établissement', 'chef d’établissement', 'chef d\'établissement'],
        ['formateur', 'formatrice', 'formateurs'], ['niveau', 'niveaux']]) {
        const [first, ...others] = forms;
        const expected = (await search(first)).links;
        assert.ok(expected.length > 0, first);
        for (const form of others) assert.deepEqual((await search(form)).links, expected, form);
      }
      for (const form of ['directeur', 'directeurs', 'directrice']) assert.deepEqual((await search(form)).links, [], form);
    }));

    test('the word itself comes before its family', () => onPage(async (page, search) => {
      await search('equipement');
      const lists = await page.locator('#recherche--resultats ol').evaluateAll((all) => all.map((list) =>
        [...list.children].map((item) => [...item.querySelectorAll('mark')].some((mark) => /^[ée]quipements?$/i.test(mark.textContent)))));
      assert.ok(lists.some((list) => list.includes(false)), 'equipement finds its family too');
      for (const list of lists) assert.deepEqual(list, [...list].sort((a, b) => b - a));
    }));

    test('pages by their titles, fiches by the hosts and kinds of their links', () => onPage(async (page, search) => {
      for (const [query, end] of [['écoconception', '/ecoconception/index.html'], ['CSV', '/donnees/index.html'],
        ['Plan du site', '/plan-du-site/index.html'], ['padlet', '/monadefis/index.html'], ['mur collaboratif', '/monadefis/index.html'],
        ['Trignac', '/escape-game/index.html'], ['enseignement spécialisé', '/ime-clemence-royer/index.html'],
        ['calendrier', '/calendrier/index.html'], ['dossier de réunion', '/egal-acces/index.html']]) {
        const { links } = await search(query);
        assert.ok(links.some((link) => link.endsWith(end)), `${query}: ${links}`);
      }
    }));

    test('two words written as one, one written as two', () => onPage(async (page, search) => {
      for (const [typed, usual, end] of [['web radio', 'webradio', '/webradio-maternelle/index.html'],
        ['escapegame', 'escape game', '/escape-game/index.html'], ['rosaparks', 'rosa parks', '/rosa-parks/index.html']]) {
        const { links, said } = await search(typed);
        assert.ok(links[0].endsWith(end), `${typed}: ${links}`);
        assert.deepEqual(new Set(links), new Set((await search(usual)).links), typed);
        assert.doesNotMatch(said, /Aucun|Vouliez/);
      }
    }));

    test('results are grouped by kind, and that is said', () => onPage(async (page, search) => {
      const { said, groups } = await search('ENT');
      assert.match(said, /^\d+ résultats pour « ENT » : \d+ retours d’expérience, \d+ énoncés des tableaux, \d+ pages, 1 sigle/);
      const counted = [...said.matchAll(/(\d+) (?!résultat)/g)].map(([, n]) => Number(n));
      assert.deepEqual(groups.map((group) => Number(/\((\d+)\)$/.exec(group)[1])), counted);
      assert.deepEqual(groups.slice(0, 4).map((group) => group.replace(/ \(.*/, '')),
        ['Retours d’expérience', 'Dans les tableaux', 'Pages', 'Glossaire']);
    }));

    test('words have the forms that the index gives them', () => onPage(async (page, search) => {
      await search('ENT');
      const cases = readFileSync(join(project, 'tests/recherche/formes.txt'), 'utf8').split('\n')
        .map((line) => line.split(' → ')).filter((parts) => parts.length === 2)
        .flatMap(([words, form]) => words.split(' ').map((word) => [word, form]));
      assert.ok(cases.length > 60);
      assert.deepEqual(await page.evaluate((all) => all.map(([word]) => [word, window.retexRecherche.forme(word)]), cases), cases);
    }));

    test('accents, plurals, ligatures and elisions do not count', () => onPage(async (page, search) => {
      const [plural, accented, one] = [await search('eleves'), await search('élèves'), await search('élève')];
      assert.ok(one.links.length > 5);
      assert.deepEqual(plural.links, one.links);
      assert.deepEqual(accented.links, one.links);
      const [open, ligature] = [await search('coeur'), await search('cœur')];
      assert.deepEqual(open.links, ligature.links);
      assert.ok(open.marked.includes('cœur'));
      assert.ok((await search('equipement')).marked.some((word) => word === 'équipement'));
      assert.deepEqual((await search('d’équipement')).links, (await search('equipement')).links);
    }));

    test('an acronym is found by its expansion', () => onPage(async (page, search) => {
      const { links, titles } = await search('espace numérique de travail');
      assert.ok(titles.includes('ENT'), titles.join(' | '));
      assert.ok(links.some((link) => link.endsWith('retex/loire-atlantique-2020/webradio-maternelle/index.html')));
    }));

    test('a word half typed, or with one wrong letter, finds', () => onPage(async (page, search) => {
      for (const typed of ['webradoi', 'webrad', 'webbradio', 'web-radio']) {
        const { titles } = await search(typed);
        assert.ok(titles.some((title) => title.startsWith('Webradio en maternelle')), `${typed}: ${titles}`);
      }
    }));

    test('a title comes before a text', () => onPage(async (page, search) => {
      assert.match((await search('escape game')).titles[0], /^Escape game/);
    }));

    test('nothing found is said, with a way on', () => onPage(async (page, search) => {
      const { said, links } = await search('xylophone');
      assert.match(said, /Aucun résultat pour « xylophone »/);
      assert.equal(links.length, 0);
      assert.ok(await page.locator('#recherche--conseils a').first().isVisible());
      const near = await search('webbradoi');
      // A word of the site, as it is written there.
      assert.match(near.said, /Vouliez-vous dire Webradio/);
      assert.match((await search('coeducateurz')).said, /^Aucun résultat/);
      assert.match((await search('equippemennt')).said, /Vouliez-vous dire (É|é|E)quipement \?/);
      assert.match((await search('le')).said, /trop court ou trop courant/);
    }));

    test('one thématique alone, kept in the address', () => onPage(async (page, search) => {
      const all = await search('ENT');
      await page.selectOption('#recherche--sujet', '1');
      await page.waitForFunction((n) => document.querySelectorAll('#recherche--resultats a').length < n, all.links.length);
      const { q, t } = await page.evaluate(() => Object.fromEntries(new URLSearchParams(location.search)));
      assert.deepEqual([q, t], ['ENT', '1']);
      const before = await page.textContent(summary);
      await page.reload();
      await page.waitForFunction((said) => document.querySelector('#recherche--bilan').textContent === said, before);
    }));
  });
}

describe('search by keyboard', () => {
  test('from the field of the home page, by « / »', () => withPage({}, async (page) => {
    await page.goto(`${home}index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type('rosa/parks');
    assert.equal(await page.inputValue('#accueil--mots'), 'rosa/parks');
    await Promise.all([page.waitForURL(/recherche\/index\.html\?q=rosa/), page.keyboard.press('Enter')]);
    await page.waitForSelector('#recherche--resultats a');
  }));

  // RGAA 12.10, WCAG 2.1.4: a key alone can be turned off.
  test('« / » can be refused, and taken back', () => withPage({}, async (page) => {
    const isInField = () => page.evaluate(() => document.activeElement.matches('input[name="q"]'));
    const press = async () => {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press('/');
      return isInField();
    };
    await page.goto(`${home}index.html`);
    assert.ok(await press());
    await page.click('.touche button');
    assert.match(await page.textContent('.touche'), /n’a plus d’effet/);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Activer cette touche');
    assert.ok(!await press());
    await page.goto(`${home}recherche/index.html`);
    assert.ok(!await press(), 'the refusal holds on the other page');
    await page.click('.touche button');
    assert.ok(await press());
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

  test('without JavaScript the field of the home page leads to the site map', () =>
    withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${home}index.html`);
      await page.fill('#accueil--mots', 'rosa');
      await Promise.all([page.waitForURL(/plan-du-site\/index\.html/), page.keyboard.press('Enter')]);
    }));

  test('from the home page to a fiche', () => withPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${home}index.html`);
    for (let presses = 0; ; presses++) {
      assert.ok(presses < 40, '« Recherche » is not reached');
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.textContent.trim() === 'Recherche')) break;
    }
    await Promise.all([page.waitForURL(`${home}recherche/index.html`), page.keyboard.press('Enter')]);
    await page.keyboard.press('/');
    await page.keyboard.type('rosa parks');
    await page.waitForSelector('#recherche--resultats a');
    await page.keyboard.press('ArrowDown');
    const { href, outlined } = await page.evaluate(() => ({
      href: document.activeElement.href,
      outlined: getComputedStyle(document.activeElement).outlineStyle !== 'none',
    }));
    assert.ok(href.endsWith('/rosa-parks/index.html') && outlined, href);
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'recherche--mots');
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate(() => document.activeElement.id), 'recherche--mots', 'nothing is a trap');
    await page.focus('#recherche--mots');
    await page.keyboard.press('ArrowDown');
    await Promise.all([page.waitForURL(/rosa-parks/), page.keyboard.press('Enter')]);
  }));
});

describe('accessibility of what scripts show: axe finds nothing', () => {
  test('results of a search', () => withPage({ script: axe }, async (page) => {
    await page.goto(`${home}recherche/index.html?q=ENT`);
    await page.waitForSelector('#recherche--resultats a');
    none(await everywhere(page));
  }));
  test('nothing found', () => withPage({ script: axe }, async (page) => {
    await page.goto(`${home}recherche/index.html?q=xylophone`);
    await page.waitForSelector('#recherche--conseils a');
    none(await everywhere(page));
  }));
});

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
    titles: [...document.querySelectorAll('.trouves > li > a')].map((link) => link.textContent),
    marked: [...document.querySelectorAll('#recherche--resultats mark')].map((mark) => mark.textContent),
    unmarked: [...document.querySelectorAll('#recherche--resultats li')].filter((item) => !item.querySelector('mark'))
      .map((item) => item.querySelector('a').href),
    why: [...document.querySelectorAll('.trouves > li')].map((item) => item.textContent.match(/trouvé par (.*)$/)?.[1] ?? ''),
    close: [...document.querySelectorAll('#recherche--proches:not([hidden]) a')].map((link) => link.textContent),
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

    test('a page that only contains others is found by its title', () => onPage(async (page, search) => {
      const { links } = await search('ENT');
      // An anchor leads to a phrase, or to a definition.
      none(links.filter((link) => !link.includes('#') && !/\/retex\//.test(link)).map((link) => `« ENT » finds ${link}`));
      const { titles } = await search('diagnostic des irritants');
      assert.match(titles[0], /^Diagnostic des points forts et irritants/);
    }));

    test('each query of the table finds what a reader expects', () => onPage(async (page, search) => {
      const cases = readFileSync(join(project, 'tests/recherche/requetes.txt'), 'utf8').split('\n')
        .map((line) => /^(\S.*) (→|∋) (.+)$/.exec(line)).filter(Boolean);
      assert.ok(cases.length > 50);
      const wrong = [];
      for (const [, query, how, expected] of cases) {
        const { said, titles } = await search(query);
        const right = expected === 'rien' ? /^Aucun résultat|trop courant/.test(said) && titles.length === 0
          : how === '→' ? titles[0]?.startsWith(expected)
          : titles.slice(0, 8).some((title) => title.startsWith(expected));
        if (!right) wrong.push(`« ${query} » ${how} ${expected}, not ${titles.slice(0, 3).join(' | ') || said}`);
      }
      none(wrong);
    }));

    test('a result without the typed word says which one found it', () => onPage(async (page, search) => {
      const told = async (query) => (await search(query)).why[0];
      assert.match(await told('audio'), /«\u202f(webradio|podcasts)\u202f»/);
      assert.match(await told('enregistrement'), /«\u202fenregistrer\u202f»/);
      assert.match(await told('créatif'), /«\u202fcréativité\u202f»/);
      assert.equal(await told('webradio'), '', 'the word itself needs no reason');
      assert.equal(await told('webradios'), '', 'nor does its singular');
      assert.equal(await told('webrad'), '', 'nor its beginning');
    }));

    test('a phrase is shown once, with its other places', () => onPage(async (page, search) => {
      const { titles } = await search('formation enseignants');
      assert.deepEqual(titles, [...new Set(titles)]);
      const item = page.locator('.trouves > li', { hasText: 'Formation des enseignants à l’hybridation' });
      const other = item.locator('small a');
      assert.equal((await item.locator('small').first().textContent()).normalize('NFKC').includes('aussi dans : Plan d’action'), true);
      const target = new URL(await other.first().getAttribute('href'), page.url());
      await page.goto(target.href);
      assert.ok(await page.evaluate(() => document.querySelector(location.hash)?.textContent.includes('hybridation')));
    }));

    test('the part of a thématique in a table is reached, not the top of the table', () => onPage(async (page, search) => {
      const { links } = await search('plan action thematique 2');
      assert.match(links[0], /\/plan-action\/index\.html#plan-/);
      await page.goto(links[0]);
      assert.ok(await page.evaluate(() => document.querySelector(location.hash) !== null));
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
      const read = said.normalize('NFKC');
      assert.match(read, /^\d+ résultats pour « ENT » : \d+ retours d’expérience, \d+ phrases des tableaux, 1 sigle/);
      assert.ok(!/ [»:]|« /.test(said), `a plain space beside a sign: ${said}`);
      assert.equal(groups[0], 'Définition');
      const counted = [...read.matchAll(/(\d+) (?!résultat)/g)].map(([, n]) => Number(n)).slice(0, 2);
      assert.deepEqual(groups.slice(1).map((group) => Number(/\((\d+)\)$/.exec(group)[1])), counted);
      assert.deepEqual(groups.slice(1).map((group) => group.replace(/ \(.*/, '')), ['Retours d’expérience', 'Dans les tableaux']);
    }));

    test('words have the forms that the index gives them', () => onPage(async (page, search) => {
      await search('ENT');
      for (const [file, made, least] of [['formes', 'forme', 60], ['racines', 'racine', 50]]) {
        const cases = readFileSync(join(project, `tests/recherche/${file}.txt`), 'utf8').split('\n')
          .map((line) => line.split(' → ')).filter((parts) => parts.length === 2)
          .flatMap(([words, form]) => words.split(' ').map((word) => [word, form]));
        assert.ok(cases.length > least);
        const given = ([all, name]) => all.map(([word]) => [word, window.retexRecherche[name](word)]);
        assert.deepEqual(await page.evaluate(given, [cases, made]), cases);
      }
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
      assert.match(said, /^Aucun résultat pour «\u202fxylophone\u202f»/);
      assert.equal(links.length, 0);
      const ways = await page.locator('#recherche--reperes a:visible').evaluateAll((all) => all.map((link) => link.href));
      for (const way of ['/retex/index.html', '/niveau/college/index.html', '/mot-cle/index.html', '/glossaire/index.html']) {
        assert.ok(ways.some((link) => link.endsWith(way)), `${way} is not offered`);
      }
      // Words of the site, as they are written there.
      assert.deepEqual((await search('webbradoi')).close, ['Webradio']);
      assert.match((await search('equippemennt')).close.join(), /quipement/);
      for (const short of ['RGPD', 'voix', 'mort', 'coeducateurz']) {
        const { said: none, close } = await search(short);
        assert.match(none, /^Aucun résultat/, short);
        assert.deepEqual(close, [], short);
      }
      assert.match((await search('le')).said, /trop court ou trop courant/);
      assert.ok((await search('ENT')).links.length > 0);
      assert.ok(await page.locator('#recherche--reperes').isHidden());
    }));

    test('one thématique alone, kept in the address', () => onPage(async (page, search) => {
      const all = await search('ENT');
      await page.locator('#recherche--filtres label', { hasText: 'Égal accès' }).click();
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

  test('without JavaScript the field of the home page leads to ways that need none', () =>
    withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${home}index.html`);
      await page.fill('#accueil--mots', 'rosa');
      await Promise.all([page.waitForURL(/recherche\/index\.html/), page.keyboard.press('Enter')]);
      assert.match(await page.textContent('main'), /Ce champ a besoin de JavaScript/);
      assert.ok(await page.locator('#recherche--filtres').isHidden());
      for (const way of ['retex/index.html', 'mot-cle/index.html', 'niveau/college/index.html', 'glossaire/index.html']) {
        assert.ok(await page.locator(`#recherche--reperes a[href$="${way}"]`).isVisible(), way);
      }
    }));

  test('on a phone the count and the first result are on the first screen', () =>
    withPage({ viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true }, async (page) => {
      await page.goto(`${home}recherche/index.html`);
      assert.ok(await page.locator('#recherche--aide').isVisible());
      assert.ok(await page.locator('.touche').isHidden(), 'there is no « / » to press');
      for (const query of ['podcast', 'comment aider les parents', 'école primaire', 'ERUN']) {
        await page.goto(`${home}recherche/index.html?q=${encodeURIComponent(query)}`);
        const first = page.locator('#recherche--resultats a').first();
        await first.waitFor();
        const bottom = await first.evaluate((link) => link.getBoundingClientRect().bottom);
        assert.ok(bottom <= 812, `« ${query} »: the first result ends at ${bottom} px`);
        assert.ok(await page.locator('#recherche--aide').isHidden());
      }
    }));

  test('from the home page to a fiche', () => withPage({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${home}index.html`);
    for (let presses = 0; ; presses++) {
      assert.ok(presses < 40, '« Chercher » is not reached');
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.closest('.menu') && document.activeElement.textContent.trim() === 'Chercher')) break;
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
    await page.waitForFunction((at) => document.querySelector(at).textContent.startsWith('Aucun'), summary);
    none(await everywhere(page));
  }));
});

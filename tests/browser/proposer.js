// The page to propose a fiche, as somebody without git uses it: from a disk and over HTTP, by keyboard on a phone, with
// whatever one may type. What it makes is what `check` accepts, and what it shows is what is published.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { layBase } from './support/contributions.js';
import { none } from './support/problems.js';
import { build, project, retex, temporary } from './support/program.js';
import { serve } from './support/server.js';
import { htmlValidate, nu } from './support/validators.js';

/** Builds the small site of the tests as one whose repository is there. */
function siteAt(name, depot) {
  const root = join(temporary, `${name}-source`);
  layBase(root);
  const config = join(root, 'content/site.toml');
  const text = readFileSync(config, 'utf8');
  writeFileSync(config, text.replace(/^url = .*$/m, `depot = "${depot}"`));
  return { root, built: build(name, { cwd: root }) };
}

const github = siteAt('github', 'https://github.com/exemple/retex');
const PAGE = 'proposer/index.html';
const host = await serve('/', github.built);
const disk = pathToFileURL(`${github.built}/`).href;
const places = [{ name: 'HTTP', base: host.base }, { name: 'disk', base: disk }];
const withAxe = { script: axe };

const box = (page, key) => page.locator(`#proposer--${key}`);

async function open(page, base = host.base) {
  await page.goto(base + PAGE);
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  await page.goto(base + PAGE);
}

/** Fills the form as one types; what is compulsory has an answer. */
async function fill(page, answers = {}) {
  const whole = { titre: 'Une webradio', texte: 'Une webradio en CM2.', thematique: 1, ...answers };
  for (const [key, value] of Object.entries(whole)) {
    if (key === 'thematique') await box(page, key).selectOption({ index: value });
    else if (key === 'niveaux') for (const n of value) await box(page, key).locator('input').nth(n).check();
    else await box(page, key).fill(value);
  }
  for (const promise of await box(page, 'engagements').locator('input').all()) await promise.check();
}

const submit = (page) => page.click('#proposer button[type=submit]');
const deposited = (page) => box(page, 'a-deposer').inputValue();
const faults = (page) => page.locator('#proposer--erreurs li').allInnerTexts();
const words = (text) => text.normalize('NFKC').replace(/[’']/g, "'").replace(/\s+/g, '');

describe('proposer', () => {
  for (const { name, base } of places) {
    test(`${name}: nothing is kept nor asked before one acts`, () => withPage({}, async (page) => {
      const asked = [];
      const refused = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => { if (message.type() === 'error') refused.push(message.text()); });
      page.on('pageerror', (error) => refused.push(error.message));
      await page.goto(base + PAGE);
      assert.deepEqual(await page.evaluate(() => [sessionStorage.length, localStorage.length, document.cookie]), [0, 0, '']);
      const before = asked.length;
      await fill(page);
      await submit(page);
      await page.waitForSelector('#proposer--envoi:not([hidden])');
      assert.deepEqual(asked.slice(before).filter((url) => !/^blob:|icone\.svg$/.test(url)), []);
      assert.ok(asked.every((url) => url.startsWith(base)), asked.join('\n'));
      assert.deepEqual(refused, []);
      await page.click('#proposer--effacer');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    }));

    test(`${name}: the address that opens holds the file, and its text`, () => withPage({}, async (page) => {
      await open(page, base);
      await fill(page, { titre: 'L’été "là" & ailleurs', liens: 'Le carnet : https://exemple.fr/a?b=1&c=2\nwww.exemple.fr (le site)' });
      await submit(page);
      const opened = new URL(await box(page, 'ouvrir').getAttribute('href'));
      assert.equal(opened.origin + opened.pathname, 'https://github.com/exemple/retex/new/main/content/syntheses/essai-2021/retex');
      assert.equal(opened.searchParams.get('filename'), 'l-ete-la-ailleurs.md');
      assert.equal(opened.searchParams.get('value'), await deposited(page));
      assert.match(await deposited(page), /url = "https:\/\/exemple\.fr\/a\?b=1&c=2"\ntitre = "Le carnet"\n\n\[\[liens\]\]\nurl = "https:\/\/www\.exemple\.fr"\ntitre = "le site"/);
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('#proposer--telecharger')]);
      assert.equal(download.suggestedFilename(), 'l-ete-la-ailleurs.md');
      assert.equal(readFileSync(await download.path(), 'utf8'), await deposited(page));
    }));

    test(`${name}: a draft survives a reload, and is erased`, () => withPage({}, async (page) => {
      await open(page, base);
      await fill(page, { commune: 'Nantes', niveaux: [2] });
      await page.reload();
      assert.equal(await box(page, 'commune').inputValue(), 'Nantes');
      assert.ok(await box(page, 'niveaux').locator('input').nth(2).isChecked());
      await page.click('#proposer--effacer');
      await page.reload();
      assert.equal(await box(page, 'commune').inputValue(), '');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    }));
  }

  test('by keyboard alone, on a phone', () => withPage({ viewport: { width: 375, height: 700 } }, async (page) => {
    await open(page);
    const tab = async (id) => {
      for (let n = 0; n < 40; n++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((id) => document.activeElement.id === id, id)) return;
      }
      assert.fail(`no way to ${id}`);
    };
    await tab('proposer--titre');
    await page.keyboard.type('Au clavier');
    await tab('proposer--thematique');
    await page.keyboard.press('ArrowDown');
    await tab('proposer--texte');
    await page.keyboard.type('Deux lignes.');
    for (const n of [0, 1, 2]) {
      for (let m = 0; m < 40; m++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((n) => document.activeElement === document.querySelectorAll('#proposer--engagements input')[n], n)) break;
      }
      await page.keyboard.press('Space');
    }
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'proposer--apercu');
    assert.match(await deposited(page), /titre = "Au clavier"/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  }));

  test('an answer that lacks is named, and leads to its place', () => withPage({}, async (page) => {
    await open(page);
    await submit(page);
    assert.equal((await faults(page)).length, 4);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'proposer--erreurs');
    await page.click('#proposer--erreurs a >> nth=0');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'proposer--titre');
    await page.keyboard.type('Un titre');
    assert.equal(await box(page, 'titre--avis').innerText(), '');
  }));

  test('the words are those of check', () => withPage({}, async (page) => {
    await open(page);
    await fill(page, { titre: 'Adresses', liens: 'exemple', texte: 'Écrire à camille.exemple@exemple.fr.' });
    await submit(page);
    const [said] = await faults(page);
    const note = await box(page, 'texte--avis').innerText();
    const fiche = join(github.root, 'content/syntheses/essai-2021/retex/adresses.md');
    writeFileSync(fiche, '+++\ntitre = "Adresses"\nthematique = "enseigner-apprendre"\n[[liens]]\nurl = "exemple"\n+++\n\nÉcrire à camille.exemple@exemple.fr.\n');
    const { stderr, stdout } = retex(['check', '--format', 'json'], { cwd: github.root });
    const all = JSON.parse(stdout || stderr);
    const told = (code) => all.messages.find((m) => m.code === code && JSON.stringify(m).includes('adresses.md'));
    writeFileSync(fiche, '+++\ntitre = "Adresses"\nthematique = "enseigner-apprendre"\n+++\n\nUn texte.\n');
    for (const [shown, code] of [[said, 'url-invalide'], [note, 'donnee-personnelle']]) {
      assert.ok(words(shown).toLowerCase().includes(words(told(code).message).toLowerCase()), `${shown} / ${told(code).message}`);
    }
  }));

  test('personal data: the table that check is held to', () => withPage({}, async (page) => {
    await open(page);
    // In this box a sign of Markdown or of HTML is a sign.
    const marked = (text) => /\*\*|&#|&commat|\\@/.test(text);
    const table = readFileSync(join(project, 'tests/personnel/table.txt'), 'utf8').split('\n');
    const rows = table.filter((row) => row.includes(' | ') && !row.startsWith('#')).map((row) => row.split(' | '));
    const kinds = Object.entries(JSON.parse(await page.locator('#proposer').getAttribute('data-donnees')).personnelles);
    const wrong = [];
    for (const [kind, text] of rows.filter(([, text]) => !marked(text))) {
      const said = await box(page, 'texte').evaluate((area, text) => {
        area.value = text;
        area.dispatchEvent(new Event('change', { bubbles: true }));
        return document.querySelector('#proposer--texte--avis').textContent;
      }, text);
      const found = kinds.filter(([, [what]]) => said.includes(what)).map(([name]) => name).join() || 'rien';
      if (found !== kind) wrong.push(`${text}: ${found}, not ${kind}`);
    }
    assert.ok(rows.length > 100);
    none(wrong);
  }));

  test('what one may type is accepted, shown as it is published, and never runs', { timeout: 240_000 }, () => withPage({}, async (page) => {
    await open(page);
    page.on('dialog', (dialog) => assert.fail(dialog.message()));
    const odd = [
      '"guillemets" \'simples\' « français »', 'C:\\dossier\\fichier', '+++\nthematique = "autre"\n+++', '---\ntitre: a\n---',
      '# Un titre\n## Un autre', '* un\n* deux\n\nsuite', '- un\n- deux\nsuite sans ligne vide\n1. un\n2) deux', 'a|b\n-|-\nc|d',
      '<script>alert(1)</script><img src=x onerror=alert(1)>', '[lien](javascript:alert(1)) ![image](x.png) <https://exemple.fr>',
      '[^1] et [^note]: rien\n[ref]: https://exemple.fr', '```js\ncode\n```\n    indenté', '$x^2$ et \\(y\\) et ~~barré~~ et ==marqué==',
      'مرحبا بالعالم, שלום, 你好', '👩🏽‍🏫 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇫🇷', 'espace\u00a0insécable\u200b invisible\ufeff \u202eretourné', 'x'.repeat(5000),
      `${'Une phrase assez longue. '.repeat(200)}`, '&amp; &lt;b&gt; &eacute; & co', 'voir https://exemple.fr/a_b*c (et www.exemple.org), fin.',
      '=== \n___\n***\n---', '> citation\n>> double', ': définition\nterme\n: autre', 'a < b > c, 3 * 4 * 5 = 60, _souligné_, 2^10',
      '</textarea></script><!-- -->', '{{ page.titre }} {% include "x" %}', '\u0000\u0007\u001b[31m', 'ligne\r\nligne\rligne\u2028ligne',
      '@@@ #hashtag @compte ~ ` `` ```', '[[liens]]\nurl = "x"', '\ud800 seul', 'fin avec barre \\',
    ];
    let seed = 20261128;
    const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
    const some = () => odd[random(odd.length)];
    const flat = (text, most) => text.replace(/[\r\n\u2028]+/g, ' ').slice(0, most);
    const made = [];
    for (let n = 0; n < odd.length; n++) {
      await open(page);
      await fill(page, {
        titre: `Essai ${n} ${flat(some(), 200)}`,
        texte: `Essai. ${odd[n]}\n\n${some().slice(0, 3000)}`,
        points_forts: `- ${flat(some(), 900)}\n${flat(some(), 900)}`,
        irritants: flat(some(), 900),
        liens: `Le ${flat(some(), 60).replace(/https?:|www\./g, '')} : https://exemple.fr/${n}`,
        commune: flat(some(), 200),
        auteurs: flat(some(), 200),
        niveaux: [random(5)],
      });
      await submit(page);
      assert.deepEqual(await faults(page), [], `filling ${n}`);
      const fiche = await deposited(page);
      const opened = new URL(await box(page, 'ouvrir').getAttribute('href'));
      const whole = opened.searchParams.get('value');
      if (whole !== null) assert.equal(whole, fiche);
      assert.ok(opened.href.length <= 6000);
      const name = opened.searchParams.get('filename');
      writeFileSync(join(github.root, 'content/syntheses/essai-2021/retex', name), fiche);
      made.push({ name, shown: await page.locator('#proposer--fiche .texte').innerText() });
    }
    assert.equal(new Set(made.map(({ name }) => name)).size, odd.length);
    const { status, stdout } = retex(['check', '--format', 'court'], { cwd: github.root });
    assert.equal(status, 0, stdout.split('\n').filter((line) => line.includes('erreur')).join('\n'));
    const published = await serve('/', build('filled', { cwd: github.root }));
    for (const { name, shown } of made) {
      await page.goto(`${published.base}retex/essai-2021/${name.replace(/\.md$/, '')}/index.html`);
      assert.equal(words(shown), words(await page.locator('.fiche .texte').innerText()), name);
    }
  }));

  test('valid HTML', async () => none([...nu(join(github.built, PAGE)), ...(await htmlValidate(github.built, [PAGE]))]));

  test('axe, light and dark, 320 and 1280: empty, refused, accepted', () => withPage(withAxe, async (page) => {
    await open(page);
    const problems = [...(await everywhere(page))];
    await submit(page);
    problems.push(...(await everywhere(page)));
    await fill(page, { liens: 'https://exemple.fr', irritants: 'le bruit' });
    await submit(page);
    none([...problems, ...(await everywhere(page))]);
    await page.setViewportSize({ width: 1280, height: 800 });
  }));

  test('a search that finds nothing invites to propose', () => withPage({}, async (page) => {
    await page.goto(`${host.base}recherche/index.html?q=zzyzx`);
    await page.waitForFunction(() => document.querySelector('#recherche--bilan').textContent.includes('Aucun'));
    assert.ok(await page.locator('#recherche--proposer a').isVisible());
    await page.fill('#recherche--mots', 'radio');
    await page.waitForFunction(() => !document.querySelector('#recherche--bilan').textContent.includes('Aucun'));
    assert.ok(await page.locator('#recherche--proposer').isHidden());
  }));

  test('without JavaScript: the ways are told, each with its link', () => withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(host.base + PAGE);
    assert.ok(await page.locator('#proposer').isHidden());
    const links = await page.locator('main li a').evaluateAll((all) => all.map((link) => link.href));
    assert.deepEqual(links, [
      'https://github.com/exemple/retex/issues/new?template=fiche-retex.yml',
      'https://github.com/exemple/retex/new/main/content/syntheses/essai-2021/retex',
      'mailto:contact@exemple.fr',
    ]);
    await page.goto(`${host.base}recherche/index.html`);
    assert.equal(await page.locator('main a[href$="proposer/index.html"]').count(), 1);
    for (const from of ['index.html', 'retex/index.html', 'retex/essai-2021/radio/index.html']) {
      await page.goto(host.base + from);
      assert.equal(await page.locator('main a[href$="proposer/index.html"]').count(), 1, from);
    }
  }));
});

describe('proposer, on other forges', () => {
  const other = (name, depot, check) => test(name, () => withPage({}, async (page) => {
    const { root, built } = siteAt(name, depot);
    await open(page, pathToFileURL(`${built}/`).href);
    await fill(page, { niveaux: [1], liens: 'Le carnet : https://exemple.fr/a', auteurs: 'Une équipe', date: '2024-03-15' });
    await submit(page);
    await check(page, root);
  }));

  other('GitLab: a ticket that the program reads back', 'https://forge.apps.education.fr/exemple/retex', async (page, root) => {
    const opened = new URL(await box(page, 'ouvrir').getAttribute('href'));
    assert.equal(opened.origin + opened.pathname, 'https://forge.apps.education.fr/exemple/retex/-/issues/new');
    assert.equal(opened.searchParams.get('issue[title]'), 'Nouvelle fiche : Une webradio');
    const ticket = opened.searchParams.get('issue[description]');
    assert.equal(ticket, await deposited(page));
    const form = join(temporary, 'ticket.md');
    writeFileSync(form, ticket);
    const { status, stderr } = retex(['new', 'fiche', '--depuis', form], { cwd: root });
    assert.equal(status, 0, stderr);
    const fiche = readFileSync(join(root, 'content/syntheses/essai-2021/retex/une-webradio.md'), 'utf8');
    for (const part of ['titre = "Une webradio"', 'niveaux = ["elementaire"]', 'url = "https://exemple.fr/a"\ntitre = "Le carnet"', 'date = 2024-03-15', 'auteurs = ["Une équipe"]', '\nUne webradio en CM2.\n']) {
      assert.ok(fiche.includes(part), `${part}\n${fiche}`);
    }
  });

  other('Gitea: a new file', 'https://codeberg.org/exemple/retex', async (page) => {
    const opened = new URL(await box(page, 'ouvrir').getAttribute('href'));
    assert.equal(opened.origin + opened.pathname, 'https://codeberg.org/exemple/retex/_new/main/content/syntheses/essai-2021/retex');
    assert.equal(opened.searchParams.get('value'), await deposited(page));
  });

  other('another: copy, download, or write', 'https://bitbucket.org/exemple/retex', async (page) => {
    assert.ok(await box(page, 'ouvrir').isHidden());
    assert.match(await box(page, 'comment').innerText(), /une-webradio\.md/);
    const letter = new URL(await box(page, 'courriel').getAttribute('href'));
    assert.equal(letter.pathname, 'contact@exemple.fr');
    assert.equal(letter.searchParams.get('body').replaceAll('\r\n', '\n'), await deposited(page));
  });

  other('a long text goes by copy', 'https://github.com/exemple/retex', async (page) => {
    await box(page, 'texte').fill('Une phrase. '.repeat(600));
    await submit(page);
    const opened = new URL(await box(page, 'ouvrir').getAttribute('href'));
    assert.equal(opened.searchParams.get('value'), null);
    assert.match(await box(page, 'comment').innerText(), /trop long/);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => {});
    await page.click('#proposer--copier');
    await page.waitForFunction(() => document.querySelector('#proposer--fait').textContent !== '');
    assert.match(await box(page, 'fait').innerText(), /copié/);
  });

  test('several workshops: one chooses, and the file goes there', () => withPage({}, async (page) => {
    const root = join(temporary, 'several-source');
    layBase(root);
    const config = join(root, 'content/site.toml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^url = .*$/m, 'depot = "https://github.com/exemple/retex"'));
    const { status, stderr } = retex(['new', 'synthese', 'vendee-2022', '--titre', 'Deuxième', '--territoire', 'Vendée', '--annee', '2022'], { cwd: root });
    assert.equal(status, 0, stderr);
    await open(page, pathToFileURL(`${build('several', { cwd: root })}/`).href);
    await fill(page);
    await submit(page);
    assert.equal((await faults(page)).length, 1);
    await box(page, 'atelier').selectOption({ index: 2 });
    await submit(page);
    const opened = new URL(await box(page, 'ouvrir').getAttribute('href'));
    assert.match(opened.pathname, /\/content\/syntheses\/(?!…)[a-z0-9-]+\/retex$/);
    assert.ok(opened.pathname.includes(await box(page, 'atelier').inputValue()));
  }));
});

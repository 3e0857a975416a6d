// On paper, A4 portrait and landscape, the three tables lose nothing: the last words of each statement of each
// cell are there, nothing goes beyond the sheet, the headings come again on each sheet of the table, no sheet
// is left mostly blank, and no control is printed. Nor does a fiche: what its text folds on a screen is read, its
// code is whole however long its lines are, and a picture keeps its legend.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { addImage, contribute, contributionPage, layBase } from './support/contributions.js';
import { none } from './support/problems.js';
import { build, pages, tables, temporary } from './support/site.js';
import { home } from './support/visit.js';

function pdftotext(...options) {
  try {
    return execFileSync('pdftotext', [...options, '-'], { encoding: 'utf8' });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error('pdftotext is missing: run apt-get install poppler-utils');
    throw error;
  }
}

/** Letters only: a narrow column cuts words, with or without a hyphen. */
const letters = (text) => text.normalize('NFKC').replace(/[\s\p{Dash}\u00ad]/gu, '');

/** The headings of a table and, row by row and cell by cell, the last words of each statement. */
const words = (page) => page.evaluate(() => {
  const table = document.querySelector('main table');
  const visible = (element) => element.innerText.trim();
  const endings = (cell) => [...cell.querySelectorAll('.recu:not(:has(.recu))')]
    .flatMap((recu) => visible(recu).split(/\n+/))
    .map((statement) => statement.split(/\s+/).slice(-4).join(' '));
  return {
    headings: [...table.tHead.rows[0].cells].map(visible),
    rows: [...table.tBodies].flatMap((body) => [...body.rows].map((row) => [...row.cells].map(endings))),
  };
});

/** The sheets of a page of the site printed on A4, as texts. */
async function sheets(page, path) {
  await page.goto(`${home}${path}`);
  const file = join(temporary, 'sheets.pdf');
  await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true });
  return pdftotext('-layout', file).split('\f').slice(0, -1).map((text) => text.normalize('NFKC'));
}

test('print: the home page has no form', () => withPage({}, async (page) => {
  await page.goto(`${home}index.html`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('form:visible').count(), 0);
  assert.ok(await page.locator('.carte:visible').count() > 3);
  await page.emulateMedia({ media: null });
}));

test('print: a meeting file is two sheets at most, with their numbers, the name of the page and room for notes', () => withPage({}, async (page) => {
  const folder = 'syntheses/loire-atlantique-2020';
  const [first, second] = await sheets(page, `${folder}/enseigner-apprendre/index.html`);
  assert.match(first, /Dossier de réunion[^]*Réunion du[^]*Webradio en maternelle[^]*www\.dsden44[^]*Diagnostic[^]*Des irritants aux axes/);
  assert.match(second, /^\s*Plan d’action[^]*Notes[^]*Généraliser PIX[^]*Utilisation massive[^]*Pourquoi ces rapprochements[^]*Sigles employés/);
  const files = pages.filter((path) => new RegExp(`^${folder}/(?!diagnostic|projections|plan-action)[^/]+/index\\.html$`).test(path));
  assert.equal(files.length, 5);
  for (const path of files) {
    const all = await sheets(page, path);
    assert.ok(all.length <= 2, `${path}: ${all.length} sheets`);
    all.forEach((sheet, n) => assert.match(sheet, new RegExp(`Dossier de réunion[^]*${n + 1}\\s*/\\s*${all.length}\\s*$`), `${path}, sheet ${n + 1}`));
    assert.ok(!all.join().includes('Sur cette page'), path);
    await page.emulateMedia({ media: 'print' });
    const points = await page.$$eval('main .recu', (texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * 0.75));
    await page.emulateMedia({ media: null });
    assert.ok(points.every((size) => size >= 9.5), `${path}: received words in ${Math.min(...points)} pt`);
  }
}));

test('print: a fiche is one sheet', () => withPage({}, async (page) => {
  const long = [];
  for (const path of pages.filter((one) => /^retex\/loire-atlantique-2020\//.test(one))) {
    const all = await sheets(page, path);
    if (all.length !== 1) long.push(`${path}: ${all.length} sheets`);
  }
  none(long);
}));

/** A text with all that a screen folds, scrolls or narrows. */
const FOLDED = `<details>
<summary>Le titre du repli</summary>

Le début du repli.

<details>
<summary>Un repli dans le repli</summary>

Le fond du repli.

</details>

\`\`\`python
# ${'une très longue ligne de code '.repeat(12)}jusqu’à son dernier mot
\`\`\`

</details>

<figure>

![Un point](cible/image.png)

<figcaption>La légende de l’image</figcaption>

</figure>

| Séance | Adresse |
|---|---|
| La première séance | https://exemple.fr/${'abcdefghij'.repeat(16)}/dernier |
`;

test('print: what a fiche folds or scrolls on a screen is read on paper', () => withPage({}, async (page) => {
  const folder = join(temporary, 'print');
  layBase(folder);
  contribute(folder, 'cible', 'Une cible.\n');
  addImage(folder, 'cible');
  contribute(folder, 'repli', FOLDED);
  const printed = build('print-site', { cwd: folder });
  await page.setViewportSize({ width: 375, height: 800 });
  await page.goto(pathToFileURL(join(printed, contributionPage('repli'))).href);
  assert.ok(!(await page.locator('#page--texte').innerText()).includes('Le fond du repli'), 'the fold is open');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 375, 'the page scrolls sideways');

  const pdf = join(temporary, 'repli.pdf');
  await page.pdf({ path: pdf, format: 'A4' });
  const whole = letters(pdftotext('-raw', pdf));
  const expected = ['Le titre du repli', 'Le début du repli', 'Un repli dans le repli', 'Le fond du repli',
    'jusqu’à son dernier mot', 'La légende de l’image', 'La première séance', '/dernier'];
  none(expected.filter((words) => !whole.includes(letters(words))).map((words) => `« ${words} » is absent`));
}));

describe('print: nothing of a table is cut', () => {
  for (const { name, page: path } of tables) {
    for (const landscape of [false, true]) {
      const sheet = landscape ? 'landscape' : 'portrait';
      test(`${name}, A4 ${sheet}`, () => withPage({}, async (page) => {
        await page.goto(home + path);
        const { headings, rows } = await words(page);
        assert.ok(rows.length >= 2, `only ${rows.length} rows`);
        assert.ok(rows.every((row) => row.length === headings.length), 'a row has not one cell for each heading');

        const pdf = join(temporary, `${name}-${sheet}.pdf`);
        await page.pdf({ path: pdf, format: 'A4', landscape });
        // -raw: in the order of the cells; otherwise the lines of neighbouring columns may be mixed.
        const sheets = pdftotext('-raw', pdf).split('\f').map(letters);
        const whole = sheets.join('');
        const problems = rows.flatMap((row, r) => row.flatMap((cell, c) => cell
          .filter((ending) => !whole.includes(letters(ending)))
          .map((ending) => `row ${r + 1}, « ${headings[c]} »: « ${ending} » is absent`)));

        // The last sheet of the table is the last that holds an ending of its last row.
        // The proofs after it may say the same words.
        const proofs = sheets.findIndex((text) => text.includes('Pourquoicesrapprochements'));
        const own = sheets.slice(0, proofs < 0 ? undefined : proofs + 1).map((text) => text.split('Pourquoicesrapprochements')[0]);
        const end = Math.max(...rows.at(-1).flat().map((ending) =>
          own.findLastIndex((text) => text.includes(letters(ending)))));
        assert.ok(end >= 0, 'the last row is on no sheet');
        for (const [s, text] of sheets.slice(0, end + 1).entries()) {
          for (const heading of headings) {
            if (!text.includes(letters(heading))) problems.push(`sheet ${s + 1}: « ${heading} » is absent`);
          }
        }

        const boxes = pdftotext('-bbox', pdf);
        const width = Number(boxes.match(/<page width="([\d.]+)"/)[1]);
        for (const [, from, to, word] of boxes.matchAll(/xMin="([-\d.]+)".*?xMax="([-\d.]+)".*?>([^<]*)</g)) {
          if (from < 0 || to > width) problems.push(`« ${word} » goes beyond the sheet`);
        }
        if (/Nemontrerque|Rangerselon/.test(whole)) problems.push('a control is printed');
        const lowest = boxes.split('<page ').slice(1).map((text) => ({
          height: Number(text.match(/height="([\d.]+)"/)[1]),
          to: Math.max(...[...text.matchAll(/yMax="([\d.]+)"/g)].map(([, y]) => Number(y))),
        }));
        lowest.slice(0, -1).forEach(({ height, to }, s) => {
          if (to < height * 0.7) problems.push(`sheet ${s + 1} is blank from ${Math.round(to)} to ${height}`);
        });
        none(problems);
      }));
    }
  }
});

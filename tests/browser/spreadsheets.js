// A person opens the CSV files of /donnees/ in LibreOffice, in French: every row has the cells of its heading,
// accents and line breaks inside a cell are those of the JSON, and no text has become a formula.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { none } from './support/problems.js';
import { build, project, site, temporary } from './support/site.js';

// What its import dialog offers for these files: semicolon, double quote, UTF-8, from the first line, French,
// and numbers and dates recognised. A profile of our own: two runs at once do not meet.
const IMPORT = 'Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true';
const PROFILE = `-env:UserInstallation=${pathToFileURL(join(temporary, 'libreoffice'))}`;

/** Runs in the page: the cells of a flat OpenDocument sheet, as { text, type, formula }. */
function cells(xml) {
  const sheet = new DOMParser().parseFromString(xml, 'text/xml');
  const repeated = (element, name) => Number(element.getAttribute(`table:number-${name}-repeated`) ?? 1);
  const read = (cell) => ({
    text: cell.getAttribute('office:date-value')
      ?? [...cell.getElementsByTagName('text:p')].map((p) => p.textContent).join('\n'),
    type: cell.getAttribute('office:value-type'),
    formula: cell.getAttribute('table:formula'),
  });
  return [...sheet.getElementsByTagName('table:table-row')]
    .map((row) => [...row.getElementsByTagName('table:table-cell')]
      .flatMap((cell) => Array.from({ length: repeated(cell, 'columns') }, () => read(cell))))
    // The sheet goes on, empty, to the end of what LibreOffice can hold.
    .map((row) => row.slice(0, row.findLastIndex((cell) => cell.type !== null) + 1))
    .filter((row) => row.length > 0);
}

/** The CSV files of a workshop as LibreOffice reads them, by name: rows of cells. */
async function opened(folder, name) {
  const output = join(temporary, name);
  mkdirSync(output);
  const sheets = readdirSync(folder).filter((file) => file.endsWith('.csv'));
  try {
    execFileSync('soffice', [PROFILE, '--headless', `--infilter=${IMPORT}`, '--convert-to', 'fods', '--outdir', output,
      ...sheets.map((file) => join(folder, file))], { stdio: 'pipe' });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error('soffice is missing: run apt-get install libreoffice-calc-nogui');
    throw error;
  }
  return withPage({}, async (page) => {
    const read = new Map();
    for (const file of sheets) {
      const xml = readFileSync(join(output, file.replace(/csv$/, 'fods')), 'utf8');
      read.set(file, await page.evaluate(cells, xml));
    }
    return read;
  });
}

/** What a sheet must hold of the JSON, column by column, and where it does not. */
function differences(file, [heading, ...rows], expected) {
  const column = (name) => {
    const at = heading.findIndex(({ text }) => text === name);
    assert.notEqual(at, -1, `${file} has no column « ${name} »`);
    return at;
  };
  assert.equal(rows.length, expected.length, `rows of ${file}`);
  return expected.flatMap((row, r) => Object.entries(row)
    .map(([name, text]) => [name, text, rows[r][column(name)]?.text ?? ''])
    .filter(([, text, found]) => text !== found)
    .map(([name, text, found]) => `${file}, row ${r + 2}, « ${name} »: « ${found} » and not « ${text} »`));
}

describe('the CSV files in LibreOffice', () => {
  const workshop = join(site, 'donnees', 'loire-atlantique-2020');
  const json = JSON.parse(readFileSync(join(workshop, 'donnees.json'), 'utf8'));
  const titles = new Map(json.thematiques.map(({ id, titre }) => [id, titre]));
  const lines = (list) => list.join('\n');

  test('hold what the JSON says, cell by cell', async () => {
    const sheets = await opened(workshop, 'published');
    assert.deepEqual([...sheets.keys()].sort(), ['diagnostic.csv', 'plan-action.csv', 'projections.csv', 'retex.csv']);
    const problems = [];
    for (const [file, rows] of sheets) {
      const width = rows[0].length;
      // A row ends at its last full cell: the address, which every row has.
      problems.push(...rows.filter((row) => row.length !== width).map((row) => `${file}: ${row.length} cells: ${row[0].text}`));
      problems.push(...rows.flat().filter(({ formula }) => formula).map(({ formula }) => `${file}: formula ${formula}`));
    }
    for (const { id, blocs } of json.tableaux) {
      problems.push(...differences(`${id}.csv`, sheets.get(`${id}.csv`), blocs.flatMap((bloc) =>
        bloc.enonces.map((enonce) => ({
          'Thématique': titles.get(bloc.thematique),
          'Texte': enonce,
          'Lignes du document reçu': bloc.lignes.join(', '),
        })))));
    }
    problems.push(...differences('retex.csv', sheets.get('retex.csv'), json.fiches.map((fiche) => ({
      'Identifiant': fiche.id,
      'Thématique': titles.get(fiche.thematique),
      'Titre': fiche.titre,
      'Mots-clés': lines(fiche.mots_cles),
      'École ou établissement': fiche.etablissement ?? '',
      'Liens': lines(fiche.liens.map(({ url }) => url)),
      'Lignes du document reçu': fiche.lignes.join(', '),
      'Adresse': fiche.adresse,
    }))));
    none(problems);
    const texts = [...sheets.values()].flat(2).map(({ text }) => text);
    assert.ok(texts.some((text) => text.includes('é')) && texts.some((text) => text.includes('\n')), 'nothing to prove');
  });

  test('hold no formula where an editor wrote one', async () => {
    const folder = join(temporary, 'formulas');
    cpSync(join(project, 'tests/base'), folder, { recursive: true });
    const fiche = join(folder, 'content/syntheses/essai-2021/retex/radio.md');
    const formulas = { 'Points forts': '=1+1', 'Irritants': '+33 2', 'École ou établissement': '-1', 'Commune': '@SUM(A1)' };
    writeFileSync(fiche, readFileSync(fiche, 'utf8')
      .replace('"Les élèves parlent"', '"=1+1"')
      .replace('"Le bruit"', '"+33 2"')
      .replace('titre =', 'etablissement = "-1"\ncommune = "@SUM(A1)"\ntitre ='));
    const built = build('formulas-site', { cwd: folder });
    const rows = (await opened(join(built, 'donnees/essai-2021'), 'neutral')).get('retex.csv');
    const radio = rows.find(([first]) => first.text === 'radio');
    for (const [name, formula] of Object.entries(formulas)) {
      const cell = radio[rows[0].findIndex(({ text }) => text === name)];
      assert.deepEqual(cell, { text: `'${formula}`, type: 'string', formula: null }, name);
    }
    assert.equal(radio[rows[0].findIndex(({ text }) => text === 'Date')].text, '2022-03-01');
  });
});

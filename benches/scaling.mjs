// How much more work ten times the input is, for each kind of input that could hold a check: the aim is fifteen times.
//
// The work is counted in instructions, by valgrind, not in seconds: a busy machine counts the same.
// `RETEX=/path/to/retex node benches/scaling.mjs` goes through all of them, some ten minutes; names after it, only those.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { project, program, temporary } from '../tests/browser/support/program.js';

const MORE = 10;
const MOST = 15;
/** Instructions that two runs of the same may differ by, in millions. */
const NOISE = 5;

const fiche = 'syntheses/essai-2021/retex/epreuve.md';
const header = (keys = '') => `+++
titre = "Une épreuve"
thematique = "egal-acces"
date = 2021-03-04
auteurs = ["Une équipe"]
${keys}[[liens]]
url = "https://exemple.fr/epreuve"
+++
`;
/** A fiche with this body. */
const body = (markdown) => ({ [fiche]: header() + markdown });
/** A fiche with this line of header. */
const key = (line) => ({ [fiche]: `${header(`${line}\n`)}Un texte.\n` });
const times = (n, make) => Array.from({ length: n }, (_, i) => (typeof make === 'string' ? make : make(i))).join('');
const list = (n, make) => `[${Array.from({ length: n }, (_, i) => `"${make(i)}"`).join(', ')}]`;
const word = (i) => `mot${i.toString(36)}`;

const source = 'syntheses/essai-2021/source.txt';
const table = 'syntheses/essai-2021/tableaux/egal-acces.toml';

/** Content by the number of things in it; the second number is how many there are in the smaller. */
const generators = {
  'equal headings': [(n) => body(times(n, '## A\n\n')), 400],
  'headings and dead anchors': [(n) => body(times(n, (i) => `## Titre ${i}\n\n[un lien utile](#titre-absent-${i})\n\n`)), 100],
  'long lines of code': [(n) => body(`\`\`\`python\n${times(n, 'a = "b" + (c * [d]) # ')}\n\`\`\`\n`), 400],
  'lines of code': [(n) => body(`\`\`\`js\n${times(n, 'const a = /b+/.test(`c${d}`);\n')}\`\`\`\n`), 30],
  'names of addresses': [(n) => body(times(n, 'a.b-c_d+')), 900],
  'at signs': [(n) => body(times(n, 'a@')), 3000],
  'zeros': [(n) => body(times(n, '0 0 ')), 2000],
  'header without an equals sign': [(n) => ({ [fiche]: `+++\n${times(n, (i) => `cle${i} : "valeur"\n`)}+++\nTexte.\n` }), 150],
  'unknown keys': [(n) => key(times(n, (i) => `cle_${i} = "valeur"\n`)), 100],
  'long unknown keys': [(n) => key(`${times(n, 'cle_tres_longue_')} = 1`), 200],
  'comments in a header': [(n) => key(times(n, (i) => `# un commentaire ${i}\n`)), 200],
  'brackets in a header': [(n) => key(`mots_cles = ${'['.repeat(n)}`), 300],
  'open elements': [(n) => body(times(n, 'a <sup> b ')), 500],
  'refused elements': [(n) => body(times(n, 'a <font> b ')), 500],
  'closed elements': [(n) => body(times(n, 'a </sup> b ')), 500],
  'folds': [(n) => body(times(n, '<details>\n\n')), 300],
  'unfinished tags': [(n) => body(times(n, 'a <b c ')), 900],
  comments: [(n) => body(times(n, '<!-- a --> b\n\n')), 400],
  superscripts: [(n) => body(times(n, 'a^{b ')), 1500],
  'closed superscripts': [(n) => body(times(n, '1^{er} ')), 1000],
  notes: [(n) => body(times(n, (i) => `a[^${i}] `) + times(n, (i) => `\n\n[^${i}]: b`)), 100],
  'calls of a note': [(n) => body(`${times(n, 'a[^1] ')}\n\n[^1]: b\n`), 800],
  'undefined notes': [(n) => body(times(n, (i) => `a[^n${i}] `)), 300],
  'nested notes': [(n) => body(times(n, (i) => `a[^${i}]\n\n[^${i}]: b[^${i + 1}]\n\n`)), 100],
  'opening brackets': [(n) => body('['.repeat(n)), 3000],
  'bad links': [(n) => body(times(n, '](')), 2000],
  'unclosed links': [(n) => body(times(n, '[a](b ')), 800],
  'wiki links': [(n) => body(times(n, '[[a]] ')), 800],
  stars: [(n) => body(times(n, '*a **b ')), 1000],
  quotations: [(n) => body(`${'> '.repeat(n)}a\n`), 300],
  'nested lists': [(n) => body(times(n, (i) => `${'  '.repeat(Math.min(i, 60))}- a\n`)), 200],
  backquotes: [(n) => body(times(n, (i) => `${'`'.repeat(1 + i % 90)} a `)), 200],
  tables: [(n) => body(`| a | b |\n|---|---|\n${times(n, (i) => `| ${i} | x | y |\n`)}`), 200],
  'columns of a table': [(n) => body(`|${times(n, ' a |')}\n|${times(n, '---|')}\n|${times(n, ' b |')}\n`), 200],
  definitions: [(n) => body(times(n, (i) => `[mot ${i}]: texte\n`)), 200],
  entities: [(n) => body(times(n, '&eacute;&nbsp;&#8239;')), 600],
  'signs that nobody sees': [(n) => body(times(n, 'a\u00adb ')), 900],
  addresses: [(n) => body(times(n, (i) => `https://exemple.fr/${i} `)), 45],
  'a long address': [(n) => body(`https://exemple.fr/${'a'.repeat(n)}`), 5000],
  parentheses: [(n) => body(`https://exemple.fr/${')'.repeat(n)}`), 5000],
  semicolons: [(n) => body(`https://exemple.fr/${'&a;'.repeat(n)}`), 2000],
  punctuation: [(n) => body(times(n, 'a ! « b » ? ')), 800],
  acronyms: [(n) => body(times(n, (i) => `ABC${(i % 26 + 10).toString(36).toUpperCase()}${i} `)), 300],
  'a long word': [(n) => body('a'.repeat(n)), 9000],
  'signs of lists': [(n) => body(times(n, '• a\n')), 800],
  bars: [(n) => body(times(n, '| a | b\n')), 700],
  'maths': [(n) => body(times(n, '$$a$$ ')), 900],
  keywords: [(n) => key(`mots_cles = ${list(n, word)}`), 300],
  links: [(n) => ({ [fiche]: header().replace(/\[\[liens\]\][^]*\+\+\+/, `${times(n, (i) => `[[liens]]\nurl = "https://exemple.fr/${i}"\n`)}+++`) + 'Un texte.\n' }), 60],
  'former addresses': [(n) => key(`anciennes_adresses = ${list(n, (i) => `retex/${word(i)}`)}`), 150],
  'points of a fiche': [(n) => key(`points_forts = ${list(n, (i) => `Un point ${word(i)}`)}`), 150],
  'a long title': [(n) => ({ [fiche]: header().replace('Une épreuve', 'Très long '.repeat(n)) + 'Un texte.\n' }), 300],
  acronyms_of_the_glossary: [(n) => ({ 'glossaire.toml': times(n, (i) => `[[sens]]\nid = "s${i}"\nsigle = "Q${i}Z"\ndeveloppement = "Sens ${i}"\n\n`) }), 100],
  fiches: [(n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`syntheses/essai-2021/retex/f${i}.md`, header().replace('épreuve', `fiche ${i}`) + `Un texte ${i}.\n`])), 20],
  'texts that the source has otherwise': [(n) => ({
    [source]: (old) => old + times(n, (i) => `Thématique\tUn texte reçu ${word(i)} avec des mots à lui ${i * 7}\n`),
    [table]: (old) => old + times(n, (i) => `\n[[diagnostic.irritant]]\nid = "b${i}"\ntextes = ["Un texte écrit ${word(i)} avec d'autres mots ${i * 7}"]\nlignes = [9]\n`),
  }), 40],
};

/** A small site with these files of content besides; a function is given the text that is there. */
function site(name, files) {
  const folder = join(temporary, 'scaling', name);
  rmSync(folder, { recursive: true, force: true });
  const content = join(folder, 'content');
  cpSync(join(project, 'tests/base/content'), content, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const place = join(content, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, typeof text === 'function' ? text(readFileSync(place, 'utf8')) : text);
  }
  return folder;
}

/** Instructions that a check takes, in millions. */
function work(name, files) {
  const options = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];
  const { stderr, status, error } = spawnSync('valgrind', [...options, program(), 'check', '--format', 'json'], {
    cwd: site(name, files),
    encoding: 'utf8',
    env: { ...process.env, RAYON_NUM_THREADS: '1' },
    maxBuffer: Infinity,
    timeout: 300_000,
  });
  if (error) throw error;
  assert.ok(status === 0 || status === 1, `${name}: ${stderr.slice(-500)}`);
  const [, count] = stderr.match(/I +refs: +([\d,]+)/) ?? assert.fail(stderr.slice(-500));
  return Number(count.replaceAll(',', '')) / 1e6;
}

const wanted = process.argv.slice(2);
let over = 0;
for (const [name, [make, n]] of Object.entries(generators)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  // What a check takes for one thing is that of a start; a few millions are its noise.
  const [start, ...more] = [1, n, n * MORE].map((n) => work('some', make(n)));
  const [few, many] = more.map((count) => Math.max(count - start, 0));
  const factor = many / Math.max(few, NOISE);
  over += factor > MOST;
  console.log(`${factor > MOST ? 'over' : '    '} × ${factor.toFixed(1)}  ${name}: ${n} × ${MORE}, ${few.toFixed(1)} then ${many.toFixed(1)} M`);
}
process.exitCode = Number(over > 0);

// The kinds of input that could hold a check, each as the content of a site in which there are `n` of a thing.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { project, temporary } from './program.js';

export const fiche = 'syntheses/essai-2021/retex/epreuve.md';
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
/** A fiche with hardly anything to check. */
export const oneWord = body('Mot.\n');
/** A fiche with this line of header. */
const key = (line) => ({ [fiche]: `${header(`${line}\n`)}Un texte.\n` });
const times = (n, make) => Array.from({ length: n }, (_, i) => (typeof make === 'string' ? make : make(i))).join('');
const list = (n, make) => `[${Array.from({ length: n }, (_, i) => `"${make(i)}"`).join(', ')}]`;
const word = (i) => `mot${i.toString(36)}`;

/** A PNG of one pixel with a text many times. */
function png(n) {
  const piece = (name, data) => {
    const named = Buffer.concat([Buffer.from(name), data]);
    const ends = [Buffer.alloc(4), Buffer.alloc(4)];
    ends[0].writeUInt32BE(data.length);
    ends[1].writeUInt32BE(crc32(named));
    return Buffer.concat([ends[0], named, ends[1]]);
  };
  const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const texts = Array.from({ length: n }, () => piece('tEXt', Buffer.from('Comment\0a')));
  const pixels = piece('IDAT', deflateSync(Buffer.from([0, 0])));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), piece('IHDR', head), ...texts, pixels, piece('IEND', Buffer.alloc(0))]);
}

/** A GIF of one pixel with a comment many times. */
function gif(n) {
  const head = Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const comments = Array.from({ length: n }, () => Buffer.from([0x21, 0xfe, 1, 0x61, 0]));
  return Buffer.concat([head, ...comments, Buffer.from(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;', 'latin1')]);
}

const source = 'syntheses/essai-2021/source.txt';
const table = 'syntheses/essai-2021/tableaux/egal-acces.toml';

/** Content by the number of things in it; the second number is how many there are in the smaller. */
export const generators = {
  'equal headings': [(n) => body(times(n, '## A\n\n')), 19],
  'equal headings, too many': [(n) => body(times(n + 200, '## A\n\n')), 1500],
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
  'calls of a note': [(n) => body(`${times(n, 'a[^1] ')}\n\n[^1]: b\n`), 45],
  'calls of a note, too many': [(n) => body(`${times(n + 500, 'a[^1] ')}\n\n[^1]: b\n`), 800],
  'undefined notes': [(n) => body(times(n, (i) => `a[^n${i}] `)), 300],
  'nested notes': [(n) => body(times(n, (i) => `a[^${i}]\n\n[^${i}]: b[^${i + 1}]\n\n`)), 100],
  'opening brackets': [(n) => body('['.repeat(n)), 3000],
  'bad links': [(n) => body(times(n, '](')), 2000],
  'unclosed links': [(n) => body(times(n, '[a](b ')), 800],
  'wiki links': [(n) => body(times(n, '[[a]] ')), 800],
  stars: [(n) => body(times(n, '*a **b ')), 1000],
  quotations: [(n) => body(`${'> '.repeat(n)}a\n`), 300],
  'nested lists': [(n) => body(times(n, (i) => `${'  '.repeat(i % 10)}- a\n`)), 400],
  backquotes: [(n) => body(times(n, (i) => `${'`'.repeat(1 + i % 90)} a `)), 200],
  tables: [(n) => body(`| a | b |\n|---|---|\n${times(n, (i) => `| ${i} | x | y |\n`)}`), 200],
  'columns of a table': [(n) => body(`|${times(n, ' a |')}\n|${times(n, '---|')}\n|${times(n, ' b |')}\n`), 200],
  definitions: [(n) => body(times(n, (i) => `[mot ${i}]: texte\n`)), 200],
  entities: [(n) => body(times(n, '&eacute;&nbsp;&#8239;')), 400],
  'signs that nobody sees': [(n) => body(times(n, 'a\u00adb ')), 2000],
  addresses: [(n) => body(times(n, (i) => `https://exemple.fr/${i} `)), 45],
  'a long address': [(n) => body(`https://exemple.fr/${'a'.repeat(n)}`), 5000],
  parentheses: [(n) => body(`https://exemple.fr/${')'.repeat(n)}`), 5000],
  semicolons: [(n) => body(`https://exemple.fr/${'&a;'.repeat(n)}`), 2000],
  punctuation: [(n) => body(times(n, 'a ! « b » ? ')), 500],
  acronyms: [(n) => body(times(n, (i) => `ABC${(i % 26 + 10).toString(36).toUpperCase()}${i} `)), 300],
  'acronyms in a word': [(n) => body(times(n, 'AB1-CD2/')), 900],
  'acronyms of the glossary': [(n) => body(times(n, 'ENT, ')), 1500],
  'a long word': [(n) => body('a'.repeat(n)), 9000],
  'signs of lists': [(n) => body(times(n, '• a\n')), 800],
  bars: [(n) => body(times(n, '| a | b\n')), 700],
  'maths': [(n) => body(times(n, '$$a$$ ')), 900],
  keywords: [(n) => key(`mots_cles = ${list(n, word)}`), 300],
  links: [(n) => ({ [fiche]: header().replace(/\[\[liens\]\][^]*\+\+\+/, `${times(n, (i) => `[[liens]]\nurl = "https://exemple.fr/${i}"\n`)}+++`) + 'Un texte.\n' }), 60],
  'former addresses': [(n) => key(`anciennes_adresses = ${list(n, (i) => `retex/${word(i)}`)}`), 150],
  'points of a fiche': [(n) => key(`points_forts = ${list(n, (i) => `Un point ${word(i)}`)}`), 150],
  'a long title': [(n) => ({ [fiche]: header().replace('Une épreuve', 'Très long '.repeat(n)) + 'Un texte.\n' }), 2000],
  'senses of a glossary': [(n) => ({ 'glossaire.toml': times(n, (i) => `[[sens]]\nid = "s${i}"\nsigle = "Q${i}Z"\ndeveloppement = "Sens ${i}"\n\n`) }), 180],
  'images': [(n) => body(times(n, (i) => `![Une courbe ${i}](image-${i}.png)\n\n`)), 60],
  'links without words': [(n) => body(times(n, (i) => `[ici](https://exemple.fr/${i}) `)), 45],
  'hosts of two scripts': [(n) => body(times(n, (i) => `https://ex\u0430mple${i}.fr/ `)), 45],
  'parts of a host': [(n) => body(`https://${times(n, 'a.')}fr/`), 2000],
  'a long query': [(n) => body(`https://exemple.fr/?${times(n, (i) => `a${i}=b&`)}`), 150],
  'percent signs of an address': [(n) => body(`https://exemple.fr/${times(n, '%41')}`), 600],
  'telephone numbers': [(n) => body(times(n, (i) => `06 12 34 ${10 + i % 90} 56 `)), 300],
  'numbers of an account': [(n) => body(times(n, 'FR76 3000 6000 0112 3456 7890 189 ')), 150],
  'spelled e-mails': [(n) => body(times(n, (i) => `nom${i} (at) exemple (point) fr `)), 200],
  pupils: [(n) => body(times(n, 'l’élève Camille Exemple né le 3 mai 2009, ')), 150],
  'escaped signs': [(n) => body(times(n, '\\*\\_\\[ ')), 900],
  'strokes': [(n) => body(times(n, '~~a~~ ')), 900],
  'tasks': [(n) => body(times(n, '- [ ] a\n')), 400],
  'hard breaks': [(n) => body(times(n, 'a  \n')), 900],
  'arrows': [(n) => body(times(n, 'a -> b => c ')), 600],
  'a long bar': [(n) => body(`a\n${'='.repeat(n)}\n`), 9000],
  'quotation marks': [(n) => body(times(n, '« " “ ')), 900],
  'definitions that nobody calls': [(n) => body(times(n, (i) => `a\n\n[^${i}]: b\n\n`)), 100],
  'tabs': [(n) => body(times(n, '\ta\n')), 600],
  'points of a text in TOML': [(n) => key(`points_forts = ["""${times(n, '- a\n')}"""]`), 400],
  'a table of a header': [(n) => key(times(n, (i) => `[cle.c${i}]\n`)), 100],
  'pieces of a PNG': [(n) => ({ 'syntheses/essai-2021/retex/epreuve/a.png': png(n), [fiche]: `${header()}![Une courbe](a.png)\n` }), 400],
  'pieces of a GIF': [(n) => ({ 'syntheses/essai-2021/retex/epreuve/a.gif': gif(n), [fiche]: `${header()}![Une courbe](a.gif)\n` }), 400],
  'blocs of a table': [(n) => ({ [table]: (old) => old + times(n, (i) => `\n[[diagnostic.irritant]]\nid = "x${i}"\ntextes = ["a"]\n`) }), 60],
  'exclusions': [(n) => ({ 'syntheses/essai-2021/synthese.toml': (old) => old + times(n, (i) => `\n[[exclusions]]\nlignes = [${i + 1}]\nraison = "Un titre"\n`) }), 60],
  fiches: [(n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`syntheses/essai-2021/retex/f${i}.md`, header().replace('épreuve', `fiche ${i}`) + `Un texte ${i}.\n`])), 20],
  'rows of a table': [(n) => {
    const first = readFileSync(join(project, 'tests/base/content', source), 'utf8').trimEnd().split('\n').length + 1;
    const lines = Array.from({ length: n }, (_, i) => first + i);
    return {
      [source]: (old) => `${old.trimEnd()}\n${lines.map((line) => `\t\tirritant ${line}\tpoint fort ${line}\n`).join('')}`,
      [table]: (old) =>
        old.replace('lignes = [14]', `lignes = [14, ${lines.join(', ')}]`) +
        lines.map((line) => `\n[[diagnostic.irritant]]\nid = "i${line}x"\ntextes = ["irritant ${line}"]\nlignes = [${line}]\n`).join('') +
        lines.map((line) => `\n[[diagnostic.point_fort]]\nid = "p${line}x"\ntextes = ["point fort ${line}"]\nlignes = [${line}]\n`).join(''),
    };
  }, 40],
  'texts that the source has otherwise': [(n) => ({
    [source]: (old) => old + times(n, (i) => `Thématique\tUn texte reçu ${word(i)} avec des mots à lui ${i * 7}\n`),
    [table]: (old) => old + times(n, (i) => `\n[[diagnostic.irritant]]\nid = "b${i}"\ntextes = ["Un texte écrit ${word(i)} avec d'autres mots ${i * 7}"]\nlignes = [9]\n`),
  }), 40],
};

/** Lays the small site with these files of content besides; a function is given the text that is there. Returns its folder. */
export function layGenerated(name, files) {
  const folder = join(temporary, 'generated', name.replaceAll(' ', '-'));
  rmSync(folder, { recursive: true, force: true });
  const content = join(folder, 'content');
  cpSync(join(project, 'tests/base/content'), content, { recursive: true });
  for (const [path, made] of Object.entries(files)) {
    const place = join(content, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, typeof made === 'function' ? made(readFileSync(place, 'utf8')) : made);
  }
  return folder;
}

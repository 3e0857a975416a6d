// No unfinished or split tag changes a page. Tags that would move its links, hide its foot, ask for something elsewhere
// or run a script, written whole, in part or cut in two, in every place of a text: `check` refuses the text at the
// line of the tag, or its page is what an ordinary page is, with scripts and without a Content-Security-Policy.
//
// The texts are drawn by chance from a number: RETEX_GRAINE gives another, and other texts. To run this alone against
// a program: `RETEX=/path/to/retex node --test bodies.js`.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { each, withPage } from './support/browser.js';
import { LINES_BEFORE, addImage, contribute, contributionFile, contributionPage, layBase } from './support/contributions.js';
import { none } from './support/problems.js';
import { build, retex, temporary } from './support/program.js';
import { serve } from './support/server.js';

const SEED = Number(process.env.RETEX_GRAINE ?? 2021);
const COUNT = 320;
const LAST = 'Dernière phrase.';

// --- The texts ---

/** Tags that would change a page, as `[name, attributes, what stands inside]`. */
const tags = [
  ['base', 'href=//exemple.fr/'],
  ['base', 'target=_blank'],
  ['meta', 'http-equiv=refresh content=0;url=https://exemple.fr/'],
  ['link', 'rel=stylesheet href=//exemple.fr/x.css'],
  ['script', '', 'canari=1'],
  ['script', 'src=//exemple.fr/x.js'],
  ['style', '', 'footer{display:none}'],
  ['iframe', 'src=//exemple.fr/'],
  ['iframe', 'srcdoc=&lt;script&gt;parent.canari=1&lt;/script&gt;'],
  ['object', 'data=//exemple.fr/'],
  ['embed', 'src=//exemple.fr/'],
  ['img', 'src=//exemple.fr/x.png onerror=canari=1'],
  ['video', 'autoplay src=//exemple.fr/x.mp4'],
  ['picture', '', '<source srcset=//exemple.fr/x.png><img>'],
  ['svg', 'onload=canari=1'],
  ['svg', '', '<use xlink:href=//exemple.fr/x.svg#y />'],
  ['svg', '', '<style>footer{display:none}</style>'],
  ['math', '', '<mtext><style>footer{display:none}</style>'],
  ['div', 'hidden'],
  ['div', 'inert'],
  ['div', 'style=display:none'],
  ['p', 'onmouseover=canari=1'],
  ['section', 'popover'],
  ['dialog', 'open', 'mot'],
  ['details', '', 'mot'],
  ['details', 'open ontoggle=canari=1', 'mot'],
  ['form', 'action=https://exemple.fr/'],
  ['button', 'formaction=https://exemple.fr/', 'mot'],
  ['input', 'autofocus onfocus=canari=1'],
  ['select', '', '<option>mot'],
  ['textarea', ''],
  ['title', ''],
  ['plaintext', ''],
  ['xmp', ''],
  ['listing', ''],
  ['noscript', ''],
  ['noframes', ''],
  ['noembed', ''],
  ['template', ''],
  ['frameset', ''],
  ['marquee', 'onstart=canari=1', 'mot'],
  ['a', 'href=javascript:canari=1', 'mot'],
  ['a', 'href=/ ping=https://exemple.fr/', 'mot'],
  ['a', 'href=//exemple.fr/ autofocus onfocus=canari=1', 'mot'],
  ['body', 'onload=canari=1'],
  ['html', 'hidden'],
  ['main', ''],
  ['table', ''],
  ['x-y', 'tabindex=1 autofocus onfocus=canari=1', 'mot'],
];

const opened = ([name, attributes]) => `<${name}${attributes && ` ${attributes}`}`;

/** Ways to write a tag, each in two pieces: what stands between them is of the place. */
const forms = {
  'whole': (tag) => [`${opened(tag)}>`, ''],
  'with its end': (tag) => [`${opened(tag)}>${tag[2] ?? ''}</${tag[0]}>`, ''],
  'around': (tag) => [`${opened(tag)}>`, `</${tag[0]}>`],
  'unfinished': (tag) => [opened(tag), ''],
  'unfinished, in a value': (tag) => [`${opened(tag)} title="`, ''],
  'unfinished, in a value of one quote': (tag) => [`${opened(tag)} title='`, ''],
  'cut before its end': (tag) => [opened(tag), '>'],
  'cut after its name': ([name, attributes]) => [`<${name}`, `${attributes}>`],
  'cut in its name': ([name, attributes]) => [`<${name[0]}`, `${name.slice(1)} ${attributes}>`],
  'cut in a value': (tag) => [`${opened(tag)} title="`, '">'],
  'on two lines': ([name, attributes]) => [`<${name}\n${attributes}>`, ''],
  'with slashes': ([name, attributes]) => [`<${name}/${attributes.replaceAll(' ', '/')}/`, ''],
  'in capitals': ([name, attributes]) => [`<${name.toUpperCase()} ${attributes}>`, ''],
  'closed at once': (tag) => [`${opened(tag)} />`, ''],
  'in a tag': (tag) => [`<small ${opened(tag)}>mot</small>`, ''],
  'in an end': (tag) => [`<small>mot</small ${opened(tag)}>`, ''],
  'in a title': (tag) => [`<abbr title="${opened(tag)}>">mot</abbr>`, ''],
  'out of a title': (tag) => [`<abbr title='">${opened(tag)}>'>mot</abbr>`, ''],
  'in a title without quotes': (tag) => [`<abbr title=${opened(tag)}>mot</abbr>`, ''],
  'after an empty comment': (tag) => [`<!-->${opened(tag)}>`, ''],
  'after another empty comment': (tag) => [`<!--->${opened(tag)}>`, '-->'],
  'after a comment that ends in « --!> »': (tag) => [`<!-- mot --!>${opened(tag)}>`, '-->'],
  'in a comment': (tag) => [`<!-- ${opened(tag)}> -->`, ''],
  'in a comment that is not closed': (tag) => [`<!-- ${opened(tag)}>`, ''],
  'in a comment that goes on': (tag) => [`<!-- ${opened(tag)}>`, '-->'],
  'after CDATA': (tag) => [`<![CDATA[>${opened(tag)}>]]>`, ''],
  'after an instruction': (tag) => [`<?mot >${opened(tag)}>?>`, ''],
  'after a declaration': (tag) => [`<!MOT>${opened(tag)}>`, ''],
  'after an end without a name': (tag) => [`</>${opened(tag)}>`, ''],
  'after a sign': (tag) => [`<${opened(tag)}>`, ''],
  'after a sign and a space': (tag) => [`< ${opened(tag).slice(1)}>`, ''],
  'escaped': (tag) => [`\\${opened(tag)}>`, ''],
  'escaped twice': (tag) => [`\\\\${opened(tag)}>`, ''],
  'by the name of its sign': (tag) => [`&lt;${opened(tag).slice(1)}&gt;`, ''],
  'by the number of its sign': (tag) => [`&#60;${opened(tag).slice(1)}&#x3e;`, ''],
  'as code': (tag) => [`\`${opened(tag)}>\``, ''],
  'as code that is not closed': (tag) => [`\`${opened(tag)}>`, ''],
  'in an address': (tag) => [`https://exemple.fr/?a=${opened(tag)}>`, ''],
  'in the address of a link': (tag) => [`[mot](https://exemple.fr/?a=${opened(tag).replaceAll(' ', '/')}>)`, ''],
  'out of the address of a link': (tag) => [`[mot](https://exemple.fr/?a=">${opened(tag).replaceAll(' ', '/')}>)`, ''],
  'out of an address between signs': (tag) => [`<https://exemple.fr/?a=">${opened(tag)}>`, ''],
};

/** Places of a text for the two pieces. */
const places = {
  'paragraph': (a, b) => `Avant ${a} milieu ${b} après.`,
  'beginning of a paragraph': (a, b) => `${a} milieu ${b} après.`,
  'end of a paragraph': (a, b) => `Avant ${b} après ${a}`,
  'two lines': (a, b) => `Avant ${a}\nmilieu ${b} après.`,
  'two lines, one forced': (a, b) => `Avant ${a}\\\nmilieu ${b} après.`,
  'two paragraphs': (a, b) => `Avant ${a}\n\nMilieu ${b} après.`,
  'block of its own': (a, b) => `${a}\n\nMilieu.\n\n${b} après.`,
  'emphasis': (a, b) => `Avant **gras ${a}** milieu *italique ${b}* après.`,
  'struck out': (a, b) => `Avant ~~barré ${a} mot~~ milieu ${b} après.`,
  'list': (a, b) => `- Un ${a}\n- Deux ${b}`,
  'list within a list': (a, b) => `1. Un\n   - ${a} mot\n\n     ${b} mot\n2. Deux`,
  'list of tasks': (a, b) => `- [x] ${a} fait\n- [ ] ${b} à faire`,
  'quotation': (a, b) => `> Avant ${a} mot\n>\n> mot ${b} après.`,
  'quotation and what follows it': (a, b) => `> Avant ${a}\n\nMilieu ${b} après.`,
  'quotation that goes on by itself': (a, b) => `> Avant ${a}\nmilieu ${b} après.`,
  'alert': (a, b) => `> [!WARNING]\n> Avant ${a} milieu ${b} après.`,
  'cells': (a, b) => `| Un | Deux |\n|---|---|\n| mot ${a} | mot ${b} |`,
  'cell and what follows its table': (a, b) => `| Un | Deux |\n|---|---|\n| mot | mot ${a} |\n\nMilieu ${b} après.`,
  'head of a table': (a, b) => `| Un ${a} | Deux |\n|---|---|\n| mot ${b} | mot |`,
  'heading': (a, b) => `## Un ${a} titre ${b}\n\nMot.`,
  'heading that is underlined': (a, b) => `Un ${a} titre ${b}\n---\n\nMot.`,
  'note': (a, b) => `Avant[^1] ${b} après.\n\n[^1]: Une note ${a} mot.`,
  'paragraphs of a note': (a, b) => `Avant[^1] après.\n\n[^1]: Une note ${a} mot.\n\n    Et ${b} mot.`,
  'text of a link': (a, b) => `Avant [un ${a} lien](https://exemple.fr/lien) milieu ${b} après.`,
  'definition of a link': (a, b) => `Avant [un lien][a] milieu ${b} après.\n\n[a]: https://exemple.fr/${a}`,
  'alternative of an image': (a, b) => `Avant ![un ${a} mot](cible/image.png) milieu ${b} après.`,
  'title of a fold': (a, b) => `<details>\n<summary>Un ${a} titre ${b}</summary>\n\nMot.\n\n</details>`,
  'fold': (a, b) => `<details>\n<summary>Un titre</summary>\n\nAvant ${a} mot.\n\n</details>\n\nMilieu ${b} après.`,
  'legend': (a, b) => `<figure>\n\n![mot](cible/image.png)\n\n<figcaption>Avant ${a} milieu ${b}</figcaption>\n\n</figure>`,
  'after a comment': (a, b) => `<!-- mot -->\n${a}\nmilieu ${b} après.`,
  'code': (a, b) => `\`\`\`html\n${a}\n${b}\n\`\`\``,
  'code by its margin': (a, b) => `Avant.\n\n    ${a.replaceAll('\n', '\n    ')} mot\n    ${b} mot`,
  'language of a code': (a, b) => `\`\`\`${a}\nmot ${b}\n\`\`\``,
};

/** Numbers from 0 to 1 that a seed gives, always the same (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a list holds, by chance, each once before any comes again. */
function* drawn(list, next) {
  for (;;) {
    const left = [...list];
    while (left.length > 0) yield left.splice(Math.floor(next() * left.length), 1)[0];
  }
}

const lineOf = (text, at) => text.slice(0, at).split('\n').length;

/** The lines of a text where a piece begins and ends; the first line where the place wrote the piece otherwise. */
function linesOf(text, piece) {
  const at = Math.max(text.indexOf(piece), 0);
  return [lineOf(text, at), lineOf(text, at + piece.length)];
}

/** The texts, as `{ id, what, markdown, from, to }`: the lines are those of the tag. */
function bodies() {
  const next = random(SEED);
  const [someTags, someForms, somePlaces] = [tags, Object.entries(forms), Object.entries(places)].map((list) => drawn(list, next));
  return Array.from({ length: COUNT }, (_, i) => {
    const tag = someTags.next().value;
    const [form, write] = someForms.next().value;
    const [place, put] = somePlaces.next().value;
    const [first, second] = write(tag);
    const text = put(first, second);
    const lines = [first, second].filter((piece) => piece).flatMap((piece) => linesOf(text, piece));
    return {
      id: `corps-${String(i + 1).padStart(3, '0')}`,
      what: `<${tag[0]}> ${form}, ${place}`,
      markdown: `${text}\n\n${LAST}\n`,
      from: Math.min(...lines),
      to: Math.max(...lines),
    };
  });
}

// --- The site ---

const folder = join(temporary, 'bodies');
const ORDINARY = 'ordinaire';
const said = ({ id, what, markdown }) => `${id}, ${what}: ${JSON.stringify(markdown)}`;

/** Checks the texts, all at once: the errors of each by its id, and what is wrong with these errors. */
function checked(list) {
  const { status, stdout, stderr } = retex(['check', '--format', 'json'], { cwd: folder });
  assert.ok(status === 0 || status === 1, `the program breaks off: ${stderr}`);
  const errors = JSON.parse(stdout).messages.filter(({ gravite }) => gravite === 'erreur');
  const byFile = new Map(list.map((body) => [contributionFile(body.id), body]));
  const refused = new Map();
  const problems = [];
  for (const { code, lieu, page, message } of errors) {
    const body = byFile.get(lieu?.fichier);
    if (!body || code.startsWith('page-')) {
      problems.push(`${code} at ${lieu?.fichier ?? page}: ${message}`);
      continue;
    }
    refused.set(body.id, [...(refused.get(body.id) ?? []), lieu.debut.ligne - LINES_BEFORE]);
  }
  const atItsLine = ({ id, from, to }) => refused.get(id).some((line) => line >= from && line <= to);
  problems.push(...list.filter((body) => refused.has(body.id) && !atItsLine(body))
    .map((body) => `refused at line ${refused.get(body.id)} and not ${body.from}-${body.to}: ${said(body)}`));
  return { refused, problems };
}

/** The site of the texts that are not refused, those texts, and what is wrong with what is said of the others. */
function published() {
  layBase(folder);
  contribute(folder, 'cible', 'Une cible.\n');
  addImage(folder, 'cible');
  contribute(folder, ORDINARY, `Un texte ordinaire.\n\n${LAST}\n`);
  const all = bodies();
  for (const { id, markdown } of all) contribute(folder, id, markdown);
  const { refused, problems } = checked(all);
  for (const id of refused.keys()) rmSync(join(folder, contributionFile(id)));
  return { all, kept: all.filter(({ id }) => !refused.has(id)), problems, site: build('bodies-site', { cwd: folder }) };
}

// --- What a browser makes of a page ---

/** Runs in the page: what a tag of its text could change. */
function seen(last) {
  const elements = new Set(['a', 'abbr', 'article', 'aside', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'div', 'dl',
    'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'img', 'kbd', 'li', 'nav', 'ol', 'p',
    'pre', 'section', 'small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul']);
  const attributes = new Set(['alt', 'aria-label', 'aria-labelledby', 'class', 'height', 'href', 'id', 'loading', 'open',
    'rel', 'role', 'scope', 'src', 'start', 'tabindex', 'title', 'width']);
  const name = (element) => [element.localName, ...element.getAttributeNames().filter((key) => key !== 'content')].join(' ');
  const main = document.querySelector('main');
  const footer = document.querySelector('body > footer');
  const text = document.getElementById('page--texte');
  const inside = [...main.querySelectorAll('*')];
  const strange = inside.filter((element) => element.namespaceURI !== main.namespaceURI || !elements.has(element.localName)
    || element.getAttributeNames().some((key) => !attributes.has(key)));
  const leading = inside.filter((element) => element.href && !/^(https?|mailto):/.test(element.href));
  const phrase = [...text?.children ?? []].find((element) => element.localName === 'p' && element.textContent === last);
  return {
    // Everything but the text and its surroundings: its elements, their attributes, where their links lead.
    around: [...document.querySelectorAll('*')].filter((element) => element === main || !main.contains(element)).map(name),
    // A link within the page leads elsewhere on each page: its end is what is held.
    links: [...document.querySelectorAll('body > :not(main) a')].map((link) => link.href.replace(location.href, '')),
    foot: footer?.checkVisibility() && !footer.closest('[inert]') && footer.getBoundingClientRect().height > 0 && footer.innerText,
    problems: [
      ...strange.map((element) => `<${name(element)}> stands in the page`),
      ...leading.map((element) => `a link leads to ${element.href}`),
      ...(phrase?.checkVisibility({ visibilityProperty: true }) ? [] : ['its last sentence is not seen']),
      ...(document.baseURI === location.href ? [] : [`links start from ${document.baseURI}`]),
      ...(window.canari === undefined ? [] : ['a script runs']),
    ],
  };
}

/** Opens the page of a text, as a browser that allows everything: what it is, and what it does. */
async function opens(base, id) {
  return withPage({ bypassCSP: true }, async (page) => {
    const url = base + contributionPage(id);
    const does = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(base)) does.push(`asks for ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      does.push(`opens a dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on('popup', (other) => does.push(`opens ${other.url()}`));
    page.on('pageerror', (error) => does.push(`runs a script: ${error.message}`));
    const found = await page.goto(url).then(() => page.evaluate(seen, LAST))
      .catch(({ message }) => ({ problems: [`leaves before it is read: ${message.split('\n')[0]}`] }));
    if (page.url() !== url) does.push(`goes to ${page.url()}`);
    return { ...found, problems: [...found.problems, ...does] };
  });
}

/** The first thing of a page, if any, that an ordinary page does not have there. */
function difference(part, found, ordinary) {
  const [here, there] = [found, ordinary].map((value) => [value].flat());
  const at = Array.from({ length: Math.max(here.length, there.length) }, (_, i) => i).find((i) => here[i] !== there[i]);
  return at === undefined ? [] : [`${part} ${at}: ${here[at]} and not ${there[at]}`];
}

describe('no unfinished or split tag changes a page', async () => {
  const { all, kept, problems, site } = published();
  const { base } = await serve('/a/b/', site);

  test('what is refused is refused at the line of its tag', (t) => {
    t.diagnostic(`${all.length} texts, ${kept.length} published, ${all.length - kept.length} refused`);
    // A check that refuses all, or nothing, would leave the other half of the proof empty.
    assert.ok(kept.length > COUNT / 10 && kept.length < COUNT * 9 / 10, `${kept.length} texts are published`);
    none(problems);
  });

  test('what is published is an ordinary page around its text', async () => {
    const ordinary = await opens(base, ORDINARY);
    assert.deepEqual(ordinary.problems, []);
    assert.match(ordinary.foot, /Plan du site/);
    none((await each(kept, async (body) => {
      const found = await opens(base, body.id);
      const different = ['around', 'links', 'foot'].map((part) => difference(part, found[part], ordinary[part]));
      return [...found.problems, ...different.flat()].map((problem) => `${problem}: ${said(body)}`);
    })).flat());
  });
});

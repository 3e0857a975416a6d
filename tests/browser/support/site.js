// The site under test: where it lies, which pages it has, and one page of each kind.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { build, project, temporary } from './program.js';

export { build, project, temporary };

function given(folder) {
  if (!isAbsolute(folder)) throw new Error(`RETEX_SITE must be an absolute path, not ${folder}`);
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`RETEX_SITE holds no index.html: ${folder}`);
  return folder;
}

/** The site, built without an address. */
export const site = process.env.RETEX_SITE ? given(process.env.RETEX_SITE) : build('site');

/** The text of a file of the site. */
export const read = (path) => readFileSync(join(site, path), 'utf8');

// An old address only sends elsewhere. A 404.html that knows the site's address works there and nowhere
// else: portability.js opens one in its place.
const isPage = (path) => path.endsWith('.html')
  && !read(path).includes('http-equiv="refresh"')
  && !(path === '404.html' && read(path).includes(' href="/'));

/** Every page of the site: `retex/index.html`… */
export const pages = readdirSync(site, { recursive: true })
  .map((path) => path.split(sep).join('/'))
  .filter(isPage)
  .sort();

const synthese = 'loire-atlantique-2020';

// Where many pages are of one kind, these stand for the others.
const numerous = /^(thematiques|syntheses|retex)\//;
const samples = {
  thematique: 'thematiques/egal-acces/index.html',
  'thematique-vide': 'thematiques/responsable-souverain/index.html',
  synthese: `syntheses/${synthese}/index.html`,
  diagnostic: `syntheses/${synthese}/diagnostic/index.html`,
  projections: `syntheses/${synthese}/projections/index.html`,
  'plan-action': `syntheses/${synthese}/plan-action/index.html`,
  dossier: `syntheses/${synthese}/egal-acces/index.html`,
  'dossier-vide': `syntheses/${synthese}/responsable-souverain/index.html`,
  retex: 'retex/index.html',
  facette: 'retex/par/niveau/college/index.html',
  valeurs: 'retex/par/mot-cle/index.html',
  fiche: `retex/${synthese}/rosa-parks/index.html`,
  'fiche-sans-titre': `retex/${synthese}/cite-educative/index.html`,
};

/** One page of each kind, `{ name, page }`. A page outside the numerous kinds is a kind of its own. */
export const kinds = [
  ...pages
    .filter((page) => !numerous.test(page))
    .map((page) => ({ name: page === 'index.html' ? 'accueil' : page.replace(/(\/index)?\.html$/, ''), page })),
  ...Object.entries(samples).map(([name, page]) => ({ name, page })),
];

for (const { name, page } of kinds) {
  if (!pages.includes(page)) throw new Error(`the page that stands for « ${name} » is not in the site: ${page}`);
}

/** The pages of the three tables. */
export const tables = kinds.filter(({ name }) => ['diagnostic', 'projections', 'plan-action'].includes(name));

/** Every fiche. */
export const fiches = pages.filter((page) => /^retex\/(?!par\/)[^/]+\/[^/]+\/index\.html$/.test(page));

/** A 404.html that does not know the site's address has no stylesheet, icon or menu: it cannot know where they lie. */
export const isBare = (page) => page === '404.html';

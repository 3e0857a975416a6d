// Sites of contributions, each fiche with a text that a test gives: `tests/base`, and what is added to it.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { project } from './program.js';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

// A text that shows nothing is refused, so each begins with a word; what follows an empty line begins anew.
const before = (id) => `+++
titre = "Exemple ${id}"
thematique = "enseigner-apprendre"
date = 2021-03-04
auteurs = ["Une équipe"]

[[liens]]
url = "https://exemple.fr/${id}"
+++
Essai.

`;

/** How many lines of its file stand before the text that a test gives. */
export const LINES_BEFORE = before('').split('\n').length - 1;

/** The file of a contribution, from the folder of its site. */
export const contributionFile = (id) => `content/syntheses/essai-2021/retex/${id}.md`;

/** The page of a contribution, from the folder of the site built. */
export const contributionPage = (id) => `retex/essai-2021/${id}/index.html`;

/** Lays `tests/base` in a folder. */
export function layBase(root) {
  cpSync(join(project, 'tests/base'), root, { recursive: true });
}

/** Writes a contribution with this text. */
export function contribute(root, id, text) {
  writeFileSync(join(root, contributionFile(id)), before(id) + text);
}

/** Gives a contribution an image, `<id>/image.png` for the texts beside it. */
export function addImage(root, id) {
  const image = join(root, contributionFile(id).replace(/\.md$/, ''), 'image.png');
  mkdirSync(dirname(image), { recursive: true });
  writeFileSync(image, Buffer.from(PIXEL, 'base64'));
}

// Every piece of the stylesheet on one page, `composants.html`: each class is there, axe finds nothing light and dark, on a
// phone and on a desktop, and nothing goes beyond 320 px.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { axe, everywhere } from './support/axe.js';
import { withPage } from './support/browser.js';
import { narrow } from './support/narrow.js';
import { none } from './support/problems.js';
import { project } from './support/program.js';
import { serve } from './support/server.js';
import { nu } from './support/validators.js';

const path = 'tests/browser/composants.html';
const { base } = await serve('/', project);

/** Runs in the page: the classes that the rules of these layers name. */
function classes(layers) {
  const found = new Set();
  const read = (rules) => {
    for (const rule of rules) {
      for (const [, name] of (rule.selectorText ?? '').matchAll(/\.(-?[a-z][\w-]*)/g)) found.add(name);
      if (rule.cssRules) read(rule.cssRules);
    }
  };
  for (const rule of document.styleSheets[0].cssRules) if (layers.includes(rule.name)) read(rule.cssRules);
  return [...found];
}

describe('the pieces of the theme', () => {
  test('each class of the stylesheet is on their page', () => withPage({}, async (page) => {
    await page.goto(base + path);
    const named = await page.evaluate(classes, ['base', 'mise-en-page', 'composants']);
    assert.ok(named.length > 90, `only ${named.length}`);
    const absent = await page.evaluate((all) => all.filter((name) => !document.querySelector(`.${name}`)), named);
    none(absent.map((name) => `.${name} is on no element of ${path}`));
  }));

  test('each of their classes is one of a page that the theme makes', () => {
    const html = readFileSync(join(project, path), 'utf8');
    const css = readFileSync(join(project, 'themes/defaut/static/style.css'), 'utf8');
    const given = [...html.matchAll(/class="([^"]+)"/g)].flatMap(([, names]) => names.split(' '));
    none([...new Set(given)].filter((name) => !css.includes(`.${name}`)).map((name) => `.${name} has no rule`));
  });

  test('the Nu checker has nothing to say', () => none(nu(join(project, path))));

  test('axe finds nothing', () => withPage({ script: axe }, async (page) => {
    await page.goto(base + path);
    none(await everywhere(page));
  }));

  test('nothing goes beyond 320 px, even with text spacing', () => withPage({ viewport: { width: 320, height: 800 } }, async (page) => {
    await page.goto(base + path);
    none(await narrow(page));
  }));
});

// Light and without a trace: few requests, few bytes, few elements, no cookie, nothing stored.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { none } from './support/problems.js';
import { fiches, kinds, read, site } from './support/site.js';
import { everyPage, visitAll } from './support/visit.js';

const visits = () => visitAll(everyPage);

describe('weight', () => {
  test('no cookie, and nothing in the web storage', async () => {
    none((await visits()).flatMap(({ page, cookies, stored }) => [
      ...cookies.map(({ name }) => `${page}: cookie ${name}`),
      ...stored.map((key) => `${page}: stores ${key}`),
    ]));
  });

  test('at most 5 requests a page, 4 on the home page', async () => {
    // Each address once: the browser asks for the icon in its own time, and again when a visit cut it short.
    none((await visits()).map(({ page, requests }) => ({ page, asked: [...new Set(requests)] }))
      .filter(({ page, asked }) => asked.length > (page === 'index.html' ? 4 : 5))
      .map(({ page, asked }) => `${page}: ${asked.length} requests: ${asked.join(' ')}`));
  });

  test('the home page weighs at most 20 kB, HTML and CSS compressed', async (t) => {
    const html = read('index.html');
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((match) => match[1]);
    assert.ok(sheets.length > 0, 'no stylesheet found');
    const bytes = [html, ...sheets.map((sheet) => readFileSync(join(site, sheet)))]
      .reduce((sum, text) => sum + gzipSync(text).length, 0);
    t.diagnostic(`home page: ${bytes} bytes compressed`);
    assert.ok(bytes <= 20_000, `${bytes} bytes`);
  });

  test('at most 300 elements on the home page and on a fiche', async (t) => {
    const count = new Map((await visits()).map(({ page, elements }) => [page, elements]));
    t.diagnostic(`elements: ${kinds.map(({ name, page }) => `${name} ${count.get(page)}`).join(', ')}`);
    none(['index.html', ...fiches].filter((page) => count.get(page) > 300)
      .map((page) => `${page}: ${count.get(page)} elements`));
  });
});

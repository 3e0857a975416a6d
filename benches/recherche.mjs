// How long a reader waits for the results of a search, from a key pressed to the results shown, and what the
// first query loads: `node benches/recherche.mjs SITE…`, each SITE a built site. Opened from the disk, in
// headless Chromium; needs the packages of tests/browser.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const require = createRequire(new URL('../tests/browser/package.json', import.meta.url));
const { chromium } = require('playwright-core');

// Common words, words in several pieces, an acronym, a word mistyped, a word that nobody wrote.
const QUERIES = ['numérique', 'équipement des familles', 'webradio', 'ENT', 'formaton', 'zzyzx'];

/** Types a query letter by letter; the milliseconds that each letter took to show. */
async function type(page, query) {
  const times = [];
  for (let length = 1; length <= query.length; length++) {
    times.push(await page.evaluate((value) => new Promise((done) => {
      const input = document.querySelector('#recherche--mots');
      const told = document.querySelector('#recherche--bilan');
      const start = performance.now();
      const seen = new MutationObserver(() => {
        seen.disconnect();
        done(performance.now() - start);
      });
      seen.observe(told, { childList: true, characterData: true, subtree: true });
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      // The same words can give the same sentence: nothing then changes on the page.
      setTimeout(() => {
        seen.disconnect();
        done(null);
      }, 2000);
    }), query.slice(0, length)));
  }
  return times.filter((time) => time !== null);
}

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const sites = process.argv.slice(2);
if (sites.length === 0) {
  console.error('usage: node benches/recherche.mjs SITE…');
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const site of sites) {
  const page = await browser.newPage();
  const loaded = new Map();
  page.on('request', (request) => {
    const url = request.url().split(/[?#]/)[0];
    if (url.startsWith('file:')) loaded.set(url, gzipSync(readFileSync(fileURLToPath(url))).length);
  });
  await page.goto(pathToFileURL(resolve(site, 'recherche/index.html')).href);
  const times = [];
  for (const [i, query] of QUERIES.entries()) {
    times.push(...(await type(page, query)));
    if (i === 0) {
      const bytes = [...loaded.values()].reduce((sum, n) => sum + n, 0);
      console.log(`${site}: first query « ${query} » loads ${loaded.size} files, ${(bytes / 1000).toFixed(0)} kB gzip`);
    }
    await page.fill('#recherche--mots', '');
  }
  times.sort((a, b) => a - b);
  const show = (share) => percentile(times, share).toFixed(1);
  console.log(`${site}: key to result, ${times.length} keys: median ${show(0.5)} ms, 90 % ${show(0.9)} ms, longest ${show(1)} ms`);
  await page.close();
}
await browser.close();

// What each kind of page weighs, as EcoIndex counts it: `npm run poids`. Opens the pages of the built site
// (RETEX_SITE, else it builds one) and prints elements, requests, compressed kilobytes, score and grade;
// then what must be nothing: requests to others, cookies, web storage.

import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { ecoindex } from './support/ecoindex.js';
import { kinds, site } from './support/site.js';

async function weigh(context, path) {
  const page = await context.newPage();
  const asked = new Set();
  page.on('request', (request) => asked.add(request.url().split(/[?#]/)[0]));
  await page.goto(pathToFileURL(`${site}/${path}`).href, { waitUntil: 'load' });
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  const stored = await page.evaluate(() => localStorage.length + sessionStorage.length);
  await page.close();
  const ours = [...asked].filter((url) => url.startsWith('file:'));
  const bytes = ours.reduce((sum, url) => sum + gzipSync(readFileSync(fileURLToPath(url))).length, 0);
  return { elements, requests: ours.length, kilobytes: bytes / 1000, others: asked.size - ours.length, stored };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const context = await browser.newContext();
console.log('page'.padEnd(24), 'elements', 'requests', '  kB gzip', ' EcoIndex', 'others', 'stored');
for (const { name, page } of kinds) {
  const weight = await weigh(context, page);
  const { score, grade } = ecoindex(weight);
  console.log(
    name.padEnd(24),
    String(weight.elements).padStart(8),
    String(weight.requests).padStart(8),
    weight.kilobytes.toFixed(1).padStart(9),
    `${score.toFixed(1)} ${grade}`.padStart(9),
    String(weight.others).padStart(6),
    String(weight.stored).padStart(6),
  );
}
console.log(`cookies: ${(await context.cookies()).length}`);
await browser.close();

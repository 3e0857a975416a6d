// The three ways a reader meets the site (at a root, in a sub-path, from a disk), and what the browser
// notices when it opens a page there. Each place is visited once, however many tests ask.

import { pathToFileURL } from 'node:url';
import { each, withPage } from './browser.js';
import { serve } from './server.js';
import { kinds, pages, site } from './site.js';

const root = await serve('/', site);
const subPath = await serve('/a/b/', site);

const sample = kinds.map(({ page }) => page);

/** Each place, with the pages that are visited there. */
export const places = [
  { name: 'in a sub-path', base: subPath.base, visited: pages },
  { name: 'at the root of a host', base: root.base, visited: sample },
  { name: 'from a folder of the disk', base: pathToFileURL(`${site}/`).href, visited: sample },
];

/** The first place, where every page is visited; the tests that need only one open their pages there. */
export const everyPage = places[0];
export const home = everyPage.base;

/** Runs at the start of each document. */
function recordRefusals() {
  window.refusals = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    window.refusals.push(`${event.effectiveDirective} refuses ${event.blockedURI} ${event.sample}`));
}

/**
 * Opens one address and tells what happened: `requests`, `problems`, `cookies`, `stored`,
 * `styled`, `icon`, `links`, `elements`.
 */
export async function visit(url, base) {
  return withPage({ script: `(${recordRefusals})()` }, async (page) => {
    const requests = [];
    const failures = [];
    const problems = [];
    page.on('request', (request) => {
      requests.push(request.url());
      if (!request.url().startsWith(base)) problems.push(`asks for ${request.url()}, outside the site`);
    });
    page.on('requestfailed', (request) => failures.push({ url: request.url(), why: request.failure().errorText }));
    page.on('response', (response) => {
      if (response.status() >= 400 && response.url() !== url) problems.push(`${response.url()}: ${response.status()}`);
    });
    page.on('pageerror', (error) => problems.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      const about = message.location().url;
      const ofThePage = about === url && message.text().startsWith('Failed to load resource'); // told by `status`
      if (message.type() === 'error' && !ofThePage) problems.push(`console: ${message.text()} (${about})`);
    });

    const response = await page.goto(url);
    const seen = await page.evaluate(() => {
      const font = () => getComputedStyle(document.body).fontFamily;
      const withStyle = font();
      for (const sheet of document.styleSheets) sheet.disabled = true;
      const stored = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
      localStorage.clear();
      sessionStorage.clear();
      return {
        refusals: window.refusals,
        styled: withStyle !== font(),
        icon: document.querySelector('link[rel~=icon]')?.href,
        stored,
        links: [...new Set([...document.querySelectorAll('[href], [src], [action]')]
          .map((element) => element.href || element.src || element.action))],
        elements: document.querySelectorAll('*').length,
      };
    });
    // The browser asks for the icon in its own time: the next page may interrupt it, or it may not be asked yet.
    if (seen.icon && !requests.includes(seen.icon)) requests.push(seen.icon);
    problems.push(...failures.filter(({ url }) => url !== seen.icon).map(({ url, why }) => `${url}: ${why}`));
    problems.push(...seen.refusals.map((refusal) => `Content-Security-Policy: ${refusal}`));
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    return { ...seen, status: response.status(), requests, problems, cookies };
  });
}

const reports = new Map();

/** What `visit` tells of each page visited in this place, as `{ page, … }`. */
export function visitAll({ base, visited: list }) {
  if (!reports.has(base)) {
    reports.set(base, each(list, async (page) => ({ page, ...(await visit(base + page, base)) })));
  }
  return reports.get(base);
}

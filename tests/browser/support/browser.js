// The one browser of the suite, and the few gestures that every test needs.

import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  throw new Error(`${executablePath} is missing: run apt-get install chromium, or name a Chromium in CHROMIUM`);
}

export const browser = await chromium.launch({
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  ],
});
after(() => browser.close());

const idle = new Map();

/**
 * Lends a page to `use`. Opening one costs more than most tests, so a page goes back to serve the next test
 * that asks for the same context options. `script` is a script to run at the start of each document.
 */
export async function withPage({ script, ...options }, use) {
  const key = JSON.stringify({ script, ...options });
  const page = idle.get(key)?.pop() ?? (await open(script, options));
  try {
    return await use(page);
  } finally {
    page.removeAllListeners();
    idle.set(key, [...(idle.get(key) ?? []), page]);
  }
}

async function open(script, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  if (script) await context.addInitScript(script);
  return context.newPage();
}

/** `work` on each item, two at a time: as many as there are processors where this runs. */
export async function each(items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}

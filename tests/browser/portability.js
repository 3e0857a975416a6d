// The same folder works at the root of a host, in a sub-path under a strict Content-Security-Policy, and
// from a disk: each page is styled and silent, asks for nothing elsewhere, and its links arrive.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { each } from './support/browser.js';
import { none } from './support/problems.js';
import { serve } from './support/server.js';
import { build, isBare } from './support/site.js';
import { places, visit, visitAll } from './support/visit.js';

const targets = new Map();

/** The text at an address of the site, without a browser; null where there is none. */
function target(address) {
  if (!targets.has(address)) {
    targets.set(address, address.startsWith('file:')
      ? readFile(new URL(address), 'utf8').catch(() => null)
      : fetch(address).then((response) => (response.status === 200 ? response.text() : null)));
  }
  return targets.get(address);
}

/** What is wrong with one link of a page; nothing for a link to another site. */
async function deadLink(link, base) {
  if (new URL(link).origin !== new URL(base).origin) return [];
  const [address, anchor] = link.split('#');
  const text = await target(address);
  if (text === null) return [`${link} leads nowhere`];
  if (anchor && !text.includes(` id="${decodeURIComponent(anchor)}"`)) return [`${link} has no such anchor`];
  return [];
}

for (const place of places) {
  describe(`portability, ${place.name}`, () => {
    test('every page answers, is styled, names its icon', async () => {
      none((await visitAll(place)).flatMap(({ page, status, styled, icon }) => [
        ...(status === 200 || place.base.startsWith('file:') ? [] : [`${page}: ${status}`]),
        ...(styled || isBare(page) ? [] : [`${page}: the stylesheet changes nothing`]),
        ...(icon || isBare(page) ? [] : [`${page}: no link rel=icon, so browsers ask for /favicon.ico`]),
      ]));
    });

    test('no page breaks the security policy, writes an error, or asks for anything outside the site', async () => {
      none((await visitAll(place)).flatMap(({ page, problems }) => problems.map((problem) => `${page}: ${problem}`)));
    });

    test('every internal link leads to a file, at an anchor that is there', async () => {
      const visits = await visitAll(place);
      none((await each(visits, async ({ page, links }) => {
        const dead = await Promise.all(links.map((link) => deadLink(link, place.base)));
        return dead.flat().map((problem) => `${page}: ${problem}`);
      })).flat());
    });
  });
}

describe('portability, built with an address', async () => {
  const host = await serve('/c/d/');
  host.folder = build('with-address', { options: ['--url', host.base] });

  test('the page of a wrong address is styled and its links arrive, from any depth', async () => {
    for (const wrong of ['nulle-part', 'nulle/part/ici.html']) {
      const { status, styled, problems, links } = await visit(host.base + wrong, host.base);
      assert.equal(status, 404);
      assert.ok(styled, `${wrong}: the stylesheet changes nothing`);
      const inside = links.filter((link) => !link.startsWith(host.base + wrong));
      assert.ok(inside.length > 5, `${wrong}: the page has no menu`);
      none([...problems, ...(await each(inside, (link) => deadLink(link, host.base))).flat()]);
    }
  });

  test('every address of sitemap.xml answers', async () => {
    // No fiche of the published synthesis has a date: there is no feed.
    assert.equal(await target(`${host.base}atom.xml`), null);
    for (const file of ['sitemap.xml']) {
      const text = await target(host.base + file);
      assert.ok(text, `${file} is missing`);
      const addresses = [...text.matchAll(/<loc>([^<]+)<|href="([^"]+)"/g)].map((match) => match[1] ?? match[2]);
      assert.ok(addresses.length > 0, `${file} holds no address`);
      none((await each(addresses, (address) => deadLink(address, host.base))).flat());
    }
  });
});

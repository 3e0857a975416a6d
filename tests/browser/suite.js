// What only a browser can tell about the site that retex builds, each rule that a page can break, and what the program
// costs. Install once with `npm ci`, then `npm test`. Needs chromium, java, pdftotext (poppler-utils), soffice
// (libreoffice-calc-nogui) and valgrind.
//
// One process runs every file, so that the site is built once and one browser serves them all.
// To run one subject: `node --test keyboard.js`.
//
//   RETEX_SITE      absolute path of a site already built (without --url); else the suite builds one
//   RETEX           the retex program that builds and serves; else that of `cargo build --release`
//   CHROMIUM        the browser; else /usr/bin/chromium
//   RETEX_GRAINE    a number from which other hostile texts are drawn (bodies.js)
//   RETEX_CAPTURES  a folder for screenshots of each kind of page; else none is taken

import './validity.js';
import './accessibility.js';
import './reflow.js';
import './reading.js';
import './portability.js';
import './weight.js';
import './without-javascript.js';
import './components.js';
import './keyboard.js';
import './conformance.js';
import './bodies.js';
import './scaling.js';
import './fiches.js';
import './images.js';
import './tables.js';
import './list.js';
import './search.js';
import './several.js';
import './serve.js';
import './print.js';
import './spreadsheets.js';
import './captures.js';

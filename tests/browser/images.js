// Images: what is published of one shows the same pixels, turned the same way, as the file it comes from, and the page
// announces the size at which the browser shows it.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import { describe, test } from 'node:test';
import { withPage } from './support/browser.js';
import { build, project, temporary } from './support/program.js';

const FOLDER = 'content/syntheses/essai-2021/retex/radio';
const SECRET = 'Camille Exemple';

const sample = (name) => readFileSync(join(project, 'tests/images', name));
const be16 = (n) => Buffer.from([n >> 8, n & 255]);
const le32 = (n) => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(n); return bytes; };

/** EXIF with an orientation and an author. */
function exif(orientation) {
  const author = Buffer.from(`${SECRET}\0`);
  return Buffer.concat([
    Buffer.from('II*\0'), le32(8), Buffer.from([2, 0]),
    Buffer.from([0x12, 1, 3, 0]), le32(1), le32(orientation),
    Buffer.from([0x3b, 1, 2, 0]), le32(author.length), le32(38),
    le32(0), author,
  ]);
}

function jpeg(orientation) {
  const [bytes, body] = [sample('photo.jpg'), Buffer.concat([Buffer.from('Exif\0\0'), exif(orientation)])];
  return Buffer.concat([
    bytes.subarray(0, 20), Buffer.from([0xff, 0xe1]), be16(body.length + 2), body, bytes.subarray(20), Buffer.from(SECRET),
  ]);
}

function chunk(name, data) {
  return Buffer.concat([Buffer.from(name), le32(data.length), data, Buffer.alloc(data.length % 2)]);
}

function webp(orientation) {
  const body = Buffer.concat([
    Buffer.from('WEBP'), chunk('VP8X', Buffer.from([8, 0, 0, 0, 5, 0, 0, 3, 0, 0])), sample('photo.webp').subarray(12),
    chunk('EXIF', exif(orientation)),
  ]);
  return chunk('RIFF', body);
}

function png(orientation) {
  const [bytes, data] = [sample('photo.png'), exif(orientation)];
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(Buffer.concat([Buffer.from('eXIf'), data])));
  return Buffer.concat([
    bytes.subarray(0, 33), length, Buffer.from('eXIf'), data, check, bytes.subarray(33), Buffer.from(SECRET),
  ]);
}

function gif() {
  const bytes = sample('photo.gif');
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, SECRET.length]), Buffer.from(`${SECRET}\0`)]);
  return Buffer.concat([bytes.subarray(0, 25), comment, bytes.subarray(25)]);
}

const images = {
  'photo.gif': gif(),
  'png-1.png': png(1),
  'png-6.png': png(6),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`jpeg-${n}.jpg`, jpeg(n)])),
  'webp-1.webp': webp(1),
  'webp-6.webp': webp(6),
};

/** The size and the pixels that the browser shows of an image. */
const seen = (page, type, bytes) => page.evaluate(async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return { width, height, pixels: [...context.getImageData(0, 0, width, height).data].join() };
}, `data:image/${type};base64,${bytes.toString('base64')}`);

describe('images', () => {
  test('the published picture is the one of the file', () => withPage({}, async (page) => {
    const site = join(temporary, 'site-of-images');
    cpSync(join(project, 'tests/base'), site, { recursive: true });
    mkdirSync(join(site, FOLDER), { recursive: true });
    let text = readFileSync(join(site, `${FOLDER}.md`), 'utf8');
    for (const [name, bytes] of Object.entries(images)) {
      writeFileSync(join(site, FOLDER, name), bytes);
      text += `\n![Deux élèves au micro, vue ${name}](radio/${name})\n`;
    }
    writeFileSync(join(site, `${FOLDER}.md`), text);
    const out = build('images', { cwd: site });
    await page.goto(pathToFileURL(join(out, 'retex/essai-2021/radio/index.html')).href);
    const announced = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('article img')]
      .map((image) => [image.src.split('/').pop(), [image.getAttribute('width'), image.getAttribute('height')]])));
    for (const [name, bytes] of Object.entries(images)) {
      const published = readFileSync(join(out, 'images/syntheses/essai-2021/retex/radio', name));
      assert.ok(bytes.includes(SECRET) && !published.includes(SECRET), name);
      const type = name.split('.').pop().replace('jpg', 'jpeg');
      const [before, after] = [await seen(page, type, bytes), await seen(page, type, published)];
      assert.deepEqual(after, before, name);
      assert.deepEqual(announced[name], [String(after.width), String(after.height)], name);
    }
  }));
});

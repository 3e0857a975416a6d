// The tiniest static host a publisher could have: one folder under one prefix, with the strictest
// Content-Security-Policy. What lies outside the prefix does not exist.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { after } from 'node:test';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
};

/** Serves a folder under a prefix such as `/a/b/`. The folder may be set later, as `host.folder`. */
export async function serve(prefix, folder) {
  const host = { folder };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (path === '/favicon.ico') return response.writeHead(204).end(); // the host's own: browsers ask for it unbidden
    const inside = path.startsWith(prefix) ? normalize(path.slice(prefix.length)) : '..';
    const file = path.endsWith('/') ? join(inside, 'index.html') : inside;
    const found = inside.startsWith('..') ? null : await readFile(join(host.folder, file)).catch(() => null);
    response.writeHead(found ? 200 : 404, {
      'Content-Type': (found ? TYPES[extname(file)] : TYPES['.html']) ?? 'application/octet-stream',
      'Content-Security-Policy': "default-src 'self'",
      'Cache-Control': 'no-store',
    });
    response.end(found ?? (await readFile(join(host.folder, '404.html'))));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  host.base = `http://127.0.0.1:${server.address().port}${prefix}`;
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return host;
}

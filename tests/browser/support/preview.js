// `retex serve` on a copy of the published content, in a folder that a test may write in.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporary } from './site.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const program = process.env.RETEX || join(project, 'target/release/retex');

/**
 * Serves a copy of the content to `use`, and stops. Both functions are given `edit`, `write` and `folder`; `use`
 * has the address too, as `base`. `prepare` comes before the program starts.
 */
export async function withPreview(use, prepare = () => {}) {
  if (!existsSync(program)) throw new Error(`${program} is missing: run cargo build --release, or name a program in RETEX`);
  const folder = mkdtempSync(join(temporary, 'serve-'));
  cpSync(join(project, 'content'), join(folder, 'content'), { recursive: true });
  // Under another name, then in place of the file: as most editors save.
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  };
  const edit = (path, from, to) => {
    const text = readFileSync(join(folder, path), 'utf8');
    if (!text.includes(from)) throw new Error(`« ${from} » is not in ${path}`);
    write(path, text.replace(from, to));
  };
  prepare({ edit, write, folder });

  const server = spawn(program, ['serve', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const base = await new Promise((ready, failed) => {
      let said = '';
      server.stdout.on('data', (data) => {
        said += data;
        const found = said.match(/http:\/\/\S+/);
        if (found) ready(found[0]);
      });
      server.on('exit', () => failed(new Error(`retex serve stopped: ${said}`)));
    });
    return await use({ base, edit, write, folder });
  } finally {
    server.removeAllListeners('exit');
    server.kill();
  }
}

// The program under test, and the folder that its sites are built in.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project. */
export const project = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder of our own, removed at the end. */
export const temporary = mkdtempSync(join(tmpdir(), 'retex-browser-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

/** The program: the one that RETEX names, else that of the project, built when it is first asked for. */
export function program() {
  if (process.env.RETEX) return process.env.RETEX;
  built ??= execFileSync('cargo', ['build', '--release', '-q'], { cwd: project }) && join(project, 'target/release/retex');
  return built;
}
let built;

/** Runs the program in a folder; `status` is null where it was stopped for having run longer than `timeout` ms. */
export function retex(args, { cwd = project, timeout } = {}) {
  return spawnSync(program(), args, { cwd, timeout, encoding: 'utf8', maxBuffer: Infinity });
}

/** Builds the published site, or the one whose folder is `cwd`, into a folder of that name; returns that folder. */
export function build(name, { cwd = project, options = [] } = {}) {
  const folder = join(temporary, name);
  const { status, stderr, error } = retex(['build', '--sortie', folder, ...options], { cwd });
  if (status !== 0) throw new Error(`the site does not build: ${stderr || error?.message}`);
  return folder;
}

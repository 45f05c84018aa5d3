import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A copy of what was built: a build that somebody starts meanwhile does not change what is measured. */
export interface Staged {
  readonly root: string;
  /** The copy's `bin/joelclaw`. */
  readonly launcher: string;
  /** The Node that runs this bench, and by `dist/node-path` the copy as well. */
  readonly node: string;
  remove(): void;
}

/** Copies `bin` and `dist` into a folder of their own. */
export function stageBuild(): Staged {
  const from = fileURLToPath(new URL('../..', import.meta.url));
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'joelclaw-bench-')));
  for (const name of ['bin', 'dist', 'inventory.yaml', 'inventory.schema.json']) {
    cpSync(join(from, name), join(root, name), { recursive: true });
  }
  return {
    root,
    launcher: join(root, 'bin', 'joelclaw'),
    node: process.execPath,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The environment that every measured program gets: this one's PATH, a home without anything. */
export function plainEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: '/nonexistent', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...more };
}

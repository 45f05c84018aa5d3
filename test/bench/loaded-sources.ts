import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

/** What a run of joelclaw has loaded, as V8 tells it, and what was bundled into it. */
export interface Loaded {
  /** The files of `dist`. */
  readonly chunks: readonly string[];
  /** `ink` or `@scope/name`, from the chunks' source maps. */
  readonly packages: readonly string[];
  /** `src/tui`, `src/kinds`, … */
  readonly rooms: readonly string[];
}

/** Runs joelclaw with its coverage written, and reads from it every script that was loaded. */
export async function loadedBy(args: readonly string[], staged: Staged): Promise<Loaded> {
  const folder = mkdtempSync(join(tmpdir(), 'joelclaw-loaded-'));
  await timedRun([staged.launcher, ...args], { NODE_V8_COVERAGE: folder });
  const chunks = readdirSync(folder)
    .flatMap((name) => scriptsIn(join(folder, name)))
    .filter((path) => path.startsWith(join(staged.root, 'dist')));
  rmSync(folder, { recursive: true });
  if (chunks.length === 0) throw new Error('no chunk of dist was seen: is the coverage written?');
  const sources = chunks.flatMap(sourcesOf);
  const found = (pattern: RegExp): readonly string[] =>
    [...new Set(sources.flatMap((source) => pattern.exec(source)?.[1] ?? []))].sort();
  return {
    chunks,
    packages: found(/node_modules\/((?:@[^/]+\/)?[^/]+)\//),
    rooms: found(/(?:^|\/)(src\/[^/]+)\//),
  };
}

function scriptsIn(coverageFile: string): readonly string[] {
  const { result } = JSON.parse(readFileSync(coverageFile, 'utf8')) as {
    readonly result: readonly { readonly url: string }[];
  };
  return result.flatMap(({ url }) => (url.startsWith('file:') ? [fileURLToPath(url)] : []));
}

function sourcesOf(chunk: string): readonly string[] {
  const { sources } = JSON.parse(readFileSync(`${chunk}.map`, 'utf8')) as {
    readonly sources: readonly string[];
  };
  return sources;
}

import { readdir } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import type { ManagedFile } from '../../model/inventory.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import type { FileSeen } from '../../transports/contract-files.ts';

/** A file of `files`, what it was found to be, and its index there. */
export interface Source {
  readonly file: ManagedFile;
  readonly index: number;
  /** Null where its path leads out of the root. */
  readonly seen: FileSeen | null;
}

/** The sources of all managed files. */
export async function readSources(
  files: readonly ManagedFile[],
  root: string,
  { transports, options }: { readonly transports: Transports; readonly options: CallOptions },
): Promise<readonly Source[]> {
  const inside = files.map(({ source }) => {
    const path = normalize(source);
    return isAbsolute(path) || path.startsWith('..') || path.startsWith('~') ? null : path;
  });
  const paths = inside.map((path) => join(root, path ?? '.'));
  const seen = await transports.lookAtFiles(null, paths, options);
  return files.map((file, index) => ({
    file,
    index,
    seen: inside[index] === null ? null : (seen[index] ?? null),
  }));
}

/** More than a person keeps. */
const mostEntries = 2000;

/** All files of `infra/` and `k8s/`, by their paths from the root; a link is one, not what lies behind it. */
export async function filesThere(root: string): Promise<readonly string[]> {
  const found = await Promise.all(['infra', 'k8s'].map((folder) => filesIn(root, folder)));
  return found.flat().toSorted();
}

async function filesIn(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.slice(0, mostEntries).map((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(root, path) : [path];
    }),
  );
  return found.flat();
}

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inventoryFile } from '../root.ts';

/** What a picture is only good for: a terminal like this, and a joelclaw that draws like this. */
export interface PictureFor {
  readonly version: string;
  readonly columns: number;
  readonly rows: number;
  readonly theme: string;
  readonly clock: boolean;
}

/**
 * The last known state as the cockpit has drawn it, for the next start to show before the inventory is
 * read. JSON; `stamps` hold it to the files that it was drawn of.
 */
export interface Picture extends PictureFor {
  /** Path to size and time of the last change; null where there was no file. */
  readonly stamps: Readonly<Record<string, string | null>>;
  /** One a row, with their colours. */
  readonly lines: readonly string[];
}

/** Whose picture: a root's real path, or the name of a lab. */
export type PictureOf = { readonly rootPath: string } | { readonly lab: string };

/** Its name in the state's home: a root's is known by the root alone, before its inventory is read. */
export function pictureName(of: PictureOf): string {
  if ('lab' in of) return `opening-lab-${of.lab}.json`;
  return `opening-${createHash('sha256').update(of.rootPath).digest('hex').slice(0, 8)}.json`;
}

/** The files that a picture is drawn of, stamped as they are now. */
export async function stampFiles(
  paths: readonly string[],
): Promise<Readonly<Record<string, string | null>>> {
  const stamped = paths.map(async (path) => {
    const found = await stat(path).catch(() => null);
    return [path, found && `${found.size} ${found.mtimeMs}`] as const;
  });
  return Object.fromEntries(await Promise.all(stamped));
}

/** What decides what a network is and what is known of it. */
export function filesOf(rootPath: string | null, stateFolder: string): readonly string[] {
  const ofRoot =
    rootPath === null ? [] : [inventoryFile, '.env'].map((name) => join(rootPath, name));
  return [join(stateFolder, 'state.json'), ...ofRoot];
}

/** The picture in a text; null when it is none, or one for another terminal or joelclaw. */
export function readPicture(text: string, wanted: PictureFor): Picture | null {
  const kept = parsed(text);
  if (kept === null) return null;
  const fits = Object.entries(wanted).every(([key, value]) => kept[key] === value);
  const { lines, stamps } = kept;
  const isWhole = Array.isArray(lines) && lines.every((line) => typeof line === 'string');
  if (!fits || !isWhole || lines.length !== wanted.rows || !isRecord(stamps)) return null;
  return kept as unknown as Picture;
}

/** Whether nothing that it was drawn of has changed since. */
export async function isStillTrue({ stamps }: Picture): Promise<boolean> {
  const now = await stampFiles(Object.keys(stamps));
  return Object.entries(stamps).every(([path, stamp]) => now[path] === stamp);
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { countOf, textOf } from '../../model/read-facts.ts';
import { type Lock, takeLock } from '../lock.ts';
import { readStateFile, type StateFile, writeStateFile } from '../state-file.ts';

/** A unit on a host: what two services may share, and what one acts on at a time. */
export interface Unit {
  readonly host: string;
  readonly manager: string;
  readonly unit: string;
}

/** Who holds a unit, and what for. */
export interface Holder {
  readonly actor: string;
  readonly action: string;
  readonly pid: number;
  readonly at: string;
}

type Warn = { warn(line: string): void };

/**
 * Takes a unit for one action; who holds it where somebody else does. The lock ends with its process,
 * the name beside it is only told while the lock holds.
 */
export async function takeUnit(
  stateFolder: string,
  unit: Unit,
  holder: Holder,
): Promise<Lock | Holder> {
  const folder = join(stateFolder, 'locks');
  const name = createHash('sha256').update(keyOf(unit)).digest('hex').slice(0, 16);
  const path = join(folder, `${name}.json`);
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const lock = await takeLock(folder, `${name}.lock`);
  if (lock === null) return holderAt(path);
  await writeFile(path, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  return lock;
}

async function holderAt(path: string): Promise<Holder> {
  const facts = parsed(await readFile(path, 'utf8').catch(() => ''));
  return {
    actor: textOf(facts['actor']) ?? 'another joelclaw',
    action: textOf(facts['action']) ?? 'an action',
    pid: countOf(facts['pid']) ?? 0,
    at: textOf(facts['at']) ?? '',
  };
}

/** When each unit was last tried; stamped before the first step, so that a failure counts too. */
const attemptsFile = (folder: string): StateFile => ({
  folder,
  name: 'attempts.json',
  what: 'when units were last tried',
});

/** Milliseconds since 1970; null when nobody has tried. */
export async function lastAttempt(
  stateFolder: string,
  unit: Unit,
  context: Warn,
): Promise<number | null> {
  const all = parsed((await readStateFile(attemptsFile(stateFolder), context)) ?? '');
  const one = all[keyOf(unit)];
  const ms = isJsonObject(one) ? Date.parse(textOf(one['at']) ?? '') : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** Called by who holds the unit; others' stamps are kept. */
export async function stampAttempt(
  stateFolder: string,
  unit: Unit,
  stamp: { readonly at: string; readonly actor: string },
  context: Warn,
): Promise<void> {
  const file = attemptsFile(stateFolder);
  const all = parsed((await readStateFile(file, context)) ?? '');
  const text = `${JSON.stringify({ ...all, [keyOf(unit)]: stamp }, null, 1)}\n`;
  await writeStateFile(file, text, context);
}

/** The journal of actions, a JSON object a line, the newest last. */
export const journalName = 'actions.ndjson';

export async function keepInJournal(
  stateFolder: string,
  entry: JsonObject,
  { warn }: Warn,
): Promise<void> {
  const path = join(stateFolder, journalName);
  await appendFile(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 }).catch(
    ({ code = 'unknown error' }: NodeJS.ErrnoException) =>
      warn(`the action could not be kept in its journal (${code}): ${path}`),
  );
}

function keyOf({ host, manager, unit }: Unit): string {
  return `${host}/${manager}/${unit}`;
}

function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text || '{}');
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Json, type JsonObject, jsonObjectOf } from '../../model/json.ts';
import type { Refusal } from '../../model/plan.ts';
import { countOf, textOf } from '../../model/read-facts.ts';
import type { UnitVerb } from '../../model/verb.ts';
import { type Lock, takeLock } from '../lock.ts';
import { readStateFile, type StateFile, writeStateFile } from '../state-file.ts';

/** A unit on a host: what two services may share, and what one acts on at a time. */
export interface Unit {
  readonly host: string;
  readonly manager: string;
  readonly unit: string;
}

/** Who acts on a unit or did last, and what for. `at` is RFC 3339 UTC. */
export interface Holder {
  readonly actor: string;
  readonly action: string;
  readonly pid: number;
  readonly at: string;
}

/** When a unit was acted on last, and when it was started anew last, ms since 1970; null when never. */
export interface Touched {
  readonly atMs: number | null;
  readonly startedMs: number | null;
}

type Warn = { warn(line: string): void };

/**
 * Takes a unit for one action; null where somebody else has it: `heldBy` tells who. The lock ends
 * with its process, however that ends.
 */
export function takeUnit(stateFolder: string, unit: Unit): Promise<Lock | null> {
  return takeLock(folderOf(stateFolder), `${nameOf(unit)}.lock`);
}

/** Why a unit that is taken is left alone: who has it, as far as that is told by now. */
export async function heldBy(stateFolder: string, unit: Unit, context: Warn): Promise<Refusal> {
  const { actor, action, pid, at } = (await lastHolder(stateFolder, unit, context)) ?? unnamed;
  const since = at === '' ? '' : ` since ${at}`;
  const message = `${actor} is at it (${action}, pid ${pid})${since}`;
  return { code: 'LOCKED', message, hint: 'wait until that is done', canForce: false };
}

const unnamed: Holder = { actor: 'another joelclaw', action: 'an action', pid: 0, at: '' };

/** The same of one that somebody may have; null when nobody has. */
export async function heldNow(
  stateFolder: string,
  unit: Unit,
  context: Warn,
): Promise<Refusal | null> {
  const lock = await takeUnit(stateFolder, unit);
  if (lock === null) return heldBy(stateFolder, unit, context);
  lock.release();
  return null;
}

async function stampedOn(
  stateFolder: string,
  unit: Unit,
  context: Warn,
): Promise<JsonObject | null> {
  const place = stampOf(stateFolder, unit);
  const text = await readStateFile(place, context);
  if (text === null || text === '') return null;
  return jsonObjectOf(text) ?? (await damagedStamp(place, context));
}

/** Something was tried when it was written, though it cannot be read any more what, and by whom. */
async function damagedStamp(
  { folder, name, what }: StateFile,
  { warn }: Warn,
): Promise<JsonObject> {
  const path = join(folder, name);
  const at = new Date((await stat(path)).mtimeMs).toISOString();
  warn(`${what} cannot be read: taken to be ${at}, when ${path} was written`);
  return { at, startedAt: at };
}

/** Who acted on it last; null when nobody has. */
async function lastHolder(stateFolder: string, unit: Unit, context: Warn): Promise<Holder | null> {
  const facts = await stampedOn(stateFolder, unit, context);
  if (facts === null) return null;
  return {
    actor: textOf(facts['actor']) ?? 'somebody',
    action: textOf(facts['action']) ?? 'an action',
    pid: countOf(facts['pid']) ?? 0,
    at: textOf(facts['at']) ?? '',
  };
}

/** When it was acted on last. A stop, or what reads its file anew, is no attempt to heal it. */
export async function lastTouched(
  stateFolder: string,
  unit: Unit,
  context: Warn,
): Promise<Touched> {
  const facts = await stampedOn(stateFolder, unit, context);
  return { atMs: timeOf(facts?.['at']), startedMs: timeOf(facts?.['startedAt']) };
}

function timeOf(value: Json | undefined): number | null {
  const ms = Date.parse(textOf(value) ?? '');
  return Number.isNaN(ms) ? null : ms;
}

/** What starts it anew: tried again and again, it heals nothing. */
const starting: ReadonlySet<string> = new Set<UnitVerb>(['restart', 'start', 'delete-pod']);

/**
 * Told before the first step, by who has taken the unit, so that an attempt that fails counts too.
 * `takeBack` does so for one that has touched nothing; `trouble` is why it is not kept.
 */
export async function stampAttempt(
  stateFolder: string,
  { unit, holder }: { readonly unit: Unit; readonly holder: Holder },
  context: Warn,
): Promise<Stamped> {
  const place = stampOf(stateFolder, unit);
  const textBefore = await readStateFile(place, context);
  const before = await lastTouched(stateFolder, unit, context);
  const beforeAt = before.startedMs === null ? null : new Date(before.startedMs).toISOString();
  const startedAt = starting.has(holder.action) ? holder.at : beforeAt;
  const text = `${JSON.stringify({ ...holder, startedAt })}\n`;
  let trouble: string | null = null;
  const warn = (line: string): void => {
    trouble = line;
  };
  await writeStateFile(place, text, { warn });
  return { trouble, takeBack: () => writeStateFile(place, textBefore ?? '', context) };
}

/** An attempt that is told, or why it could not be. */
interface Stamped {
  readonly trouble: string | null;
  takeBack(): Promise<void>;
}

function folderOf(stateFolder: string): string {
  return join(stateFolder, 'locks');
}

function stampOf(stateFolder: string, unit: Unit): StateFile {
  const what = 'when the unit was last tried';
  return { folder: folderOf(stateFolder), name: `${nameOf(unit)}.json`, what };
}

function nameOf({ host, manager, unit }: Unit): string {
  const key = `${host}/${manager}/${unit}`;
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

import type { Takeover } from './adoption.ts';
import { type AppliedFile, appliedOf } from './applied.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { type LoggedTakeover, takeoversOf } from './logged-takeover.ts';
import type { ObjectAt } from './object-write.ts';
import { objectsOf, textOf } from './read-facts.ts';

/** Bytes that an apply has kept, by the name that they have in its folder. */
interface KeptFile {
  readonly name: string;
  readonly mode: string;
  /** `501:20`; null where that was not kept. */
  readonly owner: string | null;
}

/** How its manager had a unit: whether it ran, and whether it is started by itself (of launchd: loaded). */
export interface UnitRan {
  readonly isOn: boolean;
  readonly isEnabled: boolean;
}

/** A file that an apply was about to change: told before it does. Null is a file that is not there. */
export interface LoggedWrite {
  readonly item: string;
  readonly kind: string;
  /** Null is the repo on this machine. */
  readonly host: string | null;
  readonly path: string;
  readonly service: string | null;
  readonly before: KeptFile | null;
  readonly after: KeptFile | null;
  /** Its entry in the record before and after. */
  readonly recordBefore: AppliedFile | null;
  readonly recordAfter: AppliedFile | null;
  /** Of a unit's file that was to be taken away: how that unit was before; absent of all else. */
  readonly ran?: UnitRan;
  /** Of an object where it lives; null for a file. */
  readonly place: LoggedObject | null;
}

/** An object of a cluster, and whether fields of others were taken. */
export interface LoggedObject extends ObjectAt {
  readonly name: string;
  readonly force: boolean;
  /** Of the cluster that it was written to. */
  readonly uid: string | null;
  /** What the apply was to make of it, by the name that this is kept under. */
  readonly became: string | null;
}

export type ApplyOutcome =
  | 'done'
  | 'failed'
  | 'rolled-back'
  | 'stuck'
  | 'interrupted'
  | 'resumed'
  | 'adopted';

/** A line of an apply's journal. */
export type ApplyEvent =
  | {
      readonly type: 'begin';
      readonly at: string;
      readonly actor: string;
      /** The apply that this one takes back; null for any other. */
      readonly undoes: string | null;
      readonly items: readonly string[];
    }
  | { readonly type: 'intent'; readonly at: string; readonly write: LoggedWrite }
  | { readonly type: 'done'; readonly at: string; readonly item: string }
  | { readonly type: 'restore' | 'restored'; readonly at: string; readonly item: string }
  | {
      readonly type: 'service' | 'served';
      readonly at: string;
      readonly service: string;
      readonly note: string;
    }
  | { readonly type: 'takeover'; readonly at: string; readonly takeover: Takeover }
  | {
      readonly type: 'given-back';
      readonly at: string;
      readonly service: string;
      readonly note: string;
    }
  | { readonly type: 'end'; readonly at: string; readonly outcome: ApplyOutcome };

/** What the journal of one apply comes to. */
export interface ApplyLog {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly undoes: string | null;
  readonly items: readonly string[];
  readonly writes: readonly (LoggedWrite & {
    readonly isDone: boolean;
    /** `begun` where it was to be taken back and that did not end. */
    readonly restore: 'none' | 'begun' | 'done';
  })[];
  /** Services that were begun to be started anew, and whether that ended. */
  readonly services: readonly { readonly service: string; readonly note: string | null }[];
  /** What it has ended to put a unit in its place, and not brought back yet. */
  readonly takeovers: readonly LoggedTakeover[];
  /** Null where its process did not live to its end. */
  readonly outcome: ApplyOutcome | null;
}

/** A journal's lines in their order; null where it does not begin. A line that was cut off is left out. */
export function applyLogOf(id: string, lines: readonly JsonObject[]): ApplyLog | null {
  const begin = lines.find(({ type }) => type === 'begin');
  if (!begin) return null;
  const has = (type: string, key: string, value: string): boolean =>
    lines.some((line) => line['type'] === type && line[key] === value);
  const writes = lines.flatMap((line) => {
    const write = line['type'] === 'intent' ? writeOf(line['write']) : null;
    if (write === null) return [];
    const { item } = write;
    const isBegun = has('restore', 'item', item);
    const restore = has('restored', 'item', item) ? 'done' : isBegun ? 'begun' : 'none';
    return [{ ...write, isDone: has('done', 'item', item), restore } as const];
  });
  const services = lines.flatMap((line) => {
    const service = line['type'] === 'service' ? textOf(line['service']) : null;
    if (service === null) return [];
    const end = lines.findLast((one) => one['type'] === 'served' && one['service'] === service);
    return [{ service, note: end ? (textOf(end['note']) ?? '') : null }];
  });
  const end = lines.findLast(({ type }) => type === 'end');
  return {
    ...{ id, at: textOf(begin['at']) ?? '', actor: textOf(begin['actor']) ?? 'somebody' },
    undoes: textOf(begin['undoes']),
    items: Array.isArray(begin['items'])
      ? begin['items'].filter((one) => typeof one === 'string')
      : [],
    ...{ writes, services, takeovers: takeoversOf(lines) },
    outcome: (textOf(end?.['outcome']) as ApplyOutcome | null) ?? null,
  };
}

/** Whether it has left a file as another one than it was before. */
export function hasChanged({ writes, takeovers }: ApplyLog): boolean {
  return takeovers.length > 0 || writes.some(({ restore }) => restore !== 'done');
}

function writeOf(value: Json | undefined): LoggedWrite | null {
  if (!isJsonObject(value)) return null;
  const [item, kind, path] = ['item', 'kind', 'path'].map((key) => textOf(value[key]));
  if (item == null || kind == null || path == null) return null;
  return {
    ...{ item, kind, path, host: textOf(value['host']), service: textOf(value['service']) },
    ...{ before: keptOf(value['before']), after: keptOf(value['after']) },
    recordBefore: appliedOf(value['recordBefore']),
    recordAfter: appliedOf(value['recordAfter']),
    place: objectOf(value['place']),
    ...ranOf(value['ran']),
  };
}

function ranOf(value: Json | undefined): Pick<LoggedWrite, 'ran'> {
  if (!isJsonObject(value)) return {};
  return { ran: { isOn: value['isOn'] === true, isEnabled: value['isEnabled'] === true } };
}

function objectOf(value: Json | undefined): LoggedObject | null {
  if (!isJsonObject(value)) return null;
  const [cluster, path, resource, name] = ['cluster', 'path', 'resource', 'name'].map((key) =>
    textOf(value[key]),
  );
  if (cluster == null || path == null || resource == null || name == null) return null;
  const namespace = textOf(value['namespace']);
  const [uid, became] = [textOf(value['uid']), textOf(value['became'])];
  return { cluster, path, resource, name, namespace, force: value['force'] === true, uid, became };
}

function keptOf(value: Json | undefined): KeptFile | null {
  const [one] = objectsOf(value === undefined ? [] : [value]);
  const [name, mode] = [textOf(one?.['name']), textOf(one?.['mode'])];
  return name === null || mode === null ? null : { name, mode, owner: textOf(one?.['owner']) };
}

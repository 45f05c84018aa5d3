import type { Check, Parent } from './check.ts';
import { faultOf } from './fault.ts';
import type { Health, NetworkState } from './health.ts';
import { isPartKey } from './part-key.ts';
import type { CheckReport } from './report.ts';
import { classOf, type State } from './state.ts';

/** Nothing heard for this many announced waits is stale. */
const staleAfterWaits = 3;

/**
 * What each check is worth at a moment: its last sample, made `unknown` when stale, and
 * `suppressed` or `unknown` when a parent explains its trouble. A check that answers well is left
 * alone, and the parent's note says so. Parts that are parents are explained as checks are. Derived
 * each time, never stored.
 */
export function explainChecks(
  checks: readonly Check[],
  state: NetworkState,
  atMs: number,
): ReadonlyMap<string, CheckReport> {
  const own = new Map(checks.map((check) => [check.id, ownReport(check, state, atMs)]));
  for (const part of parentParts(checks, state)) own.set(part.id, ownReport(part, state, atMs));
  const parentsOf = new Map(checks.map((check) => [check.id, check.parents]));
  const explained = new Map<string, CheckReport>();
  const entered = new Set<string>();
  for (const id of own.keys()) explain(id, { own, parentsOf, explained, entered });
  noteAnsweringChildren(checks, explained);
  return explained;
}

interface Walk {
  readonly own: ReadonlyMap<string, CheckReport>;
  readonly parentsOf: ReadonlyMap<string, readonly Parent[]>;
  readonly explained: Map<string, CheckReport>;
  readonly entered: Set<string>;
}

/**
 * Parents first. The inventory refuses cycles of what is declared; one that comes of what is implied
 * is cut where it was entered: nothing explains itself.
 */
function explain(id: string, walk: Walk): CheckReport | undefined {
  const done = walk.explained.get(id);
  if (done) return done;
  const own = walk.own.get(id);
  if (!own) return undefined;
  walk.entered.add(id);
  const report = classOf(own.state) === 'good' ? own : explainedByParents(own, walk);
  walk.explained.set(id, report);
  return report;
}

function explainedByParents(own: CheckReport, walk: Walk): CheckReport {
  let unknownParent: CheckReport | undefined;
  for (const { check, through } of walk.parentsOf.get(own.id) ?? []) {
    const isCycle = walk.entered.has(check) && !walk.explained.has(check);
    const parent = isCycle ? undefined : explain(check, walk);
    if (parent?.state === 'down' || parent?.state === 'suppressed') {
      const because = parent.because ?? parent.id;
      return { ...own, state: 'suppressed', because, note: `${because} is down` };
    }
    if (through && parent?.state === 'unknown') unknownParent ??= parent;
  }
  // What was never measured, or is too old, says that of itself.
  if (!unknownParent || own.at === null || own.fault?.code === 'stale') return own;
  const because = unknownParent.because ?? unknownParent.id;
  return { ...own, state: 'unknown', because, note: `seen only through ${because}: unknown` };
}

/** What is measured: a check, or a part of one. */
type Subject = Pick<Check, 'id' | 'kind' | 'name' | 'failureThreshold'>;

/** The parts that explain checks, as far as they have been found. */
function parentParts(checks: readonly Check[], { health }: NetworkState): readonly Subject[] {
  return checks.flatMap(({ parents, failureThreshold }) =>
    parents.flatMap(({ check: id }) => {
      const part = isPartKey(id) ? health[id]?.part : null;
      return part ? [{ id, ...part, failureThreshold }] : [];
    }),
  );
}

function ownReport(check: Subject, state: NetworkState, atMs: number): CheckReport {
  const { id, kind, name } = check;
  const health = state.health[id];
  if (!health) return { id, kind, name, ...notMeasured(check) };
  const { latencyMs, facts, since, streak } = health;
  const common = { id, kind, name, latencyMs, facts, at: health.seenAt, since, streak };
  if (!isStale(health, atMs)) {
    return {
      ...common,
      state: health.state,
      note: health.note,
      fault: health.fault,
      because: null,
    };
  }
  const note = `stale: not heard of since ${health.seenAt.slice(0, 19)}Z, last ${health.state}`;
  return { ...common, state: 'unknown', note, fault: faultOf('stale', note), because: null };
}

function notMeasured(check: Subject): Omit<CheckReport, 'id' | 'kind' | 'name'> {
  const streak = { toward: null, n: 0, of: check.failureThreshold };
  const unknown = { state: 'unknown' as State, note: 'not measured yet', because: null };
  return { ...unknown, latencyMs: null, at: null, since: null, streak, facts: {}, fault: null };
}

function isStale(health: Pick<Health, 'seenAt' | 'waitMs'>, atMs: number): boolean {
  return Math.abs(atMs - Date.parse(health.seenAt)) > staleAfterWaits * health.waitMs;
}

/** A parent that is down while a child answers has a more interesting story than "down". */
function noteAnsweringChildren(
  checks: readonly Check[],
  explained: Map<string, CheckReport>,
): void {
  for (const child of checks) {
    const report = explained.get(child.id);
    if (!report || classOf(report.state) !== 'good') continue;
    for (const { check } of child.parents) {
      const parent = explained.get(check);
      if (parent?.state !== 'down' || parent.note.includes(', but ')) continue;
      explained.set(check, { ...parent, note: `${parent.note}, but ${child.id} answers` });
    }
  }
}

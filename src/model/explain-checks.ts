import type { Check } from './check.ts';
import type { Health, NetworkState } from './health.ts';
import { type Measurable, ownReport } from './own-report.ts';
import { isPartKey } from './part-key.ts';
import type { CheckReport } from './report.ts';
import { classOf, type State } from './state.ts';

/**
 * What each check is worth at a moment: its last sample, made `unknown` when stale, and
 * `suppressed` or `unknown` when a parent explains its trouble. A check that answers well is left
 * alone, and the parent's note says so. Parts that are parents are explained as checks are. Derived
 * each time, never stored; what is derived alike of the same sample is the same object.
 */
export function explainChecks(
  checks: readonly Check[],
  state: NetworkState,
  atMs: number,
): ReadonlyMap<string, CheckReport> {
  const { byId, partParents } = indexOf(checks);
  const walk: Walk = { byId, state, atMs, explained: new Map(), entered: new Set() };
  for (const check of checks) explain(check, walk);
  for (const part of partParents) explain(part, walk);
  noteAnsweringChildren(checks, walk.explained);
  return walk.explained;
}

/** A check, or a part of one that explains others. */
type Subject = Measurable & Partial<Pick<Check, 'parents'>>;

interface Index {
  readonly byId: ReadonlyMap<string, Subject>;
  /** The parts that explain checks. */
  readonly partParents: readonly Subject[];
}

const indexes = new WeakMap<readonly Check[], Index>();

/** Of a network's checks, which never change: made once. */
function indexOf(checks: readonly Check[]): Index {
  const known = indexes.get(checks);
  if (known) return known;
  const parts = checks.flatMap(({ parents, failureThreshold }) =>
    parents
      .filter(({ check }) => isPartKey(check))
      .map(({ check: id }) => [id, { id, kind: '', name: '', failureThreshold }] as const),
  );
  const byPart = new Map<string, Subject>(parts);
  const byId = new Map<string, Subject>([
    ...byPart,
    ...checks.map((one) => [one.id, one] as const),
  ]);
  const made = { byId, partParents: [...byPart.values()] };
  indexes.set(checks, made);
  return made;
}

interface Walk {
  readonly byId: ReadonlyMap<string, Subject>;
  readonly state: NetworkState;
  readonly atMs: number;
  readonly explained: Map<string, CheckReport>;
  readonly entered: Set<string>;
}

/**
 * Parents first. The inventory refuses cycles of what is declared; one that comes of what is implied
 * is cut where it was entered: nothing explains itself. A part that was never found is nothing.
 */
function explain(subject: Subject, walk: Walk): CheckReport | undefined {
  const { id } = subject;
  const done = walk.explained.get(id);
  if (done) return done;
  const health = walk.state.health[id];
  const isPart = isPartKey(id);
  if (isPart && !health?.part) return undefined;
  const own = ownReport(
    isPart && health?.part ? { ...subject, ...health.part } : subject,
    health,
    walk.atMs,
  );
  let report = own;
  if (classOf(own.state) !== 'good') {
    walk.entered.add(id);
    report = sameAsBefore(own, explainedByParents(own, subject, walk));
  }
  walk.explained.set(id, report);
  return report;
}

/**
 * What was seen while a parent was out is not the truth of the time after: the state that the parent
 * has come back from, when the trouble is older than its return.
 */
function isSeenBefore(
  { at, fault }: CheckReport,
  parent: Health | undefined,
  through: boolean,
): State | null {
  const from = parent?.cameFrom ?? null;
  const wasOut = from === 'down' || from === 'suppressed' || (through && from === 'unknown');
  const isBack = parent !== undefined && classOf(parent.state) === 'good';
  // What is too old says that of itself.
  const isOwn = at === null || fault?.code === 'stale';
  return wasOut && isBack && !isOwn && at < parent.since ? from : null;
}

/** It is asked anew; until then it stays what it was while the parent was out. */
function heldUntilAsked(own: CheckReport, parent: CheckReport, was: State): CheckReport {
  const state = was === 'unknown' ? 'unknown' : 'suppressed';
  return {
    ...own,
    state,
    because: parent.id,
    note: `${own.note} (${parent.id} is back: asked anew)`,
  };
}

const lastExplained = new WeakMap<CheckReport, CheckReport>();

/** What its parents made of a report last time, when they make the same of it now. */
function sameAsBefore(own: CheckReport, now: CheckReport): CheckReport {
  if (own === now) return own;
  const last = lastExplained.get(own);
  if (last?.because === now.because && last.note === now.note && last.state === now.state)
    return last;
  lastExplained.set(own, now);
  return now;
}

function explainedByParents(own: CheckReport, { parents = [] }: Subject, walk: Walk): CheckReport {
  let unknownParent: CheckReport | undefined;
  for (const { check, through } of parents) {
    const isCycle = walk.entered.has(check) && !walk.explained.has(check);
    const subject = isCycle ? undefined : walk.byId.get(check);
    const parent = subject && explain(subject, walk);
    if (parent?.state === 'down' || parent?.state === 'suppressed') {
      const because = parent.because ?? parent.id;
      return { ...own, state: 'suppressed', because, note: `${because} is down` };
    }
    if (through && parent?.state === 'unknown') unknownParent ??= parent;
    const back = parent && isSeenBefore(own, walk.state.health[check], through);
    if (back) return heldUntilAsked(own, parent, back);
  }
  // What was never measured, or is too old, says that of itself.
  if (!unknownParent || own.at === null || own.fault?.code === 'stale') return own;
  const because = unknownParent.because ?? unknownParent.id;
  return { ...own, state: 'unknown', because, note: `seen only through ${because}: unknown` };
}

/** One round's answers to quick questions are of one moment. */
const oneMomentMs = 1000;

/**
 * A parent that is down while a child answers has a more interesting story than "down". What was seen
 * before its failure is no answer to it; one that was silent was asked as long before as it may take.
 */
function noteAnsweringChildren(
  checks: readonly Check[],
  explained: Map<string, CheckReport>,
): void {
  if ([...explained.values()].every(({ state }) => state !== 'down')) return;
  const timeouts = new Map(checks.map(({ id, timeoutMs }) => [id, timeoutMs]));
  for (const child of checks) {
    const report = explained.get(child.id);
    if (!report?.at || classOf(report.state) !== 'good') continue;
    for (const { check } of child.parents) {
      const parent = explained.get(check);
      if (parent?.state !== 'down' || parent.note.includes(', but ')) continue;
      if (Date.parse(report.at) < failingSinceMs(parent, timeouts.get(check) ?? 0)) continue;
      explained.set(check, { ...parent, note: `${parent.note}, but ${child.id} answers` });
    }
  }
}

function failingSinceMs({ since, fault }: CheckReport, timeoutMs: number): number {
  const askedMs = fault?.code === 'timeout' ? timeoutMs : 0;
  return Date.parse(since ?? '') - askedMs - oneMomentMs;
}

import type { AuditReport, Severity, Untold } from '../../model/audit.ts';
import type { AuditChange, NotCompared } from '../../model/audit-diff.ts';

/** Of two looks: the accepted one, and the one that is held against it. */
export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

/** One thing that is on a host or not. */
export interface Thing {
  /** `listener/tcp/0.0.0.0:22` */
  readonly id: string;
  /** `listener tcp 0.0.0.0:22` */
  readonly title: string;
  /** What of it is compared, and shown; null where it is there and nobody could tell how. */
  readonly value: string | null;
  readonly graveness: Readonly<Record<AuditChange['what'], Severity>>;
}

/** A part of what a host tells, and the probes that tell it. */
export interface Area {
  readonly id: string;
  readonly title: string;
  readonly probes: RegExp;
}

/** What came of comparing. */
export interface Compared {
  readonly changes: readonly AuditChange[];
  readonly unknowns: readonly NotCompared[];
  readonly untold: readonly string[];
}

/** Nothing differs. */
export const nothing: Compared = { changes: [], unknowns: [], untold: [] };

/** How each side is called where it could not tell. */
export const sideNames: Sides<string> = { before: 'the accepted audit', after: 'the newest audit' };

/**
 * Things by their ids. Null is a side that could not tell of any; one whose probe did not come to its
 * end tells what is there, and not what is missing.
 */
export function compareThings(
  area: Area,
  things: Sides<readonly Thing[] | null>,
  reports: Sides<AuditReport>,
): Compared {
  const { id, title } = area;
  const { before, after } = things;
  if (before === null && after === null) return { ...nothing, untold: [title] };
  if (before === null || after === null) {
    const why = `${before === null ? sideNames.before : sideNames.after} could not tell`;
    return { ...nothing, unknowns: [{ id, title, why }] };
  }
  const lacking = lackingIn(area, reports);
  const [old, now] = [byId(before), byId(after)];
  const kept = [...now.values()].filter((one) => old.has(one.id));
  const added = [...now.values()].filter((one) => !old.has(one.id));
  const gone = [...old.values()].filter((one) => !now.has(one.id));
  const compared = kept.map((one) => compareThing(old.get(one.id) ?? one, one));
  return joined([
    {
      changes: [
        ...(lacking.before === null ? added.map((one) => changeOf('added', null, one)) : []),
        ...(lacking.after === null ? gone.map((one) => changeOf('gone', one, null)) : []),
      ],
      unknowns: [lacking.before, lacking.after].flatMap((why) =>
        why === null ? [] : [{ id, title, why }],
      ),
      untold: lacking.both ? [`${title}: what needs root`] : [],
    },
    ...compared,
  ]);
}

/** All of them together. */
export function joined(all: readonly Compared[]): Compared {
  return {
    changes: all.flatMap(({ changes }) => changes),
    unknowns: all.flatMap(({ unknowns }) => unknowns),
    untold: all.flatMap(({ untold }) => untold),
  };
}

function compareThing(old: Thing, now: Thing): Compared {
  if (old.value === now.value) return nothing;
  const { id, title } = now;
  if (old.value === null || now.value === null) {
    const side = old.value === null ? sideNames.before : sideNames.after;
    return { ...nothing, unknowns: [{ id, title, why: `${side} could not tell how it is` }] };
  }
  return { ...nothing, changes: [changeOf('changed', old, now)] };
}

const words: Readonly<Record<AuditChange['what'], (title: string) => string>> = {
  added: (title) => `new ${title}`,
  gone: (title) => `${title} is gone`,
  changed: (title) => `${title} has changed`,
};

function changeOf(what: AuditChange['what'], old: Thing | null, now: Thing | null): AuditChange {
  const { id, title, graveness } = (now ?? old) as Thing;
  return {
    ...{ id, what, title: words[what](title) },
    before: old && (old.value ?? 'there'),
    after: now && (now.value ?? 'there'),
    severity: graveness[what],
  };
}

/** Two of one id are one thing, whose values stand together. */
function byId(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  const groups = Map.groupBy(things, ({ id }) => id);
  return new Map(
    [...groups].flatMap(([id, [first, ...more]]) => {
      if (!first) return [];
      const values = [...new Set([first, ...more].map(({ value }) => value))];
      const told = values.filter((value) => value !== null).toSorted();
      const value = told.length < values.length ? null : told.join(', ');
      return [[id, { ...first, value }] as const];
    }),
  );
}

const partial: ReadonlySet<Untold> = new Set(['cut-off', 'timed-out', 'not-understood']);

interface Lacking extends Sides<string | null> {
  /** Root is needed for some of it, on both sides: what anybody sees can still be compared. */
  readonly both: boolean;
}

function lackingIn({ probes }: Area, reports: Sides<AuditReport>): Lacking {
  const of = ({ unknowns, cutOff }: AuditReport) => [
    ...unknowns.filter(({ probe }) => probes.test(probe)),
    ...(cutOff === null ? [] : [{ probe: 'the whole', why: 'cut-off' as const, words: '' }]),
  ];
  const [old, now] = [of(reports.before), of(reports.after)];
  const barred = (side: typeof old) => side.filter(({ why }) => why === 'needs-root');
  const isBarred = (side: typeof old, probe: string): boolean =>
    barred(side).some((one) => one.probe === probe);
  const worst = (own: typeof old, other: typeof old): { probe: string; why: Untold } | undefined =>
    own.find(({ why }) => partial.has(why)) ??
    barred(own).find(({ probe }) => !isBarred(other, probe));
  const say = (side: string, one: ReturnType<typeof worst>): string | null =>
    one ? `${side} could not tell all of it (${one.probe}: ${one.why})` : null;
  return {
    before: say(sideNames.before, worst(old, now)),
    after: say(sideNames.after, worst(now, old)),
    both: barred(old).some(({ probe }) => isBarred(now, probe)),
  };
}

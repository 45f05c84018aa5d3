import { isJsonObject, type Json } from '../../model/json.ts';
import { timeOf, wordOf } from './read.ts';

/** A piece of a run as its trace tells it: the run, a step, an attempt. Times are null where it tells none. */
export interface Span {
  readonly name: string;
  readonly status: string;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly durationMs: number | null;
  /** `RUN`, `SLEEP`, …; null of what is no step. */
  readonly op: string | null;
  /** Where what it gave back or failed with is kept. */
  readonly outputId: string | null;
  readonly children: readonly Span[];
}

/** Reads `runTrace`; null where it is not understood. */
export function readSpan(value: Json | undefined): Span | null {
  if (!isJsonObject(value)) return null;
  const { childrenSpans: children, duration } = value;
  const name = wordOf(value['name']);
  const status = wordOf(value['status']);
  if (name === null || status === null) return null;
  return {
    ...{ name, status, startedMs: msOf(value['startedAt']), endedMs: msOf(value['endedAt']) },
    durationMs: typeof duration === 'number' ? duration : null,
    op: wordOf(value['stepOp']),
    outputId: wordOf(value['outputID']),
    children: (Array.isArray(children) ? children : []).flatMap((child) => readSpan(child) ?? []),
  };
}

function msOf(value: Json | undefined): number | null {
  const time = timeOf(value);
  return time === null ? null : Date.parse(time);
}

const ended: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'SKIPPED']);

/** Whether nothing more will come of it. */
export function isEnded(status: string): boolean {
  return ended.has(status);
}

/** The attempts of a step, the first one first. */
export function attemptsOf({ children }: Span): readonly Span[] {
  return children.filter(({ name }) => /^Attempt \d+$/.test(name));
}

/**
 * The steps of a run. The server tells an attempt that was followed by another one once more beside its
 * step, and of what it does for itself (`Finalization`, `executor.…`): none of that is a step.
 */
export function stepsOf({ children }: Span): readonly Span[] {
  const repeated = new Map<string, number>();
  for (const one of children) {
    const before = repeated.get(one.name) ?? 0;
    repeated.set(one.name, before + attemptsOf(one).length);
  }
  return children.filter((one) => {
    if (/^(?:Finalization|executor\..*)$/.test(one.name)) return false;
    const attempts = attemptsOf(one).length;
    const left = repeated.get(one.name) ?? 0;
    if (attempts > 0 || left === 0) return true;
    repeated.set(one.name, left - 1);
    return false;
  });
}

import type { State } from './state.ts';

/** What is to be said of a managed file, the gravest first. Order: what an apply would not settle. */
export const fileVerdicts = [
  'conflict',
  'drift',
  'unmanaged',
  'missing',
  'orphan',
  'pending',
  'unknown',
  'converged',
  'in-sync',
] as const;

/** How what the repo says compares with what was last applied and with what is there. */
export type FileVerdict = (typeof fileVerdicts)[number];

/** What hands have made of it: it is gone over by a flag alone. */
export const handMade: ReadonlySet<FileVerdict> = new Set(['drift', 'conflict', 'unmanaged']);

/** The gravest of several; none is nothing to compare. */
export function worstVerdict(verdicts: readonly FileVerdict[]): FileVerdict | 'n/a' {
  return fileVerdicts.find((verdict) => verdicts.includes(verdict)) ?? 'n/a';
}

/** How it looks among other states: what is there is as the repo says, or not, or not known. */
export function stateOfVerdict(verdict: FileVerdict): State {
  if (verdict === 'unknown') return 'unknown';
  return verdict === 'in-sync' || verdict === 'converged' ? 'up' : 'degraded';
}

/** The same of a file beside what runs: what is as the repo says may still not have been read. */
export function stateOfItem(item: {
  readonly verdict: FileVerdict;
  readonly reloadNeeded: boolean;
}): State {
  const state = stateOfVerdict(item.verdict);
  return item.reloadNeeded && state === 'up' ? 'degraded' : state;
}

/** A text as a verdict; null for one of another version of joelclaw. */
export function verdictOf(text: string | null): FileVerdict | null {
  return fileVerdicts.find((verdict) => verdict === text) ?? null;
}

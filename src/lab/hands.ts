import type { Clock } from '../transports/contract.ts';
import type { LabFile } from './answers/managed-files.ts';

interface StartedRun {
  readonly name: string;
  readonly atMs: number;
  readonly cancelledMs: number | null;
}

/** What a hand has done to a unit: all that an action changes in a lab. */
export interface Hands {
  /** How often a hand has started a unit anew, and when it did so last; null when none has. */
  restarted(unit: string): { readonly times: number; readonly atMs: number } | null;
  /** Started anew, and loaded with that. */
  restart(unit: string): void;
  isUnloaded(unit: string): boolean;
  /** Nobody listens at its targets any more, `host:port`. */
  unload(unit: string, targets: readonly string[]): void;
  /** Null where no hand has said so. */
  isDisabled(unit: string): boolean | null;
  setDisabled(unit: string, disabled: boolean): void;
  /** Runs of Inngest functions that hands have started, the oldest first. */
  runs(): readonly StartedRun[];
  addRun(name: string): void;
  cancelRun(index: number): void;
  /** What a hand has put there, by `host:/path`; null where it took it away, undefined where none was. */
  written(place: string): LabFile | null | undefined;
  write(place: string, file: LabFile | null): void;
  /** Whether a target is one of a unit that is unloaded. */
  isClosed(target: string): boolean;
}

export function createHands(clock: Clock): Hands {
  const restarts = new Map<string, { readonly times: number; readonly atMs: number }>();
  const unloaded = new Map<string, readonly string[]>();
  const overrides = new Map<string, boolean>();
  const runs: StartedRun[] = [];
  const files = new Map<string, LabFile | null>();
  return {
    restarted: (unit) => restarts.get(unit) ?? null,
    restart: (unit) => {
      const times = (restarts.get(unit)?.times ?? 0) + 1;
      restarts.set(unit, { times, atMs: clock.now() });
      unloaded.delete(unit);
    },
    isUnloaded: (unit) => unloaded.has(unit),
    unload: (unit, targets) => {
      unloaded.set(unit, targets);
    },
    isDisabled: (unit) => overrides.get(unit) ?? null,
    setDisabled: (unit, disabled) => {
      overrides.set(unit, disabled);
    },
    runs: () => runs,
    addRun: (name) => {
      runs.push({ name, atMs: clock.now(), cancelledMs: null });
    },
    cancelRun: (index) => {
      const run = runs[index];
      if (run) runs[index] = { ...run, cancelledMs: clock.now() };
    },
    written: (place) => files.get(place),
    write: (place, file) => {
      files.set(place, file);
    },
    isClosed: (target) => [...unloaded.values()].some((targets) => targets.includes(target)),
  };
}

import type { AppliedFile } from './applied.ts';
import type { UnitRan } from './apply-log.ts';
import { type FileVerdict, worstVerdict } from './file-verdict.ts';
import type { FileKind } from './inventory.ts';
import type { ObjectWrite } from './object-write.ts';
import type { DriftItem } from './report.ts';

/**
 * What an apply does about one file. `record` only keeps that it stands as it is to; `reload` is of a
 * file that what runs has not read; `left` needs a person, or a flag.
 */
export type InfraAction =
  | 'none'
  | 'create'
  | 'write'
  | 'append'
  | 'record'
  | 'reload'
  | 'delete'
  | 'left';

/** A managed file, how it stands and what an apply would do: the contract's item. */
export interface InfraItem {
  readonly id: string;
  readonly kind: FileKind;
  readonly host: string | null;
  readonly source: string | null;
  readonly destination: string | null;
  readonly service: string | null;
  readonly verdict: FileVerdict;
  readonly reloadNeeded: boolean;
  readonly note: string;
  readonly action: InfraAction;
}

/** What is to stand there: `was` as in a WriteRequest. `text` null takes it away. */
export interface InfraWrite {
  readonly path: string;
  readonly text: string | null;
  readonly mode: string;
  readonly was: string | null;
  /** The bytes before, to be kept, and whose they were; null where nothing was there. */
  readonly before: {
    readonly text: string;
    readonly mode: string;
    readonly owner: string | null;
  } | null;
  /** Whose it is to be again, of what is put back. */
  readonly owner?: string | null;
}

/** An item with what an apply needs to do it. */
export interface PlannedItem {
  readonly item: InfraItem;
  readonly change: DriftItem['change'];
  readonly write: InfraWrite | null;
  /** Of a manifest: its objects that are to be changed, what others stand on first. */
  readonly objects?: readonly ObjectWrite[];
  /** Of a manifest: its objects that stand as they are to, by others' hands: our apply of them changes nothing. */
  readonly adopts?: readonly ObjectWrite[];
  /** Of a manifest that is applied by now: its workloads, whose rollout nobody has proved yet. */
  readonly unproved?: readonly ObjectWrite[];
  /** The entry of the record before, and what stands there now by its sum. */
  readonly recorded: AppliedFile | null;
  readonly liveSha256: string | null;
  /** What stands there, and how it lies there; absent where it was not read. */
  readonly live?: {
    readonly text: string;
    readonly mode: string | null;
    readonly owner: string | null;
  };
  /** The file itself on its host, with its name where the destination is a folder. */
  readonly livePath: string;
  /** The mode that the inventory declares, which the record keeps. */
  readonly declaredMode: string | null;
  /** Of a file that is put back: its entry in the record of then, and how its unit ran. */
  readonly restores?: { readonly entry: AppliedFile | null; readonly ran?: UnitRan };
}

/** The actions that change a file. */
export const writingActions: ReadonlySet<InfraAction> = new Set([
  'create',
  'write',
  'append',
  'delete',
]);

/** The gravest verdict of the items. */
export function infraState(items: readonly InfraItem[]): FileVerdict | 'n/a' {
  return worstVerdict(items.map(({ verdict }) => verdict));
}

/** Whether anything is not as the repo says: what differs, what is missing, what runs with the old. */
export function hasChanges(items: readonly InfraItem[]): boolean {
  const isSettled = ({ verdict }: InfraItem): boolean =>
    verdict === 'in-sync' || verdict === 'converged' || verdict === 'unknown';
  return items.some((item) => !isSettled(item) || item.reloadNeeded);
}

/** Those that could not be looked at. */
export function unreadable(items: readonly InfraItem[]): readonly InfraItem[] {
  return items.filter(({ verdict }) => verdict === 'unknown');
}

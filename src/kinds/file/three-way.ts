import type { FileVerdict } from '../../model/file-verdict.ts';

/** Whether each two of what the repo says, what was applied last and what is there are the same. */
export interface Sides {
  readonly repoIsLive: boolean;
  /** Null where nothing was applied yet. */
  readonly applied: { readonly isRepo: boolean; readonly isLive: boolean } | null;
}

/** How a file that is in the repo and there stands: the table of three states. */
export function threeWay({ repoIsLive, applied }: Sides): FileVerdict {
  if (applied === null) return repoIsLive ? 'in-sync' : 'unmanaged';
  if (repoIsLive) return applied.isRepo ? 'in-sync' : 'converged';
  if (applied.isLive) return 'pending';
  return applied.isRepo ? 'drift' : 'conflict';
}

import type { Applied } from '../../model/applied.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { FileKind, Inventory } from '../../model/inventory.ts';
import type { FileSeen } from '../../transports/contract-files.ts';

/** A file that was applied once and that the inventory no longer names. */
export interface Orphan {
  readonly id: string;
  readonly kind: FileKind;
  readonly host: string;
  readonly path: string;
}

/** What the record has and the inventory has not; what another entry puts to the same place is none. */
export function orphansOf({ files, hosts }: Inventory, applied: Applied): readonly Orphan[] {
  const named = new Set(files.map(({ id }) => id));
  return [...applied].flatMap(([id, { place }]) => {
    if (named.has(id) || place === null || !hosts.some(({ name }) => name === place.host))
      return [];
    return [{ id, kind: place.kind as FileKind, host: place.host, path: place.path }];
  });
}

/** It is taken away with `--prune`, and only where it stands as it was applied. */
export function planOrphan(
  { id, kind, host, path }: Orphan,
  {
    live,
    applied,
    prune,
  }: { readonly live: FileSeen | null; readonly applied: Applied; readonly prune: boolean },
): PlannedItem {
  const recorded = applied.get(id) ?? null;
  const isGone = live !== null && live.fault === null && !live.isThere;
  const isAsApplied =
    live !== null && live.fault === null && !live.isLink && live.sha256 === recorded?.sha256;
  const isUnknown = live === null || live.fault !== null;
  const mayGo = isAsApplied && kind !== 'env';
  const write =
    prune && mayGo && live !== null
      ? {
          ...{ path, text: null, mode: live.mode ?? '0644', was: live.sha256 },
          before: { text: live.text, mode: live.mode ?? '0644', owner: live.owner },
        }
      : null;
  const note = isUnknown
    ? (live?.fault?.message ?? 'its host was not reached')
    : orphanNote({ isGone, mayGo, prune, kind });
  return {
    item: {
      ...{ id, kind, host, source: null, destination: path, service: null },
      verdict: isUnknown ? 'unknown' : 'orphan',
      ...{ reloadNeeded: false, note },
      action: write ? 'delete' : isGone ? 'record' : 'left',
    },
    change: null,
    ...{
      write,
      recorded,
      livePath: path,
      liveSha256: live?.sha256 ?? null,
      declaredMode: recorded?.mode ?? null,
    },
  };
}

interface Words {
  readonly isGone: boolean;
  readonly mayGo: boolean;
  readonly prune: boolean;
  readonly kind: FileKind;
}

function orphanNote({ isGone, mayGo, prune, kind }: Words): string {
  const why = 'the inventory no longer names it';
  if (isGone) return `${why}, and it is gone`;
  if (kind === 'env') return `${why}; its values are yours: take it away by hand`;
  if (!mayGo) return `${why}, and it was changed since it was applied: it is kept`;
  return prune ? why : `${why}: --prune takes it away`;
}

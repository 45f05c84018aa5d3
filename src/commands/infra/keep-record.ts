import { type Applied, type AppliedFile, appliedText } from '../../model/applied.ts';
import { type OpenNetwork, recordOf } from '../open-network.ts';
import { finishing } from './apply-ground.ts';

/** The record of what was applied, as it is and as it is changed. It rejects with a FaultError. */
export interface RecordKeeper {
  of(item: string): AppliedFile | null;
  entries(): Applied;
  /** Null forgets it. */
  put(item: string, entry: AppliedFile | null): Promise<void>;
  /** The whole of it, where it is another one. */
  replace(applied: Applied): Promise<void>;
}

/** Writes the record as a whole each time, over nothing but what it was seen to be. */
export function recordKeeper(
  open: OpenNetwork,
  began: { readonly applied: Applied; readonly sha256: string | null },
): RecordKeeper {
  const { transports } = open;
  const path = recordOf(open);
  let { applied, sha256 } = began;
  const replace = async (next: Applied): Promise<void> => {
    const text = appliedText(next);
    if (text === appliedText(applied)) return;
    await transports.writeFile({ on: null, path, text, mode: '0600', was: sha256 }, finishing);
    const [seen] = await transports.lookAtFiles(null, [path], finishing);
    sha256 = seen?.sha256 ?? null;
    applied = next;
  };
  return {
    of: (item) => applied.get(item) ?? null,
    entries: () => applied,
    put: async (item, entry) => {
      const next = new Map(applied);
      if (entry === null) next.delete(item);
      else next.set(item, entry);
      await replace(next);
    },
    replace,
  };
}

import { type Applied, type AppliedFile, sumToCome } from '../../model/applied.ts';
import type { ApplyLog } from '../../model/apply-log.ts';

/** A file of an apply that did not end, as it stands now. */
export interface Settled {
  readonly item: string;
  /** `other` is what somebody has made of it since, or what cannot be read. */
  readonly stands: 'before' | 'after' | 'other';
  /** Of what stands there; null for nothing. */
  readonly sha256: string | null;
}

/**
 * The record as it would be had the apply been able to keep it: what it has written counts as applied
 * and not yet read by what runs, what it had not written yet does not.
 */
export function settle(applied: Applied, log: ApplyLog, found: readonly Settled[]): Applied {
  const settled = new Map(applied);
  for (const write of log.writes) {
    const { stands, sha256 } = found.find(({ item }) => item === write.item) ?? unseen;
    if (stands === 'other') continue;
    const entry = stands === 'after' ? summed(write.recordAfter, sha256) : write.recordBefore;
    const isRead = stands === 'after' ? isServed(log, write.service) : write.restore === 'none';
    const kept = entry && marked(entry, { isRead, stands, service: write.service, at: log.at });
    if (kept === null) settled.delete(write.item);
    else settled.set(write.item, kept);
  }
  return settled;
}

const unseen = { stands: 'other', sha256: null } as const;

function summed(entry: AppliedFile | null, sha256: string | null): AppliedFile | null {
  return entry?.sha256 === sumToCome ? { ...entry, sha256: sha256 ?? sumToCome } : entry;
}

function isServed({ services }: ApplyLog, service: string | null): boolean {
  return services.some((one) => one.service === service && one.note !== null);
}

interface Standing {
  readonly isRead: boolean;
  readonly stands: 'before' | 'after';
  readonly service: string | null;
  readonly at: string;
}

/** What was there before is as it was, but where it was put back and nothing was started with it. */
function marked(entry: AppliedFile, { isRead, stands, service, at }: Standing): AppliedFile {
  if (service === null) return entry;
  if (!isRead) return { ...entry, unreadSince: entry.unreadSince ?? at };
  return stands === 'after' ? { ...entry, unreadSince: null } : entry;
}

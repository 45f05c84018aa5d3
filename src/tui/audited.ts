import type { Known } from './known.ts';
import { type Line, lineOf, seg } from './line.ts';
import { momentWords, type TimeFrame } from './times.ts';

/** An audit that is older says little of what a host is now. */
const oldAfterMs = 30 * 86_400_000;

/** `audited 41d ago`; null of a host that never was, or was of late. */
export function oldAuditNote({ audited, atMs }: Known, host: string): string | null {
  const at = audited?.[host];
  if (at === undefined || atMs - Date.parse(at) <= oldAfterMs) return null;
  return `audited ${momentWords(at, { nowMs: atMs, mode: 'relative', timeZone: undefined })}`;
}

/** When it was audited; nothing where nobody has looked for it. */
export function auditedLines(known: Known, host: string, times: TimeFrame): readonly Line[] {
  const { audited } = known;
  if (audited === null) return [];
  const at = audited[host];
  if (at === undefined) return [lineOf(' ', seg('never audited: A does it', 'dim'))];
  const words = `audited ${momentWords(at, times)}`;
  const isOld = oldAuditNote(known, host) !== null;
  return [lineOf(' ', isOld ? seg(`${words}: A looks again`, 'warn') : seg(words, 'dim'))];
}

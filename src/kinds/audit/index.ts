import * as z from 'zod';
import { compareAudits } from '../../audit/compare/compare-audits.ts';
import { isAuditId, parseStored } from '../../audit/compare/stored-audit.ts';
import type { AuditReport } from '../../model/audit.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { defineKind, type ObserveContext } from '../contract.ts';
import { type DriftOfHost, driftOf, unknownDrift } from './drift-of.ts';

const spec = z.strictObject({
  /** Where its audits are stored, on this machine. */
  folder: z.string(),
});

interface AuditCheckFacts {
  /** Null of a host that was never audited. */
  readonly drift: DriftOfHost | null;
}

/** The newest audit of a host beside the accepted one, both as they are stored: the host is not asked. */
export const audit = defineKind({
  kind: 'audit',
  summary: 'A host is as its accepted audit says, by its newest one. Made from the hosts.',
  intervalMs: 60_000,
  spec,
  observe: async ({ folder }, { transports, options }): Promise<AuditCheckFacts> => {
    const look = lookIn(folder, { transports, options });
    const pointers = await look(['newest', 'accepted']);
    const [newest, accepted] = pointers.map(idIn);
    const anew = `: joelclaw audit ${folder.slice(folder.lastIndexOf('/') + 1)}`;
    if (newest === undefined || newest === null) {
      const isThere = pointers[0]?.isThere === true || pointers[0]?.fault != null;
      const note = `which audit is the newest cannot be read${anew}`;
      return { drift: isThere ? unknownDrift(note) : null };
    }
    const ids = [newest, ...(accepted ? [accepted] : [])];
    const [now, was] = (await look(ids.map((id) => `${id}.json`))).map(auditIn);
    if (typeof now !== 'object') {
      return { drift: unknownDrift(`the newest audit: ${now ?? 'not read'}${anew}`) };
    }
    const nowMs = transports.clock.now();
    if (was === undefined) return { drift: driftOf(now, null, nowMs) };
    if (typeof was === 'string')
      return { drift: unknownDrift(`the accepted audit: ${was}${anew}`) };
    return { drift: driftOf(now, compareAudits(was, now), nowMs) };
  },
  // That they were read is well; how the host stands is said on Drift.
  judge: ({ drift }) =>
    drift === null ? { state: 'n/a', note: 'never audited' } : { state: 'up', note: 'compared' },
});

function lookIn(
  folder: string,
  { transports, options }: Pick<ObserveContext, 'transports' | 'options'>,
) {
  return (names: readonly string[]): Promise<readonly FileSeen[]> =>
    transports.lookAtFiles(
      null,
      names.map((name) => `${folder}/${name}`),
      options,
    );
}

function idIn({ isThere, fault, text }: FileSeen): string | null {
  const id = isThere && !fault ? text.trim() : '';
  return isAuditId(id) ? id : null;
}

function auditIn({ path, isThere, fault, text }: FileSeen): AuditReport | string {
  if (fault) return fault.message;
  if (!isThere) return `${path} is gone`;
  return parseStored(text) ?? `${path} is damaged, or of a newer joelclaw`;
}

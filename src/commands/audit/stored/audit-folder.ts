import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAuditId, parseStored } from '../../../audit/compare/stored-audit.ts';
import type { AuditReport } from '../../../model/audit.ts';
import type { Context } from '../../context.ts';
import type { OpenNetwork } from '../../open-network.ts';
import { readStateFile, type StateFile } from '../../state-file.ts';

/** Where a host's audits are, in the network's state folder; of a lab in its own. */
export function auditFolder(
  { stateFolder }: Pick<OpenNetwork, 'stateFolder'>,
  host: string,
): string {
  return join(stateFolder, 'audits', host);
}

/** The two that are pointed at, each by a file that holds an id. */
export type Pointer = 'accepted' | 'newest';

export function pointerFile(folder: string, name: Pointer): StateFile {
  return { folder, name, what: `which audit is the ${name} one` };
}

/** The id that a pointer holds; null where there is none. */
export async function pointedAt(
  folder: string,
  name: Pointer,
  context: Pick<Context, 'warn'>,
): Promise<string | null> {
  const id = (await readStateFile(pointerFile(folder, name), context))?.trim() ?? '';
  return isAuditId(id) ? id : null;
}

/** The ids of all that are stored, the newest first. */
export async function storedIds(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.json') && isAuditId(name.slice(0, -'.json'.length)))
    .map((name) => name.slice(0, -'.json'.length))
    .toSorted()
    .toReversed();
}

/** A stored audit, or why there is none that can be read. */
export async function readAudit(folder: string, id: string): Promise<AuditReport | string> {
  const path = join(folder, `${id}.json`);
  try {
    const report = parseStored(await readFile(path, 'utf8'));
    return report?.id === id ? report : `${path} is damaged, or of a newer joelclaw`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'ENOENT' ? `there is no ${path}` : `${path} cannot be read (${code})`;
  }
}

/** The newest that can be read; those that cannot are named and passed over. Null for none. */
export async function newestAudit(
  folder: string,
  context: Pick<Context, 'warn'>,
): Promise<AuditReport | null> {
  const newest = await pointedAt(folder, 'newest', context);
  const ids = await storedIds(folder);
  const first = newest !== null && ids.includes(newest) ? [newest] : [];
  for (const id of new Set([...first, ...ids])) {
    const found = await readAudit(folder, id);
    if (typeof found !== 'string') return found;
    context.warn(`an audit is passed over: ${found}`);
  }
  return null;
}

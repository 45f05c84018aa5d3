import { dirname } from 'node:path';
import { FaultError } from '../../../model/errors.ts';
import { makeFolder } from '../../make-folder.ts';
import { whyNotKept } from '../../why-not-kept.ts';
import type { AuditGround } from '../with-host.ts';
import { pinnedText } from './pinned-text.ts';
import { refused } from './refusals.ts';

interface Pins {
  readonly file: string;
  readonly name: string;
  readonly keys: readonly Buffer[];
  readonly keep: readonly Buffer[] | null;
}

/** Writes them as a whole, for nobody else to read or write. What another has written meanwhile is not gone over. */
export async function pinKeys({ open, context }: AuditGround, pins: Pins): Promise<void> {
  const { file, name } = pins;
  if (!/^[\w.:[\]%-]+$/.test(name)) {
    throw refused(`${name} would be a pattern in known_hosts`, 'NO_NAME', 'mend hosts[].ssh.host');
  }
  const { transports } = open;
  const options = { timeoutMs: context.options.timeoutMs, signal: context.signal };
  const unkept = (why: string) =>
    refused(`${file} could not be written: ${why}`, 'NOT_KEPT', 'look at the disk');
  await makeFolder(dirname(file), 0o700).catch((error: unknown) => {
    throw unkept(whyNotKept(error));
  });
  const [seen] = await transports.lookAtFiles(null, [file], options);
  if (!seen || seen.fault) throw unkept(seen?.fault?.message ?? 'it cannot be read');
  const text = pinnedText(seen.isThere ? seen.text : '', pins);
  await transports
    .writeFile({ on: null, path: file, text, mode: '0600', was: seen.sha256 }, options)
    .catch((error: unknown) => {
      throw error instanceof FaultError ? unkept(error.fault.message) : error;
    });
}

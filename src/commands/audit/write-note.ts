import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { isMap, parseDocument } from 'yaml';
import type { AuditReport } from '../../model/audit.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import type { Service } from '../../model/inventory.ts';
import { shellWord } from '../../model/shell-word.ts';
import { auditNote } from '../../outputs/audit-note.ts';
import { linesIn, partsOf } from '../../outputs/note-parts.ts';
import type { Context } from '../context.ts';
import { isFolder } from '../is-folder.ts';
import type { OpenNetwork } from '../open-network.ts';
import { notePath } from './note-path.ts';

/** What has become of a note; `planned` would be written but for `--dry-run`. */
export interface NoteWritten {
  readonly path: string;
  readonly state: 'written' | 'unchanged' | 'planned';
}

/**
 * Writes what a whole look has seen into the vault, atomically, and only where that is something new.
 * `report` has no secrets any more. It rejects with a UserError that says what to do.
 */
export async function writeNote(
  report: AuditReport,
  { open, context }: { readonly open: OpenNetwork; readonly context: Context },
): Promise<NoteWritten> {
  const { readOnly, dryRun, timeoutMs } = context.options;
  if (readOnly && !dryRun) throw refused('this is --read-only', 'leave that out');
  if (report.cutOff !== null) {
    throw refused(`the look into ${report.host} ended before its end`, 'look again');
  }
  const path = notePath(await vaultOf(open), report.host);
  const { transports } = open;
  const options = { timeoutMs, signal: context.signal };
  try {
    const [seen] = await transports.lookAtFiles(null, [path], options);
    if (!seen) throw refused('its note could not be looked at', 'try again');
    if (seen.fault !== null) throw new FaultError(seen.fault);
    const previous = seen.isThere ? seen.text : null;
    const text = newText(report, { previous, path, services: open.network.inventory.services });
    if (text === previous) return { path, state: 'unchanged' };
    if (previous?.includes('\uFFFD') && !(await isWholeText(path, open))) {
      const way = `make it UTF-8: iconv -f latin1 -t utf-8 ${shellWord(path)}`;
      throw refused(`${path} holds a byte that is no UTF-8, which would be lost`, way);
    }
    if (dryRun) return { path, state: 'planned' };
    const mode = seen.mode ?? '0644';
    await transports.writeFile({ on: null, path, text, mode, was: seen.sha256 }, options);
    return { path, state: 'written' };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'aborted') throw error;
    const { code, message, hint = 'look at its folder' } = error.fault;
    const again = `joelclaw audit ${report.host} --write, once more`;
    throw refused(message, code === 'stale' ? again : hint);
  }
}

/** What is read as the sign of a broken character may be that very sign. A lab's files are made of texts. */
async function isWholeText(path: string, { rootPath }: OpenNetwork): Promise<boolean> {
  return rootPath === null || isUtf8(await readFile(path).catch(() => Buffer.alloc(0)));
}

interface Place {
  readonly previous: string | null;
  readonly path: string;
  readonly services: readonly Service[];
}

function newText(report: AuditReport, { previous, path, services }: Place): string {
  const broken = previous === null ? null : frontmatterFault(previous);
  if (broken !== null) throw refused(`the frontmatter of ${path} ${broken}`, 'mend it by hand');
  const version = process.env['JOELCLAW_VERSION'];
  const generator = version === undefined ? 'joelclaw' : `joelclaw ${version}`;
  const note = auditNote({
    ...{ report, previous, generator },
    healthUrl: healthUrlOf(services.filter(({ host }) => host === report.host)),
  });
  if ('text' in note) return note.text;
  throw refused(`${path} ${note.message}`, note.hint);
}

/** What stands there must be a map, or a key put to it would make it worse. */
function frontmatterFault(text: string): string | null {
  const parts = partsOf(text);
  if ('message' in parts) return null;
  const head = linesIn(parts.head).slice(1, -1).join('\n');
  const document = parseDocument(head, { prettyErrors: false });
  if (document.errors.length > 0) return `is no YAML: ${document.errors[0]?.message}`;
  const { contents } = document;
  if (contents === null) return null;
  if (!isMap(contents)) return 'is no list of keys';
  return contents.flow === true ? 'is written in braces: a key to a line is wanted' : null;
}

function healthUrlOf(services: readonly Service[]): string | null {
  const urls = services.flatMap(({ checks }) =>
    checks.flatMap(({ kind, spec }) => (kind === 'http' ? [spec['url']] : [])),
  );
  return urls.find((url) => typeof url === 'string') ?? null;
}

/** The lab's vault is of its own; a real one must be there, as nobody wants a second one by a slip. */
async function vaultOf({ network, rootPath }: OpenNetwork): Promise<string> {
  const { vault = null } = network.inventory;
  if (vault === null) {
    throw refused(
      'the inventory names no vault to write the note into',
      'vault: ~/Vault, at the top of inventory.yaml',
    );
  }
  if (rootPath === null) return vault;
  if (await isFolder(vault)) return vault;
  throw refused(`there is no folder ${vault}`, 'make it, or mend `vault` of inventory.yaml');
}

function refused(message: string, hint: string): UserError {
  return new UserError(`the note was not written: ${message}`, {
    ...{ code: 'NOTE_NOT_WRITTEN', exitCode: 1 },
    hint,
  });
}

import { appendFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyHider, hideInLog } from '../model/hide-secrets.ts';
import { cleaner } from '../model/plain-text.ts';
import { makeFolder } from './make-folder.ts';

/** The log of all cockpits of a user: at most two files of this size. */
const mostBytes = 1024 * 1024;
const rememberedLines = 50;
const keptReports = 5;

/** Where a cockpit says what cannot be said on the screen. */
export interface LogFile {
  readonly path: string;
  /** Each line dated, made plain and without secrets. It never throws: `trouble` tells why. */
  line(text: string): void;
  /** A text of any lines as it may be shown: plain, and without what is or looks like a secret. */
  clean(text: string): string;
  /** Values that are hidden from now on too. */
  hide(secrets: readonly string[]): void;
  /** Why it could not be written; null while it can. */
  trouble(): string | null;
  /** Writes a report of a crash beside it, with the last lines; its path, or null when it could not. */
  report(lines: readonly string[]): string | null;
}

/** Opens `joelclaw.log` in the state folder. */
export async function openLog(stateHome: string): Promise<LogFile> {
  const path = join(stateHome, 'joelclaw.log');
  const last: string[] = [];
  const hidden = new Set<string>();
  let plain = cleaner([]);
  let trouble: string | null = null;
  const clean = (text: string): string => {
    const hideKey = createKeyHider();
    // Before, as the cut may leave half of one; after, as a control sequence may have hidden it.
    const line = (one: string): string => hideInLog(plain(hideInLog(hideKey(one))));
    return text.split('\n').map(line).join('\n');
  };
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      trouble ??= `the log could not be written (${code}): ${path}`;
      return null;
    }
  };
  await makeFolder(stateHome, 0o700).catch((error: unknown) => {
    attempt(() => {
      throw error;
    });
  });
  return {
    path,
    line: (text) => {
      const at = new Date().toISOString();
      const lines = clean(text.trimEnd())
        .split('\n')
        .map((line) => `${at} ${line}`);
      last.push(...lines);
      last.splice(0, Math.max(0, last.length - rememberedLines));
      attempt(() => {
        rotate(path);
        appendFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
      });
    },
    hide: (secrets) => {
      for (const secret of secrets) hidden.add(secret);
      plain = cleaner([...hidden]);
    },
    clean,
    trouble: () => trouble,
    report: (lines) =>
      attempt(() => {
        const name = `crash-${new Date().toISOString().replaceAll(':', '-')}.txt`;
        const text = [clean(lines.join('\n')), '', 'last lines of the log:', ...last, ''];
        forgetReports(stateHome);
        writeFileSync(join(stateHome, name), text.join('\n'), { mode: 0o600, flag: 'wx' });
        return join(stateHome, name);
      }),
  };
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size >= mostBytes) renameSync(path, `${path}.1`);
}

/** Room for one more. */
function forgetReports(folder: string): void {
  const reports = readdirSync(folder).filter((name) => /^crash-.*\.txt$/.test(name));
  for (const name of reports.sort().slice(0, Math.max(0, reports.length - keptReports + 1)))
    rmSync(join(folder, name));
}

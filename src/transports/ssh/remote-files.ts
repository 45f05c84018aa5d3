import { randomBytes } from 'node:crypto';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../contract.ts';
import type { FileSeen } from '../contract-files.ts';
import { maxFileBytes } from '../files.ts';
import { notThere, sha256Of } from '../look-at-file.ts';

/** Of all files of one look together. */
export const maxLookBytes = 16 * 1024 * 1024;

/**
 * For each path: what it is, how `ls` lists what it leads to, when that was written, its text. What stands in a file cannot
 * be taken for a frame, as each look has a mark of its own. Programs: ls and head of
 * any system, and stat of GNU or BSD.
 */
const script = `mark=$1
shift
for path; do
  case $path in "~/"*) path="$HOME/\${path#??}";; esac
  if [ -L "$path" ]; then is=link; else is=own; fi
  printf '%s BEGIN %s\\n' "$mark" "$is"
  ls -ldnL -- "$path" 2>&1
  { stat -Lc 'changed %Y' -- "$path" || stat -Lf 'changed %m' -- "$path"; } 2>/dev/null
  printf '%s TEXT\\n' "$mark"
  if [ -f "$path" ]; then head -c ${maxFileBytes + 1} <"$path"; else false; fi
  printf '\\n%s END %s\\n' "$mark" "$?"
done`;

/** A look at files of a host: what to run there, and how to read what that says. */
export interface FilesLook {
  readonly argv: readonly [string, ...string[]];
  read(output: ExecOutput): readonly FileSeen[];
}

/** One program for all of the paths, in their order. */
export function lookAtFilesThere(paths: readonly string[]): FilesLook {
  const mark = `@@${randomBytes(12).toString('hex')}`;
  return {
    argv: ['sh', '-c', script, 'sh', mark, ...paths],
    read: ({ stdout }) => {
      const answers = stdout.split(`${mark} BEGIN `).slice(1);
      return paths.map((path, index) => seenIn(answers[index] ?? '', { path, mark }));
    },
  };
}

interface Asked {
  readonly path: string;
  readonly mark: string;
}

function seenIn(answer: string, { path, mark }: Asked): FileSeen {
  const [head = '', rest = ''] = splitOnce(answer, `\n${mark} TEXT\n`);
  const [text = '', end] = splitOnce(rest, `\n${mark} END `);
  const [is = '', listed = ''] = splitOnce(head, '\n');
  const isLink = is === 'link';
  const mode = modeOf(listed);
  const owner = ownerOf(listed);
  const changedAtMs = changedAtOf(listed);
  const seen = { ...notThere(path), isThere: mode !== null, isLink, mode, owner, changedAtMs };
  if (end === undefined) {
    return { ...seen, fault: faultOf('protocol', `the look at ${path} was cut off`) };
  }
  if (mode === null) {
    if (/no such file|not a directory/i.test(listed)) return seen;
    return { ...seen, fault: unlisted(path, listed) };
  }
  const fault = Number.parseInt(end, 10) === 0 ? sizeFault(path, text) : unread(path, listed);
  return fault ? { ...seen, fault } : { ...seen, text, sha256: sha256Of(text) };
}

function splitOnce(text: string, by: string): readonly [string, string?] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}

const listing = /^[-dbclps]([r-][w-][xsS-])([r-][w-][xsS-])([r-][w-][xtT-])/m;

/** `-rwxr-xr-x@` as `0755`; null for a line that is no listing. */
function modeOf(listed: string): string | null {
  const classes = listing.exec(listed)?.slice(1);
  if (!classes) return null;
  const special = classes.reduce(
    (sum, one, index) => sum + (/[st]/i.test(one) ? 4 >> index : 0),
    0,
  );
  const digits = classes.map(
    ([read, write, run]) =>
      (read === 'r' ? 4 : 0) + (write === 'w' ? 2 : 0) + (/[xst]/.test(run ?? '') ? 1 : 0),
  );
  return `${special}${digits.join('')}`;
}

/** After the mode and the number of links come user and group. */
function ownerOf(listed: string): string | null {
  const [, user, group] = /^[-dbclps]\S{9,}\s+\d+\s+(\d+)\s+(\d+)\s/m.exec(listed) ?? [];
  return user === undefined || group === undefined ? null : `${user}:${group}`;
}

/** In whole seconds (stat(1)); null without such a program. */
function changedAtOf(listed: string): number | null {
  const [, seconds] = /^changed (\d+)$/m.exec(listed) ?? [];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

function unlisted(path: string, listed: string): Fault {
  if (/permission denied|not permitted/i.test(listed)) return forbidden(path);
  const said = listed.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  return faultOf('protocol', `${path} cannot be looked at${said === '' ? '' : `: ${said}`}`);
}

function unread(path: string, listed: string): Fault {
  return listed.startsWith('-') ? forbidden(path) : faultOf('not-found', `${path} is not a file`);
}

function forbidden(path: string): Fault {
  return faultOf('forbidden', `${path} may not be read`, { hint: 'check its owner and mode' });
}

function sizeFault(path: string, text: string): Fault | null {
  if (Buffer.byteLength(text) <= maxFileBytes) return null;
  return faultOf('protocol', `${path} is larger than ${maxFileBytes / 1024} KiB`);
}

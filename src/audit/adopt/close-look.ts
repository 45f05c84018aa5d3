import type { SeenProcess } from '../../model/adoption.ts';

/**
 * One process, as exactly as a unit needs it: its very arguments, what it has open to write, and what may
 * start it at a boot. It only reads. Its parameter is the number of the process.
 */
export const closeLookScript = String.raw`# joelclaw: a close look at one process
LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
p=/proc/$1
hex() { od -An -v -tx1 | tr -d ' \n'; }
told() { printf '%s ' "$1"; hex; echo; }
[ -r "$p/stat" ] || exit 3
told boot </proc/sys/kernel/random/boot_id
told stat <"$p/stat"
told arguments <"$p/cmdline"
readlink "$p/exe" | told executable
readlink "$p/cwd" | told directory
readlink "$p/fd/1" | told output
uid=$(sed -n 's/^Uid:[[:space:]]*\([0-9]*\).*/\1/p' "$p/status")
printf %s "$uid" | told uid
user=$(id -nu "$uid" 2>/dev/null)
printf %s "$user" | told user
home=$(getent passwd "$uid" | cut -d: -f6)
printf %s "$home" | told home
grep -E '^(VmHWM|Threads):' "$p/status" | told size
tr '\0\n' '\n ' <"$p/environ" 2>/dev/null | sed -E '/^(PORT|HOST|PDF_LIBRARY_PATH|OLLAMA_HOST)=/!s/=.*//' | told environment
for fd in "$p"/fd/*; do
  [ "$(basename "$fd")" -gt 2 ] 2>/dev/null || continue
  flags=$(sed -n 's/^flags:[[:space:]]*//p' "$p/fdinfo/$(basename "$fd")" 2>/dev/null)
  case $flags in *[12]) readlink "$fd" ;; esac
done 2>/dev/null | sort -u | head -n 200 | told writes
up=$1
while [ "$up" -gt 1 ] 2>/dev/null; do
  up=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$up/status" 2>/dev/null)
  [ -n "$up" ] && [ "$up" -gt 1 ] && told parent <"/proc/$up/cmdline"
done 2>/dev/null
first=$(tr '\0' '\n' <"$p/cmdline" | sed -n 1p)
case $first in /*) readlink -f "$first" | told program ;; esac
if [ "$(id -u)" = 0 ]; then crontab -u "$user" -l; else crontab -l; fi 2>/dev/null | told crontab
for file in /etc/crontab /etc/cron.d/* /etc/rc.local; do
  [ -r "$file" ] && sed "s|^|$file:|" "$file"
done | told files
for file in /etc/supervisor/conf.d/*.conf /etc/supervisord.d/*.ini; do
  [ -r "$file" ] && sed "s|^|$file:|" "$file"
done | told supervisor
id -u | told asking
printf %s "$HOME" | told asking-home
printf 'done \n'
`;

/** What was seen of it; lists hold a line each. */
export interface CloseLook {
  readonly process: SeenProcess;
  readonly home: string;
  /** Its first argument where that is a path, with links followed. */
  readonly program: string | null;
  /** Names, and `NAME=value` of the few that are no secrets. */
  readonly environment: readonly string[];
  readonly writes: readonly string[];
  readonly parents: readonly (readonly string[])[];
  readonly crontab: readonly string[];
  /** `/etc/cron.d/x:@reboot …` */
  readonly files: readonly string[];
  readonly supervisor: readonly string[];
  readonly peakBytes: number;
  readonly threads: number;
  /** Who asks there, and the home that `~` is there. */
  readonly askingUid: number;
  readonly askingHome: string;
}

/** Null where it did not come to its end, or the process is gone. */
export function readCloseLook(pid: number, output: string): CloseLook | null {
  const told = output.split('\n').map((line) => line.split(' ', 2) as [string, string?]);
  const all = (key: string) =>
    told.flatMap(([name, hex = '']) => (name === key ? [textOf(hex)] : []));
  const one = (key: string): string => all(key)[0] ?? '';
  const linesOf = (key: string): readonly string[] =>
    one(key)
      .split('\n')
      .filter((line) => line !== '');
  const startTicks = one('stat')
    .replace(/^.*\) /s, '')
    .split(' ')[19];
  const argv = wordsOf(one('arguments'));
  if (!told.some(([name]) => name === 'done') || startTicks === undefined || argv.length === 0) {
    return null;
  }
  const output1 = one('output').trim();
  const size = (key: string): number =>
    Number(new RegExp(`^${key}:\\s*(\\d+)`, 'm').exec(one('size'))?.[1] ?? 0);
  return {
    process: {
      ...{ pid, startTicks, bootId: one('boot').trim(), uid: Number(one('uid')) },
      ...{ user: one('user'), argv, executable: lineOf(one('executable')) },
      workingDirectory: lineOf(one('directory')),
      output: output1.startsWith('/') && !output1.startsWith('/dev/') ? output1 : null,
    },
    home: one('home'),
    program: lineOf(one('program')) || null,
    ...{ environment: linesOf('environment'), writes: linesOf('writes') },
    parents: all('parent').map(wordsOf),
    ...{ crontab: linesOf('crontab'), files: linesOf('files'), supervisor: linesOf('supervisor') },
    ...{ peakBytes: size('VmHWM') * 1024, threads: size('Threads') },
    ...{ askingUid: Number(one('asking')), askingHome: one('asking-home') },
  };
}

function textOf(hex: string): string {
  const codes = (hex.match(/../g) ?? []).map((pair) => `%${pair}`).join('');
  try {
    return decodeURIComponent(codes);
  } catch {
    return '';
  }
}

function lineOf(text: string): string {
  return text.replace(/\n$/, '');
}

function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}

import type { BootEntry, OldManager } from '../../model/adoption.ts';
import type { CloseLook } from './close-look.ts';

/** What starts it at a boot, or why that cannot be told for certain. */
export type BootFound =
  | { readonly entry: BootEntry | null }
  | { readonly why: string; readonly hint: string };

interface Line {
  readonly entry: BootEntry;
  readonly command: string;
}

/** Finds what else starts a process at a boot: exactly one line, or none, or it is left to a person. */
export function bootEntryOf(kind: OldManager, name: string | null, look: CloseLook): BootFound {
  if (kind === 'supervisor') return ofSupervisor(name ?? '', look);
  if (kind === 'systemd' || kind === 'systemd-user' || kind === 'pm2') return { entry: null };
  const words = tellingWords(look);
  const rc = look.files.find((line) => isOf(line, '/etc/rc.local') && has(line, words));
  if (rc !== undefined) {
    return { why: '/etc/rc.local starts it', hint: 'take that line out by hand, then adopt it' };
  }
  const found = linesOf(look).filter(({ command }) => starts(command, words, look));
  if (found.length > 1) {
    const hint = 'take out by hand what does not start it, then adopt it';
    return { why: `${found.length} lines of crontabs may start it at a boot`, hint };
  }
  if (found.length === 0 && kind === 'cron') {
    const hint = 'name the program in its @reboot line, or take that out by hand and start it anew';
    return { why: 'the line of a crontab that starts it cannot be told', hint };
  }
  return { entry: found[0]?.entry ?? null };
}

const reboot = /^\s*@reboot\s+/;

function linesOf({ crontab, files, process: { user } }: CloseLook): readonly Line[] {
  const own = crontab.flatMap((line): readonly Line[] =>
    reboot.test(line)
      ? [{ entry: { type: 'crontab', user, line }, command: line.replace(reboot, '') }]
      : [],
  );
  const ofSystem = files.flatMap((told): readonly Line[] => {
    const [, path = '', line = ''] = /^([^:]+):(.*)$/.exec(told) ?? [];
    if (path === '/etc/rc.local' || !reboot.test(line)) return [];
    const command = line.replace(reboot, '').replace(/^\S+\s+/, '');
    return [{ entry: { type: 'cron-file', path, line }, command }];
  });
  return [...own, ...ofSystem];
}

/** What is left at the boot beside it, for a person to look at. */
export function otherAtBoot(look: CloseLook, entry: BootEntry | null): readonly string[] {
  const own = entry !== null && entry.type !== 'supervisor' ? entry.line : null;
  return linesOf(look).flatMap(({ entry: one }) =>
    one.type !== 'supervisor' && one.line !== own ? [one.line] : [],
  );
}

/** The shell that cron has started has the whole command as an argument; else it names what runs. */
function starts(command: string, words: readonly string[], { parents }: CloseLook): boolean {
  return parents.some((argv) => argv.includes(command)) || has(command, words);
}

/** Paths among its arguments: of an interpreter not itself, but what it was given. */
function tellingWords({ process: { argv, executable } }: CloseLook): readonly string[] {
  const paths = argv.slice(1).filter((word) => word.includes('/') && word.length > 3);
  return paths.length > 0 ? paths : [argv[0] ?? executable].filter((word) => word.includes('/'));
}

function has(line: string, words: readonly string[]): boolean {
  return words.some((word) => line.split(/[\s'"]+/).includes(word));
}

function isOf(told: string, path: string): boolean {
  return told.startsWith(`${path}:`) && !told.startsWith(`${path}:#`);
}

function ofSupervisor(name: string, { supervisor }: CloseLook): BootFound {
  const program = name.replace(/:.*$/, '');
  const sections = supervisor.flatMap((told) => {
    const [, path = '', section = ''] = /^([^:]+):\s*\[([^\]]+)\]/.exec(told) ?? [];
    return section === '' ? [] : [{ path, section }];
  });
  const path = sections.find(({ section }) => section === `program:${program}`)?.path;
  const hint = 'take its section out by hand, then adopt it';
  if (path === undefined) return { why: `no file of supervisor has program:${program}`, hint };
  if (sections.filter((one) => one.path === path).length > 1) {
    return { why: `${path} holds more than program:${program}`, hint };
  }
  return { entry: { type: 'supervisor', path } };
}

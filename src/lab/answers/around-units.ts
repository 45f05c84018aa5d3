import type { Moment, Program, ProgramEnd } from '../site.ts';
import { logPath, nowOf, pidOf, plistPath, type Unit } from './launchd-units.ts';

/** What a Mac tells of the processes, files and ports of its units: lsof, ps, stat, tail. */
export function aroundUnits(units: readonly Unit[]): Readonly<Record<string, Program>> {
  return {
    '/usr/sbin/lsof': (args, moment) => lsof(units, args, moment),
    '/bin/ps': (args, moment) => etime(units, args, moment),
    '/usr/bin/stat': (args, moment) => stat(units, args, moment),
    tail: (args, moment) => tail(units, args, moment),
  };
}

/** The overrides of user 501 as launchd keeps them; none of ours is among them. */
export const disabledOverrides = {
  path: '/var/db/com.apple.xpc.launchd/disabled.501.plist',
  text: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>com.apple.Siri.agent</key>
	<true/>
</dict>
</plist>
`,
};

/** `lsof -nP -iTCP:3111 -sTCP:LISTEN -Fpc`: a line a field; 1 when it finds nothing. */
function lsof(
  units: readonly Unit[],
  args: readonly string[],
  moment: Moment,
): string | ProgramEnd | null {
  const [, port] = /^-nP -iTCP:(\d+) -sTCP:LISTEN -Fpc$/.exec(args.join(' ')) ?? [];
  if (port === undefined) return null;
  const unit = units.find(({ ports }) => ports.includes(Number(port)));
  const now = unit && nowOf(unit, moment);
  if (!unit || now?.state !== 'running') return { exitCode: 1, stdout: '', stderr: '' };
  return `p${pidOf(now)}\nc${unit.program.split('/').at(-1)}\nf21\n`;
}

/** `ps -o etime= -p PID` of a unit that was started again: `MM:SS`. */
function etime(
  units: readonly Unit[],
  args: readonly string[],
  moment: Moment,
): string | ProgramEnd | null {
  const [, pid] = /^-o etime= -p (\d+)$/.exec(args.join(' ')) ?? [];
  if (pid === undefined) return null;
  const states = units.flatMap((unit) => nowOf(unit, moment) ?? []);
  const now = states.find((one) => one.state === 'running' && pidOf(one) === Number(pid));
  if (now?.aliveMs === undefined) return { exitCode: 1, stdout: '', stderr: '' };
  const seconds = Math.floor(now.aliveMs / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `   ${two(Math.floor(seconds / 60))}:${two(seconds % 60)}\n`;
}

/** `stat -f '%z %m %HT:%N' -- PLIST LOG…`. */
function stat(units: readonly Unit[], args: readonly string[], moment: Moment): string | null {
  const at = args.indexOf('--');
  if (args.slice(0, at).join(' ') !== '-f %z %m %HT:%N') return null;
  const rows = args.slice(at + 1).map((path) => rowOf(units, path, moment));
  return rows.includes(null) ? null : rows.join('');
}

/** `tail -c 4096 LOG`: what a service says as it starts, and what one that dies says then. */
function tail(units: readonly Unit[], args: readonly string[], moment: Moment): string | null {
  const [, path] = /^-c 4096 (.*)$/.exec(args.join(' ')) ?? [];
  const unit = units.find((one) => logPath(one) === path);
  if (!unit) return null;
  const name = unit.program.split('/').at(-1);
  const starts = `${name}: starting\n`;
  if (nowOf(unit, moment)?.lastExit !== '1') return `${starts}${name}: listening\n`;
  const [port] = unit.ports;
  const why = port === undefined ? 'cannot read its settings' : `cannot listen on ${port}: in use`;
  return `${starts}Error: ${why}\n    at start (${unit.program}:12:9)\n${name}: ends with 1\n`;
}

function rowOf(units: readonly Unit[], path: string, moment: Moment): string | null {
  const logged = units.find((unit) => logPath(unit) === path);
  if (logged) return logRow(logged, moment);
  if (!units.some((unit) => plistPath(unit) === path)) return null;
  return `812 ${Math.floor(moment.startMs / 1000) - 86_400 * 30} Regular File:${path}\n`;
}

/** A service writes a line every five seconds; a watcher wrote two hours before the lab began. */
function logRow(unit: Unit, { nowMs, startMs }: Moment): string {
  const isService = unit.watches === null;
  const grown = isService ? Math.floor((nowMs - startMs) / 5000) * 80 : 0;
  const writtenMs = isService ? nowMs - 3000 : startMs - 7_200_000;
  return `${12 * 1024 ** 2 + grown} ${Math.floor(writtenMs / 1000)} Regular File:${logPath(unit)}\n`;
}

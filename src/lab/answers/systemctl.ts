import type { Moment, Program } from '../site.ts';

/** A service of systemd that runs: when it was started, and by which process. */
export interface RunningUnit {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  /** Before the lab began. */
  readonly startedMs: number;
}

/**
 * `env TZ=UTC systemctl show --all --property=… -- UNIT…` of systemd 252 to 255: one block a unit,
 * in systemd's own order of properties, empty ones too.
 */
export function systemctl(units: readonly RunningUnit[]): Program {
  return (args, moment) => {
    const at = args.indexOf('systemctl');
    const [verb, all, wanted = '', dashes, ...names] = args.slice(at + 1);
    const [, keys] = /^--property=([A-Za-z,]+)$/.exec(wanted) ?? [];
    if (at < 0 || args[0] !== 'TZ=UTC' || names.length === 0 || keys === undefined) return null;
    if (verb !== 'show' || all !== '--all' || dashes !== '--') return null;
    const isWanted = new Set(keys.split(','));
    const blocks = names.map((name) => {
      const unit = units.find((one) => one.name === name);
      const rows = unit ? runningRows(unit, moment) : missingRows(name);
      return rows.filter(([key]) => isWanted.has(key)).map(([key, value]) => `${key}=${value}\n`);
    });
    return blocks.map((lines) => lines.join('')).join('\n');
  };
}

/** `ss -H -ltnp 'sport = :5060'` for a user who is not root: who holds the port is hidden. */
export function ssOf(units: readonly RunningUnit[]): Program {
  return ([flags, kinds, filter = ''], _moment) => {
    const [, port] = /^sport = :(\d+)$/.exec(filter) ?? [];
    if (flags !== '-H' || kinds !== '-ltnp' || port === undefined) return null;
    const isHeld = units.some((unit) => unit.port === Number(port));
    return isHeld ? `LISTEN 0      4096               *:${port}            *:*\n` : '';
  };
}

type Row = readonly [string, string];

function runningRows({ name, pid, startedMs }: RunningUnit, { startMs }: Moment): readonly Row[] {
  const since = utcText(startMs - startedMs);
  return [
    ['Type', 'simple'],
    ['Restart', 'on-failure'],
    ...timeouts,
    ['RemainAfterExit', 'no'],
    ['MainPID', `${pid}`],
    ['Result', 'success'],
    ['NRestarts', '0'],
    ['ExecMainCode', '0'],
    ['ExecMainStatus', '0'],
    ['ControlGroup', `/system.slice/${name}`],
    ['Id', name],
    ['TriggeredBy', ''],
    ['LoadState', 'loaded'],
    ['ActiveState', 'active'],
    ['SubState', 'running'],
    ['FragmentPath', `/etc/systemd/system/${name}`],
    ['DropInPaths', ''],
    ['UnitFileState', 'enabled'],
    ['StateChangeTimestamp', since],
    ['StateChangeTimestampMonotonic', '14207863466'],
    ['ActiveEnterTimestamp', since],
    ...tail(''),
  ];
}

/** A unit that nobody knows is no fault: it is told to be so. */
function missingRows(name: string): readonly Row[] {
  return [
    ['Type', ''],
    ['Restart', 'no'],
    ...timeouts,
    ['RemainAfterExit', 'no'],
    ['MainPID', '0'],
    ['Result', 'success'],
    ['NRestarts', '0'],
    ['ExecMainCode', '0'],
    ['ExecMainStatus', '0'],
    ['ControlGroup', ''],
    ['Id', name],
    ['TriggeredBy', ''],
    ['LoadState', 'not-found'],
    ['ActiveState', 'inactive'],
    ['SubState', 'dead'],
    ['FragmentPath', ''],
    ['DropInPaths', ''],
    ['UnitFileState', ''],
    ['StateChangeTimestamp', ''],
    ['StateChangeTimestampMonotonic', '0'],
    ['ActiveEnterTimestamp', ''],
    ...tail(`org.freedesktop.systemd1.NoSuchUnit "Unit ${name} not found."`),
  ];
}

const timeouts: readonly Row[] = [
  ['TimeoutStartUSec', '1min 30s'],
  ['TimeoutStopUSec', '1min 30s'],
];

function tail(loadError: string): readonly Row[] {
  return [
    ['NeedDaemonReload', 'no'],
    ['LoadError', loadError],
    ['StartLimitBurst', '5'],
  ];
}

/** "Wed 2026-02-18 09:00:00 UTC". */
function utcText(ms: number): string {
  const at = new Date(ms);
  return `${at.toUTCString().slice(0, 3)} ${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

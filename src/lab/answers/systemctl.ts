import type { Moment, Program } from '../site.ts';

/** A service of systemd that runs: when it was started, and by which process. */
export interface RunningUnit {
  readonly host: string;
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

/** `systemctl --no-ask-password VERB UNIT` of what changes a unit. */
export function systemctlVerbs(units: readonly RunningUnit[]): Program {
  return ([flag, verb, name, ...more], moment) => {
    const unit = units.find((one) => one.name === name);
    if (flag !== '--no-ask-password' || !unit || more.length > 0) return null;
    if (verb === 'restart' || verb === 'start') moment.restart(unit.name);
    else if (verb === 'stop') moment.unload(unit.name, [`${unit.host}:${unit.port}`]);
    else if (verb === 'enable' || verb === 'disable') {
      moment.setDisabled(unit.name, verb === 'disable');
    } else if (verb !== 'reset-failed') return null;
    return '';
  };
}

/** Whether there is a polkit, which may let others than root act on units. */
export const withPolkit: Program = ([flag, script = '']) =>
  flag === '-c' && script.includes('pkcheck') ? '' : null;

/** `ss -H -ltnp 'sport = :5060'` for a user who is not root: who holds the port is hidden. */
export function ssOf(units: readonly RunningUnit[]): Program {
  return ([flags, kinds, filter = ''], moment) => {
    const [, port] = /^sport = :(\d+)$/.exec(filter) ?? [];
    if (flags !== '-H' || kinds !== '-ltnp' || port === undefined) return null;
    const isHeld = units.some(
      (unit) => unit.port === Number(port) && !moment.isUnloaded(unit.name),
    );
    return isHeld ? `LISTEN 0      4096               *:${port}            *:*\n` : '';
  };
}

type Row = readonly [string, string];

function runningRows(unit: RunningUnit, moment: Moment): readonly Row[] {
  const { name, pid, startedMs } = unit;
  const hand = moment.restarted(name);
  const isOff = moment.isUnloaded(name);
  const since = utcText(hand?.atMs ?? moment.startMs - startedMs);
  return [
    ['Type', 'simple'],
    ['Restart', 'on-failure'],
    ...timeouts,
    ['RemainAfterExit', 'no'],
    ['MainPID', isOff ? '0' : `${pid + (hand?.times ?? 0) * 211}`],
    ['Result', 'success'],
    ['NRestarts', '0'],
    ['ExecMainCode', '0'],
    ['ExecMainStatus', '0'],
    ['ControlGroup', isOff ? '' : `/system.slice/${name}`],
    ['Id', name],
    ['TriggeredBy', ''],
    ['LoadState', 'loaded'],
    ['ActiveState', isOff ? 'inactive' : 'active'],
    ['SubState', isOff ? 'dead' : 'running'],
    ['FragmentPath', `/etc/systemd/system/${name}`],
    ['DropInPaths', ''],
    ['UnitFileState', moment.isDisabled(name) ? 'disabled' : 'enabled'],
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
    ['CanReload', 'no'],
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

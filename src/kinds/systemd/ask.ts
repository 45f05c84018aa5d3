import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { askedTogether } from '../together.ts';
import { type Properties, readShow } from './read-show.ts';

/** Whose units: the system's, or those of the user who asks. */
export interface Whose {
  readonly user: boolean;
  readonly uid: number;
}

/** Never `Environment`, nor what a program is started with: both may hold secrets. */
const properties = [
  'Id',
  'LoadState',
  'LoadError',
  'ActiveState',
  'SubState',
  'Result',
  'Type',
  'RemainAfterExit',
  'Restart',
  'MainPID',
  'ExecMainCode',
  'ExecMainStatus',
  'NRestarts',
  'StartLimitBurst',
  'TimeoutStartUSec',
  'TimeoutStopUSec',
  'UnitFileState',
  'FragmentPath',
  'DropInPaths',
  'NeedDaemonReload',
  'ActiveEnterTimestamp',
  'StateChangeTimestamp',
  'StateChangeTimestampMonotonic',
  'TriggeredBy',
  'ControlGroup',
  'Unit',
  'NextElapseUSecRealtime',
  'NextElapseUSecMonotonic',
  'LastTriggerUSec',
];

interface Question {
  readonly units: readonly string[];
  readonly whose: Whose;
}

/**
 * What systemd says of units, in their order: one process for all that are asked for at one moment
 * of the units of one host.
 */
export function askUnits(
  units: readonly string[],
  whose: Whose,
  context: ObserveContext,
): Promise<readonly Properties[]> {
  return askOf(whose)({ units, whose }, context);
}

const bySystem = askedTogether(askAll);
const byUser = askedTogether(askAll);

function askOf({ user }: Whose): typeof bySystem {
  return user ? byUser : bySystem;
}

async function askAll(
  questions: readonly Question[],
  context: ObserveContext,
): Promise<readonly (readonly Properties[])[]> {
  const [first] = questions;
  if (!first) return [];
  const named = questions.flatMap(({ units }) => units);
  const told = await show(named, first.whose, context);
  if (told.length !== named.length && questions.length > 1) {
    throw new FaultError(ours('systemctl show tells of another number of units'));
  }
  let next = 0;
  return questions.map(({ units }) => {
    const from = next;
    next += units.length;
    return questions.length === 1 ? told : told.slice(from, next);
  });
}

/** By one process. Empty values are asked for (`--all`), so that what is missing is known to be so. */
async function show(
  units: readonly string[],
  whose: Whose,
  { host, transports, options }: ObserveContext,
): Promise<readonly Properties[]> {
  const argv = systemctl(
    ['show', '--all', `--property=${properties.join(',')}`, '--', ...units],
    whose,
  );
  const output = await transports.exec({ on: host, argv }, options);
  if (output.exitCode === 0 && !output.truncated) return readShow(output.stdout);
  throw new FaultError(refusalOf(output, whose));
}

/** systemctl in UTC; over ssh a user's manager is found only by its runtime folder. */
export function systemctl(
  args: readonly string[],
  { user, uid }: Whose,
): readonly [string, ...string[]] {
  if (!user) return ['env', 'TZ=UTC', 'systemctl', ...args];
  return ['env', 'TZ=UTC', `XDG_RUNTIME_DIR=/run/user/${uid}`, 'systemctl', '--user', ...args];
}

function refusalOf({ exitCode, signal, stderr }: ExecOutput, { user, uid }: Whose): Fault {
  if (exitCode === 0) return ours('systemctl show says more than can be kept');
  if (exitCode === null) return ours(`systemctl was ended by ${signal}`);
  if (exitCode === 127) {
    return faultOf('tool-missing', 'there is no systemctl', {
      hint: 'this host has another service manager: name it under manager, or write {kind: none}',
    });
  }
  if (/has not been booted with systemd|Host is down/i.test(stderr)) {
    return faultOf('tool-missing', 'this host was not booted with systemd', {
      hint: 'this host has another service manager: name it under manager, or write {kind: none}',
    });
  }
  if (/permission denied|access denied|not permitted/i.test(stderr)) {
    return faultOf('forbidden', `systemd does not answer this user: ${firstLine(stderr)}`, {
      hint: 'ask as a user for whom `systemctl show` works',
    });
  }
  if (/failed to connect to .*bus|no medium found/i.test(stderr)) {
    if (!user) return ours(`systemd cannot be reached: ${firstLine(stderr)}`);
    return faultOf(
      'refused',
      `no user manager runs for uid ${uid}: its units cannot be asked for`,
      {
        side: 'prober',
        hint: 'let it run without a login: loginctl enable-linger',
      },
    );
  }
  const said = firstLine(stderr);
  return ours(`systemctl show ended with ${exitCode}${said === '' ? '' : `: ${said}`}`);
}

function ours(message: string): Fault {
  return faultOf('protocol', message, { side: 'prober' });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

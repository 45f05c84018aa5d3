import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { Machine } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { askedTogether } from '../together.ts';
import { type Properties, readShow } from './read-show.ts';
import { refusalOf } from './refusal.ts';

/** Units of the system, or of the user who asks, and what is wanted of each. */
export interface Shown {
  readonly units: readonly string[];
  readonly keys: readonly string[];
  readonly user: boolean;
}

/** What was said of each unit, in their order, and how long that took. */
export interface Said {
  readonly units: readonly Properties[];
  readonly latencyMs: number;
}

/** What systemd says of units: all that is asked for at one moment by one process. */
export const show = askedTogether<Shown, Said>({
  // systemctl ends at a template, which is no unit: that one is asked for by itself.
  scopeOf: ({ user, keys, units }) => `${user} ${keys} ${units.filter(isTemplate)}`,
  askAll: async (asked, context) => {
    const { user = false, keys = [] } = asked[0] ?? {};
    const units = [...new Set(asked.flatMap((one) => one.units))];
    const { clock } = context.transports;
    const startedMs = clock.monotonicMs();
    const isJoint = asked.length > 1;
    const said = await showAll({ user, keys, units, isJoint }, context);
    const latencyMs = clock.monotonicMs() - startedMs;
    return asked.map((one) => ({
      units: one.units.map((unit) => said.get(unit) ?? new Map()),
      latencyMs,
    }));
  },
});

function isTemplate(unit: string): boolean {
  return unit.includes('@.');
}

interface Wanted extends Shown {
  /** For several who ask: each must be told of its own. */
  readonly isJoint: boolean;
}

/** As much as one answer holds with room to spare, and one command line too. */
const unitsAtOnce = 100;

async function showAll(
  { units, ...wanted }: Wanted,
  context: ObserveContext,
): Promise<ReadonlyMap<string, Properties>> {
  const machine = await machineFor(wanted, context);
  const parts = Array.from({ length: Math.ceil(units.length / unitsAtOnce) }, (_, index) =>
    units.slice(index * unitsAtOnce, (index + 1) * unitsAtOnce),
  );
  const said = await Promise.all(
    parts.map((part) => showSome({ ...wanted, units: part }, machine, context)),
  );
  return new Map(said.flat());
}

/** Over ssh it costs an exchange: only a user's manager cannot be found without. */
async function machineFor(
  { user }: Pick<Shown, 'user'>,
  { host, transports, options }: ObserveContext,
): Promise<Machine | null> {
  if (!user && host.access === 'ssh') return null;
  const machine = await transports.machine(host, options);
  if (machine.system !== 'linux') throw new FaultError(notLinux(host.name));
  return machine;
}

/**
 * Empty values are asked for (`--all`), so that what is missing is known to be so; times are told in
 * UTC; over ssh a user's manager is found only by its runtime folder.
 */
async function showSome(
  { units, keys, user, isJoint }: Wanted,
  machine: Machine | null,
  context: ObserveContext,
): Promise<readonly (readonly [string, Properties])[]> {
  const { host, transports, options } = context;
  const uid = machine?.uid ?? 0;
  const own = user ? [`XDG_RUNTIME_DIR=/run/user/${uid}`, 'systemctl', '--user'] : ['systemctl'];
  const wanted = ['show', '--all', `--property=${keys.join(',')}`, '--', ...units];
  const argv = ['env', 'TZ=UTC', ...own, ...wanted] as const;
  const output = await transports.exec({ on: host, argv }, options);
  const refusal = refusalOf(output, { user, uid });
  if (refusal) throw new FaultError(await orNotLinux(refusal, context));
  const said = readShow(output.stdout);
  if (isJoint && said.length !== units.length) throw new FaultError(otherUnits);
  return units.map((unit, index) => [unit, said[index] ?? new Map()]);
}

/** It is another system's want of systemctl that is no surprise. */
async function orNotLinux(
  refusal: Fault,
  { host, transports, options }: ObserveContext,
): Promise<Fault> {
  if (refusal.code !== 'tool-missing') return refusal;
  const { system } = await transports.machine(host, options);
  return system === 'linux' ? refusal : notLinux(host.name);
}

function notLinux(host: string): Fault {
  return faultOf('tool-missing', `${host} has no systemd: it is not Linux`, {
    hint: 'name the right manager, or write {kind: none}',
  });
}

const otherUnits = faultOf(
  'protocol',
  'systemctl show tells of other units than it was asked for',
  {
    side: 'prober',
  },
);

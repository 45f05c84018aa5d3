import type { ObserveContext } from '../contract.ts';
import type { Survival } from '../unit/facts.ts';
import { orNull } from '../unit/or-null.ts';
import { systemctl, type Whose } from './ask.ts';
import type { UnitFacts } from './facts.ts';
import { readShow } from './read-show.ts';

/** By UnitFileState (systemctl(1), `is-enabled`); what another unit may start cannot be told. */
const survivals: Readonly<Record<string, readonly [boolean | null, string]>> = {
  enabled: [true, 'enabled'],
  generated: [true, 'made at boot'],
  'enabled-runtime': [false, 'enabled only until then'],
  transient: [false, 'it has no file'],
  static: [null, 'static: started by another unit'],
  indirect: [null, 'indirect: started by another unit'],
  alias: [null, 'an alias'],
};

/** Whether a unit comes back by itself after a reboot. */
export async function survivalOf(
  { unit, unitFileState, triggeredBy }: UnitFacts,
  whose: Whose,
  context: ObserveContext,
): Promise<Survival> {
  const state = unitFileState ?? '';
  if (/^(?:disabled|linked(?:-runtime)?)$/.test(state)) {
    const starters = [...triggeredBy, ...(await wantersOf(unit, whose, context))];
    return starters.length > 0
      ? told(null, `not enabled: started by ${starters.join(', ')}`)
      : told(false, 'not enabled');
  }
  const [survives, why] = survivals[state] ?? [null, null];
  if (survives !== true || !whose.user) return told(survives, why);
  return (await lingers(whose, context))
    ? told(true, 'enabled, and its user lingers')
    : told(null, 'enabled: starts when its user logs in');
}

function told(survivesReboot: boolean | null, rebootWhy: string | null): Survival {
  return { survivesReboot, rebootWhy };
}

/** Units that want it, though it is not enabled; `?` when they cannot be asked for. */
async function wantersOf(
  unit: string,
  whose: Whose,
  context: ObserveContext,
): Promise<readonly string[]> {
  const { host, transports, options } = context;
  const keys = ['WantedBy', 'RequiredBy', 'BoundBy', 'UpheldBy'];
  const argv = systemctl(['show', '--all', `--property=${keys.join(',')}`, '--', unit], whose);
  const output = await orNull(transports.exec({ on: host, argv }, options), context);
  const [properties] = readShow(output?.stdout ?? '');
  if (output?.exitCode !== 0 || !properties?.has('WantedBy')) return ['?'];
  return keys.flatMap((key) => properties.get(key)?.split(' ') ?? []).filter((one) => one !== '');
}

/** loginctl(1): the user's manager is started at boot. */
async function lingers({ uid }: Whose, context: ObserveContext): Promise<boolean> {
  const { host, transports, options } = context;
  const argv = ['loginctl', 'show-user', `${uid}`, '--property=Linger'] as const;
  const output = await orNull(transports.exec({ on: host, argv }, options), context);
  return output?.exitCode === 0 && output.stdout.trim() === 'Linger=yes';
}

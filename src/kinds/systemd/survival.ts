import type { ObserveContext } from '../contract.ts';
import { askedTogether } from '../together.ts';
import type { Survival } from '../unit/facts.ts';
import { orNull } from '../unit/or-null.ts';
import type { UnitFacts } from './facts.ts';
import { show } from './show.ts';

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
  user: boolean,
  context: ObserveContext,
): Promise<Survival> {
  const state = unitFileState ?? '';
  if (/^(?:disabled|linked(?:-runtime)?)$/.test(state)) {
    const starters = [...triggeredBy, ...(await wantersOf(unit, user, context))];
    return starters.length > 0
      ? told(null, `not enabled: started by ${starters.join(', ')}`)
      : told(false, 'not enabled');
  }
  const [survives, why] = survivals[state] ?? [null, null];
  if (survives !== true || !user) return told(survives, why);
  return (await lingers(context))
    ? told(true, 'enabled, and its user lingers')
    : told(null, 'enabled: starts when its user logs in');
}

function told(survivesReboot: boolean | null, rebootWhy: string | null): Survival {
  return { survivesReboot, rebootWhy };
}

/** Units that want it, though it is not enabled; `?` when they cannot be asked for. */
async function wantersOf(
  unit: string,
  user: boolean,
  context: ObserveContext,
): Promise<readonly string[]> {
  const said = await orNull(show({ units: [unit], keys: wanters, user }, context), context);
  const [properties] = said?.units ?? [];
  if (!properties?.has('WantedBy')) return ['?'];
  return wanters
    .flatMap((key) => properties.get(key)?.split(' ') ?? [])
    .filter((one) => one !== '');
}

const wanters = ['WantedBy', 'RequiredBy', 'BoundBy', 'UpheldBy'];

/** loginctl(1): the user's manager is started at boot. */
async function lingers(context: ObserveContext): Promise<boolean> {
  return (await orNull(lingering(null, context), context)) ?? false;
}

const lingering = askedTogether<null, boolean>({
  scopeOf: () => '',
  askAll: async (asked, { host, transports, options }) => {
    const { uid } = await transports.machine(host, options);
    const argv = ['loginctl', 'show-user', `${uid}`, '--property=Linger'] as const;
    const output = await transports.exec({ on: host, argv }, options);
    const lingers = output.exitCode === 0 && output.stdout.trim() === 'Linger=yes';
    return asked.map(() => lingers);
  },
});

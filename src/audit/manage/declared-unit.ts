import type { Service } from '../../model/inventory.ts';
import { factsOf, systemUnitVerdict } from './by-system-unit.ts';
import { userUnitVerdict } from './by-user-unit.ts';
import type { Ground, Verdict } from './ground.ts';

/** Of a service whose process is not seen: the unit that the inventory names for it; null where it names none that is there. */
export function byDeclaredUnit({ manager }: Service, ground: Ground, why: string): Verdict | null {
  if (manager.kind !== 'systemd') return null;
  const unit = (manager.user ? ground.userUnits : ground.units).get(manager.unit);
  if (unit === undefined || unit.get('LoadState') === 'not-found') return null;
  const verdict =
    manager.user && ground.us !== null
      ? userUnitVerdict(manager.unit, ground.us, ground)
      : systemUnitVerdict(manager.unit, unit, ground);
  const evidence = [
    'the inventory names this unit',
    ...factsOf(unit),
    ...(why === '' ? [] : [why]),
  ];
  return {
    ...verdict,
    manager: {
      ...{ kind: manager.user ? 'systemd-user' : 'systemd', name: manager.unit },
      confidence: why === '' ? 'certain' : 'likely',
      evidence,
    },
  };
}

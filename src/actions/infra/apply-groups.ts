import { type PlannedItem, writingActions } from '../../model/infra.ts';
import type { Inventory, Service } from '../../model/inventory.ts';
import { dependentsOf, inDependencyOrder } from '../blast-radius.ts';
import { isGround } from './plan-objects.ts';

/** The files of one service, which is started anew once for all of them; of none they are only written. */
export interface ApplyGroup {
  readonly service: Service | null;
  readonly items: readonly PlannedItem[];
}

/** Whether an apply has anything to do about it that a person should agree to. */
export function isToDo({ item }: PlannedItem): boolean {
  return writingActions.has(item.action) || item.action === 'reload';
}

/**
 * What is to be done in its order: files that nothing is started for, then services, what others stand
 * on before them and else the least critical first, and last the one that runs this joelclaw.
 */
export function applyGroups(
  inventory: Inventory,
  items: readonly PlannedItem[],
  own: string | null,
): readonly ApplyGroup[] {
  const wanted = items.filter(isToDo);
  const serviceOf = ({ item }: PlannedItem): Service | null =>
    inventory.services.find(({ id }) => id === item.service) ?? null;
  const byService = Map.groupBy(wanted, serviceOf);
  const services = [...byService.keys()].filter((one) => one !== null);
  const ordered = inOrder(inventory, services, {
    own,
    isFirst: (one) => (byService.get(one) ?? []).some(hasGround),
  });
  const alone = byService.get(null) ?? [];
  const manifests = alone
    .filter(isManifest)
    .toSorted((a, b) => Number(hasGround(b)) - Number(hasGround(a)));
  const files = alone.filter((one) => !isManifest(one));
  return [
    ...[files, manifests]
      .filter((own) => own.length > 0)
      .map((own) => ({ service: null, items: own })),
    ...ordered.map((service) => ({ service, items: byService.get(service) ?? [] })),
  ];
}

function isManifest({ objects = [] }: PlannedItem): boolean {
  return objects.length > 0;
}

/** Others cannot be without it: a namespace. */
function hasGround({ objects = [] }: PlannedItem): boolean {
  return objects.some(isGround);
}

interface Ranks {
  readonly own: string | null;
  isFirst(service: Service): boolean;
}

/**
 * What stands on others is as late as they are, and they are as early as it: a service that is begun
 * before what it stands on never comes up.
 */
function inOrder(
  inventory: Inventory,
  services: readonly Service[],
  { own, isFirst }: Ranks,
): readonly Service[] {
  const stands = (one: Service, on: Service): boolean =>
    one === on || dependentsOf(inventory, on.id).includes(one.id);
  const isEarly = (one: Service): boolean =>
    services.some((other) => isFirst(other) && stands(other, one));
  const isLate = (one: Service): boolean =>
    services.some((other) => other.critical && stands(one, other));
  const rank = (one: Service): number => (isEarly(one) ? 0 : isLate(one) ? 2 : 1);
  const ranked = services.toSorted((a, b) => rank(a) - rank(b)).map(({ id }) => id);
  // It runs, or this would not: what stands on it need not wait for it.
  return inDependencyOrder(inventory, ranked).toSorted(
    (a, b) => Number(a.id === own) - Number(b.id === own),
  );
}

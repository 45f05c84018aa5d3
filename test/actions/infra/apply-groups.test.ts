import { expect, it } from 'vitest';
import { applyGroups } from '../../../src/actions/infra/apply-groups.ts';
import type { PlannedItem } from '../../../src/model/infra.ts';
import type { Inventory, Service } from '../../../src/model/inventory.ts';

interface Declared {
  readonly dependsOn?: readonly string[];
  readonly critical?: boolean;
  readonly hasNothingToDo?: boolean;
}

/** The order in which an apply comes to services, each of one new file. */
function orderOf(declared: Readonly<Record<string, Declared>>, own: string | null = null) {
  const services = Object.entries(declared).map(
    ([name, { dependsOn = [], critical = false }]) =>
      ({
        id: `box/${name}`,
        dependsOn: dependsOn.map((one) => `box/${one}`),
        critical,
      }) as unknown as Service,
  );
  const items = Object.entries(declared).map(([name, { hasNothingToDo = false }]) => ({
    item: { service: `box/${name}`, action: hasNothingToDo ? 'none' : 'create' },
  }));
  const groups = applyGroups(
    { services } as unknown as Inventory,
    items as unknown as readonly PlannedItem[],
    own && `box/${own}`,
  );
  return groups.map(({ service }) => service?.id.replace('box/', ''));
}

const critical = true;

it('comes to what others stand on before them, however critical it is', () => {
  expect(orderOf({ aa: { dependsOn: ['bb'] }, bb: { critical }, cc: {} })).toEqual([
    ...['cc', 'bb', 'aa'],
  ]);
});

it('comes to the least critical first, where nothing else decides', () => {
  expect(
    orderOf({ aa: { critical }, bb: {}, cc: { critical }, dd: { dependsOn: ['bb'] } }),
  ).toEqual(['bb', 'dd', 'aa', 'cc']);
});

it('comes to the one that runs this joelclaw last, whatever stands on it: it runs', () => {
  expect(orderOf({ aa: {}, bb: { dependsOn: ['aa'] }, cc: { critical } }, 'aa')).toEqual([
    ...['bb', 'cc', 'aa'],
  ]);
});

it('sees what stands on others by way of services that have nothing to do', () => {
  const mid = { dependsOn: ['zz'], hasNothingToDo: true };
  const services = { aa: { dependsOn: ['mid'] }, mid, zz: { critical } };
  expect(orderOf(services)).toEqual(['zz', 'aa']);
});

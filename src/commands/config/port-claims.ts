import type { Located } from '../../inventory/document.ts';
import type { Inventory } from '../../model/inventory.ts';
import { faultAt } from '../../model/text-fault.ts';
import type { FileFault } from './file-fault.ts';

/** Somebody who takes a port of a host. */
export interface PortClaim {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  /** The service it is for, or else what takes it: two claims of one owner are one. */
  readonly owner: string;
  /** Of one source: a port that it takes twice is taken twice, whoever it is for. */
  readonly by: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

/** The ports that the services of the inventory are said to have. */
export function serviceClaims({ services }: Inventory, located: Located): readonly PortClaim[] {
  return services.flatMap(({ id, host, port, enabled }, index) => {
    if (port === null || !enabled) return [];
    const words = { message: '', hint: '' };
    const { file, line, column, path } = located.faultAt(['services', index, 'port'], words);
    const place = { file, line, column, path };
    return [{ host, port, protocol: 'TCP', owner: id, by: 'inventory', ...place }];
  });
}

/** Each claim of a port that another has claimed before it. */
export function portFaults(claims: readonly PortClaim[]): readonly FileFault[] {
  const groups = Map.groupBy(claims, ({ host, port, protocol }) => `${host} ${port} ${protocol}`);
  return [...groups.values()].flatMap((group) =>
    group.flatMap((claim, index) => {
      const first = group.slice(0, index).find((one) => isOther(one, claim));
      if (!first) return [];
      const { host, port, file } = claim;
      const message = `port ${port} of ${host} is taken by ${first.owner}: ${first.file}:${first.line}`;
      return [{ file, ...faultAt(claim, message, 'another port for one of them') }];
    }),
  );
}

/** What the inventory says of a service, its file says again. */
function isOther(first: PortClaim, claim: PortClaim): boolean {
  if (first.owner !== claim.owner) return true;
  return first.by === claim.by && first.path !== claim.path;
}

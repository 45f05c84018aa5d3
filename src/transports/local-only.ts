import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { Host } from '../model/inventory.ts';

/** What needs the machine itself is refused for any but this one. */
export function assertLocal(host: Host): void {
  if (host.access === 'local') return;
  throw new FaultError(
    faultOf('tool-missing', `this version does not reach into ${host.name} over ssh`, {
      hint: `run joelclaw on ${host.name}`,
    }),
  );
}

import { faultOf } from '../model/fault.ts';
import type { BoundCheck } from './contract.ts';

/** The same check, which is not run: it answers `unknown` and says why. */
export function refuseCheck(
  bound: BoundCheck,
  { message, hint }: { readonly message: string; readonly hint: string },
): BoundCheck {
  return {
    ...bound,
    run: async ({ transports }) => ({
      check: bound.id,
      at: new Date(transports.clock.now()).toISOString(),
      latencyMs: null,
      facts: {},
      verdict: { state: 'unknown', note: message },
      parts: [],
      fault: faultOf('forbidden', message, { hint }),
    }),
  };
}

import type { ActGround } from '../../src/commands/acting/prepared.ts';
import type { BoundCheck } from '../../src/kinds/contract.ts';
import type { VirtualClock } from '../../src/lab/virtual-clock.ts';
import type { Network } from '../../src/model/check.ts';
import type { Transports } from '../../src/transports/contract.ts';

/** What an action needs; a warning is a fault of the test. */
export function actGroundOf(open: {
  readonly network: Network<BoundCheck>;
  readonly transports: Transports;
  readonly stateFolder: string;
}): ActGround {
  const known = { secrets: [], identity: '', rootPath: null, badge: null };
  return {
    open: { ...open, ...known },
    ...{ actor: 'joel@panda', force: false, verifyMs: null },
    signal: new AbortController().signal,
    warn: (line) => {
      throw new Error(line);
    },
    ...{ onStep: () => {}, onLook: () => {} },
  };
}

/** Files take real time, in which a virtual clock has nobody to wake. */
export async function untilDone<T>(clock: VirtualClock, work: Promise<T>): Promise<T> {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    const nextMs = clock.nextInMs();
    if (nextMs !== null) await clock.advance(nextMs);
  }
  return work;
}

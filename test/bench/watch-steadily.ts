import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { NetworkFolder } from '../support/network-folder.ts';
import type { SteadyReading } from './steady-child.ts';
import type { SteadyMoment } from './steady-figures.ts';

const roundMs = 1000;
const rounds = 10;

interface Steadily {
  /** How long after the first round the first moment is. */
  readonly afterMs: number;
  /** Connections that the servers have accepted so far, by server. */
  accepted(): Promise<SteadyMoment['servers']>;
}

/** Polls a network of rounds of 1 s: the moment from which it is counted, and ten rounds later. */
export async function watchSteadily(
  { root }: NetworkFolder,
  { afterMs, accepted }: Steadily,
): Promise<[SteadyMoment, SteadyMoment]> {
  const file = fileURLToPath(new URL('./steady-child.ts', import.meta.url));
  const child = fork(file, [join(root, 'inventory.yaml')]);
  const exited = once(child, 'exit');
  const broke = exited.then(([code]) => {
    throw new Error(`the poller's process ended with ${code}`);
  });
  broke.catch(() => {});
  const heard = async (): Promise<SteadyReading> =>
    ((await Promise.race([once(child, 'message'), broke])) as [SteadyReading])[0];
  const moment = async (): Promise<SteadyMoment> => {
    const reading = heard();
    child.send('read');
    return { own: await reading, servers: await accepted() };
  };
  await heard();
  await rest(afterMs);
  const first = await moment();
  await rest(roundMs * rounds);
  const last = await moment();
  child.send('end');
  await exited;
  return [first, last];
}

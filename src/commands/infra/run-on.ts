import { runSteps } from '../../actions/run-steps.ts';
import type { Host } from '../../model/inventory.ts';
import type { Step } from '../../model/plan.ts';
import type { ActGround } from '../acting/prepared.ts';

/** Runs programs on a host up to the first that fails; its words, or null. */
export async function runOn(
  hostName: string,
  steps: readonly Step[],
  { open: { transports, network }, onStep }: ActGround,
): Promise<string | null> {
  const { hosts, clusters, inngest } = network.inventory;
  const host = hosts.find(({ name }) => name === hostName) as Host;
  const results = await runSteps(steps, { transports, host, clusters, inngest, onStep });
  const failed = results.find(({ state }) => state === 'failed');
  if (!failed) return null;
  return `${failed.title}: ${failed.said}${failed.hint ? ` (${failed.hint})` : ''}`;
}

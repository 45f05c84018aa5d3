import { explain } from '../../src/model/explain.ts';
import { foldRound } from '../../src/model/fold-round.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Report } from '../../src/model/report.ts';
import { benchOf, sample } from '../lab/sample.ts';

/** The inventory of all scenarios of the small lab. */
export const labInventory = benchOf('healthy').network.inventory;

/** One sample of a lab scenario, explained. */
export async function labReport(scenario: string): Promise<Report> {
  const bench = benchOf(scenario);
  const { network, clock } = bench;
  const results = await sample(bench);
  const round = network.checks.flatMap((check) => {
    const result = results.get(check.id);
    return result ? [{ result, policy: { ...check, waitMs: check.intervalMs } }] : [];
  });
  return explain(network, foldRound(emptyNetworkState, round), clock.now());
}

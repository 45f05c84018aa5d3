import { UserError } from '../model/errors.ts';
import type { Clock, Transports } from '../transports/contract.ts';
import { scenarios } from './scenarios.ts';
import { createLabTransports } from './transports.ts';
import { createWorld, type World } from './world.ts';

/** A simulated network in memory: its inventory, the transports that reach it, a hand on it. */
export interface Lab {
  readonly name: string;
  readonly inventoryText: string;
  readonly transports: Transports;
  readonly world: World;
}

/** What can be simulated, with a line about each. */
export const labScenarios: readonly { readonly name: string; readonly summary: string }[] =
  scenarios.map(({ name, summary }) => ({ name, summary }));

/**
 * A lab that begins now, by the clock that it is handed: a real one for people, the virtual one for
 * tests. A scenario that does not exist is a UserError that names those that do.
 */
export function createLab(scenarioName: string, { clock }: { readonly clock: Clock }): Lab {
  const scenario = scenarios.find(({ name }) => name === scenarioName);
  if (!scenario) {
    throw new UserError(`there is no lab scenario "${scenarioName}"`, {
      hint: `choose one of ${labScenarios.map(({ name }) => name).join(', ')}`,
    });
  }
  const site = scenario.site();
  const startMs = clock.now();
  const world = createWorld(site, () => clock.now() - startMs);
  const transports = createLabTransports(site, { clock, world });
  const { name } = scenario;
  return { name, inventoryText: site.inventoryText, transports, world };
}

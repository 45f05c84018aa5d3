import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { askDisabled, askDomains } from './ask.ts';
import type { LaunchdFacts } from './facts.ts';
import { judge } from './judge.ts';
import { observeLoaded } from './observe-loaded.ts';
import { observeMissing } from './observe-missing.ts';

/** What launchd knows of a label: one process while it is well, one more when it is not. */
export async function observe(label: string, context: ObserveContext): Promise<LaunchdFacts> {
  const { host, transports, options, previous } = context;
  const { system, uid } = await transports.machine(host, options);
  if (system !== 'darwin') {
    throw new FaultError(faultOf('tool-missing', `${host.name} has no launchd: it is not a Mac`));
  }
  const printed = await askDomains({ label, uid }, context);
  if (printed.found === null) return observeMissing({ label, uid }, printed, context);
  const facts = await observeLoaded(printed.found, context);
  const looksWell = facts.pid !== null || judge(facts, previous).state === 'idle';
  if (looksWell) return facts;
  return { ...facts, disabled: await askDisabled(label, facts.domain, context) };
}

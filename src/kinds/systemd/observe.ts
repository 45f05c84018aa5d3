import type * as z from 'zod';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { lookAround } from '../unit/around.ts';
import type { AroundFacts } from '../unit/facts.ts';
import { askUnits, type Whose } from './ask.ts';
import type { SystemdFacts, UnitFacts } from './facts.ts';
import { factsOf } from './facts-of.ts';
import type { Properties } from './read-show.ts';
import type { systemdSpec } from './spec.ts';
import { survivalOf } from './survival.ts';
import { triggeredFacts } from './timer-facts.ts';
import { fullNameOf, usualTriggered } from './unit-name.ts';

/** What systemd knows of a unit, and of the one that it starts: one process a sample. */
export async function observe(
  { unit, user }: z.output<typeof systemdSpec>,
  context: ObserveContext,
): Promise<SystemdFacts & { readonly latencyMs: number }> {
  const { host, transports, options } = context;
  const { system, uid } = await transports.machine(host, options);
  if (system !== 'linux') {
    throw new FaultError(
      faultOf('tool-missing', `${host.name} has no systemd: it is not Linux`, {
        hint: 'name the right manager, or write {kind: none}',
      }),
    );
  }
  const whose = { user, uid };
  const { clock } = transports;
  const startedMs = clock.monotonicMs();
  const facts = await observeUnit(fullNameOf(unit), whose, context);
  const latencyMs = clock.monotonicMs() - startedMs;
  return { ...facts, ...(await around(facts, whose, context)), latencyMs };
}

/** What stands around a service that runs; nothing does around what only waits. */
function around(facts: UnitFacts, whose: Whose, context: ObserveContext): Promise<AroundFacts> {
  const isService = facts.unitType === 'service' && facts.activeState === 'active';
  return lookAround(
    {
      system: 'linux',
      pid: facts.pid,
      controlGroup: facts.controlGroup,
      // The journal keeps what services say.
      logs: [],
      file: null,
      survival: (patient) => survivalOf(facts, whose, patient),
    },
    isService ? context : { ...context, service: null },
  );
}

async function observeUnit(
  name: string,
  whose: Whose,
  context: ObserveContext,
): Promise<UnitFacts> {
  const guess = guessTriggered(name, context);
  const units = guess === null ? [name] : [name, guess];
  const [own = new Map(), other] = await askUnits(units, whose, context);
  const facts = factsOf(own, name, context);
  if (facts.timer === null) return facts;
  const triggered = await triggeredOf(facts.timer.triggers, other, { whose, context });
  const told = triggered === undefined ? null : triggeredFacts(triggered);
  return { ...facts, timer: { ...facts.timer, triggered: told } };
}

/** What it started the last time that it was asked, else the service of its name. */
function guessTriggered(name: string, { previous }: ObserveContext): string | null {
  const timer = previous?.facts['timer'];
  const known = typeof timer === 'object' && timer !== null && 'triggers' in timer;
  const last = known ? timer.triggers : null;
  return typeof last === 'string' ? last : usualTriggered(name);
}

/** A timer may start a unit of another name: only the first sample asks twice. */
async function triggeredOf(
  wanted: string | null,
  guessed: Properties | undefined,
  { whose, context }: { readonly whose: Whose; readonly context: ObserveContext },
): Promise<Properties | undefined> {
  if (wanted === null || guessed?.get('Id') === wanted) return guessed;
  const [asked] = await askUnits([wanted], whose, context);
  return asked?.get('Id') === wanted ? asked : undefined;
}

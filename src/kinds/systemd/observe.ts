import type * as z from 'zod';
import type { ObserveContext } from '../contract.ts';
import { lookAround } from '../unit/around.ts';
import type { AroundFacts } from '../unit/facts.ts';
import { journalLog, lastWords, type Speaker } from '../unit/last-words.ts';
import type { SystemdFacts, UnitFacts } from './facts.ts';
import { factsOf } from './facts-of.ts';
import type { Properties } from './read-show.ts';
import { show } from './show.ts';
import type { systemdSpec } from './spec.ts';
import { survivalOf } from './survival.ts';
import { triggeredFacts } from './timer-facts.ts';
import { fullNameOf, usualTriggered } from './unit-name.ts';

/** Never `Environment`, nor what a program is started with: both may hold secrets. */
const keys = [
  'Id',
  'LoadState',
  'LoadError',
  'ActiveState',
  'SubState',
  'Result',
  'Type',
  'RemainAfterExit',
  'Restart',
  'MainPID',
  'ExecMainCode',
  'ExecMainStatus',
  'NRestarts',
  'StartLimitBurst',
  'TimeoutStartUSec',
  'TimeoutStopUSec',
  'UnitFileState',
  'FragmentPath',
  'DropInPaths',
  'NeedDaemonReload',
  'ActiveEnterTimestamp',
  'StateChangeTimestamp',
  'StateChangeTimestampMonotonic',
  'TriggeredBy',
  'ControlGroup',
  'CanReload',
  'Unit',
  'NextElapseUSecRealtime',
  'NextElapseUSecMonotonic',
  'LastTriggerUSec',
];

/** What systemd knows of a unit, and of the one that it starts: one process a sample for all of a host. */
export async function observe(
  { unit, user }: z.output<typeof systemdSpec>,
  context: ObserveContext,
): Promise<SystemdFacts & { readonly latencyMs: number }> {
  const { facts, latencyMs } = await observeUnit(fullNameOf(unit), user, context);
  const [beside, said] = await Promise.all([
    around(facts, user, context),
    lastWords(speakerOf(facts, user), context),
  ]);
  return { ...facts, ...beside, lastWords: said, latencyMs };
}

/** Of a timer it is the service that it starts that speaks. */
function speakerOf(facts: UnitFacts, user: boolean): Speaker {
  const { unit, activeState, subState, badExit, changingSeconds, starts, timer } = facts;
  const isStuck = activeState === 'activating' && (changingSeconds ?? 0) > patientSeconds;
  const hasFailed = activeState === 'failed' || subState === 'auto-restart';
  // What runs again remembers a bad exit too.
  const hasEnded = badExit !== null && activeState !== 'active';
  const logs = [journalLog(timer?.triggers ?? unit, user)];
  return { isUnwell: isStuck || hasFailed || hasEnded, starts, logs };
}

/** Who starts longer than this may have said why. */
const patientSeconds = 10;

/** What stands around a service that runs; nothing does around what only waits. */
function around(facts: UnitFacts, user: boolean, context: ObserveContext): Promise<AroundFacts> {
  const isService = facts.unitType === 'service' && facts.activeState === 'active';
  return lookAround(
    {
      system: 'linux',
      pid: facts.pid,
      controlGroup: facts.controlGroup,
      // The journal keeps what services say.
      logs: [],
      file: null,
      survival: (patient) => survivalOf(facts, user, patient),
    },
    isService ? context : { ...context, service: null },
  );
}

async function observeUnit(
  name: string,
  user: boolean,
  context: ObserveContext,
): Promise<{ readonly facts: UnitFacts; readonly latencyMs: number }> {
  const guess = guessTriggered(name, context);
  const units = guess === null ? [name] : [name, guess];
  const said = await show({ units, keys, user }, context);
  const [own = new Map(), other] = said.units;
  const facts = factsOf(own, name, context);
  if (facts.timer === null) return { facts, latencyMs: said.latencyMs };
  const triggered = await triggeredOf(facts.timer.triggers, other, { user, context });
  const told = triggered === undefined ? null : triggeredFacts(triggered);
  const timer = { ...facts.timer, triggered: told };
  return { facts: { ...facts, timer }, latencyMs: said.latencyMs };
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
  { user, context }: { readonly user: boolean; readonly context: ObserveContext },
): Promise<Properties | undefined> {
  if (wanted === null || guessed?.get('Id') === wanted) return guessed;
  const { units } = await show({ units: [wanted], keys, user }, context);
  const [asked] = units;
  return asked?.get('Id') === wanted ? asked : undefined;
}

import type * as z from 'zod';
import type { JsonObject } from '../../model/json.ts';
import type { ExecStep } from '../../model/plan.ts';
import { countOf, textOf, textsOf } from '../../model/read-facts.ts';
import { type Deed, deedOf, execStep, notFound } from '../deed.ts';
import { systemctlOf } from './read-anew.ts';
import type { systemdSpec } from './spec.ts';
import { fullNameOf } from './unit-name.ts';

/** A unit may take its whole time to stop, and then to start. */
const slackMs = 30_000;
const comesUpMs = 5000;

interface Unit {
  readonly name: string;
  readonly facts: JsonObject;
  readonly isFailed: boolean;
  /** It is active, or on the way there or back. */
  readonly isOn: boolean;
  /** `systemctl VERB unit`, without a question for a password, as long as the unit may take. */
  step(title: string, verb: string): ExecStep;
}

/** What systemctl can do to a unit that is loaded. */
export function deeds(
  { unit, user }: z.output<typeof systemdSpec>,
  facts: JsonObject,
): readonly Deed[] {
  const name = fullNameOf(unit);
  const loadState = textOf(facts['loadState']);
  if (loadState === 'not-found' || loadState === 'masked') {
    const whose = user ? '--user ' : '';
    const hint =
      loadState === 'masked'
        ? `on its host: systemctl ${whose}unmask ${name}`
        : `on its host: systemctl ${whose}list-unit-files names what there is`;
    return [deedOf('restart', name, { refusal: notFound(`its unit is ${loadState}`, hint) })];
  }
  const systemctl = systemctlOf(user);
  const limitMs = (countOf(facts['limitSeconds']) ?? 90) * 1000 + slackMs;
  const active = textOf(facts['activeState']) ?? '';
  const known: Unit = {
    ...{ name, facts },
    isFailed: active === 'failed' || facts['startLimitHit'] === true,
    isOn: active !== 'failed' && active !== 'inactive',
    step: (title, verb) => ({
      ...execStep(title, [...systemctl, verb, name]),
      timeoutMs: limitMs,
    }),
  };
  const all = [
    restart(known),
    start(known),
    stop(known),
    ...reload(known),
    resetFailed(known),
    ...atBoot(known),
  ];
  return user ? all : all.map((one) => ({ ...one, needsRoot: 'maybe' }));
}

/** A start limit that was hit is lifted first. */
function forgetting({ isFailed, step }: Unit): readonly ExecStep[] {
  return isFailed ? [step('forget that it failed', 'reset-failed')] : [];
}

function staleWarnings({ facts }: Unit): readonly string[] {
  if (facts['needsDaemonReload'] !== true) return [];
  return ['its file has changed since systemd read it: this starts what systemd knows'];
}

function restart(unit: Unit): Deed {
  return deedOf('restart', unit.name, {
    steps: [...forgetting(unit), unit.step('restart', 'restart')],
    ...{ warnings: staleWarnings(unit), minimumMs: comesUpMs },
  });
}

function start(unit: Unit): Deed {
  const isWaiting = textOf(unit.facts['subState']) === 'auto-restart';
  const needless = unit.isOn && !isWaiting ? 'it is started already' : null;
  return deedOf('start', unit.name, {
    steps: needless === null ? [...forgetting(unit), unit.step('start', 'start')] : [],
    ...{ needless, warnings: staleWarnings(unit), minimumMs: comesUpMs },
  });
}

function stop({ name, facts, isOn, step }: Unit): Deed {
  const starters = textsOf(facts['triggeredBy']);
  return deedOf('stop', name, {
    steps: isOn ? [step('stop', 'stop')] : [],
    needless: isOn ? null : 'it does not run',
    warnings: starters.map((one) => `${one} may start it again`),
    isDone: ({ activeState }) => activeState === 'inactive' || activeState === 'failed',
  });
}

/** Only what says that it can be reloaded. */
function reload({ name, facts, isOn, step }: Unit): readonly Deed[] {
  if (facts['canReload'] !== true) return [];
  const notNow = { code: 'NOT_NOW', message: 'it does not run', canForce: false } as const;
  return [
    deedOf('reload', name, {
      steps: [step('reload', 'reload')],
      refusal: isOn ? null : { ...notNow, hint: 'start it, which reads its configuration too' },
      isDone: ({ activeState }) => activeState === 'active',
    }),
  ];
}

function resetFailed({ name, isFailed, step }: Unit): Deed {
  return deedOf('reset-failed', name, {
    steps: isFailed ? [step('forget that it failed', 'reset-failed')] : [],
    needless: isFailed ? null : 'it has not failed',
    isDone: ({ activeState, startLimitHit }) => activeState !== 'failed' && startLimitHit !== true,
  });
}

/** Whether it is started at boot, where that is its file's to say. */
function atBoot({ name, facts, isOn, step }: Unit): readonly Deed[] {
  const state = textOf(facts['unitFileState']);
  if (state !== 'enabled' && state !== 'disabled') return [];
  const isEnabled = state === 'enabled';
  return [
    deedOf('enable', name, {
      steps: isEnabled ? [] : [step('enable', 'enable')],
      needless: isEnabled ? 'it is enabled already' : null,
      warnings: isOn || isEnabled ? [] : ['it is started at the next boot, not now'],
      isDone: ({ unitFileState }) => unitFileState === 'enabled',
    }),
    deedOf('disable', name, {
      steps: isEnabled ? [step('disable', 'disable')] : [],
      needless: isEnabled ? null : 'it is disabled already',
      warnings: isOn && isEnabled ? ['it goes on now, and is not started at the next boot'] : [],
      isDone: ({ unitFileState }) => unitFileState === 'disabled',
    }),
  ];
}

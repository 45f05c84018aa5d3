import type { ObserveContext } from '../contract.ts';
import type { UnitFacts } from './facts.ts';
import { badExitOf, lastExitOf } from './last-exit.ts';
import type { Properties } from './read-show.ts';
import { wholeNumber } from './read-time.ts';

/**
 * systemd forgets how the last run ended when it starts the next: what a sample saw before is kept.
 * Where only failures bring a restart, each one tells of a failure that nobody saw.
 */
export function exitFacts(
  properties: Properties,
  { activeState }: Pick<UnitFacts, 'activeState'>,
  { previous }: ObserveContext,
): Pick<UnitFacts, 'starts' | 'badExit' | 'result' | 'lastExit' | 'startLimitHit'> {
  const starts = wholeNumber(properties.get('NRestarts'));
  const result = properties.get('Result') || null;
  const restart = properties.get('Restart') ?? 'no';
  const burst = wholeNumber(properties.get('StartLimitBurst'));
  const gaveUp = restart !== 'no' && burst !== null && burst > 0 && (starts ?? 0) >= burst;
  const isOn = activeState !== 'failed' && activeState !== 'inactive';
  const before = isOn && (starts ?? 0) > 0 ? previous?.facts['badExit'] : null;
  const unseen =
    isOn && (starts ?? 0) > 0 && /^on-(?:failure|abnormal|abort|watchdog)$/.test(restart);
  const remembered = typeof before === 'string' ? before : unseen ? 'after a failure' : null;
  return {
    starts,
    result,
    lastExit: lastExitOf(properties),
    badExit: badExitOf(properties) ?? (lastExitOf(properties) === null ? remembered : null),
    startLimitHit: result === 'start-limit-hit' || (activeState === 'failed' && gaveUp),
  };
}

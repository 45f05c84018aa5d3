import type { Answers } from '../collect/answers.ts';
import { blocksBy } from './told.ts';

/** Whether a timer of the system waits; null where no such timer is told. */
export function timerIsActive(answers: Answers, name: RegExp): boolean | null {
  const block = blocksBy(answers, 'timers')?.find((one) => name.test(one.get('Id') ?? ''));
  return block === undefined ? null : block.get('ActiveState') === 'active';
}

/** The first of these services that runs; null where none of them does, or nothing is told of services. */
export function activeService(answers: Answers, name: RegExp): string | null {
  const block = blocksBy(answers, 'services')?.find(
    (one) => name.test(one.get('Id') ?? '') && one.get('ActiveState') === 'active',
  );
  return block?.get('Id') ?? null;
}

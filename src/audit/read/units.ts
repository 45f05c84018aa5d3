import type { AuditedTimer, AuditFacts } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { blocksBy, byText, listedBy } from './told.ts';
import { troubledUnitsOf } from './unit-troubles.ts';

/** What systemd starts, and what of it has failed. */
export function unitsOf(answers: Answers): AuditFacts['units'] {
  const failed = listedBy(answers, 'failed');
  return {
    // systemctl(1) marks them with a sign where it is not told --plain.
    failed:
      failed
        ?.flatMap((line) => /^(?:[●*]\s+)?([^\s●]+\.[a-z]+)\s/.exec(`${line} `)?.[1] ?? [])
        .toSorted(byText) ?? null,
    troubled: troubledUnitsOf(answers),
    timers: timersOf(answers),
    enabled:
      listedBy(answers, 'unit-files')
        ?.flatMap((line) => /^(\S+\.service)\s+enabled(?:-runtime)?(?:\s|$)/.exec(line)?.[1] ?? [])
        .toSorted(byText) ?? null,
  };
}

function timersOf(answers: Answers): readonly AuditedTimer[] | null {
  const system = blocksBy(answers, 'timers');
  const user = blocksBy(answers, 'user-timers');
  if (system === null && user === null) return null;
  const read = (blocks: typeof system, isUser: boolean): readonly AuditedTimer[] =>
    (blocks ?? []).map((block) => ({
      unit: block.get('Id') ?? '',
      starts: block.get('Triggers') ?? '',
      user: isUser,
      active: block.get('ActiveState') === 'active',
    }));
  return [...read(system, false), ...read(user, true)].toSorted(
    (a, b) => Number(a.user) - Number(b.user) || byText(a.unit, b.unit),
  );
}

import { byContainer } from './by-container.ts';
import { byCron } from './by-cron.ts';
import { byNohup, bySession } from './by-hand.ts';
import { byPm2 } from './by-pm2.ts';
import { byStrongSupervisor, bySupervisord, byWeakSupervisor } from './by-supervisor.ts';
import { bySocketUnit, bySystemUnit } from './by-system-unit.ts';
import { byHiddenTerminal, byTerminal } from './by-terminal.ts';
import { byUserUnit } from './by-user-unit.ts';
import type { Ground, Rung, Subject, Verdict } from './ground.ts';
import { hiddenOwner } from './hidden-owner.ts';
import { unknownVerdict } from './unknown.ts';

/** The first that holds is the verdict: what stands nearest to the process goes before what holds that. */
const rungs: readonly Rung[] = [
  byContainer,
  bySocketUnit,
  byPm2,
  bySupervisord,
  byStrongSupervisor,
  bySystemUnit,
  byUserUnit,
  byWeakSupervisor,
  byTerminal,
  byHiddenTerminal,
  byCron,
  byNohup,
  bySession,
];

/** What manages a process, with what was seen for it; of one whose owner is hidden, who that is. */
export function managedBy(subject: Subject, ground: Ground): Verdict {
  const verdict =
    rungs.reduce<Verdict | null>((found, rung) => found ?? rung(subject, ground), null) ??
    unknownVerdict(subject, ground, null);
  const hidden = hiddenOwner(subject, ground);
  if (hidden === null) return verdict;
  const { manager } = verdict;
  const evidence = [...manager.evidence, hidden];
  return { ...verdict, manager: { ...manager, evidence } };
}

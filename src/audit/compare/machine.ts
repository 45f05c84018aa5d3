import type { AuditFacts } from '../../model/audit-facts.ts';
import { type Compared, joined, type Sides } from './things.ts';
import { compareValue, sizeBeside, type Value } from './values.ts';

/** The kernel keeps a little for itself, and not always the same. */
const memoryTolerance = 0.03;

/** The machine itself, and what it runs on: of uptime, skew and free space nothing. */
export function compareMachine({ before, after }: Sides<AuditFacts>): Compared {
  const of = (
    [id, title, severity]: readonly [string, string, Value['severity']],
    pick: (facts: AuditFacts) => string | null,
  ): Compared => compareValue({ id, title, severity, before: pick(before), after: pick(after) });
  const memory = (pick: (facts: AuditFacts) => number | null) => ({
    before: sizeBeside(pick(before), null, memoryTolerance),
    after: sizeBeside(pick(after), pick(before), memoryTolerance),
  });
  return joined([
    of(['machine/id', 'the machine behind this name', 'critical'], (facts) => facts.system.machine),
    of(['machine/hostname', 'what the host calls itself', 'warning'], (f) => f.system.hostname),
    of(['machine/vendor', 'its vendor', 'critical'], (facts) => facts.hardware.vendor),
    of(['machine/product', 'its model', 'critical'], (facts) => facts.hardware.product),
    of(
      ['machine/virtualization', 'what it is virtualized by', 'warning'],
      (facts) => facts.hardware.virtualization,
    ),
    of(['machine/cpu', 'its processor', 'warning'], ({ hardware }) => hardware.cpu),
    of(['machine/cpus', 'the number of its processors', 'warning'], ({ hardware: { cpus } }) =>
      cpus === null ? null : String(cpus),
    ),
    compareValue({
      ...{ id: 'machine/memory', title: 'its memory', severity: 'warning' },
      ...memory(({ hardware }) => hardware.memoryBytes),
    }),
    compareValue({
      ...{ id: 'machine/swap', title: 'its swap', severity: 'info' },
      ...memory(({ hardware }) => hardware.swapBytes),
    }),
    of(['machine/gpus', 'its graphics', 'warning'], ({ hardware: { gpus } }) =>
      gpus === null ? null : gpus.toSorted().join(', ') || 'none',
    ),
    of(['system/os', 'the operating system', 'info'], ({ system }) => system.os),
    of(['system/kernel', 'the kernel', 'info'], ({ system }) => system.kernel),
    of(['system/architecture', 'the architecture', 'warning'], (f) => f.system.architecture),
    of(['system/init', 'what starts its services', 'warning'], (facts) => facts.system.init),
    of(['system/time', 'what keeps its time', 'info'], (facts) => facts.system.timeService),
  ]);
}

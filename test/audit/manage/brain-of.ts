import { servicesOf } from '../../../src/audit/manage/services.ts';
import type { AuditedService } from '../../../src/model/audit.ts';
import { inventoryOf } from '../../inventory/read.ts';
import { answersOf, byServer, plainFacts, type Told } from '../answers-of.ts';

const { services: declared } = inventoryOf(`version: 1
name: n
hosts: [{name: box, access: ssh, ssh: {host: box}}]
services:
  - {name: brain, host: box, port: 3847, manager: {kind: none}}
`);

/** What is told of the one declared service, on port 3847, by these processes and other answers. */
export function brainOf(
  processes: readonly Told[],
  others: Readonly<Record<string, string>> = {},
): AuditedService {
  const answers = answersOf(processes, { listeners: byServer, ...others });
  const facts = plainFacts(answers);
  const [brain] = servicesOf({ declared, facts, answers, here: new Map([[3847, true]]) });
  if (!brain) throw new Error('the declared service is not told');
  return brain;
}

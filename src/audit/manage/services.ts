import type { AuditedService } from '../../model/audit.ts';
import type { AuditFacts } from '../../model/audit-facts.ts';
import type { Service } from '../../model/inventory.ts';
import type { Answers } from '../collect/answers.ts';
import type { FromHere } from '../reach.ts';

export interface ServicesRequest {
  /** Of the inventory, on this host. */
  readonly declared: readonly Service[];
  readonly facts: AuditFacts;
  readonly answers: Answers;
  readonly here: FromHere;
}

/** Each declared service in its order, then whatever else listens by its port: what manages it, and what it survives. */
export function servicesOf({ declared, here }: ServicesRequest): readonly AuditedService[] {
  return declared.map(({ name, port }) => ({
    name,
    declared: true,
    port,
    manager: { kind: 'unknown', name: null, confidence: 'guess', evidence: [] },
    survives: {
      reboot: null,
      crash: null,
      logout: null,
      why: { reboot: '', crash: '', logout: '' },
    },
    restart: null,
    stop: null,
    logs: null,
    process: null,
    olderThanDisk: null,
    reached: {
      fromHost: null,
      fromHere: port === null ? null : (here.get(port) ?? null),
      note: '',
    },
    documents: null,
    dependencies: [],
  }));
}

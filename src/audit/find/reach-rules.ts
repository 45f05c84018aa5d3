import type { AuditedService, Finding } from '../../model/audit.ts';
import type { Listener } from '../../model/audit-facts.ts';
import { isLoopback } from '../../model/private-address.ts';
import type { Rule } from './rule.ts';

/** What keeps a port of the inventory from answering: death, its address, or what stands between. */
const reach: Rule = ({ services, facts }) =>
  services
    .filter(({ declared, port }) => declared && port !== null)
    .flatMap((service) => reachOf(service, facts.network.listeners));

function reachOf(
  service: AuditedService,
  listeners: readonly Listener[] | null,
): readonly Finding[] {
  const { name, port, reached } = service;
  const bound = listeners?.filter((one) => one.protocol === 'tcp' && one.port === port) ?? null;
  const listens = bound === null ? null : bound.length > 0;
  const answers = reached.fromHost ?? listens;
  const nothing = listens === false ? 'nothing listens' : 'who listens is not known';
  const seen =
    bound === null || bound.length === 0
      ? `${nothing} on port ${port}`
      : `it listens on ${bound.map(({ address }) => `${address}:${port}`).join(', ')}`;
  const isSaid = reached.note.startsWith(nothing);
  const evidence = [isSaid ? '' : seen, reached.note].filter(Boolean).join('; ');
  // What answers from here runs, whoever listens there.
  if (answers === false && listens !== true && reached.fromHere === true) return [];
  if (answers === false) {
    const what = listens === true ? 'listens and does not answer' : 'does not run';
    const remedy = service.restart ?? 'find out what starts it, and start it';
    const title = `${name} ${what} (port ${port})`;
    return [{ id: `not-answering/${name}`, severity: 'critical', title, evidence, remedy }];
  }
  if (reached.fromHere !== false) return [];
  if (bound !== null && listens === true && bound.every(({ address }) => isLoopback(address))) {
    const title = `${name} answers only on its own host: port ${port} is bound to loopback`;
    const remedy = 'let it listen on the address of the tailnet, if others are to reach it';
    return [{ id: `loopback-only/${name}`, severity: 'warning', title, evidence, remedy }];
  }
  if (answers === null) {
    const title = `${name} does not answer from here, and its host did not tell why`;
    const remedy = 'look as root on its host';
    return [{ id: `not-reached/${name}`, severity: 'unknown', title, evidence, remedy }];
  }
  const title = `${name} answers on its host and not from here: port ${port} is blocked`;
  const remedy = 'let it through the firewall of its host, and the rules of the tailnet';
  return [{ id: `blocked/${name}`, severity: 'warning', title, evidence, remedy }];
}

export const reachRules: readonly Rule[] = [reach];

import type { AuditReport } from '../model/audit.ts';
import type { Host, Service } from '../model/inventory.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';
import { unknownsOf } from './collect/answers.ts';
import { collectFrom, type Page } from './collect/collect.ts';
import { findingsOf } from './find/findings.ts';
import { servicesOf } from './manage/services.ts';
import { reachedFromHere } from './reach.ts';
import { type Digest, factsOf } from './read/facts.ts';

export interface AuditRequest {
  readonly host: Host;
  /** Of the inventory, on this host. */
  readonly declared: readonly Service[];
  /** SHA-256 of the script, in hex. */
  readonly script: string;
  readonly digest: Digest;
  readonly transports: Transports;
  readonly options: CallOptions;
  /** Told the name of each probe as it begins. */
  readonly onProbe: (id: string) => void;
}

/** Looks into a host, over one connection, and tells what it is and runs. It rejects with a FaultError where nothing was told. */
export async function auditHost(request: AuditRequest): Promise<AuditReport> {
  const { host, declared, script, transports, options, onProbe } = request;
  const atMs = transports.clock.now();
  const began = transports.clock.monotonicMs();
  const pages = declared.flatMap(pageOf);
  const [collection, here] = await Promise.all([
    collectFrom({ host, pages, transports, options, onProbe }),
    reachedFromHere(declared, { host, transports, options }),
  ]);
  const { answers, cutOff } = collection;
  const facts = factsOf(collection, request.digest);
  const report = {
    host: host.name,
    id: auditId(atMs, transports.clock.random()),
    at: new Date(atMs).toISOString(),
    script,
    durationMs: Math.round(transports.clock.monotonicMs() - began),
    cutOff,
    facts,
    services: servicesOf({ declared, facts, answers, here }),
    unknowns: unknownsOf(answers),
  };
  return { ...report, findings: findingsOf(report) };
}

/** What its own check asks for, as the host itself sees it: what speaks another language is not spoken to. */
function pageOf({ port, checks }: Service): readonly Page[] {
  if (port === null) return [];
  const asked = checks.flatMap(({ kind, spec: { url } }) =>
    kind === 'http' && typeof url === 'string' && URL.canParse(url) ? [new URL(url)] : [],
  );
  const page = asked.find((url) => url.protocol === 'http:' && Number(url.port || 80) === port);
  return page ? [{ port, path: `${page.pathname}${page.search}` }] : [];
}

function auditId(atMs: number, chance: number): string {
  const at = new Date(atMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${at}-${Math.floor(chance * 36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}

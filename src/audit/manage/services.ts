import type { AuditedService } from '../../model/audit.ts';
import type { AuditFacts } from '../../model/audit-facts.ts';
import type { Service } from '../../model/inventory.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import type { FromHere } from '../reach.ts';
import type { Listening } from '../read/listening.ts';
import { byDeclaredUnit } from './declared-unit.ts';
import { dependenciesOf } from './dependencies.ts';
import { documentsIn } from './documents.ts';
import { foundProcess, isOlderThanDisk } from './found-process.ts';
import {
  type Ground,
  groundOf,
  type Subject,
  subjectOf,
  subjectOn,
  type Verdict,
} from './ground.ts';
import { managedBy } from './ladder.ts';
import { reachedBy } from './reached.ts';
import { unknownVerdict } from './unknown.ts';

export interface ServicesRequest {
  /** Of the inventory, on this host. */
  readonly declared: readonly Service[];
  readonly facts: AuditFacts;
  readonly answers: Answers;
  readonly here: FromHere;
}

/** Each declared service in its order, then whatever else listens by its port: what manages it, and what it survives. */
export function servicesOf({
  declared,
  facts,
  answers,
  here,
}: ServicesRequest): readonly AuditedService[] {
  const ground = groundOf(answers, facts);
  const known = declared.map((service) => ofInventory(service, ground, here));
  const ports = new Set(declared.map(({ port }) => port));
  const names = new Set(declared.map(({ name }) => name));
  const others = (ground.listening ?? []).filter(({ port }) => !ports.has(port));
  return [
    ...known,
    ...others.map((listening): AuditedService => {
      const [subject, verdict] = explained(listening, ground);
      const called = calledBy(subject, verdict);
      const name = names.has(called) || called === 'port' ? `${called}:${listening.port}` : called;
      names.add(name);
      return audited({ name, declared: false, port: listening.port, count: null }, ground, {
        ...{ subject, verdict, fromHere: null },
      });
    }),
  ];
}

/** By its program, else by what manages it. */
function calledBy({ process, listening }: Subject, verdict: Verdict): string {
  const isSystemd = process?.pid === 1;
  const program = isSystemd ? null : (process ?? verdict.process)?.name;
  return program || (isSystemd ? null : listening?.program) || verdict.manager.name || 'port';
}

function explained(listening: Listening, ground: Ground): readonly [Subject, Verdict] {
  const subject = subjectOn(listening, ground);
  return [subject, managedBy(subject, ground)];
}

function ofInventory(service: Service, ground: Ground, here: FromHere): AuditedService {
  const { name, port } = service;
  const listening = ground.listening?.find((one) => one.port === port) ?? null;
  const [subject, verdict] =
    listening === null ? unseen(service, ground) : explained(listening, ground);
  const count = service.checks.find(({ kind }) => kind === 'http')?.spec['count'];
  const what = { name, declared: true, port, count: typeof count === 'string' ? count : null };
  const fromHere = port === null ? null : (here.get(port) ?? null);
  return audited(what, ground, { subject, verdict, fromHere });
}

/** By the unit that the inventory names, else by a process of its name, which is a guess. */
function unseen(service: Service, ground: Ground): readonly [Subject, Verdict] {
  const { name, port } = service;
  const nothing =
    ground.listening === null ? 'what listens could not be told' : `nothing listens on ${port}`;
  const why = port === null ? '' : nothing;
  const declared = byDeclaredUnit(service, ground, why);
  if (declared !== null) return [subjectOf(declared.process ?? null, ground), declared];
  const alike =
    port === null
      ? [...ground.processes.values()].find((one) => one.name === name.slice(0, 15))
      : undefined;
  const subject = subjectOf(alike ?? null, ground);
  if (alike === undefined) {
    return [subject, unknownVerdict(subject, ground, why || `no process is called ${name}`)];
  }
  const verdict = managedBy(subject, ground);
  const evidence = [`a process is called ${alike.name}`, ...verdict.manager.evidence];
  return [subject, { ...verdict, manager: { ...verdict.manager, confidence: 'guess', evidence } }];
}

interface Named {
  readonly name: string;
  readonly declared: boolean;
  readonly port: number | null;
  readonly count: string | null;
}

interface Explained {
  readonly subject: Subject;
  readonly verdict: Verdict;
  readonly fromHere: boolean | null;
}

function audited(
  { name, declared, port, count }: Named,
  ground: Ground,
  { subject, verdict, fromHere }: Explained,
): AuditedService {
  const { manager, survives, restart, stop, logs } = verdict;
  const process = subject.process ?? verdict.process ?? null;
  const page = port === null ? null : (ground.answers.get(`page-${port}`) ?? null);
  const reach = { port: port ?? 0, isTold: ground.listening !== null, page, fromHere };
  return {
    ...{ name, declared, port, manager, survives, restart, stop, logs },
    process: process === null ? null : foundProcess(process, ground),
    olderThanDisk: process === null ? null : isOlderThanDisk(process, ground),
    reached:
      port === null
        ? { fromHost: null, fromHere, note: '' }
        : reachedBy({ ...reach, listening: subject.listening }),
    documents:
      port === null ? null : documentsIn(toldBy(ground.answers, `page-${port}`) ?? '', count),
    dependencies: process === null ? [] : dependenciesOf(process, ground.answers),
  };
}

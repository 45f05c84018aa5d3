import type { FoundManager, Survives } from '../../model/audit.ts';
import type { AuditFacts } from '../../model/audit-facts.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import { type Place, placeOf } from '../read/cgroup.ts';
import { type CronLine, cronLinesOf } from '../read/cron-lines.ts';
import { type Listening, listeningOn } from '../read/listening.ts';
import { lineageOf, processesOf, type SeenProcess } from '../read/processes.ts';
import { blocksBy } from '../read/told.ts';

/** Of a unit what systemctl(1) shows. */
export type Unit = ReadonlyMap<string, string>;

/** What is known of the host, made ready for whoever asks what manages a process. */
export interface Ground {
  readonly answers: Answers;
  readonly facts: AuditFacts;
  readonly processes: ReadonlyMap<number, SeenProcess>;
  /** Null where nothing could be told of what listens. */
  readonly listening: readonly Listening[] | null;
  readonly units: ReadonlyMap<string, Unit>;
  /** Of the one user's manager who looks: `us`. */
  readonly userUnits: ReadonlyMap<string, Unit>;
  readonly cronLines: readonly CronLine[];
  /** By number. */
  readonly users: ReadonlyMap<number, string>;
  readonly us: number | null;
  /** Seconds since 1970. */
  readonly bootedAt: number | null;
}

/** What is to be explained; without a process where its owner is hidden, or nothing runs. */
export interface Subject {
  readonly process: SeenProcess | null;
  /** Itself, then whatever has started it. */
  readonly lineage: readonly SeenProcess[];
  readonly place: Place | null;
  readonly uid: number | null;
  /** On the port, where there is one. */
  readonly listening: Listening | null;
}

/** What one rung of the ladder has to say; `process` where the manager names its main one. */
export interface Verdict {
  readonly manager: FoundManager;
  readonly survives: Survives;
  readonly restart: string | null;
  readonly stop: string | null;
  readonly logs: string | null;
  readonly process?: SeenProcess;
}

export type Rung = (subject: Subject, ground: Ground) => Verdict | null;

export function groundOf(answers: Answers, facts: AuditFacts): Ground {
  const users = new Map(
    (toldBy(answers, 'passwd') ?? '')
      .split('\n')
      .map((line) => line.split(':'))
      .filter(([, , uid = '']) => /^\d+$/.test(uid))
      .map(([name = '', , uid]): readonly [number, string] => [Number(uid), name]),
  );
  const [, uid] = /^uid=(\d+)/.exec(toldBy(answers, 'id') ?? '') ?? [];
  const us = uid === undefined ? null : Number(uid);
  const unitsBy = (id: string): ReadonlyMap<string, Unit> =>
    new Map((blocksBy(answers, id) ?? []).map((unit) => [unit.get('Id') ?? '', unit]));
  return {
    ...{ answers, facts, users, us },
    processes: processesOf(answers),
    listening: listeningOn(answers, facts),
    units: unitsBy('services'),
    userUnits: unitsBy('user-services'),
    cronLines: cronLinesOf(answers, users.get(us ?? -1) ?? 'us'),
    bootedAt: bootedAt(answers),
  };
}

function bootedAt(answers: Answers): number | null {
  const [, boot] = /^btime (\d{1,12})/.exec(toldBy(answers, 'boot') ?? '') ?? [];
  return boot === undefined ? null : Number(boot);
}

/** Of several that hold a port the one that has started the others. */
export function subjectOn(listening: Listening, ground: Ground): Subject {
  const held = listening.pids.flatMap((pid) => ground.processes.get(pid) ?? []);
  const first = held.find(({ parent }) => !held.some(({ pid }) => pid === parent)) ?? held[0];
  const subject = subjectOf(first ?? null, ground);
  const cgroup = first?.cgroup ?? listening.cgroup;
  return {
    ...subject,
    listening,
    place: cgroup === null ? null : placeOf(cgroup),
    uid: subject.uid ?? listening.uid,
  };
}

export function subjectOf(process: SeenProcess | null, ground: Ground): Subject {
  return {
    process,
    lineage: process === null ? [] : lineageOf(ground.processes, process.pid),
    place: process === null || process.cgroup === null ? null : placeOf(process.cgroup),
    uid: process?.uid ?? null,
    listening: null,
  };
}

/** `joel`, else `user 1000`. */
export function userName(uid: number | null, { users }: Pick<Ground, 'users'>): string {
  return uid === null ? 'somebody' : (users.get(uid) ?? `user ${uid}`);
}

/** Before a command that only root may give, or another user. */
export function asUser(uid: number | null, { us, users }: Pick<Ground, 'us' | 'users'>): string {
  if (uid === null || uid === us) return '';
  return uid === 0 ? 'sudo ' : `sudo -u ${users.get(uid) ?? `'#${uid}'`} `;
}

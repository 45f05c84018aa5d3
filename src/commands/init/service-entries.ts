import type { Json, JsonObject } from '../../model/json.ts';
import { plainText } from '../../model/plain-text.ts';
import type { Entry } from './entry.ts';
import type { Found, FoundPort, FoundUnit } from './found.ts';
import type { Names } from './names.ts';

interface Draft {
  readonly name: string;
  readonly comments: string[];
  readonly description: string;
  port: number | null;
  readonly manager: JsonObject | null;
  readonly checks: JsonObject[];
}

/** Where services are made: on this machine, and on the cluster when that was taken. */
interface Place {
  readonly host: string;
  readonly cluster: string | null;
  readonly names: Names;
}

/** Units first, then workloads; an open port joins the one service that is called like it. */
export function serviceEntries(found: Found, { host, cluster, names }: Place): readonly Entry[] {
  const drafts = [
    ...found.units.map((unit) => unitDraft(unit, names)),
    ...(cluster === null ? [] : workloadDrafts(found, cluster, names)),
  ];
  for (const port of found.ports) joinPort(drafts, port, names);
  return drafts.map((draft) => entryOf(draft, host));
}

function unitDraft({ kind, unit, user, description, file }: FoundUnit, names: Names): Draft {
  const manager =
    kind === 'launchd' ? { kind, label: unit } : { kind, unit, ...(user ? { user } : {}) };
  const short =
    kind === 'launchd' ? (unit.split('.').at(-1) ?? unit) : unit.replace(/\.(service|timer)$/, '');
  const shown = plainText(description, 120);
  const comments = [`${kind === 'launchd' ? 'launchd' : 'systemd'}: ${file}`];
  return { name: names.take(short), comments, description: shown, port: null, manager, checks: [] };
}

function workloadDrafts({ cluster }: Found, name: string, names: Names): readonly Draft[] {
  const workloads = cluster?.workloads ?? [];
  const many = new Set(workloads.map(({ namespace }) => namespace)).size > 1;
  return workloads.map(({ namespace, kind, name: own }) => {
    const workload = `${many ? `${namespace}/` : ''}${kind}/${own}`;
    const comments = [`${kind} of namespace ${namespace}`];
    const manager = { kind: 'k8s', cluster: name, workload };
    return { name: names.take(own), comments, description: '', port: null, manager, checks: [] };
  });
}

function joinPort(drafts: Draft[], found: FoundPort, names: Names): void {
  const { port, name, words, check, remark, admin = false } = found;
  const like = drafts.filter((draft) => words.some((word) => isCalled(draft.name, word)));
  const [only] = like;
  const comment = `port ${port} is open${remark === '' ? '' : `; ${remark}`}`;
  if (only && like.length === 1) {
    if (!admin) only.port ??= port;
    only.comments.push(comment);
    only.checks.push(withOwnName(check, only, port));
    return;
  }
  const manager = null;
  drafts.push({
    name: names.take(name),
    comments: [comment],
    description: '',
    port: admin ? null : port,
    manager,
    checks: [check],
  });
}

function isCalled(name: string, word: string): boolean {
  return name === word || name.startsWith(`${word}-`) || name.endsWith(`-${word}`);
}

/** Two checks of one kind need names. */
function withOwnName(check: JsonObject, { checks }: Draft, port: number): JsonObject {
  const { kind, ...spec } = check;
  const isTwice = checks.some((one) => one['kind'] === kind);
  return isTwice ? { kind: kind as Json, name: `${kind}-${port}`, ...spec } : check;
}

function entryOf(
  { name, comments, description, port, manager, checks }: Draft,
  host: string,
): Entry {
  const item: JsonObject = {
    name,
    host,
    ...(description === '' ? {} : { description }),
    ...(port === null ? {} : { port }),
    ...(manager === null ? {} : { manager }),
    ...(checks.length === 0 ? {} : { checks }),
  };
  return { comment: comments.join('; '), item, live: true };
}

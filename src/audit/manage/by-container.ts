import type { Container } from '../../model/audit-facts.ts';
import { type Json, jsonObjectOf } from '../../model/json.ts';
import { toldBy } from '../collect/answers.ts';
import type { SeenProcess } from '../read/processes.ts';
import { commandFor } from './by-hand-commands.ts';
import type { Ground, Rung, Verdict } from './ground.ts';

interface Held {
  readonly kind: 'docker' | 'podman' | 'supervisor';
  /** Of the container, or what is known of it. */
  readonly id: string;
  readonly evidence: string;
}

const places: readonly (readonly [RegExp, Held['kind'], string])[] = [
  [/kubepods.*?pod([0-9a-f_-]{36})/, 'supervisor', 'a pod of Kubernetes'],
  [/libpod-(?:conmon-)?([0-9a-f]{12,64})/, 'podman', 'a container of Podman'],
  [/docker[/-]([0-9a-f]{12,64})/, 'docker', 'a container of Docker'],
  [/lxc(?:\.payload)?[./]([\w.-]+)/, 'supervisor', 'a container of LXC'],
  [
    /machine\.slice\/(?:machine-|systemd-nspawn@)([^/]+)\.(?:scope|service)/,
    'supervisor',
    'a machine of systemd-nspawn',
  ],
];

/** A container, by the control group, or by the proxy that holds its port out here. */
export const byContainer: Rung = ({ place, process, listening }, ground) => {
  const held = heldBy(place?.path ?? '') ?? proxied(process, listening?.port ?? null, ground);
  if (held === null) return null;
  if (held.kind === 'supervisor') return ofAnother(held);
  const known = ground.facts.containers?.find(({ id }) => isSameId(id, held.id));
  const name = known?.name ?? nameOf(held.id, ground) ?? held.id.slice(0, 12);
  const program = held.kind;
  const owner = program === 'podman' ? (process?.uid ?? 0) : 0;
  const asked = (words: string): string => commandFor(owner, `${program} ${words}`, ground);
  return {
    manager: { kind: program, name, confidence: 'certain', evidence: [held.evidence] },
    survives: survivalOf(known),
    restart: asked(`restart ${name}`),
    stop: asked(`stop ${name}`),
    logs: asked(`logs --tail 100 ${name}`),
  };
};

function heldBy(path: string): Held | null {
  for (const [pattern, kind, what] of places) {
    const [, id] = pattern.exec(path) ?? [];
    if (id !== undefined)
      return { kind, id, evidence: `its control group is that of ${what}: ${path}` };
  }
  return null;
}

function proxied(process: SeenProcess | null, port: number | null, ground: Ground): Held | null {
  if (port === null || process === null) return null;
  if (process.name !== 'docker-proxy') return null;
  const container = containers(ground).find(({ ports }) => ports.includes(`:${port}->`));
  const evidence = 'docker-proxy holds the port for a container of Docker';
  return { kind: 'docker', id: container?.id ?? 'unknown', evidence };
}

function containers({ answers }: Ground): readonly { id: string; name: string; ports: string }[] {
  return (toldBy(answers, 'docker') ?? '').split('\n').flatMap((line) => {
    const one = jsonObjectOf(line);
    const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
    return one === null
      ? []
      : [{ id: textOf(one['ID']), name: textOf(one['Names']), ports: textOf(one['Ports']) }];
  });
}

function nameOf(id: string, ground: Ground): string | null {
  return containers(ground).find((one) => isSameId(one.id, id))?.name || null;
}

/** Either may be cut short. */
function isSameId(one: string, other: string): boolean {
  return one.length >= 12 && other.length >= 12 && (one.startsWith(other) || other.startsWith(one));
}

function survivalOf(container: Container | undefined): Verdict['survives'] {
  const policy = container?.restartPolicy ?? null;
  const why =
    policy === null ? 'its restart policy could not be told' : `its restart policy is ${policy}`;
  const atBoot = policy === null ? null : ['always', 'unless-stopped'].includes(policy);
  const atCrash = policy === null ? null : policy !== 'no' && policy !== '';
  return {
    ...{ reboot: atBoot, crash: atCrash, logout: true },
    why: { reboot: why, crash: why, logout: 'a container belongs to no login' },
  };
}

function ofAnother({ id, evidence }: Held): Verdict {
  const why = 'what keeps it is not asked by the audit';
  return {
    manager: { kind: 'supervisor', name: id, confidence: 'likely', evidence: [evidence] },
    survives: {
      reboot: null,
      crash: null,
      logout: true,
      why: { reboot: why, crash: why, logout: 'it belongs to no login' },
    },
    ...{ restart: null, stop: null, logs: null },
  };
}

import type { Adoption, OldManager } from '../../model/adoption.ts';
import type { AuditedService, ManagerKind } from '../../model/audit.ts';
import { hideSecrets } from '../../model/hide-secrets.ts';
import type { Host, Service } from '../../model/inventory.ts';
import { scriptIn } from '../manage/script-above.ts';
import { bootEntryOf, otherAtBoot } from './boot-entry.ts';
import type { CloseLook } from './close-look.ts';
import { commandOf } from './command-of.ts';
import { unitFactsOf } from './unit-facts.ts';
import { unitText } from './unit-text.ts';
import { isUnitText } from './unit-words.ts';

/** What is to be made of what was seen. */
export interface Proposal {
  readonly unit: string;
  readonly text: string;
  readonly adoption: Omit<Adoption, 'id' | 'at'>;
  /** What a person should know of it. */
  readonly warnings: readonly string[];
}

export interface NotAdopted {
  readonly why: string;
  readonly hint: string;
}

export interface Wanted {
  readonly service: Service;
  readonly host: Host;
  readonly seen: AuditedService;
  readonly look: CloseLook;
  /** Of an environment that the inventory manages; null where there is none. */
  readonly environmentFile: string | null;
  readonly isStrict: boolean;
}

const byHand: Readonly<Partial<Record<ManagerKind, string>>> = {
  docker: 'a container: give it a restart policy, or a unit by hand',
  podman: 'a container: podman generate systemd writes its unit',
  unknown: 'by what is not known: look at what the audit has tried',
};

const notRoot = 'infra apply carries this out only as root there: let ssh.user be root for it';

/** Why what was found cannot be adopted by anybody; null where it may be. */
export function whyNotAdopted({ name, manager, process }: AuditedService): NotAdopted | null {
  const hand = byHand[manager.kind];
  if (hand !== undefined)
    return { why: `${name} is run ${hand}`.replace('run a', 'run in a'), hint: 'adopt it by hand' };
  if (process === null) {
    return { why: `the process of ${name} was not seen`, hint: 'start it, or ask as who runs it' };
  }
  return null;
}

/** The unit of what was found, and how the old manager is to be left; or why that is nobody's to guess. */
export function proposalOf(wanted: Wanted): Proposal | NotAdopted {
  const { service, host, seen, look } = wanted;
  const kind = seen.manager.kind as OldManager;
  const command = commandOf(look);
  if ('why' in command) return command;
  const { user, uid, argv, workingDirectory } = look.process;
  if (user === '') return { why: `its user ${uid} has no name there`, hint: 'give it one' };
  const words = [...argv, workingDirectory, ...look.environment];
  if (!words.every(isUnitText) || workingDirectory.endsWith(' (deleted)')) {
    return {
      why: 'its command line or its folder cannot stand in a unit',
      hint: 'write it by hand',
    };
  }
  if (hideSecrets(argv.join(' ')) !== argv.join(' ')) {
    const hint = 'put it into its environment file first: the repo is no place for it';
    return { why: 'its command line holds what looks like a secret', hint };
  }
  const script = isByHand(kind) ? scriptIn(look.parents[0] ?? []) : null;
  if (script !== null) {
    const why = `the script ${hideSecrets(script)} has started it, and may start it again`;
    return { why, hint: 'start it without that script, then adopt it' };
  }
  const boot = bootEntryOf(kind, seen.manager.name, look);
  if ('why' in boot) return boot;
  const { manager } = service;
  const unit = manager.kind === 'systemd' ? manager.unit : `${service.name}.service`;
  if (kind !== 'cron' && !mayBeName(kind, seen.manager.name)) {
    return { why: `the name that ${kind} has for it is not known`, hint: 'adopt it by hand' };
  }
  if (kind === 'systemd' && seen.manager.name === unit) {
    return { why: `${unit} runs it already`, hint: 'joelclaw infra adopt takes its file as it is' };
  }
  const { facts, warnings } = unitFactsOf(wanted, { ...command, unit });
  return {
    unit,
    text: unitText(facts),
    adoption: {
      ...{ service: service.id, host: host.name, unit, port: service.port },
      manager: { kind, name: seen.manager.name },
      ...{ process: look.process, boot: boot.entry },
    },
    warnings: [
      ...warnings,
      ...otherAtBoot(look, boot.entry).map((line) => `stays as it is: ${hideSecrets(line)}`),
      ...(look.askingUid === 0 ? [] : [notRoot]),
    ],
  };
}

/** Of what only its own process can be ended. */
function isByHand(kind: OldManager): boolean {
  return ['screen', 'tmux', 'nohup', 'session'].includes(kind);
}

/** A manager that is asked by name must have one, and no option of its program. */
function mayBeName(kind: OldManager, name: string | null): boolean {
  const isAsked = ['systemd', 'systemd-user', 'pm2', 'supervisor'].includes(kind);
  const isUnit = kind === 'systemd' || kind === 'systemd-user';
  if (isUnit && (!name?.endsWith('.service') || ofMany.test(name))) return false;
  return name === null ? !isAsked : /^[\w@.:\\][\w@.:\\ -]*$/.test(name);
}

/** Units that hold more than one service: none of them is ever stopped for one. */
const ofMany =
  /^(?:crond?|sshd?|docker|containerd|podman|supervisord?|rc-local|dbus(?:-broker)?|init)\.service$|^(?:user@|pm2-|systemd-|getty@|ssh@|session-)/;

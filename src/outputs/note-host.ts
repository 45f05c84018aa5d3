import type { AuditReport } from '../model/audit.ts';
import type { AuditFacts, Listener } from '../model/audit-facts.ts';
import { isPrivateAddress } from '../model/private-address.ts';
import { noteTable } from './note-services.ts';
import { noteCode, noteText } from './note-words.ts';
import { bytesText } from './units.ts';

/** `- **CPU**: AMD EPYC`; what could not be told says so. */
function fact(name: string, value: string | null): string {
  return `- **${name}**: ${value ?? 'unknown'}`;
}

const said = (value: string | null): string | null => (value === null ? null : noteText(value));
const listed = <T>(
  all: readonly T[] | null | undefined,
  text: (one: T) => string,
): string | null => (all ? all.map(text).join(', ') || 'none' : null);

/** What it is made of and runs; nothing that moves by itself, as free memory and uptime do. */
export function hostSections({ facts }: AuditReport): readonly string[] {
  const { hardware, system } = facts;
  const machine = [hardware.vendor, hardware.product].filter((one) => one !== null).join(' ');
  const cpu = said(hardware.cpu);
  const ownOf = (value: number | null, none: string): string | null =>
    value === null ? null : value === 0 ? none : bytesText(value);
  return [
    '## Hardware',
    '',
    fact('Machine', machine === '' ? null : noteText(machine)),
    fact('Virtualisation', said(hardware.virtualization)),
    fact(
      'CPU',
      cpu === null ? null : `${cpu}${hardware.cpus === null ? '' : `, ${hardware.cpus} threads`}`,
    ),
    fact('Memory', ownOf(hardware.memoryBytes, 'none')),
    fact('Swap', ownOf(hardware.swapBytes, 'none')),
    fact('Disks', listed(hardware.disks, diskText)),
    fact('GPU', listed(hardware.gpus, noteText)),
    fact('Mounts', listed(facts.mounts, mountText)),
    '',
    '## System',
    '',
    fact('OS', said(system.os)),
    fact('Kernel', said(system.kernel)),
    fact('Init', said(system.init)),
    fact('Clock', clockText(system)),
    fact('Updates', updatesText(facts.updates)),
    fact(
      'Addresses',
      listed(privateOnes(facts), (one) => `${noteText(one.interface)} ${one.address}`),
    ),
    fact('Firewall', said(facts.network.firewall)),
    fact('May log in', listed(facts.logins.users, userText)),
    fact('Login by password', wordOf(facts.logins.passwordAuthentication)),
    fact('Login as root', said(facts.logins.rootLogin)),
    '',
  ];
}

function diskText({
  name,
  sizeBytes,
  model,
  rotational,
}: NonNullable<AuditFacts['hardware']['disks']>[number]): string {
  const kind = rotational === null ? '' : rotational ? ', turns' : ', solid';
  return `${noteText(name)} ${bytesText(sizeBytes)}${model === null ? '' : ` (${noteText(model)})`}${kind}`;
}

function mountText({
  mount,
  device,
  type,
  sizeBytes,
}: NonNullable<AuditFacts['mounts']>[number]): string {
  const size = sizeBytes === null ? '' : ` ${bytesText(sizeBytes)}`;
  return `${noteText(mount)}${size} (${noteText(type)} on ${noteText(device)})`;
}

function clockText({ timeService, timeSynchronized }: AuditFacts['system']): string | null {
  if (timeService === null) return wordOf(timeSynchronized);
  const state = timeSynchronized === null ? '' : timeSynchronized ? ', in time' : ', not in time';
  return `${noteText(timeService)}${state}`;
}

function updatesText({ automatic, rebootRequired }: AuditFacts['updates']): string | null {
  if (automatic === null && rebootRequired === null) return null;
  const how =
    automatic === null ? 'unknown whether by themselves' : automatic ? 'by themselves' : 'by hand';
  return `${how}${rebootRequired ? ', a reboot is due' : ''}`;
}

function wordOf(value: boolean | null): string | null {
  return value === null ? null : value ? 'yes' : 'no';
}

function userText({ name, groups }: NonNullable<AuditFacts['logins']['users']>[number]): string {
  return `${noteText(name)}${groups.length === 0 ? '' : ` (${groups.map(noteText).join(', ')})`}`;
}

/** Without loopback, and without what comes and goes with containers. */
function privateOnes({ network }: AuditFacts): AuditFacts['network']['addresses'] {
  return (
    network.addresses?.filter(
      (one) =>
        isPrivateAddress(one.address) &&
        !/^(?:lo$|veth|br-|docker|cni|flannel|cali)/.test(one.interface) &&
        !/^fe80:/i.test(one.address),
    ) ?? null
  );
}

/** ip_local_port_range(7): what takes datagrams up there waits for an answer, and is gone soon. */
const firstEphemeral = 32_768;

/** What listens, and what is started by the clock or in containers. */
export function runningSections({ facts }: AuditReport): readonly string[] {
  const listeners = facts.network.listeners?.filter(
    ({ protocol, port }) => protocol === 'tcp' || port < firstEphemeral,
  );
  return [
    '## Listening ports',
    '',
    ...(listeners === undefined
      ? ['unknown']
      : noteTable(['Port', 'Address', 'Program', 'Unit'], listeners.map(listenerRow))),
    '',
    '## Started by themselves',
    '',
    fact(
      'Containers',
      listed(
        facts.containers,
        (one) =>
          `${noteText(one.name ?? one.id.slice(0, 12))} (${noteText(one.image ?? 'unknown')}, restart ${one.restartPolicy ?? 'unknown'})`,
      ),
    ),
    fact('Failed units', listed(facts.units.failed, noteText)),
    fact(
      'Timers',
      listed(facts.units.timers, ({ unit }) => noteText(unit)),
    ),
    fact(
      'Crontabs',
      facts.crontabs === null ? null : facts.crontabs.length === 0 ? 'none' : 'below',
    ),
    '',
    ...crontabTable(facts.crontabs ?? []),
  ];
}

function crontabTable(entries: NonNullable<AuditFacts['crontabs']>): readonly string[] {
  if (entries.length === 0) return [];
  const rows = entries.map(({ source, user, schedule, command }) => [
    ...[noteText(source), noteText(user ?? 'unknown'), noteCode(schedule), noteCode(command)],
  ]);
  return [...noteTable(['Crontab', 'User', 'When', 'Command'], rows), ''];
}

function listenerRow({ protocol, port, address, program, uid, unit }: Listener): readonly string[] {
  const owner = program === null ? (uid === null ? '' : `uid ${uid}`) : noteText(program);
  return [
    `${protocol} ${port}`,
    noteText(address),
    owner,
    noteText(unit === null || /^session-/.test(unit) ? '' : unit),
  ];
}

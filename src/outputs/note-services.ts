import type { AuditedService } from '../model/audit.ts';
import { noteCode, noteText } from './note-words.ts';

const yesNo = (value: boolean | null): string =>
  value === null ? 'unknown' : value ? 'yes' : 'no';

/** A row of a table of Markdown; an empty cell says that there is nothing to say. */
function noteRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell || '–').join(' | ')} |`;
}

/** A table with its head; nothing where it has no rows. */
export function noteTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [noteRow(head), noteRow(head.map(() => '---')), ...rows.map(noteRow)];
}

/** What runs here by the inventory: by what, how to handle it, what it survives, and how it answers. */
export function serviceSections(services: readonly AuditedService[]): readonly string[] {
  const own = services.filter(({ declared }) => declared).map(steady);
  if (own.length === 0)
    return ['## Services', '', 'The inventory has no service on this host.', ''];
  return [
    '## Services',
    '',
    ...noteTable(['Service', 'Port', 'Manager', 'Restart', 'Logs', 'Health'], own.map(rowOf)),
    '',
    '## How to restart, stop and read logs',
    '',
    ...own.flatMap(handling),
    '## Reboot survival',
    '',
    ...noteTable(['Service', 'Reboot', 'Crash', 'Logout', 'Why'], own.map(survivalOf)),
    '',
    '## What manages it',
    '',
    ...own.flatMap(({ name, manager }) => [
      `- **${noteText(name)}**: ${managerOf(manager)}, ${manager.confidence}`,
      ...manager.evidence.map((line) => `  - ${noteText(line)}`),
    ]),
    '',
    '## Health',
    '',
    ...noteTable(
      ['Service', 'On its host', 'From here', 'Documents', 'Stands on'],
      own.map(healthOf),
    ),
    '',
  ];
}

/** Without the numbers that a process and a session have by chance: a new start is no new fact. */
function steady(service: AuditedService): AuditedService {
  const pid = service.process?.pid ?? 0;
  // A small number may be one of many other things.
  const own = pid > 99 ? new RegExp(`\\b${pid}\\b`, 'g') : /(?!)/;
  const still = (text: string): string =>
    text
      .replace(/\bkill ((?:-\w+ )?)\d+/g, 'kill $1PID')
      .replace(/\bsession-\d+\.scope/g, 'session-N.scope')
      .replace(own, 'PID');
  const { manager, survives, restart, stop, logs } = service;
  const { reboot, crash, logout } = survives.why;
  const command = (text: string | null): string | null => (text === null ? null : still(text));
  return {
    ...service,
    ...{ restart: command(restart), stop: command(stop), logs: command(logs) },
    manager: { ...manager, evidence: manager.evidence.map(still) },
    survives: {
      ...survives,
      why: { reboot: still(reboot), crash: still(crash), logout: still(logout) },
    },
  };
}

function managerOf({ kind, name }: AuditedService['manager']): string {
  return name === null ? kind : `${kind} ${noteText(name)}`;
}

function rowOf({ name, port, manager, restart, logs, reached }: AuditedService): readonly string[] {
  const health = reached.fromHost === true || reached.fromHere === true ? 'answers' : null;
  const isDead =
    reached.fromHost === false || (reached.fromHost === null && reached.fromHere === false);
  return [
    ...[noteText(name), port === null ? '' : String(port), managerOf(manager)],
    ...[noteCode(restart ?? ''), noteCode(logs ?? '')],
    health ?? (isDead ? 'does not answer' : 'unknown'),
  ];
}

function handling({ name, restart, stop, logs }: AuditedService): readonly string[] {
  const known = (command: string | null): string =>
    command === null ? 'unknown' : noteCode(command);
  return [
    `### ${noteText(name)}`,
    '',
    `- restart: ${known(restart)}`,
    `- stop: ${known(stop)}`,
    `- logs: ${known(logs)}`,
    '',
  ];
}

function survivalOf({ name, survives }: AuditedService): readonly string[] {
  const { reboot, crash, logout, why } = survives;
  const said = [...new Set([why.reboot, why.crash, why.logout].filter(Boolean))].join('; ');
  return [noteText(name), yesNo(reboot), yesNo(crash), yesNo(logout), noteText(said)];
}

/** What is counted grows by itself: told in one digit, so that the note stands still. */
function healthOf({ name, reached, documents, dependencies }: AuditedService): readonly string[] {
  const step = 10 ** Math.max(0, String(Math.trunc(documents ?? 0)).length - 1);
  const count =
    documents === null
      ? 'unknown'
      : step === 1
        ? String(documents)
        : `${Math.floor(documents / step) * step} or more`;
  return [
    ...[noteText(name), yesNo(reached.fromHost), yesNo(reached.fromHere), count],
    dependencies.map(noteText).join('; '),
  ];
}

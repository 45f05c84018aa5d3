import type { AuditReport, Finding } from '../model/audit.ts';
import { changeHeading, changeLog } from './note-changes.ts';
import { mergedLines, type Properties, writtenValue } from './note-frontmatter.ts';
import { hostSections, runningSections } from './note-host.ts';
import { linesIn, type NoteFault, type NoteParts, partsOf, rejoined } from './note-parts.ts';
import { noteTable, serviceSections } from './note-services.ts';
import { noteCode, noteText } from './note-words.ts';

export interface NoteRequest {
  /** Whole, and with known secrets hidden already. */
  readonly report: AuditReport;
  /** What stands there; null where nothing does. */
  readonly previous: string | null;
  /** `joelclaw 0.1.0` */
  readonly generator: string;
  /** Where the first service of the inventory is asked whether it is well; null where it is not. */
  readonly healthUrl: string | null;
}

/** The whole note of a host: the machine's part renewed, all else byte for byte as it was. */
export function auditNote(request: NoteRequest): { readonly text: string } | NoteFault {
  const { report, previous } = request;
  const parts = previous === null ? newParts(report.host) : placedParts(previous);
  if ('message' in parts) return parts;
  const front = linesIn(parts.head).slice(1, -1);
  const was = linesIn(parts.machine);
  const body = bodyOf(report);
  const log = changeLog(was, body, report.at.slice(0, 10));
  const machine = [...body, changeHeading, '', ...log];
  const known = mergedLines(front, propertiesOf(request));
  const isSame = was.join('\n') === machine.join('\n') && known.join('\n') === front.join('\n');
  // When it was looked at is told anew only with something new.
  const stamped = isSame && writtenValue(front, 'audited') !== null;
  const lines = stamped ? front : mergedLines(known, { first: {}, ours: stampOf(request) });
  return { text: rejoined(parts, lines, machine) };
}

function newParts(host: string): NoteParts {
  const before = `\n# ${noteText(host)}\n\n`;
  return { bom: '', newline: '\n', head: '', before, markers: null, machine: '', after: '' };
}

/** A note without our markers is a person's: ours goes below. */
function placedParts(text: string): NoteParts | NoteFault {
  const parts = partsOf(text);
  if ('message' in parts || parts.markers !== null) return parts;
  const { before, newline } = parts;
  const isOpen = before !== '' && !before.endsWith('\n');
  return { ...parts, before: `${before}${isOpen ? newline : ''}${before === '' ? '' : newline}` };
}

const gibi = 1024 ** 3;

function propertiesOf({ report, healthUrl }: NoteRequest): Properties {
  const { hardware, system, network } = report.facts;
  const own = report.services.filter(({ declared }) => declared);
  const tailnet = network.addresses?.find(({ address }) =>
    /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(address),
  );
  const disks = hardware.disks?.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return {
    first: {
      ...{ title: report.host, type: 'tool', aliases: [], tags: ['homelab', 'host'] },
      status: 'active',
    },
    ours: {
      host: report.host,
      tailscale_ip: tailnet?.address.replace(/\/.*$/, '') ?? null,
      os: system.os,
      kernel: system.kernel,
      cpu: hardware.cpu,
      ram_gb: hardware.memoryBytes === null ? null : Math.round(hardware.memoryBytes / gibi),
      disk_gb: disks === undefined ? null : Math.round(disks / gibi),
      services: own.map(({ name }) => name),
      manager: [...new Set(own.map(({ manager }) => manager.kind))].join(', ') || null,
      health_url: healthUrl,
    },
  };
}

function stampOf({ report, generator }: NoteRequest): Properties['ours'] {
  return { audited: report.at.slice(0, 10), audit_id: report.id, generator };
}

/** All of the machine part but its change log. */
function bodyOf(report: AuditReport): readonly string[] {
  return [
    '## Summary',
    '',
    ...summaryOf(report),
    '',
    ...serviceSections(report.services),
    '## Risks and findings',
    '',
    ...findingLines(report.findings),
    '',
    ...hostSections(report),
    ...runningSections(report),
  ];
}

function summaryOf({ host, facts, services, findings }: AuditReport): readonly string[] {
  const { os, architecture } = facts.system;
  const own = services.filter(({ declared }) => declared);
  const count = (severity: Finding['severity']): string => {
    const of = findings.filter((one) => one.severity === severity).length;
    return `${of} ${severity}`;
  };
  const runs = own.map(
    ({ name, manager }) =>
      `${noteText(name)} is run by ${manager.kind === 'unknown' ? 'what could not be told' : manager.kind}`,
  );
  return [
    `${noteText(host)}: ${noteText(os ?? 'an unknown system')}${architecture === null ? '' : `, ${noteText(architecture)}`}. ${runs.join('; ')}${runs.length === 0 ? '' : '.'}`.trim(),
    '',
    `Findings: ${(['critical', 'warning', 'unknown', 'info'] as const).map(count).join(', ')}.`,
  ];
}

function findingLines(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return ['Nothing needs a look.'];
  return noteTable(
    ['Finding', 'Severity', 'What', 'Evidence', 'Remedy'],
    findings.map(({ id, severity, title, evidence, remedy }) => [
      ...[noteCode(id), severity, noteText(title), noteText(evidence), noteText(remedy)],
    ]),
  );
}

import type { AuditedService, AuditReport, Finding, Severity, Unknown } from '../model/audit.ts';
import { longestCommand, plainText } from '../model/plain-text.ts';
import type { State } from '../model/state.ts';
import { hostLines } from './audit-page-host.ts';
import { glyphs } from './glyphs.ts';
import { type Painter, painter } from './paint.ts';
import { wrapped } from './wrapped.ts';

/** Shown in the colour and with the sign of a state that every other page has. */
export const likeSeverity: Readonly<Record<Severity, State>> = {
  critical: 'down',
  warning: 'degraded',
  unknown: 'unknown',
  info: 'idle',
};

/** What every terminal has. */
const width = 80;

/** What is to be copied into a shell; a line break within its quotes would make another command of it. */
const isCommand: ReadonlySet<string> = new Set(['restart', 'stop', 'logs']);

/**
 * What a host is, what it runs and by what, what needs a look, and what could not be told: in 80 columns,
 * but for commands, which are one line each.
 */
export function auditPage(report: AuditReport, color: boolean): string {
  const paint = painter(color);
  const { services, findings, unknowns, cutOff } = report;
  const own = services.filter(({ declared }) => declared);
  const others = services.filter(({ declared }) => !declared);
  const blocks = [
    [paint('bold', report.host), ...hostLines(report.facts, width)],
    own.length === 0
      ? ['the inventory has no service on this host']
      : own.flatMap((service) => serviceLines(service, paint)),
    others.length === 0
      ? []
      : [paint('bold', 'Also runs'), ...wrapped('  ', others.map(otherText).join(', '), width)],
    findings.length === 0
      ? ['nothing needs a look']
      : findings.flatMap((finding) => findingLines(finding, services, paint)),
    unknowns.length === 0
      ? []
      : [paint('bold', 'Not told'), ...wrapped('  ', untoldText(unknowns), width)],
    cutOff === null ? [] : wrapped('The look ended before its end: ', cutOff.message, width),
    [countLine(findings, paint)],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
}

function serviceLines(service: AuditedService, paint: Painter): readonly string[] {
  const { name, port, manager, survives, restart, stop, logs, documents, dependencies } = service;
  const state = stateOf(service);
  const place = port === null ? '' : ` :${port}`;
  const by =
    manager.kind === 'unknown'
      ? 'by what could not be told'
      : `by ${manager.kind}${manager.name === null ? '' : ` ${manager.name}`} (${manager.confidence})`;
  const survived = (['reboot', 'crash', 'logout'] as const)
    .map((end) => `${end} ${survives[end] === null ? 'unknown' : survives[end] ? 'yes' : 'no'}`)
    .join(', ');
  const whys = [...new Set(Object.values(survives.why).filter(Boolean))].join('; ');
  const rows = [
    ['survives', whys === '' ? survived : `${survived}: ${whys}`],
    ['answers', answersText(service)],
    ['restart', restart ?? ''],
    ['stop', stop ?? ''],
    ['logs', logs ?? ''],
    ['because', manager.evidence.join('; ')],
    ['documents', documents === null ? '' : String(documents)],
    ['stands on', dependencies.join('; ')],
  ] as const;
  const [head = '', ...more] = wrapped('  ', `${name}${place} ${by}`, width);
  return [
    `${paint(state, glyphs[state])} ${paint('bold', head.slice(2))}`,
    ...more,
    ...rows.flatMap(([key, text]) => {
      const lead = `    ${key.padEnd(10)}`;
      if (!isCommand.has(key)) return wrapped(lead, text, width);
      return text === '' ? [] : [`${lead}${plainText(text, longestCommand)}`];
    }),
  ];
}

function stateOf({ manager, reached }: AuditedService): State {
  const { fromHost, fromHere } = reached;
  if (fromHost === false) return 'down';
  if (fromHere === false) return 'degraded';
  return manager.kind === 'unknown' ? 'unknown' : 'up';
}

function answersText({ reached, port }: AuditedService): string {
  if (port === null) return '';
  const word = (value: boolean | null): string =>
    value === null ? 'unknown' : value ? 'yes' : 'no';
  const said = `on its host ${word(reached.fromHost)}, from here ${word(reached.fromHere)}`;
  return reached.note === '' ? said : `${said}: ${reached.note}`;
}

function otherText({ name, port, manager }: AuditedService): string {
  return `${name}${port === null ? '' : ` :${port}`} (${manager.name ?? manager.kind})`;
}

function findingLines(
  { id, severity, title, evidence, remedy }: Finding,
  services: readonly AuditedService[],
  paint: Painter,
): readonly string[] {
  const like = likeSeverity[severity];
  const [head = '', ...more] = wrapped('  ', `${severity}: ${title}`, width);
  return [
    `${paint(like, glyphs[like])} ${paint('bold', head.slice(2))}`,
    ...more,
    ...wrapped('    ', id, width).map((line) => paint('dim', line)),
    ...wrapped('    seen: ', evidence, width),
    ...(services.some(({ restart }) => restart === remedy)
      ? [`    → ${plainText(remedy, longestCommand)}`]
      : wrapped('    → ', remedy, width)),
  ];
}

/** By their reasons: `needs-root: sshd, docker`. */
function untoldText(unknowns: readonly Unknown[]): string {
  return [...Map.groupBy(unknowns, ({ why }) => why)]
    .map(([why, all]) => `${why.replace('-', ' ')}: ${all.map(({ probe }) => probe).join(', ')}`)
    .join('; ');
}

function countLine(findings: readonly Finding[], paint: Painter): string {
  const counts = (['critical', 'warning', 'unknown', 'info'] as const).map((severity) => {
    const like = likeSeverity[severity];
    const count = findings.filter((one) => one.severity === severity).length;
    return `${paint(like, glyphs[like])} ${count} ${severity}`;
  });
  return `Findings: ${counts.join('  ')}`;
}

import { inWords } from '../../model/in-words.ts';
import type { CheckSpec, Manager, Service } from '../../model/inventory.ts';
import { nodeIdOf } from '../../model/node-id.ts';
import type { ServiceReport } from '../../model/report.ts';
import type { Known } from '../known.ts';
import { hanging, type Line, lineOf, type Segment, seg } from '../line.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { type Asked, brokenLayer, checkLines } from './check-lines.ts';
import type { Detail, DetailFrame } from './contract.ts';
import { transitionLines } from './transition-lines.ts';

/** A service: what runs it, what each check saw, what it waits for, what changed lately. */
export function serviceDetail(known: Known, report: ServiceReport, frame: DetailFrame): Detail {
  const { inventory } = known.network;
  const service = inventory.services.find(({ id }) => id === report.id);
  const port = report.port === null ? [] : [`:${report.port}`];
  const critical = report.critical ? ['critical'] : [];
  const about = [managerWords(service?.manager), ...port, ...critical].filter((text) => text);
  const described = service?.description ?? '';
  return {
    title: [seg(report.id, 'strong'), seg(about.map((text) => ` · ${text}`).join(''))],
    aside: brokenLayer(report),
    lines: [
      ...(described === '' ? [] : [lineOf(` ${described}`)]),
      ...(report.checks.length === 0 ? [lineOf(' ', seg(report.note, 'dim'))] : []),
      ...checkLines(report.checks, {
        ...frame,
        asked: askedOf(known, service),
        strips: known.strips,
      }),
      ...dependencyLines(known, service?.dependsOn ?? []),
      ...transitionLines(known, { prefix: `${report.id}/`, times: frame.times }),
    ],
  };
}

/** "launchd com.joel.caddy", "k8s statefulset/redis", "" for none. */
function managerWords(manager: Manager | undefined): string {
  switch (manager?.kind) {
    case 'launchd':
      return `launchd ${manager.label}`;
    case 'systemd':
      return `systemd${manager.user ? ' --user' : ''} ${manager.unit}`;
    case 'k8s':
      return `k8s ${manager.workload} in ${manager.cluster}`;
    default:
      return 'no manager';
  }
}

/** "http://localhost:3111/ every 10 s": what is asked how often. */
function askedOf({ network }: Known, service: Service | undefined): Asked {
  const specs = new Map(service?.checks.map((spec) => [`${service.id}/${spec.name}`, spec]));
  return new Map(
    network.checks
      .filter(({ id }) => specs.has(id))
      .map(({ id, intervalMs }) => [
        id,
        `${targetOf(specs.get(id))} every ${inWords(intervalMs)}`.trim(),
      ]),
  );
}

/** Without what may be secret: user and password, and what follows a question mark. */
function targetOf(check: CheckSpec | undefined): string {
  const { url, host, port, argv } = check?.spec ?? {};
  if (typeof url === 'string') return url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/, '');
  if (typeof host === 'string') return `${host}:${port ?? 443}`;
  return Array.isArray(argv) ? String(argv[0]) : '';
}

/** What its trouble can come from, each with its state. */
function dependencyLines({ report }: Known, dependsOn: readonly string[]): readonly Line[] {
  if (dependsOn.length === 0) return [];
  const known = new Map(
    [...report.services.map(({ id, state }) => ({ id, state })), ...nodeStates(report)].map(
      ({ id, state }) => [id, state],
    ),
  );
  const pieces = dependsOn.flatMap((id): readonly Segment[] => {
    const state = known.get(id);
    if (state === undefined) return [seg(`  ${id}`)];
    return [seg('  '), seg(glyphOf(state), toneOf(state)), seg(` ${id} ${state}`)];
  });
  return [hanging(lineOf(' depends on', ...pieces), ' depends on  '.length)];
}

function nodeStates(
  report: Known['report'],
): readonly { readonly id: string; readonly state: ServiceReport['state'] }[] {
  return report.nodes.map((node) => ({ id: nodeIdOf(node), state: node.state }));
}

import { worstCheck } from '../model/explain-service.ts';
import type { Inventory } from '../model/inventory.ts';
import type { FunctionReport, Report, ServiceReport } from '../model/report.ts';
import { classOf, severityOf } from '../model/state.ts';
import { expertStep } from './expert-step.ts';

/** A command that an agent may run as it stands, and why. */
export interface NextAction {
  readonly command: string;
  readonly description: string;
}

const most = 5;

/** Which network it is. `where` names it on each command: ' --root /net', ' --lab=big', or nothing. */
export interface NextFrame {
  readonly inventory: Inventory;
  readonly where: string;
}

/**
 * What to look at next: the worst services and hosts that are not explained by another's trouble, and
 * for the first of them what somebody who knows their manager would look at.
 */
export function nextActions(
  report: Report,
  { inventory, where }: NextFrame,
): readonly NextAction[] {
  const troubled = [
    // What ails a cluster's node is told by the host that runs the cluster.
    ...report.nodes
      .filter(({ kind }) => kind === 'host')
      .map((node) => ({ ...node, id: node.name })),
    ...report.services,
  ].filter(
    ({ state, because }) => state === 'down' || (classOf(state) !== 'good' && because === null),
  );
  const worst = troubled
    .filter(({ checks }) => checks.length > 0)
    .toSorted((a, b) => severityOf(a.state) - severityOf(b.state))
    .slice(0, most);
  const services = worst.flatMap(({ id, state, note, checks }) => [
    {
      command: `joelclaw status ${id} --json${where}`,
      description: `${id} is ${state}: ${note}${hintOf(checks)}`,
    },
    ...expertActions(id, checks, inventory),
  ]);
  return [...services, ...clusterActions(report, where), ...functionsAction(report, where)].slice(
    0,
    most,
  );
}

/** Of the checks that are in trouble for themselves, the first whose manager can tell more. */
function expertActions(
  id: string,
  checks: ServiceReport['checks'],
  inventory: Inventory,
): readonly NextAction[] {
  const service = inventory.services.find((one) => one.id === id) ?? null;
  const steps = checks
    .filter(({ state, because }) => classOf(state) === 'bad' && because === null)
    .flatMap((check) => expertStep(check, service, inventory) ?? []);
  return steps.slice(0, 1).map(({ command, why }) => ({ command, description: `${id}: ${why}` }));
}

/** A cluster that cannot be asked leaves its host well, and hides how everything in it is. */
function clusterActions({ nodes }: Report, where: string): readonly NextAction[] {
  return nodes
    .filter(({ kind, state }) => kind === 'host' && classOf(state) === 'good')
    .flatMap(({ name, checks }) =>
      checks
        .filter((one) => one.kind === 'cluster' && classOf(one.state) !== 'good')
        .filter(({ because }) => because === null)
        .map((check) => ({
          command: `joelclaw status ${name} --json${where}`,
          description: `${check.id} is ${check.state}: ${check.note}${hintOf([check])}`,
        })),
    );
}

/** Which of them, is what its answer tells; where another explains it that is looked at first. */
function functionsAction({ functions }: Report, where: string): readonly NextAction[] {
  const { state, apps } = functions;
  const own = apps
    .filter((app) => classOf(app.state) !== 'good' && app.because === null)
    .toSorted((a, b) => severityOf(a.state) - severityOf(b.state))[0];
  if (classOf(state) === 'good' || !own) return [];
  const description = `functions of ${own.server} are ${own.state}: ${own.note}`;
  const look = { command: `joelclaw functions --json${where}`, description };
  const failing = functions.items.find(
    ({ server, marks }) => server === own.server && marks.includes('failing'),
  );
  return [
    look,
    ...(failing ? [lastRuns(failing, where)] : []),
    ...(isAcceptable(functions) ? [acceptance(where)] : []),
  ];
}

function lastRuns({ name, note }: FunctionReport, where: string): NextAction {
  const command = `joelclaw logs ${name} -n 20 --json${where}`;
  return { command, description: `${name}: ${note}; its last runs tell more` };
}

/** What differs from what was last seen may have been meant; where the inventory lists names it decides. */
function isAcceptable({ apps, items }: Report['functions']): boolean {
  const missing = apps.some(({ expect, missing: gone }) => expect === null && gone.length > 0);
  return missing || items.some(({ marks }) => marks.includes('triggers-changed'));
}

function acceptance(where: string): NextAction {
  return {
    command: `joelclaw functions accept --dry-run${where}`,
    description: 'if what is gone was meant to go: what would be expected from then on',
  };
}

function hintOf(checks: ServiceReport['checks']): string {
  const hint = worstCheck(checks)?.fault?.hint;
  return hint === undefined ? '' : ` (${hint})`;
}

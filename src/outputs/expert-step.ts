import type { Cluster, Inventory, Service } from '../model/inventory.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { kubectlAccess } from '../model/kubectl-access.ts';
import type { CheckReport } from '../model/report.ts';
import { shellWord } from '../model/shell-word.ts';
import { onHost } from '../model/ssh-command.ts';

/** A command that only looks, and what it tells. */
export interface ExpertStep {
  readonly command: string;
  readonly why: string;
}

type Step = readonly [argv: readonly string[], why: string];

/**
 * What somebody who knows the manager would look at first; null where the check has told it all, or
 * could not look itself.
 */
export function expertStep(
  check: CheckReport,
  service: Service | null,
  inventory: Inventory,
): ExpertStep | null {
  if (check.fault) return null;
  const host = inventory.hosts.find(({ name }) => name === service?.host);
  const step = stepOf(check, service, inventory);
  if (!step) return null;
  const [argv, why] = step;
  const command = argv.map(shellWord).join(' ');
  return { command: argv[0] === 'kubectl' ? command : onHost(command, host), why };
}

function stepOf(
  { kind, facts }: CheckReport,
  service: Service | null,
  { clusters }: Inventory,
): Step | null {
  const manager = service?.manager;
  if (kind === 'systemd' && manager?.kind === 'systemd') return systemdStep(manager, facts);
  if (kind === 'launchd' && manager?.kind === 'launchd') return launchdStep(manager.label, facts);
  if (kind === 'mount' && facts['isMounted'] === false) {
    return [['mount'], 'all that is mounted now'];
  }
  if (kind === 'k8s' && manager?.kind === 'k8s') {
    const cluster = clusters.find(({ name }) => name === manager.cluster);
    return cluster ? workloadStep(manager.workload, facts, cluster) : null;
  }
  return null;
}

/** systemctl(1), journalctl(1). */
function systemdStep(
  { unit, user }: { readonly unit: string; readonly user: boolean },
  { loadState }: JsonObject,
): Step {
  const whose = user ? ['--user'] : [];
  const stem = unit.replace(/\.\w+$/, '').slice(0, 4);
  if (loadState === 'not-found') {
    const argv = ['systemctl', ...whose, 'list-unit-files', `*${stem}*`];
    return [argv, 'there is no such unit: what is its name?'];
  }
  if (loadState === 'masked') {
    const argv = ['systemctl', ...whose, 'status', '--no-pager', unit];
    return [argv, `masked on purpose? \`systemctl unmask ${unit}\` takes that back`];
  }
  return [['journalctl', ...whose, '-u', unit, '-n', '50', '--no-pager'], 'what it has said last'];
}

/** launchctl(1); the domain of a job that is not loaded is the user's. */
function launchdStep(label: string, facts: JsonObject): Step {
  const { domain, domains, path, disabled, logs } = facts;
  const where = typeof domain === 'string' ? domain : Object.keys(domains ?? {})[0];
  if (disabled === true && where !== undefined) {
    const why = `disabled on purpose? \`launchctl enable ${where}/${label}\` takes that back`;
    return [['launchctl', 'print-disabled', where], why];
  }
  if (domain === null) {
    return typeof path === 'string'
      ? [['plutil', '-lint', path], 'it lies there and is not loaded: can it be read?']
      : [['launchctl', 'list'], 'no job of this label, and no plist: what is its name?'];
  }
  const { stderr, stdout } = isJsonObject(logs) ? logs : { stderr: null, stdout: null };
  const log = stderr ?? stdout;
  if (typeof log === 'string') return [['tail', '-n', '50', log], 'what it has said last'];
  return [['launchctl', 'print', `${where}/${label}`], 'it keeps no log: all that launchd knows'];
}

/** kubectl's own words (kubectl reference). */
function workloadStep(
  named: string,
  { found, workload, badExit }: JsonObject,
  cluster: Cluster,
): Step {
  const kubectl = ['kubectl', ...kubectlAccess(cluster)];
  if (found === false) {
    const argv = [...kubectl, 'get', 'statefulsets,deployments,daemonsets', '-A'];
    return [argv, `there is no ${named}: what is its name?`];
  }
  const [namespace = '', ...rest] = typeof workload === 'string' ? workload.split('/') : [];
  const of = [...kubectl, '-n', namespace];
  if (typeof badExit === 'string') {
    const argv = [...of, 'logs', rest.join('/'), '--previous', '--tail=50'];
    return [argv, 'what it said before it ended'];
  }
  return [[...of, 'describe', ...rest], 'its conditions and events'];
}

import type { Finding } from '../../model/audit.ts';
import type { TroubledUnit } from '../../model/audit-facts.ts';
import type { Rule } from './rule.ts';

const oldCode: Rule = ({ services }) =>
  services
    .filter(({ olderThanDisk, declared }) => declared && olderThanDisk === true)
    .map(({ name, process, restart }) => ({
      id: `old-code/${name}`,
      severity: 'warning',
      title: `${name} runs what is no longer on the disk`,
      evidence: [process?.executable, process?.startedAt && `started ${process.startedAt}`]
        .filter(Boolean)
        .join(', '),
      remedy: restart ?? 'start it anew',
    }));

/** In a container root is not the host's own. */
const asRoot: Rule = ({ services }) =>
  services
    .filter(
      ({ declared, process, manager }) =>
        declared &&
        (process?.user === 'root' || process?.user === '0') &&
        manager.kind !== 'docker' &&
        manager.kind !== 'podman',
    )
    .map(({ name, process }) => ({
      id: `runs-as-root/${name}`,
      severity: 'warning',
      title: `${name} runs as root`,
      evidence: `the process ${process?.command[0] ?? process?.executable ?? name} is root's`,
      remedy: 'User= of its unit: a user of its own, with its folders alone',
    }));

const failedUnits: Rule = ({ facts }) =>
  (facts.units.failed ?? []).map((unit) => ({
    id: `failed-unit/${unit}`,
    severity: 'warning',
    title: `${unit} has failed`,
    evidence: 'systemctl list-units --failed',
    remedy: `journalctl -u ${unit} -n 50, then sudo systemctl reset-failed ${unit}`,
  }));

interface Trouble extends Pick<Finding, 'id' | 'severity' | 'title' | 'evidence'> {
  readonly remedy: (journal: string, systemctl: string, unit: string) => string;
}

const troubles: Readonly<Record<TroubledUnit['trouble'], Trouble>> = {
  looping: {
    ...{ id: 'crash-loop', severity: 'critical', title: 'ends as often as it is started' },
    evidence: 'systemd starts it anew again and again',
    remedy: (journal) => `${journal} tells why it ends`,
  },
  changed: {
    ...{ id: 'changed-unit', severity: 'warning', title: 'was changed and not read again' },
    evidence: 'NeedDaemonReload=yes: what runs, runs by the older file',
    remedy: (_, systemctl, unit) => `${systemctl} daemon-reload, then ${systemctl} restart ${unit}`,
  },
  starting: {
    ...{ id: 'starting-unit', severity: 'info', title: 'has not come up yet' },
    evidence: 'systemd still waits for it to say that it runs',
    remedy: (journal) => `look again; ${journal} tells what it waits for`,
  },
};

const troubledUnits: Rule = ({ facts }) =>
  (facts.units.troubled ?? []).map(({ unit, user, trouble }) => {
    const { id, severity, title, evidence, remedy } = troubles[trouble];
    const journal = `journalctl ${user ? '--user ' : ''}-u ${unit} -n 50`;
    const systemctl = user ? 'systemctl --user' : 'sudo systemctl';
    return {
      id: `${id}/${user ? 'user/' : ''}${unit}`,
      severity,
      title: `${unit} ${title}`,
      evidence,
      remedy: remedy(journal, systemctl, unit),
    };
  });

/** What runs, and how. */
export const serviceRules: readonly Rule[] = [oldCode, asRoot, failedUnits, troubledUnits];

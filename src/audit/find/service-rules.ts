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

/** What runs, and how. */
export const serviceRules: readonly Rule[] = [oldCode, asRoot, failedUnits];

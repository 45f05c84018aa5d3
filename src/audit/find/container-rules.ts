import type { Rule } from './rule.ts';

const noRestart: Rule = ({ facts }) =>
  (facts.containers ?? [])
    .filter(({ running, restartPolicy }) => running && restartPolicy === 'no')
    .map(({ id, name, image, engine }) => {
      const called = name ?? id.slice(0, 12);
      return {
        id: `container-no-restart/${called}`,
        severity: 'warning',
        title: `the container ${called} does not come back after a reboot or a crash`,
        evidence: `restart policy no, of ${image ?? 'an unknown image'}`,
        remedy: `${engine} update --restart unless-stopped ${called}`,
      };
    });

/** What runs in containers. */
export const containerRules: readonly Rule[] = [noRestart];

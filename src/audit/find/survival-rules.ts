import type { AuditedService, Finding, ManagerKind } from '../../model/audit.ts';
import { hiddenFromRoot, notLookedAt } from '../manage/hidden-owner.ts';
import type { Rule } from './rule.ts';

/** Started by hand, whatever keeps its terminal open. */
const byHand: ReadonlySet<ManagerKind> = new Set(['screen', 'tmux', 'nohup', 'session']);

/** What may be done about a service on its host: of one without systemd nobody can be given a unit. */
interface Way {
  /** `give it a unit: …`, or what else keeps it there. */
  readonly keep: string;
  /** What tells more than a look as root would; null where root may be told more. */
  readonly other: string | null;
}

const ofDeclared =
  (rule: (service: AuditedService, way: Way) => readonly Finding[]): Rule =>
  ({ services, host, cutOff, facts: { system } }) =>
    services
      .filter(({ declared }) => declared)
      .flatMap((service) => {
        const isMac = /\b(?:macos|darwin)/i.test(`${system.os} ${system.kernel}`);
        const hasSystemd = system.init?.startsWith('systemd') ?? !isMac;
        const without = isMac
          ? 'keep it by launchd: a LaunchDaemon with KeepAlive'
          : 'have what starts that host start it';
        const keep = hasSystemd
          ? `give it a unit: joelclaw audit ${host} --adopt ${service.name}`
          : without;
        const other = betterThanRoot(service.manager.evidence, cutOff === null ? null : host);
        return rule(service, { keep, other });
      });

/** `cutHost` is the host of a look that was cut off. */
function betterThanRoot(evidence: readonly string[], cutHost: string | null): string | null {
  if (cutHost !== null) return `joelclaw audit ${cutHost}, once more`;
  if (evidence.some((line) => line.endsWith(notLookedAt))) return 'look once more';
  return evidence.some((line) => line.startsWith(hiddenFromRoot))
    ? 'look on the machine that its container runs on'
    : null;
}

const manual = ofDeclared(({ name, manager, survives }, { keep }) => {
  if (!byHand.has(manager.kind)) return [];
  const where = manager.name === null ? '' : ` ${manager.name}`;
  const { end, severity, words } = worstEnd(survives);
  return [
    {
      id: `manual-service/${name}`,
      severity,
      title: `${name} was started by hand (${manager.kind}${where}): ${words}`,
      evidence: [...manager.evidence, survives.why[end]].filter(Boolean).join('; '),
      remedy: keep,
    },
  ];
});

/** What of a service that was started by hand is to be said first; what it survives is never said to end it. */
function worstEnd(survives: AuditedService['survives']): {
  readonly end: 'reboot' | 'logout' | 'crash';
  readonly severity: Finding['severity'];
  readonly words: string;
} {
  const [reboot, logout, crash] = ['reboot', 'logout', 'crash'] as const;
  if (survives.reboot === false) {
    return { end: reboot, severity: 'critical', words: 'a reboot ends it' };
  }
  if (survives.logout === false) {
    return { end: logout, severity: 'critical', words: 'the end of its login ends it' };
  }
  if (survives.reboot === null) {
    const words = 'whether a reboot ends it could not be told';
    return { end: reboot, severity: 'warning', words };
  }
  return survives.crash === false
    ? { end: crash, severity: 'warning', words: 'nothing starts it anew when it crashes' }
    : { end: reboot, severity: 'warning', words: 'no unit keeps it' };
}

const unknownManager = ofDeclared(({ name, port, manager, process }, { other }) => {
  if (manager.kind !== 'unknown') return [];
  const isThere = process !== null;
  const what = isThere ? `what starts ${name}` : `what ${name} is run by`;
  return [
    {
      id: `unknown-manager/${name}`,
      severity: 'unknown',
      title: `${what} could not be told`,
      evidence: manager.evidence.join('; ') || `nothing is seen on port ${port ?? 'none'}`,
      remedy:
        isThere && process.executable !== null
          ? 'find out what starts it, and have a unit start it in its place'
          : (other ?? 'look as root, or find out what starts it'),
    },
  ];
});

/** What may end it, as `survives` names it. */
const ends = [
  {
    end: 'reboot',
    severity: 'critical',
    words: 'does not come back after a reboot',
    remedies: {
      systemd: 'sudo systemctl enable NAME',
      'systemd-user': 'sudo loginctl enable-linger USER, and systemctl --user enable NAME',
      docker: 'docker update --restart unless-stopped NAME',
      pm2: 'pm2 startup, then pm2 save',
      supervisor: 'autostart=true, and sudo systemctl enable supervisor',
    },
  },
  {
    end: 'logout',
    severity: 'critical',
    words: 'ends when its user logs out',
    remedies: { 'systemd-user': 'sudo loginctl enable-linger USER' },
  },
  {
    end: 'crash',
    severity: 'warning',
    words: 'is not started anew when it crashes',
    remedies: {
      systemd: 'Restart=on-failure in its unit',
      'systemd-user': 'Restart=on-failure in its unit',
      docker: 'docker update --restart unless-stopped NAME',
      supervisor: 'autorestart=true',
    },
  },
] as const;

const notSurviving = ofDeclared(({ name, manager, process, survives }, { keep }) => {
  if (byHand.has(manager.kind)) return [];
  return ends
    .filter(({ end }) => survives[end] === false)
    .map(({ end, severity, words, remedies }): Finding => {
      const known: Partial<Record<ManagerKind, string>> = remedies;
      return {
        ...{ id: `not-after-${end}/${name}`, severity, title: `${name} ${words}` },
        evidence: survives.why[end] || `it is run by ${manager.kind} ${manager.name ?? ''}`.trim(),
        remedy:
          known[manager.kind]
            ?.replace('NAME', manager.name ?? name)
            .replace('USER', process?.user ?? 'USER') ?? keep,
      };
    });
});

const survivalUntold = ofDeclared(({ name, manager, survives }, { other }) => {
  if (byHand.has(manager.kind) || manager.kind === 'unknown') return [];
  const untold = ends.map(({ end }) => end).filter((end) => survives[end] === null);
  if (untold.length === 0) return [];
  const why = [...new Set(untold.map((end) => survives.why[end]).filter(Boolean))].join('; ');
  return [
    {
      id: `survival-unknown/${name}`,
      severity: 'unknown',
      title: `whether ${name} survives a ${untold.join(', a ')} could not be told`,
      evidence: why || `it is run by ${manager.kind}`,
      remedy: other ?? 'look as root, or try it',
    },
  ];
});

/** What becomes of the services of the inventory when something ends them. */
export const survivalRules: readonly Rule[] = [
  manual,
  unknownManager,
  notSurviving,
  survivalUntold,
];

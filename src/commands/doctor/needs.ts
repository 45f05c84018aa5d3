import type { Host, Inventory, Service } from '../../model/inventory.ts';
import { sameMachine } from '../../model/same-machine.ts';

/** How a host is looked into from this machine; `elsewhere` is a local host of another machine. */
type Reach = 'here' | 'ssh' | 'elsewhere';

/** The same rule as for a check that looks from within: a local host is this machine, or is reached by ssh. */
function reachOf({ access, hostname: wanted, ssh }: Host, hostname: string): Reach {
  if (access === 'ssh') return 'ssh';
  if (wanted === null || sameMachine(wanted, hostname)) return 'here';
  return ssh ? 'ssh' : 'elsewhere';
}

/** Which of a host's enabled services stand on what. */
export interface HostNeeds {
  readonly host: Host;
  readonly reach: Reach;
  readonly launchd: boolean;
  readonly systemd: boolean;
  readonly userSystemd: boolean;
  /** What its `command` checks run. */
  readonly programs: readonly string[];
}

/** What is needed on each host. */
export function needsOf({ hosts, services }: Inventory, hostname: string): readonly HostNeeds[] {
  return hosts.map((host) => {
    const own = services.filter((one) => one.enabled && one.host === host.name);
    return {
      host,
      reach: reachOf(host, hostname),
      launchd: own.some((service) => stands(service, 'launchd')),
      systemd: own.some((service) => stands(service, 'systemd')),
      userSystemd: own.some(isUserUnit),
      programs: [...new Set(own.flatMap(programsOf))].sort(),
    };
  });
}

function stands({ manager, checks }: Service, kind: 'launchd' | 'systemd'): boolean {
  return manager.kind === kind || checks.some((check) => check.kind === kind);
}

function isUserUnit({ manager, checks }: Service): boolean {
  const ofManager = manager.kind === 'systemd' && manager.user;
  return ofManager || checks.some(({ kind, spec }) => kind === 'systemd' && spec['user'] === true);
}

function programsOf({ checks }: Service): readonly string[] {
  return checks.flatMap(({ kind, spec }) => {
    const argv = kind === 'command' ? spec['argv'] : undefined;
    const [program] = Array.isArray(argv) ? argv : [];
    return typeof program === 'string' ? [program] : [];
  });
}

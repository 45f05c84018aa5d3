import type { AuditFacts } from '../../model/audit-facts.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import type { Collection } from '../collect/collect.ts';
import { addressesOf } from './addresses.ts';
import { clockOf } from './clock.ts';
import { containersOf } from './containers.ts';
import { crontabsOf } from './crontabs.ts';
import { firewallOf } from './firewall.ts';
import { hardwareOf } from './hardware.ts';
import { listenersOf } from './listeners.ts';
import { mountsOf } from './mounts.ts';
import { isOfDebian, readOsRelease } from './os-release.ts';
import { sshdSettingsOf } from './sshd-settings.ts';
import { byText, lineOf, linesOf } from './told.ts';
import { unitsOf } from './units.ts';
import { updatesOf } from './updates.ts';
import { keysOf, usersOf } from './users.ts';

/** SHA-256 in hex, which is the caller's to know. */
export type Digest = (text: string) => string;

/** What the answers tell of the host: of every field null is "could not be told". */
export function factsOf({ answers, skewMs }: Collection, digest: Digest): AuditFacts {
  const release = readOsRelease(toldBy(answers, 'os-release') ?? '');
  return {
    hardware: hardwareOf(answers),
    system: { ...systemOf(answers, release, digest), ...clockOf(answers), clockSkewMs: skewMs },
    network: {
      addresses: addressesOf(answers),
      listeners: listenersOf(answers),
      firewall: firewallOf(answers),
    },
    mounts: mountsOf(answers),
    units: unitsOf(answers),
    crontabs: crontabsOf(answers),
    containers: containersOf(answers),
    writable: writableIn(answers),
    updates: updatesOf(answers, isOfDebian(release)),
    logins: { users: usersOf(answers), keys: keysOf(answers), ...sshdSettingsOf(answers) },
  };
}

type System = Omit<AuditFacts['system'], 'timeService' | 'timeSynchronized' | 'clockSkewMs'>;

function systemOf(answers: Answers, release: ReadonlyMap<string, string>, digest: Digest): System {
  const [name, kernel = null, architecture = null] = lineOf(answers, 'uname')?.split(/\s+/) ?? [];
  const machine = lineOf(answers, 'machine-id');
  const named = [release.get('NAME'), release.get('VERSION')].filter(Boolean).join(' ');
  return {
    hostname: lineOf(answers, 'hostname'),
    machine: machine === null ? null : digest(machine).slice(0, 16),
    os: release.get('PRETTY_NAME') || named || (name === 'Darwin' ? 'macOS' : null),
    osId: release.get('ID') || null,
    kernel,
    architecture,
    init: initOf(answers),
    uptimeSeconds: uptimeOf(lineOf(answers, 'uptime')),
  };
}

/** `systemd 252`, else the name of the first process. */
function initOf(answers: Answers): string | null {
  const name = lineOf(answers, 'init');
  const [version] = /^systemd \d+/.exec(lineOf(answers, 'systemd') ?? '') ?? [];
  return name === 'systemd' ? (version ?? name) : name;
}

/** proc_uptime(5): seconds since it was started, then seconds of idling. */
function uptimeOf(line: string | null): number | null {
  const [, seconds] = /^(\d{1,10})(?:\.\d+)?(?:\s|$)/.exec(line ?? '') ?? [];
  return seconds === undefined ? null : Number(seconds);
}

/** Folders that are not there, or are closed to us, are passed over. */
function writableIn(answers: Answers): readonly string[] | null {
  const text = toldBy(answers, 'writable');
  if (text === null) return null;
  return linesOf(text)
    .filter((path) => path.startsWith('/'))
    .toSorted(byText);
}

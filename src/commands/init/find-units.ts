import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecOutput } from '../../transports/contract.ts';
import { thisHost } from '../doctor/this-host.ts';
import type { FoundUnit } from './found.ts';
import { type Looked, type Looking, orNothing, run } from './look.ts';
import { addedUnits, unitNames } from './parse-systemd.ts';

/** The units that somebody has put on this machine: launchd's on a Mac, else systemd's. */
export async function findUnits(looking: Looking): Promise<Looked<readonly FoundUnit[]>> {
  const { system } = await looking.transports.machine(thisHost, looking.options);
  const found = await Promise.all(
    system === 'darwin'
      ? [
          launchdUnits(join(looking.home, 'Library/LaunchAgents')),
          launchdUnits('/Library/LaunchDaemons'),
        ]
      : [systemdUnits(looking, false), systemdUnits(looking, true)],
  );
  return {
    found: found.flatMap((one) => one.found),
    notLooked: found.flatMap((one) => one.notLooked),
  };
}

/** A plist is called like its label; Apple's own lie elsewhere, but for some that are copied here. */
async function launchdUnits(folder: string): Promise<Looked<readonly FoundUnit[]>> {
  try {
    const names = (await readdir(folder)).toSorted();
    const labels = names
      .filter((name) => name.endsWith('.plist') && !/^(\.|com\.apple\.)/.test(name))
      .map((name) => name.slice(0, -'.plist'.length));
    const found = labels.map((unit) => {
      return {
        kind: 'launchd',
        unit,
        user: true,
        description: '',
        file: join(folder, `${unit}.plist`),
      } as const;
    });
    return { found, notLooked: [] };
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    return { found: [], notLooked: code === 'ENOENT' ? [] : [`${folder}: ${code}`] };
  }
}

/** Enabled services and timers whose files lie where an administrator or this user puts them. */
function systemdUnits(looking: Looking, user: boolean): Promise<Looked<readonly FoundUnit[]>> {
  const what = user ? 'systemd of this user' : 'systemd';
  return orNothing<readonly FoundUnit[]>(what, [], async () => {
    const scope = user ? ['--user'] : [];
    const plain = ['--no-pager', '--plain', '--no-legend'];
    const kinds = ['--type=service,timer', '--state=enabled'];
    const listed = await run(looking, [
      'systemctl',
      ...scope,
      'list-unit-files',
      ...kinds,
      ...plain,
    ]);
    if (listed.exitCode !== 0) return { found: [], notLooked: [`${what}: ${whyOf(listed)}`] };
    const names = unitNames(listed.stdout);
    if (names.length === 0) return { found: [], notLooked: [] };
    const properties = ['--property=Id,FragmentPath,Description', '--', ...names];
    const shown = await run(looking, ['systemctl', ...scope, 'show', '--no-pager', ...properties]);
    if (shown.exitCode !== 0) return { found: [], notLooked: [`${what}: ${whyOf(shown)}`] };
    const folders = user
      ? [`${join(looking.home, '.config/systemd/user')}/`, '/etc/systemd/user/']
      : ['/etc/systemd/system/'];
    return { found: addedUnits(shown.stdout, { user, folders }), notLooked: [] };
  });
}

function whyOf({ stdout, stderr, exitCode }: ExecOutput): string {
  const [said = ''] = (stderr || stdout).trim().split('\n');
  return said === '' ? `systemctl ended with ${exitCode} and said nothing` : said;
}

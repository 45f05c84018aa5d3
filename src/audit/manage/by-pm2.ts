import { filesBy } from '../read/told.ts';
import { isEnabled } from './at-boot.ts';
import { atLogout, type Told } from './at-logout.ts';
import { commandFor } from './by-hand-commands.ts';
import { type Ground, type Rung, userName } from './ground.ts';

/** pm2, by its daemon above the process: `PM2 v6.0.13: God Daemon (/home/joel/.pm2)`. */
export const byPm2: Rung = (subject, ground) => {
  const daemon = subject.lineage.find(({ command, name }) =>
    /^PM2 v\S+: God Daemon/.test(command[0] ?? name),
  );
  if (daemon === undefined || subject.process === daemon) return null;
  const { environment } = subject.process ?? daemon;
  const name = environment.get('name') || environment.get('pm_id') || null;
  const saved = savedOf(name, ground, daemon.uid);
  const reboot = atBoot(saved, daemon.uid, ground);
  const logout = atLogout(subject, ground);
  const pm2 = (words: string): string => commandFor(daemon.uid, `pm2 ${words}`, ground);
  const target = name ?? 'all';
  const crash = saved?.restarts ?? true;
  return {
    manager: {
      ...{ kind: 'pm2', name, confidence: 'certain' },
      evidence: [
        `it was started by ${daemon.command[0] ?? daemon.name}`,
        saved === null
          ? 'it is in no saved list of pm2 that we may read'
          : 'it is in the saved list of pm2',
      ],
    },
    survives: {
      ...{ reboot: reboot.survives, crash, logout: logout.survives },
      why: {
        reboot: reboot.why,
        crash: crash ? 'pm2 starts it again' : 'pm2 has autorestart off for it',
        logout: logout.why,
      },
    },
    restart: pm2(`restart ${target}`),
    stop: pm2(`stop ${target}`),
    logs: pm2(`logs ${target} --nostream --lines 100`),
  };
};

interface Saved {
  readonly restarts: boolean;
}

/** What `pm2 save` has kept of it for the next boot. */
function savedOf(name: string | null, ground: Ground, uid: number | null): Saved | null {
  const home = uid === 0 ? '/root/' : `/${userName(uid, ground)}/`;
  const files = filesBy(ground.answers, 'pm2-saved') ?? new Map<string, string[]>();
  const lines = [...files].flatMap(([path, said]) => (path.includes(home) ? said : []));
  const isIn =
    name !== null && lines.some((line) => line.includes(`"name": ${JSON.stringify(name)}`));
  return isIn ? { restarts: !lines.some((line) => /"autorestart": false/.test(line)) } : null;
}

/** It wants two things: its list saved, and a unit that starts the daemon. */
function atBoot(saved: Saved | null, uid: number | null, ground: Ground): Told {
  const name = `pm2-${userName(uid, ground)}.service`;
  const state = ground.units.get(name)?.get('UnitFileState');
  if (ground.units.size === 0) return { survives: null, why: 'no units could be read' };
  if (isEnabled(state) !== true) {
    return {
      survives: false,
      why: `pm2 itself is not started at boot: there is no enabled ${name}`,
    };
  }
  if (saved !== null) return { survives: true, why: `${name} is enabled, and the list is saved` };
  if (uid !== ground.us && ground.us !== 0) {
    return {
      survives: null,
      why: `${name} is enabled; whether its list is saved could not be told`,
    };
  }
  return { survives: false, why: `${name} is enabled, but its list is not saved: \`pm2 save\`` };
}

import type { SeenProcess } from '../read/processes.ts';
import { filesBy } from '../read/told.ts';
import { isEnabled } from './at-boot.ts';
import { atLogout, type Told } from './at-logout.ts';
import { commandFor } from './by-hand-commands.ts';
import type { Ground, Rung, Subject, Verdict } from './ground.ts';
import { baseOf, speaksOf } from './words.ts';

const strong =
  /^(?:supervisord|runsv|s6-supervise|circusd|monit|dinit|nodemon|forever|concurrently|watchexec)$/;
/** These only run inside of something that starts them: a unit of systemd goes before them. */
const weak = new Set(['nodemon', 'forever', 'concurrently', 'watchexec']);

/** What a process is by its program or, of one that an interpreter runs, by its script. */
function supervisorIn({ command, name }: SeenProcess): string | null {
  const words = [name, ...command.slice(0, 2).map(baseOf)].map((word) =>
    word.replace(/\.(?:js|py)$/, ''),
  );
  return words.find((word) => strong.test(word)) ?? null;
}

/** supervisord, by its process above, or by the unit's group where the owner is hidden. */
export const bySupervisord: Rung = (subject, ground) => {
  const above = subject.lineage.slice(1).find((one) => supervisorIn(one) === 'supervisord');
  const isHidden =
    subject.process === null && /^supervisord?\.service$/.test(subject.place?.unit ?? '');
  if (above === undefined && !isHidden) return null;
  const name =
    subject.process?.environment.get('SUPERVISOR_PROCESS_NAME') || programOf(subject, ground);
  const reboot = atBoot(name, ground);
  const restarts = settingOf(name, 'autorestart', ground) ?? 'unexpected';
  const logout =
    above === undefined
      ? { survives: true, why: 'supervisord is a unit of the system' }
      : atLogout(subject, ground);
  const asked = (words: string): string =>
    commandFor(above?.uid ?? 0, `supervisorctl ${words}`, ground);
  const target = name ?? 'all';
  return {
    manager: {
      ...{ kind: 'supervisor', name, confidence: above === undefined ? 'likely' : 'certain' },
      evidence: [
        above === undefined
          ? `its control group is that of supervisord: ${subject.place?.path}`
          : `it was started by ${above.command.join(' ') || above.name}`,
      ],
    },
    survives: {
      ...{ reboot: reboot.survives, crash: restarts !== 'false', logout: logout.survives },
      why: {
        reboot: reboot.why,
        crash: `its program has autorestart=${restarts}`,
        logout: logout.why,
      },
    },
    restart: asked(`restart ${target}`),
    stop: asked(`stop ${target}`),
    logs: name === null ? null : asked(`tail ${name}`),
  };
};

function sectionsOf({ answers }: Ground): readonly { name: string; lines: readonly string[] }[] {
  const all = [...(filesBy(answers, 'supervisor')?.values() ?? [])].flat();
  return all.flatMap((line, at) => {
    const [, name] = /^\s*\[program:([^\]]+)\]/.exec(line) ?? [];
    if (name === undefined) return [];
    const rest = all.slice(at + 1);
    const end = rest.findIndex((one) => /^\s*\[/.test(one));
    return [{ name, lines: end < 0 ? rest : rest.slice(0, end) }];
  });
}

function programOf({ process }: Subject, ground: Ground): string | null {
  const isIts = (line: string): boolean =>
    /^\s*command\s*=/.test(line) && process !== null && speaksOf(line, process);
  const sections = sectionsOf(ground);
  const [only] = sections.length === 1 ? sections : [];
  return (
    (sections.find(({ lines }) => lines.some(isIts)) ?? (process === null ? only : undefined))
      ?.name ?? null
  );
}

function settingOf(name: string | null, key: string, ground: Ground): string | null {
  const lines = sectionsOf(ground).find((one) => one.name === name)?.lines ?? [];
  const told = lines.flatMap(
    (line) => new RegExp(`^\\s*${key}\\s*=\\s*(\\w+)`).exec(line)?.[1] ?? [],
  );
  return told[0]?.toLowerCase() ?? null;
}

function atBoot(name: string | null, ground: Ground): Told {
  if (settingOf(name, 'autostart', ground) === 'false') {
    return { survives: false, why: 'its program has autostart=false' };
  }
  const unit = ['supervisor.service', 'supervisord.service'].find((one) => ground.units.has(one));
  if (unit === undefined) return { survives: null, why: 'no unit of supervisord was seen' };
  const state = ground.units.get(unit)?.get('UnitFileState');
  const survives = isEnabled(state);
  return { survives, why: `${unit} is ${state || 'of an unknown state'}` };
}

/** The others that stand above a process and start it again. */
const byAnother =
  (wanted: (name: string) => boolean): Rung =>
  (subject, ground) => {
    const above = subject.lineage.slice(1).find((one) => wanted(supervisorIn(one) ?? ''));
    if (above === undefined) return null;
    const program = supervisorIn(above) ?? '';
    const commands = commandsOf(program, above, subject);
    const isRunit = program === 'runsv' || program === 's6-supervise';
    const reboot = isRunit ? true : null;
    const logout = atLogout(subject, ground);
    const verdict: Verdict = {
      manager: {
        ...{ kind: 'supervisor', name: program, confidence: 'certain' },
        evidence: [`it was started by ${above.command.join(' ') || above.name}`],
      },
      survives: {
        ...{ reboot, crash: program === 'concurrently' ? null : true, logout: logout.survives },
        why: {
          reboot: isRunit
            ? `${program} starts all of its folders`
            : `what starts ${program} at boot was not seen`,
          crash: `${program} starts it again`,
          logout: logout.why,
        },
      },
      ...commands,
    };
    return verdict;
  };

function commandsOf(
  program: string,
  { command, workingDirectory }: SeenProcess,
  { process }: Subject,
): Pick<Verdict, 'restart' | 'stop' | 'logs'> {
  const folder = process?.workingDirectory ?? workingDirectory ?? command[1] ?? '';
  if (program === 'runsv') {
    const name = command[1] ?? folder;
    return { restart: `sudo sv restart ${name}`, stop: `sudo sv stop ${name}`, logs: null };
  }
  if (program === 's6-supervise') {
    const name = command[1] ?? folder;
    return { restart: `sudo s6-svc -r ${name}`, stop: `sudo s6-svc -d ${name}`, logs: null };
  }
  return { restart: null, stop: null, logs: null };
}

export const byStrongSupervisor = byAnother(
  (name) => name !== '' && name !== 'supervisord' && !weak.has(name),
);
export const byWeakSupervisor = byAnother((name) => weak.has(name));

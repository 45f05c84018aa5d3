import { faultAt, type TextFault, warningAt, wholeText } from '../../../model/text-fault.ts';
import type { UnitLine } from './read-unit.ts';

/** What systemd.service(5) demands of a service, and what keeps one alive. */
export function serviceFaults(lines: readonly UnitLine[]): readonly TextFault[] {
  const own = lines.filter(({ section }) => section === 'Service');
  const named = (name: string): readonly UnitLine[] => own.filter((line) => line.name === name);
  const type = named('Type').at(-1);
  return [
    ...startFaults(own, type?.value ?? ''),
    ...own.filter(({ name }) => /^Exec/.test(name)).flatMap(programFaults),
    ...['WorkingDirectory', 'EnvironmentFile', 'RootDirectory', 'PIDFile'].flatMap((name) =>
      named(name).flatMap(pathFaults),
    ),
    ...choiceFaults(named('Type'), serviceTypes),
    ...choiceFaults(named('Restart'), restarts),
    ...restartFaults(named('Restart').at(-1), type?.value ?? ''),
    ...named('Environment').flatMap(secretFaults),
  ];
}

const serviceTypes = 'simple exec forking oneshot dbus notify notify-reload idle'.split(' ');
const restarts = 'no always on-success on-failure on-abnormal on-abort on-watchdog'.split(' ');

function startFaults(own: readonly UnitLine[], type: string): readonly TextFault[] {
  const starts = own.filter(({ name, value }) => name === 'ExecStart' && value !== '');
  const [, second] = starts;
  if (second && type !== 'oneshot') {
    const message = 'is a second ExecStart, which only Type=oneshot may have';
    return [faultAt(second.place, message, 'remove one of them')];
  }
  const others = own.some(({ name }) => name === 'ExecStop' || name === 'SuccessAction');
  if (starts.length > 0 || (type === 'oneshot' && others)) return [];
  return [faultAt(wholeText, 'lacks ExecStart', 'ExecStart=/usr/bin/…')];
}

/** systemd looks a bare name up in a PATH of its own; what it starts is to be told whole. */
function programFaults({ value, place }: UnitLine): readonly TextFault[] {
  if (value === '') return [];
  const program = value.replace(/^[-@:+!|]+/, '').replace(/^(["'])(.*?)\1.*$/, '$2');
  if (/^(?:\/|%)/.test(program)) return shellFaults(value, place);
  if (/^[~$]/.test(program)) {
    return [faultAt(place, 'is taken as it is written', 'the whole path of the program')];
  }
  return [faultAt(place, 'does not begin with a whole path', 'the whole path of the program')];
}

function shellFaults(value: string, place: UnitLine['place']): readonly TextFault[] {
  if (/^\S*\/(?:ba|da)?sh\s/.test(value.replace(/^[-@:+!|]+/, ''))) return [];
  if (!/\s(?:[|<>]|&&|\|\||[12]>|~\/)/.test(value)) return [];
  const hint = 'a script of its own, or /bin/sh -c';
  return [faultAt(place, 'holds what only a shell understands', hint)];
}

function pathFaults({ value, place }: UnitLine): readonly TextFault[] {
  const path = value.replace(/^-/, '');
  if (path === '' || /^[/%]/.test(path) || path === '~') return [];
  return [faultAt(place, 'is no whole path', 'the whole path')];
}

function choiceFaults(lines: readonly UnitLine[], known: readonly string[]): readonly TextFault[] {
  return lines.flatMap(({ value, place }) => {
    if (known.includes(value)) return [];
    return [faultAt(place, 'is none of its values', known.join(', '))];
  });
}

function restartFaults(restart: UnitLine | undefined, type: string): readonly TextFault[] {
  if (type === 'oneshot') return [];
  if (restart && restart.value !== 'no') return [];
  const message = 'is not started again after a crash';
  return [warningAt(restart?.place ?? wholeText, message, 'Restart=on-failure in [Service]')];
}

function secretFaults({ value, place }: UnitLine): readonly TextFault[] {
  if (!/\b\w*(?:token|secret|passw|api_?key|_key)\w*=[^\s"']+/i.test(value)) return [];
  const hint = 'EnvironmentFile= with a file of mode 0600';
  return [faultAt(place, 'holds a secret that everybody sees who asks systemctl', hint)];
}

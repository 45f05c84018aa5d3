import type { Moment, Program, ProgramEnd } from '../site.ts';
import { plistText, unitText } from './launchctl-text.ts';
import { nowOf, plistPath, type Unit } from './launchd-units.ts';

/** launchctl(1) in the GUI session of user 501 on macOS 26. */
export function launchctl(units: readonly Unit[]): Program {
  return ([verb = '', ...words], moment) => verbs[verb]?.(units, words, moment) ?? null;
}

type Verb = (
  units: readonly Unit[],
  words: readonly string[],
  moment: Moment,
) => string | ProgramEnd | null;

const verbs: Readonly<Record<string, Verb>> = {
  print: (units, [target = '', ...more], moment) =>
    more.length > 0 ? null : print(units, target, moment),
  'print-disabled': (units, [domain = '', ...more], moment) =>
    more.length > 0 ? null : printDisabled(units, domain, moment),
  kickstart: (units, words, moment) => {
    const [flag, target] = words.length === 2 ? words : [null, words[0]];
    const unit = unitAt(units, target);
    if (!unit || (flag !== null && flag !== '-k')) return null;
    const now = nowOf(unit, moment);
    if (!now) return { exitCode: 113, stdout: '', stderr: notThere(unit.label, 'user gui: 501') };
    if (flag === '-k' || now.state !== 'running') moment.restart(unit.label);
    return '';
  },
  bootout: (units, [target = '', ...more], moment) => {
    const unit = unitAt(units, target);
    if (more.length > 0 || !unit) return null;
    if (!nowOf(unit, moment)) return noSuchProcess;
    moment.unload(
      unit.label,
      unit.ports.map((port) => `localhost:${port}`),
    );
    return '';
  },
  bootstrap: (units, [domain, path, ...more], moment) => {
    const unit = units.find((one) => plistPath(one) === path);
    if (more.length > 0 || domain !== 'gui/501' || !unit) return null;
    if (nowOf(unit, moment) || moment.isDisabled(unit.label)) return inputOutputError;
    moment.restart(unit.label);
    return '';
  },
  enable: (units, words, moment) => override(units, words, { moment, disabled: false }),
  disable: (units, words, moment) => override(units, words, { moment, disabled: true }),
};

const noSuchProcess = { exitCode: 3, stdout: '', stderr: 'Boot-out failed: 3: No such process\n' };
const inputOutputError = {
  exitCode: 5,
  stdout: '',
  stderr: 'Bootstrap failed: 5: Input/output error\n',
};

function unitAt(units: readonly Unit[], target: string | undefined): Unit | undefined {
  return units.find(({ label }) => target === `gui/501/${label}`);
}

function override(
  units: readonly Unit[],
  [target, ...more]: readonly string[],
  { moment, disabled }: { readonly moment: Moment; readonly disabled: boolean },
): string | null {
  const unit = unitAt(units, target);
  if (more.length > 0 || !unit) return null;
  moment.setDisabled(unit.label, disabled);
  return '';
}

/** The text of each unit's plist, by its path. */
export function unitPlists(units: readonly Unit[]): readonly (readonly [string, string])[] {
  return units.map((unit) => [plistPath(unit), plistText(unit)]);
}

function printDisabled(
  units: readonly Unit[],
  domain: string,
  moment: Moment,
): string | ProgramEnd | null {
  if (!/^(?:gui\/501|user\/501|system)$/.test(domain)) return null;
  const own = domain === 'system' ? [] : units;
  const rows = own.flatMap(({ label }) => {
    const disabled = moment.isDisabled(label);
    return disabled === null ? [] : `\t"${label}" => ${disabled ? 'disabled' : 'enabled'}\n`;
  });
  return `disabled services = {\n\t"com.apple.Siri.agent" => disabled\n${rows.join('')}}\n`;
}

/** `sh -c SCRIPT sh DOMAIN PATH`: a file of the home is loaded. */
export function launchctlScripts(units: readonly Unit[]): Program {
  return ([flag, script = '', , domain = '', path = '', ...more], moment) => {
    if (flag !== '-c' || more.length > 0) return null;
    if (script === 'exec /bin/launchctl bootstrap "$1" "$HOME/$2"') {
      return verbs['bootstrap']?.(units, [domain, `/Users/joel/${path}`], moment) ?? null;
    }
    return null;
  };
}

function print(units: readonly Unit[], target: string, moment: Moment): string | ProgramEnd | null {
  const [, domain, label] = /^(gui\/501|user\/501|system)\/([^/]+)$/.exec(target) ?? [];
  if (domain === undefined) return null;
  const unit = units.find((one) => domain === 'gui/501' && one.label === label);
  const now = unit ? nowOf(unit, moment) : null;
  if (unit && now) return unitText(unit, now);
  const where = domain === 'system' ? 'system' : `user ${domain.replace('/', ': ')}`;
  return { exitCode: 113, stdout: '', stderr: notThere(label, where) };
}

function notThere(label: string | undefined, where: string): string {
  return `Bad request.\nCould not find service "${label}" in domain for ${where}\n`;
}

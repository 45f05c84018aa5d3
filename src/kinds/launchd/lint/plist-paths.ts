import { faultAt, type TextFault, warningAt, wholeText } from '../../../model/text-fault.ts';
import { type PlistNode, plistValue } from './read-plist.ts';

const literal = 'the whole path, as launchd expands neither ~ nor variables';

/** launchd starts from nothing: no home, no shell, no folder and hardly a PATH of its own. */
export function pathFaults(dict: PlistNode): readonly TextFault[] {
  return [
    ...programFaults(dict),
    ...['WorkingDirectory', 'RootDirectory', 'StandardInPath', 'StandardOutPath'].flatMap((key) =>
      absolute(plistValue(dict, key)),
    ),
    ...['WatchPaths', 'QueueDirectories'].flatMap(
      (key) => plistValue(dict, key)?.items.flatMap(absolute) ?? [],
    ),
    ...logFaults(dict),
    ...environmentFaults(dict),
  ];
}

function absolute(value: PlistNode | undefined): readonly TextFault[] {
  if (value?.type !== 'string') return [];
  const { text, place } = value;
  if (/^~|\$\{?[A-Za-z_]/.test(text)) return [faultAt(place, 'is taken as it is written', literal)];
  return text.startsWith('/') ? [] : [faultAt(place, 'is no whole path', literal)];
}

/** What expands its own arguments. */
const shell = /(?:^|\/)(?:ba|da|z|k)?sh$|\/env$/;

function programFaults(dict: PlistNode): readonly TextFault[] {
  const program = plistValue(dict, 'Program');
  const list = plistValue(dict, 'ProgramArguments');
  const [first, ...args] = list?.items ?? [];
  const started = program ?? first;
  if (plistValue(dict, 'BundleProgram')) return [];
  if (!started) {
    const hint = 'ProgramArguments with the whole path of a program';
    return [faultAt(list?.place ?? wholeText, 'names no program', hint)];
  }
  const expands = shell.test(started.text);
  const unexpanded = expands ? [] : args.filter(({ text }) => /^~\/|\$\{?HOME\b/.test(text));
  const resume = /(?:^|\/)caddy$/.test(started.text)
    ? args.filter(({ text }) => text === '--resume')
    : [];
  return [
    ...absolute(started),
    ...unexpanded.map(({ place }) => faultAt(place, 'is taken as it is written', literal)),
    ...resume.map(({ place }) =>
      faultAt(place, 'lets the last loaded configuration win over the Caddyfile', 'remove it'),
    ),
  ];
}

/** A job that fails without a log fails for weeks. */
function logFaults(dict: PlistNode): readonly TextFault[] {
  const log = plistValue(dict, 'StandardErrorPath');
  const hint = 'StandardErrorPath: a file of its own';
  if (!log) return [faultAt(dict.place, 'lacks StandardErrorPath: nobody sees why it fails', hint)];
  if (log.text === '/dev/null') {
    return [faultAt(log.place, 'throws away why it fails', hint)];
  }
  return absolute(log);
}

const toolFolders = ['/opt/homebrew/bin', '/usr/local/bin'];

function environmentFaults(dict: PlistNode): readonly TextFault[] {
  const environment = plistValue(dict, 'EnvironmentVariables');
  const path = environment && plistValue(environment, 'PATH');
  const hint = 'PATH: /opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';
  if (!path) {
    const message = 'lacks PATH among its EnvironmentVariables: launchd’s has no Homebrew';
    return [faultAt(environment?.place ?? dict.place, message, hint), ...variables(environment)];
  }
  const folders = path.text.split(':');
  const tools = folders.some((folder) => toolFolders.includes(folder));
  const base = ['/usr/bin', '/bin'].every((folder) => folders.includes(folder));
  const hasBrew = folders.includes('/opt/homebrew/bin');
  const odd = folders.find((folder) => !folder.startsWith('/'));
  return [
    ...(tools ? [] : [faultAt(path.place, 'has no folder of Homebrew’s tools', hint)]),
    ...(hasBrew || !tools
      ? []
      : [warningAt(path.place, 'lacks /opt/homebrew/bin, Homebrew’s on Apple silicon', hint)]),
    ...(base ? [] : [faultAt(path.place, 'lacks /usr/bin or /bin', hint)]),
    ...(odd === undefined ? [] : [faultAt(path.place, 'holds what is no whole path', literal)]),
    ...variables(environment),
  ];
}

function variables(environment: PlistNode | undefined): readonly TextFault[] {
  return (environment?.entries ?? []).flatMap(({ key, value: { text, place } }) => {
    if (key === 'PATH') return [];
    const isSecret = /token|secret|passw|api_?key|_key$/i.test(key) && text !== '';
    if (isSecret) {
      const hint = 'keep it in a file of mode 0600 that the program reads';
      return [faultAt(place, 'a secret that everybody sees who asks launchctl', hint)];
    }
    if (!/^~\/|\$\{?(?:HOME|PATH)\b/.test(text)) return [];
    return [faultAt(place, 'is taken as it is written', literal)];
  });
}

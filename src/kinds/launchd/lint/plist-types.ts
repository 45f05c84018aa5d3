import { nearest } from '../../../model/nearest.ts';
import { faultAt, type TextFault, warningAt } from '../../../model/text-fault.ts';
import type { PlistNode } from './read-plist.ts';

/** What a key holds; several words are the ways it may be written. */
type Type = 'string' | 'boolean' | 'integer' | 'strings' | 'env' | 'dict' | 'array' | 'any';

/** The keys of launchd.plist(5). */
const keyTypes: Readonly<Record<string, readonly Type[]>> = {
  ...typed(
    'string',
    'Label Program UserName GroupName RootDirectory WorkingDirectory BundleProgram',
  ),
  ...typed('string', 'StandardInPath StandardOutPath StandardErrorPath ProcessType POSIXSpawnType'),
  ...typed('boolean', 'Disabled RunAtLoad OnDemand EnableGlobbing EnablePressuredExit InitGroups'),
  ...typed('boolean', 'StartOnMount LowPriorityIO LowPriorityBackgroundIO LaunchOnlyOnce Debug'),
  ...typed('boolean', 'AbandonProcessGroup SessionCreate LegacyTimers EnableTransactions'),
  ...typed(
    'boolean',
    'HopefullyExitsFirst HopefullyExitsLast WaitForDebugger MaterializeDatalessFiles',
  ),
  ...typed('integer', 'ThrottleInterval TimeOut ExitTimeOut StartInterval Nice'),
  ...typed('strings', 'ProgramArguments WatchPaths QueueDirectories'),
  ...typed('env', 'EnvironmentVariables'),
  ...typed('dict', 'Sockets LaunchEvents inetdCompatibility MachServices SoftResourceLimits'),
  ...typed('dict', 'HardResourceLimits SpawnConstraint'),
  ...typed('any', 'AssociatedBundleIdentifiers Umask LimitLoadToHosts LimitLoadFromHosts'),
  ...typed('any', 'LimitLoadToHardware LimitLoadFromHardware BinaryOrderPreference'),
  KeepAlive: ['boolean', 'dict'],
  StartCalendarInterval: ['dict', 'array'],
  LimitLoadToSessionType: ['string', 'strings'],
};

function typed(type: Type, names: string): Record<string, readonly Type[]> {
  return Object.fromEntries(names.split(' ').map((name) => [name, [type]]));
}

const words: Readonly<Record<Type, string>> = {
  string: '<string>…</string>',
  boolean: '<true/> or <false/>',
  integer: '<integer>…</integer>, a whole number',
  strings: '<array> of <string>',
  env: '<dict> of <string>',
  dict: '<dict>',
  array: '<array>',
  any: '',
};

/** Keys that launchd does not know, which it passes over, and values of another type than it takes. */
export function typeFaults(dict: PlistNode): readonly TextFault[] {
  return dict.entries.flatMap(({ key, place, value }) => {
    const types = keyTypes[key];
    if (types === undefined) return [unknownKey(key, place)];
    if (types.some((type) => isOf(type, value))) return stringFaults(types, value);
    const hint = types.map((type) => words[type]).join(', or ');
    return [faultAt(value.place, `is <${value.type}>, which launchd does not take here`, hint)];
  });
}

function unknownKey(key: string, place: PlistNode['place']): TextFault {
  const near = nearest(key, Object.keys(keyTypes));
  const message = 'is no key that launchd knows: it passes it over';
  return near === null
    ? warningAt(place, message, 'man launchd.plist')
    : faultAt(place, message, near);
}

/** launchd drops a variable that is no text without a word. */
function stringFaults(types: readonly Type[], { entries, items }: PlistNode): readonly TextFault[] {
  const values = types.includes('env') ? entries.map(({ value }) => value) : [];
  const all = types.includes('strings') ? items : values;
  return all.flatMap(({ type, place }) => {
    if (type === 'string') return [];
    return [faultAt(place, `is <${type}>, where a text is wanted`, words.string)];
  });
}

function isOf(type: Type, { type: written, text }: PlistNode): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'boolean':
      return written === 'true' || written === 'false';
    case 'integer':
      return written === 'integer' && /^\s*[+-]?\d+\s*$/.test(text);
    case 'strings':
      return written === 'array';
    case 'env':
      return written === 'dict';
    default:
      return written === type;
  }
}

import { nearest } from '../../../model/nearest.ts';
import { faultAt, type TextFault, warningAt } from '../../../model/text-fault.ts';
import { type PlistNode, plistValue } from './read-plist.ts';

/** When a job starts, and starts again. */
export function startFaults(dict: PlistNode): readonly TextFault[] {
  return [
    ...numberFaults(dict),
    ...keepAliveFaults(plistValue(dict, 'KeepAlive')),
    ...calendarFaults(plistValue(dict, 'StartCalendarInterval')),
    ...neverFaults(dict),
  ];
}

function numberFaults(dict: PlistNode): readonly TextFault[] {
  return ['ThrottleInterval', 'StartInterval'].flatMap((key) => {
    const value = plistValue(dict, key);
    if (value?.type !== 'integer' || !(Number(value.text) < 1)) return [];
    return [faultAt(value.place, 'is below 1 second', '10')];
  });
}

const conditions = [
  'SuccessfulExit',
  'Crashed',
  'PathState',
  'OtherJobEnabled',
  'AfterInitialDemand',
];

function keepAliveFaults(keepAlive: PlistNode | undefined): readonly TextFault[] {
  return (keepAlive?.entries ?? []).flatMap(({ key, place, value }) => {
    if (key === 'NetworkState') {
      return [warningAt(place, 'launchd no longer looks at it', 'remove it')];
    }
    if (!conditions.includes(key)) {
      const hint = nearest(key, conditions) ?? conditions.join(', ');
      return [faultAt(place, 'is no condition of KeepAlive', hint)];
    }
    const wantsDict = key === 'PathState' || key === 'OtherJobEnabled';
    const isBoolean = value.type === 'true' || value.type === 'false';
    if (wantsDict ? value.type === 'dict' : isBoolean) return noReturn(key, value);
    const hint = wantsDict ? '<dict> of <true/> and <false/>' : '<true/> or <false/>';
    return [faultAt(value.place, `is <${value.type}>, which launchd does not take here`, hint)];
  });
}

function noReturn(key: string, { type, place }: PlistNode): readonly TextFault[] {
  if (key !== 'SuccessfulExit' || type !== 'false') return [];
  const message = 'a service that ends well is not started again';
  return [warningAt(place, message, 'KeepAlive: <true/>, where it must always run')];
}

const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  Minute: [0, 59],
  Hour: [0, 23],
  Day: [1, 31],
  Weekday: [0, 7],
  Month: [1, 12],
};

function calendarFaults(value: PlistNode | undefined): readonly TextFault[] {
  if (!value) return [];
  const dicts = value.type === 'array' ? value.items : [value];
  return dicts.flatMap((dict) =>
    dict.entries.flatMap(({ key, place, value: { type, text, place: at } }) => {
      const range = ranges[key];
      if (!range) {
        const known = Object.keys(ranges);
        const hint = nearest(key, known) ?? known.join(', ');
        return [faultAt(place, 'is no part of a time', hint)];
      }
      const [least, most] = range;
      const number = Number(text);
      if (type === 'integer' && number >= least && number <= most) return [];
      return [faultAt(at, `is no ${key}`, `<integer> from ${least} to ${most}`)];
    }),
  );
}

const starters = [
  'RunAtLoad',
  'StartInterval',
  'StartCalendarInterval',
  'WatchPaths',
  'QueueDirectories',
  'StartOnMount',
  'Sockets',
  'MachServices',
  'LaunchEvents',
];

function neverFaults(dict: PlistNode): readonly TextFault[] {
  const disabled = plistValue(dict, 'Disabled');
  const keepAlive = plistValue(dict, 'KeepAlive');
  const starts =
    (keepAlive && keepAlive.type !== 'false') ||
    starters.some((key) => (plistValue(dict, key)?.type ?? 'false') !== 'false');
  const never = 'nothing starts it: no KeepAlive, RunAtLoad, WatchPaths, interval or socket';
  return [
    ...(starts ? [] : [warningAt(dict.place, never, 'RunAtLoad: <true/>')]),
    ...(disabled?.type === 'true' ? [warningAt(disabled.place, 'is disabled', 'remove it')] : []),
  ];
}

import { inWords } from '../model/in-words.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { objectsOf, textOf } from '../model/read-facts.ts';
import { bytesText } from '../outputs/units.ts';

/** What stands around a unit, in words: its port's holder, a reboot, its log, how long it is up. */
export function unitWords(key: string, facts: JsonObject): readonly string[] | null {
  const value = facts[key];
  switch (key) {
    case 'portHolder':
      return isJsonObject(value) ? [holderWords(value)] : [];
    case 'survivesReboot':
      return rebootWords(value, facts['rebootWhy']);
    case 'log':
      return isJsonObject(value) ? [logWords(value)] : [];
    case 'runningSeconds':
      return typeof value === 'number' ? [`up for ${inWords(value * 1000)}`] : [];
    case 'timer':
      return isJsonObject(value) ? timerWords(value) : [];
    default:
      return toldWithOthers.has(key) ? [] : null;
  }
}

const toldWithOthers: ReadonlySet<string> = new Set([
  'rebootWhy',
  'aroundAtMs',
  'aroundPid',
  'startedAtMs',
  'seenAtMs',
  'disabledAtMs',
  'turn',
  'waitedSeconds',
  'activeSince',
  'stateSince',
  'limitSeconds',
  'startLimitHit',
  'needsDaemonReload',
  'remainAfterExit',
]);

function holderWords({ port, listening, holders, isOwn }: JsonObject): string {
  const names = objectsOf(holders).map(({ name, pid }) => `${name} (pid ${pid})`);
  if (names.length === 0) return `port ${port} ${nobodyWords(listening)}`;
  const whose = isOwn === false ? ', not of this unit' : '';
  return `port ${port} held by ${names.join(', ')}${whose}`;
}

function nobodyWords(listening: Json | undefined): string {
  if (listening === true) return 'held, by whom is hidden';
  return listening === false ? 'held by nobody' : 'held by nobody who can be seen';
}

function rebootWords(survives: Json | undefined, why: Json | undefined): readonly string[] {
  const reason = textOf(why);
  if (survives === null && reason === null) return [];
  const word = survives === true ? 'yes' : survives === false ? 'no' : 'unknown';
  return [`survives a reboot: ${word}${reason === null ? '' : `, ${reason}`}`];
}

function logWords({ path, sizeBytes, ageSeconds }: JsonObject): string {
  const size = typeof sizeBytes === 'number' ? ` ${bytesText(sizeBytes)}` : '';
  const age = typeof ageSeconds === 'number' ? `, written ${inWords(ageSeconds * 1000)} ago` : '';
  return `log ${shortPath(String(path))}${size}${age}`;
}

function timerWords({ nextAt, lastAt, triggers }: JsonObject): readonly string[] {
  const told = [
    ['starts', triggers],
    ['next', nextAt],
    ['last', lastAt],
  ] as const;
  return told.flatMap(([word, value]) => (typeof value === 'string' ? [`${word} ${value}`] : []));
}

/** "~/…/worker.log": where it is, and its name. */
function shortPath(path: string): string {
  const parts = path.replace(/^\/(?:Users|home)\/[^/]+/, '~').split('/');
  return parts.length > 3 ? [parts[0], '…', parts.at(-1)].join('/') : parts.join('/');
}

import { durationText } from '../model/duration.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { bytesText } from '../outputs/units.ts';
import { secondsInSteps } from './sizes.ts';
import { latencyInSteps } from './times.ts';
import { unitWords } from './unit-words.ts';

/** Said elsewhere: latency and age beside the state; a mismatch, an expired key, what is not whole in the note; last words on a line of their own. */
const saidElsewhere: ReadonlySet<string> = new Set([
  'latencyMs',
  'mismatch',
  'unit',
  'badExit',
  'doubt',
  'isCutOff',
  'changingSinceMs',
  'changingSeconds',
  'expired',
  'startedAt',
  'lastStartedAt',
  'found',
  'knownUid',
  'stages',
  'isBehind',
  'justRestarted',
  'mayBeEmpty',
  'emptySinceMs',
  'lastWords',
]);

/** What a check saw, in words: "status 200", "14 functions", "used memory 2.1 MB". */
export function factsInWords(facts: JsonObject): readonly string[] {
  return Object.entries(facts).flatMap(([key, value]) => {
    if (saidElsewhere.has(key) || (key === 'starts' && isOwnCount(facts))) return [];
    const unit = unitWords(key, facts);
    if (unit !== null) return unit;
    if (key === 'count') return countInWords(value, facts['unit']);
    return inWords(key, value);
  });
}

/** launchd's `runs` is the same number; where a page tells start times it is joelclaw that counts. */
function isOwnCount(facts: JsonObject): boolean {
  return 'runs' in facts || 'lastStartedAt' in facts;
}

function countInWords(count: Json, unit: Json | undefined): readonly string[] {
  if (typeof count !== 'number') return ['count unknown'];
  return [`${count} ${typeof unit === 'string' ? unit : 'counted'}`];
}

function inWords(key: string, value: Json, prefix = ''): readonly string[] {
  const name = `${prefix}${wordsOf(key)}`;
  if (value === null || value === '') return [];
  if (typeof value === 'number') return [`${name} ${numberInWords(key, value)}`];
  if (typeof value === 'boolean') return [`${name} ${value ? 'yes' : 'no'}`];
  if (typeof value === 'string') return [`${name} ${value}`];
  if (Array.isArray(value)) return listInWords(name, value);
  if (!isJsonObject(value) || prefix !== '') return [];
  return Object.entries(value).flatMap(([inner, one]) => inWords(inner, one, `${name} `));
}

function listInWords(name: string, list: readonly Json[]): readonly string[] {
  const words = list.filter((one) => typeof one === 'string' || typeof one === 'number');
  if (words.length > 0) return [`${name} ${words.join(', ')}`];
  return list.flatMap((one) => (isJsonObject(one) ? eventInWords(one) : []));
}

/** What a cluster tells of a thing: "FailedScheduling ×3: 0/1 nodes are available". */
function eventInWords({ reason, message, count }: JsonObject): readonly string[] {
  if (typeof reason !== 'string' || typeof message !== 'string') return [];
  const often = typeof count === 'number' && count > 1 ? ` ×${count}` : '';
  return [`${reason}${often}: ${message}`];
}

function numberInWords(key: string, value: number): string {
  if (key.endsWith('Bytes')) return bytesText(value);
  // A limit stands still, so it is told to the second.
  if (key.startsWith('minimum')) return durationText(value * 1000);
  if (key.endsWith('Seconds')) return secondsInSteps(value);
  return key.endsWith('Ms') ? latencyInSteps(value) : String(value);
}

/** "usedMemoryBytes" reads "used memory". */
function wordsOf(key: string): string {
  return key
    .replace(/(?<=[a-z])(?:Bytes|Seconds|Ms)$/, '')
    .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

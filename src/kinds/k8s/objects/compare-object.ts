import { stringify } from 'yaml';
import type { FileVerdict } from '../../../model/file-verdict.ts';
import { hideSecrets } from '../../../model/hide-secrets.ts';
import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { objectsOf, textOf } from '../../../model/read-facts.ts';
import { type Difference, differenceOf } from '../../file/difference.ts';
import { canonical, differingFields, manager, overlap, withoutValues } from './canonical.ts';

/**
 * What a cluster said of an object: as it is, as it would be by a dry run of our apply, and by one
 * that takes the fields which others have (null where the first one was not refused for them).
 */
export interface ObjectSeen {
  readonly live: JsonObject;
  readonly wouldBe: JsonObject;
  readonly forced: JsonObject | null;
}

export interface ObjectStanding {
  readonly verdict: FileVerdict;
  readonly note: string;
  readonly change: Difference | null;
  /** That the server would not take it as it is written. */
  readonly isRefused: boolean;
}

/** How an object stands; what the server does not understand of it is never in sync. */
export function compareObject({ live, wouldBe, forced }: ObjectSeen): ObjectStanding {
  const say = (verdict: FileVerdict, note: string, change: Difference | null = null) => ({
    ...{ verdict, note, change, isRefused: false },
  });
  const predicted = forced ?? wouldBe;
  const absence = statusOf(live);
  // Of what it does not serve the server says no name: that tells nothing of an object.
  if (absence !== null && !isNotFound(absence)) return say('unknown', messageOf(absence));
  const refusal = statusOf(predicted);
  if (refusal !== null) return refused(refusal, absence !== null);
  if (absence !== null) return say('missing', 'not there');
  const [is, would] = [canonical(live), canonical(predicted)];
  const fields = differingFields(is, would);
  if (fields.length === 0) return say('in-sync', '');
  const change = differenceOf(textFor(is), textFor(would));
  const names = fields.slice(0, 3).join(', ');
  const more = fields.length > 3 ? ` and ${fields.length - 3} more` : '';
  const note = `${names}${more} differ${fields.length === 1 ? 's' : ''}`;
  if (!isApplied(live)) return say('unmanaged', note, change);
  const taken = conflictsOf(wouldBe);
  if (taken.length === 0) return say('pending', note, change);
  const byOthers = fields.filter((field) =>
    taken.some((one) => overlap(keyless(field), keyless(one.field))),
  );
  if (byOthers.length === 0) return say('pending', note, change);
  const owners = [...new Set(taken.map(({ owner }) => owner))].join(', ');
  const verdict = byOthers.length === fields.length ? 'drift' : 'conflict';
  return say(verdict, `${note}, by ${owners}`, change);
}

/** The server tells an item of a list by keys that a manifest need not name it by. */
function keyless(field: string): string {
  return field.replaceAll(/\[[^\]]*\]/g, '[]');
}

/** The Status of an answer that is no object. */
function statusOf(answer: JsonObject): JsonObject | null {
  return answer['kind'] === 'Status' && answer['status'] === 'Failure' ? answer : null;
}

/** Whether the server has answered with no object. */
export function isFailure(answer: JsonObject): boolean {
  return statusOf(answer) !== null;
}

/** Whether others have fields that we would set: then it takes force to know what would become of it. */
export function isConflict(answer: JsonObject): boolean {
  return statusOf(answer)?.['code'] === 409;
}

/** Whether it is not the version of the object that the question named: somebody was quicker. */
export function isModified(answer: JsonObject): boolean {
  return isConflict(answer) && conflictsOf(answer).length === 0;
}

/** How API servers (1.36) word that a field of what is there cannot become another. */
const unchangeable =
  /immutable|forbidden: updates to|updates to .* are forbidden|may not change once set|less than previous value/i;

function refused(said: JsonObject, isMissing: boolean): ObjectStanding {
  const message = messageOf(said);
  const is = (verdict: FileVerdict, note: string) => ({
    ...{ verdict, note, change: null, isRefused: true },
  });
  // Its namespace comes before it.
  if (isMissing && isNotFound(said)) return { ...is('missing', message), isRefused: false };
  if (isMissing) return is('missing', `not there, and the API server refuses it: ${message}`);
  if (said['code'] === 422 && unchangeable.test(message)) {
    return is('pending', `requires replace: ${message}`);
  }
  return is('unknown', `the API server refuses it: ${message}`);
}

/** The text of what is not there yet. */
export function allNew(object: JsonObject): Difference | null {
  return differenceOf('', textFor(canonical(object)));
}

/** Whether the answer is that something which has a name is not there. */
export function isAbsent(answer: JsonObject): boolean {
  return isNotFound(statusOf(answer) ?? {});
}

/** A Status about something that has a name, and is not there. */
function isNotFound({ code, details }: JsonObject): boolean {
  return code === 404 && isJsonObject(details) && textOf(details['name']) !== null;
}

/** What a Status says, without the values of fields that look like secrets. */
export function messageOf({ message }: JsonObject): string {
  return hideSecrets(textOf(message) ?? 'the API server does not say why');
}

interface Conflict {
  readonly field: string;
  readonly owner: string;
}

function conflictsOf(answer: JsonObject): readonly Conflict[] {
  const said = statusOf(answer);
  if (said?.['code'] !== 409 || !isJsonObject(said['details'])) return [];
  return objectsOf(said['details']['causes']).map((cause) => ({
    field: textOf(cause['field']) ?? '',
    owner: /"([^"]+)"/.exec(textOf(cause['message']) ?? '')?.[1] ?? 'others',
  }));
}

/** Whether our apply has ever set a field of it. */
export function isApplied({ metadata }: JsonObject): boolean {
  const fields = isJsonObject(metadata) ? objectsOf(metadata['managedFields']) : [];
  return fields.some((one) => one['manager'] === manager && one['operation'] === 'Apply');
}

function textFor(object: JsonObject): string {
  return hideSecrets(stringify(withoutValues(object), { lineWidth: 0 }));
}

import { stringify } from 'yaml';
import type { FileVerdict } from '../../../model/file-verdict.ts';
import { hideSecrets } from '../../../model/hide-secrets.ts';
import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { objectsOf, textOf } from '../../../model/read-facts.ts';
import { type Difference, differenceOf } from '../../file/difference.ts';
import { canonical, differingFields, withoutValues } from './canonical.ts';

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
}

/** The name that what we apply is kept under. */
const manager = 'joelclaw';

/** How an object stands; what the server does not understand of it is never in sync. */
export function compareObject({ live, wouldBe, forced }: ObjectSeen): ObjectStanding {
  const say = (verdict: FileVerdict, note: string, change: Difference | null = null) => ({
    ...{ verdict, note, change },
  });
  const predicted = forced ?? wouldBe;
  const refusal = statusOf(predicted);
  if (refusal !== null) return refused(refusal, statusOf(live) !== null);
  if (statusOf(live) !== null) return say('missing', 'not there');
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
    taken.some((one) => field.startsWith(one.field) || one.field.startsWith(field)),
  );
  if (byOthers.length === 0) return say('pending', note, change);
  const owners = [...new Set(taken.map(({ owner }) => owner))].join(', ');
  const verdict = byOthers.length === fields.length ? 'drift' : 'conflict';
  return say(verdict, `${note}, by ${owners}`, change);
}

/** The Status of an answer that is no object. */
function statusOf(answer: JsonObject): JsonObject | null {
  return answer['kind'] === 'Status' && answer['status'] === 'Failure' ? answer : null;
}

/** Whether others have fields that we would set: then it takes force to know what would become of it. */
export function isConflict(answer: JsonObject): boolean {
  return statusOf(answer)?.['code'] === 409;
}

function refused(said: JsonObject, isMissing: boolean): ObjectStanding {
  const message = textOf(said['message']) ?? 'the API server refuses it';
  const is = (verdict: FileVerdict, note: string) => ({ verdict, note, change: null });
  if (said['code'] === 422) return is('pending', `requires replace: ${message}`);
  if (said['code'] === 404 && isMissing) return is('missing', message);
  return is('unknown', message);
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

function isApplied({ metadata }: JsonObject): boolean {
  const fields = isJsonObject(metadata) ? objectsOf(metadata['managedFields']) : [];
  return fields.some((one) => one['manager'] === manager && one['operation'] === 'Apply');
}

function textFor(object: JsonObject): string {
  return hideSecrets(stringify(withoutValues(object), { lineWidth: 0 }));
}

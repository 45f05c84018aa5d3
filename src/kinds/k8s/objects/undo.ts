import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { ObjectUndo } from '../../../model/object-write.ts';
import { objectsOf } from '../../../model/read-facts.ts';
import { objectAt, textAt } from '../fields.ts';
import { manager, sayable } from './canonical.ts';
import { common, hasFields, unionOf, without } from './field-sets.ts';
import { ownedPart } from './owned-fields.ts';

/**
 * What has an object be again as it was `before`; `became` is what our apply made of it, both with the
 * owners of their fields. Applied by force, `all` has the values of then of whatever was ours then or is
 * ours now. What the manifest brought is left out, which takes it away: a field that nobody says is
 * nobody's. What others had by then is given back to hands: else it would be ours, and the next apply
 * would go over it unasked.
 */
export function undoOf(before: JsonObject, became: JsonObject): ObjectUndo {
  const [apiVersion = null, kind = null] = [became['apiVersion'], became['kind']];
  const there = { ...sayable(before), apiVersion, kind };
  const [name, namespace] = [
    textAt(became, 'metadata', 'name'),
    textAt(became, 'metadata', 'namespace'),
  ];
  const identity = { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) } };
  const [wasOurs, isOurs] = [fieldsOf(before, isUs), fieldsOf(became, isUs)];
  const [hadOthers, haveOthers] = [fieldsOf(before, isOther), fieldsOf(became, isOther)];
  const all = unionOf([wasOurs, isOurs]);
  const lost = without(common(all, hadOthers), haveOthers);
  // What was given back before stays so: an apply that names it no more would take it away.
  const given = fieldsOf(became, ({ manager: name }) => name === 'joelclaw-undo');
  const part = (fields: JsonObject): JsonObject => over(identity, ownedPart(there, fields));
  return {
    all: part(all),
    handOver: hasFields(lost)
      ? { theirs: part(unionOf([lost, given])), ours: part(without(all, without(lost, wasOurs))) }
      : null,
  };
}

function isUs({ manager: name, operation }: JsonObject): boolean {
  return name === manager && operation === 'Apply';
}

function isOther(entry: JsonObject): boolean {
  return !isUs(entry);
}

function fieldsOf(object: JsonObject, isWanted: (entry: JsonObject) => boolean): JsonObject {
  return unionOf(
    objectsOf(objectAt(object, 'metadata')['managedFields'])
      // What a controller reports of it is nothing that a manifest says.
      .filter((one) => isWanted(one) && one['subresource'] !== 'status')
      .map((one) => objectAt(one, 'fieldsV1')),
  );
}

function over(identity: JsonObject, part: Json): JsonObject {
  if (!isJsonObject(part)) return identity;
  const { metadata = {}, ...rest } = part;
  const own = isJsonObject(metadata) ? metadata : {};
  return { ...rest, ...identity, metadata: { ...own, ...objectAt(identity, 'metadata') } };
}

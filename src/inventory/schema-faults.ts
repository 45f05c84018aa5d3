import type * as z from 'zod';
import { nearest } from '../model/nearest.ts';
import { checkKindNames, madeElsewhere } from './check-schema.ts';
import type { Located } from './document.ts';
import type { InventoryFault } from './fault.ts';
import { hintFor } from './fault-hints.ts';

type Issue = z.core.$ZodIssue;

/** zod's issues in the operator's words, each at its line and with something to try. */
export function schemaFaults(
  located: Located,
  issues: readonly Issue[],
  keysOf: (path: readonly PropertyKey[]) => readonly string[],
): readonly InventoryFault[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysOf(issue.path);
      return issue.keys.map((key) =>
        located.faultAt(issue.path, {
          message: 'is not a known key',
          hint: keyHint(key, known),
          key,
        }),
      );
    }
    return [located.faultAt(issue.path, wordsOf(issue))];
  });
}

function keyHint(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near !== null) return near;
  return known.length === 0 ? 'remove it' : `one of ${known.join(', ')}`;
}

function wordsOf(issue: Issue): { message: string; hint: string } {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue);
    case 'invalid_value':
      return valueWords(issue.values.map(String), issue.input);
    case 'invalid_union':
      return unionWords(issue);
    case 'too_big':
      return { message: `is above ${issue.maximum}`, hint: `at most ${issue.maximum}` };
    case 'too_small':
      return smallWords(issue);
    default:
      return { message: issue.message, hint: hintFor(issue.message, issue.path.at(-1)) };
  }
}

const typeHints: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number without quotes',
  int: 'a whole number without quotes',
  boolean: 'true or false',
  array: 'a list: lines that begin with "- "',
  object: 'keys with values: "key: value"',
};

function typeWords(issue: Extract<Issue, { code: 'invalid_type' }>): {
  message: string;
  hint: string;
} {
  const wanted = issue.expected as string;
  const key = issue.path.at(-1);
  const hint = typeHints[wanted] ?? hintFor(issue.message, key);
  if (issue.input === undefined) return missingWords(key);
  if (!issue.message.startsWith('Invalid input'))
    return { message: issue.message, hint: hintFor(issue.message, key) };
  const got = Array.isArray(issue.input)
    ? 'a list'
    : issue.input === null
      ? 'empty'
      : typeof issue.input;
  return { message: `is ${got}, expected ${wanted}`, hint };
}

function missingWords(key: PropertyKey | undefined): { message: string; hint: string } {
  return { message: 'is missing', hint: typeof key === 'string' ? `${key}: …` : 'add it' };
}

function valueWords(values: readonly string[], input: unknown): { message: string; hint: string } {
  if (input === undefined) return { message: 'is missing', hint: values.join(' or ') };
  const near = nearest(String(input), values);
  return { message: `is ${JSON.stringify(input)}`, hint: near ?? values.join(' or ') };
}

/** A discriminated union without a match: the discriminator is missing or unknown. */
function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>): {
  message: string;
  hint: string;
} {
  if (issue.path.at(-1) === 'json') {
    return { message: 'holds what JSON cannot', hint: 'text, numbers, true, false, null' };
  }
  const isManager = issue.path.includes('manager');
  const known = isManager ? ['launchd', 'systemd', 'k8s', 'none'] : [...checkKindNames];
  const input = issue.input as { readonly kind?: unknown } | undefined;
  const kind = input?.kind;
  if (typeof kind !== 'string') return { message: 'is missing', hint: known.join(', ') };
  const maker = isManager ? undefined : madeElsewhere.get(kind);
  if (maker !== undefined)
    return { message: `"${kind}" checks are made from ${maker}`, hint: 'remove it' };
  const near = nearest(kind, known);
  return { message: `"${kind}" is not a known kind`, hint: near ?? `one of ${known.join(', ')}` };
}

function smallWords(issue: Extract<Issue, { code: 'too_small' }>): {
  message: string;
  hint: string;
} {
  const { origin, minimum, message } = issue;
  if (origin === 'string') return { message: 'is empty', hint: 'text' };
  if (origin === 'array' || origin === 'tuple')
    return { message: message.startsWith('Too') ? 'is empty' : message, hint: 'at least one' };
  return { message: `is below ${minimum}`, hint: `at least ${minimum}` };
}

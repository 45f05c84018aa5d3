import type { Wish } from '../../actions/plan-refusals.ts';
import { UserError } from '../../model/errors.ts';
import { jsonObjectOf } from '../../model/json.ts';
import { isRunVerb, type Verb } from '../../model/verb.ts';
import type { Context } from '../context.ts';

/** What such a verb is done to beside its service or function. */
export const objectWords: Readonly<Partial<Record<Verb, string>>> = {
  'delete-pod': 'POD',
  'send-event': 'EVENT',
  rerun: 'RUN',
  'cancel-run': 'RUN',
};

/** What is wished by the words of a command line, and of what. */
export function wishOf(
  verb: Verb,
  { options }: Context,
): { readonly ids: readonly string[]; readonly wish: Wish } {
  const [, ...words] = options.words;
  const [first] = words;
  if (first === undefined) {
    const what = isRunVerb(verb) ? 'function' : 'service';
    const hint = `joelclaw ${verb} ${isRunVerb(verb) ? 'FUNCTION' : 'HOST/SERVICE'}`;
    throw new UserError(`which ${what}?`, { hint });
  }
  if (!objectWords[verb]) return { ids: words, wish: { verb, object: null } };
  const object = words[1] ?? null;
  const wish = { verb, object };
  if (options.data === null) return { ids: [first], wish };
  return { ids: [first], wish: { ...wish, data: dataOf(options.data) } };
}

function dataOf(text: string) {
  const data = jsonObjectOf(text);
  if (data !== null) return data;
  throw new UserError('--data is no JSON object', {
    hint: `--data '{"url":"https://example.org"}'`,
  });
}

import { infraVerbs } from '../model/infra-verb.ts';
import { runVerbs, unitVerbs, type Verb } from '../model/verb.ts';
import type { Choice } from './action-view.ts';
import type { PaletteItem } from './palette.ts';
import type { Tab } from './ui-state.ts';

/** What can be done to services or functions as they were last seen; `why` when nothing can. */
export interface Offers {
  readonly choices: readonly Choice[];
  readonly why: string | null;
}

/** What is to be acted on, and what can be done to it. */
export interface Offered extends Offers {
  readonly tab: Tab;
  readonly ids: readonly string[];
}

/** Has a key of its own in the keymap. */
const keyed: Verb = 'restart';

/** Each verb by its name, for what is marked or selected: with what it may do, or why it cannot be done. */
export function verbItems({ tab, ids, choices, why }: Offered): readonly PaletteItem[] {
  const of = tab === 'functions' ? 'functions' : 'services';
  const itemOf = (name: string, words: string, refusal: string | null): PaletteItem => ({
    ...{ name, words, key: '', refusal, does: { type: 'act', of, ids, name } },
  });
  const itemsOf = (verb: Verb): readonly PaletteItem[] => {
    const elsewhere = notHere(verb, tab, ids);
    const none = elsewhere ?? why ?? `not offered for ${ids.join(', ')}`;
    const meant = choices.filter(({ name }) => name === verb || name.startsWith(`${verb} `));
    if (elsewhere !== null || meant.length === 0) return [itemOf(verb, isOf(verb), none)];
    return meant.map((one) => itemOf(one.name, `${one.risk}: ${ids.join(', ')}`, one.why));
  };
  const verbs = [...unitVerbs, ...runVerbs].filter((verb) => verb !== keyed).flatMap(itemsOf);
  return [...verbs, ...infraItems({ tab, ids, choices, why })];
}

/** What is done to managed files, but for the apply that has a key. */
function infraItems({ tab, ids, choices }: Offered): readonly PaletteItem[] {
  return infraVerbs
    .filter((verb) => verb !== 'apply')
    .map((name): PaletteItem => {
      const choice = choices.find((one) => one.name === name);
      const elsewhere = tab === 'drift' ? null : 'files are managed on Drift: 4 shows them';
      const none = choice ? choice.why : 'nothing is selected to act on';
      const words = choice ? `${choice.risk}: ${ids.join(', ')}` : 'of managed files';
      const does = { type: 'act', of: 'files', ids, name } as const;
      return { name, words, key: '', refusal: elsewhere ?? none, does };
    });
}

/** Why the restart that `r` asks for cannot be done; null where it can, or only its plan tells. */
export function restartRefusal({ tab, ids, choices, why }: Offered): string | null {
  if (tab !== 'services') return 'services are restarted: 2 shows them';
  if (ids.length === 0) return 'nothing is selected to restart';
  return why ?? choices.find(({ name }) => name === keyed)?.why ?? null;
}

function notHere(verb: Verb, tab: Tab, ids: readonly string[]): string | null {
  if (tab !== 'services' && tab !== 'functions') {
    return 'it is of services (2) or of functions (3)';
  }
  const isOfUnit = (unitVerbs as readonly Verb[]).includes(verb);
  if (isOfUnit && tab === 'functions') return 'services have units: 2 shows them';
  if (!isOfUnit && tab === 'services') return 'functions have runs: 3 shows them';
  return ids.length === 0 ? 'nothing is selected to act on' : null;
}

function isOf(verb: Verb): string {
  return (unitVerbs as readonly Verb[]).includes(verb) ? 'of a service' : 'of a function';
}

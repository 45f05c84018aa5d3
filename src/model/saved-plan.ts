import type { PlannedItem } from './infra.ts';
import { isJsonObject, type Json, jsonObjectOf } from './json.ts';
import type { ObjectWrite } from './object-write.ts';
import { objectsOf, textOf } from './read-facts.ts';

/**
 * One item of a saved plan: what was to be done, `before` and `after` standing for the bytes that were
 * there and that are to come. They are keyed sums, as a plain one of a short secret can be guessed.
 */
export interface SavedItem {
  readonly id: string;
  readonly verdict: string;
  readonly action: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly mode: string | null;
}

/** A plan that was agreed to before it is carried out: for this machine and this network alone. */
export interface SavedPlan {
  /** What it was made from; an apply of it does what these said, whatever is asked for by then. */
  readonly network: string;
  readonly inventory: string;
  readonly host: string;
  readonly user: string;
  /** What git said of the repo, with `-dirty` where it held what was not committed; null without git. */
  readonly commit: string | null;
  /** RFC 3339 UTC, both. */
  readonly at: string;
  readonly expiresAt: string;
  readonly wish: {
    readonly overwriteDrift: boolean;
    readonly prune: boolean;
    readonly only: string | null;
  };
  readonly items: readonly SavedItem[];
}

/** What a plan is held against later; `sum` makes what stands for texts, and for sums of them. */
export function savedItems(
  items: readonly PlannedItem[],
  sum: (text: string) => string,
): readonly SavedItem[] {
  const sumOf = (text: string | null | undefined) => (text == null ? null : sum(text));
  return items.map(({ item, write, objects, liveSha256 }) => ({
    ...{ id: item.id, verdict: item.verdict, action: item.action },
    ...(objects ? sumsOf(objects, sum) : { before: sumOf(liveSha256), after: sumOf(write?.text) }),
    mode: write?.mode ?? null,
  }));
}

function sumsOf(objects: readonly ObjectWrite[], sum: (text: string) => string) {
  return {
    before: sum(JSON.stringify(objects.map(({ path, was }) => [path, was]))),
    after: sum(JSON.stringify(objects.map(({ object, force }) => [object, force]))),
  };
}

/** How long a saved plan is good for. */
export const savedPlanMs = 24 * 3_600_000;

export const savedPlanSchema = 'joelclaw.infra-plan-file/v1';

/** What keeps a text from being a saved plan of this machine. */
export type NoPlan = 'no-plan' | 'newer' | 'not-ours';

/** The plan as text; `sign` makes a keyed sum of what is to be trusted. */
export function savedPlanText(plan: SavedPlan, sign: (text: string) => string): string {
  const body = { schema: savedPlanSchema, ...plan };
  return `${JSON.stringify({ ...body, mac: sign(JSON.stringify(body)) }, null, 2)}\n`;
}

/** Reads one back; one whose sum is not of this machine's key was made elsewhere, or changed since. */
export function parseSavedPlan(
  text: string,
  sign: (text: string) => string,
): SavedPlan | { readonly trouble: NoPlan } {
  const json = jsonObjectOf(text);
  const schema = textOf(json?.['schema']) ?? '';
  if (json === null || !schema.startsWith(savedPlanSchema.replace(/\d+$/, ''))) {
    return { trouble: 'no-plan' };
  }
  if (schema !== savedPlanSchema) return { trouble: 'newer' };
  const { mac, ...body } = json;
  if (mac !== sign(JSON.stringify(body))) return { trouble: 'not-ours' };
  return planIn(body) ?? { trouble: 'no-plan' };
}

function planIn(json: { readonly [key: string]: Json }): SavedPlan | null {
  const text = (key: string): string | null => textOf(json[key]);
  const [network, inventory, host, user] = ['network', 'inventory', 'host', 'user'].map(text);
  const [at, expiresAt] = [text('at'), text('expiresAt')];
  const { wish } = json;
  if (network == null || inventory == null || host == null || user == null) return null;
  if (at === null || expiresAt === null || !isJsonObject(wish)) return null;
  const { overwriteDrift, prune, only } = wish;
  return {
    ...{ network, inventory, host, user, commit: text('commit'), at, expiresAt },
    wish: {
      overwriteDrift: overwriteDrift === true,
      prune: prune === true,
      only: textOf(only),
    },
    items: objectsOf(json['items']).map((item) => ({
      id: textOf(item['id']) ?? '',
      verdict: textOf(item['verdict']) ?? '',
      action: textOf(item['action']) ?? '',
      before: textOf(item['before']),
      after: textOf(item['after']),
      mode: textOf(item['mode']),
    })),
  };
}

/** What is so by now, to be held against a saved plan. */
interface Now {
  readonly network: string;
  readonly inventory: string;
  readonly ms: number;
  readonly items: readonly SavedItem[];
}

/** Why a saved plan is not what would be done now, each reason in words; none where it still is. */
export function staleReasons(saved: SavedPlan, now: Now): readonly string[] {
  if (saved.network !== now.network) return [`it is of another network: ${saved.network}`];
  const before = [
    ...(now.ms > Date.parse(saved.expiresAt) ? [`it was good until ${saved.expiresAt}`] : []),
    ...(saved.inventory === now.inventory ? [] : ['the inventory is another one']),
  ];
  return [...before, ...itemChanges(saved.items, now.items)];
}

/** What of a plan is another one by now, each in words. */
export function itemChanges(
  before: readonly SavedItem[],
  now: readonly SavedItem[],
): readonly string[] {
  const items = before.flatMap((item) => {
    const found = now.find(({ id }) => id === item.id);
    const why = changeOf(item, found);
    return why === null ? [] : [`${item.id}: ${why}`];
  });
  const known = new Set(before.map(({ id }) => id));
  const more = now.flatMap(({ id }) => (known.has(id) ? [] : [`${id}: was not in it`]));
  return [...items, ...more];
}

function changeOf(saved: SavedItem, now: SavedItem | undefined): string | null {
  if (!now) return 'is managed no more';
  if (saved.before !== now.before) return 'what is there has become another';
  if (saved.after !== now.after || saved.mode !== now.mode) return 'the repo has become another';
  if (saved.verdict !== now.verdict) return `was ${saved.verdict}, is ${now.verdict}`;
  if (saved.action !== now.action) return `its action was ${saved.action}, is ${now.action}`;
  return null;
}

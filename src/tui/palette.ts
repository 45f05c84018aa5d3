import { type Act, movements } from './act.ts';
import { type AuditAct, actsLeavingAudit, actsOverAudit, auditKeymap } from './audit-keymap.ts';
import type { ActedOn } from './intent.ts';
import { type Binding, keymap } from './keymap.ts';
import { actsLeavingLogs, actsOverLogs, type LogsAct, logsKeymap } from './logs-keymap.ts';
import { type Offered, restartRefusal, verbItems } from './palette-verbs.ts';
import type { Over } from './shown.ts';
import { type Tab, tabs } from './ui-state.ts';

/** A thing that the palette offers: a key's work, a view, or a row to go to. */
export interface PaletteItem {
  /** What is typed to find it. */
  readonly name: string;
  readonly words: string;
  readonly key: string;
  /** Why it cannot be done; null when it can. */
  readonly refusal: string | null;
  readonly does:
    | { readonly type: 'key'; readonly key: string }
    | { readonly type: 'go'; readonly id: string; readonly tab: Tab }
    | {
        readonly type: 'act';
        readonly of: ActedOn;
        readonly ids: readonly string[];
        readonly name: string;
      };
}

/** A row that can be gone to. */
export interface Target {
  readonly id: string;
  readonly tab: Tab;
}

const titles: Readonly<Record<Tab, string>> = {
  nodes: 'Nodes',
  services: 'Services',
  functions: 'Functions',
  drift: 'Drift',
};

/** Keys that only move, or that the prompt itself uses, are not looked for by name. */
const unnamed: ReadonlySet<Act> = new Set<Act>([...movements, 'goto-tab', 'escape', 'palette']);

const unnamedOfLogs: ReadonlySet<LogsAct> = new Set<LogsAct>([
  ...movements.filter((one) => one !== 'first' && one !== 'last'),
  'window',
  'escape',
]);

const unnamedOfAudit: ReadonlySet<AuditAct> = new Set<AuditAct>([
  ...movements.filter((one) => one !== 'first' && one !== 'last'),
  'escape',
]);

/** Everything, in the keymaps' order; what lies over the tab says which of it can be done. */
export function paletteItems(
  targets: readonly Target[],
  { over, offered }: { readonly over: Over; readonly offered: Offered },
): readonly PaletteItem[] {
  const views = tabs.map((tab, index) => keyItem(tab, titles[tab], String(index + 1)));
  const acts = keymap.filter(({ act }) => act === undefined || !unnamed.has(act));
  const rows = targets.map(({ id, tab }): PaletteItem => {
    return {
      name: id,
      words: `go to it in ${titles[tab]}`,
      key: '',
      refusal: null,
      does: { type: 'go', id, tab },
    };
  });
  const verbs = verbItems(offered);
  if (over !== null) {
    const { leaveFirst, items, isToo } = overs[over];
    const elsewhere = (item: PaletteItem): PaletteItem => refused(item, leaveFirst);
    return [
      ...items,
      ...acts.map((one) =>
        one.act !== undefined && isToo(one.act) ? actItem(one) : elsewhere(actItem(one)),
      ),
      ...(isToo('goto-tab') ? views : views.map(elsewhere)),
      ...verbs.map(elsewhere),
      ...rows,
    ];
  }
  return [
    ...views,
    ...acts.map((one) => whereItCan(one, offered)),
    ...verbs,
    ...[overs.logs, overs.audit].flatMap(({ items, openFirst }) =>
      items.map((item) => refused(item, openFirst)),
    ),
    ...rows,
  ];
}

interface OfOver {
  readonly items: readonly PaletteItem[];
  readonly leaveFirst: string;
  readonly openFirst: string;
  isToo(act: Act): boolean;
}

/** What has keys of its own, which of the others act upon it, and how it is come to and left. */
const overs: Readonly<Record<Exclude<Over, null>, OfOver>> = {
  logs: {
    items: logsKeymap
      .filter(({ act }) => !unnamedOfLogs.has(act))
      .map(({ keys: [key = ''], words, act }) => keyItem(act, words, key)),
    leaveFirst: 'esc leaves the logs first',
    openFirst: 'in logs only: l shows them',
    isToo: (act) => actsOverLogs.has(act) || actsLeavingLogs.has(act),
  },
  audit: {
    items: auditKeymap
      .filter(({ act }) => !unnamedOfAudit.has(act))
      .map(({ keys: [key = ''], words, act }) => keyItem(act, words, key)),
    leaveFirst: 'esc leaves the audit first',
    openFirst: 'in an audit only: A makes one',
    isToo: (act) => actsOverAudit.has(act) || actsLeavingAudit.has(act),
  },
};

function whereItCan(binding: Binding, offered: Offered): PaletteItem {
  const item = actItem(binding);
  const refusal = binding.act === 'restart' ? restartRefusal(offered) : null;
  return refusal === null ? item : refused(item, refusal);
}

function refused(item: PaletteItem, refusal: string): PaletteItem {
  return { ...item, refusal };
}

function keyItem(name: string, words: string, key: string): PaletteItem {
  return { name, words, key, refusal: null, does: { type: 'key', key } };
}

function actItem({ keys: [key = ''], words, act, later, name }: Binding): PaletteItem {
  const refusal = act === undefined ? (later ?? 'it cannot act here') : null;
  return { ...keyItem(name ?? act ?? words, words, key), refusal };
}

/** Those that hold the letters in this order; the ones whose name begins with the text come first. */
export function matching(items: readonly PaletteItem[], text: string): readonly PaletteItem[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return items;
  return items
    .map((item) => ({ item, rank: rankOf(item, wanted) }))
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const none = 9;

/** Rows of equal rank stand in the order of the tabs: a service before the file that is called like it. */
function rankOf({ name, words, does }: PaletteItem, wanted: string): number {
  const [short, long] = [name.toLowerCase(), words.toLowerCase()];
  if (short === wanted) return 0;
  // panda/caddy is caddy.
  if (does.type === 'go' && short.endsWith(`/${wanted}`)) return 1;
  if (does.type !== 'go' && short.startsWith(wanted)) return 2;
  if (short.split(/[/ -]/).some((word) => word.startsWith(wanted))) return 3;
  if (short.includes(wanted)) return 4;
  if (long.includes(wanted)) return 5;
  return hasInOrder(short, wanted) ? 6 : none;
}

function hasInOrder(text: string, letters: string): boolean {
  let found = 0;
  for (const letter of text) if (letter === letters[found]) found++;
  return found >= letters.length;
}

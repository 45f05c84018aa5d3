import { type TimesMode, timesModes } from './times.ts';
import { type Tab, type TabState, tabs, type UiState } from './ui-state.ts';

/** What is kept of a cockpit for the next one. Plain JSON. */
export interface UiMemory {
  readonly tab: Tab;
  readonly times: TimesMode;
  /** When the cockpit was last looked at, RFC 3339. */
  readonly lookedAt?: string | null;
  readonly tabs: Readonly<
    Record<
      Tab,
      Pick<TabState, 'filter' | 'selected' | 'problemsOnly'> &
        Partial<Pick<TabState, 'sort' | 'reversed'>>
    >
  >;
}

/** What was kept, read back: undefined when it is of no use, whoever wrote it. */
export function parseMemory(kept: unknown): UiMemory | undefined {
  if (!isRecord(kept) || !isRecord(kept['tabs'])) return undefined;
  const { tab, times, tabs: byTab, lookedAt = null } = kept;
  if (lookedAt !== null && !isMoment(lookedAt)) return undefined;
  if (!isOneOf(tabs, tab) || !isOneOf(timesModes, times)) return undefined;
  const usable = tabs.every((one) => {
    const state = byTab[one];
    if (!isRecord(state)) return false;
    const { filter, selected, problemsOnly } = state;
    const { sort = null, reversed = false } = state;
    const selects = selected === null || typeof selected === 'string';
    const sorts = (sort === null || typeof sort === 'string') && typeof reversed === 'boolean';
    return typeof filter === 'string' && selects && sorts && typeof problemsOnly === 'boolean';
  });
  return usable ? (kept as unknown as UiMemory) : undefined;
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isOneOf<T>(values: readonly T[], value: unknown): value is T {
  return values.includes(value as T);
}

/** What the next cockpit should start from. */
export function memoryOf(ui: UiState): UiMemory {
  const kept = (tab: Tab): UiMemory['tabs'][Tab] => {
    const { filter, selected, problemsOnly, sort, reversed } = ui.tabs[tab];
    return { filter, selected, problemsOnly, sort, reversed };
  };
  const { tab, times } = ui;
  return {
    tab,
    times,
    lookedAt: ui.lookedAt,
    tabs: {
      nodes: kept('nodes'),
      services: kept('services'),
      functions: kept('functions'),
      drift: kept('drift'),
    },
  };
}

import type { AuditUi, HiddenAudit } from './audit-view.ts';
import type { LogsUi } from './logs-view.ts';
import type { Offered } from './palette-verbs.ts';
import type { TimesMode } from './times.ts';
import type { UiMemory } from './ui-memory.ts';

export const tabs = ['nodes', 'services', 'functions', 'drift'] as const;

export type Tab = (typeof tabs)[number];

/** What one tab remembers. Selection is by id, so that no row slips away under the cursor. */
export interface TabState {
  readonly filter: string;
  /** Null until a key is pressed: then the cursor stays at the top, on whatever is worst. */
  readonly selected: string | null;
  /** Where the selected row stood, for when it is not listed any more. */
  readonly lastIndex: number;
  readonly scroll: number;
  readonly problemsOnly: boolean;
  /** A column's title; null is worst first. */
  readonly sort: string | null;
  readonly reversed: boolean;
  /** Ids, in the order in which they were marked. */
  readonly marks: readonly string[];
  /** Details fill the room of the table. */
  readonly details: boolean;
  /** They are all facts as they stand, not their story. */
  readonly describe: boolean;
  readonly detailScroll: number;
}

/** The events, while they lie over the tab. */
export interface EventsState {
  /** The event under the cursor, by what it is known by; null is the newest, whichever that is. */
  readonly selected: string | null;
  readonly filter: string;
  readonly typing: boolean;
}

/** What the user has chosen and typed in the dialog of an action. */
export interface DialogState {
  readonly index: number;
  readonly typed: string;
  readonly scroll: number;
}

export const freshDialog: DialogState = { index: 0, typed: '', scroll: 0 };

/** The palette, while it is open. */
export interface PaletteState {
  readonly text: string;
  readonly index: number;
  /** How far the history of what was chosen has been gone back. */
  readonly back: number;
  /** What could be done when it was opened. */
  readonly offered: Offered;
}

/** All that the keys change. Plain data, and no part of it is known of the network. */
export interface UiState {
  readonly tab: Tab;
  readonly lastTab: Tab | null;
  readonly tabs: Readonly<Record<Tab, TabState>>;
  /** The filter is being typed. */
  readonly typing: boolean;
  readonly help: boolean;
  readonly helpScroll: number;
  readonly events: EventsState | null;
  readonly palette: PaletteState | null;
  /** The logs, while they lie over the tab. */
  readonly logs: LogsUi | null;
  /** The audit, while it lies over the tab. */
  readonly audit: AuditUi | null;
  /** The audit, while another view is shown in its place. */
  readonly hiddenAudit: HiddenAudit | null;
  /** The action that goes on is not shown. */
  readonly actionHidden: boolean;
  readonly dialog: DialogState;
  /** It was to end while an action goes on: the next key that ends it does. */
  readonly ending: boolean;
  readonly mouse: boolean;
  /** What was chosen in the palette, the latest last. */
  readonly chosen: readonly string[];
  /** Until when the user has seen what happened, RFC 3339; null when nobody has looked yet. */
  readonly lookedAt: string | null;
  /** What the last key has to say; the next key clears it. */
  readonly message: string | null;
  readonly times: TimesMode;
}

const freshTab: TabState = {
  filter: '',
  selected: null,
  lastIndex: 0,
  scroll: 0,
  problemsOnly: false,
  sort: null,
  reversed: false,
  marks: [],
  details: false,
  describe: false,
  detailScroll: 0,
};

/** Opens on Services, or where it was left. */
export function openUi(remembered?: UiMemory): UiState {
  const tabOf = (tab: Tab): TabState => ({ ...freshTab, ...remembered?.tabs[tab] });
  return {
    tab: remembered?.tab ?? 'services',
    lastTab: null,
    tabs: {
      nodes: tabOf('nodes'),
      services: tabOf('services'),
      functions: tabOf('functions'),
      drift: tabOf('drift'),
    },
    typing: false,
    help: false,
    helpScroll: 0,
    events: null,
    palette: null,
    logs: null,
    audit: null,
    hiddenAudit: null,
    actionHidden: false,
    dialog: freshDialog,
    ending: false,
    mouse: false,
    chosen: [],
    lookedAt: remembered?.lookedAt ?? null,
    message: null,
    times: remembered?.times ?? 'relative',
  };
}

/** The tab that is shown. */
export function shownTab(ui: UiState): TabState {
  return ui.tabs[ui.tab];
}

/** The same with some of the shown tab changed. */
export function withTab(ui: UiState, changed: Partial<TabState>): UiState {
  return { ...ui, tabs: { ...ui.tabs, [ui.tab]: { ...ui.tabs[ui.tab], ...changed } } };
}

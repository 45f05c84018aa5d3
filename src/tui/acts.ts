import type { Transition } from '../model/health.ts';
import type { Act } from './act.ts';
import type { ActionView } from './action-view.ts';
import type { AuditPage, AuditView } from './audit-view.ts';
import { noEventWords } from './events.ts';
import { showHidden, withoutLast } from './hidden-audit.ts';
import type { HostOf } from './host-of.ts';
import type { AnyIntent } from './intent.ts';
import { isProblem, type Listed } from './listed.ts';
import type { LogsView } from './logs-view.ts';
import type { PaletteItem, Target } from './palette.ts';
import type { Offered } from './palette-verbs.ts';
import type { TimesMode } from './times.ts';
import { shownTab, type Tab, tabs, type UiState, withTab } from './ui-state.ts';

/** What a key is pressed upon. Lengths are of what lies over the table: details and help. */
export interface Surroundings {
  readonly listed: Listed;
  readonly paused: boolean;
  readonly detailLength: number;
  readonly helpLength: number;
  /** Those that are listed, the newest first. */
  readonly events: readonly Transition[];
  /** The row that the event under the cursor is of. */
  eventTarget(): Target | null;
  /** Where what is selected is seen in a browser; null when it is nowhere. */
  url(): string | null;
  /** What stands on the screen, as text. */
  screen(): readonly string[];
  /** How many lines are told of that action. */
  readonly actionLength: number;
  /** The action that is asked about, goes on or has ended; null when there is none. */
  readonly action: ActionView | null;
  /** The logs that are followed; null when none are. */
  readonly logs: LogsView | null;
  /** The audit that is shown; null when there is none. */
  readonly audit: AuditView | null;
  auditPage(): AuditPage;
  /** The host that what is selected is on. */
  host(): HostOf;
  /** What can be done to what is marked, else to what is selected. */
  offered(): Offered;
  /** All that the palette offers. */
  palette(): readonly PaletteItem[];
}

export interface Reduced {
  readonly ui: UiState;
  readonly intents: readonly AnyIntent[];
}

export type DoAct = (ui: UiState, at: Surroundings, key: string) => Reduced;

/** Nothing but the state changes. */
export function just(ui: UiState): Reduced {
  return { ui, intents: [] };
}

/** Nothing changes, and the footer says why. */
export function say(ui: UiState, message: string): Reduced {
  return just({ ...ui, message });
}

/** The same, and somebody is asked for something. */
export function ask(ui: UiState, intent: AnyIntent, message: string | null = null): Reduced {
  return { ui: { ...ui, message }, intents: [intent] };
}

function showTab(ui: UiState, tab: Tab): Reduced {
  if (tab === ui.tab && ui.events) return just({ ...ui, events: null });
  if (tab === ui.tab) return say(ui, `this is ${tab} already`);
  return just({ ...ui, ...withoutLast(ui), tab, lastTab: ui.tab, events: null });
}

function besides(ui: UiState, step: number): Reduced {
  const index = (tabs.indexOf(ui.tab) + step + tabs.length) % tabs.length;
  return showTab(ui, tabs[index] ?? ui.tab);
}

const timesAfter: Readonly<Record<TimesMode, TimesMode>> = {
  relative: 'local',
  local: 'utc',
  utc: 'relative',
};

/** What each act that is no movement does. */
export const plainActs: Readonly<Partial<Record<Act, DoAct>>> = {
  'goto-tab': (ui, _at, key) => showTab(ui, tabs[Number(key) - 1] ?? ui.tab),
  'next-tab': (ui) => besides(ui, 1),
  'previous-tab': (ui) => besides(ui, -1),
  'last-view': (ui) => {
    if (ui.hiddenAudit?.isLast) return just(showHidden(ui));
    return ui.lastTab === null ? say(ui, 'no other tab was shown yet') : showTab(ui, ui.lastTab);
  },
  help: (ui) => just({ ...ui, help: !ui.help, helpScroll: 0 }),
  events: (ui) =>
    just({
      ...ui,
      help: false,
      events: ui.events ? null : { selected: null, filter: '', typing: false },
    }),
  palette: (ui, { offered }) =>
    just({ ...ui, help: false, palette: { text: '', index: 0, back: 0, offered: offered() } }),
  filter: (ui) =>
    ui.events
      ? just({ ...ui, events: { ...ui.events, typing: true } })
      : just({ ...withTab(ui, { details: false }), typing: true }),
  escape: (ui) => goBack(ui, false),
  back: (ui) => goBack(ui, true),
  quit: (ui) => ask(ui, { type: 'quit' }),
  'poll-now': (ui) => ask(ui, { type: 'poll-now' }, 'polling everything now'),
  pause: (ui, { paused }) =>
    paused
      ? ask(ui, { type: 'resume' }, 'polling goes on')
      : ask(ui, { type: 'pause' }, 'polling is paused: nothing here is new until p'),
  repaint: (ui) => ask(ui, { type: 'repaint' }),
  suspend: (ui) => ask(ui, { type: 'suspend' }),
  times: (ui) => {
    const times = timesAfter[ui.times];
    // A line's place in a log is its clock time: ages would all be alike.
    const ofLogs = ui.logs && times === 'relative' ? ', those of logs local' : '';
    return say({ ...ui, times }, `times are ${times === 'utc' ? 'UTC' : times}${ofLogs}`);
  },
  save: (ui, { screen }) => ask(ui, { type: 'save', screen: screen() }, 'saving …'),
  open: (ui, at) => {
    const url = at.url();
    return url === null
      ? say(ui, 'what is selected has no page: no http check, no Inngest server')
      : ask(ui, { type: 'open', url }, `opening ${url}`);
  },
  mouse: (ui) => {
    const mouse = !ui.mouse;
    const words = mouse ? 'the mouse is on: wheel and click; M turns it off' : 'the mouse is off';
    return ask({ ...ui, mouse }, { type: 'mouse', on: mouse }, words);
  },
  'problems-only': toggleProblems,
  copy: (ui, { listed }) => {
    const id = listed.subjects[listed.cursor]?.id;
    if (id === undefined) return say(ui, 'nothing is selected to copy');
    return ask(ui, { type: 'copy', text: id }, `copied ${id} (OSC 52: the terminal must allow it)`);
  },
  details: (ui, at) => lookInto(ui, at, false),
  // The details of a file are what differs: there is no more to be told.
  describe: (ui, at) => lookInto(ui, at, ui.tab !== 'drift'),
};

/** Opens one of the two, changes between them, and closes what is open. */
function lookInto(ui: UiState, at: Surroundings, describe: boolean): Reduced {
  const { listed, eventTarget } = at;
  if (ui.events) {
    if (at.events.length === 0) return say(ui, noEventWords(ui.events.filter));
    const target = eventTarget();
    return target ? just(goTo(ui, target)) : say(ui, 'what this is of is listed nowhere any more');
  }
  const tab = shownTab(ui);
  if (tab.details && tab.describe === describe) return just(withTab(ui, { details: false }));
  if (listed.cursor < 0) return say(ui, 'nothing is selected to look into');
  if (describe && !listed.subjects[listed.cursor]?.checks) {
    return say(ui, 'this has no check of its own: enter tells all that is known');
  }
  return just(withTab(ui, { details: true, describe, detailScroll: 0 }));
}

/** Closes what lies over the tab, then clears the filter; only `q` quits after that. */
function goBack(ui: UiState, quits: boolean): Reduced {
  if (ui.help) return just({ ...ui, help: false });
  if (ui.events) {
    const { filter } = ui.events;
    if (quits || filter === '') return just({ ...ui, events: null });
    return just({ ...ui, events: { ...ui.events, filter: '' } });
  }
  const { details, filter, problemsOnly } = shownTab(ui);
  if (details) return just(withTab(ui, { details: false }));
  if (quits) return ask(ui, { type: 'quit' });
  if (filter !== '') return just(withTab(ui, { filter: '' }));
  if (problemsOnly) return just(withTab(ui, { problemsOnly: false }));
  return say(ui, 'nothing to go back from; q quits');
}

/** A row's tab, with it under the cursor; a filter that hides it is cleared. */
export function goTo(ui: UiState, { id, tab }: Target): UiState {
  const shown = { ...ui.tabs[tab], selected: id, filter: '', problemsOnly: false, details: false };
  const lastTab = tab === ui.tab ? ui.lastTab : ui.tab;
  const tabsNow = { ...ui.tabs, [tab]: shown };
  return { ...ui, ...withoutLast(ui), tab, lastTab, help: false, events: null, tabs: tabsNow };
}

/** What is well under the cursor leaves the list with the others. */
function toggleProblems(ui: UiState, { listed }: Surroundings): Reduced {
  const problemsOnly = !shownTab(ui).problemsOnly;
  const under = listed.subjects[listed.cursor];
  const leaves = problemsOnly && under !== undefined && !isProblem(under);
  const changed = withTab(ui, { problemsOnly, ...(leaves ? { selected: null, scroll: 0 } : {}) });
  const any = listed.all.some(isProblem);
  return problemsOnly && !any ? say(changed, 'no problem here; ! shows all again') : just(changed);
}

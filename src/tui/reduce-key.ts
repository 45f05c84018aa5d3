import { type Act, movements } from './act.ts';
import { actingActs } from './acting-acts.ts';
import { type DoAct, plainActs, type Reduced, type Surroundings, say } from './acts.ts';
import { actsLeavingAudit } from './audit-keymap.ts';
import { auditKey } from './audit-keys.ts';
import type { AuditUi, AuditView } from './audit-view.ts';
import { dialogKey } from './dialog-keys.ts';
import { callsBack, hiddenWords, hideAudit } from './hidden-audit.ts';
import { bindingOf } from './keymap.ts';
import { listActs } from './list-acts.ts';
import { actsLeavingLogs } from './logs-keymap.ts';
import { logsKey } from './logs-keys.ts';
import { moveActs } from './move-acts.ts';
import { paletteKey } from './palette-keys.ts';
import { isTyping, promptKey } from './prompt-keys.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';
import { unseenKey } from './unseen-key.ts';

/** What leaves the help as it is. */
const actsOverHelp: ReadonlySet<Act> = new Set<Act>([
  ...movements,
  'help',
  'escape',
  'back',
  'quit',
  'repaint',
  'suspend',
]);

/** What is of the rows below the events, and not of these. */
const actsOfRows: ReadonlySet<Act> = new Set<Act>([
  'copy',
  'open',
  'next-problem',
  'previous-problem',
  'problems-only',
  'sort',
  'reverse',
  'mark',
  'mark-range',
  'mark-all',
  'restart',
  'apply',
  'actions',
  'logs',
  'audit',
]);

const acts: Readonly<Partial<Record<Act, DoAct>>> = {
  ...plainActs,
  ...listActs,
  ...moveActs,
  ...actingActs,
};

/**
 * One key upon one state: the next state, and what is asked of others. Pure. A key that cannot act
 * here leaves a message that says why; none is ever swallowed.
 */
export function reduceKey(before: UiState, key: string, at: Surroundings): Reduced {
  const done = reduced({ ...before, ending: false }, key, at);
  const { action } = at;
  const isAtWork = action?.phase === 'acting' && !before.ending;
  if (!isAtWork || !done.intents.some(({ type }) => type === 'quit')) return done;
  return say(
    { ...before, ending: true },
    `${action.title} goes on; ${key} again quits without its proof`,
  );
}

function reduced(before: UiState, key: string, at: Surroundings): Reduced {
  if (at.listed.layout.tooSmall) return unseenKey(before, key);
  const ui = pinned({ ...before, message: null }, at);
  if (at.action && !ui.actionHidden) {
    const done = dialogKey(ui, { view: at.action, at }, key);
    if (done) return done;
  }
  if (ui.palette) return paletteKey(ui, ui.palette, { at, key, run: reduceKey });
  if (ui.audit && at.audit && !ui.help) {
    const { bodyRows: pageRows } = at.listed.layout;
    const press = { view: at.audit, key, page: at.auditPage(), pageRows };
    const done = auditKey(ui, ui.audit, press);
    if (done) return done;
    if (isOneOf(actsLeavingAudit, key))
      return leavingAudit(ui, ui.audit, { key, at, view: at.audit });
  }
  if (ui.logs && at.logs && !ui.help) {
    const done = logsKey(ui, ui.logs, { view: at.logs, key, pageRows: at.listed.layout.bodyRows });
    if (done) return done;
    if (isOneOf(actsLeavingLogs, key)) return leavingLogs(ui, key, at);
  }
  if (!ui.help && isTyping(ui)) return promptKey(ui, at, key);
  const binding = bindingOf(key);
  if (!binding) return say(ui, `${key} is no key here; ? lists them`);
  const { act, later } = binding;
  if (act === undefined) return say(ui, later ?? `${key} cannot act here`);
  if (ui.help && !actsOverHelp.has(act)) return say(ui, 'esc closes the help first');
  const isOfRow = actsOfRows.has(act) && !(act === 'audit' && callsBack(ui, at.audit));
  if (ui.events && !ui.help && isOfRow) {
    return say(ui, `${key} cannot act on an event; enter goes to its row`);
  }
  return acts[act]?.(ui, at, key) ?? say(ui, `${key} cannot act here`);
}

function isOneOf(acts: ReadonlySet<Act>, key: string): boolean {
  const act = bindingOf(key)?.act;
  return act !== undefined && acts.has(act);
}

interface Leaving {
  readonly key: string;
  readonly at: Surroundings;
  readonly view: AuditView;
}

/** To another view: the audit goes on out of sight. */
function leavingAudit(ui: UiState, audit: AuditUi, { key, at, view }: Leaving): Reduced {
  const { ui: left, intents } = reduced({ ...ui, audit: null }, key, at);
  return { ui: { ...hideAudit(left, audit), message: hiddenWords(view) }, intents };
}

/** To another view: nobody follows the logs any more. */
function leavingLogs(ui: UiState, key: string, at: Surroundings): Reduced {
  const done = reduced({ ...ui, logs: null }, key, at);
  return { ...done, intents: [{ type: 'close-logs' }, ...done.intents] };
}

/** Hands off, the cursor stays on the worst; the first key pins it to what it is on. */
function pinned(ui: UiState, { listed }: Surroundings): UiState {
  if (shownTab(ui).selected !== null) return ui;
  const under = listed.subjects[listed.cursor];
  return under === undefined ? ui : withTab(ui, { selected: under.id, lastIndex: listed.cursor });
}

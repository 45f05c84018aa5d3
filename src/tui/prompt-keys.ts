import type { ActionView } from './action-view.ts';
import { just, type Reduced, type Surroundings, say } from './acts.ts';
import type { AuditUi } from './audit-view.ts';
import { addText, editLine, keyOfAnyPrompt } from './edit-line.ts';
import type { LogsUi } from './logs-view.ts';
import { moveActs } from './move-acts.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';

/** A key while a filter is typed, of a tab or of the events. The list follows at once; arrows move in it. */
export function promptKey(ui: UiState, at: Surroundings, key: string): Reduced {
  const filter = filterOf(ui);
  switch (key) {
    case 'enter':
      return just(withFilter(ui, filter, false));
    case 'esc':
      return just(withFilter(ui, '', false));
    case 'up':
    case 'down':
      return moveActs[key]?.(ui, at, key) ?? just(ui);
  }
  if (key === 'backspace' && filter === '') return just(withFilter(ui, '', false));
  const edited = editLine(filter, key);
  if (edited !== null) return just(withFilter(ui, edited));
  return (
    keyOfAnyPrompt(ui, key) ?? say(ui, `${key} does nothing in a filter; enter keeps, esc clears`)
  );
}

/** Whether a filter is being typed. */
export function isTyping({ typing, events }: UiState): boolean {
  return events?.typing ?? typing;
}

/** Pasted text is one line of what is typed, and nothing anywhere else: it never acts. */
export function pasteText(
  ui: UiState,
  text: string,
  action: ActionView | null = null,
): { readonly ui: UiState } {
  if (action && !ui.actionHidden) return say(ui, 'what is pasted answers no question');
  if (ui.palette) {
    const typed = addText(ui.palette.text, text);
    return { ui: { ...ui, palette: { ...ui.palette, text: typed, index: 0, back: 0 } } };
  }
  if (ui.audit && !ui.help) return pasteInAudit(ui, ui.audit, text);
  if (ui.logs && !ui.help) return pasteInLogs(ui, ui.logs, text);
  if (!isTyping(ui)) return say(ui, 'pasted text goes into the filter: press / first');
  return { ui: withFilter({ ...ui, message: null }, addText(filterOf(ui), text)) };
}

function pasteInAudit(ui: UiState, audit: AuditUi, text: string): { readonly ui: UiState } {
  if (!audit.typing) return say(ui, 'pasted text goes into a search: press / first');
  const search = addText(audit.search, text);
  return { ui: { ...ui, message: null, audit: { ...audit, search, found: null } } };
}

function pasteInLogs(ui: UiState, logs: LogsUi, text: string): { readonly ui: UiState } {
  const { typing } = logs;
  if (typing === null) return say(ui, 'pasted text goes into a search or a filter: press / or &');
  return { ui: { ...ui, message: null, logs: { ...logs, [typing]: addText(logs[typing], text) } } };
}

function filterOf(ui: UiState): string {
  return ui.events?.filter ?? shownTab(ui).filter;
}

function withFilter(ui: UiState, filter: string, typing = true): UiState {
  if (ui.events) return { ...ui, events: { ...ui.events, filter, typing } };
  return { ...withTab(ui, { filter, scroll: 0 }), typing };
}

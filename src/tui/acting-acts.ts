import type { Act } from './act.ts';
import { type ActionView, isOver } from './action-view.ts';
import { ask, type DoAct, just, type Reduced, type Surroundings, say } from './acts.ts';
import type { AuditView } from './audit-view.ts';
import { callsBack, showHidden } from './hidden-audit.ts';
import { freshLogs } from './logs-view.ts';
import { freshDialog, shownTab, type UiState } from './ui-state.ts';

/** What changes something outside of the cockpit: each is asked about first. */
export const actingActs: Readonly<Partial<Record<Act, DoAct>>> = {
  restart: (ui, { listed, action }) => {
    if (goesOn(action)) return just({ ...ui, actionHidden: false });
    if (ui.tab !== 'services') return say(ui, 'services are restarted: 2 shows them');
    const ids = chosenIds(ui, listed);
    if (ids.length === 0) return say(ui, 'nothing is selected to restart');
    return ask({ ...ui, actionHidden: false }, { type: 'restart', ids });
  },
  actions: (ui, { listed, action }) => {
    if (goesOn(action)) return just({ ...ui, actionHidden: false });
    if (ui.tab === 'nodes') {
      return say(ui, 'actions are of services (2), functions (3) and managed files (4)');
    }
    const ids = chosenIds(ui, listed);
    if (ids.length === 0) return say(ui, 'nothing is selected to act on');
    const of = ui.tab === 'drift' ? 'files' : ui.tab;
    const intent = { type: 'offer', of, ids } as const;
    return ask({ ...ui, actionHidden: false, dialog: freshDialog }, intent);
  },
  apply: (ui, { listed, action }) => {
    if (goesOn(action)) return just({ ...ui, actionHidden: false });
    const ids = ui.tab === 'drift' ? chosenIds(ui, listed) : [];
    return ask({ ...ui, actionHidden: false, dialog: freshDialog }, { type: 'apply', ids });
  },
  receipt: (ui, { action }) =>
    action === null
      ? ask({ ...ui, actionHidden: false }, { type: 'receipt' })
      : just({ ...ui, actionHidden: false }),
  audit: (ui, at) => {
    const found = at.host();
    const host = 'why' in found ? null : found.host;
    if (ui.hiddenAudit && at.audit) {
      if (callsBack(ui, at.audit)) return backTo(showHidden(ui), at.audit, host);
      if (at.audit.host === host) return say(showHidden(ui), 'as it was left; A looks again');
    }
    return 'why' in found ? say(ui, found.why) : ask(ui, { type: 'audit', host: found.host });
  },
  logs: (ui, { listed }) => {
    if (ui.tab !== 'services' && ui.tab !== 'functions') {
      return say(ui, 'logs are of services and functions: 2 and 3 show them');
    }
    const apps = new Set(listed.subjects.filter(({ kind }) => kind === 'app').map(({ id }) => id));
    const chosen = chosenIds(ui, listed);
    const ids = chosen.filter((id) => !apps.has(id));
    if (chosen.length > 0 && ids.length === 0) {
      return say(ui, 'an app has no log of its own: its functions have, and its worker');
    }
    if (ids.length === 0) return say(ui, 'nothing is selected whose log could be shown');
    return ask({ ...ui, logs: freshLogs }, { type: 'logs', ids, sinceMs: null });
  },
};

/** One at a time: what goes on is shown before anything else can be asked. */
function goesOn(action: ActionView | null): boolean {
  return action !== null && !isOver(action);
}

/** One at a time: where another host's goes on, that is why none begins. */
function backTo(ui: UiState, { phase, host }: AuditView, wanted: string | null): Reduced {
  if (host === wanted || phase !== 'running') return just(ui);
  return say(ui, `the audit of ${host} goes on: esc ends it`);
}

/** What is marked, else what is selected. */
export function chosenIds(
  ui: UiState,
  { subjects, cursor }: Surroundings['listed'],
): readonly string[] {
  const marked = new Set(shownTab(ui).marks);
  const chosen = subjects.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  const selected = subjects[cursor]?.id;
  return chosen.length > 0 || selected === undefined ? chosen : [selected];
}

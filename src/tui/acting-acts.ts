import { ask, type DoAct, just, say } from './acts.ts';
import type { Act } from './keymap.ts';
import { shownTab } from './ui-state.ts';

/** What changes something outside of the cockpit: each is asked about first. */
export const actingActs: Readonly<Partial<Record<Act, DoAct>>> = {
  restart: (ui, { listed, action }) => {
    if (action !== null) return just({ ...ui, actionHidden: false });
    if (ui.tab !== 'services') return say(ui, 'services are restarted: 2 shows them');
    const marked = new Set(shownTab(ui).marks);
    const chosen = listed.subjects.filter(({ id }) => marked.has(id)).map(({ id }) => id);
    const selected = listed.subjects[listed.cursor]?.id;
    const ids = chosen.length > 0 ? chosen : selected === undefined ? [] : [selected];
    if (ids.length === 0) return say(ui, 'nothing is selected to restart');
    return ask({ ...ui, actionHidden: false }, { type: 'restart', ids });
  },
};

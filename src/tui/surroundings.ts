import { chosenIds } from './acting-acts.ts';
import { toldOf } from './action-lines.ts';
import type { Surroundings } from './acts.ts';
import { auditPageOf, noPage } from './audit-page.ts';
import { eventCursor, eventsOf, targetOf } from './events.ts';
import { hostOf } from './host-of.ts';
import type { ActedOn } from './intent.ts';
import type { Size } from './layout.ts';
import { type Listed, listedOf } from './listed.ts';
import type { Offered, Offers } from './palette-verbs.ts';
import { helpLines } from './parts/help.ts';
import { paletteOf } from './parts/palette.ts';
import { detailOf, overOf, type Shown } from './shown.ts';
import { shownTab, type Tab, type UiState } from './ui-state.ts';
import { urlOf } from './url-of.ts';

/** What can be done to these, as they were last seen. */
export type OffersOf = (of: ActedOn, ids: readonly string[]) => Offers;

/** What a key is pressed upon, but for what stands on the screen. */
export function surroundingsOf(
  shown: Shown & { readonly size: Size },
  offersOf: OffersOf,
): Omit<Surroundings, 'screen'> {
  const { size } = shown;
  const { events: over } = shown.ui;
  const events = over ? eventsOf(shown.known, over.filter) : [];
  const listed = listedOf(shown.ui, shown.known, size);
  const open = shownTab(shown.ui).details ? detailOf(shown, listed, size.columns) : null;
  return {
    listed,
    paused: shown.known.paused,
    detailLength: open?.lines.length ?? 0,
    helpLength: shown.ui.help ? helpLines(size.columns, overOf(shown)).length : 0,
    events,
    action: shown.action,
    actionLength: shown.action ? toldOf(shown.action, size.columns).length : 0,
    logs: shown.logs,
    audit: shown.audit,
    auditPage: () => {
      const { audit, ui } = shown;
      if (audit?.phase !== 'done' || !ui.audit) return noPage;
      return auditPageOf(audit, ui.audit, size.columns);
    },
    host: () => hostOf(shown.known, listed, shown.ui.tab),
    eventTarget: () => {
      const event = events[eventCursor(events, over?.selected ?? null)];
      return event ? targetOf(shown.known, event) : null;
    },
    url: () => urlOf(shown.known, listed.subjects[listed.cursor]?.id ?? '', shown.ui.tab),
    offered: () => offeredOn(shown.ui, listed, offersOf),
    palette: () => paletteOf(shown),
  };
}

/** What of each tab can be acted on. */
const actedOn: Readonly<Record<Tab, ActedOn | null>> = {
  nodes: null,
  services: 'services',
  functions: 'functions',
  drift: 'files',
};

function offeredOn(ui: UiState, listed: Listed, offersOf: OffersOf): Offered {
  const { tab } = ui;
  const ids = chosenIds(ui, listed);
  const of = actedOn[tab];
  const offers = of && ids.length > 0 ? offersOf(of, ids) : { choices: [], why: null };
  return { ...offers, tab, ids };
}

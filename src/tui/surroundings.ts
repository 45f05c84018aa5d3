import { toldOf } from './action-lines.ts';
import type { Surroundings } from './acts.ts';
import { eventCursor, eventsOf, targetOf, targetsOf } from './events.ts';
import type { Size } from './layout.ts';
import { listedOf } from './listed.ts';
import { paletteItems } from './palette.ts';
import { helpLines } from './parts/help.ts';
import { detailOf, isOverLogs, type Shown } from './shown.ts';
import { shownTab } from './ui-state.ts';
import { urlOf } from './url-of.ts';

/** What a key is pressed upon, but for what stands on the screen. */
export function surroundingsOf(
  shown: Shown & { readonly size: Size },
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
    helpLength: shown.ui.help ? helpLines(size.columns, isOverLogs(shown)).length : 0,
    events,
    action: shown.action,
    actionLength: shown.action ? toldOf(shown.action, size.columns).length : 0,
    logs: shown.logs,
    eventTarget: () => {
      const event = events[eventCursor(events, over?.selected ?? null)];
      return event ? targetOf(shown.known, event) : null;
    },
    url: () => urlOf(shown.known, listed.subjects[listed.cursor]?.id ?? '', shown.ui.tab),
    palette: () => paletteItems(targetsOf(shown.known), isOverLogs(shown)),
  };
}

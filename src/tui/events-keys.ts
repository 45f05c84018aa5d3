import { just, type Reduced, type Surroundings, say } from './acts.ts';
import { characterOf } from './key-name.ts';
import { goTo } from './palette-keys.ts';
import type { EventsState, UiState } from './ui-state.ts';

const steps: Readonly<Record<string, number>> = {
  j: 1,
  down: 1,
  k: -1,
  up: -1,
  g: Number.NEGATIVE_INFINITY,
  home: Number.NEGATIVE_INFINITY,
  G: Number.POSITIVE_INFINITY,
  end: Number.POSITIVE_INFINITY,
};

/** A key while the events are shown; null is left to the keymap. */
export function eventsKey(ui: UiState, at: Surroundings, key: string): Reduced | null {
  const { events } = ui;
  if (!events) return null;
  if (events.typing) return typed(ui, events, key);
  const { bodyRows } = at.listed.layout;
  const pages: Readonly<Record<string, number>> = {
    'ctrl-d': Math.ceil(bodyRows / 2),
    'ctrl-u': -Math.ceil(bodyRows / 2),
    pgdn: bodyRows,
    pgup: -bodyRows,
  };
  const step = steps[key] ?? pages[key];
  if (step !== undefined) return moved(ui, events, { step, length: at.eventsLength });
  if (key === '/') return just({ ...ui, events: { ...events, typing: true } });
  if (key === 'enter' || key === 'd') {
    const target = at.eventTarget();
    return target ? just(goTo(ui, target)) : say(ui, 'what this is of is listed nowhere any more');
  }
  if (key === 'esc' && events.filter !== '') {
    return just({ ...ui, events: { ...events, filter: '', cursor: 0 } });
  }
  if (key === 'esc' || key === 'q' || key === 'e') return just({ ...ui, events: null });
  return overEvents.has(key) ? null : say(ui, `${key} cannot act here; esc goes back to the list`);
}

/** What the keymap does over the events as anywhere. */
const overEvents = new Set([
  '?',
  ':',
  'ctrl-c',
  'ctrl-l',
  'ctrl-r',
  'ctrl-s',
  'ctrl-z',
  'p',
  'z',
  'M',
]);

function moved(
  ui: UiState,
  events: EventsState,
  { step, length }: { readonly step: number; readonly length: number },
): Reduced {
  const cursor = Math.max(0, Math.min(Math.max(0, length - 1), events.cursor + step));
  if (cursor === events.cursor)
    return say(ui, step > 0 ? 'this is the end' : 'this is the beginning');
  return just({ ...ui, events: { ...events, cursor } });
}

function typed(ui: UiState, events: EventsState, key: string): Reduced {
  const withFilter = (filter: string, typing = true): Reduced =>
    just({ ...ui, events: { ...events, filter, typing, cursor: 0 } });
  if (key === 'enter') return withFilter(events.filter, false);
  if (key === 'esc') return withFilter('', false);
  if (key === 'backspace') {
    return withFilter([...events.filter].slice(0, -1).join(''), events.filter !== '');
  }
  if (key === 'ctrl-c') return { ui, intents: [{ type: 'quit' }] };
  const character = characterOf(key);
  return character === null
    ? say(ui, `${key} does nothing in a filter; enter keeps, esc clears`)
    : withFilter(events.filter + character);
}

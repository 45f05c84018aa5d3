import type { Act } from './act.ts';
import { type DoAct, just, type Reduced, type Surroundings, say } from './acts.ts';
import { eventCursor, eventKey } from './events.ts';
import { isProblem } from './listed.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';

/** What moves within whatever lies on top: help, details, or the table. */
export const moveActs: Readonly<Partial<Record<Act, DoAct>>> = {
  down: (ui, at) => moveBy(ui, at, 1),
  up: (ui, at) => moveBy(ui, at, -1),
  first: (ui, at) => moveBy(ui, at, Number.NEGATIVE_INFINITY),
  last: (ui, at) => moveBy(ui, at, Number.POSITIVE_INFINITY),
  'half-down': (ui, at) => moveBy(ui, at, Math.ceil(pageOf(ui, at) / 2)),
  'half-up': (ui, at) => moveBy(ui, at, -Math.ceil(pageOf(ui, at) / 2)),
  'page-down': (ui, at) => moveBy(ui, at, pageOf(ui, at)),
  'page-up': (ui, at) => moveBy(ui, at, -pageOf(ui, at)),
  'next-problem': (ui, at) => toProblem(ui, at, 1),
  'previous-problem': (ui, at) => toProblem(ui, at, -1),
};

function pageOf(ui: UiState, { listed }: Surroundings): number {
  const { tableRows, bodyRows } = listed.layout;
  const isOver = ui.help || ui.events !== null || shownTab(ui).details;
  return Math.max(1, isOver ? bodyRows : tableRows);
}

function moveBy(ui: UiState, at: Surroundings, step: number): Reduced {
  const { bodyRows } = at.listed.layout;
  if (ui.help) {
    const helpScroll = scrolled(ui.helpScroll, step, at.helpLength - bodyRows);
    return helpScroll === ui.helpScroll ? say(ui, endWords(step)) : just({ ...ui, helpScroll });
  }
  const { events } = ui;
  if (events) {
    const cursor = eventCursor(at.events, events.selected);
    const next = scrolled(cursor, step, at.events.length - 1);
    const event = at.events[next];
    if (next === cursor || !event) return say(ui, endWords(step));
    return just({ ...ui, events: { ...events, selected: eventKey(event) } });
  }
  const tab = shownTab(ui);
  if (tab.details) {
    const detailScroll = scrolled(tab.detailScroll, step, at.detailLength - bodyRows);
    if (detailScroll !== tab.detailScroll) return just(withTab(ui, { detailScroll }));
    return say(ui, `${endWords(step)}; n is the next problem, esc goes back`);
  }
  const { subjects, cursor } = at.listed;
  if (cursor < 0) return say(ui, 'nothing is listed here');
  const next = scrolled(cursor, step, subjects.length - 1);
  const selected = subjects[next]?.id ?? null;
  const moved = withTab(ui, { selected, lastIndex: next });
  return next === cursor ? say(moved, endWords(step)) : just(moved);
}

function scrolled(from: number, step: number, last: number): number {
  return Math.max(0, Math.min(Math.max(0, last), from + step));
}

function endWords(step: number): string {
  return step > 0 ? 'this is the end' : 'this is the beginning';
}

/** Round the end and on from the beginning. Details, when open, follow. */
function toProblem(ui: UiState, { listed }: Surroundings, step: 1 | -1): Reduced {
  if (ui.help) return say(ui, 'esc closes the help first');
  const { subjects, cursor } = listed;
  for (let walked = 1; walked <= subjects.length; walked++) {
    const index = (cursor + step * walked + subjects.length * walked) % subjects.length;
    const subject = subjects[index];
    if (!subject || !isProblem(subject)) continue;
    if (index === cursor) return say(ui, 'this is the only problem here');
    return just(withTab(ui, { selected: subject.id, lastIndex: index, detailScroll: 0 }));
  }
  return say(ui, 'no problem here');
}

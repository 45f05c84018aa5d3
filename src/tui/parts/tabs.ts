import type { Known } from '../known.ts';
import { type Line, type Segment, seg, spread, widthOfSegments } from '../line.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { type Tab, tabs } from '../ui-state.ts';
import { subjectsOf, views } from '../views/index.ts';

/** The tabs with how many things each lists and how many of those are in trouble. */
export function tabsLine(
  known: Known,
  shown: Tab,
  { width, badge }: { readonly width: number; readonly badge: string | null },
): Line {
  const variants = (['counts', 'titles', 'numbers'] as const).map((detail) =>
    tabs.flatMap((tab, index) => tabSegments(known, tab, { index, shown, detail })),
  );
  const rights = badgesOf(badge);
  for (const right of rights) {
    const room = width - widthOfSegments(right) - 1;
    const fitting = variants.find((segments) => widthOfSegments(segments) <= room);
    if (fitting) return spread(fitting, right, { width });
  }
  return spread(variants.at(-1) ?? [], [], { width });
}

/** Whole, then without the name of the scenario. */
function badgesOf(badge: string | null): readonly (readonly Segment[])[] {
  if (badge === null) return [[]];
  const [first = ''] = badge.split(' ');
  return [badge, first].map((words) => [seg(` ${words} `, 'badge'), seg(' ')]);
}

interface TabFrame {
  readonly index: number;
  readonly shown: Tab;
  readonly detail: 'counts' | 'titles' | 'numbers';
}

function tabSegments(
  known: Known,
  tab: Tab,
  { index, shown, detail }: TabFrame,
): readonly Segment[] {
  const { title } = views[tab];
  const subjects = subjectsOf(tab, known);
  const name = detail === 'numbers' && tab !== shown ? '' : ` ${title}`;
  const count = detail === 'counts' ? ` ${subjects.length}` : '';
  const head = seg(` ${index + 1}${name}${count} `, tab === shown ? 'badge' : 'plain');
  if (detail !== 'counts') return [head];
  // Files are not compared yet: that is said once, where they stand.
  const told =
    tab === 'drift' ? (['down', 'degraded'] as const) : (['down', 'degraded', 'unknown'] as const);
  const trouble = told.flatMap((state): readonly Segment[] => {
    const inIt = subjects.filter((subject) => subject.state === state).length;
    return inIt === 0 ? [] : [seg(` ${glyphOf(state)}${inIt}`, toneOf(state))];
  });
  return [head, ...trouble, seg('  ')];
}

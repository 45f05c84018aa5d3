import type { ActionView } from '../action-view.ts';
import { keymap } from '../keymap.ts';
import {
  fitSegments,
  type Line,
  lineOf,
  type Segment,
  seg,
  spread,
  widthOfSegments,
} from '../line.ts';
import { logsKeymap } from '../logs-keymap.ts';
import { type Shown, timeFrameOf } from '../shown.ts';
import { zoneWords } from '../times.ts';
import { shownTab } from '../ui-state.ts';

/** What the last key had to say, else what stands in the way, else the keys that act here. */
export function footerLine({ ui, known, meta, action }: Shown, width: number): Line {
  const times = timeFrameOf({ ui, known, meta });
  const told = ui.message;
  const right = times.mode === 'relative' ? [] : [seg(`times ${zoneWords(times)} `, 'dim')];
  const room = width - widthOfSegments(right) - 1;
  const left =
    told === null
      ? noticeOrHints({ ui, action }, known.notice, room)
      : [seg(' '), seg(told, 'strong')];
  return right.length === 0 ? lineOf(...fitSegments(left, width)) : spread(left, right, { width });
}

type Over = Pick<Shown, 'ui' | 'action'>;

function noticeOrHints(over: Over, notice: string | null, room: number): readonly Segment[] {
  if (notice === null || over.ui.typing || over.ui.logs?.typing) return hints(over, room);
  return [seg(' '), ...fitSegments([seg(` ${notice} `, 'alarm')], room - 1)];
}

function hints({ ui, action }: Over, room: number): readonly Segment[] {
  if (action && !ui.actionHidden) return keyHints(actionHints(action), room);
  if (ui.palette) return keyHints(paletteHints, room);
  if (ui.help) return keyHints(helpHints, room);
  if (ui.logs) return ui.logs.typing === null ? keyHints(logsHints, room) : promptHints('');
  if (ui.typing) return promptHints();
  if (ui.events) return ui.events.typing ? promptHints() : keyHints(eventHints, room);
  if (shownTab(ui).details) {
    return keyHints(
      [
        ['esc', 'back'],
        ['j k', 'scroll'],
        ['n', 'next'],
        ['y', 'copy id'],
        ['?', 'help'],
      ],
      room,
    );
  }
  const shown = keymap
    .filter(({ hint }) => hint !== undefined)
    .toSorted((a, b) => order(a.hint) - order(b.hint));
  return keyHints(
    shown.map(({ keys, hint }) => [keys[0] ?? '', hint ?? '']),
    room,
  );
}

function actionHints(view: ActionView): readonly (readonly [string, string])[] {
  const { title, phase, may, wantsName } = view;
  const [word = ''] = title.split(' ');
  if (phase === 'choosing')
    return [
      ['enter', 'plan it'],
      ['j k', 'choose'],
      ['esc', 'leave'],
    ];
  if (phase === 'asking' && may !== null && wantsName)
    return [
      ['enter', `${word}, when its name is typed`],
      ['esc', 'leave'],
    ];
  if (phase === 'acting') return [['esc', 'back to the table meanwhile']];
  if (phase !== 'asking') return [['esc', 'close']];
  const act = { act: [['y', word]], force: [['F', `${word} all the same`]], none: [] } as const;
  return [...act[may ?? 'none'], ['n', 'leave']];
}

const logsHints = logsKeymap.flatMap(({ keys, hint, act }) =>
  hint === undefined
    ? []
    : [[act === 'window' ? `${keys[0]}–${keys.at(-1)}` : (keys[0] ?? ''), hint] as const],
);

const helpHints = [
  ['esc', 'close'],
  ['j k', 'scroll'],
] as const;

const paletteHints = [
  ['enter', 'do it'],
  ['↑ ↓', 'choose'],
  ['esc', 'close'],
] as const;

const eventHints = [
  ['enter', 'go to it'],
  ['/', 'filter'],
  ['esc', 'back'],
  ['?', 'help'],
] as const;

/** The order of use, not of the table. */
const hintOrder = [
  'details',
  'restart',
  'logs',
  'actions',
  'filter',
  'trouble',
  'next',
  'help',
  'quit',
];

function order(hint: string | undefined): number {
  return hintOrder.indexOf(hint ?? '');
}

/** Whole hints only: half a hint explains nothing. */
function keyHints(pairs: readonly (readonly [string, string])[], room: number): readonly Segment[] {
  const segments: Segment[] = [];
  for (const [key, word] of pairs) {
    const next = [seg(' '), seg(key, 'accent'), seg(` ${word} `)];
    if (widthOfSegments([...segments, ...next]) > room) break;
    segments.push(...next);
  }
  return segments;
}

/** Lists are narrowed by what logs do not have. */
function promptHints(narrowing = ' · k:manager s:state h:host'): readonly Segment[] {
  return [
    seg(' enter', 'accent'),
    seg(' keep  '),
    seg('esc', 'accent'),
    seg(' clear  '),
    seg(`text · regex · ~fuzzy · !not${narrowing}`, 'dim'),
  ];
}
